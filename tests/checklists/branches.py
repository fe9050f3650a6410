"""A list that reaches what the published ones rarely do: every bound, every kind of rule, gates, vetoes of parts."""

from decimal import Decimal

from inspect_app.checklists.definition import Checklist, Evidence, Part, Severity
from inspect_app.checklists.questions import DateUnit, Day, Number, OneOf, Option, Rate, Rule, SomeOf, Text, YesNo
from tests.inspections.lists import BRICK, FRAME, hangs_on, make_item, make_list

HALF, THIRD = Decimal("0.5"), Decimal(1) / Decimal(3)
STEEL = Option("steel", "钢")


def branching_list() -> Checklist:
    """Make the list; its shares and weights do not divide evenly."""
    between = Rule("between", "区间", Decimal("2.5"), Decimal(12), Decimal(30))
    strict = Rule("strict", "从严", Decimal(20), partial=False)
    late = Rule("late", "逾期", at_most=Decimal(30), zero_at=Decimal(365))
    sudden = Rule(at_most=Decimal(3))
    from_zero = Rule(at_least=Decimal("0.95"), zero_at=HALF)
    gated = (
        Part(YesNo("no"), "gate", "是否设有", Decimal(0), gate=True, veto=True),
        Part(Number("件", 0, rules=(Rule(at_least=Decimal(7)),)), "amount", "数量", THIRD),
        Part(Number("件", 0, at_least_part="amount"), "spare", "备用", THIRD, na_allowed=True),
        Part(Number("件", 0, equals_part="amount"), "listed", "在册", THIRD),
    )
    vetoing = (
        Part(OneOf((BRICK, FRAME, STEEL), ("frame", "steel")), "kind", "结构", HALF, veto=True),
        Part(Text(20), "words", "说明", Decimal(0)),
        Part(
            Rate("已做", "应做", may_exceed=True, decimals=2, rules=(from_zero,)), "done", "完成", HALF, na_allowed=True
        ),
    )
    everything = tuple(Evidence)
    return make_list(
        make_item(1, Number("米", 2, Decimal(400), (between, strict), minimum=Decimal(-50)), weight=Decimal("3.7")),
        make_item(2, Day(DateUnit.DAYS, (late, strict)), evidence=everything, severity=Severity.ADVICE),
        make_item(3, Number("处", 0, rules=(sudden,)), na=True, severity=Severity.MAJOR, evidence=everything),
        make_item(4, SomeOf((BRICK, FRAME, STEEL)), na=True),
        make_item(5, SomeOf((BRICK, FRAME, STEEL), (Rule(at_least=Decimal(2)),)), veto=True, weight=Decimal(11)),
        make_item(6, YesNo("no"), parts=gated, weight=Decimal("13.3"), evidence=(Evidence.PHOTO,)),
        make_item(7, YesNo("no"), hangs_on(1, at_least="0"), parts=vetoing, severity=Severity.MAJOR),
        make_item(8, Rate("甲", "乙", decimals=1, rules=(from_zero,)), required=False, weight=Decimal(7)),
        make_item(9, Day(DateUnit.MONTHS), required=False, weight=Decimal(0)),
    )
