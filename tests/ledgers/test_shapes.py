"""A ledger's shape changed: what lines say stays, every version is kept, an undo takes it back."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from time import perf_counter

import pypdfium2
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.errors import UserError
from app.core.forms import Field, read_form
from app.core.paths import Paths
from app.core.store import Store
from app.core.values import show
from app.house import House
from app.ledgers import LedgerLine
from app.ledgers.bringing import differences, give_out, read_brought
from app.ledgers.formtext import text_of
from tests.conftest import NOW
from tests.ledgers.conftest import BOILER, ROOT

ID = "town_boiler"
DUE = NOW.date() + timedelta(days=10)
SAID = {
    "name": "一号锅炉",
    "place": "食堂",
    "kind": "热水",
    "bought_on": date(2024, 3, 31),
    "keeper": "陈建国",
    "pressure": None,
    "next_date": DUE,
    "seen_at": datetime(2026, 3, 1, 9, 30),
    "phone": "13800001234",
}


@pytest.fixture
def house(store, tmp_path):
    made = House(store, Paths(ROOT, tmp_path / "数据"), now=lambda: NOW)
    seen = '\n[[field]]\nkey = "seen_at"\nlabel = "看过"\nkind = "moment"\nwidth = 0\n'
    made.shapes.take_in(read_form(BOILER + seen, "锅炉.toml"))
    return made


@pytest.fixture
def line(house):
    return house.ledgers.enter(ID, SAID).uid


def changed(house, key, **facts):
    """Change one blank of the boiler and keep the shape."""
    form = house.ledgers.form(ID)
    loose = {"follows": "", "by": "", "months_by": (), "asked": True}
    fields = tuple(
        replace(f, **(facts if f.key == key else loose if f.key == "wash_on" else {}))
        for f in form.fields
    )
    return house.shapes.keep(replace(form, fields=fields), "改了一个空")


def hidden(house, key):
    form = house.ledgers.form(ID)
    away = tuple(f for f in form.fields if f.key == key)
    left = {
        "fields": tuple(f for f in form.fields if f.key != key),
        "hidden": (*form.hidden, *away),
        "columns": tuple(k for k in form.columns if k != key),
        "name": tuple(k for k in form.name if k != key),
    }
    return house.shapes.keep(replace(form, **left), "收起一个空")


def test_every_shipped_form_reads_back_from_its_own_words(all_forms):
    for form in all_forms.values():
        if form.plain:
            assert read_form(text_of(form), form.id) == form


@given(st.text(st.characters(exclude_characters="<>&{}\\`", exclude_categories=["C", "Z"])))
def test_any_label_that_may_stand_in_a_form_is_read_back(words):
    form = read_form(BOILER, "x.toml")
    made = replace(form, notes=(f"字{words}",))
    assert read_form(text_of(made), "y.toml").notes == made.notes


def test_a_renamed_blank_keeps_what_was_filled_in(house, line):
    changed(house, "place", label="安装位置")
    assert house.ledgers.get(line)["place"] == "食堂"
    assert house.ledgers.form(ID).field("place").label == "安装位置"


def test_a_hidden_blank_keeps_its_words_hidden_and_shows_them_again(house, line):
    hidden(house, "place")
    assert "place" not in house.ledgers.get(line).row()
    house.ledgers.correct(line, {"name": "大锅炉"})
    assert house.store.get(LedgerLine, line).said["place"] == "食堂"
    form = house.ledgers.form(ID)
    back = replace(form, fields=(*form.fields, *form.hidden), hidden=())
    house.shapes.keep(back, "放回来")
    assert house.ledgers.get(line).row()["place"] == "食堂"


def test_a_hidden_private_blank_stays_private(house, line):
    hidden(house, "phone")
    assert house.sensitivity.level(ID, "phone") == 2
    again = House(house.store, Paths(ROOT, house.store.path.parent), now=lambda: NOW)
    assert again.sensitivity.level(ID, "phone") == 2


@pytest.mark.parametrize(
    ("key", "facts", "kept"),
    [
        ("place", {"kind": "long"}, "食堂"),
        ("place", {"kind": "choice", "choices": ("食堂", "宿舍")}, "食堂"),
        ("place", {"kind": "many", "choices": ("食堂", "宿舍")}, ["食堂"]),
        ("kind", {"kind": "text", "choices": ()}, "热水"),
        ("keeper", {"kind": "people"}, ["陈建国"]),
        ("next_date", {"kind": "text", "not_before": "", "expires_days": (), "town": False}, None),
    ],
)
def test_a_kind_changes_where_every_value_fits(house, line, key, facts, kept):
    changed(house, key, **facts)
    assert house.ledgers.get(line)[key] == (kept or show(DUE))


@pytest.mark.parametrize(
    ("key", "facts", "why"),
    [
        ("place", {"kind": "number"}, "“地点”不能改成数字：GL-2024-0001填的内容放不进去"),
        ("place", {"kind": "date"}, "“地点”不能改成日期：GL-2024-0001填的内容放不进去"),
        ("place", {"kind": "photo"}, "不能改成照片"),
        ("place", {"kind": "many", "choices": ("食堂一楼", "宿舍")}, "不能改成选几个"),
        ("seen_at", {"kind": "date"}, "“看过”不能改成日期：GL-2024-0001填的内容放不进去"),
        ("kind", {"choices": ("蒸汽", "电热")}, "“种类”的选项不能去掉：GL-2024-0001选的是去掉的"),
    ],
)
def test_a_kind_that_would_lose_a_value_is_refused_and_names_the_lines(
    house, line, key, facts, why
):
    facts = facts | ({"choices": ("蒸汽", "电热")} if key == "kind" else {})
    fields = {"wash_on": {"follows": "", "by": "", "months_by": (), "asked": True}}
    form = house.ledgers.form(ID)
    made = tuple(
        replace(f, **(facts if f.key == key else fields.get(f.key, {}))) for f in form.fields
    )
    with pytest.raises(UserError, match=why):
        house.shapes.keep(replace(form, fields=made), "改")
    assert house.ledgers.form(ID) == form
    assert len(house.shapes.versions(ID)) == 1


def test_a_reminder_that_is_added_or_taken_away_counts_for_older_lines(house, line):
    assert [due.number for due in house.ledgers.due()] == ["GL-2024-0001"]
    changed(house, "next_date", expires_days=())
    assert house.ledgers.due() == []
    assert house.store.get(LedgerLine, line).next_on is None
    changed(house, "next_date", expires_days=(60, 30))
    assert [due.on for due in house.ledgers.due()] == [DUE]


def test_an_undo_takes_the_shape_back_and_what_followed_from_it(house, line):
    changed(house, "next_date", expires_days=(), label="检验到期")
    house.store.undo()
    assert house.ledgers.form(ID).field("next_date").label == "下次检验"
    assert house.store.get(LedgerLine, line).next_on == DUE


def test_a_ledger_that_was_taken_in_is_gone_after_an_undo_and_its_lines_never_are(house):
    house.store.undo()
    assert ID not in house.ledgers.forms
    assert ID not in house.forms
    house.shapes.take_in(read_form(BOILER, "锅炉.toml"))
    house.ledgers.enter(ID, SAID)
    house.shapes.store.void(house.shapes.versions(ID)[0].uid, "撤销")
    assert [one.number for one in house.ledgers.lines(ID)] == ["GL-2024-0001"]


def test_versions_are_kept_and_an_older_one_is_used_again(house, line):
    changed(house, "place", label="安装位置")
    form = house.ledgers.form(ID)
    extra = Field("x1", "功率", width=0)
    house.shapes.keep(replace(form, fields=(*form.fields, extra)), "加了“功率”")
    house.ledgers.correct(line, {"x1": "两吨"})
    first = house.shapes.versions(ID)[-1]
    house.shapes.keep(house.shapes.older(first), "回到第1版")
    assert [one.version for one in house.shapes.versions(ID)] == [4, 3, 2, 1]
    now = house.ledgers.form(ID)
    assert now.field("place").label == "地点"
    assert [blank.label for blank in now.hidden] == ["功率"]
    assert house.store.get(LedgerLine, line).said["x1"] == "两吨"


def test_a_new_form_of_the_same_ledger_takes_its_place_and_keeps_the_lines(house, line):
    text = BOILER.replace('label = "地点"', 'label = "位置"')
    start = text.index('[[field]]\nkey = "phone"')
    text = text[:start] + text[text.index("[[field]]", start + 5) :]
    house.shapes.take_in(read_form(text, "新.toml"))
    now = house.ledgers.form(ID)
    assert now.field("place").label == "位置"
    assert [blank.key for blank in now.hidden] == ["phone", "seen_at"]
    assert house.ledgers.get(line)["phone"] == "13800001234"


def test_a_shape_of_the_program_s_own_is_changed_and_comes_back(house):
    form = house.ledgers.form("dispute")
    extra = Field("x1", "涉及班级", width=0)
    house.shapes.keep(replace(form, fields=(*form.fields, extra)), "加了“涉及班级”")
    assert house.ledgers.form("dispute").field("x1").label == "涉及班级"
    house.shapes.keep(house.shapes.shipped_shape("dispute"), "自带的样子")
    assert [blank.key for blank in house.ledgers.form("dispute").hidden] == ["x1"]
    with pytest.raises(UserError, match="去不掉"):
        house.shapes.drop("dispute")


def test_a_ledger_without_lines_is_done_away_with_and_one_with_lines_is_not(house):
    house.ledgers.enter(ID, SAID)
    with pytest.raises(UserError, match="已经有登记"):
        house.shapes.drop(ID)
    made = read_form(BOILER.replace(ID, "own_x").replace('"GL"', '"GX"'), "x.toml")
    house.shapes.keep(made, "新建")
    house.shapes.drop("own_x")
    assert "own_x" not in house.ledgers.forms
    house.store.undo()
    assert "own_x" in house.ledgers.forms


def test_a_shape_that_can_no_longer_be_read_is_named_and_the_others_work(house, store):
    with store.change("旧版写的") as session:
        shape = house.shapes.versions(ID)[0]
        session.merge(shape).text = BOILER.replace('kind = "choice"', 'kind = "formula"')
    again = House(store, Paths(ROOT, store.path.parent), now=lambda: NOW)
    assert "kind写了“formula”" in again.faults[0].what
    assert "dispute" in again.ledgers.forms


def test_lines_written_under_an_older_shape_print_as_they_were_meant(house, line):
    changed(house, "place", label="安装位置", kind="choice", choices=("食堂", "宿舍"))
    hidden(house, "keeper")
    form = house.ledgers.form(ID)
    extra = Field("x1", "功率", "number", unit="千瓦", width=16)
    house.shapes.keep(replace(form, fields=(*form.fields, extra)), "加了“功率”")
    data = house.print(ID, where={}).data
    text = pypdfium2.PdfDocument(data)[0].get_textpage().get_text_bounded()
    for words in ("安装位置", "食堂", "功率（千瓦）", "一号锅炉"):
        assert words in text
    assert "管理人" not in text and "陈建国" not in text


def test_what_the_program_keeps_private_is_not_opened(house):
    form = house.ledgers.form("gate_visit")

    def with_level(level):
        return replace(
            form,
            fields=tuple(
                replace(f, sensitive=level) if f.key == "visitor" else f for f in form.fields
            ),
        )

    with pytest.raises(UserError, match="“来访人姓名”不能放宽给更多人看"):
        house.shapes.keep(with_level(0), "放宽")
    house.shapes.keep(with_level(3), "收紧")
    assert house.sensitivity.level("gate_visit", "visitor") == 3


def test_one_school_gives_and_another_takes_and_takes_again(house, line, tmp_path):
    file, other_store = tmp_path / "给.toml", Store(tmp_path / "b.db", b"k" * 32, now=lambda: NOW)
    other = House(other_store, Paths(ROOT, tmp_path / "乙"), now=lambda: NOW)
    form = house.ledgers.form("dispute")
    extra = Field("x1", "涉及班级", width=0)
    house.shapes.keep(replace(form, fields=(*form.fields, extra)), "加了“涉及班级”")
    given = give_out(house.shapes, house.ledgers.form("dispute"), file)
    assert given.id != "dispute" and given.number not in ("MD", "GL")

    other.shapes.take_in(read_brought(file, other.forms, other.shapes.shipped))
    assert other.ledgers.form("dispute").title == given.title
    said = {
        "found_on": date(2026, 3, 3),
        "kind": "其他",
        "what": "借书没有还",
        "grade": "低",
        "measures": "谈话",
        "owner": "孙丽华",
        "x1": "三年级",
    }
    there = other.ledgers.enter(given.id, said)
    again = house.ledgers.form("dispute")
    again = replace(again, fields=tuple(f for f in again.fields if f.key != "x1"))
    house.shapes.keep(replace(again, hidden=(extra,), title="纠纷台账"), "收起了“涉及班级”，改了名")
    second = give_out(house.shapes, house.ledgers.form("dispute"), file)
    assert second.id == given.id
    brought = read_brought(file, other.forms, other.shapes.shipped)
    told = list(differences(brought, other.ledgers.form(given.id)))
    assert told[0] == "改名为“纠纷台账”"
    other.shapes.take_in(brought)
    assert other.ledgers.get(there.uid)["what"] == "借书没有还"
    assert other.ledgers.get(there.uid)["x1"] == "三年级"
    assert other.ledgers.get(there.uid).number.startswith(given.number)
    other_store.close()


def test_numbers_of_a_brought_ledger_give_way_to_those_of_one_made_here(house, tmp_path):
    file = tmp_path / "茶炉.toml"
    file.write_text(BOILER.replace(ID, "own_tea"), encoding="utf-8")
    form = read_brought(file, house.forms, house.shapes.shipped)
    assert form.number != "GL"
    house.shapes.take_in(form)
    assert house.ledgers.form(ID).number == "GL"


def test_two_thousand_lines_are_renamed_at_once_and_reminded_in_a_moment(house, store):
    with store.change("一大批") as session:
        for n in range(2_000):
            said = {"name": "炉", "kind": "热水", "bought_on": "2024-03-31", "keeper": "陈"}
            said |= {"next_date": DUE.isoformat()}
            session.add(
                LedgerLine(
                    ledger=ID, number=f"GL-2024-{n:05}", line_on=date(2024, 3, 31), said=said
                )
            )
    began = perf_counter()
    changed(house, "place", label="安装位置")
    assert perf_counter() - began < 0.5
    began = perf_counter()
    changed(house, "next_date", expires_days=(30,))
    assert perf_counter() - began < 8
    assert len(house.ledgers.due()) == 2_000
