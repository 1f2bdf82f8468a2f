"""The steps of the designer: each gives a whole form or says why it cannot."""

from contextlib import suppress
from dataclasses import replace

import pytest

from app.core.errors import UserError
from app.core.forms import read_form
from app.core.plainforms import ROOM_MM, width_of
from app.ledgers import designing as d
from app.ledgers.bringing import differences, free_number
from app.ledgers.formtext import text_of
from tests.ledgers.conftest import BOILER, ROOT

SHIPPED = sorted((ROOT / "forms/ledgers").glob("*.toml"))


@pytest.fixture
def form():
    return read_form(BOILER, "锅炉.toml")


def labels(form):
    return [field.label for field in form.fields]


def read_back(form):
    return read_form(text_of(form), "x.toml")


def test_an_empty_ledger_is_whole_from_the_start():
    form = d.begun("学生手机保管", "人与事", {"XS"})
    assert list(d.faults(form)) == []
    assert read_back(form).title == "学生手机保管"
    assert form.number not in {"XS", "XL"}


def test_a_copy_is_a_ledger_of_its_own(form):
    made = read_back(d.copied(form, "茶水炉台账", {form.number}))
    assert made.id != form.id and made.number != form.number
    assert labels(made) == labels(form)


def test_a_new_blank_stands_behind_the_chosen_one_and_the_others_make_room(form):
    made, key = d.added(form, "name")
    assert labels(made)[:3] == ["名称", "新的空", "地点"]
    again, _ = d.added(made, key)
    assert labels(again)[2:4] == ["新的空2", "地点"]
    assert width_of(read_back(again)) <= ROOM_MM["landscape"]


@pytest.mark.parametrize(("step", "place"), [(1, 1), (2, 2), (99, 12), (-1, 0)])
def test_a_blank_is_moved_as_far_as_there_is_room(form, step, place):
    assert labels(d.moved(form, "name", step)).index("名称") == place


def test_a_blank_put_away_leaves_the_lists_and_comes_back(form):
    away = d.put_away(form, "keeper")
    assert "管理人" not in labels(away) and "keeper" not in away.columns
    back = d.put_back(read_back(away), "keeper")
    assert labels(back)[-1] == "管理人"
    clash = d.changed(away, "name", label="管理人")
    assert labels(d.put_back(clash, "keeper"))[-1] == "管理人（原来的）"


@pytest.mark.parametrize(
    ("key", "why"),
    [
        ("bought_on", "它是这本台账的日期"),
        ("stopped_on", "“停用”靠它记哪天办的"),
        ("kind", "“下次清洗”是按它算出来的"),
    ],
)
def test_a_blank_the_ledger_cannot_do_without_stays(form, key, why):
    with pytest.raises(UserError, match=why):
        d.put_away(form, key)


def test_the_last_name_of_a_line_stays(form):
    with pytest.raises(UserError, match="靠它叫出是哪一条"):
        d.put_away(d.put_away(form, "place"), "name")


@pytest.mark.parametrize("kind", d.KINDS)
def test_any_kind_may_be_chosen_and_the_form_stays_whole(form, kind):
    facts = {"choices": ("甲", "乙")} if kind in d.CHOSEN else {}
    made = d.changed(d.changed(form, "next_date", kind=kind), "next_date", **facts)
    assert read_back(d.tidied(made)).field("next_date").kind == kind


@pytest.mark.parametrize(
    ("key", "facts", "why"),
    [
        ("bought_on", {"kind": "text"}, "要填日期"),
        ("bought_on", {"required": False}, "每条都要有"),
        ("kind", {"kind": "text"}, "“下次清洗”是按它算出来的"),
        ("wash_on", {"kind": "text"}, "是软件算出来的"),
    ],
)
def test_what_others_are_counted_by_stays_as_it_is(form, key, facts, why):
    with pytest.raises(UserError, match=why):
        d.changed(form, key, **facts)


def test_a_blank_that_is_a_day_no_more_ties_nobody(form):
    other = replace(form.field("next_date"), key="x", label="复检", not_before="next_date")
    made = replace(form, fields=(*form.fields, other))
    made = d.tidied(d.changed(made, "next_date", kind="text"))
    assert made.field("x").not_before == ""
    read_back(d.filled(made))


@pytest.mark.parametrize(
    ("facts", "why"),
    [
        ({"label": ""}, "第2个空还没有名字"),
        ({"label": "名称"}, "有两个空都叫“名称”"),
        ({"label": "<b>"}, "第2个空里有不能用的符号"),
        ({"label": "长" * 30}, "最多24个"),
        ({"kind": "choice"}, "“地点”还没有写选项"),
        ({"width": 300}, "印出来比纸宽"),
        ({"width": 3}, "至少6毫米"),
    ],
)
def test_what_cannot_be_kept_is_said_in_plain_words(form, facts, why):
    assert why in "；".join(d.faults(d.changed(form, "place", **facts)))


@pytest.mark.parametrize("turned", ["portrait", "landscape"])
def test_the_blanks_fill_the_sheet_exactly_whichever_way_it_lies(form, turned):
    made = d.filled(replace(form, orientation=turned))
    assert width_of(made) == ROOM_MM[turned]
    assert min(f.width for f in made.fields if f.width) >= d.LEAST_MM


def test_letters_of_a_number_are_never_given_twice():
    taken = set()
    for _ in range(40):
        taken.add(free_number("手机保管", taken))
    assert len(taken) == 40 and all(2 <= len(one) <= 4 for one in taken)
    assert free_number("3D", set()).isalpha()


def test_what_changed_is_told_blank_by_blank(form):
    made, key = d.added(d.put_away(form, "phone"), "name")
    made = d.changed(made, "place", label="位置", required=True)
    told = "；".join(differences(made, form))
    for words in ("加了“新的空”", "收起了“厂家电话”", "“地点”改名为“位置”", "“位置”改成必填"):
        assert words in told, key
    assert "先后" not in told
    assert "换了先后顺序" in list(differences(d.moved(form, "name", 2), form))


def test_ties_to_a_blank_that_has_become_something_else_are_let_go(form):
    extra = [
        replace(form.field("pressure"), key="a", label="试压", at_most="pressure", needed_if=()),
        replace(form.field("place"), key="b", label="说明", needed_if=("kind=热水", "kind=蒸汽")),
        replace(form.field("next_date"), key="c", label="最迟", not_after="next_date"),
    ]
    made = replace(form, fields=(*form.fields, *(replace(one, width=0) for one in extra)))
    assert read_back(d.tidied(made)) == read_back(made)
    for key in ("pressure", "next_date"):
        made = d.changed(made, key, kind="text")
    loose = tuple(replace(f, follows="", by="", months_by=()) for f in made.fields)
    made = d.changed(replace(made, fields=loose), "kind", choices=("热水", "电热"))
    freed = read_back(d.tidied(made))
    assert (freed.field("a").at_most, freed.field("c").not_after) == ("", "")
    assert freed.field("b").needed_if == ("kind=热水",)


def test_a_choice_that_days_are_counted_by_may_not_go(form):
    made = d.changed(form, "kind", choices=("热水",))
    assert "“下次清洗”按“种类”的选项算，“蒸汽”这一项不能去掉" in list(d.faults(made))


@pytest.mark.parametrize("path", SHIPPED, ids=[path.stem for path in SHIPPED])
def test_every_shipped_ledger_is_copied_turned_and_changed_blank_by_blank(path):
    form = read_form(path.read_text(encoding="utf-8"), path.name)
    if not form.plain:
        return
    made = d.copied(form, "另一本", {form.number})
    for key in [field.key for field in form.fields]:
        with suppress(UserError):
            made = d.put_away(made, key)
        assert read_back(d.tidied(made)).day == form.day
    for key in [field.key for field in made.hidden]:
        made = d.put_back(made, key)
    assert {f.key for f in read_back(d.tidied(made)).fields} == {f.key for f in form.fields}
