"""Taking the data of a document in: only what its kind asks for, each field in the shape it is kept in."""

from collections.abc import Collection, Iterable, Mapping
from datetime import date
from typing import Any

from inspect_app.core.errors import Invalid
from inspect_app.core.labels import Sentence, mark, say
from inspect_app.documents.definition import DocumentField, FieldKind, KindDefinition
from inspect_app.documents.loading import register

LONGEST_TEXT, MOST_ROWS = 4000, 500
CITED = "cited"
Problems = dict[str, list[str]]


def cleaned(kind: KindDefinition, data: Mapping[str, Any]) -> dict[str, Any]:
    """Return the data as kept: text, ISO days, rows as dicts of text; what the kind does not ask for is left out.

    Invalid names the fields that are too long, no dates, or cite what the register does not know.
    """
    problems: Problems = {}
    kept = {field.code: _field(field, data.get(field.code), problems) for field in kind.fields}
    if cited := _cited(data.get(CITED) or [], problems):
        kept[CITED] = cited
    if problems:
        raise Invalid(problems)
    return kept


def refuse_altered(kind: KindDefinition, before: Mapping[str, Any], given: Mapping[str, Any]) -> None:
    """Raise Invalid where what the case wrote and fixed, figures above all, is no longer as it was."""
    problems: Problems = {}
    kept = cleaned(kind, given)
    for field in kind.fields:
        if not _same(field, before.get(field.code), kept[field.code]):
            _note(problems, field.code, say(mark("%(label)s中的数据由系统统计，不能改动或增删行。"), label=field.label))
    if problems:
        raise Invalid(problems)


def _same(field: DocumentField, before: Any, given: Any) -> bool:  # noqa: ANN401 - JSON
    if field.kind is not FieldKind.ROWS:
        return not field.fixed or _lines(before) == _lines(given)
    fixed = [column.code for column in field.columns if column.fixed]
    return not fixed or _only(before or [], fixed) == _only(given, fixed)


def _lines(value: Any) -> list[str]:  # noqa: ANN401 - JSON
    return [line.strip() for line in str(value or "").splitlines() if line.strip()]


def _only(rows: Iterable[Mapping[str, str]], codes: Collection[str]) -> list[list[str]]:
    return [[row.get(code, "").strip() for code in codes] for row in rows]


def _field(field: DocumentField, value: Any, problems: Problems) -> Any:  # noqa: ANN401 - JSON
    if field.kind is not FieldKind.ROWS:
        return _text(field, value, field.code, problems)
    rows = value if isinstance(value, list) else []
    if len(rows) > MOST_ROWS:
        _note(problems, field.code, say(mark("%(label)s最多 %(n)s 行。"), label=field.label, n=MOST_ROWS))
    return [
        {column.code: _text(column, row.get(column.code), field.code, problems) for column in field.columns}
        for row in rows
        if any(str(row.get(column.code) or "").strip() for column in field.columns)
    ]


def _text(field: DocumentField, value: Any, code: str, problems: Problems) -> str:  # noqa: ANN401 - JSON
    text = value.isoformat() if isinstance(value, date) else str(value or "").strip()
    if len(text) > LONGEST_TEXT:
        _note(problems, code, say(mark("%(label)s超过 %(n)s 字，请精简。"), label=field.label, n=LONGEST_TEXT))
    if field.kind is FieldKind.DATE and text and not _is_day(text):
        _note(problems, code, say(mark("%(label)s应为日期，如 2026-06-15。"), label=field.label))
    return text


def _is_day(text: str) -> bool:
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def _cited(rows: list[Mapping[str, str]], problems: Problems) -> list[dict[str, str]]:
    known = register()
    found = [{"basis": row.get("basis", "").strip(), "article": row.get("article", "").strip()} for row in rows]
    for row in found:
        if row["basis"] not in known:
            _note(problems, CITED, say(mark("依据登记册中没有 %(code)s。"), code=row["basis"]))
    return found


def _note(problems: Problems, code: str, sentence: Sentence) -> None:
    problems.setdefault(code, []).append(str(sentence))
