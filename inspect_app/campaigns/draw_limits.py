"""What a draw proposes, read from `checklists/draws.toml`."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path

from inspect_app.campaigns.drawing import Rules
from inspect_app.checklists.loading import FOLDER
from inspect_app.core.definitions import Problems, Table, read_file

FILE = FOLDER / "draws.toml"
LEAST_TEAM = 2


@dataclass(frozen=True)
class DrawLimits:
    """The office's proposal. The rules of a draw take it over and are kept with the draw."""

    share: Decimal
    per_county: int
    backlog_days: int
    failing_below: Decimal
    unknown_score: Decimal
    least_weight: Decimal
    key_object_factor: Decimal
    team_size: int

    def rules(self, on: date, share: Decimal | None = None, per_county: int | None = None) -> Rules:
        """Return these as the rules of a draw made on a day, with what was asked for instead."""
        return Rules(
            on=on,
            share=self.share if share is None else share,
            per_county=self.per_county if per_county is None else per_county,
            backlog_days=self.backlog_days,
            failing_below=self.failing_below,
            unknown_score=self.unknown_score,
            least_weight=self.least_weight,
            team_size=self.team_size,
        )


@cache
def draw_limits() -> DrawLimits:
    """Return what this installation ships with; raises DefinitionProblems."""
    problems = Problems()
    limits = read_limits(FILE, problems)
    problems.refuse()
    return limits


def check_definitions(problems: Problems) -> list[str]:
    """Read the file for `flask definitions check`; returns its name."""
    read_limits(FILE, problems)
    return [FILE.stem]


def read_limits(path: Path, problems: Problems) -> DrawLimits:
    """Read one file, adding its mistakes to `problems`."""
    table = read_file(path, problems) or Table({}, Problems(), path.name)
    limits = DrawLimits(
        share=table.decimal("share"),
        per_county=table.integer("per_county"),
        backlog_days=table.integer("backlog_days"),
        failing_below=table.decimal("failing_below"),
        unknown_score=table.decimal("unknown_score"),
        least_weight=table.decimal("least_weight"),
        key_object_factor=table.decimal("key_object_factor"),
        team_size=table.integer("team_size"),
    )
    table.finish()
    _check(table, limits)
    return limits


def _check(table: Table, limits: DrawLimits) -> None:
    if not 0 < limits.share <= 1:
        table.note("share 应大于 0、不超过 1")
    if limits.team_size < LEAST_TEAM:
        table.note("team_size 不能少于 2（检查人员不得少于两名）")
    if limits.least_weight <= 0 or limits.key_object_factor <= 0:
        table.note("least_weight 和 key_object_factor 应大于 0")
    if min(limits.per_county, limits.backlog_days) < 0:
        table.note("per_county 和 backlog_days 不能小于 0")
    for name in ("failing_below", "unknown_score"):
        if not 0 <= getattr(limits, name) <= 100:  # noqa: PLR2004 - a score
            table.note(f"{name} 应在 0 至 100 之间")
