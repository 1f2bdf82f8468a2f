from datetime import date

import pytest

from app.handover.reports.views import disputes_of, letter_of
from app.handover.reports.words import Kind


def asked(monkeypatch, room, name):
    """How often a room is asked for something from here on."""
    ask, times = getattr(room, name), []

    def counting(*args, **named):
        times.append(args)
        return ask(*args, **named)

    monkeypatch.setattr(room, name, counting)
    return times


@pytest.fixture
def weeks(house, reports, found):
    """Six weekly reports, one of them with words of its own, and a table of disputes."""
    for on in (date(2026, 9, 8), date(2026, 9, 30), date(2026, 10, 14)):
        found(on)
    made = [reports.begin(Kind.WEEKLY, f"2026-W{week}") for week in range(37, 43)]
    reports.write(made[2].uid, texts={"activities": "这一周开了家长会。"}, reporter="张老师")
    reports.zero(Kind.WEEKLY, "2026-W41")
    reports.begin(Kind.DISPUTES, "2026-09")
    return made


def test_many_reports_at_once_read_as_each_of_them_alone(reports, weeks):
    lines = reports.lines()
    for view, kind in (("weekly", Kind.WEEKLY), ("yearly", Kind.YEARLY)):
        mine = [line.report.uid for line in lines if line.kind is kind]
        assert reports.views[view]({}) == [letter_of(reports, reports.draft(uid)) for uid in mine]
    (table,) = (line.report.uid for line in lines if line.kind is Kind.DISPUTES)
    assert reports.views["disputes"]({}) == disputes_of(reports, reports.draft(table))
    words = [row["activities"] for row in reports.views["weekly"]({})]
    assert words.count("这一周开了家长会。") == 1
    assert len(set(map(str, reports.views["weekly"]({})))) == len(weeks)


def test_many_reports_at_once_ask_a_room_once_for_what_they_share(
    house, reports, weeks, monkeypatch
):
    letters = asked(monkeypatch, house.letters, "batches")
    hazards = asked(monkeypatch, house.hazards, "lines")
    rows = reports.views["weekly"]({})
    assert len(rows) == len(weeks)
    assert len(letters) == 1, "no text of a weekly report names a number of letters"
    assert len({repr(one) for one in hazards}) == len(hazards)


def test_what_is_entered_afterwards_stands_in_the_next_print(reports, weeks, found):
    before = reports.views["weekly"]({"period": "2026-W42"})
    found(date(2026, 10, 15), "沙坑里有石块")
    after = reports.views["weekly"]({"period": "2026-W42"})
    assert "新增隐患1条" in before[0]["work"] and "新增隐患2条" in after[0]["work"]
