"""The estimate: the published relations by hand, along and across the long axis, and what must hold everywhere."""

import math
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inspect_app.core.earth import metres
from inspect_app.emergencies.intensity import Shaking, along, around, bearing, degree, radius, relation_of, roman
from inspect_app.emergencies.loading import attenuation

RELATIONS = {each.code: each for each in attenuation().relations}
HERE = (Decimal("84.7"), Decimal("44.4"))
magnitudes = st.decimals(Decimal("4.0"), Decimal("8.5"), places=1)
kilometres = st.floats(0, 400)
codes = st.sampled_from(sorted(RELATIONS))


def place_at(km: float, towards: float) -> tuple[Decimal, Decimal]:
    """Return the place so many km from HERE in a direction from north."""
    arc, north = km / 6371, math.radians(float(HERE[1]))
    turn = math.radians(towards)
    there = math.asin(math.sin(north) * math.cos(arc) + math.cos(north) * math.sin(arc) * math.cos(turn))
    ahead = math.cos(arc) - math.sin(north) * math.sin(there)
    east = math.radians(float(HERE[0])) + math.atan2(math.sin(turn) * math.sin(arc) * math.cos(north), ahead)
    return Decimal(str(round(math.degrees(east), 7))), Decimal(str(round(math.degrees(there), 7)))


@pytest.mark.parametrize(
    ("code", "long", "short"),
    [
        ("xinjiang", (7.28, 6.40, 4.80), (6.98, 5.93, 4.32)),
        ("tibet", (7.20, 6.32, 4.73), (6.78, 5.75, 4.27)),
        ("east", (7.26, 6.42, 4.89), (7.01, 6.05, 4.57)),
        ("moderate", (7.15, 6.22, 4.73), (6.87, 5.91, 4.60)),
    ],
)
def test_magnitude_6_at_10_30_and_100_km_as_computed_by_hand(
    code: str, long: tuple[float, ...], short: tuple[float, ...]
) -> None:
    relation = RELATIONS[code]
    assert [round(along(relation.long, Decimal(6), km), 2) for km in (10, 30, 100)] == list(long)
    assert [round(along(relation.short, Decimal(6), km), 2) for km in (10, 30, 100)] == list(short)


@pytest.mark.parametrize("code", sorted(RELATIONS))
def test_both_axes_begin_with_the_same_intensity_at_the_epicentre(code: str) -> None:
    relation = RELATIONS[code]
    assert along(relation.long, Decimal(6), 0) == pytest.approx(along(relation.short, Decimal(6), 0), abs=0.001)
    assert Decimal("0.5") < relation.sigma < Decimal("0.7")


def test_on_the_axes_the_ellipse_says_what_the_axes_say() -> None:
    shaking = Shaking(HERE, Decimal("6.5"), RELATIONS["xinjiang"], axis=30)
    for towards, axis in ((30, shaking.relation.long), (210, shaking.relation.long), (120, shaking.relation.short)):
        assert shaking.at(place_at(50, towards)) == pytest.approx(along(axis, Decimal("6.5"), 50), abs=0.01)
    between = shaking.at(place_at(50, 75))
    assert shaking.at(place_at(50, 120)) < between < shaking.at(place_at(50, 30))


def test_without_a_direction_every_place_gets_the_cautious_value() -> None:
    known = Shaking(HERE, Decimal("6.5"), RELATIONS["xinjiang"], axis=30)
    unknown = Shaking(HERE, Decimal("6.5"), RELATIONS["xinjiang"])
    for towards in range(0, 360, 15):
        assert unknown.at(place_at(50, towards)) >= known.at(place_at(50, towards)) - 0.01
    assert unknown.reach(6.0) == (unknown.reach(6.0)[0],) * 2


def test_a_small_earthquake_reaches_nowhere_with_intensity_6() -> None:
    assert Shaking(HERE, Decimal("3.4"), RELATIONS["xinjiang"]).reach(6) == (0, 0)


def test_directions_go_from_north_by_east() -> None:
    assert bearing(HERE, place_at(20, 0)) == pytest.approx(0, abs=0.1)
    assert bearing(HERE, place_at(20, 90)) == pytest.approx(90, abs=0.2)
    assert bearing(HERE, place_at(20, 225)) == pytest.approx(225, abs=0.2)


def test_the_longest_code_decides_which_relation_holds() -> None:
    found = relation_of(attenuation().relations, "654202")
    assert found is not None
    assert found.code == "xinjiang"
    others = [relation_of(attenuation().relations, at) for at in ("620700", "37", "99")]
    assert [each and each.code for each in others] == ["tibet", "east", None]


def test_degrees_are_whole_and_written_as_people_write_them() -> None:
    assert (degree(6.99), roman(degree(6.99)), degree(13.2), degree(-2)) == (6, "Ⅵ", 12, 1)


@given(codes, magnitudes, kilometres, kilometres, st.one_of(st.none(), st.integers(0, 179)), st.integers(0, 359))
def test_it_never_grows_with_distance(
    code: str, magnitude: Decimal, one: float, other: float, axis: int | None, towards: int
) -> None:
    shaking = Shaking(HERE, magnitude, RELATIONS[code], axis)
    near, far = sorted((one, other))
    assert shaking.at(place_at(far, towards)) <= shaking.at(place_at(near, towards)) + 0.01


@given(codes, magnitudes, magnitudes, kilometres, st.integers(0, 359))
def test_it_never_falls_with_magnitude(code: str, one: Decimal, other: Decimal, km: float, towards: int) -> None:
    less, more = sorted((one, other))
    there = place_at(km, towards)
    weak, strong = (Shaking(HERE, each, RELATIONS[code], 45).at(there) for each in (less, more))
    assert weak <= strong + 0.01


@given(codes, magnitudes, kilometres)
def test_a_radius_leads_back_to_its_intensity(code: str, magnitude: Decimal, km: float) -> None:
    axis = RELATIONS[code].long
    assert radius(axis, magnitude, along(axis, magnitude, km)) == pytest.approx(km, abs=1e-6)


@given(st.floats(1, 300), st.integers(0, 359))
def test_the_box_holds_everything_within_its_distance(km: float, towards: int) -> None:
    (west, south), (east, north) = around(HERE, km)
    there = place_at(km * 0.999, towards)
    assert metres(HERE, there) <= km * 1000
    assert west <= there[0] <= east
    assert south <= there[1] <= north
