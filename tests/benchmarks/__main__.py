"""`python -m tests.benchmarks NAME --json` (or `all`): measure budgets and print what was found."""

import argparse
import json
import sys
from importlib import import_module

MODULES = {
    "B1": "b1_return", "B2": "b2_preview", "B3": "b3_ledger", "B4": "b4_scorecard", "B5": "b5_list",
    "B6": "b6_assessment", "B7": "b7_tablets",
    "B8": "b8_growth", "B9": "b9_start", "B10": "b10_serving", "B11": "b11_thirty_counties",
    "B12": "b12_import_export", "B13": "b13_while_importing", "board": "board",
    "crowd": "crowd_while_importing",
}  # fmt: skip
WITH_ROWS = {"B3", "B4", "B5", "B6", "B8", "B10", "B12", "B13", "crowd"}
ON_EITHER = {"B1", "B7", "B13"}


def main() -> int:
    """Measure what was asked for; the exit status tells only whether the results were right, never how fast."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks")
    parser.add_argument("name", choices=[*MODULES, "all"])
    parser.add_argument("--json", action="store_true", help="one JSON object a line")
    parser.add_argument("--rows", type=int, default=10_000, help="size of the data where it varies")
    parser.add_argument(
        "--database", choices=("sqlite", "postgresql"), default="sqlite", help="where it matters (B1, B7, B13)"
    )
    options = parser.parse_args()
    for name in MODULES if options.name == "all" else [options.name]:
        module = import_module(f"tests.benchmarks.{MODULES[name]}")
        rows = {"rows": options.rows} if name in {*WITH_ROWS, "B1"} else {}
        where = {"database": options.database} if name in ON_EITHER else {}
        result = module.measure(**rows, **where)
        sys.stdout.write(json.dumps(result.as_json()) + "\n" if options.json else f"{result}\n")
        sys.stdout.flush()
    return 0


if __name__ == "__main__":
    sys.exit(main())
