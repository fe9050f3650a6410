"""The life of a document: drafted, numbered, signed, issued in order, frozen, corrected, voided."""

from datetime import date, timedelta

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from inspect_app.access.actor import SYSTEM
from inspect_app.access.permissions import Role
from inspect_app.audit.models import AuditEntry
from inspect_app.core import clock
from inspect_app.core.errors import Conflict, Forbidden, Invalid, Stale, StepRefused
from inspect_app.documents import freezing, service, sources, word
from inspect_app.documents.lifecycle import DOCUMENT_LIFE, DRAFT, ISSUED, VOIDED
from inspect_app.documents.loading import definition_of
from inspect_app.documents.models import Document, DocumentNumber
from inspect_app.documents.signatures import Given, sign
from inspect_app.documents.verifying import verify
from tests.accounts.factories import actor_of, make_user
from tests.documents.factories import CASE, PEN, Desk, make_desk
from tests.sites.factories import WUSU, region

pytestmark = pytest.mark.usefixtures("clock")


@pytest.fixture
def desk(session: Session) -> Desk:
    return make_desk(session)


def missing(desk: Desk, document: Document) -> str:
    with pytest.raises(StepRefused) as refused:
        service.issue(desk.session, desk.leader, document)
    return "".join(refused.value.missing)


def number_of(document: Document) -> str:
    assert document.number is not None
    return document.number.text


def test_an_issued_document_has_number_day_files_and_a_hash(desk: Desk) -> None:
    document = desk.issued("feedback_letter")
    assert (document.state, document.issued_on) == (ISSUED, date(2026, 6, 15))
    assert number_of(document) == "塔震督〔2026〕1号"
    assert document.issuer == "塔城地区抗震救灾指挥部办公室"
    assert document.frozen is not None
    assert {"docx", "pdf", "template", "layout", "data", "number"} <= document.frozen.keys()
    assert len(document.content_hash) == 64
    assert DOCUMENT_LIFE.replay(document.events) == ISSUED
    told = desk.session.scalars(select(AuditEntry.action).where(AuditEntry.subject_kind == "document"))
    assert list(told) == ["document.create", "document.issue"]


@pytest.mark.parametrize(
    ("kind", "number"),
    [
        ("inspection_record", "（塔）应急检记〔2026〕1号"),
        ("circular", "塔地抗震办〔2026〕1号"),
        ("interview_notice", "塔约谈 2026-Q2-001"),
        ("extension_form", f"{CASE}-延-1"),
        ("closure_form", f"{CASE}-销-1"),
    ],
)
def test_each_kind_is_numbered_its_own_way(desk: Desk, kind: str, number: str) -> None:
    assert number_of(desk.issued(kind)) == number


def test_letters_of_one_series_count_together_and_years_apart(desk: Desk) -> None:
    assert number_of(desk.issued("feedback_letter")) == "塔震督〔2026〕1号"
    assert number_of(desk.issued("urging_letter")) == "塔震督〔2026〕2号"
    with clock.set_to(clock.now() + timedelta(days=365)):
        later = desk.issued("feedback_letter", due_on="2027-12-01")
    assert number_of(later) == "塔震督〔2027〕1号"


def test_a_number_reserved_last_year_is_not_used_this_year(desk: Desk) -> None:
    document = desk.draft()
    service.reserve_number(desk.session, desk.officer, document, document.version)
    with clock.set_to(clock.now() + timedelta(days=365)):
        assert "2026 年的" in missing(desk, document)


def test_a_reserved_number_is_the_one_used(desk: Desk) -> None:
    first, second = desk.draft(), desk.draft()
    told = service.reserve_number(desk.session, desk.officer, second, second.version)
    assert told == "塔震督〔2026〕1号"
    service.issue(desk.session, desk.leader, first)
    service.issue(desk.session, desk.leader, second)
    assert (number_of(first), number_of(second)) == ("塔震督〔2026〕2号", "塔震督〔2026〕1号")
    with pytest.raises(Conflict):
        service.reserve_number(desk.session, desk.officer, second, second.version)


def test_a_voided_number_is_never_given_again(desk: Desk) -> None:
    draft = desk.draft()
    service.reserve_number(desk.session, desk.officer, draft, draft.version)
    service.void(desk.session, desk.officer, draft, "对象写错")
    issued = desk.issued()
    service.void(desk.session, desk.leader, issued, "重复发文")
    assert (draft.state, issued.state) == (VOIDED, VOIDED)
    assert number_of(desk.issued()) == "塔震督〔2026〕3号"
    standings = desk.session.scalars(select(DocumentNumber.standing).order_by(DocumentNumber.number))
    assert list(standings) == ["voided", "voided", "used"]


def test_voiding_needs_a_reason(desk: Desk) -> None:
    with pytest.raises(StepRefused, match="作废原因"):
        service.void(desk.session, desk.leader, desk.issued(), " ")


def test_nobody_issues_what_they_drafted(desk: Desk) -> None:
    with pytest.raises(Forbidden):
        service.issue(desk.session, desk.officer, desk.draft())


def test_every_blank_field_is_named(desk: Desk) -> None:
    told = missing(desk, desk.draft(addressee="", problems=[], due_on=""))
    for label in ("主送单位", "问题清单", "反馈期限"):
        assert f"请填写：{label}。" in told


def test_a_blank_cell_is_named_by_row(desk: Desk) -> None:
    rows = [{"text": "开洞未加固", "due_on": "2026-07-01"}, {"text": "", "due_on": "2026-07-01"}]
    desk.issued("inspection_record")
    assert "存在的问题第2行问题" in missing(desk, desk.signed("rectification_order", problems=rows))


def test_a_time_limit_is_not_dated_back(desk: Desk) -> None:
    desk.issued("inspection_record")
    rows = [{"text": "开洞未加固", "due_on": "2026-06-14"}]
    assert "不能倒签" in missing(desk, desk.signed("rectification_order", problems=rows))
    assert "不能倒签" in missing(desk, desk.draft(due_on="2026-06-14"))


@pytest.mark.parametrize(
    ("kind", "before", "sentence"),
    [
        ("rectification_order", "inspection_record", "须先发出《现场检查记录》"),
        ("measure_decision", "inspection_record", "须先发出《现场检查记录》"),
        ("delisting_notice", "listing_notice", "须先发出《挂牌督办通知书》"),
    ],
)
def test_documents_keep_their_order(desk: Desk, kind: str, before: str, sentence: str) -> None:
    assert sentence in missing(desk, desk.signed(kind))
    desk.issued(before, case="YH-654202-2026-C03-0099")
    assert sentence in missing(desk, desk.signed(kind))
    earlier = desk.issued(before)
    assert desk.issued(kind).state == ISSUED
    service.void(desk.session, desk.leader, earlier, "误发")
    assert sentence in missing(desk, desk.signed(kind))


def test_a_recheck_opinion_follows_an_order_or_a_decision(desk: Desk) -> None:
    desk.issued("inspection_record")
    assert "须先发出《责令限期整改指令书》或《现场处理措施决定书》" in missing(desk, desk.signed("recheck_opinion"))
    desk.issued("measure_decision")
    assert desk.issued("recheck_opinion").state == ISSUED


def test_the_record_of_the_visit_serves_for_the_hazard_it_found(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    related = {CASE: [("inspection", "JC-654202-2026-SPECIAL-01")]}
    monkeypatch.setattr(
        "inspect_app.documents.readiness.case_of", lambda _session, subject: [subject, *related.get(subject[1], [])]
    )
    draft = desk.signed("inspection_record")
    draft.subject_kind, draft.subject_reference = "inspection", "JC-654202-2026-SPECIAL-01"
    service.issue(desk.session, desk.leader, draft)
    assert desk.issued("rectification_order").state == ISSUED


def test_an_order_names_the_record_of_its_own_case(desk: Desk) -> None:
    record = desk.issued("inspection_record").number
    assert record is not None
    told = missing(desk, desk.signed("rectification_order", record_number="（塔）应急检记〔2026〕99号"))
    assert f"现场检查记录文号应为同一事项已发出的《现场检查记录》的文号：{record.text}" in told
    assert record.text in desk.issued("rectification_order").data["record_number"]


def test_a_lapsed_basis_is_refused(desk: Desk) -> None:
    told = missing(desk, desk.draft(cited=[{"basis": "REG-591", "article": "第四条"}]))
    assert "《危险化学品安全管理条例》" in told
    assert "已失效" in told
    assert "请改用现行依据" in told


@pytest.mark.parametrize("kind", ["circular", "listing_notice", "delisting_notice"])
def test_what_must_not_be_published_is_refused(desk: Desk, kind: str) -> None:
    field = {"circular": "scope", "listing_notice": "reason"}.get(kind, "acceptance")
    told = missing(desk, desk.draft(kind, **{field: "该县列入今年重点危险区，据会商意见办理"}))
    assert "“重点危险区”" in told
    assert "“会商意见”" in told


def test_an_unknown_basis_and_a_wrong_day_are_refused_by_field(desk: Desk) -> None:
    with pytest.raises(Invalid) as refused:
        desk.draft(cited=[{"basis": "REG-1", "article": ""}], due_on="2026年7月", addressee="长" * 5000)
    assert refused.value.problems.keys() == {"cited", "due_on", "addressee"}


def test_a_region_without_a_body_issues_nothing(desk: Desk) -> None:
    document = desk.draft()
    document.region = region(desk.session, "6543")
    told = missing(Desk(desk.session, desk.officer, SYSTEM, desk.county), document)
    assert "没有配置发文机关" in told


def test_an_issued_document_is_corrected_by_a_new_one_that_names_it(desk: Desk) -> None:
    old = desk.issued("circular")
    new = desk.draft("circular", replaces=old)
    service.issue(desk.session, desk.leader, new)
    assert new.frozen is not None
    assert new.frozen["replaces"] == old.uuid
    assert old.state == ISSUED


def test_only_an_issued_document_of_the_same_kind_and_case_is_corrected(desk: Desk) -> None:
    for old in (desk.draft("circular"), desk.issued("feedback_letter"), desk.issued("circular", case="YH-1-2")):
        with pytest.raises(Invalid, match="只能更正"):
            desk.draft("circular", replaces=old)


def test_what_is_issued_or_signed_is_not_edited(desk: Desk) -> None:
    issued, signed = desk.issued(), desk.signed("closure_form")
    for document in (issued, signed):
        with pytest.raises(Conflict):
            service.update(desk.session, desk.officer, document, document.version, {"hazard": "改"})


def test_a_draft_is_edited_by_its_drafter_with_the_version_they_saw(desk: Desk) -> None:
    document = desk.draft()
    service.update(desk.session, desk.officer, document, 1, {**document.data, "addressee": "乌苏市教育局"})
    assert (document.addressee, document.version) == ("乌苏市教育局", 2)
    with pytest.raises(Stale):
        service.update(desk.session, desk.officer, document, 1, document.data)
    other = actor_of(make_user(desk.session, Role.COUNTY_HEAD, region(desk.session, WUSU)))
    with pytest.raises(Forbidden):
        service.update(desk.session, other, document, 2, document.data)


def test_nobody_draws_up_for_a_place_they_do_not_see(desk: Desk) -> None:
    stranger = actor_of(make_user(desk.session, Role.PREFECTURE_OFFICER, region(desk.session, "6207")))
    clerk = actor_of(make_user(desk.session, Role.COUNTY_CLERK, region(desk.session, WUSU)))
    for actor in (stranger, clerk):
        with pytest.raises(Forbidden):
            Desk(desk.session, actor, desk.leader, desk.county).draft()
    assert desk.session.scalar(select(func.count()).select_from(Document)) == 0


def test_a_signature_is_that_of_one_person_with_a_certificate(desk: Desk) -> None:
    document = desk.draft("inspection_record")
    sign(desk.session, desk.officer, document, 1, Given("inspector", "柳青", "检证001", PEN))
    for given in (
        Given("inspector", "柳青", "检证002", PEN),
        Given("inspector", "杨红", "检证001", PEN),
        Given("inspector", "杨红", "", PEN),
        Given("inspector", "", "检证003", PEN),
        Given("leader", "杨红", "检证003", PEN),
        Given("inspector", "杨红", "检证003", "M1 1L2"),
        Given("inspector", "杨红", "检证003", 'M1 1L2 2"/><script>'),
    ):
        with pytest.raises(Invalid):
            sign(desk.session, desk.officer, document, 2, given)
    assert "检查人员应有 2 人签名，还差 1 人" in missing(desk, document)


def test_a_refusal_needs_a_witness_who_is_somebody_else(desk: Desk) -> None:
    document = desk.draft("inspection_record")
    for name, number in (("柳青", "检证001"), ("杨红", "检证002")):
        sign(desk.session, desk.officer, document, document.version, Given("inspector", name, number, PEN))
    for witness in ("", "槐明"):
        with pytest.raises(Invalid):
            sign(desk.session, desk.officer, document, 3, Given("site", "槐明", refused=True, witness=witness))
    with pytest.raises(Invalid):
        sign(desk.session, desk.officer, document, 3, Given("inspector", "桐林", "检证3", refused=True, witness="甲"))
    sign(desk.session, desk.officer, document, 3, Given("site", "槐明", refused=True, witness="社区网格员松岩"))
    assert service.issue(desk.session, desk.leader, document).state == ISSUED


def test_signing_on_paper_asks_for_the_scan(desk: Desk) -> None:
    document = desk.draft("interview_notice")
    sign(desk.session, desk.officer, document, 1, Given("interviewer", "柳青"))
    assert "请上传签字件" in missing(desk, document)


def test_subjects_without_a_source_and_kinds_that_do_not_exist_are_refused(desk: Desk) -> None:
    with pytest.raises(Invalid):
        definition_of("love_letter")
    with pytest.raises(Exception, match="没有找到"):
        sources.build(desk.session, desk.officer, ("horse", "1"), "circular")
    assert sources.case_of(desk.session, ("horse", "1")) == [("horse", "1")]


def test_an_issued_document_is_not_issued_again(desk: Desk) -> None:
    document = desk.issued()
    assert document.state != DRAFT
    with pytest.raises(StepRefused):
        service.issue(desk.session, desk.leader, document)


def read_back(document: Document, which: str = "docx") -> str:
    blocks = word.read(freezing.stored(document, which))
    cells = [each for block in blocks for row in block.rows for cell in row for each in cell]
    return "".join(block.text for block in (*blocks, *cells))


def forbid(monkeypatch: pytest.MonkeyPatch) -> None:
    def never(*_given: object) -> None:
        pytest.fail("rendered a second time")

    monkeypatch.setattr(freezing, "render", never)


@pytest.mark.parametrize("reserved", [True, False])
def test_files_made_before_the_transaction_are_the_ones_issued(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, *, reserved: bool
) -> None:
    desk.issued()
    draft = desk.draft()
    if reserved:
        service.reserve_number(desk.session, desk.officer, draft, draft.version)
    ready = service.make_ready_to_issue(desk.session, desk.leader, draft)
    forbid(monkeypatch)
    issued = service.issue(desk.session, desk.leader, draft, draft.version, ready)
    assert number_of(issued) == "塔震督〔2026〕2号"
    assert number_of(issued) in read_back(issued)
    assert verify(desk.session) == []


def test_files_made_before_somebody_else_took_the_number_are_made_anew(desk: Desk) -> None:
    draft = desk.draft()
    ready = service.make_ready_to_issue(desk.session, desk.leader, draft)
    desk.issued()
    issued = service.issue(desk.session, desk.leader, draft, draft.version, ready)
    assert number_of(issued) == "塔震督〔2026〕2号"
    assert number_of(issued) in read_back(issued)
    assert verify(desk.session) == []


def test_files_made_before_the_draft_was_changed_or_the_day_ended_are_made_anew(desk: Desk) -> None:
    draft = desk.draft()
    ready = service.make_ready_to_issue(desk.session, desk.leader, draft)
    service.update(desk.session, desk.officer, draft, draft.version, {**draft.data, "addressee": "改过的单位"})
    with clock.set_to(clock.now() + timedelta(days=1)):
        issued = service.issue(desk.session, desk.leader, draft, draft.version, ready)
    assert "改过的单位" in read_back(issued)
    assert "2026年6月16日" in read_back(issued)


def test_nothing_is_made_for_what_would_be_refused(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    forbid(monkeypatch)
    assert service.make_ready_to_issue(desk.session, desk.officer, desk.draft()) is None
    assert service.make_ready_to_issue(desk.session, desk.leader, desk.draft(addressee="")) is None


def test_figures_that_the_case_wrote_stay_while_the_wording_around_them_is_edited(desk: Desk) -> None:
    draft = desk.draft("work_summary")
    row, *rest = draft.data["tasks"]
    told = {**draft.data, "remark": "总体平稳。", "tasks": [{**row, "problems": "力量不足。"}, *rest]}
    service.update(desk.session, desk.officer, draft, draft.version, told)
    assert (draft.data["remark"], draft.data["tasks"][0]["problems"]) == ("总体平稳。", "力量不足。")
    altered = (
        {**told, "figures": "全部完成。"},
        {**told, "tasks": [{**row, "progress": "应报 9：认可 9"}, *rest]},
        {**told, "tasks": [*told["tasks"], row]},
    )
    for each in altered:
        with pytest.raises(Invalid, match="由系统统计"):
            service.update(desk.session, desk.officer, draft, draft.version, each)
