import json
from datetime import UTC, date, datetime
from decimal import Decimal

from inspect_app.access.permissions import Role
from inspect_app.audit.changes import HIDDEN, presentable


def test_values_become_plain_json() -> None:
    shown = presentable(
        {
            "due_on": [None, date(2026, 6, 30)],
            "fund_amount": [Decimal("0.00"), Decimal("1E+3")],
            "role": [None, Role.INSPECTOR],
            "rebounded": [None, True],
            "started_at": [None, datetime(2026, 6, 15, 2, tzinfo=UTC)],
            "items": [[], ["C03-01", 2]],
            "inner": {"kinds": {"b", "a"}},
        }
    )
    assert json.loads(json.dumps(shown)) == shown
    assert shown["due_on"] == [None, "2026-06-30"]
    assert shown["fund_amount"] == ["0.00", "1000"]
    assert shown["role"] == [None, "inspector"]
    assert shown["started_at"] == [None, "2026-06-15T02:00:00+00:00"]
    assert shown["inner"] == {"kinds": ["a", "b"]}


def test_numbers_of_people_are_unreadable_wherever_they_stand() -> None:
    shown = str(
        presentable({"remark": ["", "联系电话13812345678，证件110101190001011234"], "phone": [None, "0901-1234567"]})
    )
    for secret in ("13812345678", "110101190001011234", "0901-1234567"):
        assert secret not in shown
    assert "138****5678" in shown


def test_names_of_people_are_cut_to_the_surname() -> None:
    shown = presentable(
        {"responsible_person": ["", "样例甲"], "rechecked_by": [None, "样例乙丙"], "site_name": ["", "样例中学"]}
    )
    assert shown == {"responsible_person": ["", "样**"], "rechecked_by": [None, "样**"], "site_name": ["", "样例中学"]}


def test_secrets_never_enter_the_trail() -> None:
    shown = presentable({"password_hash": ["old", "new"], "token": [None, 1234]})
    assert shown == {"password_hash": [HIDDEN, HIDDEN], "token": [None, HIDDEN]}


def test_an_ordinary_long_number_stays_as_it_is() -> None:
    assert presentable({"code": ["654202100200", "YH-654202-2026-C03-0007"]})["code"] == [
        "654202100200",
        "YH-654202-2026-C03-0007",
    ]


def test_a_digest_stands_whole_even_where_its_digits_look_like_a_mobile_number() -> None:
    digest = "707aec570f1c315d684b98809a971bd5ac17788655204e067c8285db0035a67a"
    assert presentable({"content_hash": [None, digest]}) == {"content_hash": [None, digest]}
    assert digest not in str(presentable({"remark": [None, f"{digest}。"]}))
