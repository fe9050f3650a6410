"""What a submitted visit leaves behind: hazards for failed items, improvement notes for failed items of advice."""

from collections.abc import Mapping, Sequence

from sqlalchemy.orm import Session

from inspect_app.access.actor import Actor
from inspect_app.checklists.definition import Severity
from inspect_app.checklists.queries import cited
from inspect_app.checklists.rules import due_on
from inspect_app.core import clock
from inspect_app.evidence.models import Evidence, Purpose
from inspect_app.evidence.service import attach
from inspect_app.hazards.drafts import HazardDraft
from inspect_app.hazards.models import Hazard
from inspect_app.hazards.service import register
from inspect_app.hazards.words import Grade
from inspect_app.inspections import wording
from inspect_app.inspections.kinds import KINDS
from inspect_app.inspections.models import Answer, ImprovementNote, Inspection
from inspect_app.inspections.proofs import prepared_of
from inspect_app.inspections.queries import hazards_of
from inspect_app.inspections.tally import ItemTally, Tally
from inspect_app.regions.models import Unit

GRADES = {Severity.MAJOR: Grade.MAJOR, Severity.GENERAL: Grade.GENERAL}


def keep_findings(
    session: Session,
    actor: Actor,
    inspection: Inspection,
    tallied: Tally,
    answers: Mapping[str, Answer],
    files: Mapping[str, Sequence[Evidence]],
) -> list[Hazard]:
    """Register hazards and notes for what failed; after a return, what is there already is not made twice."""
    known = hazards_of(session, inspection)
    unit_name = _unit_of(session, inspection)
    made = []
    for each in tallied.items:
        if each.consequence in GRADES and each.item.code not in known:
            hazard = register(session, actor, _draft(inspection, tallied, each, answers[each.item.code], unit_name))
            _show_state_before(session, actor, hazard, files.get(each.item.code, ()))
            made.append(hazard)
    _keep_notes(inspection, tallied, answers)
    return made


def _draft(inspection: Inspection, tallied: Tally, each: ItemTally, answer: Answer, unit_name: str) -> HazardDraft:
    site, item, today = inspection.site, each.item, clock.today()
    grade = GRADES[item.severity]
    demand = wording.requirement(item)
    return HazardDraft(
        county_id=inspection.county_id,
        region_id=inspection.region_id,
        site_id=site.id,
        site_name=site.name,
        category=_category(inspection, tallied, each),
        location=site.address,
        longitude=site.longitude,
        latitude=site.latitude,
        origin="inspection",
        origin_reference=inspection.reference,
        item_code=item.code,
        inspection_kind=KINDS[inspection.kind],
        found_on=today,
        found_unit=unit_name,
        found_by="、".join(each.user.name for each in inspection.inspectors),
        found_by_id=inspection.inspectors[0].user_id,
        description=wording.description(item, each.why, answer.note),
        grade=grade,
        basis=wording.basis(cited(item, today)),
        requirement=demand,
        responsible_unit_id=site.responsible_unit_id,
        responsible_unit_name=site.responsible_unit.name if site.responsible_unit else "",
        responsible_person=site.contact_person or inspection.site_person,
        supervising_unit_id=site.supervising_unit_id,
        supervising_unit_name=site.supervising_unit.name if site.supervising_unit else "",
        measures=demand if grade is Grade.GENERAL else "",
        interim_control=answer.immediate_measure,
        due_on=due_on(item.deadline, today),
    )


def _show_state_before(session: Session, actor: Actor, hazard: Hazard, files: Sequence[Evidence]) -> None:
    """Hang the pictures of the answer on the hazard as its state before; the bytes are stored once."""
    for file in files:
        if file.purpose is Purpose.ANSWER:
            attach(
                session,
                actor,
                prepared_of(file),
                kind="hazard",
                id=hazard.id,
                purpose=Purpose.BEFORE,
                county_id=hazard.county_id,
                region_id=hazard.region_id,
            )


def _keep_notes(inspection: Inspection, tallied: Tally, answers: Mapping[str, Answer]) -> None:
    advised = {each.item.code: each for each in tallied.items if each.consequence is Severity.ADVICE}
    kept = {note.item_code: note for note in inspection.notes}
    for code, note in kept.items():
        note.withdrawn_at = None if code in advised else note.withdrawn_at or clock.now()
    for code, each in advised.items():
        text = wording.description(each.item, each.why, answers[code].note)
        if code in kept:
            kept[code].text = text
        else:
            inspection.notes.append(ImprovementNote(item_code=code, text=text))


def _category(inspection: Inspection, tallied: Tally, each: ItemTally) -> str:
    """Return the kind of object that the item looks at: the site's own where its list is offered for that."""
    checklist = next(sheet.checklist for sheet in tallied.sheets if each in sheet.items)
    kinds = checklist.objects or (checklist.code,)
    return inspection.site.category if inspection.site.category in kinds else kinds[0]


def _unit_of(session: Session, inspection: Inspection) -> str:
    unit = session.get(Unit, inspection.inspectors[0].user.unit_id or 0)
    return unit.name if unit else ""
