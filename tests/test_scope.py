"""Who gets what at every address: people of a county and its prefecture by the table, neighbours nothing."""

import hashlib
import io
import re
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy.orm import Session
from werkzeug.routing import Rule
from werkzeug.test import TestResponse

from inspect_app.access.permissions import Role
from inspect_app.core.database import transaction
from inspect_app.web.assets import PLOTLY_VERSION
from tests.admission import FORBIDDEN, OF_A_COUNTY, TABLE, expected
from tests.inspections.factories import picture
from tests.scene import ADMINISTRATORS, WORD, County, Crowd, Neighbour, enter, furnish, gather, settle


class Stage:
    """Both counties, and a client that anybody may sit down at."""

    def __init__(self, client: FlaskClient, session: Session, folder: Path) -> None:
        self.client, self.session = client, session
        with transaction():
            self.crowd: Crowd = gather(session)
            self.neighbour: Neighbour = settle(session, self.crowd)
        self.spare = self.crowd.story.cast.inspector.id
        self.folder = folder

    def furnished(self) -> "Stage":
        """Let 乌苏市 hold something."""
        self.county: County = furnish(self.session, self.crowd, self.folder)
        return self

    def lines(self) -> list[tuple[str, str, Rule]]:
        """Every route with each of its methods: what only reads first, leaving last."""
        every = [
            (f"{method} {rule.endpoint}", method, rule)
            for rule in self.client.application.url_map.iter_rules()
            for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}
        ]
        return sorted(every, key=lambda each: (each[1] != "GET", each[0] == "POST accounts.sign_out", each[0]))

    def nowhere(self, address: str) -> str:
        """Name in an address what does not exist instead of what 乌苏市 holds."""
        for held in (*self.county.references, self.county.photo, self.county.proof, self.county.document, "654202"):
            address = address.replace(held, f"{held[:-2]}99")
        return address

    def address(self, endpoint: str, method: str = "GET") -> str:
        """Fill the arguments of a route with what 乌苏市 holds."""
        given = self.known(endpoint).get(endpoint.partition(".")[0], {})
        rules = self.client.application.url_map.iter_rules(endpoint)
        wanted = {name for rule in rules for name in rule.arguments}
        wanted |= {"site"} if endpoint in {"inspections.plan", "inspections.journey"} else set()
        wanted |= {"kind", "subject"} if endpoint == "documents.new" else set()
        values = {name: value for name, value in given.items() if name in wanted}
        return self.client.application.url_map.bind("localhost").build(endpoint, values, method)

    def known(self, endpoint: str) -> dict[str, dict[str, object]]:
        """Say by package what the arguments of its routes may be."""
        county = self.county
        visit = "under_way" if endpoint in FILLED else "submitted"
        return {
            "accounts": {"user_id": self.spare},
            "api": {"uuid": UNKNOWN, "visit": UNKNOWN},
            "assessments": {"code": "654202"},
            "course": {
                "reference": county.assessment, "code": "654202", "item": "A-1", "action": "review", "uuid": UNKNOWN,
            },
            "bootstrap": {"filename": "css/bootstrap.min.css"},
            "bulletins": {"reference": county.bulletin, "number": 1, "action": "send"},
            "campaigns": {
                "reference": county.campaigns[CAMPAIGNS.get(endpoint, "issued")], "key": 999,
                "visit": county.campaigns["visit"], "action": "close", "figure": "counties",
            },
            "documents": {
                "uuid": county.document, "action": "void", "kind": "feedback_letter",
                "subject": f"hazard:{county.hazards['registered']}",
            },
            "chasing": {
                "reference": county.chasing["sample"] if endpoint.endswith("sample") else county.hazards["assigned"],
                "key": county.chasing["task" if endpoint.endswith("waive") else "listing"], "code": "reminder",
            },
            "doubts": {"kind": "short_visit", "subject": county.doubt},
            "checklists": {
                "code": county.checklist if endpoint in WRITTEN else "C03", "reference": "REG-744", "section": "s1",
                "item": f"{county.checklist}-01", "number": 1, "action": "try_out",
            },
            "emergencies": {"reference": county.emergency, "action": "end"},
            "evidence": {"uuid": county.photo},
            "hazards": {"reference": county.hazards["registered"], "action": "assign", "key": 999},
            "inspections": {
                "reference": county.visits[visit], "item": "C03-08", "uuid": county.proof, "action": "review",
                "site": county.site, "code": "C03", "number": 1, "combination": "county_supervision",
            },
            **self.known_later(endpoint),
        }  # fmt: skip

    def known_later(self, endpoint: str) -> dict[str, dict[str, object]]:
        """Say the same of the packages whose names come later."""
        county = self.county
        visit = "under_way" if endpoint in FILLED else "submitted"
        return {
            "opinions": {"reference": county.opinion, "uuid": UNKNOWN, "action": "withdraw"},
            "quakes": {
                "reference": county.quakes["anomaly" if endpoint in OF_ANOMALIES else "quake"], "key": 1,
            },
            "registers": {
                "code": "shelters", "reference": county.ledger["import" if "import" in endpoint else "entry"],
            },
            "office": {"reference": county.visits[visit], "uuid": UNKNOWN, "number": "20260615-0000-0000", "key": 999},
            "reporting": {"code": "654202"},
            "returns": {
                "reference": "hazards-2026-05-654202" if endpoint in DUTIES else county.returns["validated"],
                "key": 999, "code": county.returns["issued"], "county": "654202", "uuid": county.returns["job"],
            },
            "sites": {"reference": county.register if "import" in endpoint else county.site, "uuid": UNKNOWN},
            "static": {"filename": "favicon.svg"},
            "tablet": {"device": UNKNOWN, "person": 1},
            "web": {"version": PLOTLY_VERSION},
            "workplans": {
                "reference": county.works[work_of(endpoint)], "action": "send_back", "key": 999, "code": "TC-13c",
            },
        }  # fmt: skip

    def ask(self, endpoint: str, method: str) -> TestResponse:
        return self.client.open(self.address(endpoint, method), method=method, **self.body(endpoint, method))

    def body(self, endpoint: str, method: str) -> dict[str, Any]:
        if method == "PUT":
            return {"json": {"version": 7, "value": {"value": "no"}}}
        if endpoint == "inspections.add_file":
            content = picture(200)
            told = {"item": "C03-08", "size": str(len(content)), "sha256": hashlib.sha256(content).hexdigest()}
            return {"data": {**told, "file": (io.BytesIO(content), "x.jpg")}}
        return {"data": {"version": "0"}} if method == "POST" else {}

    def told(self, role: Role) -> dict[str, str]:
        """Everything a stranger reads at addresses that name no thing of 乌苏市, and at probes for it."""
        enter(self.client, self.crowd.strangers[role])
        return {address: text_of(self.client.get(address)) for address in (*OWN, *PROBES)}


UNKNOWN = "0f8fad5b-d9cb-469f-a165-70867728950e"
CAMPAIGNS = {
    **{f"campaigns.{view}": "draft" for view in ("edit", "teams", "save_teams")},
    **{f"campaigns.{view}": "dual" for view in ("draws", "make_draw")},
    **{f"campaigns.{view}": "draw" for view in ("draw", "draw_json", "draw_visits_of")},
}
OF_ANOMALIES = {"quakes.anomaly", "quakes.verify"}
REVIEWED = {
    f"workplans.{view}" for view in (
        "review", "save_head", "save_dates", "save_members", "save_name", "save_lonely", "add_task", "save_task",
        "check_task", "remove_task", "save_unit", "save_demand", "adopt_one", "step",
    )
}  # fmt: skip
WORKS = {"due": "due", "return": "return"}
DUTIES = {"returns.duty", "returns.zero"}
FILLED = {f"inspections.{view}" for view in ("fill", "standing", "answer", "add_file", "confirm", "submit", "team")}
WRITTEN = {
    f"checklists.{view}" for view in ("add_section", "arrange", "draft", "head", "item", "new_item", "section", "step")
}
OWN = (
    "/", "/checklists", "/hazards", "/hazards?by=found", "/inspections", "/sites", "/returns", "/assessments",
    "/assessments/654221", "/overview", "/overview/654221", "/overview/ledger", "/hazards/new", "/sites/new",
    "/inspections/plan", "/returns/new", "/hazards/YH-654221-2026-C03-0001", "/hazards/YH-654221-2026-C03-0001.json",
    "/hazards/YH-654221-2026-C03-0001/steps/assign", "/inspections/JC-654221-2026-SPECIAL-0001",
    "/inspections/JC-654221-2026-SPECIAL-0001/fill", "/sites/DX-654221-C03-0001", "/campaigns", "/campaigns/new",
    "/campaigns/avoidance", "/campaigns/coverage", "/doubts", "/documents",
    "/returns/issue",
    "/chasing", "/chasing/listings", "/chasing/look-backs", "/chasing/samples", "/chasing/recurrences",
    "/registers", "/registers/shelters", "/registers/shelters/facts", "/registers/shelters/imports",
    "/assessments/course", "/opinions", "/emergencies",
    "/quakes", "/quakes/new", "/quakes/anomalies", "/quakes/anomalies/new",
    "/workplans", "/workplans/new", "/workplans/library", "/workplans/library/TC-13c",
    "/workplans/mine", "/workplans/mine?pick=", "/workplans/inbox", "/workplans/inbox?pick=",
    "/registers/shelters/new", "/registers/shelters/export.xlsx", "/registers/shelters/template.xlsx",
)  # fmt: skip
PROBES = (
    "/chasing?region=654202", "/chasing/look-backs?when=open&region=654202", "/chasing/samples/HT-654202-2026-0001",
    *(f"/{place}?region=654202" for place in ("hazards", "inspections", "sites", "returns", "assessments")),
    *(f"/{place}?text=松涛" for place in ("hazards", "inspections", "sites", "inspections/plan")),
    "/hazards?text=YH-654202-2026-C03-0001", "/hazards?batch=1", "/hazards?overdue=1&region=654202",
    "/hazards/doubles", "/hazards/doubles?region=654202",
    "/hazards/many?action=assign&pick=YH-654202-2026-C03-0001", "/hazards/many?action=assign&scope=all&region=654202",
    "/hazards?site=DX-654202-C03-0001", "/hazards/new?site=DX-654202-C03-0001", "/hazards?after=1.0",
    "/inspections?site=DX-654202-C03-0001", "/inspections/plan?site=DX-654202-C03-0001", "/inspections?county=654202",
    *(f"/hazards?fact={fact}&county=654202&period=2026" for fact in ("closed_on_time", "major_cleared", "rebounds")),
    *(f"/inspections?fact={fact}&county=654202&period=2026&part={part}"
      for fact in ("special_inspections", "coverage", "self_checks", "self_check_differences")
      for part in ("numerator", "denominator")),
    "/overview/ledger?region=654202", "/overview/ledger?fact=closed_on_time&county=654202&period=2026",
    "/overview/ledger?site=DX-654202-C03-0001", "/overview/654202", "/assessments/654202", "/returns?before=99",
    "/campaigns?text=松涛", "/campaigns/FA-6542-2026-02", "/campaigns/FA-6542-2026-02/progress",
    "/campaigns/new?region=654202", "/campaigns/coverage?region=654202", "/campaigns/coverage.xlsx?region=654202",
    "/campaigns/coverage/visits/counties?region=654202", "/campaigns/draws/CQ-6542-2026-0001",
    "/campaigns/draws/CQ-6542-2026-0001.json", "/doubts?county=654202", "/doubts?settled=1", "/audit",
    "/users", "/users/1", "/documents?text=松涛", "/documents/new?subject=hazard:YH-654202-2026-C03-0001",
    "/checklists/SONGTAO-1", "/checklists/SONGTAO-1/draft",
    *(f"/registers/shelters{part}?{asked}" for part in ("", "/export.xlsx")
      for asked in ("region=654202", "text=松涛", "fact=count", "fact=count&region=654202", "on=2026-06-14")),
    "/registers/shelters/facts?on=2026-06-14", "/registers/shelters/template.xlsx?county=654202",
    "/assessments/course/KP-654202-2026-01", "/assessments/course/KP-654202-2026-01/654202",
    "/assessments/course/KP-654202-2026-01/654202/A-1",
    "/quakes?state=first_reported", "/quakes/anomalies?state=received", "/quakes/DZ-20260615-01",
    "/quakes/anomalies/YC-654202-2026-0001",
    "/workplans?year=2026", "/workplans/YD-654202-2026-01", "/workplans/YD-654202-2027-01/review",
    "/workplans/YD-654202-2026-01/obligations", "/workplans/YD-654202-2026-01/workbook.xlsx",
    "/workplans/dues/YB-654202-2026-00001",
    "/workplans/returns/GB-654202-20260615-001", "/workplans/inbox?pick=&region=654202",
    *(f"/workplans/YD-654202-2026-01/{page}" for page in ("board", "owed", "stuck", "summaries", "summaries/workbook")),
    "/registers/entries/TZ-654202-SHELTERS-0001", "/registers/imports/DR-654202-20260615-01",
)  # fmt: skip


def work_of(endpoint: str) -> str:
    """Say which of the works of 乌苏市 a page of work plans is about."""
    last = endpoint.rpartition("_")[2].rpartition(".")[2]
    return "draft" if endpoint in REVIEWED else WORKS.get(last, "plan")


def text_of(answer: TestResponse) -> str:
    """Return what an answer says; of a workbook its cells."""
    if (answer.mimetype or "").endswith("sheet"):
        from python_calamine import CalamineWorkbook

        book = CalamineWorkbook.from_filelike(io.BytesIO(answer.data))
        return repr({name: book.get_sheet_by_name(name).to_python() for name in book.sheet_names})
    return f"{answer.status_code} {answer.location or ''} {answer.get_data(as_text=True)}".replace("&amp;", "&")


def lasting(text: str) -> str:
    """Leave out what answers say anew: nonces, tokens, numbers of requests, versions of files being edited."""
    return re.sub(r"nonce=\"[^\"]*\"|I[\w-]{40,}\.[\w-]+\.[\w-]+|\?v=\w+|[0-9a-f]{16,32}", "", text)


@pytest.fixture
def empty(client: FlaskClient, session: Session, clock: datetime, tmp_path: Path) -> Stage:
    assert clock.year == 2026
    return Stage(client, session, tmp_path)


@pytest.fixture
def scene(empty: Stage) -> Stage:
    return empty.furnished()


def test_every_route_has_its_line(scene: Stage) -> None:
    assert {line for line, _method, _rule in scene.lines()} == TABLE.keys()


def test_people_of_the_county_get_what_the_table_says(scene: Stage) -> None:
    wrong = []
    for role, login in scene.crowd.insiders.items():
        enter(scene.client, login)
        for line, method, rule in scene.lines():
            answer = scene.ask(rule.endpoint, method)
            if answer.status_code != expected(line, role):
                wrong.append(f"{role} {line}: {answer.status_code}, not {expected(line, role)}")
    assert not wrong, "\n".join(wrong)


def test_administrators_read_nothing_of_the_work(scene: Stage) -> None:
    leaks = []
    for role in ADMINISTRATORS:
        enter(scene.client, scene.crowd.insiders[role])
        for line, method, rule in scene.lines():
            if method == "GET" and rule.endpoint != "audit.entries":
                said = text_of(scene.ask(rule.endpoint, method)).replace(scene.address(rule.endpoint), "")
                leaks += [f"{role} {line} says {word}" for word in (*scene.county.references, WORD) if word in said]
    assert not leaks, "\n".join(leaks)


def test_a_stranger_finds_nothing_of_the_county_at_any_address(scene: Stage) -> None:
    wrong = []
    for role, login in scene.crowd.strangers.items():
        enter(scene.client, login)
        for line, method, rule in scene.lines():
            answer = scene.ask(rule.endpoint, method)
            said = text_of(answer).replace(scene.address(rule.endpoint, method), "")
            wrong += [f"{role} {line} says {word}" for word in scene.county.secrets if word in said]
            refusals = {404} if expected(line, role) != FORBIDDEN else {403, 404}
            if line in OF_A_COUNTY and answer.status_code not in refusals:
                wrong.append(f"{role} {line}: {answer.status_code}")
    assert not wrong, "\n".join(wrong)


def test_what_a_county_holds_changes_nothing_that_its_neighbours_read(empty: Stage) -> None:
    before = {role: empty.told(role) for role in empty.crowd.strangers}
    empty.furnished()
    changed = []
    for role, told in before.items():
        after = empty.told(role)
        changed += [f"{role} {at}" for at, said in told.items() if lasting(said) != lasting(after[at])]
    assert not changed, "\n".join(changed)


def test_a_thing_of_another_county_answers_like_one_that_does_not_exist(scene: Stage) -> None:
    differing = []
    for role, login in scene.crowd.strangers.items():
        enter(scene.client, login)
        for line, method, rule in scene.lines():
            if line in OF_A_COUNTY and method == "GET":
                there = scene.address(rule.endpoint)
                nowhere = scene.nowhere(there)
                said = [lasting(text_of(scene.client.get(at))).replace(at, "") for at in (there, nowhere)]
                differing += [f"{role} {there} differs from {nowhere}"] if said[0] != said[1] else []
    assert not differing, "\n".join(differing)
