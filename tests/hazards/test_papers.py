"""What the ledger prints besides itself: the cards, the lists for above, the weekly sheets."""

from datetime import date, timedelta
from itertools import pairwise

import pypdfium2
import pytest

from app.core.desk import unlock
from app.core.paper import Context, print_paper
from app.hazards import Step
from app.hazards.papers.weeks import Course, Week, rolling, supervision
from app.house import House
from tests.core.paper.reading import text
from tests.hazards import test_page
from tests.hazards.conftest import TODAY, sign
from tests.hazards.test_page import labels, select_rows
from tests.terminal import PASSWORD, found_school
from tests.ui.look import look_at

MONDAY = date(2026, 3, 30)  # 1 April is the Wednesday of this week
CONTEXT = Context("青石镇中心小学")
saved_text = test_page.saved_text


def course(number="YH-2026-0001", **said):
    usual = {
        "place": "操场", "what": "单杠松动", "grade": "一般", "area": "操场", "owner": "王建国",
        "measures": "紧固", "found_on": MONDAY, "due_on": None, "fixed_on": None,
        "closed_on": None, "look_on": None, "step": Step.TREAT,
    }  # fmt: skip
    return Course(number=number, **(usual | said))


@pytest.fixture
def whole(hazards, report, take_to):
    """A ledger over five weeks: open and closed, old and new, of several grades and places."""
    for number in range(12):
        found = TODAY - timedelta(days=3 * number)
        made = report(
            found_on=found,
            grade=("一般", "较大", "重大")[number % 3],
            area=("操场", "食堂", None)[number % 3],
            owner=("王建国", "李敏", None)[number % 3],
            due_on=found + timedelta(days=5),
        )
        if number % 2:
            take_to(made.uid, None if number % 4 == 1 else Step.ACCEPT)
    return hazards


def test_the_flow_card_marks_the_step_that_waits_and_keeps_every_round(
    hazards, papers, report, take_to
):
    uid = report().uid
    take_to(uid, Step.ACCEPT)
    sign(hazards, uid, Step.ACCEPT, verdict="不合格", words="焊点还裂着。")
    sign(hazards, uid, Step.TREAT, words="重新焊过。")
    (row,) = hazards.views["flow"]({"number": "YH-2026-0001"})
    waits = [step for step in Step if row[f"{step.name.lower()}_waits"]]
    assert waits == [Step.ACCEPT]
    assert row["find_words"] == "扶手松动，两处焊点开裂"
    assert row["treat_words"].split("\n") == [
        "第1轮（王建国，4月1日）：焊点已加固。",
        "重新焊过。",
    ]
    assert row["accept_words"] == "第1轮（刘玉兰，4月1日）：不合格。焊点还裂着。"
    assert (row["treat_by"], row["accept_by"], row["close_on"]) == ("王建国", None, None)

    printed = print_paper(papers["hazard_flow"], [row], CONTEXT)
    said = text(printed)
    assert printed.pages == 1
    assert "▶⑦ 验收" in said and said.count("▶") == 2, "the step, and the note that explains it"
    assert "YH-2026-0001" in said


def test_a_closed_hazard_waits_for_nothing(hazards, report, take_to):
    take_to(report().uid, None)
    (row,) = hazards.views["flow"]({"status": "已销账"})
    assert not any(row[f"{step.name.lower()}_waits"] for step in Step)
    assert hazards.views["flow"]({}) == [], "without a condition the open ones are printed"


def test_what_was_signed_beside_the_steps_stands_on_the_card(hazards, report, take_to):
    uid = report().uid
    take_to(uid, Step.ACCEPT)
    hazards.sides.hand_back(uid, by="李敏", on=TODAY, words="焊点没有补完。")
    (row,) = hazards.views["flow"]({"number": "YH-2026-0001"})
    assert row["asides"] == "退回（李敏，4月1日）：焊点没有补完。"
    assert row["treat_waits"] and row["treat_by"] is None


def test_the_inspection_sheet_shows_this_round_only(hazards, report, take_to):
    uid = report().uid
    take_to(uid, Step.ACCEPT)
    view = hazards.views["acceptance"]
    (row,) = view({})
    assert (row["done_by"], row["done_words"], row["ending"]) == ("王建国", "焊点已加固。", None)

    sign(hazards, uid, Step.ACCEPT, verdict="不合格", words="焊点还裂着。")
    assert view({}) == []
    (row,) = view({"number": "YH-2026-0001"})
    assert (row["done_words"], row["done_by"], row["checked_by"]) == (None, None, None)
    assert (row["round"], row["failed"]) == (
        "第2轮",
        "第1轮（刘玉兰，4月1日）：不合格。焊点还裂着。",
    )

    take_to(uid, None)
    (row,) = view({"number": "YH-2026-0001"})
    assert (row["ending"], row["checked_by"]) == ("合格，同意销账", "刘玉兰")


def test_a_grave_hazard_is_reported_with_what_is_known_and_blanks_for_the_rest(
    hazards, papers, report, take_to
):
    report()
    uid = report(grade="重大", place="配电室", what="线路裸露").uid
    take_to(uid, Step.REPORT)
    sign(hazards, uid, Step.REPORT, facts={"to": "中心学校", "how": "电话"})
    take_to(uid, Step.TREAT)
    (row,) = hazards.views["report"]({})
    assert (row["name"], row["reported_to"]) == ("配电室：校舍建筑", "中心学校")
    printed = print_paper(papers["hazard_report"], [row], CONTEXT)
    assert printed.pages == 1
    said = text(printed)
    assert "线路裸露" in said and "■电话" in said and "判定依据" in said


def test_the_list_for_above_names_nobody_who_found_it(hazards, papers, report, take_to):
    report(found_by="欧阳小满", remark="内部备注")
    take_to(report(place="食堂").uid, None)
    rows = hazards.views["self_check"]({})
    assert [row["outcome"] for row in rows] == [
        "正在整改",
        "2026-04-01完成整改，2026-04-01销账。焊点已加固。",
    ]
    said = text(print_paper(papers["hazard_self_check"], rows, CONTEXT))
    assert "欧阳小满" not in said and "内部备注" not in said
    assert papers["hazard_self_check"].level == "上报"


def test_a_school_puts_the_platforms_columns_in_another_order(hazards, papers, report):
    from dataclasses import replace

    report(source="上级督导")
    rows = hazards.views["platform"]({})
    shipped = papers["platform"]
    assert "□" in text(print_paper(shipped, rows, CONTEXT))
    columns = shipped.columns[::-1]
    own = replace(shipped, columns=(replace(columns[0], key="source", label="来源"), *columns[1:]))
    assert "上级督导" in text(print_paper(own, rows, CONTEXT)).replace("\r\n", "").replace("\n", "")


def test_the_weeks_hang_together_and_agree_with_the_ledger_to_the_unit(whole):
    days = [TODAY - timedelta(days=7 * n) for n in range(6, -1, -1)]
    sheets = [whole.views["rolling"]({"week": day.isoformat()}) for day in days]
    for sheet in sheets:
        for row in sheet:
            assert row["opening"] + row["added"] - row["closed"] == row["closing"], row
        for key in ("opening", "added", "closed", "closing", "late"):
            total = sheet[0][key]
            for part in ("按等级", "按所在区域"):
                assert sum(row[key] for row in sheet if row["part"] == part) == total
    for before, after in pairwise(sheets):
        assert before[0]["closing"] == after[0]["opening"]
    lines = whole.lines()
    now = whole.views["rolling"]({})[0]
    assert now["closing"] == sum(line.is_open for line in lines)
    assert now["late"] == len(whole.late())
    assert sum(sheet[0]["added"] for sheet in sheets) == len(lines)


def test_the_supervision_sheet_counts_what_the_ledger_counts(whole):
    rows = whole.views["supervision"]({})
    assert len(rows) == sum(line.is_open for line in whole.lines()) == rows[0]["open"]
    assert {r["number"] for r in rows if r["state"] == "逾期"} == {x.number for x in whole.late()}
    row = rows[0]
    assert row["open"] == sum(row[key] for key in ("late", "now", "next", "fixed", "rest"))
    owners = [r["owner"] for r in rows]
    assert len(set(owners)) == sum(a != b for a, b in pairwise([None, *owners])), "together"


@pytest.mark.parametrize(
    ("said", "day", "state"),
    [
        ({"due_on": TODAY}, TODAY, "本周到期"),
        ({"due_on": TODAY - timedelta(days=1)}, TODAY, "逾期"),
        ({"due_on": MONDAY + timedelta(days=6)}, TODAY, "本周到期"),
        ({"due_on": MONDAY + timedelta(days=7)}, TODAY, "下周到期"),
        ({"due_on": MONDAY + timedelta(days=13)}, TODAY, "下周到期"),
        ({"due_on": MONDAY + timedelta(days=14)}, TODAY, "办理中"),
        ({"due_on": MONDAY, "step": Step.ACCEPT, "fixed_on": TODAY}, TODAY, "已整改，等验收销账"),
        ({"due_on": MONDAY, "look_on": MONDAY + timedelta(days=20)}, TODAY, "复看日未到"),
        ({"due_on": MONDAY, "fixed_on": TODAY, "closed_on": TODAY, "step": None},
         MONDAY + timedelta(days=1), "逾期"),
    ],
)  # fmt: skip
def test_a_hazard_stands_at_a_weeks_end_as_its_days_say(said, day, state):
    today = TODAY if day == TODAY else TODAY + timedelta(days=20)
    moved = course(found_on=date(2026, 3, 2), **said)
    if day == TODAY:
        (row,) = supervision([moved], Week.of(day), today)
        assert row["state"] == state
    else:
        assert moved.is_late(day, today)
        assert not moved.is_open(TODAY, today)


@pytest.mark.parametrize(
    ("found", "closed", "counts"),
    [  # 期初, 新增, 销账, 期末 of the week from 30 March to 5 April, asked for in May
        (date(2026, 3, 29), None, (1, 0, 0, 1)),
        (date(2026, 3, 30), None, (0, 1, 0, 1)),
        (date(2026, 4, 5), None, (0, 1, 0, 1)),
        (date(2026, 4, 6), None, (0, 0, 0, 0)),
        (date(2026, 3, 9), date(2026, 3, 29), (0, 0, 0, 0)),
        (date(2026, 3, 9), date(2026, 3, 30), (1, 0, 1, 0)),
        (date(2026, 3, 9), date(2026, 4, 5), (1, 0, 1, 0)),
        (date(2026, 3, 9), date(2026, 4, 6), (1, 0, 0, 1)),
        (date(2026, 4, 1), date(2026, 4, 1), (0, 1, 1, 0)),
    ],
)
def test_a_hazard_comes_and_goes_in_the_week_of_its_days(found, closed, counts):
    moved = course(found_on=found, closed_on=closed, step=None if closed else Step.TREAT)
    total = rolling([moved], Week.of(TODAY), date(2026, 5, 20))[0]
    assert tuple(total[key] for key in ("opening", "added", "closed", "closing")) == counts


def test_old_accounts_without_days_keep_the_sums_even():
    today = TODAY
    odd = [
        course(found_on=TODAY + timedelta(days=300)),  # a wrong year in the old ledger
        course(step=None, found_on=date(2026, 3, 2)),  # closed, nobody wrote when
        course(step=None, closed_on=date(2026, 2, 1), found_on=date(2026, 3, 2)),
    ]
    for week in (Week.of(date(2026, 3, 2)), Week.of(today)):
        total = rolling(odd, week, today)[0]
        assert total["opening"] + total["added"] - total["closed"] == total["closing"]
    assert rolling(odd, Week.of(today), today)[0]["closing"] == 1


@pytest.mark.parametrize("said", ["没有这天", "2026-13-01", "2099-01-01"])
def test_a_week_that_is_none_or_has_not_begun_has_no_sheet(whole, said):
    assert whole.views["rolling"]({"week": said}) == []
    assert whole.views["supervision"]({"week": said}) == []


def test_a_week_over_new_year_says_both_years():
    assert Week.of(date(2026, 1, 1)).words == "2025年12月29日（周一）至2026年1月4日（周日）"


def test_chosen_hazards_are_printed_as_cards(user, page, store, report, saved_text):
    one, two = report(), report(place="锅炉房")
    report(place="图书室")
    select_rows(user.opens(page()), one.uid, two.uid)
    user.picks("打印", "八步流转单")
    said = saved_text()
    assert "锅炉房" in said and "▶③ 评估" in said and "图书室" not in said
    assert "存为PDF：安全隐患八步流转单" in labels(store)


@pytest.mark.parametrize("entry", ["自查隐患清单（上报）", "上级平台录入对照表"])
def test_a_list_for_above_is_printed_as_it_is_filtered(
    user,
    page,
    report,
    saved_text,
    entry,
):
    report(place="操场")
    report(place="锅炉房", grade="重大")
    user.opens(page())
    user.clicks("重大")
    user.picks("打印", entry)
    said = saved_text()
    assert "锅炉房" in said and "操场" not in said


@pytest.mark.parametrize(
    ("entry", "part"), [("周滚动表…", "合计"), ("督办周报…", "未销账1条：逾期0条")]
)
def test_a_weeks_sheet_is_printed_after_one_question(
    user,
    page,
    report,
    saved_text,
    entry,
    part,
):
    report(found_on=date(2026, 3, 23))
    user.opens(page())
    user.picks("打印", entry)
    user.fills("哪一周", "上周　2026年3月23日至3月29日")
    user.clicks("预览")
    said = saved_text()
    assert "2026年3月23日（周一）至3月29日（周日）" in said
    assert part in said


def test_a_week_with_nothing_open_is_said_instead_of_printed(user, page, report):
    report()
    user.opens(page())
    user.picks("打印", "督办周报…")
    user.fills("哪一周", "上周　2026年3月23日至3月29日")
    user.clicks("预览")
    assert user.sees("这一周末没有未销账的隐患，不用督办。")


def test_without_a_chosen_hazard_no_card_is_printed(user, page):
    user.opens(page())
    user.picks("打印", "复查验收单")
    assert user.sees("请先在列表里选一条隐患。")


def test_the_dialog_that_asks_for_a_week_is_whole_in_any_size(user, page, report):
    report()
    user.opens(page())
    user.picks("打印", "周滚动表…")
    assert look_at(user.front(), "选一周", width=0) == []


def test_every_paper_is_printed_by_command(tmp_path):
    desk = found_school(tmp_path / "校安台数据")
    opened = unlock(desk.paths, desk.user, PASSWORD)
    hazards = House(opened.store, opened.paths).hazards
    said = {"found_by": "张老师", "category": "校舍建筑", "what": "扶手松动", "grade": "重大"}
    for day in (2, 9):
        hazards.report(found_on=date(2026, 3, day), place="操场", **said)
    opened.close()
    for paper, where, pages in (
        ("hazard_flow", "number=YH-2026-0002", 1),
        ("hazard_flow", "grade=重大", 2),
        ("hazard_acceptance", "number=YH-2026-0001", 1),
        ("hazard_report", "year=2026", 2),
        ("hazard_self_check", "grade=重大", 1),
        ("platform", "status=逾期", 1),
        ("hazard_rolling", "week=2026-03-11", 1),
        ("hazard_supervision", "week=2026-03-11", 1),
    ):
        out = tmp_path / f"{paper}_{pages}.pdf"
        told = desk.says("print", paper, "--where", where, "--out", out)
        assert told == {"pages": pages}, paper
    for where in ("week=昨天吧", "number=YH-2026-0099"):
        paper = "hazard_rolling" if where.startswith("week") else "hazard_flow"
        assert desk.is_refused("print", paper, "--where", where, "--out", tmp_path / "无.pdf")
    with pypdfium2.PdfDocument(tmp_path / "hazard_rolling_1.pdf") as pdf:
        said_there = pdf[0].get_textpage().get_text_range()
    assert "2026年3月9日（周一）至3月15日（周日）" in said_there
