"""The way from a bar into the ledger and the checks, through the window of the sample school."""

import pytest

from app.core.desk import create, unlock
from app.core.paths import Paths, find_paths
from app.hazards.charts.rules import Span
from app.house import House
from app.sample import FACTS, PASSWORD, USER, furnish
from app.shell import Shell
from tests.ui.look import look_at


@pytest.fixture
def shell(user, tmp_path):
    paths = Paths(find_paths().program, tmp_path / "校安台数据", tmp_path / "本机.json")
    create(paths, FACTS, USER, PASSWORD, after=furnish)[0].close()
    desk = unlock(paths, USER, PASSWORD)
    yield user.opens(Shell(desk, House(desk.store, paths)))
    desk.close()


def test_two_clicks_lead_from_the_window_through_a_bar_to_its_hazards(user, shell):
    user.clicks("隐患台账")
    user.clicks("统计")
    page = shell.go("charts")
    user.clicks("全部")
    view = page._views["categories"]
    bar = view.bars[0]
    count = view.chart.bars[bar.spot.bar].parts[bar.spot.part].value
    user.clicks(bar.accessibleName())
    ledger = shell.go("hazards")
    assert ledger.isVisible() and shell.focusWidget() is ledger.table
    assert len(user.reads_table()) == count > 0
    assert ledger.filter_text() == view.chart.said(0, bar.spot.part).rsplit(" ", 1)[0]

    shell.go("charts")
    leader = page._views["leaders"].bars[0]
    led = page._views["leaders"].chart.bars[0].parts[0].value
    user.clicks(leader.accessibleName())
    assert len(user.reads_table()) == led > 0
    assert page._span == Span.EVER


def test_nothing_of_the_statistics_is_cut_in_the_window(user, shell):
    shell.go("charts").choose_span(Span.EVER)
    assert look_at(shell, "统计_窗口") == []
