"""Python's search for garbage cycles, put off while one piece of work fills the memory with rows.

Every few hundred new objects the collector looks through what it has seen lately, and now and then through everything.
While a hundred thousand rows are being built, none of it is garbage: looking costs a quarter of the time.
What is not part of a cycle is freed at once all the same.
"""

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock

_lock = Lock()
_waiting = 0
_was_on = False


@contextmanager
def collector_paused() -> Iterator[None]:
    """Pause the collector, also as a decorator; it goes on when the last of those who paused it has ended."""
    global _waiting, _was_on  # noqa: PLW0603 - the collector is one for the whole process
    with _lock:
        if not _waiting:
            _was_on = gc.isenabled()
            gc.disable()
        _waiting += 1
    try:
        yield
    finally:
        with _lock:
            _waiting -= 1
            if not _waiting and _was_on:
                gc.enable()
