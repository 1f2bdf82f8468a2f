"""Typing hazards into the platform of those above: copied out, numbered, marked one by one."""

from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QTableWidget

from app.core.errors import UserError
from app.hazards.platform import mark_copied, unmark_copied
from tests.hazards.conftest import TODAY
from tests.ui.look import look_at

ENTER = Qt.Key.Key_Return


def mark(hazards, numbers, *, platform="省校安平台", on=TODAY):
    mark_copied(hazards, numbers, platform=platform, on=on)


def test_what_was_typed_in_stands_on_the_sheet_and_in_the_list(hazards, report):
    one, two = report(), report(place="操场")
    mark(hazards, {one.uid: "P-7"})
    rows = {row["uid"]: row for row in hazards.views["platform"]({})}
    assert (rows[one.uid]["is_copied"], rows[one.uid]["platform_number"]) == ("√", "P-7")
    assert rows[two.uid]["is_copied"] == "□"
    (left,) = hazards.views["list"]({"copied": "未录"})
    (done,) = hazards.views["list"]({"copied": "已录"})
    assert left["number"] == two.number and left["copied_on"] is None
    assert (done["platform"], done["platform_number"], done["copied_on"]) == (
        "省校安平台",
        "P-7",
        TODAY,
    )
    assert not {"platform", "platform_number", "copied_on"} & set(hazards.views["handover"]({})[0])


def test_many_are_marked_in_one_change_that_one_undo_takes_back(hazards, store, report):
    uids = [report().uid for _ in range(3)]
    mark(hazards, dict.fromkeys(uids, ""))
    assert all(hazards.get(uid).copied_on == TODAY for uid in uids)
    assert store.undo() == "记已录上级平台"
    assert [hazards.get(uid).copied_on for uid in uids] == [None] * 3


@pytest.mark.parametrize(
    ("numbers", "said", "why"),
    [
        (("P-1", "P-1"), {}, "“P-1”写了两次"),
        (("P-0", "P-2"), {}, "平台编号“P-0”已经是YH-2026-0003的"),
        (("", ""), {"platform": " "}, "“平台”没有填"),
        (("", ""), {"on": date(2026, 4, 2)}, "不能晚于今天"),
        (("", ""), {"on": date(2026, 3, 29)}, "早于YH-2026-0001的排查日期2026年3月30日"),
        ((), {}, "一条隐患也没有选"),
    ],
)
def test_what_cannot_be_marks_none(hazards, report, numbers, said, why):
    uids = [report().uid, report().uid]
    mark(hazards, {report().uid: "P-0"})
    with pytest.raises(UserError, match=why):
        mark(hazards, dict(zip(uids, numbers, strict=False)), **said)
    assert [hazards.get(uid).copied_on for uid in uids] == [None, None]


def test_the_same_number_on_another_platform_is_another(hazards, report):
    one, two = report().uid, report().uid
    mark(hazards, {one: "7"})
    mark(hazards, {two: "7"}, platform="县应急平台")
    mark(hazards, {one: "7"}, on=date(2026, 3, 31))  # its own day is put right
    assert hazards.get(one).copied_on == date(2026, 3, 31)
    unmark_copied(hazards, one)
    assert hazards.get(one).platform_number is None


def test_hazard_after_hazard_is_copied_out_and_numbered_by_keys(user, hazards, page, report):
    one, two, three = report(), report(place="操场", what="单杠松动"), report(place="厨房")
    user.opens(page())
    user.picks("打印", "录入上级平台…")
    user.types("省校安平台")
    user.presses(Qt.Key.Key_Tab)
    table = user.front().findChild(QTableWidget)
    table.setFocus()
    table.setCurrentCell(1, 3)
    user.presses("Ctrl+C")
    assert QApplication.clipboard().text() == "操场"
    user.presses("Ctrl+Shift+C")
    copied = QApplication.clipboard().text().split("\t")
    assert copied[0] == two.number and "单杠松动" in copied and len(copied) == table.columnCount()
    user.presses(ENTER)
    user.types("P-8")
    user.presses(ENTER)
    assert (hazards.get(two.uid).platform_number, hazards.get(two.uid).copied_on) == ("P-8", TODAY)
    assert user.sees("平台编号（YH-2026-0003）")
    user.types("P-8")
    user.presses(ENTER)
    assert "平台编号“P-8”已经是YH-2026-0002的" in user.reads("message")
    assert hazards.get(three.uid).copied_on is None
    user.fills("平台编号（YH-2026-0003）", "")
    table.selectAll()
    user.clicks("选中的 2 条都已录")
    assert user.sees_dialogs() == []
    assert all(hazards.get(one.uid).copied_on for one in (one, three))
    user.picks("打印", "录入上级平台…")
    assert user.sees("列表里的都已经录进上级平台了。")


def test_one_is_marked_from_its_menu_and_filtered(user, hazards, page, report):
    one, two = report(), report(place="操场")
    made = user.opens(page())
    made.choose(one.uid)
    user.settles()
    user.picks("更多", "已录上级平台…")
    user.fills("平台", "省校安平台")
    user.fills("平台编号", "P-9")
    user.fills("录入日期", "今天")
    user.clicks("保存")
    assert user.sees("省校安平台 P-9 2026年4月1日")
    made.filters.choose("copied", "未录")
    user.settles()
    assert [row[1] for row in user.reads_table()] == [two.number]
    made.filters.clear()
    made.choose(one.uid)
    user.settles()
    user.picks("更多", "取消已录")
    assert hazards.get(one.uid).copied_on is None


def test_the_dialog_is_whole_in_every_size(user, page, report):
    for place in ("操场", "学生宿舍1号楼三楼西侧洗漱间", "厨房"):
        report(place=place)
    user.opens(page())
    user.picks("打印", "录入上级平台…")
    user.clicks("复制整行")
    assert look_at(user.front(), "录入上级平台", width=0, sizes=("中", "特大")) == []
