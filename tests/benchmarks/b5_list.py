"""B5: any page of the list of hazards with filters, at any size, against its first page on 1,000 hazards."""

import re
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from functools import partial
from pathlib import Path

from flask.testing import FlaskClient
from sqlalchemy import event

from inspect_app.access.permissions import Role
from inspect_app.core.database import db, transaction
from inspect_app.hazards.summary import verify
from inspect_app.regions.queries import by_code
from tests.accounts.factories import make_user, sign_in
from tests.benchmarks.applications import application, close, template
from tests.benchmarks.inventories import COMMON_WORDS, COUNTY, PREFECTURE, RARE_WORDS, fill
from tests.benchmarks.measuring import Result, compare

GOAL, FEW, MOST_QUERIES, DEEP = 3.0, 1_000, 12, 40
FILTERS: Mapping[str, str] = {
    "first page": "",
    "county": f"region={COUNTY}",
    "state": "state=rectifying",
    "county and state": f"region={COUNTY}&state=closure_pending",
    "overdue major": "overdue=1&grade=major",
    "category": "category=C13",
    "latest found": "by=found",
    "due in a month": "due_from=2026-11-01&due_to=2026-11-30",
    "rare words": f"text={RARE_WORDS}",
    "common words": f"text={COMMON_WORDS}",
    "common words of a county": f"text={COMMON_WORDS}&region={COUNTY}&by=found",
    "words that nobody said": "text=没有这样的词",
    "two characters": "text=外露",
}


def measure(rows: int = 1_000_000) -> Result:
    """Ask for the page of every filter, and a deep one, as an officer of a prefecture; the slowest counts."""
    with ExitStack() as stack:
        home = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        source = stack.enter_context(template("sqlite", home))
        large, small = (stack.enter_context(stocked(source.copy, home, size)) for size in (rows, FEW))
        pages = {name: f"/hazards?{query}" for name, query in FILTERS.items()}
        pages["page 40"] = deep_page(large, DEEP)
        work = partial(ask, small, "/hazards")
        results = {name: compare("B5", partial(ask, large, page), work, GOAL) for name, page in pages.items()}
        queries = {name: queries_of(large, page) for name, page in pages.items()}
        same = all(queries_of(small, page) <= MOST_QUERIES for page in pages.values())
        slowest = max(results.values(), key=lambda result: result.ratio)
        told = ", ".join(f"{name} {result.ratio}" for name, result in results.items())
        most = max(queries.values())
        note = f"{rows} hazards; ratios: {told}; at most {most} queries a page{'' if same else ', more at 1,000'}"
        return Result(**{**slowest.as_json(), "note": note, "held": slowest.held and most <= MOST_QUERIES})  # type: ignore[arg-type]


@contextmanager
def stocked(copy: object, home: Path, size: int) -> Iterator[FlaskClient]:
    """Give a browser of an officer before an inventory of a size."""
    assert callable(copy)
    with copy() as url:
        app = application(url, home)
        app.config["WTF_CSRF_ENABLED"] = False
        with app.app_context():
            with transaction():
                fill(db.session(), size)
                user = make_user(db.session(), Role.PREFECTURE_OFFICER, by_code(db.session(), PREFECTURE))
            assert verify(db.session()) == []
            client = app.test_client()
            sign_in(client, user)
            db.session.remove()
        yield client
        close(app)


def ask(client: FlaskClient, page: str) -> str:
    """Read one page."""
    answer = client.get(page)
    assert answer.status_code == 200, page
    return answer.get_data(as_text=True)


def deep_page(client: FlaskClient, number: int) -> str:
    """Walk to a page by its links and return its address."""
    address = "/hazards"
    for _step in range(number):
        found = re.search(r'rel="next" href="([^"]+)"', ask(client, address))
        assert found
        address = found[1].replace("&amp;", "&")
    return address


def queries_of(client: FlaskClient, page: str) -> int:
    """Count what a page asks of the database."""
    app = client.application
    asked: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        if statement != "BEGIN":
            asked.append(statement)

    with app.app_context():
        engine = db.engine
    event.listen(engine, "before_cursor_execute", note)
    ask(client, page)
    event.remove(engine, "before_cursor_execute", note)
    return len(asked)
