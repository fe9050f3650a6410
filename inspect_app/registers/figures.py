"""Figures of a register from its entries: values in, numbers out, with the entries that each number counts."""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any, NamedTuple

from inspect_app.registers.definition import ColumnType, Condition, Fact, Measure, Measured, Register

ONE, ZERO = Decimal(1), Decimal(0)
SHARE_PLACES = 4


class Said(NamedTuple):
    """What an entry says on the day of the figure: its key, its township (0 where it names none), its values."""

    entry_id: int
    region_id: int
    values: Mapping[str, Any]


Amounts = list[tuple[Said, Decimal]]


@dataclass(frozen=True)
class Ground:
    """What a county gives besides its entries: the day, and the keys of its townships and villages, by level."""

    on: date
    regions: Mapping[str, Collection[int]]


@dataclass(frozen=True)
class Figure:
    """A fact of one county; `known` is False where nobody has ever said anything. A count has no denominator."""

    numerator: Decimal
    denominator: Decimal | None = None
    known: bool = True
    is_ratio: bool = False

    @property
    def value(self) -> Decimal | None:
        """The number to show; None (NA) where it is not known or the denominator is zero."""
        if not self.known or (self.is_ratio and not self.denominator):
            return None
        return self.numerator / self.denominator if self.is_ratio and self.denominator else self.numerator


def figure_of(register: Register, fact: Fact, said: Collection[Said] | None, ground: Ground) -> Figure:
    """Return a fact; `said` None stands for a county that never reported this register."""
    is_ratio = fact.denominator is not None
    if said is None:
        return Figure(ZERO, ZERO if is_ratio else None, known=False, is_ratio=is_ratio)
    numerator = measured(register, fact.numerator, said, ground)
    denominator = measured(register, fact.denominator, said, ground) if fact.denominator else None
    return Figure(numerator, denominator, is_ratio=is_ratio)


def counted(measure: Measure, said: Iterable[Said], on: date) -> list[Said]:
    """Return the entries that fulfil the conditions of a measure."""
    return [one for one in said if all(_holds(condition, one.values, on) for condition in measure.where)]


def measured(register: Register, measure: Measure, said: Iterable[Said], ground: Ground) -> Decimal:
    """Take a measure."""
    if measure.of == Measured.NUMBER:
        return Decimal(measure.number)
    if measure.of == Measured.REGIONS:
        return Decimal(len(ground.regions.get(measure.level, ())))
    return sum((amount for _one, amount in amounts(register, measure, said, ground)), ZERO)


def amounts(register: Register, measure: Measure, said: Iterable[Said], ground: Ground) -> list[tuple[Said, Decimal]]:
    """Return the entries that a measure looks at, each with what it adds; of a place told apart the first adds all."""
    return TAKEN[measure.of](register, measure, counted(measure, said, ground.on), ground)


def _count(_register: Register, _measure: Measure, rows: list[Said], _ground: Ground) -> Amounts:
    return [(one, ONE) for one in rows]


def _sum(_register: Register, measure: Measure, rows: list[Said], _ground: Ground) -> Amounts:
    return [(one, _number(one, measure.column)) for one in rows]


def _distinct(register: Register, measure: Measure, rows: list[Said], ground: Ground) -> Amounts:
    places = [_place(register, measure.column, one, ground) for one in rows]
    return _first_of_each(rows, places, {place for place in places if place})


def _groups(register: Register, measure: Measure, rows: list[Said], ground: Ground) -> Amounts:
    places = [_place(register, measure.per, one, ground) for one in rows]
    sums: dict[object, Decimal] = {}
    for one, place in zip(rows, places, strict=True):
        sums[place] = sums.get(place, ZERO) + _number(one, measure.column)
    return _first_of_each(rows, places, {place for place in sums if place and sums[place] >= measure.at_least})


def _capped(_register: Register, measure: Measure, rows: list[Said], _ground: Ground) -> Amounts:
    return [(one, _share(_number(one, measure.column), _number(one, measure.over))) for one in rows]


def _first_of_each(rows: list[Said], places: list[object], counting: set[object]) -> Amounts:
    left, found = set(counting), []
    for one, place in zip(rows, places, strict=True):
        found.append((one, ONE if place in left else ZERO))
        left.discard(place)
    return found


def _share(held: Decimal, wanted: Decimal) -> Decimal:
    return min(round(held / wanted, SHARE_PLACES).normalize(), ONE) if wanted else ONE


TAKEN: Mapping[Measured, Callable[[Register, Measure, list[Said], Ground], Amounts]] = {
    Measured.COUNT: _count,
    Measured.SUM: _sum,
    Measured.DISTINCT: _distinct,
    Measured.GROUPS: _groups,
    Measured.CAPPED: _capped,
}


def _place(register: Register, code: str, one: Said, ground: Ground) -> object:
    """What is told apart: the township, a village within its township, or any other value alone.

    Places that do not belong to the county (farms, corps) do not count, as they are not in the denominator either.
    """
    column = register.column(code)
    value = one.values.get(code)
    if column.type not in (ColumnType.REGION, ColumnType.VILLAGE):
        return value
    if one.region_id not in ground.regions.get("township", ()):
        return None
    if column.type == ColumnType.REGION:
        return one.region_id
    return (one.region_id, value) if value else None


def _number(one: Said, code: str) -> Decimal:
    value = one.values.get(code)
    return ZERO if value in (None, "") else Decimal(str(value))


def _holds(condition: Condition, values: Mapping[str, Any], on: date) -> bool:  # noqa: PLR0911 - one test each
    value = values.get(condition.column)
    empty = value in (None, "")
    if condition.filled is not None:
        return empty != condition.filled
    if condition.not_equals is not None:
        return bool(value != condition.not_equals)
    if empty:
        return False
    if condition.equals is not None:
        return bool(value == condition.equals)
    if condition.one_of:
        return value in condition.one_of
    if condition.at_least is not None:
        return Decimal(str(value)) >= condition.at_least
    day = date.fromisoformat(str(value))
    if condition.within_days is not None:
        return on - timedelta(days=condition.within_days) < day <= on
    return (day.year == on.year and day <= on) == bool(condition.this_year)
