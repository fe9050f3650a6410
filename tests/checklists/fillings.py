"""Fillings of any list at random, sensible and not, in the shapes in which answers are kept."""

import random
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from inspect_app.checklists.definition import Checklist, Evidence, Item, Part
from inspect_app.checklists.questions import Day, Number, OneOf, Rate, SomeOf, Text, YesNo

TODAY = date(2026, 6, 15)
ODD = ("", "0", "-1", "0.5", "1e2", "3.14159", "x", "9" * 14, "１２", "yes", "never", "2026-02-30", "2099-01-01", " 7 ")
Answers = dict[str, dict[str, Any]]


class Filler:
    """Answers a list in many ways; most answers make sense, some nearly do, a few are nonsense."""

    def __init__(self, seed: int) -> None:
        self.chance = random.Random(seed)  # noqa: S311 - the same fillings every time

    def fillings(self, checklist: Checklist, count: int) -> Iterator[tuple[Answers, dict[str, list[str]]]]:
        """Yield answers by item code, and the kinds of proof that hang on each item."""
        for _ in range(count):
            share = self.chance.choice((0.3, 0.8, 1.0))
            tidy = self.chance.random() < 0.5
            answers = {
                item.code: self._answer(item, tidy=tidy) for item in checklist.items if self.chance.random() <= share
            }
            yield answers, {item.code: self._proofs() for item in checklist.items}

    def _proofs(self) -> list[str]:
        kinds = [each.value for each in Evidence if each is not Evidence.DOCUMENT_NUMBER]
        return kinds if self.chance.random() < 0.7 else self.chance.sample(kinds, self.chance.randint(0, 2))

    def _answer(self, item: Item, *, tidy: bool) -> dict[str, Any]:
        number = {"document_number": "乌抗震〔2026〕3号"} if self.chance.random() < 0.5 else {}
        if item.composite and self.chance.random() > 0.05:
            parts = {part.code: self._value(part, tidy=tidy) for part in item.parts if self.chance.random() < 0.9}
            return {"parts": {code: value for code, value in parts.items() if value}} | number
        return self._value(item.parts[0], tidy=tidy) | number

    def _value(self, part: Part, *, tidy: bool) -> dict[str, Any]:
        if self.chance.random() < (0.15 if part.na_allowed else 0.02):
            return {"na": True}
        return self._sensible(part) if tidy or self.chance.random() < 0.9 else self._odd()

    def _sensible(self, part: Part) -> dict[str, Any]:  # noqa: PLR0911 - one for each kind of question
        match part.question:
            case YesNo():
                return {"value": self.chance.choice(("yes", "no", "no", "yes", "na" if part.na_allowed else "yes"))}
            case Number():
                return {"value": self._figure(part.question.decimals)} | self._rule(part)
            case Rate():
                below = self.chance.choice((0, 1, 3, 7, 20, 60, 100, self.chance.randint(1, 3000)))
                above = self.chance.choice((below, self.chance.randint(0, max(below, 1)), round(below * 0.95)))
                return {"numerator": str(above), "denominator": str(below)} | self._rule(part)
            case Day():
                return {"value": self._day()} | self._rule(part)
            case OneOf(options=options):
                return {"value": self.chance.choice(options).code}
            case SomeOf(options=options):
                codes = [option.code for option in options]
                return {"value": self.chance.sample(codes, self.chance.randint(0, len(codes)))} | self._rule(part)
            case Text():
                return {"value": "裂" * self.chance.choice((1, 40, 600))}

    def _figure(self, places: int) -> str:
        number = self.chance.choice((0, 1, 2, 3, 5, 9, 12, 30, 80, 95, 100, self.chance.randint(0, 2000)))
        return f"{number}.{self.chance.randint(0, 10**places - 1):0{places}d}" if places else str(number)

    def _day(self) -> str:
        if self.chance.random() < 0.15:
            return "never"
        return (
            TODAY - timedelta(days=self.chance.choice((0, 1, 29, 30, 31, 182, 365, 366, 1095, 1096, 4000)))
        ).isoformat()

    def _rule(self, part: Part) -> dict[str, str]:
        rules = getattr(part.question, "rules", ())
        named = [rule.code for rule in rules if rule.code]
        return {"rule": self.chance.choice(named)} if named and self.chance.random() < 0.7 else {}

    def _odd(self) -> dict[str, Any]:
        pick = self.chance.choice
        return pick(
            (
                {"value": pick(ODD)},
                {"numerator": pick(ODD), "denominator": pick(ODD)},
                {"numerator": "3"},
                {"value": [pick(ODD)]},
                {"value": "3", "rule": "unknown"},
                {},
            )
        )
