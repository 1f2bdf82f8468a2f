from contextlib import closing
from datetime import datetime, timedelta

from app.core.store import Store
from tests.conftest import KEY
from tests.core.store.toy import LOOSE_RAIL, PLAYGROUND, Toys, actions

NOON = datetime(2026, 4, 1, 12)


def opened(path, at):
    return closing(Store(path, KEY, now=lambda: at[0]))


def test_a_clock_that_goes_on_is_believed(tmp_path):
    at = [NOON]
    with opened(tmp_path / "x.db", at) as store:
        assert store.clock.newest is None
        assert store.clock.warning() is None
        Toys(store).report(**LOOSE_RAIL)
        at[0] += timedelta(days=400)
        assert store.clock.newest == NOON
        assert store.clock.warning() is None


def test_some_hours_back_on_the_same_day_alarm_nobody_but_are_not_written_down(tmp_path):
    at = [NOON]
    with opened(tmp_path / "x.db", at) as store:
        Toys(store).report(**LOOSE_RAIL)
        at[0] = NOON.replace(hour=8)
        assert store.clock.warning() is None
        Toys(store).report(**PLAYGROUND)
        assert [a.at for a in actions(store)] == [NOON, NOON]


def test_a_dead_battery_is_told_of_also_after_the_next_start(tmp_path):
    at = [NOON]
    with opened(tmp_path / "x.db", at) as store:
        Toys(store).report(**LOOSE_RAIL)
    at[0] = datetime(2010, 1, 1)
    with opened(tmp_path / "x.db", at) as store:
        assert store.clock.warning() is not None
        warning = store.clock.warning()
        assert "电脑的日期是2010年1月1日" in warning.what
        assert "2026年4月1日" in warning.what
        Toys(store).report(**PLAYGROUND)
        store.note("查看")
        store.settle()
        assert [a.at for a in actions(store)] == [NOON] * 3
        assert store.clock.warning() is not None, "what was written meanwhile does not hide it"


def test_a_year_typed_wrong_once_does_not_spoil_the_journal_for_good(tmp_path):
    at = [datetime(2062, 4, 1)]
    with opened(tmp_path / "x.db", at) as store:
        Toys(store).report(**LOOSE_RAIL)
        at[0] = NOON
        assert store.clock.warning() is not None
        store.trust_clock()
        assert store.clock.warning() is None
        Toys(store).report(**PLAYGROUND)
    with opened(tmp_path / "x.db", at) as store:
        assert store.clock.warning() is None
        assert [(a.label, a.at) for a in actions(store)[1:]] == [
            ("确认电脑日期", NOON),
            ("登记隐患", NOON),
        ]
