"""What a register is, as values read from `reports/registers/*.toml`: columns, what tells entries apart, facts."""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from inspect_app.core.labels import mark

REFERENCE, COUNTY, REGION = "reference", "county", "region"


class ColumnType(StrEnum):
    """What a column holds.

    The one column of type `region` is the township; it is kept as a key beside the values, not among them. A `village`
    is a name that means something within its township only.
    """

    TEXT = "text"
    INTEGER = "integer"
    DECIMAL = "decimal"
    DATE = "date"
    CHOICE = "choice"
    YES_NO = "yes_no"
    REGION = "region"
    VILLAGE = "village"
    UNIT = "unit"
    PERSON = "person"
    PHONE = "phone"


NUMBERS = frozenset({ColumnType.INTEGER, ColumnType.DECIMAL})


class Sort(StrEnum):
    """Entries that live on until they end, or events that happened on a day."""

    STANDING = "standing"
    EVENTS = "events"


SORT_LABELS = {Sort.STANDING: mark("在册"), Sort.EVENTS: mark("活动")}


@dataclass(frozen=True)
class Choice:
    """A word to choose, and what else people write for it."""

    word: str
    also: tuple[str, ...] = ()


@dataclass(frozen=True)
class Column:
    """A column: `code` names its value, `heading` is the usual name, `synonyms` the others.

    `minimum` and `maximum` bound numbers, both included; `places` are the decimals a number may have;
    `ahead` allows days that are still to come.
    """

    code: str
    heading: str
    type: ColumnType
    width: int
    unit: str = ""
    required: bool = False
    minimum: Decimal | None = None
    maximum: Decimal | None = None
    places: int = 0
    ahead: bool = False
    choices: tuple[Choice, ...] = ()
    synonyms: tuple[str, ...] = ()
    advice: str = ""

    @property
    def title(self) -> str:
        """The heading with the unit in which the numbers are."""
        return f"{self.heading}（{self.unit}）" if self.unit else self.heading

    @property
    def words(self) -> tuple[str, ...]:
        """The words to choose from."""
        return tuple(choice.word for choice in self.choices)


@dataclass(frozen=True)
class Condition:
    """What one column must say for an entry to count: exactly one of the tests is given.

    `within_days` looks back from the day of the figure, that day included; `this_year` means the year of that day.
    """

    column: str
    equals: str | bool | None = None
    not_equals: str | bool | None = None
    one_of: tuple[str, ...] = ()
    at_least: Decimal | None = None
    filled: bool | None = None
    within_days: int | None = None
    this_year: bool | None = None


class Measured(StrEnum):
    """How a measure is taken from the entries that fulfil its conditions.

    `groups` counts the places of `per` whose `column` sums to `at_least`; `capped` sums column over `over`, each entry
    1 at most; `regions` counts townships or villages of the county in the tree; `number` is a fixed number.
    """

    COUNT = "count"
    SUM = "sum"
    DISTINCT = "distinct"
    GROUPS = "groups"
    CAPPED = "capped"
    REGIONS = "regions"
    NUMBER = "number"


@dataclass(frozen=True)
class Measure:
    """One figure of a fact; which of the fields matter is said by `of`. `per` is a column code."""

    of: Measured
    column: str = ""
    per: str = ""
    over: str = ""
    at_least: Decimal = Decimal(0)
    level: str = ""
    number: int = 0
    where: tuple[Condition, ...] = ()


@dataclass(frozen=True)
class Fact:
    """A declared figure of a register: a measure, or with a denominator the ratio of two."""

    code: str
    title: str
    unit: str
    numerator: Measure
    denominator: Measure | None = None
    source: str = ""


@dataclass(frozen=True)
class Register:
    """A register. `key` are the columns that tell entries of a county apart; `event_on` is the day of an event.

    `fresh_days`: a county that has said nothing for longer is shown as due for an update.
    """

    code: str
    order: int
    title: str
    sort: Sort
    columns: tuple[Column, ...]
    key: tuple[str, ...]
    name: str
    fresh_days: int
    event_on: str = ""
    advice: str = ""
    facts: tuple[Fact, ...] = ()

    def column(self, code: str) -> Column:
        """Find a column; KeyError when there is none."""
        return next(column for column in self.columns if column.code == code)

    @property
    def region_column(self) -> Column | None:
        """The column of the township, if the register has one."""
        return next((column for column in self.columns if column.type == ColumnType.REGION), None)

    @property
    def valued(self) -> tuple[Column, ...]:
        """The columns whose cells are kept among the values."""
        return tuple(column for column in self.columns if column.type != ColumnType.REGION)

    @property
    def choosing(self) -> tuple[Column, ...]:
        """The columns by which the list may be narrowed."""
        return tuple(column for column in self.columns if column.type == ColumnType.CHOICE)

    def fact(self, code: str) -> Fact | None:
        """Find a fact by its code."""
        return next((fact for fact in self.facts if fact.code == code), None)
