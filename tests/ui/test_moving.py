"""The window of a program on a stick, as a person clicks."""

import pytest

from app.core.moving import Offer
from app.core.version import version
from app.ui.moving import MoveWindow
from tests.core.test_moving import PROGRAM, Pc, fill, holds
from tests.ui.look import look_at


@pytest.fixture
def pc(tmp_path, monkeypatch):
    return Pc(tmp_path, monkeypatch)


@pytest.fixture
def shown(user):
    def shown(offer):
        window = user.opens(MoveWindow(offer))
        window.heard = []
        window.moved.connect(window.heard.append)
        window.stayed.connect(lambda: window.heard.append("stays"))
        return window

    return shown


def test_one_click_brings_it_over_and_names_the_place(user, pc, shown, qtbot):
    offer = pc.offer()
    window = shown(offer)
    assert user.sees(str(offer.target)) and user.sees("读回来核对")
    assert look_at(window, "stick") == []
    user.clicks("复制到本机硬盘，再打开")
    qtbot.waitUntil(lambda: window.heard == [offer.target])
    assert holds(offer.target, PROGRAM)


def test_enter_takes_the_offer_and_one_may_stay_on_the_stick(user, pc, shown):
    window = shown(pc.offer())
    assert window.focusWidget().text() == "复制到本机硬盘，再打开"
    user.clicks("这一次就从U盘打开")
    assert window.heard == ["stays"]


def test_the_program_there_is_opened_where_it_is_as_new(user, tmp_path, shown):
    window = shown(Offer(tmp_path, tmp_path / "校安台", version(), None))
    user.clicks("打开本机硬盘上的校安台")
    assert window.heard == [tmp_path / "校安台"]


def test_an_older_one_is_updated_and_says_that_its_data_stays(user, tmp_path, shown):
    shown(Offer(tmp_path, tmp_path / "校安台", "0.0.9", None))
    assert user.sees("0.0.9") and user.sees("原来的资料原样留着")
    assert user.sees_button("更新本机硬盘上的校安台，再打开")


def test_a_school_on_the_stick_is_said_to_come_along(user, pc, shown):
    fill(pc.source / "校安台数据", {"xiaoan.db": b"x"})
    window = shown(pc.offer())
    assert user.sees("U盘上学校的资料一起复制过去")
    assert look_at(window, "stick_school") == []


def test_what_went_wrong_is_said_in_the_window_and_can_be_tried_again(
    user, pc, shown, qtbot, monkeypatch
):
    window = shown(pc.offer())
    monkeypatch.setattr("app.core.moving.free_bytes", lambda folder: 0)
    user.clicks("复制到本机硬盘，再打开")
    qtbot.waitUntil(lambda: user.sees("本机硬盘放不下"))
    monkeypatch.undo()
    assert window.heard == [] and user.sees_button("复制到本机硬盘，再打开")
