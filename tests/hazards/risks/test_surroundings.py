from datetime import date

import pypdfium2
import pytest

from app.core.errors import UserError
from app.core.paper import Context, print_paper
from app.hazards.surroundings.rules import USUAL_RINGS, Standing, basis, ring_of
from tests.hazards.conftest import TODAY


def text_of(data):
    with pypdfium2.PdfDocument(data) as document:
        return ["".join(p.get_textpage().get_text_range().split()) for p in document]


@pytest.mark.parametrize(
    ("distance", "ring"),
    [(0, "50米内"), (50, "50米内"), (51, "200米内"), (200, "200米内"), (300, "300米内"),
     (301, "300米外")],
)  # fmt: skip
def test_a_distance_falls_into_its_ring_the_edge_included(distance, ring):
    assert ring_of(distance, USUAL_RINGS) == ring


@pytest.mark.parametrize(
    ("kind", "distance", "said"),
    [
        ("网吧", 200, "中小学校园周围200米范围内不得设网吧"),
        ("网吧", 250, "300米以内，属于要清查的范围"),
        ("网吧", 301, ""),
        ("露天市场", 50, "50米范围内的露天市场"),
        ("流动摊贩", 51, "300米以内"),
        ("烟酒彩票点", 299, "第五十九条"),
        ("医疗点", 10, ""),
    ],
)
def test_what_the_rules_ask_so_near_the_gate_is_said(kind, distance, said):
    found = basis(kind, distance, USUAL_RINGS)
    assert (said in found) if said else found == ""


def test_a_problem_goes_from_its_finding_to_its_end(around, see):
    uid = see().uid
    assert around.get(uid).status is Standing.TO_NOTIFY
    around.notify(uid, department="文化市场综合执法队", request="请依法查处", on=TODAY)
    assert around.get(uid).status is Standing.NOTIFIED
    around.take_answer(uid, answer="已责令停业", on=TODAY)
    assert around.get(uid).status is Standing.ANSWERED
    around.close(uid, outcome="网吧已搬走", on=TODAY)
    assert around.get(uid).status is Standing.CLOSED
    with pytest.raises(UserError, match="已经办结了"):
        around.take_answer(uid, answer="又答复", on=TODAY)
    around.reopen(uid)
    assert around.get(uid).status is Standing.ANSWERED
    around.notify(uid, department="派出所", request="请再查", on=TODAY)
    assert around.get(uid).status is Standing.NOTIFIED


def test_a_place_is_only_listed_and_no_letter_waits_for_it(around, see):
    see(nature="场所", name="文具店", kind="食杂店", distance=20)
    see()
    assert [row["status"] for row in around.views["list"]({})] == ["在册", "待通报"]
    assert [row["name"] for row in around.views["letter"]({})] == ["飞宇网吧"]
    assert [row["name"] for row in around.views["list"]({"ring": "50米内"})] == ["文具店"]


@pytest.mark.parametrize(
    ("act", "why"),
    [
        (lambda a, u: a.notify(u, department="", request="查", on=TODAY), "“通报部门”没有填"),
        (lambda a, u: a.notify(u, department="所", request=" ", on=TODAY), "“请求事项”没有填"),
        (
            lambda a, u: a.notify(u, department="所", request="查", on=date(2026, 4, 2)),
            "“通报日期”不能晚于今天",
        ),
        (
            lambda a, u: a.notify(u, department="所", request="查", on=date(2026, 3, 31)),
            "“通报日期”早于发现日期2026年4月1日",
        ),
        (lambda a, u: a.take_answer(u, answer="好", on=TODAY), "还没有通报"),
        (lambda a, u: a.close(u, outcome="", on=TODAY), "“结果”没有填"),
        (lambda a, u: a.correct(u, distance=-1), "要在0到5000之间"),
        (lambda a, u: a.correct(u, found_on=date(2026, 4, 2)), "“发现日期”不能晚于今天"),
        (lambda a, u: a.set_rings([50, 40, 300]), "由小到大"),
    ],
)
def test_what_cannot_be_is_a_sentence_and_changes_nothing(around, see, act, why):
    uid = see().uid
    before = around.views["list"]({})
    with pytest.raises(UserError, match=why):
        act(around, uid)
    assert around.views["list"]({}) == before
    assert around.rings() == USUAL_RINGS


def test_other_rings_move_what_is_there(around, see):
    see()
    around.set_rings([100, 150, 500])
    assert around.views["list"]({})[0]["ring"] == "150米内"


def test_the_letter_bears_its_number_and_comes_back_with_the_answer(around, see, papers):
    uid = see().uid
    around.notify(uid, department="文化市场综合执法队", request="请依法查处", on=TODAY)
    printed = print_paper(
        papers["surroundings_letter"], around.rows([uid]), Context("青石镇中心小学")
    )
    (page,) = text_of(printed.data)
    for words in (
        "文化市场综合执法队：",
        "飞宇网吧",
        "150米",
        "请依法查处",
        "ZB-2026-0001",
        "回执",
    ):
        assert words in page


def test_the_ledger_goes_out_from_the_gate(around, see, papers):
    see(name="远处", distance=400)
    see(name="近处", distance=10, kind="流动摊贩")
    printed = print_paper(papers["surroundings_ledger"], around.views["list"]({}), Context("学校"))
    (page,) = text_of(printed.data)
    assert page.index("50米内") < page.index("近处") < page.index("300米外") < page.index("远处")


# --- on the screen --------------------------------------------------------------------------------
def test_a_problem_is_entered_reported_and_printed_in_one_go(user, around, around_page, tmp_path):
    around_page()
    user.clicks("登记周边")
    for label, value in (
        ("登记的是", "问题"),
        ("类别", "网吧"),
        ("名称或地点", "飞宇网吧"),
        ("离校门多少米", "150"),
        ("发现日期", "今天"),
        ("情况", "晚上有学生进出"),
    ):
        user.fills(label, value)
    user.clicks("保存")
    assert user.reads_table() == [["待通报", "ZB-2026-0001", "网吧 飞宇网吧", "150米", ""]]
    assert user.sees("中小学校园周围200米范围内不得设网吧")

    user.clicks("开通报函")
    user.fills("通报部门", "文化市场综合执法队")
    user.fills("通报日期", "今天")
    user.clicks("保存")
    user.clicks("存为PDF")
    user.chooses_file(tmp_path / "函.pdf")
    user.clicks("关闭")
    assert "飞宇网吧" in text_of(tmp_path / "函.pdf")[0]

    user.clicks("登记答复")
    user.fills("处理情况", "已责令停业整顿")
    user.fills("答复日期", "今天")
    user.clicks("保存")
    user.clicks("办结")
    user.fills("结果", "网吧已搬走")
    user.fills("办结日期", "今天")
    user.clicks("保存")
    assert around.all()[0].status is Standing.CLOSED
    assert user.sees("已办结 1 条，没有列出")
    user.clicks("也列出")
    assert user.reads_table()[0][0] == "已办结"


def test_the_rings_are_set_on_the_page(user, around, see, around_page):
    see()
    around_page()
    user.clicks("圈层和提醒")
    user.fills("内圈：露天市场、占道摊点", "160")
    user.clicks("保存")
    assert around.rings() == (160, 200, 300)
    assert user.sees("160米内")


def test_an_answer_is_typed_in_by_the_number_of_its_letter(user, around, see, around_page):
    bar, stall = see(), see(name="早点摊", kind="流动摊贩", distance=40)
    user.opens(around_page())
    user.clicks("按编号登记答复")
    assert user.sees("没有等答复的通报函")
    user.clicks("知道了")
    for one, department in ((bar, "派出所"), (stall, "综合执法队")):
        around.notify(one.uid, department=department, request="请查处", on=TODAY)
    user.settles()
    user.clicks("按编号登记答复")
    user.fills("通报函编号", stall.number)
    user.fills("处理情况", "摊主已劝离")
    user.fills("答复日期", "今天")
    user.clicks("保存")
    assert user.sees_dialogs() == []
    assert around.get(stall.uid).answer == "摊主已劝离"
    assert around.get(bar.uid).answered_on is None


def test_the_days_until_an_answer_is_asked_for_are_the_schools(user, around, see, around_page):
    see()
    user.opens(around_page())
    user.clicks("圈层和提醒")
    user.fills("几天没有答复就提醒（学校自定）", "20")
    user.clicks("保存")
    assert (around.answer_days(), around.rings()) == (20, (50, 200, 300))
    with pytest.raises(UserError, match="1到180之间"):
        around.set_answer_days(0)


@pytest.mark.parametrize(
    "act",
    [
        lambda a, u, rev: a.correct(u, what="别的", seen=rev),
        lambda a, u, rev: a.notify(u, department="所", request="查", on=TODAY, seen=rev),
        lambda a, u, rev: a.close(u, outcome="搬走了", on=TODAY, seen=rev),
    ],
)
def test_who_saves_second_is_told_what_the_first_one_changed(around, see, act):
    found = see()
    around.correct(found.uid, distance=90)
    with pytest.raises(UserError, match=rf"{found.number}在别处改过了.*离校门多少米由150改为90"):
        act(around, found.uid, found.rev)


def test_who_saves_a_risk_or_a_place_second_is_told(risks, enter, places):
    risk = enter()
    risks.correct(risk.uid, owner="李敏")
    with pytest.raises(UserError, match="责任人由“王建国”改为“李敏”"):
        risks.correct(risk.uid, measures="别的", seen=risk.rev)
    place = places.enter(name="配电室", kind="房间")
    places.correct(place.uid, name="总配电室")
    with pytest.raises(UserError, match=r"“总配电室”在别处改过了.*名称由“配电室”改为“总配电室”"):
        places.correct(place.uid, keeper="李敏", seen=place.rev)
