from datetime import date

import pytest
from PySide6.QtWidgets import QWidget
from sqlalchemy import event

from app.core.errors import UserError
from app.core.roles import Right, Role
from app.people import Staff, StaffRegister
from app.ui.history import HistoryPane, events_of
from app.ui.records_dialog import Kind, open_journal, open_recycle
from app.ui.void_dialog import ask_void
from tests.ui.look import look_at

STAFF = Kind(Staff, "教职工", lambda person: person.name, Right.PEOPLE)
LABELS = {"name": "姓名", "post": "职务", "phone": "联系电话"}


@pytest.fixture
def staff(store):
    store.sitter = type(store.sitter)("张老师")
    return StaffRegister(store)


@pytest.fixture
def li(staff):
    made = staff.enter(name="李建国", post="教师", phone="19900000001")
    staff.correct(made.uid, post="总务主任", phone=None)
    return made.uid


@pytest.fixture
def window(user):
    return user.opens(QWidget())


def test_the_history_says_who_did_what_and_what_stood_there_before(store, li):
    newest, first = events_of(store, li, LABELS)
    assert (newest.who, newest.changes) == (
        "张老师",
        (("职务", "教师", "总务主任"), ("联系电话", "19900000001", "")),
    )
    assert first.changes == ()


def test_the_history_is_read_in_chinese(user, store, li):
    pane = HistoryPane(store, li, LABELS)
    pane.resize(400, 300)
    user.opens(pane)
    assert user.sees("职务：教师 → 总务主任")
    assert user.sees("联系电话：19900000001 → 空")
    assert user.sees("2026-04-01 09:00")


def test_of_a_sealed_field_only_the_fact_of_a_change_is_told(user, store, li):
    user.opens(HistoryPane(store, li, LABELS, sealed=frozenset({"phone"})))
    assert user.sees("联系电话：有改动（保密）")
    assert not user.sees("19900000001")


def test_a_look_at_a_record_is_part_of_its_history(store, li):
    store.note("查看保密栏", about=li)
    store.settle()
    assert events_of(store, li, LABELS)[0].what == "查看保密栏"


def test_the_same_again_and_again_is_one_line_with_its_number(store, staff, li):
    for n in range(3):
        with store.change("存草稿", undoable=False):
            store.get(Staff, li).notes = f"草稿{n}"
    staff.correct(li, post="校长")
    newest, drafts, *_ = events_of(store, li, LABELS)
    assert newest.changes == (("职务", "总务主任", "校长"),)
    assert drafts.what == "存草稿（3次，从2026-04-01 09:00起）"


def test_a_long_history_shows_its_end_first_and_all_on_a_press(user, store, staff, li):
    for n in range(12):
        staff.correct(li, post=f"职务{n}")
    user.opens(HistoryPane(store, li, LABELS))
    assert not user.sees("职务：教师 → 总务主任")
    user.clicks("全部 14 条")
    assert user.sees("职务：教师 → 总务主任")


def test_a_date_in_the_history_reads_as_one(store, li):
    from app.ui.history import _read

    assert _read(date(2026, 3, 5).isoformat()) == "2026年3月5日"
    assert _read("2026-03-05T14:30:00") == "2026年3月5日 14:30"
    assert _read("a" * 64) == "照片"
    assert _read(True) == "是"
    assert _read(["水", "火"]) == "水、火"


def test_one_click_on_a_usual_reason_does_it(user, window):
    given = []
    ask_void(window, "作废 YH-2026-0001", ("重复登记", "登记错了"), given.append)
    user.clicks("登记错了")
    assert given == ["登记错了"] and user.sees_dialogs() == []


def test_another_reason_is_typed_and_without_one_nothing_happens(user, window):
    given = []
    ask_void(window, "作废 YH-2026-0001", (), given.append)
    assert not user.sees_button("作废")
    user.fills("其他原因", "和上周那条是同一处")
    user.clicks("作废")
    assert given == ["和上周那条是同一处"]


def test_a_refused_voiding_says_why_and_stays_open(user, window):
    def refuse(_reason):
        raise UserError("已经销账的不能作废。", do="请先恢复。")

    ask_void(window, "作废 YH-2026-0001", (), refuse)
    user.clicks("登记错了")
    assert user.sees("已经销账的不能作废。请先恢复。")
    user.clicks("取消")
    assert user.sees_dialogs() == []


def test_what_was_done_is_listed_newest_first_and_found(user, window, store, li):
    store.note("打印：隐患台账")
    open_journal(window, store)
    assert user.reads_table()[0] == ["2026-04-01 09:00", "张老师", "打印：隐患台账"]
    assert not user.sees_button("再往前")
    user.fills("搜索", "打印")
    assert len(user.reads_table()) == 1


def test_what_was_voided_by_mistake_comes_back(user, window, store, staff, li):
    staff.leave(li, "调离")
    assert staff.names() == []
    open_recycle(window, store, [STAFF])
    (row,) = user.reads_table()
    assert row[:3] == ["教职工", "李建国", "调离"]
    user.clicks("恢复")
    assert staff.names() == ["李建国"]
    assert user.sees("回收站是空的。")


def test_a_long_recycle_view_asks_the_store_no_more_often_than_a_short_one(
    user, window, store, staff
):
    heard = []
    with store.read() as session:
        event.listen(session.get_bind(), "before_cursor_execute", lambda *said: heard.append(said))

    def asked():
        heard.clear()
        sheet = open_recycle(window, store, [STAFF])
        number = len(heard)
        rows = len(user.reads_table())
        sheet.reject()
        return rows, number

    staff.leave(staff.enter(name="李建国").uid, "调离")
    one, few = asked()
    for number in range(9):
        staff.leave(staff.enter(name=f"老师{number}").uid, "调离")
    ten, more = asked()
    assert (one, ten) == (1, 10) and more == few


def test_the_dialogs_look_right_in_every_size(user, window, store, staff, li):
    staff.leave(li, "调离")
    dialogs = {
        "journal": lambda: open_journal(window, store),
        "recycle": lambda: open_recycle(window, store, [STAFF]),
        "void": lambda: ask_void(window, "作废 YH-2026-0001", (), print),
    }
    for name, opens in dialogs.items():
        dialog = opens()
        assert look_at(dialog, name, width=0) == []
        dialog.reject()


@pytest.mark.parametrize("role", [Role.PRINCIPAL, Role.TEACHER, Role.DUTY])
def test_who_may_not_change_a_kind_does_not_see_what_is_void_of_it(
    user, window, store, staff, li, role
):
    staff.leave(li, "调离")
    store.sitter = type(store.sitter)("李老师", role)
    open_recycle(window, store, [STAFF])
    assert user.sees("回收站是空的。")
    assert not user.sees("李建国")


def test_a_persons_name_stands_inside_and_not_in_the_title(user, window):
    sheet = ask_void(window, "作废 学生资料", (), print, whom="李建国")
    assert user.sees("李建国") and "李建国" not in sheet.windowTitle()
