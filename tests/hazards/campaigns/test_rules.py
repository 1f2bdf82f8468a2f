"""Which days of a campaign contradict each other, and where it stands."""

from datetime import date

import pytest

from app.hazards.campaigns.rules import Span, State, doubts, last_day_to_report, state
from app.hazards.campaigns.templates import load_campaign_forms
from tests.hazards.conftest import ROOT


def d(month, day):
    return date(2026, month, day)


WHOLE = (d(9, 10), d(11, 10))


def phases(*days, **report):
    return [Span(f"阶段{n}", *span, **report) for n, span in enumerate(days, start=1)]


@pytest.mark.parametrize(
    ("spans", "said"),
    [
        ([(d(9, 10), d(10, 1)), (d(10, 2), d(11, 10))], []),
        ([], []),
        (
            [(d(9, 10), d(10, 1)), (d(10, 2), d(10, 5))],
            ["各阶段合起来是9月10日至10月5日，和总期限9月10日至11月10日不一致。"],
        ),
        ([(d(9, 8), d(11, 10))], ["“阶段1”不全在总期限9月10日至11月10日以内。"]),
        ([(d(9, 10), d(11, 12))], ["“阶段1”不全在总期限9月10日至11月10日以内。"]),
        ([(d(9, 10), d(9, 20)), (d(9, 20), d(11, 10))], ["“阶段1”和“阶段2”的日期有重叠。"]),
        ([(d(9, 10), d(9, 20)), (d(9, 25), d(11, 10))], ["“阶段1”和“阶段2”之间空了几天。"]),
    ],
)
def test_phases_that_do_not_add_up_to_the_whole_are_said(spans, said):
    assert doubts(*WHOLE, phases(*spans)) == said


def test_a_phase_or_a_whole_that_ends_before_it_begins_is_said():
    assert doubts(d(9, 10), d(9, 1), []) == ["总期限的结束日期9月1日早于开始日期9月10日。"]
    (first, *_) = doubts(*WHOLE, phases((d(9, 20), d(9, 15))))
    assert first == "“阶段1”的结束日期早于开始日期。"


@pytest.mark.parametrize(
    ("day", "counts", "said"),
    [
        (d(11, 10), True, []),
        (
            d(11, 11),
            False,
            [
                "“阶段1”的最后一天是11月10日，报送日写的是11月11日前（最迟11月10日），两个日子不一样。"
            ],
        ),
        (d(11, 9), True, ["“阶段1”的最后一天是11月10日，报送日写的是11月9日，两个日子不一样。"]),
    ],
)
def test_a_report_day_that_is_not_the_last_of_its_phase_is_said(day, counts, said):
    assert doubts(*WHOLE, phases(WHOLE, report_on=day, report_counts=counts)) == said


def test_before_a_day_means_the_day_before_it_unless_that_day_counts():
    assert last_day_to_report(d(9, 21), counts=False) == d(9, 20)
    assert last_day_to_report(d(9, 21), counts=True) == d(9, 21)
    assert last_day_to_report(None, counts=False) is None


@pytest.mark.parametrize(
    ("today", "stands"),
    [
        (d(9, 9), State.AHEAD),
        (d(9, 10), State.RUNNING),
        (d(11, 10), State.RUNNING),
        (d(11, 11), State.OVER),
    ],
)
def test_a_campaign_runs_from_its_first_day_to_the_end_of_its_last(today, stands):
    assert state(*WHOLE, today) is stands


@pytest.mark.parametrize(
    ("today", "start"),
    [
        (date(2026, 6, 1), date(2026, 12, 21)),
        (date(2026, 12, 31), date(2026, 12, 21)),
        (date(2027, 3, 31), date(2026, 12, 21)),
        (date(2027, 4, 1), date(2027, 12, 21)),
    ],
)
def test_a_template_offers_the_round_that_runs_or_else_the_next(templates, today, start):
    assert templates["hundred_days"].next_start(today) == start


def test_a_template_crosses_the_year_and_knows_how_long_february_is(templates):
    form = templates["hundred_days"]
    assert form.day("03-31", date(2026, 12, 21)) == date(2027, 3, 31)
    assert form.day("02-29", date(2026, 12, 21)) == date(2027, 2, 28)
    assert form.day("02-29", date(2027, 12, 21)) == date(2028, 2, 29)


def test_a_template_begun_on_another_day_moves_whole(templates):
    form = templates["surroundings"]
    assert form.is_moved(d(9, 15)) and not form.is_moved(d(9, 10))
    assert form.day("10-05", d(9, 15)) == d(10, 10)


@pytest.mark.parametrize(
    ("line", "fault"),
    [
        ('starts = "9-10"', "starts写了“9-10”"),
        ('starts = "13-10"', "starts写了“13-10”"),
        ('starts = "02-30"', "starts写了“02-30”"),
    ],
)
def test_a_template_with_a_broken_day_is_named_and_the_others_work(tmp_path, line, fault):
    good = (ROOT / "forms/campaigns/surroundings.toml").read_text("utf-8")
    (tmp_path / "坏.toml").write_text(good.replace('starts = "09-10"', line, 1), "utf-8")
    found, faults = load_campaign_forms(ROOT / "forms/campaigns", tmp_path)
    assert set(found) == {"hundred_days", "surroundings"}
    assert fault in faults[0].what and "坏.toml" in faults[0].what
