"""The school's data file: signed with a key that moves with the database, read back, logged."""

import errno
from datetime import date, datetime
from pathlib import Path

import pytest

from app.core.errors import UserError
from app.core.roles import Role, Sitter
from app.core.settings import Settings
from app.core.store import Blobs, Store
from app.core.store.backup import back_up
from app.core.store.restore import restore
from app.handover import (
    KEYS,
    HandoverRegister,
    Order,
    Period,
    Source,
    Span,
    TableField,
    inspect,
    read_member,
    stick,
    unseal,
    verify,
)
from tests.conftest import KEY, NOW
from tests.core.test_bare import SECRET, jpeg
from tests.handover.test_townkey import town as make_town

FIELDS = (
    *KEYS,
    TableField("number", "编号"),
    TableField("found_on", "排查日期", "date"),
    TableField("photos", "照片"),
)
MARCH = Period(date(2026, 3, 1), date(2026, 3, 31))


class Room:
    """A room with one hazard, whose photos a test may give it."""

    def __init__(self):
        self.photos, self.asked = None, []

    def hazards(self, period):
        self.asked.append(period)
        row = {"uid": "0199-1", "rev": 1, "void": False, "number": "YH-2026-0001"}
        return [row | {"found_on": date(2026, 3, 5), "photos": self.photos}]


@pytest.fixture
def room():
    return Room()


@pytest.fixture
def register(store, room):
    facts = {"school.code": "QS0001", "school.name": "青石镇中心小学", "school.kind": "小学"}
    Settings(store).put(facts)
    made = HandoverRegister(
        store,
        (Source("hazards", "隐患清单", FIELDS, room.hazards),),
        now=lambda: datetime(2026, 4, 1, 9),
        term=lambda: Period(date(2026, 2, 24), date(2026, 7, 3)),
    )
    made.make_key()
    return made


def test_a_file_is_written_read_back_and_written_down(register, store, room, tmp_path):
    store.sitter = Sitter("张老师")
    path = tmp_path / "U盘" / register.file_name()
    assert path.name == "校安台报送_青石镇中心小学_20260401.zip"
    made = register.export(path, Order(MARCH, Span.OWN, due_at=datetime(2026, 4, 1, 14, 30)))
    assert made.rows == {"hazards": 1} and room.asked == [MARCH]
    report = verify(path)
    assert report.ok and report.fingerprint == register.fingerprint()
    assert (report.period, report.seq, report.revision) == (MARCH, 1, 1)
    (sent,) = register.sent()
    assert (sent.seq, sent.made_by, sent.period) == (1, "张老师", MARCH)
    register.export(path, Order(MARCH))
    register.export(path)
    assert [(s.seq, s.revision) for s in register.sent()] == [(3, 1), (2, 2), (1, 1)]
    assert verify(path).manifest["previous"] == register.sent()[1].sha256
    assert store.undo() is None, "what was handed over cannot be taken back"


@pytest.mark.parametrize(
    ("span", "first", "last"),
    [
        (Span.WEEK, date(2026, 3, 30), date(2026, 4, 5)),
        (Span.MONTH, date(2026, 4, 1), date(2026, 4, 30)),
        (Span.TERM, date(2026, 2, 24), date(2026, 7, 3)),
        (Span.YEAR, date(2025, 8, 1), date(2026, 7, 31)),
    ],
)
def test_days_are_chosen_in_plain_words(register, span, first, last):
    assert register.period(span) == Period(first, last)


def test_the_town_never_gets_two_files_of_one_number_also_after_going_back(
    register, room, store, tmp_path
):
    copy = back_up(store.path, KEY, tmp_path / "backups", NOW)
    register.export(tmp_path / "1.zip")
    store.close()
    restore(store.path, copy, KEY, tmp_path / "backups", NOW)
    again = Store(store.path, KEY)
    back = HandoverRegister(again, (Source("hazards", "隐患清单", FIELDS, room.hazards),))
    back.export(tmp_path / "2.zip")
    assert [verify(tmp_path / name).seq for name in ("1.zip", "2.zip")] == [1, 1001]
    assert back.fingerprint() == verify(tmp_path / "1.zip").fingerprint
    again.close()


def test_the_key_is_made_once_and_moves_with_the_database(register, tmp_path, store):
    mine = register.fingerprint()
    register.make_key()
    assert register.fingerprint() == mine
    again = Store(tmp_path / "other.db", KEY)
    other = HandoverRegister(again, ())
    other.make_key()
    assert other.fingerprint() != mine
    again.close()


def test_photos_go_only_when_chosen_and_tell_nothing_but_the_picture(
    register, room, store, tmp_path
):
    room.photos = [Blobs(store).keep(jpeg(), kind="image/jpeg"), "f" * 64]
    assert register.export(tmp_path / "1.zip").attachments == 0
    assert verify(tmp_path / "1.zip").tables["hazards"][0]["photos"] is None
    made = register.export(tmp_path / "2.zip", Order(MARCH, photos=True))
    data = (tmp_path / "2.zip").read_bytes()
    report = inspect(data)
    assert made.attachments == 1 and len(report.attachments) == 1, "what was forgotten is left out"
    assert report.tables["hazards"][0]["photos"] == report.attachments[0]
    picture = read_member(data, report.attachments[0])
    assert SECRET in jpeg() and SECRET not in picture and SECRET not in data


def test_a_sealed_file_only_the_town_opens(register, tmp_path):
    town = make_town(tmp_path / "town.db")
    order = Order(MARCH, sealed_for=town.own())
    path = tmp_path / register.file_name(order)
    assert path.name.endswith(".zip.age")
    made = register.export(path, order)
    assert made.sealed_for == "青石镇中心校"
    assert [problem.code for problem in verify(path).problems] == ["SEALED"]
    opened = inspect(unseal(path.read_bytes(), town.opens_with()))
    assert opened.ok and opened.rows == {"hazards": 1}


def test_both_sign_for_it_and_late_is_told_to_the_minute(register, store, tmp_path):
    store.sitter = Sitter("张老师")
    due = datetime(2026, 4, 1, 8, 58)
    made = register.export(tmp_path / "1.zip", Order(MARCH, due_at=due))
    assert made.lateness() == ""
    with pytest.raises(UserError, match="没有填"):
        register.hand_over(made.uid, to=" ")
    register.hand_over(made.uid, to="刘干事")
    (sent,) = register.sent()
    assert (sent.handed_by, sent.handed_to, sent.lateness()) == ("张老师", "刘干事", "迟报2分")
    with pytest.raises(UserError, match="已经登记过"):
        register.hand_over(made.uid, to="别人")


def test_a_place_that_cannot_be_written_leaves_nothing_behind(register, tmp_path):
    blocked = tmp_path / "file"
    blocked.write_text("x")
    with pytest.raises(UserError, match="没有存上"):
        register.export(blocked / "out.zip")
    assert register.sent() == [] and list(tmp_path.glob("**/*.part")) == []


def test_a_stick_without_room_is_said_before_anything_is_written(register, tmp_path, monkeypatch):
    monkeypatch.setattr(stick, "free_bytes", lambda _folder: 2_000)
    with pytest.raises(UserError, match="放不下"):
        register.export(tmp_path / "out.zip")
    assert register.sent() == [] and list(tmp_path.glob("out*")) == []


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EIO, errno.ENODEV])
def test_a_stick_that_fills_up_or_goes_away_in_the_middle_leaves_no_half(
    register, tmp_path, monkeypatch, number
):
    (tmp_path / "out.zip").write_bytes(b"the older file")
    real = Path.open

    def breaks(path, *how, **more):
        file = real(path, *how, **more)
        if path.suffix == ".part":
            real_write = file.write

            def half(data):
                real_write(data[: len(data) // 2])
                raise OSError(number, "gone")

            file = _Broken(file, half)
        return file

    monkeypatch.setattr(Path, "open", breaks)
    with pytest.raises(UserError, match="没有存上"):
        register.export(tmp_path / "out.zip")
    assert (tmp_path / "out.zip").read_bytes() == b"the older file"
    assert register.sent() == [] and list(tmp_path.glob("*.part")) == []


class _Broken:
    def __init__(self, file, write):
        self._file, self.write = file, write

    def __enter__(self):
        return self

    def __exit__(self, *what):
        self._file.close()


def test_a_stick_that_gives_back_something_else_keeps_no_file(register, tmp_path, monkeypatch):
    monkeypatch.setattr(stick, "_read_afresh", lambda path: path.read_bytes()[:-1] + b"?")
    with pytest.raises(UserError, match="读回来不一样"):
        register.export(tmp_path / "out.zip")
    assert register.sent() == [] and not (tmp_path / "out.zip").exists()


def test_a_stick_pulled_before_reading_back_is_said(register, tmp_path, monkeypatch):
    def gone(_path):
        raise OSError(errno.EIO, "gone")

    monkeypatch.setattr(stick, "_read_afresh", gone)
    with pytest.raises(UserError, match="读不回来"):
        register.export(tmp_path / "out.zip")
    assert register.sent() == []


def test_only_who_may_hands_data_over(register, store, tmp_path):
    store.sitter = Sitter("王芳", Role.TEACHER)
    for act in (
        lambda: register.export(tmp_path / "out.zip"),
        lambda: register.hand_over("x", to="刘干事"),
    ):
        with pytest.raises(UserError, match="班主任"):
            act()
    assert not (tmp_path / "out.zip").exists()


def test_a_file_that_is_not_there_is_said_so(tmp_path):
    with pytest.raises(UserError, match="读不出来"):
        verify(tmp_path / "none.zip")


def test_a_text_too_long_to_be_read_is_said_and_nothing_is_written(register, room, store, tmp_path):
    target, said = tmp_path / "报送.zip", ["长" * 120_000]

    def rows(period):
        return [room.hazards(period)[0] | {"number": said[0]}]

    desk = HandoverRegister(store, (Source("hazards", "隐患清单", FIELDS, rows),))
    with pytest.raises(UserError, match="没有生成：“隐患清单”第1行") as refused:
        desk.export(target)
    assert "特别长的文字" in refused.value.do
    assert not target.exists() and list(desk.sent()) == []
    said[0] = "甲\0乙"
    desk.export(target)
    assert inspect(target.read_bytes()).tables["hazards"][0]["number"] == "甲乙"


def test_where_a_backup_came_back_the_numbers_leap_past_those_that_may_be_out(tmp_path, room):
    """On another computer nobody knows what was handed in since the backup."""

    def open_desk(place):
        store = Store(place, KEY, now=lambda: NOW)
        source = Source("hazards", "隐患清单", FIELDS, room.hazards)
        return HandoverRegister(store, [source], lambda: NOW)

    def send(desk, name):
        return desk.export(tmp_path / name, Order(MARCH)).seq

    first = open_desk(tmp_path / "甲.db")
    Settings(first.store).put({"school.code": "QS0001", "school.name": "青石小学"})
    first.make_key()
    assert send(first, "1.zip") == 1
    first.store.close()
    copy = back_up(tmp_path / "甲.db", KEY, tmp_path / "备份", NOW)
    first = open_desk(tmp_path / "甲.db")
    assert send(first, "2.zip") == 2, "the backup does not know of this one"
    first.store.close()
    other = tmp_path / "乙" / "乙.db"
    other.parent.mkdir()
    for again in (1001, 2001):
        restore(other, copy, KEY, tmp_path / "乙备份", NOW)
        second = open_desk(other)
        assert [send(second, f"{again}.zip"), send(second, f"{again}b.zip")] == [again, again + 1]
        second.store.close()
