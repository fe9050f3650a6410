"""`python -m tests.architecture.drawing`: renew the pictures and generated parts in `docs/`."""

import sys

from tests.architecture.drawing.documents import documents
from tests.architecture.sources import ROOT


def main() -> None:
    """Write what differs and name it."""
    for path, text in documents().items():
        if not path.exists() or path.read_text("utf-8") != text:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8", newline="\n")
            sys.stdout.write(f"{path.relative_to(ROOT)}\n")


if __name__ == "__main__":
    main()
