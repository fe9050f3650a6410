"""What a spreadsheet program lets people choose and type in the cells of a written table."""

from inspect_app.workbooks.write.layout import CellKind, Column, Layout
from inspect_app.workbooks.write.letters import letters
from inspect_app.workbooks.write.text import attribute_text

EARLIEST, LATEST = 36526, 73050
"""The days 2000-01-01 and 2099-12-31 as a spreadsheet counts them."""
TYPED = {
    CellKind.DAY: ('type="date" operator="between"', EARLIEST, LATEST, "请填写日期，如 2026-06-15。"),
    CellKind.AMOUNT: ('type="decimal" operator="between"', 0, 10**10, "请填写不小于 0 的数字，不带单位。"),
    CellKind.INTEGER: ('type="whole" operator="between"', 0, 10**10, "请填写不小于 0 的整数，不带单位。"),
}


def drop_downs(layout: Layout, last_row: int) -> str:
    """Return the rules of all columns that have one, from the first row of the table to the last."""
    rules = [
        rule.replace(
            "<dataValidation ", f'<dataValidation sqref="{letters(place)}4:{letters(place)}{max(last_row, 4)}" '
        )
        for place, column in enumerate(layout.columns, 1)
        if (rule := _rule(column))
    ]
    return f'<dataValidations count="{len(rules)}">{"".join(rules)}</dataValidations>' if rules else ""


def _rule(column: Column) -> str:
    if column.choices:
        said = attribute_text(",".join(column.choices))
        return (
            '<dataValidation type="list" allowBlank="1" showErrorMessage="1">'
            f"<formula1>&quot;{said}&quot;</formula1></dataValidation>"
        )
    if column.list_name:
        return (
            '<dataValidation type="list" allowBlank="1" showErrorMessage="1" errorStyle="warning" '
            f'errorTitle="{attribute_text(column.heading)}" error="不在列表中。确认无误可以继续。">'
            f"<formula1>{column.list_name}</formula1></dataValidation>"
        )
    return _typed(column) if column.entered and column.kind in TYPED else ""


def _typed(column: Column) -> str:
    rule, least, most, said = TYPED[column.kind]
    return (
        f'<dataValidation {rule} allowBlank="1" showErrorMessage="1" errorTitle="{attribute_text(column.heading)}" '
        f'error="{said}"><formula1>{least}</formula1><formula2>{most}</formula2></dataValidation>'
    )
