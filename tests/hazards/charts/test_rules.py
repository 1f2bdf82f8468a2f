"""What a bar counts: spans of time, ages, which hazards fit a filter."""

from datetime import date, timedelta

import pytest

from app.hazards.charts.counting import statistics
from app.hazards.charts.filters import choose, say
from app.hazards.charts.reading import Led
from app.hazards.charts.rules import AGES, Fact, age_of, between, period, twelve_months

TODAY = date(2026, 11, 22)


def fact(number=1, **said):
    usual = {
        "found_on": date(2026, 11, 2), "category": "消防安全", "area": "食堂", "place": "操作间",
        "source": "学校自查（周）", "grade": "一般", "owner": "王建国", "next_on": None,
        "fixed_on": None, "closed_on": None, "step": "治理", "is_shelved": False,
        "is_rebound": False,
    }  # fmt: skip
    return Fact(uid=f"u{number}", **(usual | said))


def closed(number, days, **said):
    on = date(2026, 11, 2) + timedelta(days=days)
    return fact(number, step=None, fixed_on=on, closed_on=on, **said)


@pytest.mark.parametrize(
    ("span", "words", "first", "last"),
    [
        ("本月", "2026年11月", date(2026, 11, 1), date(2026, 11, 30)),
        ("本学期", "2026—2027学年第一学期", date(2026, 8, 1), date(2027, 1, 31)),
        ("本学年", "2026—2027学年", date(2026, 8, 1), date(2027, 7, 31)),
        ("全部", "全部", None, None),
        ("2025", "2025年", date(2025, 1, 1), date(2025, 12, 31)),
    ],
)
def test_a_span_has_its_first_and_last_day(span, words, first, last):
    assert period(span, TODAY) == (words, first, last)


@pytest.mark.parametrize(
    ("today", "span", "first", "last"),
    [
        (date(2027, 1, 31), "本学期", date(2026, 8, 1), date(2027, 1, 31)),
        (date(2027, 2, 1), "本学期", date(2027, 2, 1), date(2027, 7, 31)),
        (date(2027, 7, 31), "本学年", date(2026, 8, 1), date(2027, 7, 31)),
        (date(2026, 12, 31), "本月", date(2026, 12, 1), date(2026, 12, 31)),
        (date(2028, 2, 3), "本月", date(2028, 2, 1), date(2028, 2, 29)),
    ],
)
def test_spans_turn_over_on_the_right_day(today, span, first, last):
    assert period(span, today)[1:] == (first, last)


@pytest.mark.parametrize("word", ["上月", "", "0", "99999", "２０２６.5"])
def test_a_span_nobody_knows_is_refused(word):
    with pytest.raises(ValueError):
        period(word, TODAY)


def test_both_ends_of_a_period_count_and_either_may_be_open():
    march = between(date(2026, 3, 1), date(2026, 3, 31))
    assert [march.has(date(2026, 3, day)) for day in (1, 31)] == [True, True]
    assert not march.has(date(2026, 2, 28)) and not march.has(date(2026, 4, 1))
    assert march.words == "2026年3月1日至2026年3月31日"
    assert between(date(2026, 3, 1), None).words == "2026年3月1日起"
    assert between(None, date(2026, 3, 1)).words == "2026年3月1日以前"
    assert between(None, None) == period("全部", TODAY)


@pytest.mark.parametrize(
    ("chosen", "words", "first"),
    [
        (period("本月", TODAY), "2026—2027学年", date(2026, 8, 1)),
        (period("全部", TODAY), "2026—2027学年", date(2026, 8, 1)),
        (period("2025", TODAY), "2025年", date(2025, 1, 1)),
        (between(date(2026, 3, 1), date(2026, 5, 2)), "2025—2026学年", date(2025, 8, 1)),
        (between(date(2027, 9, 1), date(2028, 1, 2)), "2027—2028学年", date(2027, 8, 1)),
    ],
)
def test_the_months_are_those_of_the_year_the_period_belongs_to(chosen, words, first):
    said, months = twelve_months(chosen, TODAY)
    assert (said, months[0], len(months)) == (words, first, 12)
    assert months == sorted(months)


@pytest.mark.parametrize(
    ("days", "word"),
    [(-3, "0–7天"), (0, "0–7天"), (7, "0–7天"), (8, "8–15天"), (15, "8–15天"), (16, "16–30天"),
     (30, "16–30天"), (31, "31–90天"), (90, "31–90天"), (91, "90天以上"), (2000, "90天以上")],
)  # fmt: skip
def test_every_age_has_its_group(days, word):
    assert age_of(TODAY - timedelta(days=days), TODAY) == word
    assert word in AGES


def test_an_old_hazard_closed_without_a_day_counts_when_it_was_found_but_took_nobody_knows():
    old = fact(step=None)
    assert old.ended_on == old.found_on
    assert old.days_to_close is None
    assert choose([old], (("state", "timed"),), TODAY) == []
    strange = fact(step=None, closed_on=date(2026, 10, 1))
    assert strange.days_to_close is None and strange.ended_on == strange.found_on


def test_late_is_what_the_ledger_calls_late():
    past = TODAY - timedelta(days=1)
    assert fact(next_on=past).is_late(TODAY)
    assert not fact(next_on=TODAY).is_late(TODAY), "the last day itself is in time"
    assert not fact(next_on=past, step="验收").is_late(TODAY)
    assert not fact(next_on=past, step=None).is_late(TODAY)


def test_key_figures_follow_their_definitions():
    facts = [
        closed(1, 4),
        closed(2, 10, grade="重大"),
        fact(3, next_on=date(2026, 11, 3)),
        fact(4, is_shelved=True, is_rebound=True),
        fact(5, found_on=date(2026, 5, 5)),  # before the period
    ]
    made = statistics(facts, [], period("本学年", TODAY), TODAY)
    assert {figure.word: figure.said for figure in made.figures} == {
        "登记": "4", "销账": "2", "销账率": "50.0%", "未销账": "2", "逾期": "1", "重大": "1",
        "挂账": "1", "反弹": "1", "平均整改": "7.0天",
    }  # fmt: skip
    nothing = statistics([], [], period("本学年", TODAY), TODAY)
    said = {figure.word: figure.said for figure in nothing.figures}
    assert (said["登记"], said["销账率"], said["平均整改"]) == ("0", "—", "—")


def test_days_to_close_say_the_middle_and_the_longest_by_grade():
    facts = [closed(n, days) for n, days in enumerate((2, 3, 30))]
    facts += [closed(9, 5, grade="重大"), closed(10, 6, grade="甲类")]
    chart = statistics(facts, [], period("全部", TODAY), TODAY).charts["days"]
    assert [(bar.label, *(part.words for part in bar.parts)) for bar in chart.bars] == [
        ("一般", "中位3天（3条）", "最长30天（1条）"),
        ("重大", "中位5天（1条）", "最长5天（1条）"),
        ("甲类", "中位6天（1条）", "最长6天（1条）"),
    ]


def test_what_is_rarer_goes_into_one_bar_so_that_the_sum_is_whole():
    facts = [fact(n, place=f"部位{n:02}", owner=f"老师{n:02}") for n in range(20)]
    charts = statistics(facts, [], period("全部", TODAY), TODAY).charts
    assert charts["places"].bars[-1].label == "其余12处"
    assert charts["owners"].bars[-1].label == "其余10人"
    for key in ("areas", "categories", "places", "sources", "owners", "ages"):
        assert sum(bar.total for bar in charts[key].bars) == 20, key


def test_who_led_how_many_checks_is_counted_in_the_period():
    days = (date(2026, 11, 1), date(2026, 11, 2), date(2026, 3, 1))
    checks = [Led(f"c{n}", day, "李校长") for n, day in enumerate(days)]
    chart = statistics([], checks, period("本月", TODAY), TODAY).charts["leaders"]
    assert [(bar.label, bar.parts[0].words) for bar in chart.bars] == [("李校长", "2次")]


def test_every_part_of_every_chart_counts_what_its_filter_finds():
    facts = [
        fact(
            n,
            found_on=date(2026, 11, 20) - timedelta(days=9 * n),
            area=("食堂", "操场", "没有写区域")[n % 3],
            place=f"部位{n % 13}",
            category=f"类别{n % 11}",
            source=f"来源{n % 3}",
            owner=f"老师{n % 14}",
            grade=("一般", "较大", "重大")[n % 3],
            next_on=date(2026, 11, 20) + timedelta(days=n % 4),
            step=("治理", None, "验收")[n % 3],
            fixed_on=None if n % 3 == 0 else date(2026, 11, 21),
            closed_on=date(2026, 11, 22) if n % 3 == 1 else None,
        )
        for n in range(60)
    ]
    for span in ("本月", "本学期", "本学年", "全部", "2026"):
        made = statistics(facts, [], period(span, TODAY), TODAY)
        for figure in made.figures:
            if figure.filter or figure.key == "found":
                assert len(choose(facts, figure.filter, TODAY)) == int(figure.said), figure.word
        for key, chart in made.charts.items():
            for bar in chart.bars:
                for part in bar.parts if key != "days" else ():
                    assert len(choose(facts, part.filter, TODAY)) == part.value, (span, key, bar)


@pytest.mark.parametrize(
    ("wanted", "words"),
    [
        ((), "历年查出的"),
        ((("area", "食堂"), ("state", "open")), "食堂，未销账"),
        ((("found_from", "2026-08-01"), ("found_to", "2027-07-31")), "2026年查出的"),
        ((("found", "2026-03"),), "2026年3月查出的"),
        ((("ended", "2026-11"),), "2026年11月销账的"),
        ((("age", "8–15天"),), "查出8–15天还没有销账"),
        ((("owner", "王建国"), ("state", "late")), "由王建国负责，逾期"),
        ((("owner", "还没有定责任人"), ("-state", "late")), "还没有定责任人，没有逾期"),
        ((("-area", "食堂"), ("-area", "操场"), ("state", "open")), "未销账，除食堂、操场以外"),
        ((("grade", "一般"), ("state", "timed"), ("took", "30")), "一般，已销账，用了30天"),
    ],
)
def test_a_filter_reads_as_a_heading(wanted, words):
    chosen = period("2026" if wanted and wanted[0][0] == "found_from" else "全部", TODAY)
    assert say(wanted, chosen) == words
