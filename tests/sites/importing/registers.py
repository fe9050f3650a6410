"""Registers as workbooks, for tests."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from inspect_app.workbooks.compose import PlainSheet, Value, compose

HEAD = (
    "序号", "单位名称", "类别", "所在乡镇", "地址", "建成年代", "结构形式", "层数", "建筑面积（㎡）", "抗震设防烈度",
    "主管部门",
)  # fmt: skip


def site_row(number: int, **over: Value) -> list[Value]:
    """One school of 乌苏市 under HEAD; `over` by heading."""
    values: dict[str, Value] = {
        "序号": number, "单位名称": f"第{number}小学", "类别": "学校", "所在乡镇": "白杨沟镇",
        "地址": f"育才路 {number} 号", "建成年代": "约2005年", "结构形式": "砖混/框架", "层数": "4层",
        "建筑面积（㎡）": "800㎡", "抗震设防烈度": "7度(0.15g)", "主管部门": "教育局",
    }  # fmt: skip
    return [(values | over)[heading] for heading in HEAD]


def write_register(path: Path, rows: Sequence[Sequence[Any]], head: Sequence[Value] = HEAD, **more: Any) -> Path:  # noqa: ANN401 - further sheets
    """Write a register with a title above the head, and further sheets."""
    sheets = [PlainSheet("名册", [["乌苏市检查对象名册"], [*head], *rows])]
    extra: Mapping[str, Sequence[Sequence[Value]]] = more
    compose(path, [*sheets, *(PlainSheet(name, content) for name, content in extra.items())])
    return path
