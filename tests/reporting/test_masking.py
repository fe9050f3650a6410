import pytest

from inspect_app.reporting.masking import mask


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("李明 13812345678", "李明 138****5678"),
        ("李明13812345678，王芳15900001111", "李明138****5678，王芳159****1111"),
        ("138 1234 5678", "138****5678"),
        ("138-1234-5678", "138****5678"),
        ("+86 13812345678", "138****5678"),
        ("值班 0901-6221234", "值班 0901-****234"),
        ("010 62212345", "010-****345"),
        ("身份证 654202199001011234", "身份证 654202********1234"),
        ("65420219900101123X", "654202********123X"),
    ],
)
def test_personal_numbers_lose_their_middle(text: str, masked: str) -> None:
    assert mask(text) == masked


@pytest.mark.parametrize(
    "text",
    [
        "",
        "YH-654202-2026-C03-0007",
        "JC-654202-2026-SPECIAL-0001",
        "2026-06-15",
        "面积 12000 平方米，高 13.5 米",
        "GB 18306-2015",
        "村码 654202100001",
        "第13812345678901号",
        "84.123456",
    ],
)
def test_other_numbers_stay(text: str) -> None:
    assert mask(text) == text
