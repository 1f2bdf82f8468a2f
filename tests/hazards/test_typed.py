"""A flow card that walked through several hands, typed back in one dialog and one change."""

from datetime import date

import pytest
from PySide6.QtCore import Qt

from app.core.errors import UserError
from app.core.roles import Role, Sitter
from app.core.store import Action
from app.hazards.typed import TypedStep, sign_card
from app.hazards.words import Step
from tests.hazards.conftest import TODAY
from tests.ui.look import look_at

ENTER = Qt.Key.Key_Return
PLAN = {"measures": "加固焊点", "owner": "王建国", "due_on": date(2026, 4, 10)}
ON = date(2026, 3, 31)


def boxes(*, last=Step.CLOSE, **changed):
    """The card from 评估 to ``last`` as the school signed it; ``changed`` replaces a box."""
    said = {
        "ASSESS": TypedStep(Step.ASSESS, "刘玉兰", ON, "一般隐患", facts={"grade": "一般"}),
        "REPORT": TypedStep(Step.REPORT, "刘玉兰", ON, "不需上报", is_skipped=True),
        "WATCH": TypedStep(Step.WATCH, "李敏", ON, "拉警戒带"),
        "TREAT": TypedStep(Step.TREAT, "王建国", TODAY, "已加固"),
        "ACCEPT": TypedStep(Step.ACCEPT, "刘玉兰", TODAY, "牢固", verdict="合格"),
        "CLOSE": TypedStep(Step.CLOSE, "张老师", TODAY, "验收合格"),
    } | changed
    steps = list(said)
    return [said[name] for name in steps[: steps.index(last.name) + 1]]


def test_a_whole_card_is_signed_in_one_change_that_one_undo_takes_back(hazards, store, report):
    uid = report().uid
    sign_card(hazards, uid, boxes(), plan=PLAN)
    assert hazards.get(uid).step is None
    assert [s.step for s in hazards.steps(uid)][2:] == [
        "评估", "报告", "监控", "治理", "验收", "销账",
    ]  # fmt: skip
    assert store.undo() == "录入流转单"
    assert hazards.get(uid).step == Step.ASSESS and len(hazards.steps(uid)) == 2
    assert hazards.get(uid).measures is None


@pytest.mark.parametrize(
    ("typed", "plan", "why"),
    [
        (boxes(), {}, "“⑥ 治理”这一栏：“整改措施”没有填；“责任人”没有填"),
        (
            boxes(WATCH=TypedStep(Step.WATCH, "李敏", date(2026, 3, 29))),
            PLAN,
            "“⑤ 监控”这一栏：日期不能早于上一步的3月31日",
        ),
        (
            boxes(CLOSE=TypedStep(Step.CLOSE, "张老师", date(2026, 4, 2))),
            PLAN,
            "“⑧ 销账”这一栏：日期不能晚于今天",
        ),
        (
            boxes(ACCEPT=TypedStep(Step.ACCEPT, "刘玉兰", TODAY)),
            PLAN,
            "“⑦ 验收”这一栏：“验收结论”没有填",
        ),
        (
            boxes(ACCEPT=TypedStep(Step.ACCEPT, "刘玉兰", TODAY, verdict="不合格")),
            PLAN,
            "“⑧ 销账”这一栏：还没有验收合格，不能销账",
        ),
        (
            [one for one in boxes() if one.step is not Step.WATCH],
            PLAN,
            "“⑥ 治理”这一栏：还没有签“监控”",
        ),
        (
            boxes(ASSESS=TypedStep(Step.ASSESS, "刘玉兰", ON, facts={"grade": "重大"})),
            PLAN,
            "“④ 报告”这一栏：只有一般隐患的“报告”可以写“无需”",
        ),
        (boxes(), PLAN | {"due_on": date(2026, 3, 1)}, "“整改安排”这一栏：“整改时限”早于排查日期"),
        ([], {}, "一栏也没有填"),
    ],
)
def test_a_box_that_breaks_a_rule_is_named_and_no_step_is_signed(
    hazards, store, report, typed, plan, why
):
    uid = report().uid
    with pytest.raises(UserError, match=why):
        sign_card(hazards, uid, typed, plan=plan)
    hazard = hazards.get(uid)
    assert len(hazards.steps(uid)) == 2 and hazard.step == Step.ASSESS
    assert (hazard.measures, hazard.grade) == (None, "一般")


def test_what_was_changed_elsewhere_meanwhile_is_told(hazards, report):
    uid = report().uid
    seen = hazards.get(uid).rev
    hazards.correct(uid, place="西楼梯")
    with pytest.raises(UserError, match="在别处改过了"):
        sign_card(hazards, uid, boxes(last=Step.ASSESS), seen=seen)
    assert len(hazards.steps(uid)) == 2


def test_work_that_failed_begins_its_new_round_with_the_day_written_on_the_card(hazards, report):
    uid = report().uid
    failed = TypedStep(
        Step.ACCEPT, "刘玉兰", TODAY, "焊点还裂", verdict="不合格", due_on=date(2026, 4, 5)
    )
    sign_card(hazards, uid, boxes(last=Step.ACCEPT, ACCEPT=failed), plan=PLAN)
    hazard = hazards.get(uid)
    assert (hazard.step, hazard.round, hazard.due_on) == (Step.TREAT, 2, date(2026, 4, 5))


@pytest.fixture
def keys(user):
    def keys(*said):
        for one in said:
            user.types(one) if isinstance(one, str) else user.presses(one)

    return keys


def test_a_card_is_typed_back_by_keys_alone(user, hazards, page, report, keys, store):
    uid = report(**PLAN).uid
    user.opens(page())
    user.presses("F2")
    user.scans("YH-2026-0001", "扫一扫或输入编号")
    keys("刘玉兰", ENTER, "3-31", ENTER, ENTER, "确实松动", ENTER)  # 评估
    keys("刘玉兰", ENTER, "3-31", ENTER, Qt.Key.Key_Space, ENTER, ENTER, ENTER, "不需上报", ENTER)
    keys("李敏", ENTER, "3-31", ENTER, ENTER, "拉警戒带", ENTER)  # 监控
    keys("王建国", ENTER, "4-1", ENTER, "已加固", ENTER)  # 治理
    assert user.front().focusWidget().isVisibleTo(user.front())
    keys(ENTER)  # 验收 is not signed yet
    assert user.front().focusWidget().text() == "保存"
    keys(ENTER)
    assert user.sees_dialogs() == []
    signed = hazards.steps(uid)[2:]
    assert [(s.step, s.signed_by, s.signed_on, s.words, s.is_skipped) for s in signed] == [
        ("评估", "刘玉兰", ON, "确实松动", False),
        ("报告", "刘玉兰", ON, "不需上报", True),
        ("监控", "李敏", ON, "拉警戒带", False),
        ("治理", "王建国", TODAY, "已加固", False),
    ]
    assert hazards.get(uid).step == Step.ACCEPT
    store.settle()
    with store.read() as session:
        assert [a.label for a in session.query(Action).all()][-1] == "录入流转单"


def test_a_fault_stands_at_its_box_and_what_was_typed_stays(user, hazards, page, report, keys):
    uid = report(**PLAN).uid
    made = user.opens(page())
    made.choose(uid)
    user.settles()
    user.picks("更多", "录入流转单")
    keys("刘玉兰", ENTER, "3-31", ENTER, ENTER, "确实松动", ENTER)
    keys("刘玉兰", ENTER, "3-29", ENTER)
    user.presses("Ctrl+S")
    assert "“④ 报告”这一栏：日期不能早于上一步的3月31日" in user.reads("message")
    assert len(hazards.steps(uid)) == 2
    user.settles()
    keys("3-31")
    user.presses("Ctrl+S")
    assert hazards.get(uid).step == Step.WATCH


def test_a_signed_box_without_a_day_is_named(user, hazards, page, report, keys):
    uid = report(**PLAN).uid
    made = user.opens(page())
    made.choose(uid)
    user.settles()
    user.picks("更多", "录入流转单")
    keys("刘玉兰")
    user.presses("Ctrl+S")
    assert "“③ 评估”这一栏没有填好，一步也没有签" in user.reads("message")
    user.presses(Qt.Key.Key_Escape)
    user.clicks("放弃")
    assert len(hazards.steps(uid)) == 2


def test_the_principal_may_type_only_the_end_of_a_card(user, hazards, store, page, report, take_to):
    uid = report().uid
    take_to(uid, Step.ACCEPT)
    store.sitter = Sitter("李校长", Role.PRINCIPAL)
    sign_card(hazards, uid, [TypedStep(Step.ACCEPT, "李校长", TODAY, verdict="合格")])
    with pytest.raises(UserError, match="不能处理隐患"):
        sign_card(hazards, uid, [], plan=PLAN)
    assert hazards.get(uid).step == Step.CLOSE


@pytest.mark.parametrize(("step", "why"), [(None, "已经销账"), (Step.TREAT, "正在挂账")])
def test_a_card_of_what_is_closed_or_on_record_says_so(
    user, hazards, page, report, take_to, step, why
):
    uid = report().uid
    take_to(uid, step)
    if step:
        hazards.sides.shelve(
            uid,
            by="张老师",
            on=TODAY,
            keeper="李敏",
            measures="看守",
            look_on=date(2026, 5, 1),
            met_on=TODAY,
            meeting="先看守",
        )
    user.opens(page())
    user.presses("F2")
    user.scans("YH-2026-0001", "扫一扫或输入编号")
    assert user.sees(why)


@pytest.mark.parametrize("step", [Step.ASSESS, Step.ACCEPT])
def test_the_card_is_whole_in_every_size(user, page, report, take_to, step):
    uid = report(**PLAN).uid
    take_to(uid, step)
    made = user.opens(page())
    made.choose(uid)
    user.settles()
    user.picks("更多", "录入流转单")
    user.presses("Ctrl+S")
    assert look_at(user.front(), f"录入流转单_{step}", width=0, sizes=("中", "特大")) == []


def test_measures_of_several_lines_stay_so_where_nobody_changed_them(
    user, hazards, page, report, keys
):
    uid = report(**PLAN | {"measures": "先封闭\n再加固"}).uid
    made = user.opens(page())
    made.choose(uid)
    user.settles()
    user.picks("更多", "录入流转单")
    keys("刘玉兰", ENTER, "3-31", ENTER, ENTER, "确实松动")
    user.fills("责任人", "李敏")
    user.presses("Ctrl+S")
    kept = hazards.get(uid)
    assert (kept.measures, kept.owner, kept.step) == ("先封闭\n再加固", "李敏", Step.REPORT)
