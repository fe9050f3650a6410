"""Read label-and-value cards: one hazard a card, a label and what it says in each pair of cells."""

import re
from collections.abc import Hashable, Iterator
from dataclasses import dataclass, field

from inspect_app.returns.columns import match_heading
from inspect_app.returns.extract import Records
from inspect_app.returns.fields import CORE, LABELS, Field
from inspect_app.workbooks.cells import as_text
from inspect_app.workbooks.grid import WIDEST, Grid

ENOUGH = 4
LABEL_ROWS = 3
INLINE = re.compile(r"^([^:：]{2,16})[:：]\s*(\S[\s\S]*)$")


@dataclass(slots=True)
class Card:
    """One hazard: `row` is where its description stands, `cells` what its labels say."""

    row: int = 0
    cells: dict[Field, Hashable] = field(default_factory=dict)
    rows: set[int] = field(default_factory=set)


def read_cards(grid: Grid) -> list[Card]:
    """The cards on a sheet, if it holds any: enough labels one below the other, among them a description."""
    cards = [Card()]
    for row, name, cell in _labelled(grid):
        if name in cards[-1].cells:
            cards.append(Card())
        cards[-1].cells[name] = cell
        cards[-1].rows.add(row)
        if name is Field.DESCRIPTION:
            cards[-1].row = row
    return [card for card in cards if _is_card(card)]


def as_records(sheet: str | None, cards: list[Card]) -> Records:
    """The cards as the rows of a table."""
    columns = {name: [card.cells.get(name, "") for card in cards] for name in CORE}
    return Records(sheet, [card.row + 1 for card in cards], columns, LABELS)


def _is_card(card: Card) -> bool:
    has_unit = Field.RESPONSIBLE_UNIT in card.cells or Field.SITE in card.cells
    enough = len(card.cells) >= ENOUGH and len(card.rows) >= LABEL_ROWS
    return enough and has_unit and Field.DESCRIPTION in card.cells


def _labelled(grid: Grid) -> Iterator[tuple[int, Field, Hashable]]:
    """Every label of a ledger's columns with the cell that follows it in the row, or in the cell itself."""
    for row in range(grid.height):
        waiting: Field | None = None
        for column in grid.columns[:WIDEST]:
            cell = column[row]
            text = as_text(cell)
            if label := _label(text):
                if waiting:
                    yield row, waiting, ""
                waiting = label
            elif (inline := INLINE.match(text)) and (label := _label(inline[1])):
                yield row, label, inline[2]
            elif waiting and text:
                yield row, waiting, cell
                waiting = None
        if waiting:
            yield row, waiting, ""


def _label(text: str) -> Field | None:
    match = match_heading(text, misspelt=False) if text else None
    return match.field if match and match.field in CORE else None
