"""Bulletins (通报): what a month or a campaign came to, county by county, every number frozen with its rows."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

    from flask import Flask

    from inspect_app.access.actor import Actor


def init_app(app: "Flask") -> None:
    """Enter bulletins into the navigation, their files among the definitions, their check among the verifiers."""
    from inspect_app.access.permissions import Permission  # noqa: PLC0415 - on demand
    from inspect_app.audit.labels import name_actions, name_steps  # noqa: PLC0415 - on demand
    from inspect_app.bulletins import papers, service  # noqa: PLC0415 - on demand
    from inspect_app.bulletins.lifecycle import BULLETIN_LIFE  # noqa: PLC0415 - on demand
    from inspect_app.bulletins.loading import check_definitions  # noqa: PLC0415 - on demand
    from inspect_app.bulletins.verifying import verify  # noqa: PLC0415 - on demand
    from inspect_app.core.labels import mark  # noqa: PLC0415 - on demand
    from inspect_app.documents.sources import Source, register  # noqa: PLC0415 - on demand
    from inspect_app.web import navigation, slots  # noqa: PLC0415 - on demand

    app.extensions.setdefault("definition_readers", {})["bulletins"] = check_definitions
    app.extensions.setdefault("verifiers", []).append(verify)
    source = Source(
        papers.build, papers.related, papers.seen, "bulletins.show", named=papers.named_in, missing=papers.missing,
        followed=service.followed, fixed=True,
    )  # fmt: skip
    register(papers.SUBJECT, source)
    navigation.register(app, mark("通报"), "bulletins.index", Permission.VIEW_DOCUMENTS, count=_waiting, order=65)
    slots.fill(app, "home", "bulletins/latest.html", _latest, order=90)
    name_steps("bulletin", BULLETIN_LIFE)
    own = {"gather": mark("取数"), "update": mark("修改文字")}
    name_actions("bulletin", {"create": mark("起草通报"), **own})


def _waiting(actor: "Actor") -> int:
    from inspect_app.bulletins.queries import waiting_for  # noqa: PLC0415 - on demand
    from inspect_app.core.database import db  # noqa: PLC0415 - on demand

    return waiting_for(db.session(), actor)


def _latest(actor: "Actor") -> "Mapping[str, Any] | None":
    """Give the newest bulletin of the last weeks for the home page; nothing where there is none."""
    from inspect_app.access.permissions import Permission  # noqa: PLC0415 - on demand
    from inspect_app.bulletins.presentation import newest  # noqa: PLC0415 - on demand

    return newest(actor) if actor.can(Permission.VIEW_DOCUMENTS) else None
