"""Pictures taken out of a workbook."""

from io import BytesIO
from pathlib import Path

import openpyxl
from openpyxl.drawing.image import Image
from PIL import Image as Picture

from inspect_app.workbooks.pictures import SheetPicture, pictures_in
from tests.workbooks import hostile

PNG = b"\x89PNG\r\n\x1a\n"
DRAWING = "http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing"
MAIN_DRAWING = "http://schemas.openxmlformats.org/drawingml/2006/main"


def png(colour: str = "red") -> BytesIO:
    out = BytesIO()
    Picture.new("RGB", (40, 40), colour).save(out, "PNG")
    out.seek(0)
    return out


def test_a_floating_picture_belongs_to_the_row_in_which_it_begins(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    sheet.title = "台账"
    sheet["A1"] = "序号"
    sheet.add_image(Image(png()), "C3")
    sheet.add_image(Image(png("blue")), "C5")
    book.save(tmp_path / "a.xlsx")
    found = pictures_in(tmp_path / "a.xlsx")
    assert [(picture.sheet, picture.row) for picture in found] == [("台账", 3), ("台账", 5)]
    assert all(picture.content.startswith(PNG) for picture in found)


def test_a_picture_that_wps_keeps_in_a_cell_is_found_by_its_name(tmp_path: Path) -> None:
    image = '<c r="B4" t="str"><f>_xlfn.DISPIMG(&quot;ID_7&quot;,1)</f><v>=DISPIMG("ID_7",1)</v></c>'
    content = hostile.parts(hostile.sheet(hostile.row(4, hostile.text_cell("A4", "甲"), image)))
    picture = f'<xdr:pic><xdr:cNvPr id="2" name="ID_7"/><a:blip xmlns:r="{hostile.OFFICE}" r:embed="rId1"/></xdr:pic>'
    cells = f'<etc:cellImages xmlns:etc="wps" xmlns:xdr="{DRAWING}" xmlns:a="{MAIN_DRAWING}">{picture}</etc:cellImages>'
    relation = f'<Relationship Id="rId1" Type="{hostile.OFFICE}/image" Target="media/image1.png"/>'
    relations = f'<Relationships xmlns="{hostile.PACKAGE}/relationships">{relation}</Relationships>'
    extra = [
        ("xl/cellimages.xml", cells.encode()), ("xl/_rels/cellimages.xml.rels", relations.encode()),
        ("xl/media/image1.png", png().read()),
    ]  # fmt: skip
    (found,) = pictures_in(hostile.stored(tmp_path, hostile.packed(content, extra)))
    assert found == SheetPicture("台账", 4, "image1.png", png().read())


def test_what_is_no_such_workbook_has_none(tmp_path: Path) -> None:
    assert pictures_in(hostile.stored(tmp_path, b"a,b")) == []
    assert pictures_in(hostile.stored(tmp_path, hostile.open_document())) == []
    assert pictures_in(hostile.stored(tmp_path, hostile.plain())) == []
