from datetime import date
from pathlib import Path

import openpyxl
import pytest
from PySide6.QtCore import Qt

from app.core.errors import UserError
from app.core.forms import load_forms
from app.core.paper import Context, load_papers, print_paper
from app.core.roles import Role, Sitter
from app.core.settings import Settings
from app.students import ClassKey, StudentRegister, TravelRegister
from app.students.page import StudentPage
from app.students.travel.page import TravelPage
from app.students.travel.rules import Mode, Way
from app.students.travel.way_dialog import open_way
from app.ui.papers import Papers
from tests.core.paper.reading import texts
from tests.hearing import let_hear
from tests.ui.look import look_at

ROOT = Path(__file__).parents[3]


class Clock:
    day = date(2026, 9, 10)

    def __call__(self):
        return self.day


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def students(store, clock):
    Settings(store).put({"school.year": 2026, "school.kind": "小学", "school.name": "青石镇小学"})
    return StudentRegister(store, today=clock)


@pytest.fixture
def rooms(students):
    """Two classes of one grade and one of another, by name."""
    return {
        "三年级1班": students.open_class(ClassKey("小学", 2024, 1)),
        "三年级2班": students.open_class(ClassKey("小学", 2024, 2)),
        "六年级1班": students.open_class(ClassKey("小学", 2021, 1)),
    }


@pytest.fixture
def pupils(students, rooms):
    made = {}
    for seat, (name, room, born, travel) in enumerate(
        (
            ("李明", "三年级1班", date(2017, 10, 1), "自行车"),
            ("曾萍", "三年级1班", date(2017, 11, 1), "步行"),
            ("赵强", "三年级2班", date(2018, 1, 1), "家长摩托车接送"),
            ("王芳", "三年级2班", date(2018, 2, 1), None),
            ("孙小满", "六年级1班", date(2014, 9, 2), "自行车"),
        ),
        start=1,
    ):
        made[name] = students.add(
            name=name, class_uid=rooms[room], seat_no=seat, born_on=born, travel=travel
        ).uid
    return made


@pytest.fixture
def travel(store, students, clock):
    return TravelRegister(store, students, today=clock)


@pytest.fixture
def page(store, travel):
    forms, faults = load_papers(ROOT / "forms/papers")
    assert not faults
    papers = Papers(forms, lambda form, words: Context("青石镇小学", level=form.level))
    made = TravelPage(travel, papers=papers, people=lambda: ["孙丽华"])
    let_hear(store, made)
    return made


def say_all(travel):
    travel.confirm()
    rest = [line.pupil.uid for line in travel.lines() if not line.is_said]
    travel.say(dict.fromkeys(rest, Way(str(Mode.WALK), str(Mode.WALK))))


def by_name(travel):
    return {line.pupil.name: line for line in travel.lines()}


def test_the_roster_is_where_one_begins_and_nothing_counts_until_it_is_confirmed(travel, pupils):
    lines = by_name(travel)
    assert lines["李明"].way.to_mode == Mode.BICYCLE and lines["李明"].source == "名册里的"
    assert lines["王芳"].source == "没有登记" and lines["王芳"].way is None
    assert travel.table()[-1].total == 0
    assert travel.confirm() == 4
    assert travel.table()[-1].total == 4
    assert travel.confirm() == 0


def test_classes_add_up_to_grades_and_grades_to_the_school(travel, pupils):
    say_all(travel)
    lines = [(sums.room, sums.pupils, sums.total) for sums in travel.table()]
    assert lines == [
        ("三年级1班", 2, 2),
        ("三年级2班", 2, 2),
        ("三年级小计", 4, 4),
        ("六年级1班", 1, 1),
        ("六年级小计", 1, 1),
        ("全校合计", 5, 5),
    ]
    assert travel.table()[2].numbers["步行"] == 2
    assert {row["check"] for row in travel.views["table"]({})} == {"相符"}


def test_a_class_is_said_by_keys_alone(user, travel, page, pupils, rooms):
    user.opens(page)
    page.choose(pupils["李明"])
    page.open_class(pupils["李明"])
    user.settles()
    assert user.sees("未满12周岁骑自行车") and user.sees("第七十二条")
    for key in ("f", "3", "/", "1"):
        user.presses(key)
    user.presses(Qt.Key.Key_Up)
    user.settles()
    user.clicks("保存")
    lines = by_name(travel)
    way = lines["李明"].way
    assert (way.to_mode, way.from_mode, way.escort) == (
        Mode.E_BIKE_CARRIED, Mode.E_BIKE_CARRIED, "父母",
    )  # fmt: skip
    assert lines["曾萍"].way.from_mode == Mode.WALK and lines["曾萍"].is_said
    assert not lines["赵强"].is_said


def test_a_hired_van_asks_for_its_plate_and_enter_goes_on(user, travel, page, pupils):
    user.opens(page)
    page.open_class(pupils["李明"])
    user.settles()
    user.presses("9")
    user.types("云A12345", user.blank("车牌（接送面包车）"))
    user.presses(Qt.Key.Key_Return)
    user.presses(Qt.Key.Key_Return)
    user.clicks("保存")
    assert by_name(travel)["李明"].way.plate == "云A12345"
    assert by_name(travel)["曾萍"].is_said
    row = travel.views["table"]({"room": "三年级1班"})[0]
    assert (row["van"], row["plates"]) == (1, "云A12345")


def test_the_rest_is_confirmed_as_it_stands(user, travel, page, pupils):
    user.opens(page)
    page.open_class(pupils["李明"])
    user.settles()
    user.clicks("其余照现有的确认")
    lines = by_name(travel)
    assert lines["李明"].is_said and lines["曾萍"].is_said and not lines["赵强"].is_said


def test_last_terms_ways_are_carried_over_to_be_confirmed(travel, pupils, clock):
    say_all(travel)
    clock.day = date(2027, 3, 8)
    lines = by_name(travel)
    assert {line.source for line in lines.values()} == {"上学期的"}
    assert travel.statement() is None and travel.table()[-1].total == 0
    assert travel.confirm() == 5


def test_the_sheet_is_due_a_month_after_term_begins_and_handed_in_once(travel, pupils, clock):
    assert travel.due() == (date(2026, 9, 30), None, 5)
    travel.set_start(date(2026, 9, 7), counts_last_day=True)
    assert travel.due().last_day == date(2026, 10, 7)
    with pytest.raises(UserError, match="不在2026—2027学年第一学期里"):
        travel.set_start(date(2027, 3, 1), counts_last_day=True)
    with pytest.raises(UserError, match="差5人没有登记"):
        travel.hand_in(on=clock(), by="张老师")
    say_all(travel)
    travel.hand_in(on=clock(), by="张老师")
    assert travel.due().sent_on == clock() and travel.news() == []
    with pytest.raises(UserError, match="已经报送过"):
        travel.hand_in(on=clock(), by="张老师")
    travel.say({pupils["曾萍"]: Way(str(Mode.SCHOOL_BUS), str(Mode.WALK))})
    assert travel.news() == ["步行由2变为1", "校车由0变为1"]
    travel.take_back()
    travel.hand_in(on=clock(), by="张老师")


def test_a_class_teacher_says_the_ways_of_the_own_class(store, travel, pupils, rooms):
    store.sitter = Sitter("孙丽华", Role.TEACHER, rooms["三年级1班"])
    assert set(by_name(travel)) == {"李明", "曾萍"}
    walk = Way(str(Mode.WALK), str(Mode.WALK))
    with pytest.raises(UserError, match="不在您的班里"):
        travel.say({pupils["赵强"]: walk})
    assert travel.say({pupils["李明"]: walk}) == 1
    with pytest.raises(UserError, match="不能导出"):
        travel.hand_in(on=date(2026, 9, 10), by="孙丽华")


def test_the_papers_hold_sums_and_nobody_but_the_class_list_holds_names(travel, pupils, page):
    say_all(travel)

    def said(paper, rows):
        form = page._papers.forms[paper]
        printed = print_paper(form, rows, Context("青石镇小学", level=form.level))
        return "".join(texts(printed)).replace("\r", "").replace("\n", "")

    table = said("travel_table", travel.views["table"]({}))
    assert "全校合计" in table and "班主任签字" in table and "李明" not in table
    flags = said("travel_flags", travel.views["flags"]({}))
    assert "李明" in flags and "曾萍" not in flags and "第七十二条第（一）项" in flags
    assert "孙小满" not in flags, "12 years and eight days old"
    assert "曾萍" in said("travel_class", travel.views["list"]({}))


def test_the_riders_of_the_bus_come_from_what_was_said_and_are_typed_nowhere(travel, pupils, page):
    say_all(travel)
    bus, walk = str(Mode.SCHOOL_BUS), str(Mode.WALK)
    travel.say({pupils["李明"]: Way(bus, bus, plate="样A·校001")})
    travel.say({pupils["赵强"]: Way(walk, bus)})
    rows = travel.views["bus"]({})
    assert [(row["name"], row["plate"]) for row in rows] == [
        ("李明", "样A·校001"),
        ("赵强", "没有登记车牌"),
    ]
    form = page._papers.forms["travel_bus"]
    told = "".join(texts(print_paper(form, rows, Context("青石镇小学", level=form.level))))
    assert "李明" in told and "曾萍" not in told
    travel.say({pupils["李明"]: Way(walk, walk)})
    assert [row["name"] for row in travel.views["bus"]({})] == ["赵强"]


def test_the_sheet_is_saved_as_a_spreadsheet(user, travel, page, pupils, tmp_path):
    say_all(travel)
    user.opens(page)
    page.save_table()
    user.chooses_file(tmp_path / "统计.xlsx")
    sheet = openpyxl.load_workbook(tmp_path / "统计.xlsx").active
    rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
    assert rows[-1][:3] == ["全校", "全校合计", 5] and rows[-1][-2:] == [5, "相符"]


def test_one_pupil_is_said_from_the_list_in_two_clicks(user, travel, page, pupils):
    user.opens(page)
    user.opens_row("李明")
    assert user.sees("名册里的，核对后保存") and user.sees("未满12周岁骑自行车")
    assert user.reads_blank("上学方式") == "自行车"
    user.fills("上学方式", str(Mode.VAN))
    assert user.sees("接送面包车没有登记车牌") and not user.sees("未满12周岁骑自行车（")
    user.fills("车牌（接送面包车）", "云A12345")
    user.fills("放学方式（一样的不用选）", str(Mode.WALK))
    user.clicks("保存")
    line = by_name(travel)["李明"]
    assert line.is_said and line.way[:2] == (Mode.VAN, Mode.WALK) and line.way.plate == "云A12345"
    assert not by_name(travel)["曾萍"].is_said
    user.picks_row("李明")
    assert user.sees_button("更正")


def test_a_way_said_in_two_windows_is_told_to_the_second(user, travel, page, pupils):
    walk, bus = (Way(str(mode), str(mode)) for mode in (Mode.WALK, Mode.BUS))
    user.opens(page)
    page.open(pupils["曾萍"])
    user.settles()
    travel.say({pupils["曾萍"]: bus})
    user.clicks("保存")
    assert user.sees("别处已经登记了：上学公交或客运班车")
    user.front().done(0)
    page.open(pupils["曾萍"])
    user.settles()
    travel.say({pupils["曾萍"]: walk})
    user.fills("接送人", "祖辈")
    user.clicks("保存")
    assert user.sees("上学方式由“公交或客运班车”改为“步行”")
    assert by_name(travel)["曾萍"].way == walk


def test_a_pupils_way_is_opened_from_the_roster(user, store, students, travel, pupils, page):
    forms, _ = load_forms(ROOT / "forms/ledgers")
    roster = StudentPage(
        students,
        form=forms["student"],
        papers=page._papers,
        say_way=lambda parent, uid: open_way(parent, travel, uid),
    )
    user.opens(let_hear(store, roster))
    user.picks_row("王芳")
    user.picks("更多", "上下学方式")
    user.fills("上学方式", str(Mode.WALK))
    user.clicks("保存")
    assert by_name(travel)["王芳"].way.from_mode == Mode.WALK
    store.sitter = Sitter("李校长", Role.PRINCIPAL)
    user.picks_row("李明")
    assert not user.sees_button("更多")


def test_the_list_in_sight_is_given_out_and_no_more(user, store, travel, pupils, page):
    asked = []
    made = TravelPage(
        travel, papers=page._papers, give=lambda *said: asked.append((said[1:3], said[3]))
    )
    user.opens(let_hear(store, made))
    made.filters.choose_tag("law")
    user.picks("导出", "名册（当前列表）…")
    ((about, rows),) = asked
    assert about == ("上下学方式名册", "travel")
    assert {row["name"] for row in rows} == {"李明", "赵强"}


def test_what_is_no_way_is_refused(travel, pupils):
    for way in (Way("飞", "步行"), Way("步行", "步行", "邻居"), Way("步行", "步行", km=500)):
        with pytest.raises(UserError):
            travel.say({pupils["李明"]: way})


def test_the_page_looks_right_in_every_size(user, travel, page, pupils):
    user.opens(page)
    page.choose(pupils["李明"])
    assert look_at(page, "上下学") == []
    page.open_class(pupils["李明"])
    user.settles()
    assert look_at(user.front(), "上下学登记", width=0) == []
    user.front().done(0)
    page.open(pupils["李明"])
    user.settles()
    assert look_at(user.front(), "上下学一名", width=0) == []


def test_the_plates_of_a_combined_class_stand_with_their_own_grade(students, travel):
    room = students.open_class(ClassKey("小学", 2026, 1, (2025,)))
    for name, own, plate in (("甲", 2026, "云A11111"), ("乙", 2025, "云A22222")):
        pupil = students.add(name=name, class_uid=room, entry_year=own)
        travel.say({pupil.uid: Way(Mode.VAN, Mode.VAN, plate=plate)})
    plates = {(row["grade"], row["room"]): row["plates"] for row in travel.views["table"]({})}
    (one,) = {said for (grade, _), said in plates.items() if grade == "一年级"}
    (two,) = {said for (grade, _), said in plates.items() if grade == "二年级"}
    assert (one, two) == ("云A11111", "云A22222")
    assert plates["全校", "全校合计"] == "云A11111、云A22222"


def test_the_sheet_of_a_school_with_twelve_classes_is_one_page(page):
    form = page._papers.forms["travel_table"]
    row = dict.fromkeys([column.key for column in form.columns] + ["term"], 0) | {"sign": ""}
    rows = [row | {"grade": "一年级", "room": "一年级小计", "plates": ""} for _ in range(19)]
    assert print_paper(form, rows, Context("青石镇小学", level=form.level)).pages == 1
