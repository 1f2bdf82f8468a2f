"""The sample school's rosters: kept by its own register, with slips to look at."""

from datetime import date

import pytest

from app.house import House
from app.sample_duties import keep_duties


@pytest.mark.parametrize("today", [date(2026, 11, 22), date(2026, 10, 3), date(2027, 3, 31)])
def test_the_sample_has_a_roster_on_any_day_and_slips_to_look_at(store, tmp_path, today):
    from app.core.paths import Paths
    from app.core.sheets import read_book
    from app.people import plan_staff
    from tests.duties.conftest import ROOT

    house = House(store, Paths(ROOT, tmp_path), today=lambda: today)
    book = read_book(house.sample_folder / "教职工名单.xlsx")
    house.staff.carry_out(plan_staff(house.staff, book))
    keep_duties(house, today)
    month = house.duties.month(today)
    kinds = {slip.kind for slip in house.duties.swaps.all()}
    assert {"补休", "缺岗"} <= kinds
    assert house.duties.swaps.owed()
    assert month.cells
