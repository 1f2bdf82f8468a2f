"""One register for every plain ledger: entered, put right, ended, counted, reminded of."""

from datetime import date, datetime, timedelta
from decimal import Decimal

import pytest

from app.core.errors import UserError
from app.core.roles import Role, Sitter
from app.ledgers import LedgerRegister
from tests.ledgers.conftest import NOW, TODAY

BOILER = "town_boiler"


def test_a_line_is_numbered_by_its_year_and_read_back_as_it_was_said(ledgers, boiler):
    first = boiler(pressure=Decimal("0.70"), phone="13812345678")
    second = boiler(name="二号锅炉", bought_on=date(2026, 1, 5))
    assert (first.number, second.number) == ("GL-2024-0001", "GL-2026-0001")
    newest, oldest = ledgers.lines(BOILER)
    assert (newest["name"], oldest["name"]) == ("二号锅炉", "一号锅炉")
    assert oldest["pressure"] == Decimal("0.70")
    assert oldest["bought_on"] == date(2024, 3, 31)
    assert oldest.name == "一号锅炉 食堂"
    assert oldest.status == "在用"


def test_a_day_that_follows_another_comes_by_what_is_chosen(ledgers, boiler):
    boiler(kind="蒸汽", bought_on=date(2024, 8, 31))
    boiler(kind="热水", bought_on=date(2024, 8, 31))
    hot, steam = ledgers.lines(BOILER)
    assert steam["wash_on"] == date(2025, 2, 28), "February has no 31st"
    assert hot["wash_on"] == date(2025, 8, 31)


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ({"name": " "}, "“名称”没有填"),
        ({"kind": "燃油"}, "“种类”只能填：蒸汽、热水"),
        ({"checker": "陈建国"}, "“检查人”和“管理人”不能相同"),
        ({"pressure": Decimal(11)}, "“压力”不能大于10"),
        ({"pressure": Decimal(-1)}, "“压力”不能小于0"),
        ({"bought_on": TODAY + timedelta(days=1)}, "“启用日期”还没有到"),
        ({"next_date": date(2024, 3, 30)}, "“下次检验”不能早于“启用日期”"),
        ({"next_date": date(9999, 1, 1)}, "“下次检验”要在1950年到2100年之间"),
        ({"name": "长" * 201}, "“名称”写了201个字，最多200个"),
        ({"bought_on": "昨天"}, "“启用日期”要填日期"),
    ],
)
def test_what_cannot_be_is_refused_in_the_words_of_the_form(ledgers, boiler, said, why):
    with pytest.raises(UserError) as refused:
        boiler(**said)
    assert why in refused.value.what
    assert ledgers.lines(BOILER) == []


def test_a_correction_keeps_what_it_does_not_name_and_the_number(ledgers, boiler):
    line = boiler(phone="13812345678")
    ledgers.correct(line.uid, {"name": "老锅炉"}, seen=1)
    now = ledgers.get(line.uid)
    assert (now.number, now["name"], now["phone"]) == (line.number, "老锅炉", "13812345678")
    with pytest.raises(UserError, match="改过了"):
        ledgers.correct(line.uid, {"name": "新锅炉"}, seen=1)


def test_what_an_older_form_asked_for_is_kept_through_a_correction(ledgers, boiler, store):
    line = boiler()
    with store.change("旧版的空"):
        record = store.get(type(line), line.uid)
        record.said = {**record.said, "old_blank": "以前填的"}
    ledgers.correct(line.uid, {"name": "老锅炉"})
    assert store.get(type(line), line.uid).said["old_blank"] == "以前填的"


def test_an_ended_line_says_so_and_can_be_taken_up_again(ledgers, boiler):
    line = boiler(next_date=TODAY - timedelta(days=3))
    with pytest.raises(UserError, match="“停用日期”没有填"):
        ledgers.close(line.uid, {"why": "换新"})
    ledgers.close(line.uid, {"stopped_on": TODAY, "why": "换新"})
    ended = ledgers.get(line.uid)
    assert (ended.status, ended.closed_on, ended["why"]) == ("已停用", TODAY, "换新")
    assert ledgers.due() == [], "nobody is reminded of what has ended"
    ledgers.reopen(line.uid)
    assert ledgers.get(line.uid).status == "在用"
    assert len(ledgers.due()) == 1


def test_a_line_is_reminded_of_from_its_first_day_ahead_until_it_ends(ledgers, boiler, clock):
    boiler(next_date=date(2026, 12, 31))
    asked = {}
    for days in (31, 30, 8, 7, 0, -5):
        clock.at = datetime(2026, 12, 31, 9) - timedelta(days=days)
        asked[days] = [(due.label, due.is_near) for due in ledgers.due()]
    assert asked == {
        31: [],
        30: [("下次检验", False)],
        8: [("下次检验", False)],
        7: [("下次检验", True)],
        0: [("下次检验", True)],
        -5: [("下次检验", True)],
    }


def test_counting_goes_by_days_and_by_what_stands_in_a_blank(ledgers, dispute):
    dispute()
    other = dispute(found_on=date(2026, 11, 3), kind="学生之间", grade="中")
    dispute(found_on=date(2026, 10, 31))
    ledgers.close(other.uid, {"settled_on": TODAY, "outcome": "握手言和"})
    november = (date(2026, 11, 1), date(2026, 11, 30))
    assert ledgers.count("dispute") == 3
    assert ledgers.count("dispute", *november) == 2
    assert ledgers.count("dispute", *november, closed=True) == 1
    assert ledgers.count("dispute", *november, kind="家校之间") == 1
    assert [line["grade"] for line in ledgers.lines("dispute", *november)] == ["低", "中"]
    ledgers.void(other.uid, "登记错了")
    assert ledgers.count("dispute", *november) == 1


def test_a_ledger_is_used_once_a_line_stands_in_it_or_a_month_was_reported(ledgers, boiler):
    assert not ledgers.is_used("dispute")
    assert not ledgers.is_used("town_boiler")
    assert not ledgers.is_used("no_such_ledger")
    ledgers.months.report("dispute", "2026-11", is_zero=True, by="周海涛")
    boiler()
    assert ledgers.is_used("dispute")
    assert ledgers.is_used("town_boiler")
    assert ledgers.count("dispute") == 0


def test_undo_makes_a_new_line_void_and_gives_an_old_one_its_words_back(ledgers, boiler, store):
    line = boiler()
    ledgers.correct(line.uid, {"name": "改错了"})
    store.undo()
    assert ledgers.get(line.uid)["name"] == "一号锅炉"
    store.undo()
    assert ledgers.lines(BOILER) == []


def test_how_a_ledger_stands_tells_lines_open_ones_and_the_next_day(ledgers, boiler):
    boiler(next_date=date(2027, 1, 1))
    ended = boiler(next_date=date(2026, 1, 1))
    ledgers.close(ended.uid, {"stopped_on": TODAY})
    found = {one.form.id: one[1:4] for one in ledgers.standings()}
    assert found[BOILER] == (2, 1, date(2027, 1, 1))
    assert found["dispute"] == (0, 0, None)


# --- months -------------------------------------------------------------------------------------


def test_nothing_is_reported_as_nothing_only_where_there_is_nothing(ledgers, dispute):
    dispute()
    with pytest.raises(UserError, match="2026年11月登记了1件，不能零报告"):
        ledgers.months.report("dispute", "2026-11", is_zero=True, by="周海涛")
    ledgers.months.report("dispute", "2026-11", is_zero=False, by="周海涛")
    ledgers.months.report("dispute", "2026-10", is_zero=True, by="周海涛")
    with pytest.raises(UserError, match="已经报过了"):
        ledgers.months.report("dispute", "2026-11", is_zero=False, by="周海涛")
    states = {m.key: (str(m.state), m.lines) for m in ledgers.months.of("dispute", 2026)}
    assert states["2026-11"] == ("迟报", 1), "due by the 18th, reported on the 20th"
    assert states["2026-10"] == ("迟报", 0)
    assert states["2026-09"] == ("未到", 0), "not begun"
    assert states["2026-12"] == ("未到", 0)


def test_a_month_is_owed_from_the_day_after_its_last(ledgers, clock):
    clock.at = datetime(2026, 9, 18, 23)
    ledgers.months.report("dispute", "2026-09", is_zero=True, by="周海涛")
    clock.at = datetime(2026, 11, 18, 23)
    found = {m.key: str(m.state) for m in ledgers.months.of("dispute", 2026)}
    assert (found["2026-09"], found["2026-10"], found["2026-11"]) == ("零报告", "欠", "未到")
    clock.at = datetime(2026, 11, 19, 0)
    assert [m.key for m in ledgers.months.owed("dispute")] == ["2026-10", "2026-11"]


def test_nothing_is_owed_before_the_school_began_to_be_asked(store, forms, clock, dispute):
    dispute(found_on=date(2024, 3, 1))
    begun = LedgerRegister(store, forms.values(), now=clock, since=lambda: date(2026, 10, 12))
    assert [month.key for month in begun.months.owed("dispute")] == ["2026-10", "2026-11"]


def test_a_report_taken_back_can_be_made_again(ledgers):
    ledgers.months.report("dispute", "2026-11", is_zero=True, by="周海涛")
    ledgers.months.take_back("dispute", "2026-11", "登记错了")
    assert not ledgers.is_used("dispute")
    ledgers.months.report("dispute", "2026-11", is_zero=True, by="孙丽华")


@pytest.mark.parametrize("month", ["2026-13", "11月", "", "2027-01"])
def test_a_month_that_is_none_or_has_not_come_is_refused(ledgers, month):
    with pytest.raises(UserError):
        ledgers.months.report("dispute", month, is_zero=True, by="周海涛")


# --- who may see what ---------------------------------------------------------------------------


def test_sealed_and_private_blanks_are_kept_from_whom_they_do_not_concern(ledgers, boiler, store):
    line = boiler(secret="8848", phone="13812345678")
    seen = {}
    for role in Role:
        store.sitter = Sitter("某人", role)
        seen[role] = [(one["secret"], one["phone"]) for one in ledgers.lines(BOILER)]
        seen[role].append(ledgers.get(line.uid, opened=True)["secret"])
    masked, whole = "138****5678", "13812345678"
    assert seen[Role.DUTY] == [(None, masked), None]
    for role in (Role.OFFICER, Role.PRINCIPAL, Role.TEACHER):
        assert seen[role] == [(None, whole), "8848"]


def test_only_the_officer_writes(ledgers, boiler, store):
    line = boiler()
    for role in (Role.PRINCIPAL, Role.TEACHER, Role.DUTY):
        store.sitter = Sitter("某人", role)
        for act in (
            boiler,
            lambda: ledgers.correct(line.uid, {"name": "x"}),
            lambda: ledgers.close(line.uid, {"stopped_on": TODAY}),
            lambda: ledgers.reopen(line.uid),
            lambda: ledgers.void(line.uid, "登记错了"),
            lambda: ledgers.months.report("dispute", "2026-11", is_zero=True, by="x"),
        ):
            with pytest.raises(UserError, match="不能登记其他台账"):
                act()


def test_a_sealed_view_writes_the_look_down(ledgers, boiler, store):
    boiler(secret="8848")
    assert ledgers.views[BOILER]({})[0]["secret"] is None
    assert ledgers.views[f"{BOILER}_sealed"]({})[0]["secret"] == "8848"
    store.settle()
    assert store.actions(1)[0].label == "查看“锅炉台账”的保密栏"


def test_a_view_is_filtered_by_what_it_shows(ledgers, dispute):
    dispute()
    dispute(kind="学生之间")
    view = ledgers.views["dispute"]
    assert [row["kind"] for row in view({"kind": "学生之间"})] == ["学生之间"]
    assert len(view({"month": "2026-11", "status": "未化解"})) == 2
    with pytest.raises(UserError, match="没有“parties”这个筛选条件"):
        view({"parties": "王"})


def test_an_incident_cannot_be_known_before_it_happened(ledgers):
    said = {
        "known_at": NOW - timedelta(hours=3),
        "happened_at": NOW - timedelta(hours=2),
        "kind": "溺水",
        "grade": "未定",
        "site": "校外",
        "place": "河边",
        "what": "下水",
        "measures": "报警",
    }
    with pytest.raises(UserError, match="“知悉时间”不能早于“发生时间”"):
        ledgers.enter("incident", said)
    said["known_at"] = NOW - timedelta(hours=1)
    assert ledgers.enter("incident", said).number == "SJ-2026-0001"
