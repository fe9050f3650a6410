"""Regions from a CSV file (code, name, level, parent): every mistake told at once, nothing changed while there is one.

Known regions may get a new name (the old one stays as an alias) or a new parent; a repeated file changes nothing.
"""

import csv
import io
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from inspect_app.access.actor import Actor
from inspect_app.audit.service import record
from inspect_app.core.clock import today
from inspect_app.core.errors import FileRefused, Invalid
from inspect_app.regions import closure
from inspect_app.regions.levels import CODE_LENGTHS, LEVEL_LABELS, PARENT_LEVELS, ZONE_CODE, Level
from inspect_app.regions.models import Region
from inspect_app.regions.naming import plain, short_forms
from inspect_app.regions.tree import Row, add_aliases, add_regions, parents_of

HEAD = ("code", "name", "level", "parent")
ENCODINGS = ("utf-8-sig", "gb18030")
SHOWN = 200


@dataclass(frozen=True)
class Imported:
    """How many regions a file added, renamed, moved and left as they were."""

    added: int
    renamed: int
    moved: int
    unchanged: int


@dataclass(frozen=True)
class Known:
    """A region as the database has it."""

    id: int
    name: str
    level: Level
    parent: str


def read_rows(data: bytes) -> list[Row]:
    """Read a file; Invalid lists every line that cannot be a region (line numbers count the head as 1)."""
    reader = csv.DictReader(io.StringIO(_decoded(data), newline=""))
    if missing := [name for name in HEAD if name not in (reader.fieldnames or ())]:
        raise FileRefused(
            "E_NO_HEADER", "第 1 行缺少列：%(columns)s。表头应为 code,name,level,parent。", columns="、".join(missing)
        )
    rows, problems = [], []
    for line in reader:
        values = {name: plain(line[name] or "") for name in HEAD}
        sentences = list(_mistakes(values))
        problems += [f"第 {reader.line_num} 行：{sentence}" for sentence in sentences]
        if not sentences:
            level = Level(values["level"])
            rows.append(
                Row(_short(values["code"], level), values["name"], level, values["parent"], line=reader.line_num)
            )
    _refuse(problems)
    return rows


def apply_rows(session: Session, actor: Actor, rows: Sequence[Row]) -> Imported:
    """Bring the tree to what the rows say; Invalid lists every row that does not fit the tree, and nothing changes."""
    known = _known(session)
    levels = {code: region.level for code, region in known.items()} | {row.code: row.level for row in rows}
    rows = [_with_full_parent(row, levels) for row in rows]
    _refuse(
        [f"第 {row.line} 行：{sentence}" for row in rows for sentence in _misfits(row, known, levels)] + _doubles(rows)
    )
    fresh = [row for row in rows if row.code not in known]
    add_regions(session, fresh)
    renamed = [row for row in rows if row.code in known and row.name != known[row.code].name]
    moved = [row for row in rows if row.code in known and row.parent != known[row.code].parent]
    _rename(session, renamed, known)
    _move(session, moved, known)
    changed = {row.code for row in (*renamed, *moved)}
    done = Imported(len(fresh), len(renamed), len(moved), len(rows) - len(fresh) - len(changed))
    if fresh or changed:
        counts = {"added": [0, done.added], "renamed": [0, done.renamed], "moved": [0, done.moved]}
        record(session, actor, "region.import", kind="region", id=None, changes=counts)
    return done


def _decoded(data: bytes) -> str:
    for encoding in ENCODINGS:
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise FileRefused("E_ENCODING", "文件既不是 UTF-8 也不是 GBK 编码。请另存为“CSV UTF-8”后再导入。")


def _mistakes(values: Mapping[str, str]) -> Iterable[str]:
    if not values["name"]:
        yield "名称为空。"
    if values["level"] not in list(Level):
        yield f"级别“{values['level']}”不对，应为以下之一：{'、'.join(Level)}。"
        return
    level = Level(values["level"])
    code, length = _short(values["code"], level), CODE_LENGTHS[level]
    if not re.fullmatch(f"[0-9]{{{length}}}", code) and not (level is Level.COUNTY and ZONE_CODE.fullmatch(code)):
        yield f"代码“{values['code']}”不对：{LEVEL_LABELS[level]}代码应为 {length} 位数字。"
    if level is not Level.PROVINCE and not values["parent"]:
        yield "上级代码为空。"


def _misfits(row: Row, known: Mapping[str, Known], levels: Mapping[str, Level]) -> Iterable[str]:
    if row.code in known and known[row.code].level is not row.level:
        yield f"代码 {row.code} 已是{LEVEL_LABELS[known[row.code].level]}，不能改为{LEVEL_LABELS[row.level]}。"
    if row.level is Level.PROVINCE:
        if row.parent:
            yield "省级没有上级，上级代码应留空。"
    elif row.parent not in levels:
        yield f"上级 {row.parent} 不存在（库中没有，文件中也没有）。"
    elif levels[row.parent] not in PARENT_LEVELS[row.level]:
        yield f"{LEVEL_LABELS[row.level]}的上级不能是{LEVEL_LABELS[levels[row.parent]]}（{row.parent}）。"
    elif row.level is Level.VILLAGE and not row.code.startswith(row.parent):
        yield f"村级代码 {row.code} 的前 9 位与上级 {row.parent} 不一致。"


def _doubles(rows: Iterable[Row]) -> list[str]:
    first: dict[str, int] = {}
    repeated = [(row, first.setdefault(row.code, row.line)) for row in rows]
    return [f"第 {row.line} 行：代码 {row.code} 与第 {line} 行重复。" for row, line in repeated if line != row.line]


def _short(code: str, level: Level) -> str:
    """Drop the zeros that fill a code up to 6, 9 or 12 digits."""
    length = CODE_LENGTHS[level]
    return code[:length] if len(code) in CODE_LENGTHS.values() and not code[length:].strip("0") else code


def _with_full_parent(row: Row, levels: Mapping[str, Level]) -> Row:
    if row.parent in levels:
        return row
    readings = (_short(row.parent, level) for level in PARENT_LEVELS[row.level])
    parent = next((code for code in readings if code in levels), row.parent)
    return Row(row.code, row.name, row.level, parent, row.kind, row.line)


def _known(session: Session) -> dict[str, Known]:
    rows = session.execute(select(Region.id, Region.code, Region.name, Region.level, Region.parent_id)).all()
    codes = {row.id: row.code for row in rows}
    return {row.code: Known(row.id, row.name, row.level, codes.get(row.parent_id, "")) for row in rows}


def _rename(session: Session, rows: Sequence[Row], known: Mapping[str, Known]) -> None:
    aliases = []
    for row in rows:
        region = session.get_one(Region, known[row.code].id)
        region.name = row.name
        aliases.append(
            {"region_id": region.id, "name": known[row.code].name, "kind": "former_name", "valid_until": today()}
        )
        aliases += [
            {"region_id": region.id, "name": form, "kind": "short", "valid_until": None}
            for form in short_forms(row.name, row.level)
        ]
    add_aliases(session, aliases)


def _move(session: Session, rows: Sequence[Row], known: Mapping[str, Known]) -> None:
    if not rows:
        return
    keys = dict(session.execute(select(Region.code, Region.id)).tuples().all())
    for row in rows:
        session.get_one(Region, known[row.code].id).parent_id = keys[row.parent] if row.parent else None
    session.flush()
    closure.rebuild(session, parents_of(session), [known[row.code].id for row in rows])


def _refuse(problems: Sequence[str]) -> None:
    if problems:
        more = [f"……共 {len(problems)} 处问题，其余从略。"] if len(problems) > SHOWN else []
        raise Invalid({"": [*problems[:SHOWN], *more]}, "文件有误，什么都没有改变：")
