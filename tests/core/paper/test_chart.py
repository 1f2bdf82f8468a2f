"""Charts: every bar is there, told by its number, hit where it is drawn, the same on paper."""

import pytest

from app.core.errors import UserError
from app.core.paper import Bar, Chart, Context, PaperForm, Part, Row, Series, print_paper
from app.core.paper.chart_drawing import paper_measure
from app.core.paper.chart_layout import Fill, Words, lay_out, shorten
from tests.core.paper.reading import misplaced, text

CONTEXT = Context("青石镇中心小学")
TWO = (Series("未销账", "hatch"), Series("已销账", "solid"))
LONG = "学生宿舍1号楼三楼西侧洗漱间旁边的楼梯平台和扶手"
wide = paper_measure()


def bars(*values, label="食堂"):
    return tuple(
        Bar(f"{label}{n}", tuple(Part(v) for v in several))
        for n, several in enumerate(values, start=1)
    )


def chart(*values, **said):
    return Chart("所在区域", bars(*values), **({"series": TWO} | said))


def words_of(drawing):
    return [mark.text for mark in drawing.marks if isinstance(mark, Words)]


def fills_of(drawing):
    return [m for m in drawing.marks if isinstance(m, Fill) and m.tone != "plate"]


@pytest.mark.parametrize("kind", ["rows", "apart", "columns"])
@pytest.mark.parametrize("width", [20.0, 40.0, 55.0])
@pytest.mark.parametrize(
    "values", [[(5, 12), (0, 7)], [(1, 1400), (1388, 3), (123, 98)], [(1, 0)], [(2, 3)] * 13]
)
def test_every_bar_that_is_not_nothing_is_drawn_named_and_can_be_hit(kind, width, values):
    drawing = lay_out(chart(*values, kind=kind), width, wide)
    wanted = {
        (n, place)
        for n, several in enumerate(values)
        for place, value in enumerate(several)
        if value or kind == "apart"
    }
    assert {(spot.bar, spot.part) for spot in drawing.spots} == wanted
    said = " ".join(words_of(drawing))
    for n, place in wanted:
        assert str(values[n][place]) in said
        assert f"食堂{n + 1}" in said
    for mark in drawing.marks:
        assert mark.box.x >= -0.01 and mark.box.y >= -0.01
        assert mark.box.x + mark.box.width <= width + 0.01
        assert mark.box.y + mark.box.height <= drawing.height + 0.01


@pytest.mark.parametrize("kind", ["rows", "apart", "columns"])
def test_no_two_bars_can_be_hit_at_one_point(kind):
    spots = [s.box for s in lay_out(chart((5, 12), (1, 700), (3, 3), kind=kind), 40, wide).spots]
    for n, one in enumerate(spots):
        for other in spots[n + 1 :]:
            across = min(one.x + one.width, other.x + other.width) - max(one.x, other.x)
            down = min(one.y + one.height, other.y + other.height) - max(one.y, other.y)
            assert min(across, down) < 0.01


def test_bars_are_as_long_as_their_numbers_say():
    tall, short = fills_of(lay_out(Chart("", bars((40,), (10,))), 60, wide))
    assert tall.box.width == pytest.approx(4 * short.box.width)
    a, b = (m.box.height for m in fills_of(lay_out(chart((40, 10), kind="columns"), 60, wide))[2:])
    assert a == pytest.approx(4 * b)


def test_parts_are_told_by_pattern_and_word_and_the_sum_stands_at_the_end():
    drawing = lay_out(chart((5, 12), (0, 7)), 50, wide)
    assert [m.tone for m in fills_of(drawing)] == ["hatch", "solid", "hatch", "solid", "solid"]
    said = words_of(drawing)
    assert "未销账" in said and "已销账" in said
    assert "17＝5＋12" in said and "7" in said


def test_what_is_rarer_is_written_so_that_it_does_not_dwarf_the_others():
    rest = Bar("其余9处", (Part(700), Part(300)), is_rest=True)
    with_rest = lay_out(Chart("", (*bars((5, 12)), rest), TWO), 50, wide)
    alone = lay_out(Chart("", bars((5, 12)), TWO), 50, wide)
    longest = max(mark.box.width for mark in fills_of(with_rest))
    assert longest > 0.8 * max(mark.box.width for mark in fills_of(alone))
    assert {"其余9处", "未销账 700", "已销账 300"} <= set(words_of(with_rest))
    assert [(s.bar, s.part) for s in with_rest.spots] == [(0, 0), (0, 1), (1, 0), (1, 1)]
    assert Chart.read(Chart("", (rest,), TWO).plain()).bars[0].is_rest


def test_numbers_side_by_side_never_stand_on_each_other():
    drawing = lay_out(chart((1400, 1388), (1399, 1401), kind="columns"), 20, wide)
    numbers = [m for m in drawing.marks if isinstance(m, Words) and m.text.isdigit()]
    for n, one in enumerate(numbers):
        for other in numbers[n + 1 :]:
            is_beside = (
                one.box.x + one.box.width <= other.box.x + 0.21
                or other.box.x + other.box.width <= one.box.x + 0.21
            )
            assert is_beside or abs(one.box.y - other.box.y) > 0.9


def test_a_label_longer_than_its_room_ends_in_dots():
    assert shorten(LONG, 8, wide).endswith("…")
    assert wide(shorten(LONG, 8, wide), "body") <= 8
    drawing = lay_out(Chart("部位", (Bar(LONG, (Part(3),)),)), 24, wide)
    (label,) = [word for word in words_of(drawing) if word.startswith("学生")]
    assert label.endswith("…")


def test_a_chart_without_bars_says_so():
    for empty in (Chart("带队", (), empty="没有检查。"), chart((0, 0), empty="没有检查。")):
        drawing = lay_out(empty, 40, wide)
        assert "没有检查。" in words_of(drawing)
        assert drawing.spots == []


def test_what_took_no_day_at_all_is_said_all_the_same():
    same_day = (Bar("一般", (Part(0, "中位0天（2条）"), Part(0, "最长0天（2条）"))),)
    drawing = lay_out(Chart("天数", same_day, TWO, "apart", empty="没有。"), 40, wide)
    assert {"一般", "中位0天（2条）", "最长0天（2条）"} <= set(words_of(drawing))
    assert "没有。" not in words_of(drawing) and len(drawing.spots) == 2


def test_what_a_view_gives_out_is_the_same_chart_on_paper():
    made = chart((5, 12), (0, 7), kind="apart", note="说明")
    again = Chart.read(made.plain())
    assert lay_out(again, 40, wide) == lay_out(made, 40, wide)
    assert made.said(0, 1) == "食堂1，已销账 12"


def paper(**row):
    return PaperForm("charts", "安全隐患统计图", "card", rows=(Row(chart="areas", **row),))


def test_a_chart_stands_on_a_card_with_all_its_words():
    printed = print_paper(paper(), [{"areas": chart((5, 12), (0, 7)).plain()}], CONTEXT)
    said = text(printed).replace("\n", "")
    for word in ("所在区域", "未销账", "已销账", "食堂1", "食堂2", "17＝5＋12"):
        assert word in said
    assert misplaced(printed) == []


def test_a_chart_of_persons_is_left_out_where_the_level_is_too_wide():
    rows = [{"areas": chart((5, 12)).plain()}]
    kept = print_paper(paper(sensitive=2), rows, Context("青石镇中心小学", "内部"))
    left = print_paper(paper(sensitive=2), rows, Context("青石镇中心小学", "上报"))
    assert "食堂1" in text(kept) and "食堂1" not in text(left)


def test_names_in_a_chart_are_masked_like_all_other_words_of_a_row():
    from app.handover.shield import shield

    rows = [{"areas": Chart("部位", bars((3,), label="王小明家门口")).plain()}]
    printed = print_paper(
        paper(), rows, Context("青石", "上报", cover=lambda rows: shield(rows, {"王小明"}))
    )
    assert "王小明" not in text(printed) and "家门口" in text(printed)


def test_a_form_that_asks_for_a_chart_the_rows_do_not_have_is_refused():
    with pytest.raises(UserError, match="它要的“areas”"):
        print_paper(paper(), [{"other": 1}], CONTEXT)
