"""What the calendar does in a whole school: the title, the foot, what a notice touches."""

from datetime import date, datetime

import pytest

from app.calendar import SchoolCalendar
from app.calendar.days import Notice
from app.calendar.rules import Holiday
from app.core.desk import unlock
from app.core.store import Store
from app.house import House
from app.shell import Shell
from tests.conftest import KEY
from tests.terminal import PASSWORD, found_school

TODAY = date(2026, 10, 12)


@pytest.fixture
def opened(tmp_path):
    desk = found_school(tmp_path / "校安台数据")
    found = unlock(desk.paths, desk.user, PASSWORD)
    yield found
    found.close()


@pytest.fixture
def house(opened):
    return House(opened.store, opened.paths, today=lambda: TODAY)


def test_the_title_says_the_week_of_the_term(opened, house):
    year = {"school.year": 2026}
    house.settings.put(year)
    assert house.title().endswith("· 2026—2027学年第一学期 第7周")
    house.calendar.set_term("2026-2027-1", begins_on=date(2026, 9, 7), ends_on=date(2027, 1, 22))
    assert house.title().endswith("第6周")
    winter = House(opened.store, opened.paths, today=lambda: date(2027, 2, 10))
    assert winter.title().endswith("2026—2027学年第二学期")


def test_the_way_to_school_is_due_a_month_after_the_day_the_school_entered(house):
    assert house.travel.starts_on() == date(2026, 9, 1)
    house.calendar.set_term("2026-2027-1", begins_on=date(2026, 9, 7), ends_on=date(2027, 1, 22))
    assert house.travel.starts_on() == date(2026, 9, 7)
    assert house.travel.due().last_day == date(2026, 10, 6)
    house.travel.set_start(date(2026, 9, 8), counts_last_day=False)
    days = house.calendar.term("2026-2027-1")
    assert (days.begins_on, days.ends_on) == (date(2026, 9, 8), date(2027, 1, 22))


def test_the_foot_says_up_to_which_year_holidays_are_known(user, opened, house):
    shell = Shell(opened, house)
    user.opens(shell)
    assert user.sees("节假日数据到2026年")
    may = Holiday("劳动节", date(2027, 5, 1), date(2027, 5, 5))
    house.calendar.notices.confirm(Notice(2027, "", "", [may]))
    user.settles()
    assert user.sees("节假日数据到2027年")


def test_a_notice_names_the_drills_and_duties_on_the_days_it_turns(house):
    drill = house.drills.enter(
        kind="地震", title="地震避险", planned_on=date(2026, 10, 23), scope="全校"
    )
    short = Holiday("国庆节", date(2026, 10, 23), date(2026, 10, 31))
    said = house.calendar.notices.preview(Notice(2026, "", "", [short])).planned
    assert f"演练 {drill.number} 地震避险：2026年10月23日（周五）由上课变为节假日（国庆节）" in said
    assert any(line.startswith("到期的事 ") for line in said)


def test_a_clock_that_fell_back_a_year_moves_no_term(tmp_path, books, themes):
    now = [datetime(2026, 10, 12, 9, 0)]
    store = Store(tmp_path / "x.db", KEY, now=lambda: now[0])
    calendar = SchoolCalendar(store, books, themes, today=store.clock.today)
    calendar.set_term("2026-2027-1", begins_on=date(2026, 8, 31), ends_on=date(2027, 1, 22))
    now[0] = datetime(2025, 10, 12, 9, 0)
    assert store.clock.warning() is not None
    assert calendar.term_now().term.code == "2026-2027-1"
    assert calendar.week_of(calendar.today()) == 7
    store.close()
