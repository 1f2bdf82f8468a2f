"""What comes out of the printer, read back as people, guns and cameras would."""

from datetime import date

import pypdfium2
import pytest
import zxingcpp

from app.core.errors import UserError
from app.core.paper import Context, load_papers, print_paper
from app.core.roles import Role
from app.letters import Fate, Status
from app.letters.letterforms import find_letter
from app.letters.wording import words_of
from app.students import ThinningDesk, TurnRegister
from app.students.roll.thinning import USUAL_KEEP_YEARS, USUAL_PROOF_YEARS, Years
from tests.letters.conftest import ROOT

DPI = 200


@pytest.fixture
def batch(letters):
    return letters.issue("防溺水", due_on=date(2026, 10, 19)).code


@pytest.fixture(scope="module")
def papers():
    return load_papers(ROOT / "forms" / "papers")[0]


def _texts(printed):
    pdf = pypdfium2.PdfDocument(printed.data)
    texts = [page.get_textpage().get_text_range() for page in pdf]
    pdf.close()
    return texts


def _seen(printed, kind, page=0):
    """Read the bar codes of a kind off a page, as a camera or a gun would."""
    pdf = pypdfium2.PdfDocument(printed.data)
    picture = pdf[page].render(scale=DPI / 72, grayscale=True).to_pil()
    pdf.close()
    return [found.text for found in zxingcpp.read_barcodes(picture, formats=kind)]


def test_each_pupil_has_one_page_with_name_class_and_code(letters, batch):
    printed = letters.print_letters(batch)
    lines = letters.receipts(batch)
    texts = _texts(printed)
    assert (printed.pages, printed.pen) == (33, ())
    for line, text in zip(lines, texts, strict=True):
        assert line.name in text
        assert line.class_name in text
        assert line.code in text
        assert "联系电话" in text
        assert "青石镇中心小学" in text
    assert "六不" in texts[0]
    assert "2026年10月12日" in texts[0]


@pytest.mark.parametrize(
    "name",
    [
        "防溺水",
        "暑假",
        "寒假",
        "交通",
        "食品",
        "防诈骗",
        "周末提醒",
        "信息告知同意",
        "特异体质",
        "心理与欺凌",
    ],
)
def test_a_letter_as_it_stands_goes_on_one_page_with_its_receipt(letters, name):
    filled = {"from": "2026年12月31日", "back": "2027年2月28日", "parking": "校门东侧的停车线里面"}
    filled |= {"contact": "张建国 0851-12345678", "phone": "0851-12345678", "county": "0851-12345"}
    assert letters.preview(name).printed.pages == 1
    assert letters.preview(name, filled=filled).printed.pages == 1


def test_what_camera_and_gun_read_off_the_page_comes_back_as_that_pupils_receipt(letters, batch):
    printed = letters.print_letters(batch)
    lines = letters.receipts(batch)
    (qr,) = _seen(printed, zxingcpp.BarcodeFormat.QRCode, page=4)
    (bars,) = _seen(printed, zxingcpp.BarcodeFormat.Code128, page=32)
    assert qr == f"XA1:QS01:{lines[4].code}"
    assert bars == lines[32].code
    outcomes = letters.receive(batch, [qr, bars])
    assert [o.fate for o in outcomes] == [Fate.RECEIVED, Fate.RECEIVED]
    assert [o.name for o in outcomes] == [lines[4].name, lines[32].name]


def test_letters_are_printed_again_for_one_class_or_for_one_pupil(letters, batch, class_uid):
    assert letters.print_letters(batch, class_uid=class_uid["三年级2班"]).pages == 12
    line = letters.receipts(batch)[7]
    printed = letters.print_letters(batch, uids=[line.uid])
    assert printed.pages == 1
    assert line.code in _texts(printed)[0]
    with pytest.raises(UserError, match="没有可以打印的信"):
        letters.print_letters(batch, uids=[])


def test_a_letter_printed_next_year_still_says_what_was_sent(letters, batch, letter_forms, clock):
    before = letters.print_letters(batch).data
    letter_forms.pop("drowning")
    clock.day = date(2027, 9, 1)
    assert letters.print_letters(batch).data == before


def test_a_class_teacher_prints_the_own_class_alone(letters, batch, class_uid, sits):
    sits("李老师", Role.TEACHER, class_uid["三年级1班"])
    assert letters.print_letters(batch).pages == 11
    with pytest.raises(UserError):
        letters.print_letters(batch, class_uid=class_uid["三年级2班"])
    sits("赵师傅", Role.DUTY)
    with pytest.raises(UserError):
        letters.print_letters(batch)


def test_a_long_batch_says_how_far_it_is_and_can_be_stopped(letters, batch):
    steps = []
    letters.print_letters(batch, tick=lambda done, total: steps.append((done, total)))
    assert steps[-1] == (33, 33)

    def stop(done, total):
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        letters.print_letters(batch, tick=stop)


def test_the_list_of_the_missing_has_a_page_a_class_and_whom_to_call(letters, batch, papers):
    lines = letters.receipts(batch)
    letters.mark([line.uid for line in lines if line.grade == "一年级"], Status.BACK)
    letters.mark([lines[10].uid], Status.NOT_REACHED, note="10月13日打过三次，没人接")
    rows = letters.views["missing"]({"batch": batch})
    printed = print_paper(papers["letter_missing"], rows, Context("青石镇中心小学"))
    texts = _texts(printed)
    assert printed.pages == 2
    assert "三年级1班" in texts[0]
    assert "三年级2班" in texts[1]
    assert lines[10].name in texts[0]
    assert "没人接" in texts[0]
    assert "13800002401" in texts[0]
    assert not any(line.name in "".join(texts) for line in lines[:10])


def test_the_register_of_receipts_says_who_took_each_and_when(letters, batch, papers):
    line = letters.receipts(batch)[0]
    letters.receive(batch, [line.code])
    rows = letters.views["register"]({"batch": batch})
    printed = print_paper(papers["letter_register"], rows, Context("青石镇中心小学"))
    text = _texts(printed)[0]
    assert printed.pages == 3
    for said in (line.code, line.name, "2026-10-12", "张老师", "已交", "未交"):
        assert said in text


@pytest.mark.parametrize("name", ["交通", "暑假"])
def test_a_letter_on_riding_along_names_the_age_for_a_motorbike(letters, name):
    """The age is that of 道路交通安全法实施条例第五十五条第（三）项."""
    assert "未满12岁" in (said := _ride(letters, name)) and "不坐摩托车后座" in said


def test_the_consent_names_the_years_the_school_has_settled(letters, students):
    first = letters.issue("信息告知同意").code
    ThinningDesk(TurnRegister(students)).set_years(Years(2, 8))
    second = letters.issue("信息告知同意").code
    usual = f"再保存{USUAL_KEEP_YEARS}年就清除", f"最多{USUAL_PROOF_YEARS}年"
    for printed, said in (
        (letters.print_letters(first), usual),  # as the guardians have signed it
        (letters.print_letters(second), ("再保存2年就清除", "最多8年")),
        (letters.preview("信息告知同意").printed, ("再保存2年就清除", "最多8年")),
    ):
        text = "".join("".join(_texts(printed)).split())
        assert all(words in text for words in said)


def test_the_school_words_its_consent_and_the_years_stay_its_own(letters):
    form = letters.letter_forms["consent"]
    assert set(form.settled) == {"keep_years", "proof_years"}
    words = words_of(form)
    words["blocks"] = [block for block in words["blocks"] if block["key"] == "how"]
    letters.editions.save("consent", words)
    assert "再保存3年就清除" in str(letters.compose(letters.letter_forms["consent"], None, None))
    words["blocks"][0]["text"] = "保存{waters}年。"
    with pytest.raises(UserError, match="waters") as refused:
        letters.editions.save("consent", words)
    assert "{keep_years}（离校后资料保存几年）" not in refused.value.what


def _ride(letters, name):
    parts = find_letter(letters.letter_forms, name).compose()
    return next(text for _, text in parts if "摩托车" in text)
