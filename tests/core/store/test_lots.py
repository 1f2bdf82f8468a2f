import pytest

from app.core.store import in_lots


@pytest.mark.parametrize("count", [0, 1, 499, 500, 501, 1001])
def test_nothing_is_lost_or_asked_twice_when_much_is_asked_in_lots(count):
    lots = list(in_lots(list(range(count))))
    assert [value for lot in lots for value in lot] == list(range(count))
    assert all(0 < len(lot) <= 500 for lot in lots)
