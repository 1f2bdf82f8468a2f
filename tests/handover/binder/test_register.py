from dataclasses import replace
from datetime import date

import pytest

from app.core.errors import UserError
from app.handover.binder.register import Wanted
from app.handover.binder.rules import Days
from tests.handover.binder.conftest import YEAR, outline, texts

LETTERS = {"emergency.incident_report": "关于体育活动事件的报告"}  # headed by what happened


def parts_of(bound):
    return {part.key: part for part in bound.parts}


def test_every_sheet_carries_its_number_in_the_whole(bound, sheets):
    assert len(sheets) == bound.pages > 100
    for number, text in enumerate(sheets, start=1):
        assert f"全册第{number}页" in text
        assert f"共{bound.pages}页" in text


def test_the_contents_name_the_sheet_each_paper_begins_on(bound, sheets):
    contents = "".join(sheets[1:6])
    for part in bound.parts:
        if part.page and part.level:
            assert part.title in contents
            own = sheets[part.page - 1].replace("\r\n", "")
            title = LETTERS.get(part.key, part.title.split("（")[0])
            assert title in own, part.title


def test_the_bookmarks_lead_to_the_headings_and_the_papers_behind_them(bound):
    wanted = [("目录", 0, 2)]
    for part in bound.parts:
        if part.level == 0:
            wanted.append((f"{part.number}　{part.title}", 0, part.page))
        elif part.page:
            wanted.append((part.title, 1, part.page))
    assert outline(bound.data) == wanted


def test_what_is_empty_is_named_with_the_reason_and_has_no_sheet(bound, sheets):
    parts = parts_of(bound)
    clues = parts["hazards.bully"]
    assert (clues.page, clues.lines, clues.why) == (0, 0, "还没有开始登记")
    assert parts["running.gate_alarm"].why == "学校没有一键报警，没有这本账"
    assert parts["records.report_yearly"].why == "这段时间没有登记"
    front = sheets[parts["hazards"].page - 1]
    assert "学生欺凌排查台账" in front
    assert "还没有开始登记" in front


def test_a_line_is_bound_with_the_days_it_belongs_to(full):
    october = full.binder.make(Wanted(Days(date(2026, 10, 1), date(2026, 10, 31))))
    parts = parts_of(october)
    rows = full.view("education.list")({})
    wanted = [row for row in rows if date(2026, 10, 1) <= row["held_on"] <= date(2026, 10, 31)]
    assert 0 < parts["teaching.education_ledger"].lines == len(wanted) < len(rows)
    hazards = full.view("hazards.ledger")({})
    standing = [
        row
        for row in hazards
        if row["found_on"] <= date(2026, 10, 31)
        and (row["ended_on"] is None or row["ended_on"] >= date(2026, 10, 1))
    ]
    assert 0 < parts["hazards.hazard_ledger"].lines == len(standing) < len(hazards)


def test_a_binder_over_an_empty_year_names_each_heading_and_why(empty):
    bound = empty.binder.make(Wanted(Days(date(2019, 1, 1), date(2019, 12, 31))))
    heads = [part for part in bound.parts if part.level == 0]
    assert [head.title for head in heads] == [
        *("组织架构", "操作流程", "管理制度", "隐患排查整治", "安全教育", "应急处置", "安全档案")
    ]
    assert all(part.why for part in bound.parts if part.level and not part.lines)
    assert all(head.page for head in heads)
    assert "隐患排查整治" in texts(bound.data)[0]


def test_sheets_of_numbers_are_not_bound_where_there_was_nothing_to_count(empty):
    parts = parts_of(empty.binder.make(Wanted(YEAR)))
    for key in (
        "hazards.hazard_charts",
        "hazards.hazard_rolling",
        "teaching.education_totals",
        "emergency.drill_figures",
    ):
        assert (parts[key].page, parts[key].why) == (0, "这段时间没有登记"), key
    assert parts["rules.privacy_check"].page == 0  # a list nobody has answered yet is no check


def test_a_drill_still_to_come_has_no_record(full, bound):
    parts = parts_of(bound)
    drills = [row for row in full.view("doing.record")({}) if row["on"] >= YEAR.first]
    held = [row for row in drills if row["status"] == "已完成"]
    assert parts["emergency.drill_record"].lines == len(held) < len(drills)
    assert parts["emergency.drill_plan"].lines == len(drills)


def test_days_and_levels_that_cannot_be_make_nothing(empty):
    late, early = date(2026, 9, 1), date(2026, 8, 1)
    for wanted, word in (
        (Wanted(Days(late, early)), "之后"),
        (Wanted(Days(date(2000, 1, 1), late)), "十年"),
        (Wanted(YEAR, "公开"), "公开"),
    ):
        with pytest.raises(UserError) as error:
            empty.binder.make(wanted)
        assert word in error.value.what
    assert empty.binder.last() is None


def test_a_binder_that_is_stopped_leaves_nothing_behind(empty):
    class StopError(Exception):
        pass

    def tick(done, total, what):
        assert 0 <= done <= total
        if done == 5:
            raise StopError

    with pytest.raises(StopError):
        empty.binder.make(Wanted(YEAR), tick)
    assert empty.binder.last() is None


def test_a_binder_for_above_names_no_pupil_and_holds_what_may_leave_alone(full):
    bound = full.binder.make(Wanted(YEAR, "上报"))
    parts = parts_of(bound)
    assert parts["hazards.hazard_ledger"].why == "只在校内看，上报的册子不装"
    assert parts["hazards.hazard_self_check"].page > 0
    disputes = parts["hazards.dispute"]
    assert disputes.lines > 0
    sheets = texts(bound.data)
    whole = "".join(sheets).replace("\r\n", "")
    staff = {person.name for person in full.staff.all()}
    pupils = full.students.pupils()
    names = {name for one in pupils for name in (one.name, one.guardian1, one.guardian2) if name}
    assert [name for name in names - staff if len(name) > 1 and name in whole] == []
    phones = {one.phone1 for one in pupils} | {one.phone2 for one in pupils}
    phones |= {person.phone for person in full.staff.all()}
    assert [phone for phone in phones if phone and phone in whole] == []
    ledger = sheets[disputes.page - 1].replace("\r\n", "")
    assert "矛盾纠纷排查台账" in ledger
    assert "基本情况" not in ledger
    assert all(row["what"] not in ledger for row in full.view("ledgers.dispute")({}))


def test_the_school_s_own_ledger_is_bound_too(empty):
    form = replace(empty.forms["warning"], id="own_book", title="防火林带巡护台账", number="FH")
    empty.ledgers.take_in(form)
    homes = {entry.title: group.id for group in empty.binder.headings() for entry in group.entries}
    assert homes["防火林带巡护台账"] == "hazards"
    assert empty.binder.make(Wanted(YEAR)).parts
