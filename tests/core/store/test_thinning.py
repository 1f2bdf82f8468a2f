from datetime import date, timedelta
from itertools import count

from app.core.store import thinning
from app.core.store.backup import Copy
from app.core.store.thinning import to_drop

TODAY = date(2026, 4, 20)


def numbered(days):
    """Copies in the order they were made, whatever day the clock showed."""
    return [Copy(number, day) for number, day in zip(count(1), days, strict=False)]


def back(days):
    return TODAY - timedelta(days=days)


def test_one_busy_day_cannot_push_out_last_months_copy():
    copies = numbered([back(70), back(40), back(10), *[TODAY] * 50])
    assert to_drop(copies, TODAY) == []


def test_daily_copies_thin_to_days_weeks_and_months():
    copies = numbered([back(d) for d in range(400, -1, -1)])
    dropped = to_drop(copies, TODAY)
    kept = [c for c in copies if c not in dropped]
    assert len(kept) == 2 + 12 + 10 + 9
    assert kept[-14:] == copies[-14:]
    assert (TODAY - kept[0].day).days > 300


def test_a_clock_in_the_future_takes_no_good_copys_place():
    sane = [back(d) for d in range(60, 1, -1)]
    copies = numbered([*sane[:-3], *[date(2099, 1, d) for d in range(1, 21)], *sane[-3:]])
    without = to_drop(numbered(sane), TODAY)
    dropped = [c.day for c in to_drop(copies, TODAY)]
    assert dropped == [c.day for c in without]


def test_a_dead_clock_today_drops_nothing_of_what_was_kept():
    copies = numbered([back(d) for d in range(40, -1, -1)])
    assert to_drop(copies, date(2000, 1, 1)) == []


def test_years_with_a_dead_clock_stay_bounded_and_keep_the_newest():
    copies = []
    for number in range(1, 2000):
        copies.append(Copy(number, date(2000, 1, 1)))
        dropped = set(to_drop(copies, date(2000, 1, 1)))
        copies = [c for c in copies if c not in dropped]
    assert len(copies) <= 61
    assert copies[-1].number == 1999
    assert copies[0].number < 1000, "the old ones are thinned, not cut off"


def test_a_day_before_an_older_copys_fills_no_bucket():
    copies = numbered([back(10), back(500), back(9)])
    assert to_drop(copies, TODAY) == []
    assert Copy(2, back(500)) not in thinning._with_sane_days(copies[::-1], TODAY)
