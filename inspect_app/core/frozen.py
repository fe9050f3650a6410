"""Frozen dataclasses to plain JSON values and back, guided by their annotations alone.

Understood: str, int, bool, Decimal (written as plain digits), date, StrEnum, tuple[X, ...], X | None, Mapping[str, X],
nested dataclasses, and a union of dataclasses told apart by a class variable `kind`, which is written beside their
fields; one of them may lack it, and beside them may stand one kind that is no dataclass.
"""

from collections.abc import Mapping
from dataclasses import MISSING, Field, fields, is_dataclass
from datetime import date
from decimal import Decimal
from enum import Enum
from functools import cache
from types import NoneType, UnionType
from typing import Any, TypeVar, Union, get_args, get_origin, get_type_hints

T = TypeVar("T")


def plain(number: Decimal) -> str:
    """Return the digits without exponent or trailing zeros, so that equal numbers are written alike."""
    return format(number.normalize(), "f") if number else "0"


def freeze(value: object) -> Any:  # noqa: ANN401 - JSON values
    """Return `value` as dicts, lists and scalars that JSON can carry.

    Fields that hold their default are left out, so that adding one changes neither what is kept nor its hash.
    """
    if isinstance(value, Mapping):
        return {key: freeze(each) for key, each in value.items()}
    if isinstance(value, tuple | list):
        return [freeze(each) for each in value]
    if is_dataclass(value):
        kind = getattr(value, "kind", None)
        tag = {} if kind is None else {"kind": freeze(kind)}
        return tag | {
            field.name: freeze(given) for field in fields(value) if (given := _own(field, value)) is not MISSING
        }
    return _scalar(value)


def _own(field: Field[Any], value: object) -> object:
    given = getattr(value, field.name)
    return MISSING if given == field.default else given


def _scalar(value: object) -> object:
    match value:
        case Enum():
            return value.value
        case Decimal():
            return plain(value)
        case date():
            return value.isoformat()
        case _:
            return value


def thaw(kind: type[T], data: Any) -> T:  # noqa: ANN401 - JSON values
    """Rebuild what `freeze` wrote, also before a field with a default was added.

    Data that do not fit raise AttributeError, KeyError, StopIteration, TypeError or ValueError.
    """
    return _thaw(kind, data)  # type: ignore[no-any-return] # the annotation decides


def _thaw(kind: Any, data: Any) -> Any:  # noqa: ANN401 - annotations and JSON values
    origin = get_origin(kind)
    if origin in (UnionType, Union):
        return None if data is None else _thaw(_member(get_args(kind), data), data)
    if origin is tuple:
        return tuple(_thaw(get_args(kind)[0], each) for each in data)
    if origin is Mapping:
        return {key: _thaw(get_args(kind)[1], each) for key, each in data.items()}
    if is_dataclass(kind) and isinstance(kind, type):
        return kind(**{name: _thaw(hint, data[name]) for name, hint in _hints(kind) if name in data})
    return _thawed_scalar(kind, data)


def _thawed_scalar(kind: Any, data: Any) -> Any:  # noqa: ANN401 - annotations and JSON values
    if kind is Decimal:
        return Decimal(data)
    if kind is date:
        return date.fromisoformat(data)
    return kind(data) if issubclass(kind, Enum) else data


def _member(kinds: tuple[Any, ...], data: Any) -> Any:  # noqa: ANN401 - annotations and JSON values
    members = [each for each in kinds if each is not NoneType]
    if len(members) == 1:
        return members[0]
    if not isinstance(data, Mapping):
        return next(each for each in members if not is_dataclass(each))
    tag = data.get("kind")
    return next(each for each in members if is_dataclass(each) and freeze(getattr(each, "kind", None)) == tag)


@cache
def _hints(kind: type[Any]) -> tuple[tuple[str, Any], ...]:
    hints = get_type_hints(kind)
    return tuple((field.name, hints[field.name]) for field in fields(kind))
