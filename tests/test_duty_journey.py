"""A month of duties from the empty page to the wall, in the program's own window."""

from datetime import date

import pypdfium2
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from app.core.desk import unlock
from app.duties.planning import Cell
from app.house import House
from app.people import Spell
from app.shell import Shell
from app.ui.printing import Preview
from tests.duties.conftest import furnish, uid
from tests.terminal import PASSWORD, found_school

TODAY = date(2026, 9, 23)
WEDNESDAY = date(2026, 10, 14)


@pytest.fixture
def house(tmp_path):
    made = found_school(tmp_path / "校安台数据")
    desk = unlock(made.paths, made.user, PASSWORD)
    house = House(desk.store, desk.paths, today=lambda: TODAY)
    furnish(house)
    house.facts = desk
    yield house
    desk.close()


@pytest.fixture
def shell(house, user):
    return user.opens(Shell(house.facts, house))


def reads_preview(user):
    """Return the text of what is shown to be printed, and close it."""
    user.settles()
    preview = user.front()
    assert isinstance(preview, Preview), user.texts()
    with pypdfium2.PdfDocument(preview._printed.data) as pdf:
        text = "".join(page.get_textpage().get_text_range() for page in pdf)
    user.clicks("关闭")
    return text


def stands(house, day, post):
    return [one.name for it, who in house.duties.on(day) if it.name == post for one in who]


def at(page, house, post, user, day=WEDNESDAY):
    (uid_,) = (one.uid for one in house.posts.all() if one.name == post)
    page.choose(Cell(day, uid_))
    page.grid.setFocus()
    page._show_details()
    user.settles()


def test_a_month_is_planned_locked_exchanged_printed_hung_out_and_planned_again(shell, house, user):
    user.clicks("值班排班")
    page = shell.go("duties")
    for _ in range(2):  # what is left of September, then October
        user.clicks("排下月")
        user.clicks("写入值班表")
    assert user.sees("2026年10月")

    at(page, house, "校门护学早", user)
    kept = stands(house, WEDNESDAY, "校门护学早")
    QTest.keyClick(page.grid, Qt.Key.Key_Space)
    at(page, house, "午间巡逻", user, date(2026, 10, 15))
    (name,) = stands(house, date(2026, 10, 15), "午间巡逻")
    user.picks("换班单", f"替班：请人替{name}")
    combo = user.blank("替班的人")
    other = combo.itemText(0)
    user.fills("替班的人", other)
    user.fills("原因", "家里有事")
    user.clicks("写换班单")
    assert user.sees("HB-2026-0001 写好了")
    user.clicks("打印")
    slip = reads_preview(user)
    assert "HB-2026-0001" in slip and name in slip and other in slip

    user.picks("打印", "值班表（A4）")
    sheet = reads_preview(user)
    assert "宿舍夜值" in sheet and other in sheet
    user.picks("打印", "公平表")
    fair = reads_preview(user)
    assert name in fair and "张师傅" in fair and "以前" in fair

    user.clicks("公布")
    user.clicks("公布")
    gone = stands(house, date(2026, 10, 21), "午间巡逻")[0]
    spell = Spell(date(2026, 10, 21), "上午", date(2026, 10, 23), "下午")
    turns = house.duties.seats_of(uid(house, gone), spell.first_on, spell.last_on)
    house.absences.enter([uid(house, gone)], "病假", spell)
    user.settles()
    user.clicks("重排未锁定")
    assert user.sees("公布过的尽量没有动") and user.sees(f"{gone} →")
    user.clicks("写入值班表")
    changed = house.duties.announcing.since(date(2026, 10, 1), date(2026, 10, 31))
    assert len(turns) <= len(changed) <= 2 * len(turns) + 2
    assert stands(house, WEDNESDAY, "校门护学早") == kept
    assert stands(house, date(2026, 10, 15), "午间巡逻") == [other]
    assert house.duties.roster(date(2026, 10, 1), date(2026, 10, 31)).gaps == ()

    shell.go("duty_swaps")
    user.settles()
    assert user.reads_table()[0][:2] == ["HB-2026-0001", "替班"]
    shell.go("fairness")
    user.settles()
    assert user.sees("每组相差都在2分以内")


SIX = (("李建国", "男", "负责人"), *((name, "女", "教师") for name in ("王芳", "陈静", "刘敏")),
       ("张伟", "男", "教师"), ("杨磊", "男", "教师"))  # fmt: skip


@pytest.fixture
def six(tmp_path):
    """A teaching point on its second day: six names with their posts, and nothing else."""
    made = found_school(tmp_path / "校安台数据")
    desk = unlock(made.paths, made.user, PASSWORD)
    house = House(desk.store, desk.paths, today=lambda: TODAY)
    house.settings.put(
        {"school.kind": "教学点", "school.boards": False, "school.has_canteen": True}
    )
    for name, sex, post in SIX:
        house.staff.enter(name=name, sex=sex, post=post)
    house.facts = desk
    yield house
    desk.close()


def test_six_people_come_from_the_empty_page_to_full_months_by_what_they_are_offered(six, user):
    shell = user.opens(Shell(six.facts, six))
    user.clicks("值班排班")
    user.clicks("设岗位")
    user.clicks("看看“六人教学点”的岗位")
    user.clicks("采用9个岗位")
    shell.go("duties")
    user.settles()
    user.clicks("排下月")
    assert user.sees("排了 0 人次") and user.sees("名单上有6人还没有填“能做什么”")
    assert user.sees("课间巡查（9月23日、24日、28日到30日，一共5天）：没有人符合要求")
    user.clicks("去填“能做什么”")
    assert user.reads_table()[0] == ["李建国", "负责人", "带班、护学岗、陪餐、值班；是带班领导"]
    user.clicks("填写6位")
    assert [one.name for one in six.staff.all() if one.is_leader] == ["李建国"]

    shell.go("duties")
    user.settles()
    for last in (date(2026, 9, 30), date(2026, 10, 31)):  # with two holidays in them
        user.clicks("排下月")
        assert user.reads_blank("到哪天，连这一天").startswith(f"2026年{last.month}月{last.day}日")
        assert user.sees("没有缺人"), user.texts()
        assert not user.sees_button("去填“能做什么”")
        user.clicks("写入值班表")
    roster = six.duties.roster(TODAY, date(2026, 10, 31))
    assert {seat.person_uid for seat in roster.seats} == {one.uid for one in six.staff.all()}
    user.picks("打印", "假期24小时值班表")
    assert "李建国" in reads_preview(user)
