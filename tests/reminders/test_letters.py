import hashlib
import hmac
import json
from email import message_from_bytes, policy

from inspect_app.reminders.letters import mail, parcel, signature
from tests.reminders.letter_samples import SECTIONS, letter

SENDER = "督导系统 <noreply@example.gov.cn>"


def test_the_subject_says_how_much_there_is_and_how_much_is_late() -> None:
    assert letter().subject == "【督导检查与整改销号】2026-06-15 待办 15 项，其中逾期 2 项"
    assert letter(sections=SECTIONS[1:]).subject == "【督导检查与整改销号】2026-06-15 待办 13 项"


def test_the_text_names_each_sort_with_its_number_and_address_and_its_first_things() -> None:
    text = letter().text
    assert (
        "已逾期的隐患：2\nhttps://inspect.example.gov.cn/hazards.index?overdue=1\n  YH-1（2026-06-01） https://" in text
    )
    assert "2–3 日内到期的隐患：1" in text
    assert "等待复查：12\nhttps://inspect.example.gov.cn/hazards.index?state=done&state=rechecking" in text
    assert "https://inspect.example.gov.cn/reminders.choice" in text


def test_no_name_leaves_the_house() -> None:
    assert "晨光小学" not in letter().text
    assert "晨光小学" not in parcel(letter()).decode()
    assert "a@example.gov.cn" not in parcel(letter()).decode()


def test_a_mail_can_be_read_back_and_bears_the_name_of_its_delivery() -> None:
    written = mail(letter(), SENDER).as_bytes(policy=policy.SMTP)
    read = message_from_bytes(written, policy=policy.default)
    assert (read["Subject"], read["To"]) == (letter().subject, "a@example.gov.cn")
    assert read["Message-ID"] == "<digest-2026-06-15-7-mail@example.gov.cn>"
    assert read["Auto-Submitted"] == "auto-generated"
    assert read.get_content() == letter().text
    assert written.isascii()


def test_a_parcel_holds_numbers_and_addresses() -> None:
    content = json.loads(parcel(letter()))
    assert (content["id"], content["on"], content["login"]) == ("digest-2026-06-15-7-mail", "2026-06-15", "clerk-7")
    assert [section["number"] for section in content["sections"]] == [2, 1, 12]
    assert content["sections"][1]["label"] == "2–3 日内到期的隐患"


def test_the_signature_covers_the_moment_and_the_body() -> None:
    expected = hmac.new(b"secret", b'1781488800.{"a": 1}', hashlib.sha256).hexdigest()
    assert signature("secret", "1781488800", b'{"a": 1}') == expected
    assert signature("secret", "1781488801", b'{"a": 1}') != expected
