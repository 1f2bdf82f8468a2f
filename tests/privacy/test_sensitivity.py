"""Every form, view, paper, list and data file is walked for what may not be read there."""

import io
import tomllib
import zipfile
from datetime import date
from pathlib import Path

import openpyxl
import pypdfium2
import pytest
from PySide6.QtCore import Qt

from app.core.errors import UserError
from app.core.forms import Field, Form, load_form
from app.core.paper import Column, PaperForm, print_paper
from app.core.sensitivity import Sensitivity
from app.house import LEVELS
from app.privacy import Request
from app.privacy.rules import Deed, deed_of
from app.students.care.page import CarePage
from app.students.page import StudentPage
from app.ui.papers import Papers
from tests.terminal import found_school

ROOT = Path(__file__).parents[2]
LEDGERS = sorted((ROOT / "forms/ledgers").glob("*.toml"))
# What a paper gives out on purpose though its form calls it private, and why.
ON_PURPOSE = {
    "care_first_aid": {"first_aid", "sport", "food"},  # who is there must know what to do
}
NAMES = ("孙小满", "钱多多", "孙大山", "钱大海", "孙二河")
PHONES = ("13812340001", "13812340002", "13812340003")
PRIVATE = (*NAMES, *PHONES, "石桥村七组")  # 敏2
ROSTER_SEALED = {"family": "密家庭离异", "health": "密健康哮喘", "notes": "密备注一句"}


def text_of(data):
    with pypdfium2.PdfDocument(data) as pdf:
        said = [page.get_textpage().get_text_range() for page in pdf]
    return "".join("".join(said).split())


@pytest.fixture
def marked(house):
    """The school of two, with unmistakable words in all that is sealed; they are returned."""
    sun, qian = house.students.pupils()
    house.students.correct(
        sun.uid,
        guardian2="孙二河",
        phone1=PHONES[0],
        phone2=PHONES[2],
        address="石桥村七组",
        boarder=True,
        **ROSTER_SEALED,
    )
    house.students.correct(qian.uid, phone1=PHONES[1])
    sealed = {
        blank.key: f"密{number:02}{blank.label[:4]}"
        for number, blank in enumerate(house.forms["care"].fields)
        if blank.sensitive == 3 and blank.kind in ("text", "long") and not blank.choices
        if not blank.key.endswith("phone") and blank.key != "level_reason"
    }
    care = house.care.begin(
        sun.uid,
        categories=["特异体质", "心理", "家庭", "学困"],
        caretaker="张老师",
        next_on=date(2026, 12, 1),
        **sealed,
    )
    house.care.record(care.uid, way="谈心", done_on=date(2026, 11, 20), by="张老师", words="密谈心")
    batch = house.letters.issue("防溺水")
    house.hazards.report(
        found_on=date(2026, 11, 20),
        found_by="张老师",
        category="校舍建筑",
        place="操场",
        what="孙小满家长孙大山13812340001反映篮板松动",
        grade="一般",
    )
    return {**ROSTER_SEALED, **sealed, "words": "密谈心"}, batch


@pytest.mark.parametrize("path", LEDGERS, ids=lambda path: path.stem)
def test_every_blank_says_how_sensitive_it_is(path):
    form = tomllib.loads(path.read_text("utf-8"))
    assert [f["key"] for f in form["field"] if "sensitive" not in f] == []
    assert load_form(path).rooms, "and it is known whose views give it out"


def test_what_the_domain_calls_private_is_private(house):
    level = house.sensitivity.level
    for key in ("name", "guardian", "guardian1", "phone", "phone2", "address", "born_on", "travel"):
        assert level("students", key) == 2, key
    for key in ("health", "family", "notes"):
        assert level("students", key) == 3, key
    for key in ("categories", "illnesses", "why", "words", "value", "first_aid"):
        assert level("care", key) == 3, key
    assert level("staff", "name") == 1 and level("hazards", "category") == 0


def test_papers_give_out_on_purpose_only_what_is_listed_here(house):
    assert {f.id: set(f.opens) for f in house.papers.values() if f.opens} == ON_PURPOSE


def test_no_paper_at_any_level_shows_what_may_not_be_read_there(house, marked):
    sealed, _ = marked
    leaks, printed = [], 0
    for form in house.printable():
        rows = house.view(form.source)({})
        meant = {sealed[key] for key in form.opens if key in sealed}
        for level in LEVELS[LEVELS.index(form.level) :]:
            text = text_of(print_paper(form, rows, house.context(form, level=level)).data)
            printed += 1
            shut = [] if level == "内部" else [*sealed.values()]
            shut += PRIVATE if level == "上报" else ()
            leaks += [(form.id, level, word) for word in shut if word in text and word not in meant]
    assert leaks == []
    assert printed > 30


def test_the_walk_would_see_a_leak(house, marked):
    """The words it looks for are on the papers where they belong."""
    sealed, _ = marked
    inner = text_of(
        print_paper(
            house.papers["care_file"],
            house.view("care.file")({}),
            house.context(house.papers["care_file"]),
        ).data
    )
    assert sealed["health"] in inner and sealed["words"] in inner and "孙小满" in inner


def test_a_paper_a_school_wrote_itself_leaks_nothing_it_forgot_to_seal(house, marked):
    columns = tuple(
        Column(key, key, 40)  # no word on how sensitive they are
        for key in ("class_name", "name", "phone", "health")
    )
    form = PaperForm("own", "自制", "table", source="students.list_sealed", columns=columns)
    rows = house.view("students.list_sealed")({})
    for level, sees, shut in (
        ("内部", ("孙小满", "密健康哮喘"), ()),
        ("班主任", ("孙小满", PHONES[0]), ("密健康哮喘",)),
        ("上报", ("三年级1班", "孙**", "138****0001"), ("孙小满", PHONES[0], "密健康哮喘")),
    ):
        strong = house.sensitivity.strengthen(form)
        wide = PaperForm(**vars(strong) | {"level": level})
        rows_here = [row | {"class_name": "三年级1班"} for row in rows]
        text = text_of(print_paper(wide, rows_here, house.context(wide, level=level)).data)
        assert [word for word in sees if word not in text] == [], level
        assert [word for word in shut if word in text] == [], level


def test_a_view_that_opens_what_is_sealed_leaves_a_look_in_the_journal(house, store, marked):
    sealed, _ = marked
    opened = set()
    rooms = {form.source.partition(".")[0] for form in house.printable()} | {"students", "care"}
    for room in rooms:
        for name, view in getattr(house, room).views.items():
            store.settle()
            before = store.newest()[0]
            said = str(view({}))
            store.settle()
            looked = [
                action.label
                for action in store.actions(50)
                if action.id > before and deed_of(action.label) is Deed.LOOK
            ]
            if any(word in said for word in sealed.values()):
                opened.add(f"{room}.{name}")
                assert looked, f"{room}.{name} opens what is sealed and nobody knows"
    assert {"students.list_sealed", "care.file", "care.first_aid"} <= opened
    assert "students.list" not in opened and "students.roster" not in opened


def test_the_data_file_for_the_town_holds_no_child(house, marked, tmp_path):
    house.handover.make_key()
    house.handover.export(tmp_path / "报送.zip")
    with zipfile.ZipFile(tmp_path / "报送.zip") as package:
        texts = [name for name in package.namelist() if not name.endswith(".xlsx")]
        said = "".join(package.read(name).decode("utf-8-sig") for name in texts)
        with zipfile.ZipFile(io.BytesIO(package.read("汇总.xlsx"))) as book:
            said += "".join(book.read(name).decode("utf-8") for name in book.namelist())
    assert "篮板松动" in said, "the hazard itself is in it"
    assert [word for word in (*PRIVATE, *marked[0].values()) if word in said] == []


@pytest.mark.parametrize("level", LEVELS)
@pytest.mark.parametrize("room", ["students", "care"])
def test_a_spreadsheet_holds_what_its_level_may(house, marked, room, level):
    sealed, _ = marked
    source = {"students": "students.list_sealed", "care": "care.list_sealed"}[room]
    rows = house.view(source)({})
    keys = tuple(rows[0])
    data = house.privacy.releases.release(
        "名册", room, rows, Request("镇教委办", "核对", "法律规定必须提供", level, keys)
    )
    sheet = openpyxl.load_workbook(io.BytesIO(data)).active
    said = str([row for row in sheet.iter_rows(values_only=True)])
    shut = [] if level == "内部" else [*sealed.values()]
    shut += PRIVATE if level == "上报" else ()
    assert [word for word in shut if word in said] == []
    if level != "上报":
        assert "孙小满" in said


def test_commands_show_what_is_sealed_only_when_asked_and_write_the_look_down(tmp_path):
    desk = found_school(tmp_path / "校安台数据")
    (tmp_path / "名册.csv").write_text(
        "姓名,班级,监护人,联系电话,健康状况\n孙小满,二年级1班,孙大山,13812340001,密健康哮喘\n",
        "utf-8",
    )
    desk.says("import", "students", tmp_path / "名册.csv")
    assert "密健康哮喘" not in str(desk.says("list", "students"))
    assert "密健康哮喘" in str(desk.says("list", "students", "--sealed"))
    assert "密健康哮喘" not in str(desk.says("list", "students", "--care"))


def test_no_list_on_the_screen_shows_what_is_sealed_while_the_eye_is_shut(house, marked, user):
    sealed, _ = marked
    papers = Papers(house.papers, house.context)
    sun = house.students.pupils()[0]
    pages = (
        (StudentPage(house.students, form=house.forms["student"], papers=papers), sun.uid),
        (
            CarePage(house.care, form=house.forms["care"], papers=papers),
            house.care.of(sun.uid).uid,
        ),
    )
    for page, uid in pages:
        user.opens(page)
        page.choose(uid)
        user.settles()
        model = user.table().model()
        roles = (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole)
        cells = [
            str(model.index(row, column).data(role))
            for row in range(model.rowCount())
            for column in range(model.columnCount())
            for role in roles
        ]
        shut = " ".join((*cells, *user.texts()))
        assert "孙小满" in shut
        assert [word for word in sealed.values() if word in shut] == [], page.title
        user.clicks("显示保密内容")
        user.settles()
        assert any(user.sees(word) for word in sealed.values()), "and the eye does open it"


# --- the rule itself ------------------------------------------------------------------------------
def levels_of(*fields, rooms=("students",)):
    return Sensitivity([Form("x", "x", fields, rooms)])


@pytest.mark.parametrize(
    ("sensitive", "mask", "level", "shown"),
    [
        (0, "", "上报", "孙小满"),
        (1, "", "上报", "孙小满"),
        (2, "", "上报", None),
        (2, "name", "上报", "孙**"),
        (2, "", "班主任", "孙小满"),
        (3, "", "班主任", None),
        (3, "", "内部", "孙小满"),
    ],
)
def test_what_is_read_at_each_level(sensitive, mask, level, shown):
    known = levels_of(Field("name", "姓名", sensitive=sensitive, mask=mask))
    assert known.cover("students", [{"name": "孙小满"}], level) == [{"name": shown}]


def test_rows_within_rows_are_covered_too():
    known = levels_of(Field("words", "话", sensitive=3))
    rows = [{"class": "一班", "pupils": [{"words": "密", "seat": 1}]}]
    assert known.cover("students", rows, "班主任") == [
        {"class": "一班", "pupils": [{"words": None, "seat": 1}]}
    ]
    assert rows[0]["pupils"][0]["words"] == "密", "what was handed in stays as it was"


def test_a_rooms_own_form_wins_over_a_lent_one():
    lent = Form("a", "a", (Field("level", "级", sensitive=1),), ("students", "care"))
    own = Form("b", "b", (Field("level", "级", sensitive=3),), ("care",))
    for forms in ((lent, own), (own, lent)):
        known = Sensitivity(forms)
        assert (known.level("care", "level"), known.level("students", "level")) == (3, 1)


def test_a_wrong_mask_in_a_form_is_named(tmp_path):
    from app.core.forms import load_forms

    (tmp_path / "x.toml").write_text(
        'id = "x"\ntitle = "x"\n[[field]]\nkey = "a"\nlabel = "a"\nmask = "face"\n', "utf-8"
    )
    found, faults = load_forms(tmp_path)
    assert not found and isinstance(faults[0], UserError) and "mask" in faults[0].what
