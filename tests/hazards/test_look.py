from datetime import date

import pytest
from PySide6.QtCore import QBuffer, QPoint
from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import QApplication, QScrollArea, QTabWidget

from app.core.store import Blobs
from app.hazards import Step
from app.ui import theme
from app.ui.marks import StepStrip
from tests.hazards.conftest import TODAY, sign
from tests.ui.look import faults, grab, look_at

LONG = "应急照明灯两盏不亮，疏散指示牌松动，消火栓箱被课桌挡住，已用警戒带围住并安排人看守"


@pytest.fixture
def ledger(store, hazards, report, take_to):
    """A ledger with something in every state, and a photo."""
    buffer = QBuffer()
    buffer.open(QBuffer.OpenModeFlag.WriteOnly)
    picture = QImage(800, 600, QImage.Format.Format_RGB32)
    picture.fill(QColor("#B08858"))
    picture.save(buffer, "JPEG")
    photo = Blobs(store).keep(bytes(buffer.data().data()), kind="image/jpeg")
    plan = {"measures": "加固焊点，恢复前封闭东楼梯，走西楼梯。", "owner": "王建国"}
    late = report(**plan, due_on=date(2026, 3, 31), photos=[photo], way="限期整改")
    take_to(late.uid, Step.REPORT)
    sign(hazards, late.uid, Step.REPORT, is_skipped=True, words="一般隐患，校内处理，不需上报")
    take_to(late.uid, Step.TREAT)
    report(place="学生宿舍1号楼三楼西侧洗漱间", what=LONG, grade="重大", owner="欧阳建国")
    for place, step in (("操场", Step.TREAT), ("图书室", Step.ACCEPT), ("门卫室", Step.CLOSE)):
        take_to(report(place=place, grade="较大", due_on=date(2026, 5, 1)).uid, step)
    take_to(report(place="厨房").uid, None)
    hazards.notices.issue(
        [late.uid], person="王建国", requirement="加固", due_on=TODAY, signer="刘玉兰"
    )
    return late.uid


def test_nothing_on_the_page_is_cut_in_any_size(user, page, ledger):
    made = user.opens(page())
    made.choose(ledger)
    assert look_at(made, "隐患台账") == []
    made.filters.choose_tag("")
    assert look_at(made, "隐患台账_全部") == []


@pytest.mark.parametrize("tab", range(4))
def test_behind_every_tab_of_the_largest_size_nothing_is_cut(user, page, ledger, tab):
    made = user.opens(page())
    made.choose(ledger)
    theme.apply(QApplication.instance(), "特大")
    user.settles()
    made.findChild(QTabWidget).setCurrentIndex(tab)
    assert faults(made) == []
    grab(made, f"隐患详情_{tab}", "特大")


@pytest.mark.parametrize(
    ("name", "step"),
    [
        ("评估", Step.ASSESS),
        ("报告", Step.REPORT),
        ("监控", Step.WATCH),
        ("定措施", Step.TREAT),
        ("验收", Step.ACCEPT),
        ("销账", Step.CLOSE),
    ],
)
def test_nothing_in_a_steps_dialog_is_cut(user, page, report, take_to, name, step):
    uid = report().uid
    take_to(uid, step)
    made = user.opens(page())
    made.open(uid)
    user.settles()
    assert look_at(user.front(), f"隐患_{name}", width=0) == []


def test_nothing_in_the_other_dialogs_is_cut(user, page, ledger):
    made = user.opens(page())
    made.choose(ledger)
    made.report()
    user.settles()
    user.clicks("保存")  # every fault in sight
    assert look_at(user.front(), "登记隐患", width=0) == []
    user.clicks("取消")
    made.notify()
    user.settles()
    assert look_at(user.front(), "开整改通知书", width=0) == []


def test_the_yellow_line_is_whole(user, page, report, take_to):
    uid = report().uid
    take_to(uid, Step.ACCEPT)
    made = user.opens(page())
    made.open(uid)
    user.settles()
    user.fills("验收人", "王建国")
    user.fills("验收日期", "今天")
    assert look_at(user.front(), "验收_自验自收", width=0) == []


def test_the_step_that_waits_is_in_sight_in_large_letters(user, page, ledger, hazards):
    theme.apply(QApplication.instance(), "特大")
    waiting = next(one.uid for one in hazards.lines() if one.step == Step.CLOSE)
    shown = user.opens(page(), height=560)
    shown.choose(waiting)
    user.settles()
    strip = shown.findChild(StepStrip)
    area = strip.parentWidget().parentWidget().parentWidget()
    assert isinstance(area, QScrollArea)
    top = strip.mapTo(area.viewport(), QPoint(0, strip.height() * 7 // 8)).y()
    assert strip.height() > area.viewport().height(), "there is something to scroll"
    assert top >= 0 and top + strip.height() // 8 <= area.viewport().height()
