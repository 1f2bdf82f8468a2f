"""The first start, as a person clicks and types it."""

from pathlib import Path

import pypdfium2
import pytest
from PySide6.QtWidgets import QApplication

from app.core.desk import SchoolFacts, create
from app.core.disks import Disk, Kind
from app.core.errors import UserError
from app.core.machine import recall
from app.core.paths import Paths, find_paths, own_folder
from app.core.store.recovery import groups
from app.ui import theme
from app.ui.wizard import Wizard
from tests.ui.look import look_at

SCHOOL = "青石镇中心小学"
PASSWORD = "校园平安每一天！"
PROGRAM = find_paths().program


class Printer:
    """What a school has in the office: a sheet put in comes out on paper."""

    def __init__(self):
        self.sheet = None

    def __call__(self, _parent, sheet, done):
        self.sheet = sheet
        done("打印")


@pytest.fixture
def home(tmp_path, monkeypatch):
    """A PC with a system disk, a second disk and a stick."""
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "home"))
    for name in ("home", "D", "stick"):
        (tmp_path / name).mkdir()
    yield tmp_path
    theme.apply(QApplication.instance(), "中")


@pytest.fixture
def disks(home):
    return [
        Disk(home.resolve(), Kind.FIXED, is_system=True),
        Disk(home.resolve() / "D", Kind.FIXED),
        Disk(home.resolve() / "stick", Kind.REMOVABLE),
    ]


@pytest.fixture
def paths(home):
    return Paths(PROGRAM, home / "home" / "xiaoan" / "校安台数据", home / "本机.json")


@pytest.fixture
def printer():
    return Printer()


@pytest.fixture
def wizard(user, paths, disks, printer):
    def no_sample(_job):
        raise UserError("样例没有放好。", do="请重新安装校安台。")

    return user.opens(
        Wizard(
            paths,
            print_sheet=printer,
            open_sample=no_sample,
            open_sample_town=no_sample,
            disks=disks,
        )
    )


def fill_school(user):
    user.clicks("下一步")
    user.fills("学校名称", SCHOOL)
    user.fills("学校代码", "ｑｓ2101")
    user.clicks("小学")
    user.clicks("有食堂")
    user.clicks("下一步")


def fill_user(user):
    user.fills("您的称呼", "张老师")
    user.fills("口令", PASSWORD)
    user.fills("再输一遍", PASSWORD)
    user.clicks("下一步")


def test_the_folder_of_the_user_is_not_said_to_lie_beside_the_program(user, wizard, paths):
    assert paths.data == own_folder()
    fill_school(user)
    assert user.sees("我的用户文件夹") and not user.sees("程序旁边的文件夹")


def test_five_pages_make_a_school(user, wizard, paths, home, printer):
    opened = []
    wizard.opened.connect(opened.append)
    user.clicks("大　13 磅")
    assert theme.size() == "大"
    fill_school(user)
    assert user.sees("推荐")
    user.clicks("下一步")
    fill_user(user)
    assert not paths.data.exists() and not list((home / "D").iterdir())
    user.clicks("打印，或存成PDF")
    assert (printer.sheet.school, len(printer.sheet.code)) == (SCHOOL, 47)
    third, sixth = groups(printer.sheet.code)[2], groups(printer.sheet.code)[5]
    assert not user.sees(third) and not user.sees(sixth)
    user.fills("第3组", third.lower())
    user.fills("第6组", sixth)
    user.clicks("完成")
    (desk,) = opened
    assert desk.paths.data == home / "D" / "校安台数据"
    assert (desk.name, desk.settings.get("school.code")) == ("张老师", "QS2101")
    assert desk.settings.get("school.has_canteen") is True
    assert recall(paths.memory).data == str(desk.paths.data)
    assert recall(paths.memory).size == "大"
    desk.close()


def test_an_office_that_takes_in_files_is_founded_in_the_same_five_pages(user, wizard, printer):
    opened = []
    wizard.opened.connect(opened.append)
    user.clicks("下一步")
    user.clicks("镇级汇总")
    assert not user.sees("学校类型") and not user.sees("有校车")
    user.clicks("下一步")
    assert user.sees("“单位名称”没有填。")
    user.fills("单位名称", "青石镇中心校")
    user.fills("单位代码", "qsz001")
    user.clicks("学校")
    assert user.sees("学校类型") and user.reads_blank("学校名称") == "青石镇中心校"
    user.clicks("镇级汇总")
    user.clicks("下一步")
    user.clicks("下一步")
    fill_user(user)
    user.clicks("打印，或存成PDF")
    user.fills("第3组", groups(printer.sheet.code)[2])
    user.fills("第6组", groups(printer.sheet.code)[5])
    user.clicks("完成")
    (desk,) = opened
    assert desk.store.sitter.word == "经办人", "from the first hour on"
    said = {key: desk.settings.get(key) for key in ("desk.kind", "school.name", "school.code")}
    assert said == {"desk.kind": "town", "school.name": "青石镇中心校", "school.code": "QSZ001"}
    desk.close()


def test_a_page_that_is_not_filled_in_says_so_and_stays(user, wizard):
    user.clicks("下一步")
    user.clicks("下一步")
    assert user.sees("“学校名称”没有填。")
    assert user.sees("“学校代码”要填4到20位字母或数字。")
    assert user.sees("“学校类型”没有选。")
    user.fills("学校名称", SCHOOL)
    assert not user.sees("“学校名称”没有填。")
    user.clicks("上一步")
    assert user.sees("先选看着舒服的字号")


def test_a_kindergarten_has_no_kindergarten_beside_it(user, wizard):
    user.clicks("下一步")
    user.clicks("附设幼儿园")
    user.clicks("幼儿园")
    assert not user.sees_button("附设幼儿园")
    assert wizard._school.facts().has_kindergarten is False


def test_a_stick_is_refused_with_the_reason_and_another_folder_is_taken(user, wizard, home):
    fill_school(user)
    user.clicks("别的文件夹…")
    user.chooses_file(home / "stick")
    assert user.sees("数据不能放在这里：这是U盘或移动硬盘，它一拔下或者松动，正在写的记录就会坏。")
    for name in ("OneDrive", "我的资料"):
        (home / "home" / name).mkdir()
        user.clicks("别的文件夹…")
        user.chooses_file(home / "home" / name)
        assert user.sees("“OneDrive”会把里面的文件传到网上") is (name == "OneDrive")
    assert user.sees("我的资料")
    user.clicks("下一步")
    assert user.sees("谁来用，口令是什么")


def test_the_system_disk_says_what_a_reinstall_does(user, wizard):
    fill_school(user)
    assert user.sees("在系统盘上：重装系统会清掉这里，要勤备份到U盘。")


@pytest.mark.parametrize(
    ("name", "first", "again", "words"),
    [
        ("", PASSWORD, PASSWORD, "用户的姓名没有填。"),
        ("张老师", "1234567", "1234567", "口令太短：至少8个字，现在是7个。"),
        ("张老师", PASSWORD, "校园平安每一夭！", "两次输的口令不一样。"),
    ],
)
def test_a_name_or_password_that_will_not_do_is_said(user, wizard, name, first, again, words):
    fill_school(user)
    user.clicks("下一步")
    user.fills("您的称呼", name)
    user.fills("口令", first)
    user.fills("再输一遍", again)
    user.clicks("下一步")
    assert user.sees(words)


def test_the_code_must_be_on_paper_and_copied_right(user, wizard, printer):
    fill_school(user)
    user.clicks("下一步")
    fill_user(user)
    user.clicks("完成")
    assert user.sees("请先把恢复码打印出来")
    user.clicks("打印，或存成PDF")
    user.fills("第3组", "AAAAA")
    user.fills("第6组", groups(printer.sheet.code)[5])
    user.clicks("完成")
    assert user.sees("和纸上的不一样，请再看一遍。")


def test_the_sheet_is_shown_as_it_prints_and_saved_as_pdf(user, paths, disks, home):
    wizard = Wizard(
        paths, open_sample=lambda _job: None, open_sample_town=lambda _job: None, disks=disks
    )
    user.opens(wizard)
    fill_school(user)
    user.clicks("下一步")
    fill_user(user)
    user.clicks("打印，或存成PDF")
    user.clicks("存为PDF")
    user.chooses_file(home / "恢复码.pdf")
    user.presses("Esc")
    assert user.sees("已经存成PDF。打印出来以后，请把这个文件删掉。")
    page = pypdfium2.PdfDocument((home / "恢复码.pdf").read_bytes())[0]
    text = page.get_textpage().get_text_bounded().replace(" ", "")
    for group in groups(wizard._code.paper.code):
        assert group in text
    assert SCHOOL in text


def test_the_sample_school_is_one_click_away(user, wizard):
    user.clicks("看样例学校")
    assert user.sees("样例没有放好。")


def test_the_sample_town_is_one_click_away(user, wizard):
    user.clicks("看样例镇")
    assert user.sees("样例没有放好。")


def test_the_first_user_of_a_town_is_no_safety_officer_of_a_school(user, wizard):
    user.clicks("下一步")
    user.clicks("镇级汇总")
    user.fills("单位名称", "云栖镇中心校")
    user.fills("单位代码", "YQZ001")
    user.clicks("下一步")
    user.clicks("下一步")
    assert user.sees("您是镇里的经办人") and not user.sees("安全员")


def test_a_school_that_lies_on_another_disk_is_found_after_a_reinstall(user, paths, disks, home):
    there = paths.at(home / "D" / "校安台数据")
    create(there, SchoolFacts(SCHOOL, "QS2101", "小学"), "张老师", PASSWORD)[0].close()
    wizard = Wizard(
        paths, open_sample=lambda _job: None, open_sample_town=lambda _job: None, disks=disks
    )
    found = []
    wizard.found.connect(found.append)
    user.opens(wizard)
    user.clicks(f"打开“{SCHOOL}”")
    assert [place.data for place in found] == [there.data]
    assert Path(recall(paths.memory).data) == there.data


def test_every_page_fits_the_screen_in_all_sizes(user, wizard, printer):
    faults = look_at(wizard, "wizard_1_size")
    fill_school(user)
    faults += look_at(wizard, "wizard_3_place")
    user.clicks("上一步")
    user.fills("学校代码", "1")
    user.clicks("下一步")
    faults += look_at(wizard, "wizard_2_school")
    user.fills("学校代码", "QS2101")
    user.clicks("下一步")
    user.clicks("下一步")
    user.clicks("下一步")
    faults += look_at(wizard, "wizard_4_user")
    fill_user(user)
    user.clicks("打印，或存成PDF")
    user.clicks("完成")
    faults += look_at(wizard, "wizard_5_code")
    assert faults == []
