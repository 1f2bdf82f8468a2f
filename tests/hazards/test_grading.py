"""A grade reached by numbers: the sum, the grade that follows, and what is kept of it."""

from datetime import date
from decimal import Decimal

import pytest

from app.core.errors import UserError
from app.core.settings import GRADE_SCHEME, GRADE_STARTS, Settings
from app.hazards import Step
from app.hazards.grades import SCHEMES, Method
from app.hazards.grading import FACTORS, doubts, reached, reckon, sentence
from app.hazards.stepping import take_step
from tests.ui.look import look_at
from tests.user import User

THREE, TWO, FOUR = SCHEMES
TODAY = date(2026, 4, 1)
LEC = {"method": "LEC", "l": "3", "e": "6", "c": "15"}


@pytest.mark.parametrize(
    ("said", "title", "total", "grade"),
    [
        (LEC, FOUR, "270", "橙"),
        (LEC, THREE, "270", "较大"),
        (LEC, TWO, "270", "一般"),
        (LEC | {"l": "6"}, THREE, "540", "重大"),
        (LEC | {"l": "0.1", "e": "0.5", "c": "1"}, FOUR, "0.05", "蓝"),
        (LEC | {"l": "10", "e": "10", "c": "100"}, FOUR, "10000", "红"),
        ({"method": "L×S", "l": "4", "s": "5"}, FOUR, "20", "红"),
        ({"method": "LS", "l": "3", "s": "3"}, FOUR, "9", "黄"),
        ({"method": "L×S", "l": "2", "s": "4"}, FOUR, "8", "蓝"),
        ({"method": "L×S", "l": "3", "s": "5"}, THREE, "15", "较大"),
    ],
)
def test_the_sum_is_the_product_and_gives_the_grade(said, title, total, grade):
    found = reckon(said, SCHEMES[title])
    assert (found["sum"], found["reached"]) == (total, grade)


@pytest.mark.parametrize(
    ("said", "fault"),
    [
        ({"method": "LEC", "l": "3", "e": "6"}, "“C 出了事有多重”没有选"),
        (LEC | {"l": "4"}, "“L 会不会出事”写了“4”，可以是：10、6、3、1、0.5、0.2、0.1"),
        ({"method": "抓阄"}, "没有“抓阄”这种定级方法"),
    ],
)
def test_what_cannot_be_reckoned_is_refused_by_name(said, fault):
    with pytest.raises(UserError, match=fault):
        reckon(said, SCHEMES[THREE])


def test_a_grade_chosen_outright_has_no_sum():
    assert reckon(None, SCHEMES[THREE]) is reckon({"method": "直接选"}, SCHEMES[THREE]) is None


def test_the_sum_itself_is_enough():
    scheme = SCHEMES[FOUR]
    sums = (Decimal("319.9"), Decimal(320))
    assert [reached(one, Method.LEC, scheme) for one in sums] == ["橙", "红"]


def test_every_step_of_a_factor_says_what_it_means():
    assert all(w for fs in FACTORS.values() for f in fs for w in f.steps.values())


def test_overruling_without_a_reason_is_doubted_and_so_is_major_without_a_clause():
    found = reckon(LEC, SCHEMES[THREE])
    assert doubts("较大", found, None) == []
    assert "最好写一句理由" in doubts("一般", found, None)[0]
    assert doubts("一般", found | {"reason": "已断电"}, None) == []
    assert "判定条款" in doubts("红", None, " ")[0]
    assert doubts("重大", None, "电动自行车上楼充电") == []
    assert "写明依据" in doubts("重大", None, "其他（填依据）")[0]


def test_an_entered_hazard_keeps_how_its_grade_was_reached(hazards, report):
    hazard = report(grade="较大", grading=LEC, clause=None)
    kept = hazards.get(hazard.uid).grading
    assert kept == LEC | {"sum": "270", "reached": "较大"}
    entered = hazards.steps(hazard.uid)[1]
    assert entered.step == Step.ENTER and entered.facts == {"grade": "较大", "grading": kept}
    (row,) = hazards.views["flow"]({"number": hazard.number})
    assert "风险值270，算得较大" in row["enter_words"]


def test_an_assessment_keeps_method_factors_sum_and_reason(hazards, report):
    uid = report(grade="一般").uid
    said = {"grading": LEC | {"reason": "软管已关停"}, "grade": "一般"}
    record = hazards.sign(uid, Step.ASSESS, by="李校长", on=TODAY, facts=said)
    assert record.facts["grading"]["sum"] == "270"
    assert hazards.get(uid).grade == "一般"
    assert sentence(record.facts["grading"], "一般").startswith(
        "LEC法：L 3×E 6×C 15，风险值270，算得较大，改定一般，理由：软管已关停"
    )


def test_new_sums_do_not_touch_what_was_reckoned_before(hazards, report, store):
    uid = report(grade="较大", grading=LEC).uid
    Settings(store).put({GRADE_STARTS: {THREE: {"LEC": {"重大": "300", "较大": "270"}}}})
    hazards.correct(uid, grading=LEC, place="食堂")
    assert hazards.get(uid).grading["reached"] == "较大"
    Settings(store).put({GRADE_STARTS: {THREE: {"LEC": {"重大": "200", "较大": "100"}}}})
    hazards.correct(uid, grading=LEC, place="宿舍")
    assert hazards.get(uid).grading["reached"] == "较大"
    assert report(grade="重大", grading=LEC).grading["reached"] == "重大"


def test_another_grade_without_factors_takes_the_old_ones_away(hazards, report):
    uid = report(grade="较大", grading=LEC).uid
    hazards.correct(uid, grade="一般")
    assert hazards.get(uid).grading is None
    assert hazards.steps(uid)[1].facts["grading"]["sum"] == "270"


def test_a_command_reckons_as_the_dialog_does(hazards, report, store):
    Settings(store).put({GRADE_SCHEME: FOUR})
    one, two = report(grade="黄"), report(grade="黄")
    take_step(hazards, one.number, "评估", by="李校长", on=TODAY, said=LEC)
    assert (hazards.get(one.uid).grade, hazards.get(one.uid).grading["sum"]) == ("橙", "270")
    with pytest.raises(UserError, match="没有选"):
        take_step(hazards, two.number, "评估", by="李校长", on=TODAY, said={"method": "LEC"})
    said = LEC | {"grade": "红", "reason": "靠近宿舍", "clause": "电动自行车上楼充电"}
    take_step(hazards, two.number, "评估", by="李校长", on=TODAY, said=said)
    kept = hazards.get(two.uid)
    assert (kept.grade, kept.clause) == ("红", "电动自行车上楼充电")
    assert kept.grading["reason"] == "靠近宿舍"


def test_a_teacher_sees_the_sum_as_the_factors_are_chosen(user: User, page, hazards):
    user.opens(page())
    user.clicks("登记隐患")
    user.clicks("LEC")
    for factor, step in (
        ("L 会不会出事", "6 很可能"),
        ("E 人多久接触一次", "6 每天上学时"),
        ("C 出了事有多重", "15 一人死亡"),
    ):
        user.fills(factor, step)
    assert user.sees("风险值 6 × 6 × 15 ＝ 540，算得：重大。")
    assert user.front().values()["grade"] == "重大"
    assert user.sees("重大隐患还没有选判定条款")
    user.clicks("一般")
    assert user.sees("算出来是重大，定的是一般")
    user.fills("改定的理由", "楼里没有人")
    assert not user.sees("最好写一句理由")


def test_the_dialogs_hold_their_blanks_in_every_size(user: User, page, hazards, report):
    shown = page()
    user.opens(shown)
    user.clicks("登记隐患")
    user.clicks("LEC")
    user.clicks("重大")
    user.fills("L 会不会出事", "3 可能，不经常")
    user.fills("E 人多久接触一次", "6 每天上学时")
    user.fills("C 出了事有多重", "15 一人死亡")
    assert look_at(user.front(), "登记 LEC") == []


def test_the_assessment_shows_how_the_entry_was_reckoned(user: User, page, hazards, report):
    uid = report(grade="重大", grading=LEC | {"l": "6"}).uid
    user.opens(page())
    user.clicks("填评估意见")
    assert user.sees("风险值 6 × 6 × 15 ＝ 540，算得：重大。")
    assert look_at(user.front(), "评估 LEC") == []
    user.clicks("较大")
    user.fills("改定的理由", "已经停用")
    user.fills("评估人", "李敏")
    user.fills("评估日期", "今天")
    user.clicks("保存")
    hazard = hazards.get(uid)
    assert (hazard.grade, hazard.grading["reason"]) == ("较大", "已经停用")
    assert user.sees("改定较大，理由：已经停用")


def test_colours_are_shown_and_drawn_in_the_ledger(user: User, page, hazards, report, store):
    Settings(store).put({GRADE_SCHEME: FOUR})
    for grade in ("蓝", "黄", "橙", "红"):
        report(grade=grade, place=f"{grade}楼")
    shown = user.opens(page())
    assert look_at(shown, "隐患台账 四色") == []
    user.clicks("重大")
    (row,) = user.reads_table()
    assert any("红楼" in str(cell) for cell in row)
