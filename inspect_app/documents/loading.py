"""Reads `reports/documents/*.toml`, naming every mistake at once."""

import re
from functools import cache
from pathlib import Path
from string import Formatter

from inspect_app.core.definitions import Problems, Table, read_file, read_folder
from inspect_app.core.errors import Invalid
from inspect_app.core.labels import mark
from inspect_app.documents.definition import Citation, DocumentField, FieldKind, Issuer, KindDefinition, Library, Signer
from inspect_app.documents.kinds import KINDS, SIGNERS, SUBJECTS, Family
from inspect_app.law.definitions import Register, load_register, read_register

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / "reports" / "documents"
BASES = ROOT / "checklists" / "bases.toml"
ISSUERS = "issuers.toml"
NUMBER_PARTS = {"short", "office_short", "year", "quarter", "case", "number"}
RESERVED = {"cited", "issuer", "number", "title", "issued_on", "replaced", "signatures", "reconsideration", "court"}
CODE = re.compile(r"[a-z][a-z_]*")


@cache
def library() -> Library:
    """Return what this installation ships with; raises DefinitionProblems."""
    problems = Problems()
    read = read_library(FOLDER, problems, register())
    problems.refuse()
    return read


@cache
def register() -> Register:
    """Return the register of legal bases."""
    return load_register(BASES)


def definition_of(kind: str) -> KindDefinition:
    """Return the definition of a kind; Invalid when there is none."""
    found = library().kinds.get(kind)
    if found is None:
        raise Invalid({"kind": [mark("没有这种文书，请从列表中选择。")]})
    return found


def check_definitions(problems: Problems) -> list[str]:
    """Read everything, adding mistakes to `problems`; returns the kinds of documents."""
    return sorted(read_library(FOLDER, problems, read_register(BASES, Problems())).kinds)


def read_library(folder: Path, problems: Problems, known: Register) -> Library:
    """Read one folder, bases against the register; every kind must be there with its template."""
    tables = [each for each in read_folder(folder, "*.toml", problems) if each.file != ISSUERS]
    kinds = {kind.code: kind for kind in (_kind(table, known) for table in tables)}
    for code in KINDS:
        if code not in kinds:
            problems.note(f"{code}.toml", "", "缺少这种文书的定义")
        if not (folder / f"{code}.docx").exists():
            problems.note(f"{code}.docx", "", "缺少模板，可用 flask documents templates --write 生成")
    return Library(kinds, _issuers(folder / ISSUERS, problems, known))


def _kind(table: Table, known: Register) -> KindDefinition:
    kind = KindDefinition(
        code=table.text("code"),
        title=table.text("title"),
        family=table.choice("family", Family),
        series=table.text("series"),
        number=table.text("number"),
        subjects=table.texts("subjects"),
        fields=tuple(_field(each) for each in table.tables("fields")),
        body=table.text("body"),
        after=table.texts("after"),
        unfit_words=table.texts("unfit_words"),
        bases=_citations(table, "bases", known),
        enforcement_bases=_citations(table, "enforcement_bases", known),
        signers=tuple(_signer(each) for each in table.tables("signers")),
        titled=table.text_or_none("titled") or "",
    )
    table.finish()
    for sentence in _mistakes(kind, table.file):
        table.note(sentence)
    return kind


def _mistakes(kind: KindDefinition, file: str) -> list[str]:
    parts = {name for _text, name, _spec, _conversion in Formatter().parse(kind.number) if name}
    codes = [field.code for field in kind.fields]
    lines = {field.code for field in kind.fields if field.kind is FieldKind.LINE}
    named = {name for _text, name, _spec, _conversion in Formatter().parse(kind.titled) if name}
    checks = [
        (kind.code in KINDS and file == f"{kind.code}.toml", "code 应为已有的文书种类之一，并与文件名相同"),
        (parts <= NUMBER_PARTS and "number" in parts, f"number 只能用 {sorted(NUMBER_PARTS)}，且须有 number"),
        (named <= lines, "titled 只能用单行字段的编号"),
        (set(kind.after) <= set(KINDS), "after 中有不认识的文书"),
        (bool(kind.subjects) and set(kind.subjects) <= set(SUBJECTS), f"subjects 应为 {sorted(SUBJECTS)} 中的若干"),
        (len(codes) == len(set(codes)), "字段编号重复"),
        (not RESERVED & set(codes), f"字段编号不能用 {sorted(RESERVED)}"),
    ]
    return [sentence for holds, sentence in checks if not holds]


def _field(table: Table) -> DocumentField:
    kind = table.choice_or_none("kind", FieldKind) or FieldKind.LINE
    field = DocumentField(
        code=table.text("code"),
        label=table.text("label"),
        kind=kind,
        optional=table.flag("optional"),
        future=table.flag("future"),
        names=table.flag("names"),
        fixed=table.flag("fixed"),
        width=table.integer_or_none("width") or 0,
        default=table.text_or_none("default") or "",
        columns=tuple(_field(each) for each in table.tables("columns")),
    )
    table.finish()
    if not CODE.fullmatch(field.code):
        table.note("字段编号只能用小写字母和下划线")
    if (kind is FieldKind.ROWS) != bool(field.columns):
        table.note("rows 字段须有 columns，其他字段不能有")
    return field


def _signer(table: Table) -> Signer:
    signer = Signer(
        role=table.text("role"),
        label=table.text("label"),
        count=table.integer("count"),
        credential=table.flag("credential"),
        may_refuse=table.flag("may_refuse"),
    )
    table.finish()
    if signer.role not in SIGNERS:
        table.note(f"role 应为以下之一：{'、'.join(SIGNERS)}")
    return signer


def _citations(table: Table, key: str, known: Register) -> tuple[Citation, ...]:
    found = []
    for each in table.tables(key):
        cited = Citation(each.text("basis"), each.text_or_none("article") or "")
        each.finish()
        if cited.basis not in known:
            each.note(f"依据 {cited.basis} 不在登记册中")
        found.append(cited)
    return tuple(found)


def _issuers(path: Path, problems: Problems, known: Register) -> dict[str, Issuer]:
    found: dict[str, Issuer] = {}
    top = read_file(path, problems) or Table({}, Problems(), path.name)
    for table in top.tables("issuers"):
        issuer = _issuer(table, known)
        if issuer.region in found or issuer.short in {each.short for each in found.values()}:
            table.note("地区或简称重复")
        if issuer.enforcement and not (issuer.reconsideration and issuer.court):
            table.note("执法机关须写明复议机关 reconsideration 和诉讼法院 court")
        found[issuer.region] = issuer
    top.finish()
    return found


def _issuer(table: Table, known: Register) -> Issuer:
    issuer = Issuer(
        region=table.text("region"),
        short=table.text("short"),
        office_short=table.text("office_short"),
        letter=table.text("letter"),
        enforcement=table.text_or_none("enforcement") or "",
        reconsideration=table.text_or_none("reconsideration") or "",
        court=table.text_or_none("court") or "",
        letter_bases=_citations(table, "letter_bases", known),
        enforcement_bases=_citations(table, "enforcement_bases", known),
    )
    table.finish()
    return issuer
