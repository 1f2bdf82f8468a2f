"""A line that is 作废 stands in the recycle view under its number, and comes back from there."""

from app.core.paths import Paths
from app.house import House
from app.ledgers import LedgerLine
from app.menu import _KINDS
from tests.ledgers.conftest import NOW, ROOT
from tests.ledgers.filled import filled


def test_a_void_line_is_found_by_number_and_ledger_and_comes_back(store, tmp_path):
    house = House(store, Paths(ROOT, tmp_path), now=lambda: NOW)
    line = house.ledgers.enter("insurance", filled(house.ledgers.form("insurance"), NOW))
    house.ledgers.void(line.uid, "登记错了")
    assert LedgerLine in {kind.record for kind in _KINDS}
    (gone,) = store.voided(LedgerLine)
    assert house.ledgers.called(gone) == f"{line.number} 保险台账"
    store.revive(line.uid, "恢复台账")
    assert [one.number for one in house.ledgers.lines("insurance")] == [line.number]
