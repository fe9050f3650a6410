"""`python -m tests.documents.pictures`: draw the first pages of the thirteen documents of one case for `docs/`."""

import io
import sys
import tempfile
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import typst
from flask_migrate import upgrade
from PIL import Image

from inspect_app import create_app
from inspect_app.commands import seed
from inspect_app.core import clock
from inspect_app.core.database import db, transaction
from inspect_app.documents import word
from inspect_app.documents.freezing import stored
from inspect_app.documents.kinds import KINDS
from inspect_app.documents.pdf import LAYOUT, font_folders, given_to_layout
from tests.applications import close, settings_for
from tests.documents.factories import make_desk
from tests.documents.sample import SAMPLE

FOLDER = Path(__file__).parents[2] / "docs" / "pictures" / "documents"
ORDER = sorted(
    (code for code in KINDS if code != "bulletin"),
    key=lambda code: code not in {"inspection_record", "rectification_order", "listing_notice"},
)
MOMENT = datetime(2026, 6, 15, 2, 0, tzinfo=UTC)
RESOLUTION, COLOURS = 50.0, 16


def main() -> None:
    """Issue every kind about one invented case and keep the picture of its first page."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, clock.set_to(MOMENT):
        app = create_app(settings_for(f"sqlite:///{folder}/pictures.sqlite3", Path(folder)))
        with app.app_context():
            upgrade()
            seed()
            with transaction():
                desk = make_desk(db.session())
                for kind in ORDER:
                    document = desk.issued(kind, **SAMPLE[kind])
                    draw(kind, stored(document, "docx"), document.title)
        close(app)


def draw(kind: str, docx: bytes, title: str) -> None:
    """Draw the first page."""
    fonts = [str(path) for path in font_folders()]
    given = given_to_layout(word.read(docx), title)
    pages: Any = typst.compile(str(LAYOUT), font_paths=fonts, sys_inputs=given, format="png", ppi=RESOLUTION)
    with Image.open(io.BytesIO(pages[0] if isinstance(pages, list) else pages)) as picture:
        picture.convert("RGB").quantize(COLOURS).save(FOLDER / f"{kind}.png", optimize=True)
    sys.stdout.write(f"{kind}.png\n")


if __name__ == "__main__":
    main()
