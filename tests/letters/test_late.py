"""Letters that go out late or once more: the paper of a home, and a new day of return."""

from datetime import date, timedelta

import pypdfium2
import pytest

from app.core.errors import UserError
from app.core.paper import Context, load_papers
from app.letters import Status, To
from app.letters.page import LetterPage
from app.ui.papers import Papers
from tests.hearing import let_hear
from tests.letters.conftest import ROOT

PHONE = "13900009999"
ISSUED, DUE = date(2026, 10, 12), date(2026, 10, 19)


@pytest.fixture
def joins(students, class_uid):
    """Let another child of one home enter the school."""

    def join(name, room, seat):
        return students.add(name=name, class_uid=class_uid[room], seat_no=seat, phone1=PHONE).uid

    return join


@pytest.fixture
def batch(letters, joins):
    """A batch of one letter a home; 王大哥 is the only one of his so far."""
    joins("王大哥", "三年级2班", 31)
    return letters.issue("防溺水", To(family=True), due_on=DUE).code


@pytest.fixture
def page(store, letters, user):
    papers = load_papers(ROOT / "forms" / "papers")[0]
    made = LetterPage(letters, papers=Papers(papers, lambda form, text: Context("青石镇中心小学")))
    user.opens(let_hear(store, made))
    return made


def _of(letters, batch, name):
    return next(line for line in letters.receipts(batch) if line.name == name)


def _texts(printed):
    with pypdfium2.PdfDocument(printed.data) as pdf:
        return [sheet.get_textpage().get_text_range() for sheet in pdf]


# --- a late brother or sister ---------------------------------------------------------------------
def test_a_late_child_joins_the_paper_of_the_home_in_the_window(page, user, letters, joins, batch):
    joins("王小妹", "一年级1班", 31)
    joins("王二哥", "三年级1班", 31)
    user.picks("打印", "补发给新来的学生")
    assert user.sees("王小妹、王二哥家里已经发过一份") and user.sees("名字加印到那张回执上")
    user.clicks("补发并打印")
    (text,) = _texts(user.front()._printed)
    old = _of(letters, batch, "王大哥")
    assert old.code in text
    assert all(name in text for name in ("王大哥", "王小妹", "王二哥"))
    user.clicks("关闭")
    assert {_of(letters, batch, name).paper for name in ("王小妹", "王二哥")} == {old.code}
    letters.receive(batch, [old.code])
    assert _of(letters, batch, "王小妹").status is Status.BACK


@pytest.mark.parametrize("answered", [Status.BACK, Status.REFUSED])
def test_where_the_homes_paper_was_answered_the_late_ones_share_a_new_one(
    letters, joins, batch, answered
):
    letters.mark([_of(letters, batch, "王大哥").uid], answered)
    joins("王小妹", "一年级1班", 31)
    joins("王二哥", "三年级1班", 31)
    late = letters.newcomers(batch)
    assert letters.joining(batch, late) == []
    printed = letters.print_letters(batch, uids=letters.add(batch, late))
    assert printed.pages == 1
    second, small = (_of(letters, batch, name) for name in ("王二哥", "王小妹"))
    assert (small.on_slip, second.on_slip, second.status) == (second.uid, "", Status.OUT)
    assert _of(letters, batch, "王大哥").status is answered


def test_a_paper_that_could_not_be_delivered_is_joined_with_what_is_known_of_it(
    letters, joins, batch, store
):
    letters.mark([_of(letters, batch, "王大哥").uid], Status.NOT_REACHED, note="电话打不通")
    joins("王小妹", "一年级1班", 31)
    letters.add(batch, letters.newcomers(batch))
    assert _of(letters, batch, "王小妹").note == "电话打不通"
    store.undo()
    assert all(line.name != "王小妹" for line in letters.receipts(batch))


def test_the_paper_that_is_joined_says_the_new_day(letters, joins, batch, clock):
    clock.day = date(2026, 10, 26)
    joins("王小妹", "一年级1班", 31)
    printed = letters.print_letters(
        batch, uids=letters.add(batch, letters.newcomers(batch), due_on=date(2026, 11, 2))
    )
    (text,) = _texts(printed)
    assert "王大哥、王小妹" in text and "在11月2日前交回" in text
    assert _of(letters, batch, "王大哥").due_on == date(2026, 11, 2)


def test_who_was_split_off_or_is_of_another_batch_gets_a_paper_of_their_own(letters, joins):
    split = joins("王大哥", "三年级2班", 31)
    homes = letters.issue("防溺水", To(family=True, split=[split])).code
    each = letters.issue("交通").code
    joins("王小妹", "一年级1班", 31)
    for batch in (homes, each):
        letters.add(batch, letters.newcomers(batch))
        assert _of(letters, batch, "王小妹").on_slip == ""


# --- once more, and by when -----------------------------------------------------------------------
def test_a_second_letter_asks_for_a_new_day_and_the_chase_counts_from_it(
    page, user, letters, batch, clock
):
    page.refresh()
    clock.day = date(2026, 10, 26)
    letters.receive(batch, letters.codes(batch)[:3])
    user.picks("打印", "再发给没有交回的（全部）")
    assert user.sees("还有31名没有回音")
    assert user.reads_blank("几号前收回").startswith("2026年11月2日")
    user.fills("几号前收回", "昨天以前")
    user.clicks("再发并打印")
    assert user.sees("“几号前收回”要填日期")
    user.fills("几号前收回", "10-20")
    user.clicks("再发并打印")
    assert user.sees("收回日期比今天还早")
    user.fills("几号前收回", "10-30\n")
    texts = _texts(user.front()._printed)
    assert all("在10月30日前交回" in text and "第2次发" in text for text in texts)
    user.clicks("关闭")
    (line,) = letters.batches()
    assert line.due_on == date(2026, 10, 30)
    assert letters.views["handover"]({})[0]["due_on"] == date(2026, 10, 30)
    assert "10月30日前收" in page.batches.currentIndex().data()


def test_a_class_that_was_not_asked_again_still_counts_from_the_first_day(
    letters, batch, clock, class_uid
):
    clock.day = date(2026, 10, 26)
    letters.send_again(batch, class_uid=class_uid["一年级1班"])
    assert letters.batches()[0].due_on == DUE
    late = {line.due_on for line in letters.receipts(batch, class_uid=class_uid["一年级1班"])}
    assert late == {date(2026, 11, 2)}


@pytest.mark.parametrize(
    ("due", "usual"),
    [(DUE, 7), (ISSUED + timedelta(days=3), 3), (ISSUED, 1), (None, 7)],
    ids=["a week", "three days", "the same day", "no day"],
)
def test_the_usual_day_is_as_far_off_as_the_first_was(letters, clock, due, usual):
    batch = letters.issue("交通", due_on=due).code
    assert letters.due_again(batch) is None
    clock.day = date(2026, 10, 28)
    assert letters.due_again(batch) == clock.day + timedelta(days=usual)
    letters.send_again(batch)
    assert letters.batches()[0].due_on == clock.day + timedelta(days=usual)


def test_a_day_that_is_over_changes_nothing(letters, batch, clock):
    clock.day = date(2026, 10, 26)
    with pytest.raises(UserError, match="比今天还早"):
        letters.send_again(batch, due_on=DUE)
    with pytest.raises(UserError, match="比今天还早"):
        letters.add(batch, letters.newcomers(batch), due_on=DUE)
    assert letters.receipts(batch)[0].again == ()


@pytest.mark.parametrize("layout", ["sheet", "apart", "copier"])
def test_the_day_of_return_stands_on_every_receipt(letters, layout):
    dated = letters.issue("交通", layout=layout, due_on=DUE).code
    plain = letters.issue("交通", layout=layout).code
    said = "10月19日前交回"
    assert "".join(_texts(letters.print_letters(dated))).count(said) == 33
    assert said not in "".join(_texts(letters.print_letters(plain)))


def test_a_batch_of_which_some_went_again_says_each_its_own_day(letters, batch, clock, class_uid):
    clock.day = date(2026, 10, 26)
    letters.send_again(batch, class_uid=class_uid["一年级1班"])
    texts = _texts(letters.print_letters(batch))
    said = [sum(f"填好后在{day}前交回" in x for x in texts) for day in ("11月2日", "10月19日")]
    assert said == [10, len(texts) - 10]
