"""今日 and the plain ledgers: days that come or have passed, months still owed."""

from datetime import date, datetime, timedelta

import pytest

from app.agenda.expiries import of_ledgers
from app.agenda.items import When
from app.core.roles import Role, Sitter
from app.ledgers import LedgerRegister
from tests.ledgers.conftest import (  # noqa: F401
    TODAY,
    all_forms,
    boiler,
    clock,
    dispute,
    forms,
    ledgers,
)


def items(register: LedgerRegister, role: Role = Role.OFFICER) -> list:
    return list(of_ledgers(register, Sitter("张老师", role), register.today()))


def test_one_line_due_is_named_and_leads_to_itself(ledgers, boiler):  # noqa: F811
    line = boiler(next_date=TODAY + timedelta(days=5))
    (item,) = items(ledgers)
    assert (item.when, item.what) == (When.SOON, "一号锅炉 食堂：下次检验快到期")
    assert item.why == "2026年11月25日 · 锅炉台账 GL-2024-0001"
    assert (item.room, item.uid, item.link) == ("ledgers", line.uid, "去办理")


def test_many_lines_of_one_kind_are_told_of_together(ledgers, boiler):  # noqa: F811
    for n in range(5):
        boiler(next_date=TODAY - timedelta(days=n + 1))
    (item,) = items(ledgers)
    assert item.what == "锅炉台账：5台的下次检验已过期"
    assert (item.when, item.uid, item.due_on) == (When.LATE, "town_boiler", date(2026, 11, 15))


def test_a_far_day_is_not_urgent_yet(ledgers, boiler):  # noqa: F811
    boiler(next_date=TODAY + timedelta(days=20))
    assert [item.when for item in items(ledgers)] == [When.LATER]


def test_a_month_is_owed_of_a_ledger_in_use_alone(ledgers, dispute, clock):  # noqa: F811
    assert items(ledgers) == [], "nobody is owed anything of a ledger never begun"
    dispute(found_on=date(2026, 10, 5))
    clock.at = datetime(2026, 11, 14, 9)
    owed, now = items(ledgers)
    assert (owed.when, owed.what) == (When.LATE, "2026年10月的矛盾纠纷排查台账还没有报")
    assert (now.when, now.due_on) == (When.SOON, date(2026, 11, 18))
    for month in ("2026-10", "2026-11"):
        ledgers.months.report("dispute", month, is_zero=month != "2026-10", by="周海涛")
    assert items(ledgers) == []


def test_many_months_owed_are_told_of_in_one_line(ledgers, dispute):  # noqa: F811
    dispute(found_on=date(2026, 5, 5))
    (owed,) = items(ledgers)
    named = "2026年9月、2026年10月、2026年11月等7个月"
    assert owed.what == f"{named}的矛盾纠纷排查台账还没有报"
    assert owed.due_on == date(2026, 5, 18)


@pytest.mark.parametrize(
    ("role", "link"),
    [(Role.OFFICER, "去办理"), (Role.PRINCIPAL, "去看"), (Role.TEACHER, "去看"), (Role.DUTY, "")],
)
def test_who_may_not_write_is_led_to_look_and_who_has_no_tab_nowhere(
    ledgers,  # noqa: F811
    boiler,  # noqa: F811
    role,
    link,
):
    boiler(next_date=TODAY)
    assert [item.link for item in items(ledgers, role)] == [link]
