from inspect_app.core.errors import DomainError, Invalid, StepRefused


def test_a_sentence_takes_its_parameters_and_keeps_percent_signs_without_them() -> None:
    assert str(DomainError("县“%(name)s”完成 80%%", name="乌苏市")) == "县“乌苏市”完成 80%"
    assert str(DomainError("完成 80%")) == "完成 80%"


def test_all_problems_are_told_together() -> None:
    assert "甲。 乙。" in str(Invalid({"a": ["甲。"], "b": ["乙。"]}))
    assert str(StepRefused(["缺照片。"])).endswith("缺照片。")
