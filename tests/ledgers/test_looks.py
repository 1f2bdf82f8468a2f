"""How the ledgers look at 1366×698 in every size: nothing cut, nothing overlapping."""

from datetime import timedelta

import pytest

from app.ledgers.page import LedgersPage
from tests.hearing import let_hear
from tests.ledgers.conftest import NOW, TODAY
from tests.ledgers.filled import filled
from tests.ui.look import look_at

SHOWN = ("dispute", "gate_visit", "school_bus", "bully", "canteen_goods", "outing", "town_boiler")


@pytest.fixture
def house(ledgers):
    """Some lines in some ledgers: coming, past and ended ones."""
    for id in SHOWN:
        form = ledgers.form(id)
        for n in (1, 2, 3):
            ledgers.enter(id, filled(form, NOW, n=n, ended=n == 3))
    past = dict.fromkeys(("check_until", "sign_until"), TODAY - timedelta(days=3))
    late = filled(ledgers.form("school_bus"), NOW, n=1) | past
    ledgers.enter("school_bus", late | {"on": TODAY - timedelta(days=300)})
    return ledgers


@pytest.mark.parametrize("size", ["中", "特大"])
def test_all_ledgers_and_some_of_them_opened(user, store, house, papers, size):
    page = LedgersPage(
        house, papers=papers, facts=lambda: frozenset({"has_canteen", "has_bus"}), memory=store
    )
    let_hear(store, page)
    user.opens(page)
    assert look_at(page, "其他台账", sizes=(size,)) == []
    for id in SHOWN:
        opened = page.open(id)
        opened.table.selectRow(0)
        user.settles()
        assert look_at(page, f"台账 {id}", sizes=(size,)) == []
        page.close_ledger()


@pytest.mark.parametrize("size", ["中", "特大"])
@pytest.mark.parametrize("id", ["incident", "bully", "special_device"])
def test_the_blanks_of_a_line(user, page_of, id, size):
    page_of(id)
    user.clicks("登记")
    assert look_at(user.front(), f"台账 {id} 登记", sizes=(size,), width=0) == []
