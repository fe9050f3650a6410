"""County workbooks, from bytes to applied rows."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from flask import Flask


def init_app(app: "Flask") -> None:
    """Enter the returns into the navigation, name their actions in the trail, and tell which of them wait."""
    from inspect_app.access.permissions import Permission  # noqa: PLC0415 - on demand
    from inspect_app.audit.labels import name_actions, name_steps  # noqa: PLC0415 - on demand
    from inspect_app.core.labels import mark  # noqa: PLC0415 - on demand
    from inspect_app.core.waiting import Sort, tell  # noqa: PLC0415 - on demand
    from inspect_app.returns.choosing.layouts import unread  # noqa: PLC0415 - on demand
    from inspect_app.returns.expecting.loading import check_definitions  # noqa: PLC0415 - on demand
    from inspect_app.returns.expecting.queries import missing  # noqa: PLC0415 - on demand
    from inspect_app.returns.figures import part  # noqa: PLC0415 - on demand
    from inspect_app.returns.issuing.definition import check_definitions as check_issued  # noqa: PLC0415 - on demand
    from inspect_app.returns.jobs.lifecycle import JOB_LIFE  # noqa: PLC0415 - on demand
    from inspect_app.returns.lifecycle import RETURN_LIFE, VALIDATED  # noqa: PLC0415 - on demand
    from inspect_app.returns.picturing import part as pictures_of  # noqa: PLC0415 - on demand
    from inspect_app.returns.queries import waiting  # noqa: PLC0415 - on demand
    from inspect_app.web import navigation, slots  # noqa: PLC0415 - on demand

    navigation.register(app, mark("县区报表"), "returns.index", Permission.VIEW_RETURNS, order=40)
    name_steps("return", RETURN_LIFE)
    name_steps("return_job", JOB_LIFE)
    name_actions("return_job", {"ask": mark("提交")})
    name_actions("return", {"receive": mark("接收"), "zero": mark("作零报告"), "columns": mark("说明列的含义")})
    slots.fill(app, "return", "returns/figures.html", part)
    slots.fill(app, "return", "returns/unread.html", unread)
    slots.fill(app, "return", "returns/pictures.html", pictures_of)
    pages, open_ones = ("returns.index", "returns.show"), {"state": VALIDATED}
    tell("returns", Sort(mark("等待导入的报表"), Permission.APPLY_RETURN, waiting, *pages, open_ones))
    tell(
        "returns_missing", Sort(mark("到期未报的报表"), Permission.SEND_RETURN, missing, "returns.due", "returns.duty")
    )
    app.extensions.setdefault("definition_readers", {})["returns"] = check_definitions
    app.extensions["definition_readers"]["issued workbooks"] = check_issued
    name_actions("issued_workbook", {"issue": mark("下发")})
