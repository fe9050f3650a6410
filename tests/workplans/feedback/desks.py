"""The scene with a client at which its people sit down."""

from typing import Any

from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from inspect_app.accounts.models import User
from inspect_app.core.database import transaction
from inspect_app.workplans.feedback import service
from inspect_app.workplans.feedback.service import Said
from inspect_app.workplans.models import WorkDue
from tests.accounts.factories import sign_in
from tests.workplans.feedback.factories import SUMMARY, Scene, set_scene

PEOPLE = ("clerk", "head", "officer", "leader", "member", "neighbour")


class Desk:
    """References and keys of the scene; what is read of it is read afresh."""

    def __init__(self, client: FlaskClient, session: Session) -> None:
        self.client, self.session = client, session
        with transaction():
            self.scene: Scene = set_scene(session)
            self.refs = [due.reference for due in self.scene.mine]
            self.emin, self.department = self.scene.emin.reference, self.scene.department.reference
            self.plan = self.scene.plan.reference
            self.people = {name: getattr(self.scene, name).id for name in PEOPLE}

    def sit(self, name: str) -> None:
        """Sign somebody in, whoever sat here before."""
        self.client.delete_cookie("session")
        sign_in(self.client, self.session.get_one(User, self.people[name]))

    def page(self, address: str, status: int = 200) -> str:
        """Return a page."""
        answer = self.client.get(address)
        assert answer.status_code == status, answer.get_data(as_text=True)
        return answer.get_data(as_text=True)

    def file(self, address: str, status: int = 200) -> bytes:
        """Return a download."""
        answer = self.client.get(address)
        assert answer.status_code == status
        return answer.get_data()

    def send(self, address: str, data: dict[str, Any], status: int = 302) -> str:
        """Send a form and return the answer, or where it leads."""
        answer = self.client.post(address, data=data, content_type="multipart/form-data")
        assert answer.status_code == status, answer.get_data(as_text=True)
        return answer.location or answer.get_data(as_text=True)

    def due(self, reference: str) -> WorkDue:
        """Read something owed afresh."""
        self.session.rollback()
        return self._found(reference)

    def reported(self, reference: str, name: str = "clerk") -> WorkDue:
        """Let something be reported."""
        with transaction():
            service.report(self.session, getattr(self.scene, name), self._found(reference), Said(SUMMARY))
        return self.due(reference)

    def _found(self, reference: str) -> WorkDue:
        return self.session.query(WorkDue).filter_by(reference=reference).one()
