"""B4: the scorecard of a county among all counties, against a page of the same frame that says hello."""

import statistics
import tempfile
import time
from collections.abc import Callable
from contextlib import ExitStack
from functools import partial
from pathlib import Path

from flask import Flask, render_template_string
from flask.testing import FlaskClient
from sqlalchemy import event

from inspect_app.access.actor import SYSTEM
from inspect_app.access.guard import current_actor, requires
from inspect_app.access.permissions import Permission, Role
from inspect_app.assessments.queries import county_in_scope
from inspect_app.audit.service import record
from inspect_app.core.database import db, transaction
from inspect_app.regions.queries import by_code
from tests.accounts.factories import make_user, sign_in
from tests.benchmarks.applications import application, close, template
from tests.benchmarks.b5_list import ask
from tests.benchmarks.inventories import COUNTY, PREFECTURE, fill
from tests.benchmarks.measuring import Result, peak_mb

GOAL, UNCHANGED, DATABASE_S, RUNS, ELSEWHERE = 4.0, 2.0, 0.005, 60, "110101"
PAGE, HELLO = f"/assessments/{COUNTY}", f"/hello/{COUNTY}"
SAYS = '{% extends "base.html" %}{% block title %}hello{% endblock %}{% block content %}{{ county.name }}{% endblock %}'


def measure(rows: int = 1_000_000) -> Result:
    """Ask for both pages in turn: with nothing written between, something elsewhere, something in the county."""
    with ExitStack() as stack:
        home = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        source = stack.enter_context(template("sqlite", home))
        app = application(stack.enter_context(source.copy()), home)
        stack.callback(close, app)
        client = _client(app, rows)
        pages = {"ours": PAGE, "hello": HELLO}
        took = {name: _took(client, pages, partial(_write, app, where)) for name, where in _WRITES.items()}
        ratios = {name: _quantile(each["ours"]) / _quantile(each["hello"]) for name, each in took.items()}
        asked, seconds = _database(app, client)
    note = ", ".join(f"{name} {ratio:.2f}" for name, ratio in ratios.items())
    elsewhere = took["written elsewhere"]
    held = ratios["written elsewhere"] <= GOAL and ratios["unchanged"] <= UNCHANGED and seconds <= DATABASE_S
    note = f"{rows} hazards, p95 of {RUNS}; ratios: {note}; {asked} queries, {seconds * 1000:.1f} ms in the database"
    ours, hello = (round(_quantile(elsewhere[name]), 4) for name in pages)
    return Result(
        "B4", ours, hello, round(ratios["written elsewhere"], 2), GOAL, round(peak_mb(), 1), held, 0.0, 0.0, 0.0, note
    )


_WRITES = {"unchanged": "", "written elsewhere": ELSEWHERE, "written in the county": COUNTY}


def hello(code: str) -> str:
    """Say the name of a county within a page of the application."""
    county = county_in_scope(db.session(), current_actor(), code)
    return render_template_string(SAYS, county=county)


def _client(app: Flask, rows: int) -> FlaskClient:
    app.config["WTF_CSRF_ENABLED"] = False
    app.add_url_rule("/hello/<code>", view_func=requires(Permission.VIEW_ASSESSMENTS)(hello))
    with app.app_context():
        with transaction():
            fill(db.session(), rows)
            user = make_user(db.session(), Role.PREFECTURE_OFFICER, by_code(db.session(), PREFECTURE))
        client = app.test_client()
        sign_in(client, user)
        db.session.remove()
    return client


def _took(client: FlaskClient, pages: dict[str, str], between: Callable[[], None]) -> dict[str, list[float]]:
    for page in pages.values():
        ask(client, page)
    took: dict[str, list[float]] = {name: [] for name in pages}
    for _run in range(RUNS):
        between()
        for name, page in pages.items():
            began = time.perf_counter()
            ask(client, page)
            took[name].append(time.perf_counter() - began)
    return took


def _write(app: Flask, where: str) -> None:
    if not where:
        return
    with app.app_context():
        with transaction():
            session = db.session()
            record(session, SYSTEM, "hazard.edit", kind="hazard", id=1, region_id=by_code(session, where).id)
        db.session.remove()


def _database(app: Flask, client: FlaskClient) -> tuple[int, float]:
    """Count what the page asks when nothing has changed, and how long the database takes."""
    began: list[float] = []
    took: list[float] = []
    with app.app_context():
        engine = db.engine

    def before(*_arguments: object) -> None:
        began.append(time.perf_counter())

    def after(*_arguments: object) -> None:
        took.append(time.perf_counter() - began[-1])

    event.listen(engine, "before_cursor_execute", before)
    event.listen(engine, "after_cursor_execute", after)
    totals = []
    for _run in range(RUNS):
        took.clear()
        ask(client, PAGE)
        totals.append(sum(took))
    event.remove(engine, "before_cursor_execute", before)
    event.remove(engine, "after_cursor_execute", after)
    return len(took), statistics.median(totals)


def _quantile(took: list[float]) -> float:
    return sorted(took)[len(took) * 95 // 100]
