"""The proof sheet of one pupil: found, printed, years later and after leaving school too."""

import io
from datetime import date

import pypdfium2
import pytest
from PIL import Image

from app.core.desk import unlock
from app.core.errors import UserError
from app.core.paper import Context, load_papers, print_paper
from app.core.roles import Role
from app.core.scans import Spool
from app.core.store import Action
from app.house import House
from app.letters import Reading, Stack, Status
from app.letters.page import LetterPage
from app.shell import Shell
from app.ui.papers import Papers
from tests.letters.conftest import ROOT
from tests.terminal import PASSWORD, found_school
from tests.ui.look import look_at

CONTEXT = Context("青石镇中心小学", printed_by="张老师")


@pytest.fixture(scope="module")
def papers():
    return load_papers(ROOT / "forms" / "papers")[0]


def _picture():
    out = io.BytesIO()
    Image.linear_gradient("L").resize((1063, 480)).save(out, "JPEG")
    return out.getvalue()


@pytest.fixture
def pupil(letters, clock):
    """A pupil with three letters: one back with its picture, one refused, one without receipt."""
    first = letters.issue("防溺水").code
    line = letters.receipts(first)[3]
    letters.scans.book(Stack(first), [Reading(line.uid, picture=Spool().keep(_picture()))])
    said = {"signer": "王建国", "relation": "父亲", "delivered": ["家访"], "box": "3"}
    letters.scans.write_down(line.uid, said)
    clock.day = date(2026, 12, 1)
    second = letters.issue("交通").code
    other = next(x for x in letters.receipts(second) if x.student_uid == line.student_uid)
    letters.mark([other.uid], Status.REFUSED, note="奶奶不肯签")
    clock.day = date(2030, 9, 3)
    return line


def _text(printed):
    with pypdfium2.PdfDocument(printed.data) as pdf:
        return "".join(page.get_textpage().get_text_range() for page in pdf)


def test_the_sheet_says_what_was_sent_what_came_back_and_who_signed(letters, pupil, papers):
    letters.proofs.contacts = lambda uid: [
        {"on": date(2026, 11, 3), "kind": "家访", "what": "内容见一生一档", "by": "李老师"}
    ]
    printed = print_paper(
        papers["letter_proof"], [letters.proofs.sheet(pupil.student_uid)], CONTEXT
    )
    text = _text(printed).replace("\r\n", "")
    for said in (
        pupil.name,
        pupil.code,
        "防溺水一封信",
        "2026年10月12日",
        "王建国，父亲",
        "家访",
        "拒签：奶奶不肯签",
        "发信 2 次，应收回执 2 份，收回 1 份",
        "2026年11月3日",
        "李老师",
        "盖章",
    ):
        assert said.replace(" ", "") in text.replace(" ", ""), said
    with pypdfium2.PdfDocument(printed.data) as pdf:
        kinds = [thing.type for page in pdf for thing in page.get_objects()]
    assert pypdfium2.raw.FPDF_PAGEOBJ_IMAGE in kinds


def test_the_signed_receipts_of_a_year_are_the_pictures_of_that_pupil_alone(letters, pupil):
    (picture,) = letters.proofs.signed(pupil.student_uid, date(2026, 10, 1))
    assert Image.open(io.BytesIO(picture)).size == (1063, 480)
    assert letters.proofs.signed(pupil.student_uid, date(2026, 11, 1)) == [], "issued before"
    (code, *_) = [batch.code for batch in letters.batches()][::-1]
    other = next(x for x in letters.receipts(code) if x.student_uid != pupil.student_uid)
    assert letters.proofs.signed(other.student_uid, date(2026, 10, 1)) == []


def test_it_works_after_the_pupil_has_left(letters, students, pupil, papers):
    students.correct(pupil.student_uid, status="毕业")
    row = letters.proofs.sheet(letters.proofs.find(pupil.name))
    assert (row["place"], len(row["letters"]), len(row["pictures"])) == ("毕业", 2, 1)


def test_a_receipt_without_a_picture_is_named_so_that_its_paper_is_fetched(letters):
    code = letters.issue("防溺水").code
    line = letters.receipts(code)[0]
    letters.mark([line.uid], Status.BACK)
    assert line.code in letters.proofs.sheet(line.student_uid)["without"]


def test_a_pupil_is_found_by_name_and_two_of_one_name_by_class_and_seat(
    store, letters, students, class_uid
):
    with store.change("同名"):
        for room, seat in (("三年级1班", 31), ("三年级1班", 32), ("一年级1班", 33)):
            born = date(2018, 1, seat - 20)
            students.add(name="欧阳浩", class_uid=class_uid[room], seat_no=seat, born_on=born)
    with pytest.raises(UserError, match=r"有3名.*一年级1班33号.*三年级1班31号.*32号"):
        letters.proofs.find("欧阳浩")
    assert letters.proofs.find("一年级1班欧阳浩")
    with pytest.raises(UserError, match="有2名"):
        letters.proofs.find("三年级1班 欧阳浩")
    one, other = (letters.proofs.find(f"三年级1班{n}号欧阳浩") for n in (31, 32))
    assert one != other
    with pytest.raises(UserError, match="没有找到"):
        letters.proofs.find("没有这个人")


def test_a_class_teacher_proves_for_the_own_class_alone(letters, pupil, class_uid, sits):
    sits("李老师", Role.TEACHER, class_uid["三年级2班"])
    with pytest.raises(UserError):
        letters.proofs.sheet(pupil.student_uid)
    with pytest.raises(UserError):
        letters.proofs.find(pupil.name)


def test_three_clicks_on_the_letters_page_lead_to_it(letters, pupil, papers, user, tmp_path):
    page = LetterPage(letters, papers=Papers(papers, lambda form, text: CONTEXT))
    user.opens(page)
    user.clicks("回执证明")
    user.fills("按姓名找", pupil.name)
    assert look_at(user.front(), "letters_whose_proof", width=0) == []
    finder = user.front().findChild(type(page.receiving.finder))
    user.clicks(finder.found.item(0).text())
    user.waits_for("第1页")
    titles = [w.windowTitle() for w in user.sees_dialogs()]
    assert not any(pupil.name in title for title in titles)
    user.clicks("存为PDF")
    user.chooses_file(tmp_path / "证明.pdf")
    assert (tmp_path / "证明.pdf").read_bytes().startswith(b"%PDF")


def test_a_printed_sheet_is_written_down_under_its_pupil(store, letters, pupil):
    letters.proofs.printed(pupil.student_uid)
    store.settle()
    with store.read() as session:
        notes = [a for a in session.query(Action) if "回执证明" in a.label]
    assert [note.about for note in notes] == [pupil.student_uid]


def test_the_roster_leads_to_the_sheet_and_the_visits_stand_on_it(tmp_path, user):
    desk = found_school(tmp_path / "校安台数据")
    (tmp_path / "名册.csv").write_text("姓名,班级,监护人\n孙小满,二年级1班,孙大山\n", "utf-8")
    desk.says("import", "students", tmp_path / "名册.csv")
    desk.says("letters", "issue", "防溺水")
    opened = unlock(desk.paths, desk.user, PASSWORD)
    house = House(opened.store, opened.paths)
    (pupil,) = house.students.pupils()
    care = house.care.begin(pupil.uid, categories=["留守"], caretaker="李老师")
    house.care.record(care.uid, way="家访", done_on=house.today(), by="李老师", words="爷爷带着")
    (visit,) = house.letters.proofs.sheet(pupil.uid)["contacts"]
    assert (visit["kind"], visit["by"]) == ("家访", "李老师")
    assert "爷爷" not in str(house.letters.proofs.sheet(pupil.uid))
    shell = user.opens(Shell(opened, house))
    shell.go("students", pupil.uid)
    user.settles()
    user.clicks("回执证明")
    user.waits_for("第1页")
    user.clicks("关闭")
    opened.close()
