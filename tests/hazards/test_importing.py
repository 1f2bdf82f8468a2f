import json
from datetime import date
from pathlib import Path

import pytest
from openpyxl import Workbook

from app.core.errors import UserError
from app.core.imports import Fate
from app.core.roles import Role, Sitter
from app.core.sheets import read_book
from app.hazards import Step, plan_hazards
from app.hazards.importing import DONE, KEEP
from tests.hazards.conftest import sign

DATA = Path(__file__).parents[1] / "data"
HEADER = (
    "排查时间",
    "隐患类别",
    "隐患部位",
    "隐患内容",
    "隐患等级",
    "责任人",
    "整改时限",
    "整改情况",
)
OPEN = (
    "2026.3.1",
    "消防安全",
    "食堂后院",
    "消火栓无供水",
    "重大",
    "刘老师",
    "2026-04-20",
    "整改中",
)
CLOSED = ("2026.3.2", "消防安全", "教学楼", "应急灯不亮", "一般", "李老师", "2026-03-09",
          "已于2026-03-08整改完毕")  # fmt: skip


@pytest.fixture(scope="module")
def sample():
    return read_book(DATA / "隐患台账_旧表_青石镇中心小学.xlsx")


@pytest.fixture
def book(tmp_path):
    """Make a spreadsheet of these lines below the usual header, and read it for real."""

    def book(*lines, header=HEADER):
        made = Workbook()
        for line in (("安全隐患台账",), header, *lines):
            made.active.append(line)
        made.save(tmp_path / "旧台账.xlsx")
        return read_book(tmp_path / "旧台账.xlsx")

    return book


@pytest.fixture
def bring_in(hazards):
    def bring_in(book, **said):
        plan = plan_hazards(hazards, book, **said)
        hazards.carry_out(plan)
        return plan

    return bring_in


def fates(plan):
    return {str(fate): plan.count(fate) for fate in Fate if plan.count(fate)}


def test_the_sample_ledger_comes_in_as_the_truth_says(hazards, bring_in, sample):
    truth = json.loads((DATA / "truth.json").read_text(encoding="utf-8"))["hazards"]
    assert fates(bring_in(sample)) == {"新增": len(truth)}

    def told(row):
        return (row["found"], row["place"], row["what"], row["level"], row["owner"], row["due"],
                row["done"], row["area"])  # fmt: skip

    def read(row):
        days = [row[key] and row[key].isoformat() for key in ("found_on", "due_on", "fixed_on")]
        return (days[0], row["place"], row["what"], row["grade"], row["owner"], days[1], days[2],
                row["category"])  # fmt: skip

    rows = hazards.views["list"]({})
    assert sorted(map(str, map(read, rows))) == sorted(map(str, map(told, truth)))
    closed = [row for row in rows if row["status"] == "已销账"]
    assert len(closed) == sum(row["done"] is not None for row in truth)
    assert {row["status"] for row in rows if row not in closed} == {"治理中"}


def test_the_same_file_twice_changes_nothing(store, hazards, bring_in, sample):
    bring_in(sample)
    before = hazards.views["list"]({})
    assert fates(bring_in(sample)) == {"不变": len(before)}
    assert hazards.views["list"]({}) == before
    assert store.undo() == "导入旧隐患台账"
    assert hazards.views["list"]({}) == []


def test_one_undo_takes_it_back_and_it_can_come_in_again(store, hazards, bring_in, sample):
    first = bring_in(sample)
    store.undo()
    assert fates(bring_in(sample)) == fates(first)


def test_our_words_are_offered_and_the_schools_own_are_kept(hazards, bring_in, sample):
    questions = {q.key: q for q in plan_hazards(hazards, sample).questions}
    traffic = questions["隐患类别：交通与校车"]
    assert traffic.options[:2] == ("校车与交通", KEEP)
    assert "消防安全" in traffic.options and "（9条）" in traffic.text
    assert "隐患类别：消防安全" not in questions

    bring_in(sample, answers={traffic.key: "校车与交通", "隐患类别：防溺水": KEEP})
    categories = {row["category"] for row in hazards.views["list"]({})}
    assert {"校车与交通", "防溺水"} <= categories
    assert "交通与校车" not in categories
    line = next(line for line in hazards.lines() if line.category == "校车与交通")
    assert hazards.get(line.uid).own_words["隐患类别"] == "交通与校车"


def test_a_word_may_be_mapped_by_a_second_import(hazards, bring_in, sample):
    bring_in(sample)
    plan = bring_in(sample, answers={"隐患类别：交通与校车": "校车与交通"})
    assert fates(plan) == {"更新": 9, "不变": 77}
    assert plan.lines[0].changes == (("隐患类别", "交通与校车", "校车与交通"),)


def test_open_ones_stand_at_work_and_closed_ones_invent_nothing(hazards, bring_in, book):
    bring_in(book(OPEN, CLOSED))
    opened, closed = hazards.lines()
    assert (opened.step, opened.is_old, str(opened.status)) == (Step.TREAT, True, "治理中")
    done = hazards.get(closed.uid)
    assert (done.step, done.fixed_on, done.closed_on) == (None, date(2026, 3, 8), None)
    assert (done.result, done.accepted_by, done.found_by) == ("已于2026-03-08整改完毕", None, None)
    assert hazards.steps(opened.uid) == hazards.steps(closed.uid) == []
    remarks = [row["remark"] for row in hazards.views["ledger"]({})]
    assert remarks == ["旧账", "旧账"]


def test_an_old_hazard_is_free_of_the_three_fields_until_it_is_treated(hazards, bring_in, book):
    bring_in(book((*OPEN[:5], None, None, "整改中")))
    (line,) = hazards.lines()
    assert str(line.status) == "治理中"
    hazards.correct(line.uid, place="食堂前院")
    with pytest.raises(UserError, match="“整改措施”没有填；“责任人”没有填；“整改时限”没有填"):
        sign(hazards, line.uid, Step.TREAT, measures=None, owner=None, due_on=None)
    sign(hazards, line.uid, Step.TREAT)
    assert hazards.get(line.uid).step == "验收"


def test_lines_that_repeat_are_findings_of_their_own(hazards, bring_in, book):
    twice = book(OPEN, OPEN)
    assert fates(bring_in(twice)) == {"新增": 2}
    assert fates(bring_in(twice)) == {"不变": 2}
    assert fates(bring_in(book(OPEN, OPEN, OPEN))) == {"不变": 2, "新增": 1}


def test_a_newer_ledger_closes_what_was_open_and_a_blank_erases_nothing(hazards, bring_in, book):
    bring_in(book(OPEN))
    newer = (*OPEN[:5], None, "2026-04-25", "已于2026-03-30整改完毕")
    plan = bring_in(book(newer))
    assert fates(plan) == {"更新": 1}
    assert ("整改时限", "2026年4月20日", "2026年4月25日") in plan.lines[0].changes
    (line,) = hazards.lines()
    assert (line.owner, line.fixed_on, line.step) == ("刘老师", date(2026, 3, 30), None)


def test_what_was_handled_here_is_not_overwritten(hazards, bring_in, book):
    bring_in(book(OPEN))
    (line,) = hazards.lines()
    sign(hazards, line.uid, Step.TREAT)
    plan = bring_in(book((*OPEN[:7], "未整改")))
    assert fates(plan) == {"不变": 1}
    assert "已在校安台里办理过" in plan.problems[0].message
    assert hazards.get(line.uid).step == "验收"


def test_what_was_corrected_here_stays_when_the_same_file_comes_again(hazards, bring_in, book):
    bring_in(book(CLOSED))
    (line,) = hazards.lines()
    hazards.correct(line.uid, place="教学楼一楼", measures="换灯")
    assert fates(bring_in(book(CLOSED))) == {"不变": 1}
    assert hazards.get(line.uid).place == "教学楼一楼"


def test_what_was_voided_here_does_not_come_back(hazards, bring_in, book):
    bring_in(book(OPEN))
    hazards.void(hazards.lines()[0].uid, "核实后不是隐患")
    assert fates(bring_in(book(OPEN))) == {"不变": 1}
    assert hazards.lines() == []


@pytest.mark.parametrize(
    "day", ["2026.3.1", "2026-3-1", "20260301", "2026年3月1日", date(2026, 3, 1), 46082]
)
def test_a_day_is_read_in_every_shape(hazards, bring_in, book, day):
    bring_in(book((day, *OPEN[1:])))
    assert hazards.lines()[0].found_on == date(2026, 3, 1)


def test_only_a_line_without_a_day_or_words_is_refused_and_named(hazards, book):
    plan = plan_hazards(
        hazards,
        book(
            ("去年秋天", *OPEN[1:]),
            (None, *OPEN[1:]),
            (*OPEN[:3], None, *OPEN[4:]),
            (OPEN[0], None, None, "消火栓无供水"),
            (*OPEN[:6], "长期", "整改中"),
        ),
    )
    assert [line.fate for line in plan.lines] == [Fate.REFUSED] * 3 + [Fate.ADDED] * 2
    assert [str(problem) for problem in plan.problems] == [
        "Sheet·第3行·排查时间·去年秋天：不是日期，这一行不收。",
        "Sheet·第4行·排查时间：没有写排查时间，这一行不收，请补上再导入。",
        "Sheet·第5行·隐患内容：没有写隐患内容，这一行不收。",
        "Sheet·第7行·整改时限·长期：不是日期，先空着，原话照样留着。",
    ]
    assert plan.lines[4].values["own_words"]["整改时限"] == "长期"


def test_days_that_cannot_be_are_named_and_kept(hazards, book):
    late = ("2026-5-1", *OPEN[1:6], "2026-4-1", "已于2026-03-08整改完毕")
    plan = plan_hazards(hazards, book(late))
    assert fates(plan) == {"新增": 1}
    assert [(p.column, p.message[:6]) for p in plan.problems] == [
        ("排查时间", "晚于今天，照"),
        ("整改时限", "早于排查时间"),
        ("完成时间", "早于排查时间"),
    ]


def test_whether_it_is_done_is_asked_where_nobody_can_tell(hazards, bring_in, book):
    told = book((*OPEN[:7], "已报镇里"))
    (question,) = plan_hazards(hazards, told).questions
    assert "已报镇里" in question.text and question.options[1] == DONE
    bring_in(told, answers={question.key: DONE})
    assert str(hazards.lines()[0].status) == "已销账"


def test_columns_are_known_by_their_meaning(hazards, bring_in, book):
    header = (
        "检查日期",
        "存在的问题",
        "地点",
        "级别",
        "整改责任人",
        "完成期限",
        "完成情况",
        "复查人",
        "备注",
    )
    line = (
        "2026/3/5",
        "护栏松动",
        "二楼走廊",
        "Ⅱ级",
        "王老师",
        "2026-3-20",
        "已完成",
        "李校长",
        "已拍照",
    )
    plan = bring_in(book(line, header=header), answers={"隐患等级：Ⅱ级": "较大"})
    (found,) = hazards.lines()
    hazard = hazards.get(found.uid)
    assert (hazard.what, hazard.place, hazard.grade) == ("护栏松动", "二楼走廊", "较大")
    assert (hazard.owner, hazard.due_on) == ("王老师", date(2026, 3, 20))
    assert (hazard.accepted_by, hazard.remark, hazard.step) == ("李校长", "已拍照", None)
    assert plan.spare == []


def test_a_column_may_be_named_by_the_user(hazards, bring_in, book):
    header = ("排查时间", "情形", "隐患部位")
    bring_in(book(("2026-3-5", "护栏松动", "走廊"), header=header), mapping={"情形": "what"})
    assert hazards.lines()[0].what == "护栏松动"


def test_only_who_may_import_does(store, hazards, book):
    plan = plan_hazards(hazards, book(OPEN))
    store.sitter = Sitter("李敏", Role.DUTY)
    with pytest.raises(UserError, match="不能导入名册和台账"):
        hazards.carry_out(plan)


RICH = (*HEADER, "完成时间", "销账时间", "责任部门", "所需资金（元）", "需上级投入", "可能后果")


def test_what_few_ledgers_say_comes_in_where_a_column_matches(hazards, bring_in, book):
    plan = bring_in(
        book((*CLOSED, None, None, "总务处", "1.2万元", "√", "绊倒"), header=RICH),
    )
    assert plan.problems == []
    (line,) = hazards.lines()
    kept = hazards.get(line.uid)
    assert (kept.department, kept.cost, kept.needs_above, kept.consequence) == (
        "总务处",
        12000,
        True,
        "绊倒",
    )


def test_a_sum_nobody_can_read_stays_in_its_own_words(hazards, bring_in, book):
    plan = bring_in(book((*CLOSED, None, None, None, "约五千", "看情况"), header=RICH[:-1]))
    assert [(p.column, p.value) for p in plan.problems] == [
        ("所需资金（元）", "约五千"),
        ("需上级投入", "看情况"),
    ]
    (line,) = hazards.lines()
    kept = hazards.get(line.uid)
    assert (kept.cost, kept.needs_above) == (None, None)
    assert kept.own_words["所需资金"] == "约五千"


def test_a_closing_day_of_what_is_not_done_is_named_and_not_taken(hazards, bring_in, book):
    plan = bring_in(book((*OPEN, "2026-03-08", "2026-03-09"), header=RICH[:10]))
    assert [p.column for p in plan.problems] == ["完成时间", "销账时间"]
    assert "按没有整改完收下" in plan.problems[0].message
    (line,) = hazards.lines()
    assert (line.step, line.fixed_on, line.closed_on) == (Step.TREAT, None, None)


def test_closing_days_that_contradict_each_other_come_in_and_are_named(hazards, bring_in, book):
    closed = (*CLOSED[:-1], "已整改", "2026-03-09", "2026-03-02")
    plan = bring_in(book(closed, header=RICH[:10]))
    assert [(p.column, p.message) for p in plan.problems] == [
        ("销账时间", "早于完成时间，照原样收下，请核对。")
    ]
    (line,) = hazards.lines()
    assert (line.fixed_on, line.closed_on) == (date(2026, 3, 9), date(2026, 3, 2))
