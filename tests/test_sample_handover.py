"""The sample school has handed in, was answered, and reported week by week."""

from collections import Counter
from datetime import date

import pytest

from app.core.paths import Paths, find_paths
from app.core.store import Store
from app.handover.reports.wall import wall_of
from app.handover.reports.words import Kind, Standing
from app.house import House
from app.sample import FACTS, fill
from app.sample_handover import hand_in
from tests.conftest import KEY


@pytest.fixture(scope="module")
def school(tmp_path_factory):
    paths = Paths(find_paths().program, tmp_path_factory.mktemp("样例"))
    store = Store(paths.database, KEY)
    house = House(store, paths)
    house.settings.put(FACTS.settings(house.moment(), sample=True))
    house.handover.make_key()
    fill(house, date.today())
    hand_in(house, paths, date.today())
    yield house
    store.close()


def test_the_last_months_were_handed_over_and_one_was_late(school):
    sent = school.handover.sent()
    assert len(sent) == 3 and all(one.handed_to for one in sent)
    assert sorted(one.lateness()[:2] for one in sent) == ["按时", "按时", "迟报"]
    assert all(one.due_at.date() < date.today() and one.span == "本月" for one in sent)


def test_the_town_answered_and_what_it_wants_is_in_the_day(school):
    assert school.answers.keys.town().name == "云栖镇中心校"
    assert {one.verdict for one in school.answers.lines()} >= {"督办", "已收"}
    (asked,) = [one for one in school.agenda.items() if one.what.startswith("镇里督办")]
    assert asked.due_on > date.today()


def test_the_wall_has_what_went_out_late_as_nothing_and_is_owed(school):
    cells = [
        one
        for year in (date.today().year - 1, date.today().year)
        for one in wall_of(school.reports, year)
    ]
    weeks = Counter(one.standing for one in cells if one.kind is Kind.WEEKLY)
    months = Counter(one.standing for one in cells if one.kind is Kind.DISPUTES)
    assert Standing.AMEND not in weeks and months[Standing.OWED] == 0
    if sum(weeks[one] for one in (Standing.SENT, Standing.ZERO, Standing.LATE)) >= 6:
        assert weeks[Standing.ZERO] and weeks[Standing.LATE] and weeks[Standing.OWED] == 1
    assert all(school.rules.line(rule).counts for rule in ("DISP-18", "YEAR-SUM"))
