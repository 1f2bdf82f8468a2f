"""A case file names whom it must, blank by blank, sealed, reasoned and written down."""

from dataclasses import replace
from datetime import date

import pytest

from app.core.errors import UserError
from app.core.roles import Role, Sitter
from app.handover import Case, inspect, unseal
from app.handover.faults import Fault
from app.handover.page import HandoverPage
from app.handover.parts import CASE
from app.ui.papers import Papers
from tests.core.test_bare import SECRET, jpeg
from tests.handover.opened import files_in
from tests.handover.test_sources import TODAY, open_house
from tests.handover.test_townkey import town as make_town

BASIS = "突发事件应对、保护生命安全"


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    folder = tmp_path_factory.mktemp("school")
    house, town = open_house(folder), make_town(folder / "town.db")
    (folder / "镇.xiaoan-key").write_bytes(town.file())
    house.handover.town_keys.take(folder / "镇.xiaoan-key", on=TODAY)
    yield house, town
    house.store.close()


@pytest.fixture
def house(made):
    made[0].store.sitter = Sitter("张老师")
    return made[0]


@pytest.fixture
def town(made):
    return made[1]


@pytest.fixture
def case(house):
    names = list(house.cases.pupils().values())
    return Case(
        title="11月20日石桥下河湾溺水",
        pupils=(names[0], names[5]),
        keys=("name", "class_name", "guardian1"),
        receiver="镇教委办 刘干事",
        purpose="善后和上报",
        basis=BASIS,
    )


def test_only_the_chosen_blanks_of_the_chosen_pupils_are_in_it_and_sealed(
    house, town, case, tmp_path
):
    path = tmp_path / house.cases.file_name()
    house.cases.make(path, case)
    sealed = path.read_bytes()
    opened = unseal(sealed, town.opens_with())
    report = inspect(opened, format=CASE)
    assert report.ok, report.problems
    pupils = {pupil.uid: pupil for pupil in house.students.pupils()}
    first, second = (pupils[uid] for uid in case.pupils)
    assert report.tables["pupils"] == [
        {"name": one.name, "class_name": one.class_name, "guardian1": one.guardian1}
        for one in (first, second)
    ]
    assert report.manifest["case"] == {
        "title": case.title,
        "receiver": case.receiver,
        "purpose": case.purpose,
        "basis": case.basis,
    }
    text = b"".join(files_in(opened).values())
    for one in (first, second):
        assert one.phone1.encode() not in text and one.name.encode() not in sealed
    assert first.name not in path.name


def test_it_is_never_taken_for_an_ordinary_file(house, town, case, tmp_path):
    path = tmp_path / "x.age"
    house.cases.make(path, case)
    opened = unseal(path.read_bytes(), town.opens_with())
    assert [problem.code for problem in inspect(opened).problems] == ["FORMAT"]
    assert inspect(opened).tables == {}


def test_who_got_what_and_why_is_written_down_without_a_name(house, case, tmp_path):
    before = len(house.privacy.releases.rows())
    house.cases.make(tmp_path / "x.age", case)
    line, *rest = house.privacy.releases.rows()
    assert len(rest) == before
    assert (line["what"], line["people"], line["receiver"]) == ("事件包", 2, case.receiver)
    assert (line["purpose"], line["basis"], line["given_by"]) == ("善后和上报", BASIS, "张老师")
    assert line["fields"] == "姓名、班级、监护人一"
    assert house.store.actions(1)[0].label == "生成事件包：给镇教委办 刘干事"
    names = [pupil.name for pupil in house.students.pupils()]
    assert not [name for name in names if name in str(line)]


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"title": " "}, "什么事件"),
        ({"pupils": ()}, "一名学生也没有选"),
        ({"keys": ()}, "一栏也没有选"),
        ({"keys": ("health", "id_number")}, "一栏也没有选"),
        ({"receiver": ""}, "给谁"),
        ({"purpose": ""}, "做什么用"),
        ({"basis": ""}, "依据"),
    ],
)
def test_nothing_leaves_while_something_is_not_said(house, case, tmp_path, change, said):
    before = house.privacy.releases.rows()
    with pytest.raises(UserError, match=said):
        house.cases.make(tmp_path / "x.age", replace(case, **change))
    assert house.privacy.releases.rows() == before and list(tmp_path.iterdir()) == []


def test_it_is_not_written_down_when_the_stick_refuses_it(house, case, tmp_path):
    before = house.privacy.releases.rows()
    (tmp_path / "file").write_text("x")
    with pytest.raises(UserError, match="没有存上"):
        house.cases.make(tmp_path / "file" / "x.age", case)
    assert house.privacy.releases.rows() == before


def test_a_class_teacher_makes_none(house, case, tmp_path):
    house.store.sitter = Sitter("王芳", Role.TEACHER)
    with pytest.raises(UserError, match="班主任"):
        house.cases.make(tmp_path / "x.age", case)


def test_it_is_asked_for_blank_by_blank_on_the_screen(house, town, user, tmp_path):
    page = HandoverPage(
        house.handover,
        papers=Papers(house.papers, house.context),
        go=lambda _room: None,
        cases=house.cases,
    )
    user.opens(page)
    who, uid = next(iter(house.cases.pupils().items()))
    user.clicks("事件包…")
    user.fills("什么事件", "河湾溺水")
    user.fills("哪几名学生", who)
    user.clicks("姓名")
    user.clicks("班级")
    user.fills("给谁（单位和人）", "镇教委办 刘干事")
    user.fills("做什么用", "善后")
    user.fills("依据", BASIS)
    user.clicks("密封生成")
    pupil = next(one for one in house.students.pupils() if one.uid == uid)
    assert user.sees(f"姓名：{pupil.name}；班级：{pupil.class_name}"), "what leaves is shown"
    user.clicks("看过了，密封")
    user.chooses_file(tmp_path / "x.age")
    assert user.sees("事件包密封好了")
    user.clicks("知道了")
    report = inspect(unseal((tmp_path / "x.age").read_bytes(), town.opens_with()), format=CASE)
    pupil = next(one for one in house.students.pupils() if one.uid == uid)
    assert report.tables["pupils"] == [{"name": pupil.name, "class_name": pupil.class_name}]


def test_without_the_towns_key_nothing_is_made(case, tmp_path, house, monkeypatch):
    monkeypatch.setattr(house.cases.town_keys, "town", lambda: None)
    with pytest.raises(UserError, match="镇级公钥"):
        house.cases.make(tmp_path / "x.age", case)
    assert list(tmp_path.iterdir()) == []


def test_the_receipts_of_this_year_of_the_pupil_go_along_and_nobody_elses(
    house, town, case, tmp_path, monkeypatch
):
    mine, other = case.pupils
    asked = []

    def receipts(uid, since):
        asked.append((uid, since))
        return [jpeg()] if uid == mine else []

    monkeypatch.setattr(house.cases, "_receipts", receipts)
    wanted = replace(case, keys=("name", "receipts"))
    first, second = house.cases.preview(wanted)
    assert first.endswith("回执页：1页") and second.endswith("回执页：没有收回的")
    house.cases.make(tmp_path / "x.age", wanted)
    opened = unseal((tmp_path / "x.age").read_bytes(), town.opens_with())
    report = inspect(opened, format=CASE)
    assert report.ok, report.problems
    rows = report.tables["pupils"]
    assert [row["receipts"] for row in rows] == [report.attachments[0], None]
    assert SECRET not in opened, "where and when the picture was taken stays here"
    assert set(asked) == {(mine, date(2026, 8, 1)), (other, date(2026, 8, 1))}


def test_without_the_blank_no_receipt_is_even_read(house, case, monkeypatch, tmp_path):
    monkeypatch.setattr(house.cases, "_receipts", lambda *_: 1 / 0)
    house.cases.make(tmp_path / "x.age", case)


def test_it_may_be_sealed_to_the_county_whose_key_was_compared(
    house, town, case, tmp_path, tmp_path_factory
):
    county = make_town(tmp_path_factory.mktemp("县") / "county.db")
    house.cases.make(tmp_path / "x.age", case, county.own())
    sealed = (tmp_path / "x.age").read_bytes()
    assert inspect(unseal(sealed, county.opens_with()), format=CASE).ok
    with pytest.raises(Fault):
        unseal(sealed, town.opens_with())
    assert house.cases.town_keys.town() == town.own(), "the school keeps its town's key"
