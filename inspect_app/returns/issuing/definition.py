"""How an issued workbook looks, read from `reports/issued/*.toml`: its columns in their order and how to fill it in."""

from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from pathlib import Path

from inspect_app.core.definitions import Problems, Table, read_file
from inspect_app.returns.columns import match_heading
from inspect_app.returns.fields import Field
from inspect_app.returns.issuing.sources import FIELDS, KEY, REFERENCE, SOURCES, TOLD
from inspect_app.workbooks.write import CellKind, Column, Layout

FOLDER = Path(__file__).parents[3] / "reports" / "issued"
FILE = FOLDER / "hazards.toml"
LISTS = ("list_townships", "list_units")


@dataclass(frozen=True)
class IssuedForm:
    """A title, the layout of the table, what each of its columns holds, and what is told to those who fill it in.

    `most_rows` bounds a workbook: a county with more open hazards gets the most urgent ones.
    """

    title: str
    layout: Layout
    sources: tuple[str, ...]
    instructions: tuple[str, ...]
    blank_rows: int
    most_rows: int

    def heading(self, source: str) -> str:
        """Return the heading under which a source stands, "" for one that is left out."""
        return next((column.heading for column, name in self.columns if name == source), "")

    @property
    def columns(self) -> tuple[tuple[Column, str], ...]:
        """The columns with their sources."""
        return tuple(zip(self.layout.columns, self.sources, strict=True))


@cache
def load_form() -> IssuedForm:
    """Read the definition once a process; raises DefinitionProblems with all its mistakes."""
    problems = Problems()
    form = read_form(FILE, problems)
    problems.refuse()
    if form is None:
        raise FileNotFoundError(FILE)
    return form


def check_definitions(problems: Problems) -> list[str]:
    """Read every definition, adding mistakes to `problems`; return their names."""
    return [path.stem for path in sorted(FOLDER.glob("*.toml")) if read_form(path, problems)]


def read_form(path: Path, problems: Problems) -> IssuedForm | None:
    """Read a definition, adding its mistakes to `problems`; None when the file cannot be read at all."""
    table = read_file(path, problems)
    if table is None:
        return None
    form = _read(table)
    _check(table, form)
    return form


def _read(table: Table) -> IssuedForm:
    columns = table.tables("columns")
    form = IssuedForm(
        title=table.text("title"),
        layout=Layout(
            sheet=table.text("sheet"),
            columns=tuple(_read_column(each) for each in columns),
            frozen=table.integer("frozen"),
            scale=table.integer("scale"),
            spare_rows=table.integer("spare_rows"),
        ),
        sources=tuple(each.text("source") for each in columns),
        instructions=table.texts("instructions"),
        blank_rows=table.integer("blank_rows"),
        most_rows=table.integer("most_rows"),
    )
    for each in (*columns, table):
        each.finish()
    return form


def _read_column(table: Table) -> Column:
    source = table.text("source")
    list_name = table.text_or_none("list") or ""
    if list_name and list_name not in LISTS:
        table.note(f"没有名为 {list_name} 的列表")
    return Column(
        heading=table.text("heading"),
        width=table.decimal_or_none("width") or Decimal(10),
        kind=table.choice("kind", CellKind),
        choices=table.texts("choices"),
        ends_page=table.flag("ends_page"),
        hidden=table.flag("hidden"),
        list_name=list_name,
        entered=source not in TOLD,
    )


def _check(table: Table, form: IssuedForm) -> None:
    for source in sorted(set(form.sources) - set(SOURCES)):
        table.note(f"没有名为 {source} 的数据来源")
    for needed in (KEY, REFERENCE, "description", "responsible_unit_name"):
        if needed not in form.sources:
            table.note(f"缺少数据来源为 {needed} 的列")
    for column, source in form.columns:
        match = match_heading(column.heading, misspelt=False)
        if (match.field if match else None) != FIELDS.get(source, Field.OTHER):
            table.note(f"列名“{column.heading}”在报表中不会被读作 {source}")
