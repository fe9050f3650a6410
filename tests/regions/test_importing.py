from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from inspect_app.access.actor import SYSTEM
from inspect_app.audit.models import AuditEntry
from inspect_app.core.database import transaction
from inspect_app.core.errors import FileRefused, Invalid
from inspect_app.regions.importing import Imported, apply_rows, read_rows
from inspect_app.regions.levels import Kind
from inspect_app.regions.models import Region, RegionPath
from inspect_app.regions.queries import by_code, covers, resolve_region

HEAD = "code,name,level,parent\n"
VILLAGES = (
    HEAD
    + "654202100001,白杨沟社区居委会,village,654202100000\n"
    + "654202100200,样例村村委会,village,654202100\n"
    + "654202150,样例镇,township,654202\n"
    + "654202150200,新样例村委会,village,654202150\n"
)


def bring(session: Session, text: str, encoding: str = "utf-8") -> Imported:
    with transaction():
        return apply_rows(session, SYSTEM, read_rows(text.encode(encoding)))


def figures(session: Session) -> tuple[int | None, int | None]:
    return session.scalar(select(func.count()).select_from(Region)), session.scalar(
        select(func.count()).select_from(RegionPath)
    )


def trail(session: Session) -> int | None:
    return session.scalar(select(func.count()).where(AuditEntry.action == "region.import"))


def problems(session: Session, text: str) -> list[str]:
    before = figures(session)
    with pytest.raises(Invalid) as refused:
        bring(session, text)
    assert figures(session) == before
    return list(refused.value.problems[""])


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_villages_come_in_with_their_ancestors_and_short_forms(session: Session, encoding: str) -> None:
    assert bring(session, VILLAGES, encoding) == Imported(added=4, renamed=0, moved=0, unchanged=0)
    village = by_code(session, "654202150200")
    for code in ("65", "6542", "654202", "654202150", "654202150200"):
        assert covers(session, by_code(session, code).id, village.id)
    assert not covers(session, by_code(session, "654203").id, village.id)
    assert resolve_region(session, by_code(session, "654202").id, "新样例村") == [village]


def test_the_same_file_again_changes_nothing(session: Session) -> None:
    bring(session, VILLAGES)
    before = figures(session), trail(session)
    assert bring(session, VILLAGES) == Imported(added=0, renamed=0, moved=0, unchanged=4)
    assert (figures(session), trail(session)) == before


def test_a_renamed_region_is_still_found_under_its_old_name(session: Session) -> None:
    done = bring(session, HEAD + "654221,额敏市,county,6542\n")
    assert done == Imported(added=0, renamed=1, moved=0, unchanged=0)
    within = by_code(session, "6542").id
    assert [region.code for region in resolve_region(session, within, "额敏县")] == ["654221"]
    assert [region.code for region in resolve_region(session, within, "额敏市")] == ["654221"]


def test_a_moved_region_takes_everything_below_it_along(session: Session) -> None:
    before = figures(session)
    done = bring(session, HEAD + "654221,额敏县,county,6523\n")
    assert (done.moved, done.renamed) == (1, 0)
    township = session.scalars(select(Region).where(Region.code.startswith("654221100"))).one()
    assert covers(session, by_code(session, "6523").id, township.id)
    assert not covers(session, by_code(session, "6542").id, township.id)
    assert figures(session) == before


def test_a_zone_with_a_code_of_ours_comes_in_as_a_zone(session: Session) -> None:
    bring(session, HEAD + "654200K01,样例经济开发区,county,6542\n")
    assert by_code(session, "654200K01").kind is Kind.ZONE


def test_every_mistake_of_a_file_is_told_with_its_line(session: Session) -> None:
    told = problems(
        session,
        HEAD
        + "65420210,短码镇,township,654202\n"
        + "654202110,,township,654202\n"
        + "654202111,无级镇,town,654202\n"
        + "654202112,无上级镇,township,\n"
        + "654202113,好镇,township,654202\n",
    )
    assert [sentence.partition("：")[0] for sentence in told] == ["第 2 行", "第 3 行", "第 4 行", "第 5 行"]
    assert "9 位数字" in told[0]


@pytest.mark.parametrize(
    ("row", "sentence"),
    [
        ("654202110,样例镇,township,999999", "上级 999999 不存在"),
        ("654202110,样例镇,township,6542", "乡级的上级不能是地级"),
        ("654202150200,样例村委会,village,654202100", "前 9 位"),
        ("65,新疆,province,6542", "省级没有上级"),
    ],
)
def test_a_row_that_does_not_fit_the_tree_is_refused(session: Session, row: str, sentence: str) -> None:
    (told,) = problems(session, f"{HEAD}{row}\n")
    assert told.startswith("第 2 行")
    assert sentence in told


def test_a_code_twice_in_a_file_is_refused(session: Session) -> None:
    row = "654202110,样例镇,township,654202\n"
    assert problems(session, HEAD + row + row) == ["第 3 行：代码 654202110 与第 2 行重复。"]


@pytest.mark.parametrize(
    ("data", "code"),
    [(b"\xff\xfe\x00\xd8\xff", "E_ENCODING"), (b"", "E_NO_HEADER"), ("代码,名称\n".encode(), "E_NO_HEADER")],
)
def test_a_file_that_is_no_such_table_is_refused_with_a_sentence(data: bytes, code: str) -> None:
    with pytest.raises(FileRefused) as refused:
        read_rows(data)
    assert refused.value.file_code == code


def test_the_command_says_what_it_did_and_what_is_wrong(app: Flask, session: Session, tmp_path: Path) -> None:
    file = tmp_path / "villages.csv"
    file.write_text(VILLAGES, "utf-8")
    run = app.test_cli_runner().invoke
    done = run(args=["regions", "import", str(file)])
    assert (done.exit_code, "新增 4 个" in done.output) == (0, True)
    file.write_text(HEAD + "1,坏,county,\n", "utf-8")
    refused = run(args=["regions", "import", str(file)])
    assert refused.exit_code == 2
    assert "什么都没有改变" in refused.output
    assert "第 2 行" in refused.output
    assert run(args=["regions", "import", str(tmp_path / "none.csv")]).exit_code == 2
    assert by_code(session, "654202150200").name == "新样例村委会"
