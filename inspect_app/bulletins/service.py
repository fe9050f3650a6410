"""Changing bulletins: begun, figures taken, wording edited, sent to be issued, withdrawn, corrected."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from inspect_app.access.actor import Actor
from inspect_app.access.permissions import Permission
from inspect_app.audit import service as audit
from inspect_app.bulletins import papers, queries
from inspect_app.bulletins.composing import Figures, outline_of, texts_of
from inspect_app.bulletins.definition import Occasion, Template
from inspect_app.bulletins.gathering import scope_of, take, take_over
from inspect_app.bulletins.lifecycle import BULLETIN_LIFE, DRAFTING, ISSUED
from inspect_app.bulletins.loading import template_of, templates
from inspect_app.bulletins.models import Bulletin
from inspect_app.bulletins.rules import wording_problems
from inspect_app.bulletins.verifying import content_of
from inspect_app.campaigns.lifecycle import CLOSED
from inspect_app.campaigns.models import Campaign
from inspect_app.core import clock
from inspect_app.core.database import lock
from inspect_app.core.definitions import content_hash
from inspect_app.core.errors import Conflict, Forbidden, Invalid, Stale, StepRefused
from inspect_app.core.labels import mark
from inspect_app.core.lifecycle import Attempt, advance
from inspect_app.core.references import next_reference
from inspect_app.documents import service as documents
from inspect_app.documents.loading import definition_of
from inspect_app.documents.models import Document
from inspect_app.regions.levels import Level
from inspect_app.regions.models import Region
from inspect_app.regions.queries import covers

LONGEST = 2000
ABOVE_COUNTIES = (Level.PREFECTURE, Level.PROVINCE)


@dataclass(frozen=True)
class Wish:
    """What a bulletin is to tell of: a month by its first day, or a campaign that is over."""

    template: str
    region: Region
    month: date | None = None
    campaign: Campaign | None = None


def begin(session: Session, actor: Actor, wish: Wish) -> Bulletin:
    """Begin a bulletin and take its figures, under a reference TB-{region}-{year}-{nn}; Forbidden or Invalid."""
    template = templates().get(wish.template)
    if template is None:
        raise Invalid({"": [mark("请选择通报的种类。")]})
    _check_place(session, actor, wish.region)
    start, end = _period(template, wish)
    bulletin = _new(session, actor, template, wish.region, start, end)
    bulletin.campaign = wish.campaign
    bulletin.title = definition_of(template.document).title_of({"matter": papers.matter_of(bulletin)})
    session.add(bulletin)
    session.flush()
    told = {"title": [None, bulletin.title], "period": [None, f"{start} – {end}"]}
    record(session, actor, "create", bulletin, told)
    _gather(session, bulletin, template)
    return bulletin


def gather(session: Session, actor: Actor, bulletin: Bulletin, version: int) -> Bulletin:
    """Take the figures of a draft again; what was written stays where the rules still say the same."""
    _open(session, actor, bulletin, version)
    before = bulletin.gathered_at
    _gather(session, bulletin, template_of(bulletin.template))
    bulletin.version += 1
    taken = bulletin.gathered_at
    record(session, actor, "gather", bulletin, {"gathered_at": [_instant(before), _instant(taken)]})
    return bulletin


def write(session: Session, actor: Actor, bulletin: Bulletin, version: int, texts: Mapping[str, str]) -> Bulletin:
    """Change the wording of a draft. Invalid names by section what may not be said, figures by hand above all."""
    _open(session, actor, bulletin, version)
    given = {key: str(texts.get(key, text)).strip().replace("\r\n", "\n") for key, text in bulletin.texts.items()}
    if found := _mistakes(session, bulletin, given):
        raise Invalid(found)
    changes = {key: [bulletin.texts[key], text] for key, text in given.items() if bulletin.texts[key] != text}
    if changes:
        bulletin.texts = given
        bulletin.version += 1
        session.flush()
        record(session, actor, "update", bulletin, changes)
    return bulletin


def send(session: Session, actor: Actor, bulletin: Bulletin, version: int | None = None) -> Document:
    """Draw up the document of a bulletin for somebody else to issue; StepRefused lists what stands against it."""
    lock(session, bulletin)
    lacking = papers.problems(session, bulletin) if bulletin.state == DRAFTING else []
    if lacking and actor.can(Permission.WRITE_BULLETIN):
        raise StepRefused([str(sentence) for sentence in lacking])
    _advance(session, actor, bulletin, "send", {"problems": lacking}, version)
    old = bulletin.replaces
    document = documents.draw_up(
        session, actor, kind=template_of(bulletin.template).document, subject_kind=papers.SUBJECT,
        subject_reference=bulletin.case_reference, region=bulletin.region, data=papers.data_of(session, bulletin),
        replaces=queries.document_of(session, old) if old else None,
    )  # fmt: skip
    bulletin.document_uuid = document.uuid
    session.flush()
    return document


def give_up(session: Session, actor: Actor, bulletin: Bulletin, reason: str, version: int) -> Bulletin:
    """Void the document of a bulletin with a reason: what was sent is a draft again, what was issued is withdrawn."""
    document = queries.document_of(session, bulletin)
    if document is None:
        raise Conflict(mark("这份通报还没有送签发，直接修改即可。"))
    lock(session, document)
    session.refresh(bulletin)
    if version != bulletin.version:
        raise Stale
    if not reason.strip():
        raise Invalid({"reason": [mark("请填写原因。")]})
    documents.void(session, actor, document, reason)
    return bulletin


def discard(session: Session, actor: Actor, bulletin: Bulletin, version: int) -> Bulletin:
    """Give a draft up; its reference is not used again."""
    lock(session, bulletin)
    _advance(session, actor, bulletin, "discard", {}, version)
    return bulletin


def correct(session: Session, actor: Actor, old: Bulletin, reason: str) -> Bulletin:
    """Begin the bulletin that will replace an issued one, with its wording and the figures as they were taken then."""
    _check_place(session, actor, old.region)
    lock(session, old)
    if old.state != ISSUED:
        raise Conflict(mark("只有已发出的通报才需要更正；还没有发出的，直接修改即可。"))
    if not reason.strip():
        raise Invalid({"reason": [mark("请写明更正的原因。")]})
    if queries.is_being_corrected(session, old):
        raise Conflict(mark("这份通报已有一份更正，请在那一份上修改。"))
    template = template_of(old.template)
    new = _new(session, actor, template, old.region, old.starts_on, old.ends_on)
    new.case_reference, new.campaign, new.title = old.case_reference, old.campaign, old.title
    new.replaces, new.reason, new.texts, new.outline = old, reason.strip(), dict(old.texts), list(old.outline)
    session.add(new)
    session.flush()
    take_over(session, old, new)
    told = {"replaces": [None, old.reference], "reason": [None, new.reason]}
    record(session, actor, "create", new, told)
    return new


def followed(session: Session, actor: Actor, document: Document, action: str, reason: str) -> None:
    """Take the step of the bulletin whose document was issued or voided (called by the documents)."""
    bulletin = queries.of_document(session, document.uuid)
    if bulletin is None:
        return
    lock(session, bulletin)
    if action == "issue":
        bulletin.content_hash = content_hash(content_of(session, bulletin))
        number = document.number.text if document.number else ""
        _advance(session, actor, bulletin, "issue", {"number": number, "content_hash": bulletin.content_hash})
    elif bulletin.state == ISSUED:
        _advance(session, actor, bulletin, "withdraw", {"reason": reason})
    else:
        writes = actor.can(Permission.WRITE_BULLETIN)
        _advance(session, actor, bulletin, "take_back" if writes else "return", {"reason": reason})
        bulletin.document_uuid = ""


def record(
    session: Session, actor: Actor, action: str, bulletin: Bulletin, changes: Mapping[str, Sequence[Any]]
) -> None:
    """Write what was done to a bulletin into the trail."""
    audit.record(
        session,
        actor,
        f"bulletin.{action}",
        kind=papers.SUBJECT,
        id=bulletin.id,
        reference=bulletin.reference,
        region_id=bulletin.region_id,
        changes=changes,
    )


def _new(session: Session, actor: Actor, template: Template, region: Region, start: date, end: date) -> Bulletin:
    reference = next_reference(session, f"TB-{region.code}-{clock.today().year}", 2)
    return Bulletin(
        reference=reference, case_reference=reference, template=template.code, template_version=template.version,
        template_hash=template.digest, title="", region=region, starts_on=start, ends_on=end, gathering=0,
        state=DRAFTING,
        created_at=clock.now(), created_by_id=actor.id, outline=[], texts={},
    )  # fmt: skip


def _period(template: Template, wish: Wish) -> tuple[date, date]:
    if template.occasion is Occasion.CAMPAIGN:
        campaign = wish.campaign
        if campaign is None or campaign.state != CLOSED or campaign.region_id != wish.region.id:
            raise Invalid({"campaign": [mark("请选择本地区已办结的督导方案；没有办结的不能通报。")]})
        return campaign.starts_on, campaign.ends_on
    if wish.month is None or wish.month > clock.today():
        raise Invalid({"month": [mark("请选择已经开始的月份。")]})
    start = wish.month.replace(day=1)
    years, month = divmod(start.year * 12 + start.month, 12)
    return start, date.fromordinal(date(years, month + 1, 1).toordinal() - 1)


def _gather(session: Session, bulletin: Bulletin, template: Template) -> None:
    scope = scope_of(session, bulletin, template.followed, clock.today())
    figures = Figures(bulletin, take(session, bulletin, scope))
    before, bulletin.outline = bulletin.outline, outline_of(template, figures)
    bulletin.texts = texts_of(template, bulletin.outline, bulletin.texts, before)
    bulletin.template_version, bulletin.template_hash = template.version, template.digest
    session.flush()


def _mistakes(session: Session, bulletin: Bulletin, texts: Mapping[str, str]) -> dict[str, list[Any]]:
    figures = Figures(bulletin, queries.figures_of(session, bulletin))
    unfit = definition_of(template_of(bulletin.template).document).unfit_words
    found: dict[str, list[Any]] = {}
    for key, text in texts.items():
        known = figures.words(key.partition("/")[2] or bulletin.region.code)
        told: list[Any] = [str(each) for each in wording_problems(text, known, unfit)]
        if not text:
            told.append(mark("请写内容；点名的县由规则列出，不能略去。"))
        if len(text) > LONGEST:
            told.append(mark("太长了，请精简到两千字以内。"))
        if told:
            found[key] = told
    return found


def _advance(
    session: Session,
    actor: Actor,
    bulletin: Bulletin,
    action: str,
    facts: Mapping[str, Any],
    version: int | None = None,
) -> None:
    before = bulletin.state
    given = {name: value for name, value in facts.items() if value}
    attempt = Attempt(bulletin, given, actor, clock.now(), clock.today())
    advance(BULLETIN_LIFE, action, attempt, version=version)
    session.flush()
    told = {name: [None, value] for name, value in given.items()}
    record(session, actor, action, bulletin, {"state": [before, bulletin.state], **told})


def _open(session: Session, actor: Actor, bulletin: Bulletin, version: int) -> None:
    """Lock a draft for a change by somebody who may; Stale, Forbidden or Conflict."""
    lock(session, bulletin)
    if version != bulletin.version:
        raise Stale
    _check_place(session, actor, bulletin.region)
    if bulletin.state != DRAFTING:
        raise Conflict(mark("通报已送签发或已发出，不能再改；确需修改的，请取回，或发一份更正。"))


def _check_place(session: Session, actor: Actor, region: Region) -> None:
    placed = actor.capture_region_id is not None and covers(session, actor.capture_region_id, region.id)
    if actor.role is not None and not (actor.can(Permission.WRITE_BULLETIN) and placed):
        raise Forbidden(mark("您只能为本地区起草通报。"))
    if region.level not in ABOVE_COUNTIES:
        raise Forbidden(mark("通报由地级或省级起草，逐县比较；县里的情况请看总览。"))


def _instant(moment: Any) -> str | None:  # noqa: ANN401 - an instant or nothing
    return moment.isoformat() if moment else None
