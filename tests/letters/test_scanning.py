"""Receipts scanned back: real letters of ours, signed, spoiled, read and booked."""

import io
import tempfile
from datetime import date

import pytest
from PIL import Image

from app.core.errors import UserError
from app.core.roles import Role
from app.core.store import Action, Blobs
from app.letters import Reading, ScanFate, Status
from app.letters.records import LetterReceipt
from tests.letters.papers import as_pdf, blank, of_another_school, scan, sheets_of, sign


@pytest.fixture
def batch(letters):
    return letters.issue("防溺水", due_on=date(2026, 10, 19)).code


def _image(store, line):
    receipt = store.get(LetterReceipt, line.uid)
    return Image.open(io.BytesIO(Blobs(store).get(receipt.image)))


def test_a_pdf_of_signed_letters_comes_back_as_receipts_with_their_pictures(
    store, letters, batch, tmp_path
):
    lines = letters.receipts(batch)
    sheets = [sign(sheet) for sheet in sheets_of(letters.print_letters(batch))[:4]]
    pages = scan([*sheets, blank()], "mid")
    file = as_pdf(pages, tmp_path / "扫描.pdf")
    steps = []
    stack = letters.scans.read(batch, [file], step=lambda *at: steps.append(at))

    assert (stack.pages, stack.empty, stack.unread, stack.faults) == (5, 1, [], [])
    assert [v.fate for v in stack.verdicts] == [ScanFate.MATCHED] * 4
    assert steps[-1] == (5, 5, "扫描.pdf")
    assert all(line.status is Status.OUT for line in letters.receipts(batch))  # nothing yet

    assert letters.scans.book(stack) == 4
    back = letters.receipts(batch)[:5]
    assert [line.status for line in back] == [Status.BACK] * 4 + [Status.OUT]
    assert (back[0].way, back[0].received_by) == ("扫描件", "张老师")
    picture = _image(store, lines[2])
    assert picture.mode == "L" and picture.width > 2 * picture.height * 0.8

    assert store.undo() == "扫描件收回执"
    assert all(line.status is Status.OUT for line in letters.receipts(batch))
    assert not any(line.has_image for line in letters.receipts(batch))


def _scan(letters, batch, sheets, folder, name="扫描.pdf", **options):
    file = as_pdf(scan(sheets, "clean"), folder / name)
    return letters.scans.read(batch, [file], **options)


def test_strange_and_repeated_receipts_are_each_told_and_none_is_booked_by_mistake(
    store, letters, students, batch, tmp_path
):
    other = letters.issue("交通").code
    lines = letters.receipts(batch)
    mine = sheets_of(letters.print_letters(batch))
    theirs = sheets_of(letters.print_letters(other))[0]
    abroad = of_another_school(batch)[0][0]
    students.correct(lines[1].student_uid, status="毕业")
    letters.mark([lines[2].uid], Status.BACK)

    pages = [mine[0], mine[0].rotate(180), mine[1], mine[2], theirs, abroad]
    stack = _scan(letters, batch, pages, tmp_path)
    assert [v.fate.name for v in stack.verdicts] == [
        "MATCHED",
        "AGAIN",
        "MATCHED",
        "ALREADY",
        "OTHER_BATCH",
        "OTHER_SCHOOL",
    ]
    assert "已经毕业" in stack.verdicts[2].sentence
    assert (stack.already, stack.foreign) == (2, 2)
    assert letters.scans.book(stack) == 2
    now = letters.receipts(batch)
    assert [line.has_image for line in now[:6]] == [True, True, True, False, False, False]
    assert letters.status(other).returned == 0
    again = _scan(letters, batch, pages, tmp_path)
    assert letters.scans.book(again, elsewhere=True) == 1
    assert letters.status(other).returned == 1


def test_a_page_with_two_receipts_gives_both_pupils_theirs(letters, batch, tmp_path):
    lines = letters.receipts(batch)
    sheets = sheets_of(letters.print_letters(batch))[:2]
    half = Image.new("L", sheets[0].size, 255)
    for number, sheet in enumerate(sheets):
        half.paste(sheet.crop((0, 2450, 2480, 3508)), (0, 300 + 1400 * number))
    stack = _scan(letters, batch, [half], tmp_path)
    assert letters.scans.book(stack) == 2
    assert [line.status for line in letters.receipts(batch)[:2]] == [Status.BACK] * 2
    assert lines[0].name != lines[1].name


def test_a_class_teacher_books_the_own_class_and_learns_no_name_of_another(
    letters, batch, tmp_path, class_uid, sits
):
    lines = letters.receipts(batch)
    sheets = sheets_of(letters.print_letters(batch))
    sits("李老师", Role.TEACHER, class_uid["三年级1班"])
    stack = _scan(letters, batch, [sheets[0], sheets[12]], tmp_path)
    assert [v.fate for v in stack.verdicts] == [ScanFate.OTHER_CLASS, ScanFate.MATCHED]
    assert lines[0].name not in stack.verdicts[0].sentence
    assert letters.scans.book(stack) == 1
    assert letters.scans.picture(lines[12].uid).startswith(b"\xff\xd8")
    with pytest.raises(UserError, match="不是您班上的"):
        letters.scans.picture(lines[0].uid)
    with pytest.raises(UserError, match="不是您班上的"):
        letters.scans.find(lines[0].code)
    with pytest.raises(UserError, match="不是您班上的"):
        letters.scans.book(stack, [Reading(lines[0].uid)])


def test_two_pupils_of_one_name_in_one_class_get_each_their_own(
    store, letters, students, class_uid, tmp_path
):
    with store.change("同名"):
        for seat in (21, 22):
            born = date(2020, 3, seat)
            room = class_uid["一年级1班"]
            students.add(name="王浩", class_uid=room, seat_no=seat, born_on=born)
    code = letters.issue("防溺水").code
    twins = [line for line in letters.receipts(code) if line.name == "王浩"]
    printed = letters.print_letters(code, uids=[line.uid for line in twins])
    stack = _scan(letters, code, sheets_of(printed)[1:], tmp_path)
    letters.scans.book(stack)
    assert [letters.receipt(line.uid).status for line in twins] == [Status.OUT, Status.BACK]


def test_a_receipt_taken_back_while_its_scan_was_read_is_left_alone(
    store, letters, batch, tmp_path
):
    lines = letters.receipts(batch)
    stack = _scan(letters, batch, sheets_of(letters.print_letters(batch))[:2], tmp_path)
    with store.change("撤销一份"):
        store.get(LetterReceipt, lines[0].uid).void("撤销")
    with pytest.raises(UserError, match="刚刚被撤销"):
        letters.scans.book(stack, [Reading(lines[0].uid)])
    assert letters.status(batch).returned == 0
    assert letters.scans.book(stack) == 1


def test_who_stops_a_reading_has_booked_nothing(letters, batch, tmp_path):
    class StoppedError(Exception):
        pass

    def stop(done, total, what):
        if done == 2:
            raise StoppedError

    sheets = sheets_of(letters.print_letters(batch))[:4]
    with pytest.raises(StoppedError):
        _scan(letters, batch, sheets, tmp_path, step=stop)
    assert letters.status(batch).returned == 0


def test_what_is_on_a_receipt_is_written_down_and_taken_back(store, letters, batch):
    uid = letters.receipts(batch)[0].uid
    said = {"delivered": ["家访", "微信"], "signer": "王建国", "relation": "父亲"}
    said |= {"phone": "13900001111", "signed_on": date(2026, 10, 11), "box": "3"}
    letters.scans.write_down(uid, said)
    line = letters.receipt(uid)
    assert (line.delivered, line.signer, line.relation) == (("家访", "微信"), "王建国", "父亲")
    assert (line.phone, line.signed_on, line.box) == ("13900001111", date(2026, 10, 11), "3")
    store.undo()
    assert letters.receipt(uid).signer == ""


def test_a_look_at_a_picture_is_written_down(store, letters, batch, tmp_path):
    stack = _scan(letters, batch, sheets_of(letters.print_letters(batch))[:1], tmp_path)
    letters.scans.book(stack)
    uid = letters.receipts(batch)[0].uid
    assert letters.scans.picture(uid).startswith(b"\xff\xd8")
    assert letters.scans.picture(letters.receipts(batch)[1].uid) is None
    store.settle()
    with store.read() as session:
        looks = [a for a in session.query(Action) if a.label == "看回执图像"]
    assert [look.about for look in looks] == [uid]


def test_no_name_and_no_picture_of_a_scan_lies_open_on_the_disk(
    letters, batch, tmp_path, monkeypatch
):
    """Searched byte by byte: the folder of the data, and where programs put what is passing."""
    passing = tmp_path / "tmp"
    passing.mkdir()
    monkeypatch.setenv("TMPDIR", str(passing))
    monkeypatch.setattr(tempfile, "tempdir", None)
    scans = tmp_path / "U盘"
    scans.mkdir()
    stack = _scan(letters, batch, sheets_of(letters.print_letters(batch))[:2], scans)
    letters.scans.book(stack)
    name = letters.receipts(batch)[0].name.encode()
    files = [p for p in tmp_path.rglob("*") if p.is_file() and scans not in p.parents]
    assert files
    for file in files:
        data = file.read_bytes()
        assert name not in data and b"\xff\xd8\xff\xe0\0\x10JFIF" not in data, file.name
        assert not any(image.read() in data for image in stack.images)
