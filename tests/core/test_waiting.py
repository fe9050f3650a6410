from datetime import date

from flask import Flask
from sqlalchemy.orm import Session

from inspect_app.core import waiting
from inspect_app.core.waiting import Sort, Waiting


def test_packages_tell_what_waits_and_others_ask(app: Flask) -> None:
    assert app.testing
    assert waiting.told()["returns"].one_of_them == "returns.show"

    def read(_session: Session) -> list[Waiting]:
        return [Waiting(1, "A-1", 2, date(2026, 6, 15))]

    waiting.tell("things", Sort("等待的事", "view_hazards", read, "a.index", "a.show"))
    try:
        assert waiting.told()["things"].label == "等待的事"
    finally:
        del waiting._sorts["things"]
    assert "things" not in waiting.told()
