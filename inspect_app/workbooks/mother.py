"""The mother of reading processes: `python -m inspect_app.workbooks.mother HANDLE`.

It has loaded what reading needs and never opens a file itself. For every request on its socket, a message with the
socket of the answer beside it, it forks a child that reads one file and ends.
"""

import gc
import json
import os
import signal
import socket
import sys

from inspect_app.workbooks.child import answer

MESSAGE = 64 * 1024


def main() -> int:
    """Serve until the other side closes."""
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    gc.disable()
    with socket.socket(fileno=int(sys.argv[1])) as control:
        while True:
            request, handles, _flags, _address = socket.recv_fds(control, MESSAGE, 1)
            if not request:
                return 0
            if not os.fork():
                control.close()
                _answer(request, handles[0])
            for handle in handles:
                os.close(handle)


def _answer(request: bytes, handle: int) -> None:
    """Read one file in a process that ends when its time by the clock is over."""
    status = 1
    try:
        path, bounds = json.loads(request)
        signal.setitimer(signal.ITIMER_REAL, bounds["seconds"])
        with open(handle, "wb") as stream:
            status = answer(path, bounds, stream)
    finally:
        os._exit(status)


if __name__ == "__main__":
    sys.exit(main())
