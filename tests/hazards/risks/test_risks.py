from datetime import date

import pypdfium2
import pytest

from app.core.errors import UserError
from app.core.paper import Context, print_paper
from app.core.roles import Role, Sitter
from app.hazards.risks.rules import grade_text
from app.ui.papers import Papers
from tests.hazards.conftest import TODAY


def text_of(data):
    with pypdfium2.PdfDocument(data) as document:
        return ["".join(p.get_textpage().get_text_range().split()) for p in document]


@pytest.fixture
def prints(papers):
    def prints(paper_id, rows):
        return text_of(print_paper(papers[paper_id], rows, Context("青石镇中心小学")).data)

    return prints


def test_risk_points_are_numbered_and_the_gravest_come_first(risks, enter):
    enter(name="走廊", grade="蓝")
    enter(name="楼梯", grade="橙")
    enter(name="燃气灶", grade="红")
    assert [risk.name for risk in risks.all()] == ["燃气灶", "楼梯", "走廊"]
    assert risks.all()[0].number == "FX-2026-0003"
    assert risks.all()[0].updated_on == TODAY


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ({"name": ""}, "“风险点”没有填"),
        ({"what": ""}, "“风险描述”没有填"),
        ({"grade": "紫"}, "“等级”只能填"),
        ({"updated_on": date(2026, 4, 2)}, "“更新日期”不能晚于今天"),
    ],
)
def test_what_a_risk_point_cannot_do_without_is_named(risks, enter, said, why):
    with pytest.raises(UserError, match=why):
        enter(**said)
    uid = enter().uid
    with pytest.raises(UserError, match=why):
        risks.correct(uid, **said)
    assert [risk.name for risk in risks.all()] == ["食堂燃气灶"]


def test_a_hazard_names_its_risk_point_and_each_shows_the_other(hazards, risks, enter, report):
    number = enter().number
    hazard = report(risk=number)
    assert [h.number for h in risks.hazards(number)] == [hazard.number]
    assert risks.open_hazards() == {number: 1}
    with pytest.raises(UserError, match="“关联风险点”里没有“FX-2026-0099”"):
        report(risk="FX-2026-0099")
    with pytest.raises(UserError, match="没有“乱写”"):
        hazards.correct(hazard.uid, risk="乱写")
    assert hazards.get(hazard.uid).risk == number


def test_a_hazard_keeps_the_number_of_a_risk_point_that_is_void(hazards, risks, enter, report):
    risk = enter()
    hazard = report(risk=risk.number)
    risks.void(risk.uid, "风险已消除")
    hazards.correct(hazard.uid, what="软管已换", risk=risk.number)
    assert hazards.get(hazard.uid).risk == risk.number


def test_three_grades_offer_no_orange_and_leave_the_old_one_standing(risks, enter):
    enter(grade="橙")
    risks.choose_scheme("三级（红黄蓝）")
    assert risks.scheme() == "三级（红黄蓝）"
    assert risks.all()[0].grade == "橙"
    with pytest.raises(UserError, match="没有“五级”"):
        risks.choose_scheme("五级")


def test_the_list_prints_every_point_with_its_grade_in_words(risks, enter, prints):
    enter()
    enter(name="东楼梯", grade="黄", kind="环境", level="班级岗位")
    (page,) = prints("risk_list", risks.views["list"]({}))
    assert "红（重大）" in page and "黄（一般）" in page and "共2处" in page
    assert page.index("食堂燃气灶") < page.index("东楼梯")


def test_the_duty_list_goes_from_the_school_down_to_the_post(risks, enter, prints):
    enter(name="东楼梯", level="班级岗位")
    enter(name="门卫室", level=None)
    enter(name="燃气灶", level="校级")
    (page,) = prints("risk_duty", risks.views["duty"]({}))
    order = [page.index(word) for word in ("燃气灶", "东楼梯", "门卫室")]
    assert order == sorted(order) and "没有定层级" in page


def test_a_sign_is_one_page_for_each_point_and_says_its_colour(risks, enter, prints):
    enter()
    enter(name="东楼梯", grade="黄")
    pages = prints("risk_sign", risks.views["list"]({}))
    assert len(pages) == 2
    assert "食堂燃气灶" in pages[0] and "红色重大风险" in pages[0]
    assert "黄色一般风险" in pages[1] and "火警119" in pages[1]
    assert len(prints("risk_sign", risks.views["list"]({"number": "FX-2026-0002"}))) == 1


def test_the_word_of_a_grade_stands_beside_its_colour():
    assert [grade_text(g) for g in ("红", "橙", "黄", "蓝")] == [
        "红（重大）", "橙（较大）", "黄（一般）", "蓝（低）",
    ]  # fmt: skip


# --- on the screen --------------------------------------------------------------------------------
def test_an_officer_enters_a_point_whose_area_follows_its_place(user, risks, places, risk_page):
    places.enter(name="食堂操作间", kind="房间", area="食堂", is_key=True)
    risk_page()
    user.clicks("登记风险点")
    user.fills("风险点", "燃气灶")
    user.fills("等级", "红（重大）")
    user.fills("具体部位", "stczj")
    assert user.reads_blank("具体部位") == "食堂操作间"
    assert user.reads_blank("所在区域") == "食堂"
    user.fills("类别", "物")
    user.fills("风险描述", "软管老化")
    user.clicks("保存")
    (risk,) = risks.all()
    assert (risk.grade, risk.area, risk.place) == ("红", "食堂", "食堂操作间")
    assert user.reads_table()[0][:3] == ["红（重大）", "FX-2026-0001", "燃气灶 食堂操作间"]


def test_a_hazard_is_linked_in_its_dialog_by_pinyin(user, hazards, enter, places, page):
    places.enter(name="食堂操作间", kind="房间", area="食堂")
    number = enter().number
    user.opens(page())
    user.clicks("登记隐患")
    for label, value in (
        ("排查日期", "3-30"),
        ("隐患类别", "用电用气"),
        ("具体部位", "stczj"),
        ("隐患等级", "重大"),
        ("排查人", "张老师"),
        ("隐患描述", "软管开裂"),
        ("关联风险点", "strqz"),
    ):
        user.fills(label, value)
    user.clicks("保存")
    (line,) = hazards.lines()
    assert (line.place, line.area) == ("食堂操作间", "食堂")
    assert hazards.get(line.uid).risk == number
    assert user.sees(f"{number} 食堂燃气灶")


def test_the_page_shows_the_open_hazards_of_a_point(user, enter, report, risk_page):
    number = enter().number
    report(risk=number)
    risk_page()
    assert user.reads_table()[0][-1] == "1条"
    assert user.sees("教学楼二楼东楼梯：扶手松动")


def test_only_the_grades_of_the_scheme_are_offered(user, risks, risk_page):
    risk_page()
    user.clicks("分级")
    user.clicks("三级（红黄蓝）")
    user.clicks("登记风险点")
    user.fills("等级", "橙")
    assert user.blank("等级").fault() == "没有“橙”，请从列表里选一个"


def test_whoever_may_not_enter_points_sees_no_button_that_would_refuse(user, store, risk_page):
    store.sitter = Sitter("赵老师", Role.DUTY)
    risk_page()
    assert user.sees("还没有风险点") and not user.sees("登记风险点")


def test_the_plan_of_the_school_prints_from_the_page_of_risks(
    user, risk_page, enter, prints, monkeypatch
):
    shown = []
    monkeypatch.setattr(
        Papers, "preview", lambda _self, _parent, paper, rows, **_: shown.append((paper, rows))
    )
    enter()
    risk_page()
    user.picks("打印", "“一校一策”安全工作方案")
    ((paper, rows),) = shown
    said = "".join(prints(paper, rows)).replace("\n", "")
    assert "“一校一策”安全工作方案" in said and "软管老化漏气" in said and "红（重大）" in said
