"""What is asked after which answers: the same cases for the server's rules and for those of the tablet page."""

import random
from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

TODAY = date(2026, 6, 15)
Answers = dict[str, Any]
HANGING = {f"T01-{number:02d}" for number in range(7, 17)}


def answer(number: int, **value: Any) -> Answers:  # noqa: ANN401 - JSON values
    return {f"T01-{number:02d}": value}


def made(word: str) -> dict[str, Any]:
    return {"made": {"value": word}}


def drilled(held: str, due: str) -> dict[str, Any]:
    return {"drilled": {"numerator": held, "denominator": due}}


# what was answered, and which of the hanging items are asked then
CASES: list[tuple[Answers, set[int]]] = [
    ({}, set()),
    (answer(1, value="yes"), {7}),
    (answer(1, value="no"), set()),
    (answer(1, value="na"), {8}),
    (answer(1, na=True), {8}),
    (answer(1, value="maybe"), set()),
    (answer(2, value="0.5"), {9}),
    (answer(2, value="12"), {9}),
    (answer(2, value="12.0"), {9}),
    (answer(2, value="１２"), {9}),
    (answer(2, value=" 1.2e1 "), {9}),
    (answer(2, value=12), {9}),
    (answer(2, value="12.1"), set()),
    (answer(2, value="0.55"), set()),
    (answer(2, value="0.4"), set()),
    (answer(2, value="-3"), set()),
    (answer(2, value="51"), set()),
    (answer(2, value="十二"), set()),
    (answer(3, numerator="19", denominator="20"), {10}),
    (answer(3, numerator="18.9", denominator="20"), set()),
    (answer(3, numerator="21", denominator="20"), set()),
    (answer(3, numerator="-1", denominator="20"), set()),
    (answer(3, numerator="0", denominator="0"), {10}),
    (answer(3, numerator="1"), set()),
    (answer(4, value="never"), {11}),
    (answer(4, value="2025-06-15"), set()),
    (answer(4, value="2025-06-14"), {11}),
    (answer(4, value="2026-06-16"), set()),
    (answer(4, value="2025-02-30"), set()),
    (answer(5, value="brick"), set()),
    (answer(5, value="brick") | answer(6, value=["brick", "frame"]), {12}),
    (answer(5, value="frame") | answer(6, value=["steel"]), {13}),
    (answer(6, value=[]), {13}),
    (answer(6, value=["steel", "steel"]), {13}),
    (answer(6, value=["wood"]), set()),
    (answer(6, value="steel"), set()),
    (answer(1, value="yes") | answer(7, parts=made("yes")), {7, 14}),
    (answer(1, value="yes") | answer(7, parts=made("no") | drilled("1", "2")), {7, 15}),
    (answer(1, value="yes") | answer(7, parts=drilled("3", "4")), {7}),
    (answer(1, value="yes") | answer(7, parts=drilled("1", "2")) | answer(15, value="3"), {7, 15, 16}),
    (answer(1, value="no") | answer(7, parts=made("yes") | drilled("1", "2")) | answer(15, value="3"), set()),
]


def left_out(asked: set[int]) -> set[str]:
    """Return the codes of the items that are not asked."""
    return HANGING - {f"T01-{number:02d}" for number in asked}


def at_random(count: int, seed: int = 3) -> Iterator[Answers]:
    """Fill the list in many ways, sensible and not."""
    chance = random.Random(seed)  # noqa: S311 - the same fillings every time
    figures = ["", "0", "1", "2.5", "0.5", "12", "12.00", "13", "19", "20", "-1", "-5.5", "1e2", ".5", "x", "9" * 14]
    words = ["yes", "no", "na", "never", "brick", "frame", "steel", "2025-06-14", "2026-06-15", "2026-13-01", *figures]
    shapes: list[Callable[[], dict[str, Any]]] = [
        lambda: {"value": chance.choice(words)},
        lambda: {"numerator": chance.choice(figures), "denominator": chance.choice(figures)},
        lambda: {"value": chance.sample(["brick", "frame", "steel"], chance.randint(0, 3))},
        lambda: {"na": True},
        lambda: {"parts": made(chance.choice(words)) | drilled(chance.choice(figures), chance.choice(figures))},
        dict,
    ]
    for _ in range(count):
        yield {f"T01-{number:02d}": chance.choice(shapes)() for number in range(1, 17) if chance.random() < 0.8}
