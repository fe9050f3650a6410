"""`python -m tests.benchmarks.django_importer FILE DATABASE`: previews and imports the file for each line it reads.

Runs in the environment of django-import-export; answers with seconds and memory as JSON.
"""

import json
import sys
from pathlib import Path
from typing import Any

from tests.benchmarks.measuring import peak_mb, spent
from tests.returns.ledgers import HEADINGS

HEAD = 3
KEY = "隐患描述"


def resource_on(database: str) -> tuple[Any, Any]:
    """Configure Django on one SQLite file with one table of texts; return the model and its resource."""
    import django
    from django.conf import settings

    default = {"ENGINE": "django.db.backends.sqlite3", "NAME": database}
    settings.configure(DATABASES={"default": default}, INSTALLED_APPS=["import_export"], USE_TZ=True)
    django.setup()
    from django.db import connection, models
    from import_export import fields, resources

    columns = {
        f"c{number}": models.TextField(blank=True, db_index=heading == KEY) for number, heading in enumerate(HEADINGS)
    }
    meta = type("Meta", (), {"app_label": "import_export"})
    model = type("Row", (models.Model,), {**columns, "Meta": meta, "__module__": __name__})
    with connection.schema_editor() as editor:
        editor.create_model(model)
    named = {
        name: fields.Field(attribute=name, column_name=heading) for name, heading in zip(columns, HEADINGS, strict=True)
    }
    key = f"c{HEADINGS.index(KEY)}"
    options = type("Meta", (), {"model": model, "import_id_fields": (key,), "fields": tuple(columns)})
    return model, type("Rows", (resources.ModelResource,), {**named, "Meta": options})()


def import_once(model: Any, resource: Any, file: Path) -> int:  # noqa: ANN401 - the peer's
    """Read the file, run the import without saving, and run it again for good."""
    import tablib
    from openpyxl import load_workbook

    model.objects.all().delete()
    sheet = load_workbook(file, read_only=True).worksheets[0]
    rows = [["" if cell is None else str(cell) for cell in row] for row in sheet.iter_rows(values_only=True)]
    data = tablib.Dataset(*[row[: len(HEADINGS)] for row in rows[HEAD:]], headers=list(HEADINGS))
    assert not resource.import_data(data, dry_run=True, raise_errors=True).has_errors()
    assert not resource.import_data(data, dry_run=False, raise_errors=True).has_errors()
    assert model.objects.count() == len(data)
    return len(data)


def main() -> None:
    """Import whenever a line comes in."""
    file, database = sys.argv[1:]
    model, resource = resource_on(database)
    idle = peak_mb()
    for _line in sys.stdin:
        took = spent(lambda: import_once(model, resource, Path(file)))
        sys.stdout.write(json.dumps({**took._asdict(), "idle_mb": idle, "peak_mb": peak_mb()}) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
