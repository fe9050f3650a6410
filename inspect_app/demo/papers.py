"""The documents of the sample: every kind issued about its cases, some left as drafts, one voided, one corrected."""

from collections.abc import Sequence
from datetime import date, timedelta
from functools import partial
from typing import Any

from sqlalchemy import select

from inspect_app.chasing.listings import Wish, active, delist, list_hazard
from inspect_app.chasing.models import Listing
from inspect_app.core import clock
from inspect_app.demo.letters import complete, issue, sign, write
from inspect_app.demo.stage import Stage
from inspect_app.documents import service
from inspect_app.documents.lifecycle import DRAFT
from inspect_app.documents.models import Document
from inspect_app.hazards.models import Hazard
from inspect_app.hazards.rules import FINAL_STATES
from inspect_app.hazards.words import Grade, State
from inspect_app.inspections.models import Inspection
from inspect_app.inspections.queries import hazards_of

ROUND, WAITING = timedelta(days=5), timedelta(days=6)
LETTERS_FROM = timedelta(days=115)
LISTED_BEFORE = (200, 140, 90)
LISTED_FOR = timedelta(days=100)
MENDED = {State.CLOSED: "已改", State.CLOSURE_PENDING: "已改", State.DONE: "部分整改", State.RECHECKING: "部分整改"}
PUBLISHED = "地区行署门户网站“挂牌督办”专栏"


def stage_papers(stage: Stage) -> None:
    """Put the documents on stage: what a visit brings, letters, forms, lists; after everything else of the sample."""
    today = stage.today
    day = today - LETTERS_FROM
    while day <= today:
        stage.then(stage.at(day, 0.4), partial(_send_letters, stage))
        day += ROUND
    for days in LISTED_BEFORE:
        stage.then(stage.at(today - timedelta(days=days), 0.3), partial(_list_major, stage))
    stage.then(stage.at(today - timedelta(days=28), 0.6), partial(_after_a_visit, stage))
    stage.then(stage.at(today - timedelta(days=6), 0.6), partial(_look_again, stage))
    stage.then(stage.at(today - timedelta(days=18), 0.2), partial(_feed_back, stage))
    stage.then(stage.at(today - timedelta(days=1), 0.7), partial(_plan_visit, stage))
    stage.then(stage.present, partial(_fill_forms, stage))
    stage.then(stage.present, partial(_delist_at_last, stage))


def delist_before_closing(stage: Stage, hazard: Hazard) -> None:
    """Take a hazard off the lists, which comes before its closure, and issue the notice."""
    for listing in active(stage.session, hazard):
        delist(stage.session, stage.actor("leader"), listing, "复查、验收合格，同意摘牌。")
        _issue_drafted(stage, "officer", listing.delisting_document_uuid, {"publication": PUBLISHED})


def _send_letters(stage: Stage) -> None:
    """Issue the letters that the office drafted some days ago; the newest still wait for the leader."""
    rows = select(Document).where(
        Document.state == DRAFT,
        Document.created_by_id == stage.user_id("officer"),
        Document.created_at < clock.now() - WAITING,
    )
    for letter in stage.session.scalars(rows.order_by(Document.id)).all():
        given = {"due_on": clock.today() + timedelta(days=10), "held_at": f"{clock.today() + ROUND} 10:00"}
        complete(stage, letter, given)
        sign(stage, letter, {"interviewer": [("宋明远", "")]})
        issue(stage, "leader", letter)


def _list_major(stage: Stage) -> None:
    """List the major hazard that has been worked on the longest."""
    session, leader = stage.session, stage.actor("leader")
    rows = select(Hazard).where(Hazard.state == State.RECTIFYING, Hazard.grade == Grade.MAJOR, Hazard.listed.is_(False))
    hazard = session.scalars(rows.order_by(Hazard.id).limit(1)).first()
    if hazard is not None:
        wish = Wish("prefecture", "重大隐患，影响人员安全，由地区挂牌督办", clock.today() + LISTED_FOR)
        listing = list_hazard(session, leader, hazard, wish)
        _issue_drafted(stage, "officer", listing.document_uuid, {"publication": PUBLISHED})


def _delist_at_last(stage: Stage) -> None:
    """Where none of the listed hazards has come to its end yet, let one that waits for its closure do so."""
    waiting = select(Hazard).where(Hazard.state == State.CLOSURE_PENDING).order_by(Hazard.id).limit(1)
    hazard = stage.session.scalars(waiting).first()
    ended = stage.session.scalars(select(Listing.id).where(Listing.delisted_on.is_not(None)).limit(1)).first()
    if hazard is None or ended:
        return
    if not active(stage.session, hazard):
        wish = Wish("prefecture", "长期未整改，由地区挂牌督办", stage.today + LISTED_FOR)
        listing = list_hazard(stage.session, stage.actor("leader"), hazard, wish)
        _issue_drafted(stage, "officer", listing.document_uuid, {"publication": PUBLISHED})
    delist_before_closing(stage, hazard)


def _issue_drafted(stage: Stage, login: str, key: str, given: dict[str, Any]) -> None:
    document = stage.session.scalars(select(Document).where(Document.uuid == key)).one()
    complete(stage, document, given, login)
    issue(stage, login, document)


def _after_a_visit(stage: Stage) -> None:
    """Draw up what a visit brings: the record, which its host refuses to sign, a decision on the spot, the order."""
    found = _visits(stage)
    if not found:
        return
    visit, hazards = found[0]
    subject, today = ("inspection", visit.reference), clock.today()
    people = [(each.user.name, each.user.credential_number or "") for each in visit.inspectors]
    record = write(stage, "inspector", "inspection_record", subject, {"position": "负责人"})
    sign(stage, record, {"inspector": people}, login="inspector")
    sign(stage, record, {"site": [("何志远", "")]}, login="inspector", witness="社区网格员 白杨")
    issue(stage, "officer", record)
    signed = {"inspector": people, "site": [("何志远", "")]}
    problems = [{"text": each.description, "due_on": _not_past(each.due_on, today)} for each in hazards]
    measures = [{"text": "停用存在危险的部位，人员改走安全通道。"}, {"text": "设置围挡和警示标志，安排专人值守。"}]
    for kind, given in (("measure_decision", {"measures": measures}), ("rectification_order", {"problems": problems})):
        document = write(stage, "inspector", kind, subject, given)
        sign(stage, document, signed, login="inspector")
        issue(stage, "officer", document)


def _look_again(stage: Stage) -> None:
    """Draw up the opinion of the recheck of what was ordered."""
    orders = select(Document).where(Document.kind == "rectification_order", Document.subject_kind == "inspection")
    order = stage.session.scalars(orders.order_by(Document.id)).first()
    if order is None:
        return
    visit = stage.session.scalars(select(Inspection).where(Inspection.reference == order.subject_reference)).one()
    hazards = list(hazards_of(stage.session, visit).values())
    opinions = [{"text": each.description, "opinion": MENDED.get(State(each.state), "未改")} for each in hazards]
    left = sum(each["opinion"] != "已改" for each in opinions)
    conclusion = f"仍有 {left} 项没有整改到位，继续整改，另行复查。" if left else "所列问题均已整改，达到要求。"
    given = {"opinions": opinions, "conclusion": conclusion}
    opinion = write(stage, "inspector", "recheck_opinion", ("inspection", visit.reference), given)
    people = [(each.user.name, each.user.credential_number or "") for each in visit.inspectors]
    sign(stage, opinion, {"inspector": people, "site": [("何志远", "")]}, login="inspector")
    issue(stage, "officer", opinion)


def _feed_back(stage: Stage) -> None:
    """Send a letter about another visit, void one that was drafted in vain, and correct the day in the first."""
    found = _visits(stage)
    if not found:
        return
    visit, hazards = found[-1]
    subject, today = ("inspection", visit.reference), clock.today()
    problems = [{"text": each.description, "due_on": _not_past(each.due_on, today)} for each in hazards]
    given = {"problems": problems, "due_on": today + timedelta(days=15)}
    letter = issue(stage, "leader", write(stage, "officer", "feedback_letter", subject, given))
    spoilt, officer = write(stage, "officer", "feedback_letter", subject, given), stage.actor("officer")
    service.reserve_number(stage.session, officer, spoilt, spoilt.version)
    service.void(stage.session, officer, spoilt, "与已发出的函重复，文号作废。")
    later = {"due_on": today + timedelta(days=20)}
    issue(stage, "leader", write(stage, "officer", "feedback_letter", subject, later, replaces=letter))


def _plan_visit(stage: Stage) -> None:
    """Draw up the plans of two visits that are to come, one of them still to be signed."""
    rows = select(Inspection).where(Inspection.state == "planned", Inspection.planned_on > clock.today())
    visits = stage.session.scalars(rows.order_by(Inspection.id).limit(2)).all()
    plans = [write(stage, "officer2", "inspection_plan", ("inspection", each.reference), {}) for each in visits]
    for plan in plans[:1]:
        sign(stage, plan, {"approver": [("李安平", "")]}, login="officer2")
        issue(stage, "leader", plan)


def _fill_forms(stage: Stage) -> None:
    """Fill in the forms of one extension that is asked for and of one closure."""
    asked = select(Hazard).where(Hazard.state == State.EXTENSION_PENDING).order_by(Hazard.id.desc()).limit(1)
    closed = select(Hazard).where(Hazard.state == State.CLOSED).order_by(Hazard.closed_on.desc(), Hazard.id).limit(1)
    people = {
        "extension_form": {"applicant": [("巴合提", "")], "overseer": [("宋明远", "")]},
        "closure_form": {
            "rectifier": [("巴合提", "")],
            "rechecker": [("陈立群", ""), ("叶尔兰", "")],
            "leader": [("李安平", "")],
        },
    }
    for kind, rows in (("extension_form", asked), ("closure_form", closed)):
        for hazard in stage.session.scalars(rows).all():
            form = write(stage, "officer", kind, ("hazard", hazard.reference), {})
            sign(stage, form, people[kind])
            issue(stage, "leader", form)


def _visits(stage: Stage) -> Sequence[tuple[Inspection, list[Hazard]]]:
    """Return the latest official visits that found something not yet put right, the latest first."""
    rows = select(Inspection).where(Inspection.state.in_(("submitted", "reviewed")), Inspection.kind != "self_check")
    latest = stage.session.scalars(rows.order_by(Inspection.submitted_at.desc()).limit(8)).all()
    told = [(visit, list(hazards_of(stage.session, visit).values())) for visit in latest]
    return [
        (visit, [each for each in hazards if each.state not in FINAL_STATES][:6])
        for visit, hazards in told
        if any(each.state not in FINAL_STATES for each in hazards)
    ]


def _not_past(due_on: date | None, today: date) -> str:
    return max(due_on or today, today + timedelta(days=7)).isoformat()
