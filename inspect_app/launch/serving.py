"""The demo: load the sample through the command that everybody may use, then serve it on this machine."""

import errno
import os
import socket
import sys

from inspect_app.launch.machine import ROOT, LaunchError, run, say

HOST = "127.0.0.1"
USUAL_PORT = 8000
NEXT_PORTS = 20
THREADS = 8


def show_demo(port: int | None, *, serve: bool) -> int:
    """Load the sample and, unless only preparing, serve it until Ctrl+C."""
    chosen = _free_port(port) if serve else 0
    say("正在准备演示数据（塔城地区，单位和人员均为虚构），第一次约需一分钟……")
    if run(sys.executable, "-m", "flask", "--app", "wsgi", "demo", "load") != 0:
        raise LaunchError("演示数据没有准备好，原因见上面的提示。可删除数据文件夹（默认 instance/）后重试。")
    if serve:
        _serve(chosen)
    return 0


def _serve(port: int) -> None:
    sys.path.insert(0, str(ROOT))
    os.environ.setdefault("FLASK_LOG_LEVEL", "WARNING")
    from waitress import create_server

    from wsgi import app

    server = create_server(app, host=HOST, port=port, threads=THREADS)
    say(f"\n演示已就绪，请用浏览器打开： http://{HOST}:{port}/    （按 Ctrl+C 停止）")
    server.run()
    say("演示已停止。")


def _free_port(port: int | None) -> int:
    wanted = range(USUAL_PORT, USUAL_PORT + NEXT_PORTS) if port is None else (port,)
    for candidate in wanted:
        if _is_free(candidate):
            return candidate
    raise LaunchError(f"端口 {wanted[0]} 已被占用或不能使用。请用 --port 指定另一个端口，例如 --port 8765。")


def _is_free(port: int) -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except OSError as error:
            if error.errno in {errno.EADDRINUSE, errno.EACCES}:
                return False
            raise
    return True
