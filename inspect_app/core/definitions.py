"""Definition files: TOML read field by field, with every mistake collected before anything is refused.

A mistake reads "file: item: sentence". A field that is absent or of the wrong kind is noted once and stands in
as an empty value, so that reading goes on and one run names all mistakes of all files.
"""

import hashlib
import json
import tomllib
from collections.abc import Callable, Iterator, Mapping
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from enum import Enum
from pathlib import Path
from typing import Any, TypeVar

from inspect_app.core.errors import DefinitionProblems
from inspect_app.core.frozen import freeze

T = TypeVar("T")
E = TypeVar("E", bound=Enum)


class Problems:
    """The mistakes found so far."""

    def __init__(self) -> None:
        self.found: list[str] = []

    def note(self, file: str, place: str, sentence: str) -> None:
        """Add one mistake; `place` is the code of the item, or empty for the whole file."""
        self.found.append(f"{file}: {place or '整个文件'}: {sentence}")

    def refuse(self) -> None:
        """Raise DefinitionProblems with all mistakes, if there are any."""
        if self.found:
            raise DefinitionProblems(self.found)


class Table:
    """One TOML table: each field is asked for by its kind; `finish()` notes the fields that nobody asked for."""

    def __init__(self, values: Mapping[str, Any], problems: Problems, file: str, place: str = "") -> None:
        self.file = file
        self.place = place
        self.problems = problems
        self._values = values
        self._asked: set[str] = set()

    def __contains__(self, key: str) -> bool:
        return key in self._values

    def note(self, sentence: str) -> None:
        """Add a mistake of this table."""
        self.problems.note(self.file, self.place, sentence)

    def finish(self) -> None:
        """Note every field that was never asked for: a misspelt name must not be ignored."""
        for key in sorted(self._values.keys() - self._asked):
            self.note(f"不认识的字段 {key}")

    def text(self, key: str) -> str:
        """Return a text that must be there and not be blank."""
        return self._need(key, self.text_or_none(key), "")

    def text_or_none(self, key: str) -> str | None:
        """Return a text, or None when the field is absent."""
        return self._read(key, _text, "非空文字")

    def texts(self, key: str) -> tuple[str, ...]:
        """Return a list of texts; an absent field is an empty list."""
        return self._read(key, lambda value: _each(value, _text), "文字列表") or ()

    def integer(self, key: str) -> int:
        """Return a whole number that must be there."""
        return self._need(key, self.integer_or_none(key), 0)

    def integer_or_none(self, key: str) -> int | None:
        """Return a whole number, or None when the field is absent."""
        return self._read(key, _integer, "整数")

    def integers(self, key: str) -> tuple[int, ...]:
        """Return a list of whole numbers; an absent field is an empty list."""
        return self._read(key, lambda value: _each(value, _integer), "整数列表") or ()

    def decimal(self, key: str) -> Decimal:
        """Return an exact number, written as a number or as text, that must be there."""
        return self._need(key, self.decimal_or_none(key), Decimal(0))

    def decimal_or_none(self, key: str) -> Decimal | None:
        """Return an exact number, or None when the field is absent."""
        return self._read(key, _decimal, "数字")

    def flag(self, key: str, *, default: bool = False) -> bool:
        """Return true or false; an absent field is `default`."""
        given = self._read(key, lambda value: value if isinstance(value, bool) else None, "true 或 false")
        return default if given is None else given

    def day_or_none(self, key: str) -> date | None:
        """Return a date without time, or None when the field is absent."""
        return self._read(key, _day, "日期（如 2024-11-01）")

    def choice(self, key: str, kind: type[E]) -> E:
        """Return a member of `kind`, written by its value, that must be there."""
        return self._need(key, self.choice_or_none(key, kind), next(iter(kind)))

    def choice_or_none(self, key: str, kind: type[E]) -> E | None:
        """Return a member of `kind`, or None when the field is absent."""
        return self._read(key, lambda value: _member(kind, value), _one_of(kind))

    def choices(self, key: str, kind: type[E]) -> tuple[E, ...]:
        """Return a list of members of `kind`; an absent field is an empty list."""
        return self._read(key, lambda value: _each(value, lambda each: _member(kind, each)), _one_of(kind)) or ()

    def table(self, key: str) -> "Table":
        """Return a table that must be there; the empty one when it is not."""
        values = self._need(key, self._read(key, _table, "表"), {})
        return Table(values, self.problems, self.file, self.place)

    def holds_table(self, key: str) -> bool:
        """Tell whether a field, where it may be a plain value or a table, is a table."""
        return isinstance(self._values.get(key), dict)

    def tables(self, key: str) -> tuple["Table", ...]:
        """Return a list of tables, each placed by its own `code` below this one; an absent field is an empty list."""
        found = self._read(key, lambda value: _each(value, _table), "表的列表") or ()
        return tuple(
            Table(values, self.problems, self.file, self._below(values, f"{key}[{number}]"))
            for number, values in enumerate(found, start=1)
        )

    def _below(self, values: Mapping[str, Any], otherwise: str) -> str:
        code = values.get("code")
        own = code if isinstance(code, str) and code else otherwise
        return f"{self.place}/{own}" if self.place else own

    def _read(self, key: str, parse: Callable[[object], T | None], wanted: str) -> T | None:
        self._asked.add(key)
        if key not in self._values:
            return None
        value = self._values[key]
        parsed = parse(value)
        if parsed is None:
            self.note(f"{key} 应为{wanted}，实际是 {_shown(value)}")
        return parsed

    def _need(self, key: str, value: T | None, otherwise: T) -> T:
        if value is None and key not in self._values:
            self.note(f"缺少字段 {key}")
        return otherwise if value is None else value


def read_file(path: Path, problems: Problems) -> Table | None:
    """Open one TOML file; None, and a problem noted, when it is absent, not UTF-8 or not TOML."""
    try:
        values = tomllib.loads(path.read_text("utf-8"), parse_float=Decimal)
    except FileNotFoundError:
        problems.note(path.name, "", "文件不存在")
    except UnicodeDecodeError:
        problems.note(path.name, "", "不是 UTF-8 编码的文本")
    except tomllib.TOMLDecodeError as error:
        problems.note(path.name, "", f"不是有效的 TOML：{error}")
    else:
        return Table(values, problems, path.name)
    return None


def read_folder(folder: Path, pattern: str, problems: Problems) -> Iterator[Table]:
    """Open every file of `folder` that fits the glob `pattern`, in the order of their names."""
    for path in sorted(folder.glob(pattern)):
        table = read_file(path, problems)
        if table is not None:
            yield table


def content_hash(content: object) -> str:
    """Return the SHA-256 of a definition, independent of the order of keys and of how its numbers are written."""
    canonical = json.dumps(freeze(content), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()


def _text(value: object) -> str | None:
    return value.strip() if isinstance(value, str) and value.strip() else None


def _integer(value: object) -> int | None:
    return value if isinstance(value, int) and not isinstance(value, bool) else None


def _decimal(value: object) -> Decimal | None:
    if isinstance(value, bool) or not isinstance(value, str | int | Decimal):
        return None
    try:
        number = Decimal(value)
    except InvalidOperation:
        return None
    return number if number.is_finite() else None


def _day(value: object) -> date | None:
    return value if isinstance(value, date) and not isinstance(value, datetime) else None


def _table(value: object) -> dict[str, Any] | None:
    return value if isinstance(value, dict) else None


def _each(value: object, parse: Callable[[object], T | None]) -> tuple[T, ...] | None:
    if not isinstance(value, list):
        return None
    parsed = tuple(each for each in map(parse, value) if each is not None)
    return parsed if len(parsed) == len(value) else None


def _member(kind: type[E], value: object) -> E | None:
    return next((each for each in kind if each.value == value), None)


def _one_of(kind: type[Enum]) -> str:
    return "以下之一：" + "、".join(str(each.value) for each in kind)


def _shown(value: object) -> str:
    text = str(value)
    return text if len(text) <= 40 else text[:40] + "…"  # noqa: PLR2004 - enough to recognise it
