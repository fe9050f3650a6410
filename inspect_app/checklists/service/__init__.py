"""Changing checklists: definitions brought into the database, drafts written on the pages, and the steps of a version.

A published version never changes: a change is a new version.
"""

from inspect_app.checklists.service.definitions import conflicts, keep, publish_definitions, replace_draft
from inspect_app.checklists.service.drafts import (
    OFFICES,
    PASS_MARK,
    add_draft,
    copy_as_draft,
    derive,
    edit,
    new_draft,
    save_draft,
)
from inspect_app.checklists.service.steps import problems, take_step

__all__ = [
    "OFFICES",
    "PASS_MARK",
    "add_draft",
    "conflicts",
    "copy_as_draft",
    "derive",
    "edit",
    "keep",
    "new_draft",
    "problems",
    "publish_definitions",
    "replace_draft",
    "save_draft",
    "take_step",
]
