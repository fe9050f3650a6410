import socket
from collections.abc import Iterator

import pytest

from inspect_app.launch import serving
from inspect_app.launch.machine import LaunchError


@pytest.fixture
def taken() -> Iterator[int]:
    """A port that somebody listens on."""
    with socket.socket() as listener:
        listener.bind((serving.HOST, 0))
        listener.listen()
        yield listener.getsockname()[1]


def test_a_port_in_use_is_refused_before_anything_is_loaded(monkeypatch: pytest.MonkeyPatch, taken: int) -> None:
    monkeypatch.setattr(serving, "run", lambda *_command: pytest.fail("nothing should run"))
    with pytest.raises(LaunchError, match="--port"):
        serving.show_demo(taken, serve=True)


def test_without_a_wish_the_next_free_port_is_taken(monkeypatch: pytest.MonkeyPatch, taken: int) -> None:
    monkeypatch.setattr(serving, "USUAL_PORT", taken)
    assert taken < serving._free_port(None) < taken + serving.NEXT_PORTS


def test_preparing_alone_serves_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(serving, "run", lambda *command: 0 if command[-2:] == ("demo", "load") else 1)
    monkeypatch.setattr(serving, "_serve", lambda _port: pytest.fail("nothing should be served"))
    assert serving.show_demo(None, serve=False) == 0


def test_a_sample_that_cannot_be_loaded_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(serving, "run", lambda *_command: 1)
    with pytest.raises(LaunchError, match="演示数据没有准备好"):
        serving.show_demo(None, serve=False)
