"""A visit as the tablet takes it along: who, where, with which lists, how it stands, and what was found before."""

from collections.abc import Mapping, Sequence
from typing import Any

from inspect_app.access.actor import Actor
from inspect_app.checklists.scoring import CONCLUSION_LABELS, RESULT_LABELS, Conclusion, Result
from inspect_app.core import clock
from inspect_app.evidence.models import Evidence
from inspect_app.inspections.kinds import KINDS
from inspect_app.inspections.models import Inspection, Sheet
from inspect_app.inspections.presenting import reason_text, whole_json
from inspect_app.inspections.queries import tally_of
from inspect_app.inspections.results import lines_of
from inspect_app.tablet.pack.hazards import hazard_json
from inspect_app.tablet.pack.queries import Held
from inspect_app.tablet.pack.sites import site_json
from inspect_app.web.language import said
from inspect_app.web.pages import day, points


def visit_json(held: Held, photos: Mapping[int, Sequence[Evidence]], actor: Actor) -> dict[str, Any]:
    """Return a visit; `state` is what the fill page is told, less where each item stands: the tablet judges that."""
    visit, today = held.visit, clock.today()
    every = [file for files in held.files.values() for file in files]
    state = whole_json(visit, held.answers.values(), every, tally_of(visit, held.answers, held.files))
    del state["items"]
    return {
        "reference": visit.reference,
        "uuid": visit.uuid,
        "kind": visit.kind,
        "kind_label": said(KINDS[visit.kind]),
        "planned_on": visit.planned_on.isoformat(),
        "lists": [list_name(sheet) for sheet in visit.sheets],
        "team": [_member(each.user, lead=not each.position) for each in visit.inspectors],
        "leads": visit.inspectors[0].user_id == actor.id,
        "state": state,
        "site": site_json(visit.site),
        "earlier": [_earlier(each) for each in held.earlier],
        "findings": [found for each in held.earlier for found in _findings(each)],
        "hazards": [hazard_json(each, photos.get(each.id, ()), actor, today) for each in held.hazards],
    }


def list_name(sheet: Sheet) -> str:
    """Return by which name the pack knows the version of a list, as "C03-2"."""
    return f"{sheet.checklist_version.code}-{sheet.checklist_version.number}"


def _member(user: Any, *, lead: bool) -> dict[str, Any]:  # noqa: ANN401 - a user
    return {"id": user.id, "name": user.name, "lead": lead, "credential": user.credential_number or ""}


def _earlier(visit: Inspection) -> dict[str, Any]:
    return {
        "reference": visit.reference,
        "kind_label": said(KINDS[visit.kind]),
        "on": day(visit.submitted_on),
        "lists": [
            {
                "code": sheet.checklist_version.code,
                "score": None if sheet.score is None else points(sheet.score, 1),
                "veto": sheet.vetoed,
                "conclusion_label": said(CONCLUSION_LABELS[Conclusion(sheet.conclusion)]) if sheet.conclusion else "",
            }
            for sheet in visit.sheets
        ],
    }


def _findings(visit: Inspection) -> list[dict[str, Any]]:
    return [
        {
            "reference": visit.reference,
            "on": day(visit.submitted_on),
            "item": line.item.code,
            "text": line.item.text,
            "why": [reason_text(each) for each in line.why],
            "state_label": said(RESULT_LABELS[Result.FAILED]),
        }
        for sheet in visit.sheets
        for line in lines_of(sheet)
        if line.result == Result.FAILED
    ]
