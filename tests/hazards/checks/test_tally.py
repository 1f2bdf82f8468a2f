"""How often was checked, by kind and by who led: on the screen, on paper and by command."""

from datetime import date

import pytest
from PySide6.QtWidgets import QApplication

from app.core.paper import Context, print_paper
from app.hazards.checks.tally import names_in
from app.ui import theme
from tests.hazards.checks.test_register import LAMP, PILE, text_of
from tests.ui.look import faults, grab


@pytest.fixture
def three(walked, checks):
    first = walked({"exits": LAMP, "gear": PILE})
    walked(kind="周", leader="刘玉兰、王建国", checked_on=date(2026, 3, 20))
    gone = walked()
    checks.void(gone.check.uid, "重复录入")
    return first.check


def test_checks_are_counted_by_kind_and_by_each_who_led(checks, three):
    checks.recheck(
        three.uid, on=date(2026, 4, 1), by="李敏", results={"exits": "√", "gear": "×"}, notes={}
    )
    (row,) = checks.views["tally"]({})
    assert (row["checks"], row["points"], row["faults"]) == (2, 12, 2)
    assert (row["rechecks"], row["fixed"]) == (1, 1)
    assert row["span"] == "2026年3月20日至2026年3月31日"
    assert [(one["word"], one["checks"], one["faults"]) for one in row["kinds"]] == [
        ("日", 1, 2),
        ("周", 1, 0),
    ]
    leaders = [(one["word"], one["checks"], one["last_on"]) for one in row["leaders"]]
    assert leaders == [("刘玉兰", 2, date(2026, 3, 31)), ("王建国", 1, date(2026, 3, 20))]


def test_only_what_is_asked_for_is_counted(checks, three):
    (row,) = checks.views["tally"]({"kind": "周"})
    assert (row["checks"], row["faults"]) == (1, 0)
    assert checks.views["tally"]({"year": "2025"}) == []


@pytest.mark.parametrize(
    ("said", "names"),
    [
        ("刘玉兰", ("刘玉兰",)),
        ("刘玉兰、王建国", ("刘玉兰", "王建国")),
        ("刘,刘 ", ("刘",)),
        ("", ()),
    ],
)
def test_a_blank_may_name_one_or_several(said, names):
    assert names_in(said) == names


def test_the_numbers_print_as_they_are_shown(checks, three, papers):
    printed = print_paper(
        papers["check_tally"], checks.views["tally"]({}), Context("青石镇中心小学")
    )
    words = text_of(printed).replace("\r\n", "")
    assert "2次" in words and "12条" in words and "王建国" in words


@pytest.mark.parametrize("size", ["小", "中", "大", "特大"])
def test_the_page_counts_what_its_list_shows(user, page, three, size):
    theme.apply(QApplication.instance(), size)
    user.opens(page())
    user.clicks("统计")
    assert user.sees("检查 2 次，看了 12 条要点，打× 2 条") and user.sees("王建国")
    assert faults(user.front()) == []
    grab(user.front(), "检查统计", size)
    user.clicks("打印")
    assert user.sees_button("存为PDF")
