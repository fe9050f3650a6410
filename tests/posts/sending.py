"""A request that carries more than its form asks for, and the two counties it is sent in."""

import io
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from inspect_app.access.permissions import Role
from inspect_app.accounts.models import User
from inspect_app.regions.queries import by_code, townships_of
from tests.scene import COUNTY, County, Crowd, Neighbour, enter

TEXT, NUMBER, DAY, SCORE = "走私", "98765432", "1999-09-09", "77.77"
SMUGGLED: Mapping[str, str] = {
    **dict.fromkeys(
        (
            "reference", "uuid", "origin", "origin_reference", "closed_by", "rechecked_by", "recheck_result",
            "found_by", "accepted_by_unit", "fingerprint", "conclusion", "outcome", "applied_key",
            "applied_content_key", "sha256", "content_digest", "password_hash", "original_name", "media_type",
            "listed_level", "treatment_plan", "found_unit", "item_code", "actor_name", "event_class",
            "content_hash", "parent", "noted_by_name", "drawn_by_name", "pool_hash", "why",
            "published_by_name", "proposed_by_name", "confirmed_by_name", "decided_by_name", "reported_by_name",
            "digest",
        ),
        TEXT,
    ),
    **dict.fromkeys(
        (
            "id", "county_id", "found_by_id", "created_by_id", "done_by_id", "done_by_unit_id", "batch_id", "urgency",
            "merged_into_id", "reopened_from_id", "recheck_failures", "extension_count", "responsible_unit_id",
            "site_id", "severity", "received_by_id", "applied_by_id", "answered_by_id", "uploaded_by_id", "actor_id",
            "subject_id", "unit_id", "view_region_id", "capture_region_id", "computed_by_id", "full", "width",
            "owner_id", "campaign_id", "draw_id", "team_id", "noted_by_id", "drawn_by_id", "declared_by_id",
            "duplicate_of_id", "assessment_id", "supersedes_id", "proposed_by_id", "confirmed_by_id", "decided_by_id",
            "rank", "computed_points", "reported_points",
        ),
        NUMBER,
    ),
    **dict.fromkeys(
        (
            "closed_on", "done_on", "rechecked_on", "looked_back_on", "review_on", "original_due_on", "submitted_on",
            "submitted_at", "started_at", "created_at", "updated_at", "applied_at", "received_at", "answered_at",
            "withdrawn_at", "uploaded_at", "computed_at", "password_changed_at", "taken_at",
            "published_at", "noted_at", "drawn_at", "declared_at", "ended_on", "frozen_at",
            "sent_at", "confirmed_at", "reported_at",
        ),
        DAY,
    ),
    "state": "closed", "status": "销号", "score": SCORE, "published": "false", "vetoed": "y", "rebounded": "yes",
    "counts": '{"create": 98765432}', "plan": TEXT, "rows": TEXT, "events": TEXT, "pool": TEXT,
    "result": TEXT, "content": TEXT, "must_change_password": "",
}  # fmt: skip
MARKS = (TEXT, NUMBER, "1999, 9, 9", DAY, SCORE)


@dataclass
class Post:
    """What a person sends; `expects` is the answer to the same body without anything smuggled in."""

    role: Role
    address: str
    data: Mapping[str, Any] = field(default_factory=dict)
    file: tuple[bytes, str] | None = None
    expects: int = 302
    method: str = "POST"
    body: str = "data"

    def send(self, client: FlaskClient, people: Mapping[Role, str]) -> TestResponse:
        enter(client, people[self.role])
        sent: dict[str, Any] = {**{k: v for k, v in SMUGGLED.items() if k not in self.data}, **self.data}
        if self.file:
            sent["file"] = (io.BytesIO(self.file[0]), self.file[1])
        if self.body == "json":
            return client.open(self.address, method=self.method, json=sent)
        return client.open(self.address, method=self.method, data=sent)


@dataclass(frozen=True)
class Office:
    client: FlaskClient
    session: Session
    crowd: Crowd
    neighbour: Neighbour
    county: County
    folder: Path

    def version(self, model: Any, reference: str) -> str:  # noqa: ANN401 - any model with a reference
        found = self.session.scalars(select(model.version).where(model.reference == reference)).one()
        self.session.rollback()
        return str(found)

    def state(self, model: Any, reference: str) -> str:  # noqa: ANN401 - any model with a state
        self.session.rollback()
        return str(self.session.scalars(select(model.state).where(model.reference == reference)).one())

    def region(self, code: str) -> str:
        found = str(by_code(self.session, code).id)
        self.session.rollback()
        return found

    def township(self, code: str = COUNTY) -> Any:  # noqa: ANN401 - code and key
        region = townships_of(self.session, by_code(self.session, code).id)[0]
        found = region.code, str(region.id)
        self.session.rollback()
        return found

    def users(self, code: str, role: Role) -> list[str]:
        found = select(User.id).where(User.role == role, User.view_region_id == by_code(self.session, code).id)
        keys = [str(key) for key in self.session.scalars(found.order_by(User.id))]
        self.session.rollback()
        return keys

    def page(self, role: Role, address: str) -> str:
        """Return what an insider reads at an address."""
        return enter(self.client, self.crowd.insiders[role]).get(address).get_data(as_text=True)

    def hidden(self, role: Role, address: str, name: str) -> str:
        """Return what a page keeps in a hidden field."""
        found = re.search(f'name="{name}"[^>]* value="([^"]*)"', self.page(role, address))
        return found[1] if found else ""
