"""What may stand in a scheme, and how a mistake is told: with its file, its place and a sentence."""

from decimal import Decimal
from pathlib import Path

import pytest

from inspect_app.assessments.definition import (
    AllOrNothing,
    Bands,
    Deadline,
    Deduct,
    Fault,
    InverseCount,
    Linear,
    Measure,
    Parameter,
    Reached,
    ResponseTime,
    Rule,
    Scheme,
    Step,
    VetoEffect,
    YesNo,
)
from inspect_app.assessments.loading import load_schemes
from inspect_app.core.errors import DefinitionProblems

D = Decimal
SCHEME = """
code = "S"
version = 1
title = "试用方案"
year_from = 2026
level = "county"
{top}
[roll_up]
weights = "sites"
{grades}
[[parameters]]
code = "days"
title = "天数"
unit = "天"
default = 5
by_region = [{{ region = "6542", value = 3 }}]
[[groups]]
code = "key"
title = "重点县"
regions = ["654202"]
[[modules]]
code = "M"
title = "模块"
full = 4
[[modules.indicators]]
code = "A"
title = "指标"
full = 4
unit = "项"
fact = "a"
{line}
rule = {rule}
"""
GRADES = "".join(
    f'[[grades]]\ngrade = "{grade}"\nat_least = {bound}\n'
    for grade, bound in (("excellent", 90), ("good", 80), ("fair", 60), ("failed", 0))
)


def read(folder: Path, rule: str = '{ kind = "rate" }', line: str = "", top: str = "", more: str = "") -> Scheme:
    text = SCHEME.format(rule=rule, line=line, top=top, grades=GRADES) + more
    (folder / "s.toml").write_text(text, "utf-8")
    return load_schemes(folder)["S"]


def refused(folder: Path, rule: str = '{ kind = "rate" }', line: str = "", top: str = "", more: str = "") -> str:
    with pytest.raises(DefinitionProblems) as problems:
        read(folder, rule, line, top, more)
    return "\n".join(problems.value.problems)


@pytest.mark.parametrize(
    ("written", "rule"),
    [
        ('{ kind = "yes_no" }', YesNo()),
        ('{ kind = "all_or_nothing" }', AllOrNothing()),
        ('{ kind = "inverse_count", zero_at = 10 }', InverseCount(D(10))),
        ('{ kind = "linear", zero_at = 0.8, full_at = 0.95 }', Linear(D("0.8"), D("0.95"))),
        ('{ kind = "linear", of = "mean", zero_at = 0, full_at = 100 }', Linear(D(0), D(100), Measure.MEAN)),
        ('{ kind = "deadline", per_day = 0.5 }', Deadline(D("0.5"))),
        ('{ kind = "response_time", within = { parameter = "days" } }', ResponseTime(Parameter("days"))),
        ('{ kind = "reached", at_least = 2 }', Reached(D(2))),
        ('{ kind = "deduct", faults = [{ fault = "迟报", points = 0.5 }] }', Deduct((Fault("迟报", D("0.5")),))),
        (
            '{ kind = "bands", steps = [{ at_least = 0.1, points = 1 }, { over = 0.2, share = 1 }], below = 0.125 }',
            Bands((Step(D("0.1"), D(1)), Step(D("0.2"), D(4), included=False)), below=D("0.5")),
        ),
    ],
)
def test_a_rule_is_read_as_written(tmp_path: Path, written: str, rule: Rule) -> None:
    assert read(tmp_path, written).indicators[0].rule == rule


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ('{ kind = "linear", zero_at = 1, full_at = 1 }', "不能相同"),
        ('{ kind = "bands", steps = [] }', "至少写一档"),
        ('{ kind = "bands", steps = [{ at_least = 2, points = 1 }, { at_least = 1, points = 2 }] }', "逐档升高"),
        ('{ kind = "bands", steps = [{ at_least = 1, points = 3 }, { at_least = 2, points = 1 }] }', "只升或只降"),
        ('{ kind = "bands", steps = [{ at_least = 1, points = 9 }] }', "应在 0 到 4 之间"),
        ('{ kind = "deadline", per_day = 0 }', "每天扣分 per_day 应大于 0"),
        ('{ kind = "response_time", within = -1 }', "时限 within 应大于 0"),
        ('{ kind = "response_time", within = { parameter = "hours" } }', "没有名为 hours 的参数"),
        ('{ kind = "deduct", faults = [] }', "至少写一种情形"),
        ('{ kind = "inverse_count", zero_at = 0 }', "零分界限 zero_at 应大于 0"),
        ('{ kind = "reached" }', "缺少字段 at_least"),
        ('{ kind = "manual", target = 3 }', "不认识的字段 target"),
    ],
)
def test_a_mistake_in_a_rule_is_told(tmp_path: Path, written: str, said: str) -> None:
    problems = refused(tmp_path, written)
    assert said in problems
    assert "s.toml" in problems


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ('applies_to = "cities"', "没有名为 cities 的分组"),
        ('gates = [{ fact = "b", title = "演练", applies_to = "towns" }]', "没有名为 towns 的分组"),
        ('gates = [{ fact = "b", title = "演练", at_least = { parameter = "none" } }]', "没有名为 none 的参数"),
        ("gates = [{ fact = 'b' }]", "缺少字段 title"),
    ],
)
def test_a_name_that_is_not_declared_is_told(tmp_path: Path, line: str, said: str) -> None:
    assert said in refused(tmp_path, line=line)


@pytest.mark.parametrize(
    ("top", "said"),
    [
        ("excellent_quota = 30", "excellent_quota 应在 0 到 1 之间"),
        ("conversion_full = 0", "conversion_full 应大于 0"),
        ("bonuses_cap = -1", "bonuses_cap 应大于 0"),
        ('level2 = "county"', "不认识的字段 level2"),
    ],
)
def test_a_limit_without_sense_is_told(tmp_path: Path, top: str, said: str) -> None:
    assert said in refused(tmp_path, top=top)


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ('[[bonuses]]\ncode = "B"\ntitle = "推广"\nunit = "次"\nper = 2\n', "应写明证明材料 proof"),
        ('[[bonuses]]\ncode = "B"\ntitle = "推广"\nunit = "次"\nper = 0\nproof = "文件"\n', "应大于 0"),
        ('[[vetoes]]\ncode = "A"\ntitle = "瞒报"\neffect = "fail"\n', "指标编号 A 重复"),
        ('[[vetoes]]\ncode = "V"\ntitle = "瞒报"\neffect = "death"\n', "effect 应为以下之一"),
    ],
)
def test_a_mistake_outside_the_modules_is_told(tmp_path: Path, more: str, said: str) -> None:
    assert said in refused(tmp_path, more=more)


def test_a_manual_line_without_proof_is_told(tmp_path: Path) -> None:
    text = SCHEME.format(rule='{ kind = "rate" }', line="", top="", grades=GRADES).replace('fact = "a"\n', "")
    (tmp_path / "s.toml").write_text(text, "utf-8")
    with pytest.raises(DefinitionProblems, match="人工指标应写明证明材料"):
        load_schemes(tmp_path)


def test_all_that_a_scheme_may_say_is_kept(tmp_path: Path) -> None:
    extra = 'code = "{code}"\ntitle = "项"\nunit = "次"\nper = {per}\nfact = "{fact}"\n'
    scheme = read(
        tmp_path,
        line='applies_to = "key"\ngates = [{ fact = "b", title = "演练", at_least = { parameter = "days" } }]',
        top="draft = true\nexcellent_quota = 0.3\nconversion_full = 30\ndeductions_cap = 10",
        more="[[deductions]]\n"
        + extra.format(code="D", per="{ parameter = 'days' }", fact="d")
        + "cap = 3\n[[bonuses]]\n"
        + extra.format(code="B", per=1, fact="e")
        + '[[vetoes]]\ncode = "V"\ntitle = "瞒报"\nfact = "v"\neffect = "zero"\n',
    )
    assert scheme.draft
    assert scheme.facts == {"a", "b", "d", "e", "v"}
    assert [scheme.excellent_quota, scheme.conversion_full, scheme.deductions_cap] == [D("0.3"), D(30), D(10)]
    assert scheme.deductions[0].per == Parameter("days")
    assert scheme.vetoes[0].effect is VetoEffect.ZERO
    assert scheme.parameters[0].by_region == {"6542": D(3)}
