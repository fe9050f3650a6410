"""What a visit from a tablet must be signed with before it is submitted (domain reference §5.5).

Two inspectors and the person of the site, or their refusal before a witness. On the ordinary page the record is signed
on paper afterwards, so nothing is insisted upon there; who stands at the site with a tablet can sign, and does.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from inspect_app.core.errors import Invalid
from inspect_app.core.labels import mark
from inspect_app.inspections.models import Inspection
from inspect_app.tablet.models import Receipt
from inspect_app.tablet.receipts import Kind

INSPECTOR, SITE_PERSON = "inspector", "site_person"
FEWEST_INSPECTORS = 2
INSPECTORS_SIGN = mark("检查记录须由至少两名检查人员签名，请补签后再提交。")
PERSON_SIGNS = mark("检查记录须由被检查人签名；拒绝签名的请注明，并写明见证人。")


def insist(session: Session, inspection: Inspection) -> None:
    """Raise Invalid while signatures are missing under a visit; those from before it was sent back do not count."""
    names = {each.user.name for each in inspection.inspectors}
    if missing := missing_of(_given(session, inspection), len(names)):
        raise Invalid({"signatures": missing})


def missing_of(signatures: Iterable[Mapping[str, Any]], team: int) -> list[str]:
    """Return a sentence for each signature that is missing; who signs twice has signed once.

    `team` is how many names the team has: two inspectors of one name cannot be told apart. Pure.
    """
    known = list(signatures)
    inspectors = {each["name"] for each in known if each["role"] == INSPECTOR and each["strokes"]}
    person = any(each["role"] == SITE_PERSON and (each["strokes"] or each["refused"]) for each in known)
    enough = len(inspectors) >= min(FEWEST_INSPECTORS, team)
    return [*([] if enough else [INSPECTORS_SIGN]), *([] if person else [PERSON_SIGNS])]


def _given(session: Session, inspection: Inspection) -> Sequence[Mapping[str, Any]]:
    sent_back = max((event.at for event in inspection.events if event.action == "send_back"), default=None)
    query = select(Receipt.result).where(Receipt.inspection_id == inspection.id, Receipt.kind == Kind.SIGNATURES.value)
    if sent_back is not None:
        query = query.where(Receipt.received_at >= sent_back)
    return [each for result in session.scalars(query) for each in result.get("signatures", ())]
