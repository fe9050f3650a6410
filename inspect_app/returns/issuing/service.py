"""Issuing a workbook to a county, and knowing it again when it comes back."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache

from sqlalchemy.orm import Session

from inspect_app.access.actor import Actor
from inspect_app.access.permissions import GRANTS, Permission, Role
from inspect_app.audit.service import record
from inspect_app.core import clock
from inspect_app.core.errors import FileRefused, Forbidden
from inspect_app.core.labels import mark, say
from inspect_app.hazards.definitions import load_limits
from inspect_app.hazards.editing import editable_columns
from inspect_app.hazards.models import Hazard
from inspect_app.hazards.standing import Standing
from inspect_app.regions.models import Region
from inspect_app.returns.codes import WARNINGS
from inspect_app.returns.issuing import queries
from inspect_app.returns.issuing.definition import load_form
from inspect_app.returns.issuing.keeping import IssuedRow, issued_row, keep, restore
from inspect_app.returns.issuing.marks import checksum_of, code_of, key_of, new_code
from inspect_app.returns.issuing.sources import STATUS
from inspect_app.returns.lifecycle import in_charge
from inspect_app.returns.models import IssuedWorkbook
from inspect_app.returns.result import Notice, ReadResult

HAZARDS = "hazards"
NAMED = 50
NOT_YOURS = mark("您不能为这个县（市、区）生成核对表：不在您的管理范围内。")
ANOTHER_COUNTY = mark("这是下发给其他县（市、区）的表，没有导入任何内容。请上传下发给%(county)s的表。")
TAMPERED = mark("核对表的隐藏信息被改动或不完整，无法核对，没有导入。请重新下载核对表，把改动填进去后再上传。")
MIXED = mark("这个文件混有几次下发的行（%(codes)s），没有导入。请分别在各自的核对表中填写后上传。")


@dataclass(frozen=True)
class _CountyClerk:
    """Whoever will fill the workbook in; nobody in particular."""

    id: int = 0
    name: str = ""
    role: Role = Role.COUNTY_CLERK

    def can(self, permission: str, /) -> bool:
        return permission in GRANTS[self.role]


@cache
def _clerk() -> Standing:
    return Standing(_CountyClerk(), None, captures=True, oversees=False, limits=load_limits())


def require_issuer(actor: Actor, county: Region) -> None:
    """Refuse whoever neither issues workbooks nor sends the returns of this county."""
    may = actor.can(Permission.ISSUE_WORKBOOK) or actor.can(Permission.SEND_RETURN)
    if not (may and in_charge(county, actor)):
        raise Forbidden(NOT_YOURS)


def issue(session: Session, actor: Actor, county: Region) -> IssuedWorkbook:
    """Issue a workbook with the open hazards of a county; what they say now is kept to compare with."""
    require_issuer(actor, county)
    code = new_code(county.code)
    hazards = queries.open_hazards(session, county.id, load_form().most_rows)
    rows = [_row(code, serial, hazard) for serial, hazard in enumerate(hazards, 1)]
    book = IssuedWorkbook(
        code=code, subject=HAZARDS, county_id=county.id, county=county, period=f"{clock.today():%Y-%m}",
        rows=keep(rows), burden=burden_of(rows), issued_at=clock.now(), issued_by_id=actor.id,
    )  # fmt: skip
    session.add(book)
    session.flush()
    record(
        session, actor, "issued_workbook.issue", kind="issued_workbook", id=book.id, reference=code,
        region_id=county.id, changes={"rows": [None, len(rows)]},
    )  # fmt: skip
    return book


def burden_of(rows: Sequence[IssuedRow]) -> dict[str, int]:
    """Count what a workbook asks: its rows, the cells that may be filled in, and how many of these are filled."""
    open_cells = [row.cells[name] for row in rows for name in row.open_cells]
    return {"rows": len(rows), "asked": len(open_cells), "known": sum(value is not None for value in open_cells)}


def recognise_issue(session: Session, county: Region, read: ReadResult) -> IssuedWorkbook | None:
    """Return the workbook that comes back in a file, None for any other file.

    Raises FileRefused for one issued to another county, for one whose marks were altered, and for a file in which the
    rows of several issues were mixed.
    """
    codes = codes_in(read)
    if not codes:
        return None
    books = queries.with_codes(session, codes)
    elsewhere = read.issue is not None and read.issue.county != county.code
    if elsewhere or any(book.county_id != county.id for book in books):
        raise FileRefused("E_REGION_SCOPE", ANOTHER_COUNTY, county=county.name)
    if not books or (read.issue and not _is_whole(read, books)):
        raise FileRefused("E_ISSUE", TAMPERED)
    if len(books) > 1:
        raise FileRefused("E_ISSUE", MIXED, codes="、".join(book.code for book in books))
    return books[0]


def codes_in(read: ReadResult) -> set[str]:
    """Return the codes of issued workbooks that a file names, on its hidden sheet and in the keys of its rows."""
    named = {read.issue.code} if read.issue else set()
    return named | {code for key in keys_in(read) if (code := code_of(key))}


def keys_in(read: ReadResult) -> set[str]:
    """Return the keys of the rows of a file, of refused and repeated ones too."""
    refused = [refusal.row for refusal in read.rejected if refusal.row]
    doubled = [double.row for double in read.duplicates]
    return {row.key for row in (*read.rows, *refused, *doubled) if row.key}


def told_of_issue(session: Session, county: Region, read: ReadResult) -> ReadResult:
    """Return the reading with a notice of the rows that were issued and did not come back; nothing changes for them."""
    book = recognise_issue(session, county, read)
    back = keys_in(read) | {row.reference for row in read.told_rows}
    missing = [row.reference for row in restore(book.rows) if not {row.key, row.reference} & back] if book else []
    if not missing:
        return read
    named = "、".join(missing[:NAMED]) + ("……" if len(missing) > NAMED else "")
    sentence = say(WARNINGS["W_ISSUED_MISSING"], count=len(missing), references=named)
    return replace(read, notices=[*read.notices, Notice("W_ISSUED_MISSING", None, sentence)])


def _is_whole(read: ReadResult, books: Sequence[IssuedWorkbook]) -> bool:
    known = {book.code: checksum_of(book.rows) for book in books}
    return read.issue is not None and known.get(read.issue.code) == read.issue.checksum


def _row(code: str, serial: int, hazard: Hazard) -> IssuedRow:
    township = hazard.region.name if hazard.region_id != hazard.county_id else ""
    return issued_row(key_of(code, serial), hazard, township, open_cells_of(hazard))


def open_cells_of(hazard: Hazard) -> frozenset[str]:
    """Return which cells a county may fill in: what it may edit, but a due date only where there is none."""
    names = set(editable_columns(hazard, _clerk())) & set(load_form().sources)
    if hazard.due_on is not None:
        names.discard("due_on")
    return frozenset(names | ({STATUS, "done_on"} if "progress" in names else set()))
