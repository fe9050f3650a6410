"""How a ledger looks, read from `reports/ledgers/*.toml`: the columns in their order, each with its source."""

from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path

from inspect_app.core.definitions import Problems, Table, read_file
from inspect_app.workbooks.write import CellKind, Column, Layout

FOLDER = Path(__file__).parents[2] / "reports" / "ledgers"
LONGEST_CHOICES = 255


@dataclass(frozen=True)
class Ledger:
    """A title, the layout of the sheet, and for each of its columns the name of the value it shows."""

    title: str
    layout: Layout
    sources: tuple[str, ...]


def load_ledger(path: Path, known: Collection[str]) -> Ledger:
    """Read a ledger definition; raises DefinitionProblems with all its mistakes. `known` are the sources there are."""
    problems = Problems()
    ledger = read_ledger(path, known, problems)
    problems.refuse()
    if ledger is None:
        raise FileNotFoundError(path)
    return ledger


def read_ledger(path: Path, known: Collection[str], problems: Problems) -> Ledger | None:
    """Read a ledger definition, adding its mistakes to `problems`; None when the file cannot be read at all."""
    table = read_file(path, problems)
    if table is None:
        return None
    ledger = _read(table)
    for source in sorted(set(ledger.sources) - set(known)):
        table.note(f"没有名为 {source} 的数据来源")
    return ledger


def _read(table: Table) -> Ledger:
    columns = table.tables("columns")
    ledger = Ledger(
        title=table.text("title"),
        layout=Layout(
            sheet=table.text("sheet"),
            frozen=table.integer("frozen"),
            scale=table.integer("scale"),
            columns=tuple(_read_column(each) for each in columns),
        ),
        sources=tuple(each.text("source") for each in columns),
    )
    table.finish()
    for each in columns:
        each.finish()
    return ledger


def _read_column(table: Table) -> Column:
    column = Column(
        heading=table.text("heading"),
        width=table.decimal("width"),
        kind=table.choice("kind", CellKind),
        choices=table.texts("choices"),
        ends_page=table.flag("ends_page"),
    )
    if len(",".join(column.choices)) > LONGEST_CHOICES:
        table.note("下拉选项合计超过 255 个字符")
    return column
