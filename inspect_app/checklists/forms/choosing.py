"""Fields to choose from a closed set of values."""

from collections.abc import Callable, Mapping
from enum import StrEnum
from typing import Any, TypeVar

from wtforms import SelectMultipleField
from wtforms.widgets import CheckboxInput, ListWidget

from inspect_app.web.forms import options

E = TypeVar("E", bound=StrEnum)


class ChecksField(SelectMultipleField):
    """Several boxes to tick."""

    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()


def values(labels: Mapping[E, str], *, blank: str | None = None) -> Callable[[], list[Any]]:
    """Return the `choices` of a field for a set of values with marked labels."""
    return options({member.value: label for member, label in labels.items()}, blank=blank)
