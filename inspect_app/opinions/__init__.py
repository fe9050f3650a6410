"""Restricted papers (会商、预测意见、重点危险区): for named roles only; each opening is noted, never a word of it."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from flask import Flask


def init_app(app: "Flask") -> None:
    """Enter the papers into the navigation of those who may see them, and name what is done to them."""
    from inspect_app.access.permissions import Permission  # noqa: PLC0415 - on demand
    from inspect_app.audit.labels import name_actions  # noqa: PLC0415 - on demand
    from inspect_app.core.labels import mark  # noqa: PLC0415 - on demand
    from inspect_app.web import navigation  # noqa: PLC0415 - on demand

    navigation.register(app, mark("会商与预测意见"), "opinions.index", Permission.VIEW_RESTRICTED, order=29)
    name_actions(
        "opinion",
        {
            "open": mark("查阅"),
            "download": mark("下载附件"),
            "attach": mark("上传附件"),
            "notify": mark("登记通报"),
            "withdraw": mark("撤回"),
        },
    )
