import pytest

from inspect_app.launch import machine
from inspect_app.launch.machine import LaunchError


class Terminal:
    """Commands that were run, and what they answer."""

    def __init__(self, *codes: int) -> None:
        self.commands: list[list[str]] = []
        self._codes = list(codes)

    def run(self, *command: str, environment: object = None) -> int:
        assert environment is None
        self.commands.append(list(command))
        return self._codes.pop(0)


def on_debian(monkeypatch: pytest.MonkeyPatch, *, root: bool, sudo: bool, terminal: Terminal) -> None:
    tools = {"apt-get": "/usr/bin/apt-get"} | ({"sudo": "/usr/bin/sudo"} if sudo else {})
    monkeypatch.setattr("shutil.which", tools.get)
    monkeypatch.setattr("os.geteuid", lambda: 0 if root else 1000)
    monkeypatch.setattr(machine, "run", terminal.run)


def test_packages_are_installed_as_root_and_each_command_is_printed_first(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    terminal = Terminal(0, 0)
    on_debian(monkeypatch, root=True, sudo=False, terminal=terminal)
    machine.install_packages(["chromium"], "缺少浏览器")
    assert terminal.commands[1][-1] == "chromium"
    assert all(" ".join(command) in capsys.readouterr().out for command in terminal.commands[:1])


def test_a_plain_user_installs_through_sudo(monkeypatch: pytest.MonkeyPatch) -> None:
    terminal = Terminal(0, 0)
    on_debian(monkeypatch, root=False, sudo=True, terminal=terminal)
    machine.install_packages(["chromium"], "缺少浏览器")
    assert {command[0] for command in terminal.commands} == {"sudo"}


def test_a_list_that_cannot_be_renewed_does_not_hinder_the_installation(monkeypatch: pytest.MonkeyPatch) -> None:
    terminal = Terminal(100, 0)
    on_debian(monkeypatch, root=True, sudo=False, terminal=terminal)
    machine.install_packages(["chromium"], "缺少浏览器")
    assert len(terminal.commands) == 2


def test_without_root_and_sudo_the_command_to_ask_for_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    on_debian(monkeypatch, root=False, sudo=False, terminal=Terminal())
    with pytest.raises(LaunchError, match="apt-get install chromium libatomic1"):
        machine.install_packages(["chromium", "libatomic1"], "缺少浏览器")


def test_a_failed_installation_says_what_to_try(monkeypatch: pytest.MonkeyPatch) -> None:
    on_debian(monkeypatch, root=True, sudo=False, terminal=Terminal(0, 100))
    with pytest.raises(LaunchError, match="检查网络"):
        machine.install_packages(["chromium"], "缺少浏览器")


def test_elsewhere_than_on_debian_the_packages_are_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("shutil.which", lambda _name: None)
    with pytest.raises(LaunchError, match="chromium"):
        machine.install_packages(["chromium"], "缺少浏览器")
