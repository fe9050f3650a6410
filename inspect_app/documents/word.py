"""Fills a Word template, and reads a Word document back as blocks, from which the PDF is set."""

import io
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from inspect_app.documents.filling import Signed
from inspect_app.documents.loading import FOLDER

PICTURE_MILLIMETRES = 24


@dataclass(frozen=True)
class Block:
    """A paragraph with its style and alignment (0 left, 1 centre, 2 right, 3 both), or a table of such paragraphs.

    `pictures` are the bytes of the PNG files in a paragraph; `widths` the shares of the columns of a table.
    """

    style: str = ""
    text: str = ""
    align: int | None = None
    red: bool = False
    pictures: tuple[bytes, ...] = ()
    rows: tuple[tuple[tuple["Block", ...], ...], ...] = ()
    widths: tuple[float, ...] = field(default=())


def template_of(kind: str) -> Path:
    """Return where the template of a kind lies."""
    return FOLDER / f"{kind}.docx"


def fill(template: bytes, context: Mapping[str, Any]) -> bytes:
    """Fill a template; data are put in as text, whatever they contain, and templates can reach nothing else."""
    from docx.shared import Mm  # noqa: PLC0415 - heavy libraries, only where Word is written
    from docxtpl import DocxTemplate, InlineImage  # noqa: PLC0415 - the same
    from jinja2.sandbox import SandboxedEnvironment  # noqa: PLC0415 - the same

    word = DocxTemplate(io.BytesIO(template))

    def row(signed: Signed) -> dict[str, Any]:
        image = InlineImage(word, io.BytesIO(signed.picture), width=Mm(PICTURE_MILLIMETRES)) if signed.picture else ""
        return {"label": signed.label, "text": signed.text, "image": image}

    filled = {**context, "signatures": [row(each) for each in context["signatures"]]}
    word.render(filled, jinja_env=SandboxedEnvironment(autoescape=True), autoescape=True)
    out = io.BytesIO()
    word.save(out)
    return out.getvalue()


def read(document: bytes) -> list[Block]:
    """Read paragraphs and tables of a Word document in their order."""
    from docx import Document as open_word  # noqa: N813, PLC0415 - as above

    word = open_word(io.BytesIO(document))
    return list(_blocks(word, word.part))


def _blocks(container: Any, part: Any) -> Iterator[Block]:  # noqa: ANN401 - bodies and cells of python-docx
    from docx.table import Table  # noqa: PLC0415 - as above

    for item in container.iter_inner_content():
        yield _table(item, part) if isinstance(item, Table) else _paragraph(item, part)


def _paragraph(item: Any, part: Any) -> Block:  # noqa: ANN401 - a paragraph of python-docx
    alignment = item.alignment if item.alignment is not None else item.style.paragraph_format.alignment
    colours = {str(run.font.color.rgb) for run in item.runs if run.font.color.rgb is not None}
    return Block(
        style=item.style.name,
        text=item.text,
        align=None if alignment is None else int(alignment),
        red=any(colour.startswith(("C0", "FF")) for colour in colours),
        pictures=tuple(_pictures(item, part)),
    )


def _pictures(item: Any, part: Any) -> Iterator[bytes]:  # noqa: ANN401 - the same
    from docx.oxml.ns import qn  # noqa: PLC0415 - as above

    for picture in item._p.iter(qn("a:blip")):  # noqa: SLF001 - python-docx has no word for pictures in a paragraph
        yield part.related_parts[picture.get(qn("r:embed"))].blob


def _table(item: Any, part: Any) -> Block:  # noqa: ANN401 - a table of python-docx
    rows = tuple(tuple(tuple(_blocks(cell, part)) for cell in row.cells) for row in item.rows)
    widths = [float(cell.width or 1) for cell in item.rows[0].cells] if rows else []
    total = sum(widths) or 1.0
    return Block(rows=rows, widths=tuple(width / total for width in widths))
