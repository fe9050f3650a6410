"""The documents as Word and PDF: every field reads back, a full page has 22 lines of 28 characters."""

import io
import itertools
from collections import Counter
from typing import Any

import pytest
from docx import Document as Word
from docx.shared import Mm
from pypdf import PdfReader
from sqlalchemy.orm import Session

from inspect_app.core.errors import Invalid
from inspect_app.documents import rendering, word
from inspect_app.documents.definition import FieldKind, KindDefinition, day_text
from inspect_app.documents.freezing import stored
from inspect_app.documents.kinds import KINDS
from inspect_app.documents.loading import definition_of, library
from inspect_app.documents.word_templates import make_template
from tests.documents.factories import Desk, make_desk

pytestmark = pytest.mark.usefixtures("clock")
PREDECESSORS = ("inspection_record", "rectification_order", "listing_notice")
LINES, CHARACTERS = 22, 28
OF_A_CASE = [code for code in KINDS if code != "bulletin"]  # which is written by its own package alone


@pytest.fixture
def desk(session: Session) -> Desk:
    return make_desk(session)


def words_of(content: bytes) -> str:
    document = Word(io.BytesIO(content))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([paragraph.text for paragraph in document.paragraphs] + cells)


def said_by(kind: KindDefinition, data: dict[str, Any]) -> list[str]:
    told: list[str] = []
    for field in kind.fields:
        value = data[field.code]
        if field.kind is FieldKind.ROWS:
            told += [day_text(each) or each for row in value for each in row.values()]
        else:
            told += [day_text(line) or line for line in str(value).splitlines()]
    return told


def test_all_documents_of_a_case_read_back_every_field(desk: Desk) -> None:
    numbers = []
    for kind in sorted(OF_A_CASE, key=lambda code: code not in PREDECESSORS):
        document = desk.issued(kind)
        content = stored(document, "docx")
        text = words_of(content)
        wanted = said_by(definition_of(kind), document.data)
        assert document.number is not None
        assert not [
            each for each in [*wanted, document.number.text, document.title, document.issuer] if each not in text
        ]
        assert "{" not in text
        pages = PdfReader(io.BytesIO(stored(document, "pdf"))).pages
        assert all(page.mediabox.width == pytest.approx(595.28, abs=0.1) for page in pages)
        assert document.title[:5] in pages[0].extract_text()
        numbers.append(document.number.text)
    assert len(set(numbers)) == len(OF_A_CASE) == 15


def test_a_full_page_has_22_lines_of_28_characters(desk: Desk) -> None:
    document = desk.draft("feedback_letter", requirement="防震减灾督导检查整改销号" * 200)
    page = PdfReader(io.BytesIO(rendering.render(document).pdf)).pages[1]
    lines: Counter[int] = Counter()

    def visit(text: str, cm: list[float], tm: list[float], *_font: object) -> None:
        lines[round(cm[5] + tm[5])] += len(text.strip())

    page.extract_text(visitor_text=visit)
    body = [lines[height] for height in sorted(lines, reverse=True) if lines[height]]
    assert body == [CHARACTERS] * LINES + [len("— 2 —")]


@pytest.mark.parametrize("kind", KINDS)
def test_a_template_names_page_grid_and_fonts_of_official_documents(kind: str) -> None:
    document = Word(io.BytesIO(make_template(definition_of(kind))))
    section = document.sections[0]
    margins = (section.top_margin, section.left_margin, section.right_margin, section.bottom_margin)
    assert [round(margin / Mm(1)) for margin in margins if margin] == [37, 28, 26, 35]
    xml = document.element.xml
    assert 'w:linePitch="579"' in xml
    styles = document.styles.element.xml
    assert 'w:line="579" w:lineRule="exact"' in styles
    assert '<w:spacing w:val="-5"/>' in styles
    assert "仿宋_GB2312" in styles


@pytest.mark.parametrize("kind", KINDS)
def test_the_kept_template_fills(desk: Desk, kind: str) -> None:
    text = words_of(rendering.render(desk.draft(kind)).docx)
    assert "{" not in text
    assert definition_of(kind).title in text


def test_data_are_text_and_never_markup(desk: Desk) -> None:
    nasty = '{{ 7*7 }} {% for x in y %} <b>&amp;</b> #import "x" $a$ *粗* \\n'
    document = desk.draft(addressee=nasty)
    made = rendering.render(document)
    assert nasty in words_of(made.docx)
    assert "#import" in PdfReader(io.BytesIO(made.pdf)).pages[0].extract_text()


def test_a_template_cannot_reach_out_of_its_sandbox(desk: Desk) -> None:
    template = Word()
    template.add_paragraph("{{ addressee.__class__.__mro__ }}")
    out = io.BytesIO()
    template.save(out)
    from inspect_app.documents.filling import context_of  # the context of a real document

    context = context_of(desk.draft(), number="", issued_on=None, replaced="")
    with pytest.raises(Exception, match="unsafe"):
        word.fill(out.getvalue(), context)


def test_a_broken_template_is_told_in_a_sentence(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(_template: bytes, _context: object) -> bytes:
        from jinja2.exceptions import TemplateSyntaxError

        raise TemplateSyntaxError("unexpected end", 1)

    monkeypatch.setattr(word, "fill", broken)
    with pytest.raises(Invalid, match="文书模板有误"):
        rendering.render(desk.draft())


def test_a_draft_leaves_blanks_for_number_and_day(desk: Desk) -> None:
    text = words_of(rendering.render(desk.draft()).docx)
    assert "〔　　　　〕" in text
    assert "　　　　年　　月　　日" in text


def test_letters_have_a_red_head_and_orders_none() -> None:
    letter = word.read(make_template(library().kinds["circular"]))
    order = word.read(make_template(library().kinds["rectification_order"]))
    assert letter[0].red
    assert not order[0].red


@pytest.mark.parametrize("kind", KINDS)
def test_tables_keep_their_widths_and_never_touch(kind: str) -> None:
    document = Word(io.BytesIO(make_template(definition_of(kind))))
    for table in document.tables:
        assert sum(column.width or 0 for column in table.columns) == pytest.approx(Mm(156), abs=Mm(3))
    inside = list(document.iter_inner_content())
    assert not [one for one, next_ in itertools.pairwise(inside) if hasattr(one, "rows") and hasattr(next_, "rows")]


def test_a_head_comes_again_on_the_next_page_and_no_row_is_torn() -> None:
    xml = Word(io.BytesIO(make_template(definition_of("urging_letter")))).tables[0]._tbl.xml
    assert xml.count("w:tblHeader") == 1
    assert xml.count("w:cantSplit") == xml.count("<w:tr>") + xml.count("<w:tr ")
