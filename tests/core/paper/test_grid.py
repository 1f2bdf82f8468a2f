"""Grids: days down, posts across; nothing is cut, nothing is under nine points."""

import re
from ctypes import c_float
from dataclasses import replace
from pathlib import Path

import pypdfium2
import pypdfium2.raw as raw
import pytest

from app.core.paper import Context, load_paper, print_paper
from app.core.paper.fonts import Type, measure
from app.core.paper.names import set_names
from tests.core.paper.reading import misplaced

FORM = load_paper(Path(__file__).parents[3] / "forms/papers/duty_month.toml")
LONG = "阿卜杜热合曼·麦麦提依明"


def row(n, posts, names):
    cells = [
        {"label": f"第{k}岗", "under": "7:20—8:00", "names": list(names)} for k in range(posts)
    ]
    return {
        "span": "2026年10月",
        "day": f"10月{n}日",
        "weekday": "一",
        "kind": "",
        "is_free": n % 7 == 0,
        "cells": cells,
    }


def rows(posts, *, days=31, names=("周海涛", "孙丽华")):
    return [row(n, posts, names) for n in range(1, days + 1)]


def printed(found, **facts):
    return print_paper(replace(FORM, **facts), found, Context("青石镇中心小学"))


def texts(made):
    pdf = pypdfium2.PdfDocument(made.data)
    return [page.get_textpage().get_text_range() for page in pdf]


def sizes(made):
    """Return every size of letter in the paper, in points."""
    found = set()
    for page in pypdfium2.PdfDocument(made.data):
        for one in page.get_objects(filter=[raw.FPDF_PAGEOBJ_TEXT]):
            size = c_float()
            raw.FPDFTextObj_GetFontSize(one, size)
            found.add(round(size.value, 2))
    return found


def test_a_month_of_five_posts_stands_on_one_sheet():
    made = printed(rows(5))
    assert made.pages == 1
    assert texts(made)[0].count("周海涛") == 31 * 5


def test_posts_too_many_for_one_sheet_go_on_the_next_which_repeats_the_dates():
    made = printed(rows(14))
    pages = texts(made)
    assert made.pages > 1
    for page in pages:  # every day on it, once, beside whichever posts
        days = re.findall(r"10月\d+日", page)
        assert len(days) == len(set(days)) >= page.count("周海涛") / 14
    assert sum(len(re.findall(r"10月\d+日", page)) for page in pages) % 31 == 0
    assert sum(page.count("周海涛") for page in pages) == 31 * 14
    for n in range(14):
        assert any(f"第{n}岗" in page for page in pages)


@pytest.mark.parametrize("posts", [1, 7, 14])
@pytest.mark.parametrize("names", [("周海涛",), (LONG,) * 4, ("孙丽华", LONG, "李敏", "何师傅")])
def test_no_letter_is_under_nine_points_and_no_name_is_lost(posts, names):
    made = printed(rows(posts, names=names))
    assert min(sizes(made)) >= 9
    said = re.sub(r"\s", "", "".join(texts(made)))
    for name in set(names):
        assert said.count(name) == 31 * posts * names.count(name)


def test_large_paper_takes_fewer_sheets():
    many = rows(9, names=("周海涛", "孙丽华", "何春燕", "马晓东"))
    assert printed(many, sheet="A3").pages < printed(many).pages
    wide, high = sorted(pypdfium2.PdfDocument(printed(many, sheet="A3").data)[0].get_size())
    assert (round(wide / 72 * 25.4), round(high / 72 * 25.4)) == (297, 420)


def test_a_half_year_goes_on_sheet_by_sheet_with_the_head_on_each():
    made = printed([row(n % 28 + 1, 4, ("周海涛",)) for n in range(180)])
    pages = texts(made)
    assert made.pages > 3
    assert all("第0岗" in page and "日期" in page for page in pages)
    assert sum(page.count("周海涛") for page in pages) == 180 * 4


def test_a_crowd_at_one_post_stays_on_its_sheet():
    crowd = [f"教师{n:02d}" for n in range(60)]
    found = rows(4, days=7)
    for one in found:
        one["cells"][1]["names"] = crowd
    made = printed(found)
    said = re.sub(r"\s", "", "".join(texts(made)))
    assert said.count("教师59") == 7
    assert misplaced(made) == []


def test_a_name_no_font_has_is_named_and_leaves_room_for_the_pen():
    made = printed(rows(2, days=3, names=("周海涛", "孙\ue123华")))
    assert made.pen == ("孙\ue123华",)
    assert texts(made)[0].count("________") >= 6


def test_without_rows_it_is_a_sheet_of_a_month_to_write_on():
    made = printed([])
    assert made.pages == 1
    assert "日期" in texts(made)[0]


def test_names_part_between_names_and_behind_the_dot():
    type_ = Type("fang", 9)
    wide = measure("周海涛　孙丽华", type_) + 2.5
    assert set_names(["周海涛", "孙丽华", "李敏"], type_, wide).lines == ("周海涛", "孙丽华　李敏")
    folded = set_names([LONG], type_, measure("阿卜杜热合曼·", type_) + 2.5)
    assert folded.lines == ("阿卜杜热合曼·", "麦麦提依明")
    assert folded.type.size == 9


def test_four_names_stand_two_and_two_rather_than_three_and_one():
    type_ = Type("fang", 9)
    width = measure("周海涛　孙丽华　何春燕", type_) + 2.5
    words = set_names(["周海涛", "孙丽华", "何春燕", "马晓东"], type_, width)
    assert words.lines == ("周海涛　孙丽华", "何春燕　马晓东")
