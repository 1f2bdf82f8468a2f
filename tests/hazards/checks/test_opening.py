"""The round around the opening of a term: when it is asked for, and what settles it."""

from datetime import date

import pytest

from app.hazards.checks.opening import opening_at, opening_round


@pytest.mark.parametrize(
    ("day", "name"),
    [
        (date(2026, 2, 9), None),
        (date(2026, 2, 10), "春季"),
        (date(2026, 3, 15), "春季"),
        (date(2026, 3, 16), None),
        (date(2026, 8, 20), "秋季"),
        (date(2026, 9, 20), "秋季"),
        (date(2026, 12, 1), None),
    ],
)
def test_the_weeks_around_the_opening_of_a_term(day, name):
    opening = opening_at(day)
    assert (opening.name if opening else None) == name


def test_only_a_check_of_the_term_in_those_weeks_settles_the_round(store, checks, walked):
    today = date(2026, 3, 10)
    walked(checked_on=date(2026, 3, 2), kind="周")
    walked(checked_on=date(2026, 1, 20), kind="学期")
    assert opening_round(store, today).last == date(2026, 3, 15)
    walk = walked(checked_on=date(2026, 3, 2), kind="学期")
    assert opening_round(store, today) is None
    checks.void(walk.check.uid, "重复录入")
    assert opening_round(store, today) is not None
