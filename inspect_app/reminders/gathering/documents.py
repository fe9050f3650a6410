"""Drafts of documents that wait to be issued by somebody who did not draw them up."""

from collections.abc import Iterator
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from inspect_app.access.actor import Actor
from inspect_app.access.permissions import Permission
from inspect_app.documents.lifecycle import DRAFT
from inspect_app.documents.models import Document
from inspect_app.documents.queries import waiting_for
from inspect_app.reminders.audience import Audience
from inspect_app.reminders.definition import Rules
from inspect_app.reminders.piles import Piles
from inspect_app.reminders.sections import DOCUMENTS, Section


class DocumentSections:
    """The share of each person in all drafts.

    A draft is no less hidden than its case, which only the case's own package can judge: a person within whose reach
    there are drafts is therefore asked for alone, and nobody else.
    """

    def __init__(self, session: Session, audience: Audience, _today: date, _rules: Rules) -> None:
        self._session, self._drafts = session, Piles(audience)
        place = (Document.county_id, Document.region_id)
        drafts = select(*place, func.count()).where(Document.state == DRAFT, audience.touches(*place)).group_by(*place)
        for county, region, number in session.execute(drafts).tuples():
            self._drafts.add(county, region, DOCUMENTS, number)

    def of(self, person: Actor) -> Iterator[Section]:
        """Give the section of one person."""
        if person.can(Permission.ISSUE_DOCUMENT) and self._drafts.under(person.view_region_id):
            number = waiting_for(self._session, person)
            yield Section(DOCUMENTS, number, (), "documents.index", {"state": DRAFT})
