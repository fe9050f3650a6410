"""Documents (文书): drawn up for a case, numbered, signed, issued as Word and PDF, frozen."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from flask import Flask

    from inspect_app.access.actor import Actor
    from inspect_app.documents.models import Document


def init_app(app: "Flask") -> None:
    """Enter documents into the navigation, their files among the definitions, their check among the verifiers."""
    from inspect_app.access.permissions import Permission  # noqa: PLC0415 - on demand
    from inspect_app.audit.labels import name_actions, name_steps  # noqa: PLC0415 - on demand
    from inspect_app.core.labels import mark  # noqa: PLC0415 - on demand
    from inspect_app.documents.kinds import KINDS  # noqa: PLC0415 - on demand
    from inspect_app.documents.lifecycle import DOCUMENT_LIFE, STATES  # noqa: PLC0415 - on demand
    from inspect_app.documents.loading import check_definitions  # noqa: PLC0415 - on demand
    from inspect_app.documents.verifying import verify  # noqa: PLC0415 - on demand
    from inspect_app.web import navigation  # noqa: PLC0415 - on demand

    app.extensions.setdefault("definition_readers", {})["documents"] = check_definitions
    app.extensions.setdefault("verifiers", []).append(verify)
    told = {"documents_of": _of_case, "sees_document": _sees, "document_kinds": KINDS, "document_states": STATES}
    app.jinja_env.globals.update(told)
    navigation.register(app, mark("文书"), "documents.index", Permission.VIEW_DOCUMENTS, count=_waiting, order=45)
    name_steps("document", DOCUMENT_LIFE)
    own = {"reserve": mark("占用文号"), "sign": mark("签名"), "scan": mark("上传签字件"), "update": mark("修改")}
    name_actions("document", {"create": mark("拟制文书"), **own})


def _waiting(actor: "Actor") -> int:
    from inspect_app.core.database import db  # noqa: PLC0415 - on demand
    from inspect_app.documents.queries import waiting_for  # noqa: PLC0415 - on demand

    return waiting_for(db.session(), actor)


def _sees(key: str) -> bool:
    """Tell whether this person sees a document, so that no page leads to one that is not there for them."""
    from inspect_app.access.guard import current_actor  # noqa: PLC0415 - on demand
    from inspect_app.core.database import db  # noqa: PLC0415 - on demand
    from inspect_app.documents.queries import is_seen  # noqa: PLC0415 - on demand

    return is_seen(db.session(), current_actor(), key)


def _of_case(kind: str, reference: str) -> "Sequence[Document]":
    """List the documents of a case for `documents/case.html`."""
    from inspect_app.access.guard import current_actor  # noqa: PLC0415 - on demand
    from inspect_app.core.database import db  # noqa: PLC0415 - on demand
    from inspect_app.documents.queries import of_subject  # noqa: PLC0415 - on demand

    return of_subject(db.session(), current_actor(), kind, reference)
