import pytest

from inspect_app.accounts import passwords


def test_a_stored_password_matches_itself_only() -> None:
    stored = passwords.hash_password("Fortify-8-Counties")
    assert stored.startswith("$argon2id$")
    assert passwords.matches(stored, "Fortify-8-Counties")
    assert not passwords.matches(stored, "fortify-8-counties")


def test_no_password_matches_an_account_that_does_not_exist() -> None:
    assert not passwords.matches(None, "anything")


@pytest.mark.parametrize(
    ("password", "said"),
    [
        ("Short-1", "至少 12 个字符"),
        ("alllowercaseletters", "至少三类"),
        ("Admin-of-Earthquakes-1", "弱口令"),
        ("Wang-li-county-77", "不能含有"),
        ("A1-" * 100, "不能超过 256"),
    ],
)
def test_a_weak_password_is_refused_with_its_reason(password: str, said: str) -> None:
    found = passwords.problems(password, minimum=12, context=("wang-li", "王丽"))
    assert any(said in sentence for sentence in found)


def test_a_random_password_satisfies_the_policy() -> None:
    for _ in range(50):
        assert passwords.problems(passwords.random_password(), minimum=12, context=()) == []
