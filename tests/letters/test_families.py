"""One letter for a home, for a few, and once more: to whom, on which paper, and what comes back."""

from datetime import date
from pathlib import Path

import pypdfium2
import pytest
import zxingcpp

from app.core.errors import UserError
from app.core.roles import Role
from app.core.sheets import read_book
from app.letters import Delivery, Fate, Pick, ScanFate, Status, To
from app.letters.families import families
from app.letters.wording import words_of
from app.students import CareRegister, StudentRegister, plan_students
from tests.letters.papers import as_pdf, scan, sheets_of, sign

FAMILY = To(family=True)
_WANG = {"guardian1": "王老汉"}


def _texts(printed):
    with pypdfium2.PdfDocument(printed.data) as pdf:
        return [page.get_textpage().get_text_range() for page in pdf]


def _codes(printed, page, kind):
    with pypdfium2.PdfDocument(printed.data) as pdf:
        picture = pdf[page].render(scale=200 / 72, grayscale=True).to_pil()
    return [found.text for found in zxingcpp.read_barcodes(picture, formats=kind)]


@pytest.fixture
def home(students, class_uid):
    """Two children of one phone in two classes: 王小妹 in grade one, 王大哥 in grade three."""

    def add(name, room, seat, **facts):
        facts = {"phone1": "139 0000 9999", "guardian1": "王老汉"} | facts
        return students.add(name=name, class_uid=class_uid[room], seat_no=seat, **facts)

    young = add("王小妹", "一年级1班", 31, phone1="13900009999")
    return young, add("王大哥", "三年级2班", 32, phone1=None, phone2="139-0000-9999")


def _home(letters, batch):
    lines = {line.name: line for line in letters.receipts(batch)}
    return lines["王小妹"], lines["王大哥"]


# --- who is a family ---


@pytest.mark.parametrize(
    ("first", "second", "is_one"),
    [
        ({"phone1": "13900009999"}, {"phone2": "139 0000 9999"}, True),
        ({"phone1": "13900009999"}, {"phone1": "13900009998"}, False),
        ({"phone1": "120"}, {"phone1": "120"}, False),
        (
            {"guardian1": "王老汉", "address": "石桥 村"},
            {"guardian2": "王老汉", "address": "石桥村"},
            True,
        ),
        ({"guardian1": "王老汉"}, {"guardian1": "王老汉"}, False),
        (
            {"guardian1": "王老汉", "address": "石桥村"},
            {"guardian1": "王老汉", "address": "柳村"},
            False,
        ),
        ({}, {}, False),
    ],
)
def test_who_shares_a_phone_or_a_guardian_and_an_address_is_one_home(
    students, class_uid, first, second, is_one
):
    for name, facts in (("甲", first), ("乙", second)):
        students.add(name=name, class_uid=class_uid["一年级1班"], **facts)
    found = families([p for p in students.pupils() if p.name in "甲乙"])
    assert [len(family.children) for family in found] == ([2] if is_one else [])


def test_a_third_child_joins_two_homes_into_one(students, class_uid):
    room = class_uid["一年级1班"]
    students.add(name="甲", class_uid=room, phone1="13900000001")
    students.add(name="乙", class_uid=room, phone1="13900000002")
    students.add(name="丙", class_uid=room, phone1="13900000001", phone2="13900000002")
    (family,) = families([p for p in students.pupils() if p.name in "甲乙丙"])
    assert {child.name for child in family.children} == {"甲", "乙", "丙"}


def test_a_phone_of_six_children_is_no_homes_phone(students, class_uid):
    for n in range(6):
        students.add(name=f"子{n}", class_uid=class_uid["一年级1班"], phone1="13900000001")
    assert families([p for p in students.pupils() if p.name.startswith("子")]) == []


def test_the_eldest_is_the_one_of_the_highest_grade_then_the_earlier_born(students, class_uid):
    def add(name, room, born):
        students.add(name=name, class_uid=class_uid[room], phone1="13900000001", born_on=born)

    add("小", "一年级1班", date(2010, 1, 1))
    add("弟", "三年级1班", date(2018, 5, 2))
    add("哥", "三年级1班", date(2018, 5, 1))
    (family,) = families([p for p in students.pupils() if p.name in "小弟哥"])
    assert [child.name for child in family.children] == ["哥", "弟", "小"]


# --- one paper for a home ---


def test_the_eldests_paper_names_all_children_and_the_others_get_none(letters, home, class_uid):
    homes = letters.families_to(To())
    assert len(homes) == 1 + 11  # and eleven of the list whose phones are alike
    assert [f.eldest.name for f in homes if len(f.children) == 2][-1] == "王大哥"
    batch = letters.issue("防溺水", FAMILY).code
    printed = letters.print_letters(batch)
    assert printed.pages == 35 - 12
    (mine,) = [text for text in _texts(printed) if "王小妹" in text]
    assert "王大哥、王小妹" in mine
    assert "三年级2班\r\n一年级1班" in mine
    assert letters.print_letters(batch, class_uid=class_uid["一年级1班"]).pages == 10
    young, old = _home(letters, batch)
    assert young.on_slip == old.uid
    rows = {row["name"]: row["note"] for row in letters.views["missing"]({"batch": batch})}
    assert rows["王小妹"] == f"和{old.code}同一张"
    only = letters.print_letters(batch, uids=[young.uid])
    assert (only.pages, old.code in _texts(only)[0]) == (1, True)


def test_a_class_whose_letters_all_go_with_elder_children_says_so(letters, students):
    room = students.class_named("二年级9班")
    students.add(name="独一", class_uid=room, phone1="13900000001")
    elder = next(line.uid for line in students.classes() if line.name == "三年级1班")
    students.add(name="大一", class_uid=elder, phone1="13900000001")
    batch = letters.issue("防溺水", FAMILY).code
    with pytest.raises(UserError, match="印在一张纸上"):
        letters.print_letters(batch, class_uid=room)


def test_who_is_split_off_gets_a_letter_of_their_own(letters, home):
    batch = letters.issue("防溺水", To(family=True, split=[home[0].uid])).code
    assert letters.print_letters(batch).pages == 35 - 11
    assert letters.print_letters(letters.issue("防溺水").code).pages == 35


def test_one_paper_settles_all_children_however_it_comes_back(letters, home, store):
    batch = letters.issue("防溺水", FAMILY).code
    young, old = _home(letters, batch)
    (outcome,) = letters.receive(batch, [old.code])
    assert outcome.fate is Fate.RECEIVED
    assert {line.status for line in _home(letters, batch)} == {Status.BACK}
    store.undo()
    assert {line.status for line in _home(letters, batch)} == {Status.OUT}
    letters.mark([young.uid], Status.REFUSED, note="不肯签")
    assert [line.note for line in _home(letters, batch)] == ["不肯签", "不肯签"]
    letters.scans.write_down(old.uid, {"box": "三号盒", "delivered": [str(Delivery.VISIT)]})
    assert [line.box for line in _home(letters, batch)] == ["三号盒", "三号盒"]


def test_the_scanned_paper_is_kept_with_every_child_and_proves_for_each(letters, home, tmp_path):
    batch = letters.issue("防溺水", FAMILY).code
    young, old = _home(letters, batch)
    sheet = sign(sheets_of(letters.print_letters(batch, uids=[old.uid]))[0])
    stack = letters.scans.read(batch, [as_pdf(scan([sheet], "mid"), tmp_path / "回执.pdf")])
    assert letters.scans.book(stack) == 1
    assert [line.has_image for line in _home(letters, batch)] == [True, True]
    sheet = letters.proofs.sheet(young.student_uid)
    assert len(sheet["pictures"]) == 1
    assert sheet["letters"][0]["code"] == old.code  # that is what stands on the paper
    assert old.code in sheet["pictures"][0]["caption"]


# --- to whom ---


def test_a_letter_goes_to_those_of_whom_the_list_says_so(letters, students, class_uid):
    room = class_uid["三年级1班"]
    students.add(name="住一", class_uid=room, boarder=True, left_behind="双亲留守", travel="校车")
    students.add(name="住二", class_uid=room, boarder=True, left_behind="非留守", travel="步行")

    def to(**facts):
        return [p.name for p in letters.pupils_to(To(classes=[room], pick=Pick(**facts)))]

    assert to(boarder=True) == ["住一", "住二"]
    assert to(boarder=True, left_behind=True) == ["住一"]
    assert to(travel="步行") == ["住二"]
    assert len(to(boarder=False)) == 11
    batch = letters.issue("防溺水", To(pick=Pick(boarder=True)))
    assert batch.scope["say"] == "住校"
    students.add(name="住三", class_uid=room, boarder=True)
    assert [pupil.name for pupil in letters.newcomers(batch.code)] == ["住三"]


def test_named_pupils_alone_get_it_and_nobody_comes_later(letters, students, class_uid):
    students.add(name="王浩", class_uid=class_uid["三年级1班"], seat_no=20)
    students.add(name="王浩", class_uid=class_uid["三年级2班"], seat_no=20)
    batch = letters.issue("特异体质", To(pick=Pick(names="三年级2班王浩")))
    assert [line.class_name for line in letters.receipts(batch.code)] == ["三年级2班"]
    assert batch.scope["say"] == "选定的1名学生"
    assert letters.newcomers(batch.code) == []


@pytest.mark.parametrize(("names", "what"), [("没这人", "没有“没这人”"), ("王浩", "有2名")])
def test_a_name_nobody_or_several_bear_is_told(letters, students, class_uid, names, what):
    for room in ("三年级1班", "三年级2班"):
        students.add(name="王浩", class_uid=class_uid[room], seat_no=20)
    with pytest.raises(UserError) as refused:
        letters.issue("防溺水", To(pick=Pick(names=names)))
    assert what in refused.value.what


def test_a_letter_by_care_keeps_no_word_of_the_care(letters, students, store, clock):
    letters.care = CareRegister(store, students, today=clock)
    pupil = students.pupils()[3]
    letters.care.begin(pupil.uid, categories=["特异体质"])
    batch = letters.issue("特异体质", To(pick=Pick(category="特异体质")))
    assert [line.student_uid for line in letters.receipts(batch.code)] == [pupil.uid]
    assert "特异" not in str(batch.scope)
    with pytest.raises(UserError, match="没有找到要发信的学生"):
        letters.issue("防溺水", To(pick=Pick(category="心理")))


# --- once more ---


def test_the_missing_get_it_once_more_under_the_same_code(letters, clock, home):
    batch = letters.issue("防溺水", FAMILY).code
    codes = letters.codes(batch)
    clock.day = date(2026, 10, 20)
    letters.receive(batch, codes[:30])
    back = {line.uid for line in letters.receipts(batch) if line.status is Status.BACK}
    refused = letters.receipts(batch)[31]
    letters.mark([refused.uid], Status.REFUSED, note="不签")
    again = letters.send_again(batch)
    assert not back & set(again) and refused.uid not in again
    assert letters.send_again(batch) == again  # the second press only prints anew
    lines = {line.uid: line for line in letters.receipts(batch)}
    assert {lines[uid].again for uid in again} == {("2026-10-20",)}
    text = _texts(letters.print_letters(batch, uids=again))[0]
    assert "第2次发" in text
    assert lines[again[0]].code in text
    (outcome,) = letters.receive(batch, [lines[again[0]].code])
    assert outcome.fate is Fate.RECEIVED
    sheet = letters.proofs.sheet(lines[again[0]].student_uid)
    assert "10月20日再发" in sheet["letters"][0]["title"]


def test_one_class_alone_is_sent_again_and_nobody_if_all_have_answered(letters, clock, class_uid):
    batch = letters.issue("防溺水").code
    clock.day = date(2026, 10, 20)
    assert len(letters.send_again(batch, class_uid=class_uid["三年级2班"])) == 12
    letters.receive(batch, letters.codes(batch))
    with pytest.raises(UserError, match="都有回音"):
        letters.send_again(batch)


def test_on_its_own_day_nothing_counts_as_sent_again(letters):
    batch = letters.issue("防溺水").code
    assert len(letters.send_again(batch)) == 33
    assert {line.again for line in letters.receipts(batch)} == {()}


def test_who_may_not_send_may_not_send_again(letters, sits, class_uid):
    batch = letters.issue("防溺水").code
    sits("孙老师", Role.TEACHER, class_uid["三年级2班"])
    with pytest.raises(UserError, match="不能发放家长信"):
        letters.send_again(batch)


# --- four on a page ---


def test_one_letter_for_the_copier_and_receipts_four_on_a_page_each_read_by_camera_and_gun(letters):
    batch = letters.issue("防溺水", layout="copier").code
    printed = letters.print_letters(batch)
    lines = letters.receipts(batch)
    assert printed.pages == 1 + 3 + 3 + 3  # the letter; 10, 11 and 12 pupils, each class anew
    texts = _texts(printed)
    assert "尊敬的家长：" in texts[0] and "HZ26A-" not in texts[0]
    for page, some in ((1, lines[:4]), (3, lines[8:10]), (4, lines[10:14])):
        assert all(line.name in texts[page] and line.class_name in texts[page] for line in some)
        for kind, start in (("QRCode", "XA1:QS01:"), ("Code128", "")):
            seen = _codes(printed, page, getattr(zxingcpp.BarcodeFormat, kind))
            assert sorted(seen) == sorted(f"{start}{line.code}" for line in some)


@pytest.mark.parametrize("severity", ["mid", "severe"])
def test_a_scanned_page_of_four_receipts_books_all_four(letters, tmp_path, severity):
    batch = letters.issue("防溺水", layout="copier").code
    sheets = sheets_of(letters.print_letters(batch))[1:3]
    stack = letters.scans.read(batch, [as_pdf(scan(sheets, severity), tmp_path / "四张.pdf")])
    assert stack.count(ScanFate.MATCHED) == 8
    assert letters.scans.book(stack) == 8
    assert all(line.has_image for line in letters.receipts(batch)[:8])


def test_a_long_sentence_puts_three_on_a_page(letters):
    words = words_of(letters.letter_forms["constitution"])
    letters.editions.save("constitution", words | {"confirm": words["confirm"] * 2})
    batch = letters.issue("特异体质", layout="copier").code
    assert letters.print_letters(batch).pages == 1 + 4 + 4 + 4


def test_the_reminder_goes_two_on_a_sheet_each_with_its_name(letters):
    batch = letters.issue("周末提醒").code
    printed = letters.print_letters(batch)
    lines = letters.receipts(batch)
    assert printed.pages == 17
    assert all(line.name in _texts(printed)[0] for line in lines[:2])
    assert letters.preview("周末提醒").fit.pages == 0.5


# --- what fits ---


def test_how_many_lines_are_too_many_is_said_and_smaller_type_or_another_page_helps(letters):
    every = [block.key for block in letters.letter_forms["drowning"].blocks]
    over = letters.preview("防溺水", blocks=every).fit
    assert over.over > 0 and over.pages == 2
    apart = letters.preview("防溺水", blocks=every, layout="apart").fit
    assert (apart.pages, apart.over) == (2, 0)
    usual = letters.preview("防溺水").fit
    assert (usual.pages, usual.over, usual.size) == (1, 0, 12)


def test_the_younger_child_keeps_a_code_when_the_eldest_is_long_gone(store, letters, home):
    batch = letters.issue("防溺水", FAMILY).code
    young, old = _home(letters, batch)
    store.forget([old.uid], "离校满六年")
    young = next(line for line in letters.receipts(batch) if line.name == "王小妹")
    assert young.paper == young.code
    (sent,) = letters.proofs.sheet(young.student_uid)["letters"]
    assert sent["code"] == young.code


def test_the_sample_school_has_sisters_and_brothers_to_look_at(store):
    roster = Path(__file__).parents[2] / "resources" / "sample" / "学生名册.xlsx"
    school = StudentRegister(store)
    school.carry_out(plan_students(school, read_book(roster)))
    homes = families(school.pupils())
    assert sum(len(home.children) - 1 for home in homes) == 9
    assert all(len({child.name[0] for child in home.children}) == 1 for home in homes)
    assert all(len({child.grade for child in home.children}) > 1 for home in homes)
