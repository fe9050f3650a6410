"""Sets a document as PDF: the blocks of the Word document go through one layout after GB/T 9704, as data only."""

import json
import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from inspect_app.documents.loading import FOLDER
from inspect_app.documents.word import Block
from inspect_app.evidence import store

LAYOUT = FOLDER / "layout.typ"
ROLE, NAME = re.compile(r"^#let (song|fang|kai|hei) = \((.+)\)$", re.MULTILINE), re.compile(r'"([^"]+)"')


def set_pdf(blocks: Sequence[Block], title: str) -> bytes:
    """Return the PDF of the blocks."""
    import typst  # noqa: PLC0415 - a heavy library, only where a PDF is made

    fonts = [str(path) for path in font_folders()]
    return bytes(typst.compile(str(LAYOUT), font_paths=fonts, sys_inputs=given_to_layout(blocks, title)))


def given_to_layout(blocks: Sequence[Block], title: str) -> dict[str, str]:
    """Return what the layout reads: the blocks as JSON, and the title for the properties of the file."""
    return {"blocks": json.dumps([_plain(block) for block in blocks], ensure_ascii=False), "title": title}


def font_folders() -> list[Path]:
    """Where fonts are looked for besides the system's: the office's own, then those that came with the system."""
    import pylopdf_fonts_zh_cn  # noqa: PLC0415 - only where a PDF is made

    return [path for path in (store.current().root / "fonts", _folder(pylopdf_fonts_zh_cn)) if path.is_dir()]


def fonts_in_use() -> dict[str, str]:
    """Return, for each role of the layout (song, fang, kai, hei), the first of its fonts that is there."""
    import typst  # noqa: PLC0415 - as above

    there = set(typst.Fonts(font_paths=[str(path) for path in font_folders()]).families())
    wanted = {role: NAME.findall(names) for role, names in ROLE.findall(LAYOUT.read_text("utf-8"))}
    return {role: next((name for name in names if name in there), "") for role, names in wanted.items()}


def _folder(module: Any) -> Path:  # noqa: ANN401 - a module
    return Path(module.serif_path()).parent


def _plain(block: Block) -> dict[str, Any]:
    return {
        "style": block.style,
        "text": block.text,
        "align": block.align,
        "red": block.red,
        "pictures": [list(picture) for picture in block.pictures],
        "rows": [[[_plain(each) for each in cell] for cell in row] for row in block.rows],
        "widths": list(block.widths),
    }
