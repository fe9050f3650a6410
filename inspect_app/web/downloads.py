"""Workbooks sent as downloads: written into a nameless file, which is closed when the answer has been sent."""

from collections.abc import Callable
from contextlib import ExitStack
from tempfile import TemporaryFile
from typing import BinaryIO, cast

from flask import send_file
from werkzeug.wrappers import Response

WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def send_workbook(name: str, write: Callable[[BinaryIO], object]) -> Response:
    """Send what `write` writes as an .xlsx of this name."""
    return send_file(written(write), WORKBOOK, as_attachment=True, download_name=name)


def written(write: Callable[[BinaryIO], object]) -> BinaryIO:
    """Return a nameless file with what `write` writes, to be sent from its beginning."""
    with ExitStack() as unless_written:
        file = cast("BinaryIO", unless_written.enter_context(TemporaryFile()))
        write(file)
        file.seek(0)
        unless_written.pop_all()
    return file
