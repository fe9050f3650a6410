"""Column types that behave the same on SQLite and PostgreSQL."""

import enum
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import JSON, BigInteger, DateTime, Dialect, Enum, Integer
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.types import TypeDecorator

Json = JSON().with_variant(JSONB(), "postgresql")
Key = BigInteger().with_variant(Integer(), "sqlite")


class UtcDateTime(TypeDecorator[datetime]):
    """Aware instants in UTC; a naive one is refused when written."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Refuse naive instants, and store UTC."""
        if value is None:
            return None
        if value.tzinfo is None:
            msg = f"a naive instant cannot be stored: {value!r}"
            raise ValueError(msg)
        stored = value.astimezone(UTC)
        return stored.replace(tzinfo=None) if dialect.name == "sqlite" else stored

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Give aware UTC back."""
        del dialect
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class Exact(TypeDecorator[Decimal]):
    """Decimal with a fixed number of places, stored as a scaled integer so that no database rounds it."""

    impl = BigInteger
    cache_ok = True

    def __init__(self, places: int) -> None:
        super().__init__()
        self.places = places

    def process_bind_param(self, value: Decimal | None, dialect: Dialect) -> int | None:
        """Scale; more places than the column holds is refused rather than rounded."""
        del dialect
        if value is None:
            return None
        scaled = Decimal(value).scaleb(self.places)
        if scaled != scaled.to_integral_value():
            msg = f"{value} has more than {self.places} decimal places"
            raise ValueError(msg)
        return int(scaled)

    def process_result_value(self, value: Any | None, dialect: Dialect) -> Decimal | None:  # noqa: ANN401 - driver value
        """Give the Decimal back."""
        del dialect
        return None if value is None else Decimal(int(value)).scaleb(-self.places)


def choice(kind: type[enum.StrEnum], length: int = 32) -> Enum:
    """Return a column type that stores an enum by value as text (values outside it are refused)."""
    return Enum(
        kind,
        native_enum=False,
        create_constraint=False,
        validate_strings=True,
        length=length,
        values_callable=lambda members: [member.value for member in members],
    )
