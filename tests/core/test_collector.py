import gc
from threading import Thread

import pytest

from inspect_app.core.collector import collector_paused


def test_the_collector_rests_while_somebody_asks_for_it() -> None:
    with collector_paused():
        with collector_paused():
            assert not gc.isenabled()
        assert not gc.isenabled()
    assert gc.isenabled()


def test_an_error_does_not_leave_it_off() -> None:
    with pytest.raises(KeyError), collector_paused():
        raise KeyError
    assert gc.isenabled()


def test_who_has_it_off_already_keeps_it_off() -> None:
    gc.disable()
    try:
        with collector_paused():
            pass
        assert not gc.isenabled()
    finally:
        gc.enable()


def test_it_goes_on_only_after_the_last_thread_has_ended() -> None:
    seen: list[bool] = []

    def work() -> None:
        with collector_paused():
            pass
        seen.append(gc.isenabled())

    with collector_paused():
        thread = Thread(target=work)
        thread.start()
        thread.join()
    assert seen == [False]
    assert gc.isenabled()
