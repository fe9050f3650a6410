"""B9: the start of a worker against Flask with SQLAlchemy alone; no pandas, no plotly before a page asks."""

import subprocess
import sys
import tempfile
from functools import partial

from tests.benchmarks.measuring import Result, compare

GOAL = 1.5
OURS = """
import sys
from inspect_app import create_app
create_app({"DATA_DIR": sys.argv[1], "SECRET_KEY": "x" * 40})
heavy = {"pandas", "plotly", "numpy", "openpyxl", "alembic"} & set(sys.modules)
assert not heavy, heavy
"""
REFERENCE = """
import sys
from flask import Flask
from flask_sqlalchemy import SQLAlchemy
app = Flask(__name__)
app.config["SQLALCHEMY_DATABASE_URI"] = f"sqlite:///{sys.argv[1]}/plain.sqlite3"
db = SQLAlchemy(app)
with app.app_context():
    db.engine
"""


def measure() -> Result:
    """Start both in processes of their own."""
    with tempfile.TemporaryDirectory() as folder:
        return compare("B9", partial(_start, OURS, folder), partial(_start, REFERENCE, folder), GOAL)


def _start(program: str, folder: str) -> None:
    subprocess.run([sys.executable, "-c", program, folder], check=True)
