"""A list without a paper of its own: its columns decide how the sheet lies."""

import re
from datetime import date
from pathlib import Path
from typing import NamedTuple

import pytest

from app.core.listing import ListForm, SheetColumn

APP = Path(__file__).parents[2] / "app"


class Line(NamedTuple):
    name: str
    on: date | None
    is_late: bool


NAME, DAY = SheetColumn("姓名", 12, "name"), SheetColumn("日期", 12, "on")
LATE = SheetColumn("迟报", 8, lambda line: line.is_late)


def wide(width):
    return SheetColumn("说明", width, lambda _: "")


@pytest.mark.parametrize(
    ("width", "lies", "size"), [(50, False, 0), (80, True, 0), (113, True, 0), (114, True, 9.0)]
)
def test_a_list_stands_while_it_has_room_then_lies_then_shrinks(width, lies, size):
    paper = ListForm("LB-99", "名单", (NAME, DAY, wide(width))).paper()
    assert (paper.is_landscape, paper.size) == (lies, size)


def test_a_row_says_what_is_printed_and_nothing_else():
    form = ListForm("LB-99", "名单", (NAME, DAY, LATE), unprinted=("日期",))
    assert form.row(Line("王芳", date(2026, 3, 5), True)) == {"姓名": "王芳", "迟报": "是"}
    assert [column.label for column in form.paper().columns] == ["序号", "姓名", "迟报"]
    assert form.paper().level == "内部"


def test_each_list_has_a_number_of_its_own_and_the_glossary_knows_it():
    said = [
        n for path in APP.rglob("*.py") for n in re.findall(r'"(LB-\d\d)"', path.read_text("utf-8"))
    ]
    assert len(said) == len(set(said)) > 10
    assert sorted(said) == sorted(re.findall(r"^\| (LB-\d\d) \|", glossary(), re.M))


def glossary():
    return (APP / "TERMS.md").read_text(encoding="utf-8")
