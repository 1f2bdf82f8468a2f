"""What stands beside the eight steps, as a person does it on the page."""

from datetime import date

import pytest
from PySide6.QtWidgets import QApplication

from app.core.roles import Role, Sitter
from app.hazards import Step
from app.ui import theme
from tests.hazards.conftest import TODAY
from tests.ui.look import faults, grab, look_at

SHELF = {
    "指定专人": "李敏",
    "下次复看日": "2026-4-20",
    "临时防控措施": "封闭东楼梯，课间看守",
    "研判会日期": "2026-3-31",
    "研判会怎么定的": "等县里维修款，先挂账",
    "决定人": "刘玉兰",
    "挂账日期": "今天",
}


def fill(user, blanks):
    for label, value in blanks.items():
        user.fills(label, value)


def test_a_hazard_is_put_on_record_looked_at_and_taken_off(user, hazards, page, report):
    uid = report().uid
    made = user.opens(page())
    user.picks("更多", "挂账")
    fill(user, SHELF | {"研判会怎么定的": ""})
    user.clicks("保存")
    assert user.reads("message") == "“研判会怎么定的”没有填。"
    user.fills("研判会怎么定的", "等县里维修款，先挂账")
    user.clicks("保存")
    (row,) = user.reads_table()
    assert (row[0], row[4], row[5]) == ("挂账", "李敏", "04-20")
    assert [chip.number() for chip in made.filters.chips] == [1, 0, 0, 0, 1]
    for word in ("封闭东楼梯，课间看守", "研判会2026年3月31日"):
        assert user.sees(word), word
    assert not user.sees_button("填评估意见")

    user.clicks("复看")
    fill(user, {"复看人": "李敏", "复看日期": "今天", "下次复看日": "2026-5-8"})
    user.clicks("保存")
    assert user.reads_table()[0][5] == "05-08"
    user.clicks("解除挂账")
    fill(user, {"决定人": "刘玉兰", "解除日期": "今天", "新的整改时限": "2026-5-20"})
    user.clicks("保存")
    assert user.reads_table()[0][0] == "待评估"
    assert hazards.get(uid).due_on == date(2026, 5, 20)


def test_the_meeting_that_decided_it_is_chosen_and_fills_in_its_day_and_words(
    user, hazards, page, report
):
    held = ("HY-2026-0003 月研判会", date(2026, 3, 30), "围墙加固等县里拨款")
    hazards.sides.meetings = lambda: [held]
    uid = report().uid
    user.opens(page())
    user.picks("更多", "挂账")
    user.fills("从登记过的会议里选", "2026-03-30 HY-2026-0003 月研判会")
    assert user.reads_blank("研判会日期") == "2026年3月30日 星期一"
    told = "HY-2026-0003 月研判会：围墙加固等县里拨款"
    assert user.reads_blank("研判会怎么定的") == told
    kept = ("研判会日期", "研判会怎么定的")
    fill(user, {key: value for key, value in SHELF.items() if key not in kept})
    user.clicks("保存")
    assert hazards.get(uid).is_shelved
    assert user.sees("研判会2026年3月30日") and user.sees(told)


def test_what_is_handed_back_says_who_and_why(user, page, report, take_to):
    take_to(report().uid, Step.ACCEPT)
    user.opens(page())
    user.picks("更多", "退回")
    fill(user, {"退回人": "刘玉兰", "退回日期": "今天", "退回原因": "只修了一半"})
    user.clicks("保存")
    assert user.reads_table()[0][0] == "退回"
    assert user.sees("刘玉兰：只修了一半")


def test_one_dialog_takes_a_finding_to_its_acceptance(user, hazards, page):
    user.opens(page())
    user.clicks("立整立改")
    fill(
        user,
        {
            "排查日期": "今天",
            "隐患类别": "校舍建筑",
            "具体部位": "操场",
            "排查人": "张老师",
            "隐患描述": "篮架螺栓松",
            "整改措施": "拧紧螺栓",
            "整改人": "王建国",
            "整改完成日期": "今天",
            "评估人": "刘玉兰",
        },
    )
    user.clicks("保存")
    (row,) = user.reads_table()
    assert (row[0], row[4]) == ("待验收", "王建国")
    assert user.sees_button("填验收意见")


def test_a_reported_hazard_is_put_right_on_the_spot(user, hazards, page, report):
    uid = report().uid
    user.opens(page())
    user.picks("更多", "立整立改")
    fill(
        user,
        {
            "整改措施": "加固",
            "整改人": "王建国",
            "整改完成日期": "今天",
            "评估人": "刘玉兰",
        },
    )
    user.clicks("保存")
    assert hazards.get(uid).step == "验收"


def test_looking_back_opens_a_linked_hazard_and_each_leads_to_the_other(
    user, hazards, page, report, take_to
):
    old = take_to(report().uid, None)
    made = user.opens(page())
    user.clicks("也列出")
    user.waits_for("YH-2026-0001 · 一般")
    user.clicks("回头看")
    fill(
        user,
        {
            "查看人": "李敏",
            "查看日期": "今天",
            "回头看结果": "反弹",
            "看到的情况": "焊点又裂",
        },
    )
    user.clicks("保存")
    assert len(user.reads_table()) == 2
    assert user.sees("反弹，另登记为")
    user.clicks("YH-2026-0002")
    user.settles()
    assert user.sees("反弹自")
    user.clicks("YH-2026-0001")
    user.settles()
    assert made.chosen_uid() == old.uid
    assert not user.sees_button("回头看")


def test_the_second_window_is_told_and_nothing_is_half_done(user, hazards, page, report):
    uid = report().uid
    user.opens(page())
    user.clicks("填评估意见")
    fill(user, {"评估人": "刘玉兰", "评估日期": "今天"})
    hazards.correct(uid, place="西楼梯")
    user.clicks("保存")
    said = user.reads("message")
    assert "YH-2026-0001在别处改过了" in said
    assert "具体部位由“教学楼二楼东楼梯”改为“西楼梯”" in said
    assert len(hazards.steps(uid)) == 2


def test_an_open_hazard_of_last_year_stands_in_both_ledgers(user, page, report, take_to):
    report(found_on=date(2025, 12, 1), due_on=date(2026, 5, 1), place="操场")
    report(place="图书室")
    made = user.opens(page())
    for year, places in (
        ("2025", ["操场"]),
        ("2026", ["图书室", "操场"]),
        ("结转", ["操场"]),
    ):
        made.filters.choose("year", year)
        assert [row[2].split()[0] for row in user.reads_table()] == places


@pytest.mark.parametrize("role", [Role.PRINCIPAL, Role.DUTY])
def test_who_may_not_work_on_hazards_is_offered_none_of_it(
    user, store, hazards, page, report, role
):
    hazards.sides.shelve(
        report().uid,
        by="刘玉兰",
        on=TODAY,
        keeper="李敏",
        measures="看守",
        look_on=date(2026, 4, 20),
        met_on=TODAY,
        meeting="先挂账",
    )
    store.sitter = Sitter("刘玉兰", role)
    user.opens(page())
    for word in ("立整立改", "复看", "解除挂账"):
        assert not user.sees_button(word), word
    offered = user.reads_menu("更多") if user.sees_button("更多") else []
    assert not [word for word in offered if "督办" not in word]


# --- how it looks ---------------------------------------------------------------------------------
@pytest.fixture
def ledger(hazards, report, take_to):
    shelf = {
        "by": "刘玉兰",
        "on": date(2026, 3, 30),
        "keeper": "欧阳建国",
        "measures": "封闭东楼梯，课间安排老师看守，走西楼梯",
        "met_on": date(2026, 3, 30),
        "meeting": "三月研判会定：等县里维修款，先挂账",
    }
    hazards.sides.shelve(report().uid, **shelf, look_on=date(2026, 3, 31))
    hazards.sides.shelve(
        report(place="锅炉房", grade="重大").uid, **shelf, look_on=date(2026, 5, 20)
    )
    back = report(place="学生宿舍1号楼").uid
    take_to(back, Step.ACCEPT)
    hazards.sides.hand_back(back, by="刘玉兰", on=TODAY, words="只修了一半，三楼还没有动")
    report(place="图书室", found_on=date(2025, 12, 1), due_on=date(2026, 5, 1))
    old = take_to(report(place="厨房").uid, None)
    hazards.sides.look_back(old.uid, by="李敏", on=TODAY, verdict="反弹", words="又漏水")
    return hazards.lines()


def test_nothing_of_it_is_cut_in_any_size(user, page, ledger):
    made = user.opens(page())
    made.choose(ledger[0].uid)
    assert look_at(made, "隐患_挂账") == []
    made.choose(next(line.uid for line in ledger if line.status == "退回"))
    assert look_at(made, "隐患_退回") == []
    made.choose(next(line.uid for line in ledger if line.closed_on))
    assert look_at(made, "隐患_反弹") == []


@pytest.mark.parametrize("word", ["立整立改", "挂账"])
def test_nothing_in_its_dialogs_is_cut(user, page, report, word):
    report()
    made = user.opens(page())
    if word == "挂账":
        user.picks("更多", word)
    else:
        user.clicks(word)
    user.clicks("保存")
    assert look_at(user.front(), f"隐患_{word}框", width=0) == []
    theme.apply(QApplication.instance(), "中")
    assert faults(made) == []
    grab(made, "隐患_页", "中")
