"""The files of the estimate and of the weights, and the mistakes that are named."""

from pathlib import Path

from inspect_app.core.definitions import Problems
from inspect_app.emergencies.loading import (
    ATTENUATION,
    EMERGENCY,
    check_definitions,
    read_attenuation,
    read_emergency,
)


def noted(path: Path, old: str, new: str, source: Path) -> list[str]:
    """Return what is said of a file in which one text is replaced."""
    text = source.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")
    problems = Problems()
    (read_attenuation if source == ATTENUATION else read_emergency)(path, problems)
    return problems.found


def test_the_files_of_this_house_are_without_mistakes() -> None:
    problems = Problems()
    assert check_definitions(problems) == ["east", "moderate", "xinjiang", "tibet"]
    assert problems.found == []


def test_the_source_is_cited_with_authors_title_journal_and_year() -> None:
    source = read_attenuation(ATTENUATION, Problems()).source
    assert all(part in source for part in ("俞言祥", "李山有", "肖亮", "震灾防御技术", "2013"))


def test_a_coefficient_mistyped_is_found_out_by_the_other_axis(tmp_path: Path) -> None:
    assert "不一致" in noted(tmp_path / "a.toml", '"3.6588"', '"3.5688"', ATTENUATION)[0]


def test_a_province_in_two_relations_is_named(tmp_path: Path) -> None:
    assert any("65" in each for each in noted(tmp_path / "a.toml", '["11"', '["65", "11"', ATTENUATION))


def test_a_relation_that_grows_with_distance_is_refused(tmp_path: Path) -> None:
    assert any("大于 0" in each for each in noted(tmp_path / "a.toml", 'c = "4.2903"', 'c = "-4.2903"', ATTENUATION))


def test_weights_thresholds_and_categories_are_checked(tmp_path: Path) -> None:
    path = tmp_path / "e.toml"
    assert "大于 0" in noted(path, 'major = "4"', 'major = "0"', EMERGENCY)[0]
    assert "1 到 12" in noted(path, "least_intensity = 6", "least_intensity = 60", EMERGENCY)[0]
    assert "C99" in noted(path, '"C17"', '"C99"', EMERGENCY)[0]
    assert "两次" in noted(path, '"C17"', '"C03"', EMERGENCY)[0]
