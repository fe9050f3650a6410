"""The life of a document: drafted, issued, voided with a reason. What is issued never changes; a new one corrects it.

`missing` among the facts of `issue` holds the sentences of `documents.readiness`, so an incomplete one is refused.
"""

from typing import Any

from inspect_app.access.permissions import Permission
from inspect_app.core.labels import mark
from inspect_app.core.lifecycle import Attempt, Condition, Lifecycle, Step

DRAFT, ISSUED, VOIDED = "draft", "issued", "voided"
STATES = {DRAFT: mark("草稿"), ISSUED: mark("已发出"), VOIDED: mark("已作废")}
LOOKS = {DRAFT: ("○", "wait"), ISSUED: ("●", "done"), VOIDED: ("✕", "none")}


def overseen(document: Any, actor: Any) -> bool:  # noqa: ANN401 - a document, which this pure module cannot import
    """Tell whether the document lies within what the person sees."""
    return actor.id is None or _within(document.region, actor.view_region_id)


def may_issue(document: Any, actor: Any) -> bool:  # noqa: ANN401 - the same
    """Tell whether the person oversees the document and did not draft it: nobody signs off what they wrote."""
    return overseen(document, actor) and (actor.id is None or document.created_by_id != actor.id)


def drafted_by(document: Any, actor: Any) -> bool:  # noqa: ANN401 - the same
    """Tell whether the person drafted the document, or issues documents where it belongs."""
    return actor.id is None or document.created_by_id == actor.id or _signs_off(document, actor)


def _signs_off(document: Any, actor: Any) -> bool:  # noqa: ANN401 - the same
    return bool(actor.can(Permission.ISSUE_DOCUMENT)) and overseen(document, actor)


def _within(region: Any, place_id: int | None) -> bool:  # noqa: ANN401 - the same
    while region is not None and region.id != place_id:
        region = region.parent
    return region is not None


def _complete(attempt: Attempt) -> bool:
    return not attempt.facts.get("missing")


COMPLETE = Condition(mark("文书还不齐全，不能发出。"), _complete)
REASON = {"reason": mark("作废原因")}

DOCUMENT_LIFE = Lifecycle(
    "document",
    STATES,
    DRAFT,
    [VOIDED],
    [
        Step(
            "issue",
            DRAFT,
            ISSUED,
            Permission.ISSUE_DOCUMENT,
            mark("签发"),
            conditions=[COMPLETE],
            position=may_issue,
            primary=True,
        ),
        Step("void", DRAFT, VOIDED, Permission.VIEW_DOCUMENTS, mark("作废"), needs=REASON, position=drafted_by),
        Step("void", ISSUED, VOIDED, Permission.ISSUE_DOCUMENT, mark("作废"), needs=REASON, position=overseen),
    ],
)
