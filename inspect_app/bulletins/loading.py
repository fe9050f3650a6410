"""Reads `reports/bulletins/*.toml`, naming every mistake at once."""

from collections.abc import Collection, Mapping
from functools import cache
from pathlib import Path

from inspect_app.bulletins.definition import Bound, Followed, Occasion, Section, SectionKind, Template
from inspect_app.bulletins.measures import MEASURES, RATES
from inspect_app.bulletins.rules import tokens, wording_problems
from inspect_app.bulletins.words import FIGURES, LINE_WORDS, WHOLE_WORDS
from inspect_app.core.definitions import Problems, Table, read_folder
from inspect_app.core.errors import NotFound
from inspect_app.core.labels import mark
from inspect_app.documents.definition import FieldKind, KindDefinition
from inspect_app.documents.loading import library

FOLDER = Path(__file__).parents[2] / "reports" / "bulletins"
PLACE_COLUMNS = ("unit", "place")
FIELD_KINDS = {SectionKind.TEXT: FieldKind.TEXT, SectionKind.NAMED: FieldKind.TEXT, SectionKind.RANKING: FieldKind.ROWS}


@cache
def templates() -> Mapping[str, Template]:
    """Return what this installation ships with; raises DefinitionProblems."""
    problems = Problems()
    read = read_templates(FOLDER, problems)
    problems.refuse()
    return read


def template_of(code: str) -> Template:
    """Return a template by its code; NotFound when there is none."""
    found = templates().get(code)
    if found is None:
        raise NotFound(mark("没有这种通报模板，请从列表中选择。"))
    return found


def check_definitions(problems: Problems) -> list[str]:
    """Read everything for `flask definitions check`; returns the codes."""
    return sorted(read_templates(FOLDER, problems))


def read_templates(folder: Path, problems: Problems) -> dict[str, Template]:
    """Read one folder, adding mistakes to `problems`."""
    return {template.code: template for template in map(_template, read_folder(folder, "*.toml", problems))}


def _template(table: Table) -> Template:
    template = Template(
        code=table.text("code"),
        version=table.integer("version"),
        title=table.text("title"),
        matter=table.text("matter"),
        occasion=table.choice("occasion", Occasion),
        followed=table.choice("followed", Followed),
        document=table.text("document"),
        fresh_days=table.integer("fresh_days"),
        sections=tuple(_section(each) for each in table.tables("sections")),
    )
    table.finish()
    if f"{template.code}.toml" != table.file:
        table.note("code 应与文件名相同")
    if (template.followed is Followed.CAMPAIGN) != (template.occasion is Occasion.CAMPAIGN):
        table.note("followed 为 campaign 的模板只能用在专项检查后，专项检查后的模板也只能这样统计")
    kind = library().kinds.get(template.document)
    if kind is None or kind.subjects != ("bulletin",):
        table.note("document 应为只为通报开具的文书种类")
    else:
        _check_wording(table, template, kind)
        _check_sections(table, template, kind)
    return template


def _section(table: Table) -> Section:
    section = Section(
        code=table.text("code"),
        heading=table.text("heading"),
        kind=table.choice("kind", SectionKind),
        text=table.text_or_none("text") or "",
        by=table.text_or_none("by") or "",
        highest_first=not table.flag("lowest_first"),
        columns=table.texts("columns"),
        bounds=tuple(_bound(each) for each in table.tables("bounds")),
        most=table.integer_or_none("most") or 0,
        line=table.text_or_none("line") or "",
        none=table.text_or_none("none") or "",
    )
    table.finish()
    for sentence in _mistakes(section):
        table.note(sentence)
    return section


def _bound(table: Table) -> Bound:
    bound = Bound(table.text("figure"), table.decimal_or_none("at_least"), table.decimal_or_none("at_most"))
    table.finish()
    if bound.figure not in _known():
        table.note(f"不认识的数字 {bound.figure}")
    if bound.at_least is None and bound.at_most is None:
        table.note("至少写明 at_least、at_most 中的一个")
    return bound


def _mistakes(section: Section) -> list[str]:
    texts, tables = section.kind is SectionKind.TEXT, section.kind is SectionKind.RANKING
    named = section.kind is SectionKind.NAMED
    checks = [
        (bool(section.text) or tables, "缺少字段 text"),
        (texts or section.by in _known(), f"by 应为已有的数字，实际是 {section.by}"),
        (set(section.columns) <= _known(), "columns 中有不认识的数字"),
        (not named or (bool(section.line) and bool(section.none) and section.most > 0), "须有 line、none 和 most"),
    ]
    return [sentence for holds, sentence in checks if not holds]


def _check_wording(table: Table, template: Template, kind: KindDefinition) -> None:
    """Hold the wording of a template to what people may write, and every name in it to the figures there are."""
    whole = {*FIGURES, *WHOLE_WORDS}
    texts: list[tuple[str, Collection[str]]] = [(template.matter, whole)]
    for section in template.sections:
        texts += [(section.text, whole), (section.none, whole), (section.line, {*FIGURES, *LINE_WORDS})]
    for text, known in texts:
        for sentence in wording_problems(text, known, kind.unfit_words):
            table.note(str(sentence))
    if set(tokens(template.matter)) & FIGURES.keys():
        table.note("matter 中不能有数字")


def _check_sections(table: Table, template: Template, kind: KindDefinition) -> None:
    """Every section fills a field of the document of its own kind, and every field but the head is filled."""
    fields = {field.code: field for field in kind.fields}
    codes = [section.code for section in template.sections]
    if sorted([*codes, "addressee", "matter"]) != sorted(fields):
        table.note(f"各部分的 code 应与文书 {kind.code} 的字段一一对应")
        return
    for section in template.sections:
        field = fields[section.code]
        if field.kind is not FIELD_KINDS[section.kind]:
            table.note(f"{section.code} 与文书字段的种类不符")
        columns = (*PLACE_COLUMNS, *section.columns) if section.kind is SectionKind.RANKING else ()
        if tuple(column.code for column in field.columns) != columns:
            table.note(f"{section.code} 的列应与文书字段相同")


def _known() -> set[str]:
    return {*MEASURES, *RATES}
