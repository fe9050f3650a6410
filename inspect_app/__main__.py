"""`python3 -m inspect_app demo` and `python3 -m inspect_app test`: nothing but Python needed.

Any Python may read this module before it is told that it is too old, hence the plain syntax and the late imports.
"""

from __future__ import annotations

import sys
from argparse import ArgumentParser, ArgumentTypeError
from typing import NoReturn

OLDEST = (3, 11)
FAILED, USAGE_ERROR, INTERRUPTED = 1, 2, 130
LARGEST_PORT = 65535
USAGE = "用法：python3 -m inspect_app demo [--port 端口] [--no-serve]，或 python3 -m inspect_app test [pytest 参数]"


class Parser(ArgumentParser):
    """Ends bad arguments with one sentence."""

    def error(self, message: str) -> NoReturn:
        """Say what is wrong and how it is meant, and exit 2."""
        self.exit(USAGE_ERROR, f"参数有误：{message}。{USAGE}\n")


def port_number(text: str) -> int:
    """Read a TCP port."""
    if not text.isdecimal() or not 0 < int(text) <= LARGEST_PORT:
        raise ArgumentTypeError(f"端口应为 1 到 {LARGEST_PORT} 之间的整数，而不是“{text}”")
    return int(text)


def parser() -> Parser:
    """Describe the two commands."""
    top = Parser(prog="python3 -m inspect_app", description="防震减灾督导检查与整改销号系统", epilog=USAGE)
    commands = top.add_subparsers(dest="command", metavar="命令", required=True)
    demo = commands.add_parser("demo", help="准备演示数据并在本机打开演示网站")
    demo.add_argument("--port", type=port_number, metavar="端口", help="网站端口，默认从 8000 起取第一个空闲端口")
    demo.add_argument("--no-serve", action="store_true", help="只准备数据，不打开网站")
    commands.add_parser("test", help="运行全部检查和测试，其后的参数原样交给 pytest", prefix_chars="\0", add_help=False)
    return top


def act(arguments: list[str]) -> int:
    """Prepare the environment for a command, go on inside it, and do there what was asked."""
    options, rest = parser().parse_known_args(arguments)
    if options.command == "test" and rest[:1] in (["-h"], ["--help"]):
        parser().parse_args(["--help"])
    if options.command != "test" and rest:
        parser().error("不认识 " + " ".join(rest))
    from inspect_app.launch import checks, environment, serving

    if not environment.is_inside():
        environment.prepare("dev" if options.command == "test" else "run")
        environment.go_on_inside(arguments)
    if options.command == "test":
        return checks.run_all(arguments[1:])
    return serving.show_demo(options.port, serve=not options.no_serve)


def main() -> int:
    """Act on the command line; whatever hinders ends in a sentence."""
    if sys.version_info < OLDEST:
        print("需要 Python 3.11 或更新版本，当前是 " + sys.version.split()[0] + "。请安装新版本后重试。")
        return FAILED
    from inspect_app.launch.machine import LaunchError, speak_utf8

    speak_utf8()
    try:
        return act(sys.argv[1:])
    except LaunchError as error:
        print(error, file=sys.stderr)
        return FAILED
    except KeyboardInterrupt:
        print("\n已停止。", file=sys.stderr)
        return INTERRUPTED


if __name__ == "__main__":
    sys.exit(main())
