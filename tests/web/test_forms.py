import pytest
from flask import Flask, render_template_string
from wtforms import DateField, RadioField, SelectField, StringField
from wtforms.validators import InputRequired, Length

from inspect_app.core.errors import Conflict, Invalid, Stale, StepRefused
from inspect_app.web.forms import BaseForm, ConfirmField, options


class SampleForm(BaseForm):
    name = StringField("检查对象", [InputRequired(), Length(min=4)], description="与营业执照一致")
    on = DateField("整改时限")
    grade = SelectField("等级", choices=options({"major": "重大"}, blank="请选择"))
    answer = RadioField("答案", choices=options({"yes": "是", "no": "否"}))
    close = ConfirmField("销号", question="销号后不能修改，确定吗？")


def draw(app: Flask, form: BaseForm, name: str) -> str:
    with app.test_request_context():
        return render_template_string(
            "{% import 'components.html' as ui %}{{ ui.field(form[name], autofocus=true) }}", form=form, name=name
        )


@pytest.fixture
def posted(app: Flask) -> SampleForm:
    with app.test_request_context(
        method="POST", data={"name": "短", "version": "3", "on": "not a day", "answer": "maybe"}
    ):
        form = SampleForm()
        form.validate()
    return form


def test_mistakes_are_told_in_chinese(app: Flask) -> None:
    with app.test_request_context(method="POST", data={"name": "短", "on": "2026-13-45"}):
        form = SampleForm()
        assert not form.validate()
        assert form.name.errors == ["字段长度必须至少 4 个字符。"]
        assert not any(text.isascii() for texts in form.errors.values() for text in texts)


def test_a_form_knows_the_version_it_was_drawn_with(posted: SampleForm) -> None:
    posted.refuse_if_stale(3)
    with pytest.raises(Stale):
        posted.refuse_if_stale(4)


def test_a_form_without_version_is_stale(app: Flask) -> None:
    with app.test_request_context(method="POST", data={"name": "晨光小学"}), pytest.raises(Stale):
        SampleForm().refuse_if_stale(1)


def test_an_empty_body_does_not_pass_with_the_version_of_the_drawn_form(app: Flask) -> None:
    with app.test_request_context(method="POST"), pytest.raises(Stale):
        SampleForm(data={"name": "晨光小学", "version": 1}).refuse_if_stale(1)


def test_the_problems_of_a_service_stand_at_their_fields(app: Flask, posted: SampleForm) -> None:
    with app.test_request_context():
        posted.show(Invalid({"on": ["早于发现日期。"], "unknown": ["县区不符。"]}))
        posted.show(StepRefused(["缺少照片。"]))
        posted.show(Conflict("编号已用。"))
    assert "早于发现日期。" in posted.on.errors
    assert posted.form_errors == ["县区不符。", "缺少照片。", "编号已用。"]


def test_a_field_is_drawn_with_label_hint_and_mistakes_bound_to_it(app: Flask, posted: SampleForm) -> None:
    page = draw(app, posted, "name")
    assert '<label for="name">检查对象' in page
    assert 'aria-describedby="name-hint name-mistakes"' in page
    assert 'aria-invalid="true"' in page
    assert "autofocus" in page
    assert 'id="name-mistakes"' in page


def test_alternatives_are_a_group_with_a_name(app: Flask, posted: SampleForm) -> None:
    page = draw(app, posted, "answer")
    assert "<legend>答案" in page
    assert page.count('type="radio"') == 2


def test_a_hidden_field_has_no_label(app: Flask, posted: SampleForm) -> None:
    assert "<label" not in draw(app, posted, "version")


def test_a_grave_button_asks_back(app: Flask, posted: SampleForm) -> None:
    with app.test_request_context():
        assert 'data-confirm="销号后不能修改，确定吗？"' in str(posted.close())
