from datetime import date

import pypdfium2
import pytest
from sqlalchemy import text

from app.core.errors import UserError
from app.core.paper import print_paper
from app.core.roles import Role, Sitter
from app.letters import Status
from app.students.page import StudentPage
from app.students.roll.rules import Turn
from app.ui.papers import Papers
from tests.hearing import let_hear
from tests.privacy.conftest import TODAY
from tests.ui.look import look_at

CONTACT = {"contact": "张老师 13900000001"}


@pytest.fixture
def sent(house):
    """The letter has gone to everybody; a receipt by name."""
    batch = house.letters.issue("信息告知同意", filled=CONTACT)
    return batch, {line.name: line.uid for line in house.letters.receipts(batch.code)}


def state(house, uid):
    return house.privacy.consents.all()[uid].state if uid in house.privacy.consents.all() else None


def test_a_signed_receipt_is_the_consent_and_a_refused_one_is_none(house, sent):
    batch, receipts = sent
    sun, qian = house.students.pupils()
    assert house.privacy.consents.all() == {}, "sent is not said"
    house.letters.mark([receipts["孙小满"]], Status.BACK)
    house.letters.mark([receipts["钱多多"]], Status.REFUSED, note="爷爷不肯签")
    known = house.privacy.consents.all()
    assert (known[sun.uid].state, known[sun.uid].is_given) == ("已同意", True)
    assert (known[qian.uid].state, known[qian.uid].is_given) == ("不同意", False)
    assert known[sun.uid].how.startswith(f"回执 {batch.code}-0001")
    assert known[sun.uid].on == TODAY


def test_a_receipt_of_another_letter_says_nothing(house):
    batch = house.letters.issue("防溺水")
    house.letters.mark([r.uid for r in house.letters.receipts(batch.code)], Status.BACK)
    assert house.privacy.consents.all() == {}


def test_a_receipt_that_could_not_be_brought_is_still_out(house, sent):
    house.letters.mark(list(sent[1].values()), Status.NOT_REACHED)
    assert house.privacy.consents.all() == {}
    assert house.privacy.consents.counts() == {"未交": 2}


def test_a_consent_can_be_taken_back_and_given_again(house, sent, pupil):
    house.letters.mark([sent[1]["孙小满"]], Status.BACK)
    say = house.privacy.consents.say
    say(pupil, answer="撤回同意", said_on=TODAY, said_by="孙大山", way="电话")
    assert house.privacy.consents.all()[pupil].state == "已撤回"
    assert house.privacy.consents.all()[pupil].how == "孙大山 电话"
    say(pupil, answer="同意", said_on=TODAY)
    assert house.privacy.consents.counts() == {"已同意": 1, "未交": 1}


def test_a_day_to_come_is_refused(house, pupil):
    with pytest.raises(UserError, match="还没有到"):
        house.privacy.consents.say(pupil, answer="同意", said_on=date(2026, 12, 1))
    assert house.privacy.consents.all() == {}


def test_a_class_teacher_enters_for_the_own_class_alone(house, store, pupil):
    other = house.students.add(name="周明明", class_uid=house.students.class_named("三年级2班"))
    house.privacy.consents.say(other.uid, answer="不同意", said_on=TODAY, said_by="周大江")
    mine = house.students.pupils()[0].class_uid
    store.sitter = Sitter("王老师", Role.TEACHER, mine)
    house.privacy.consents.say(pupil, answer="同意", said_on=TODAY)
    with pytest.raises(UserError, match="不在您的班里"):
        house.privacy.consents.say(other.uid, answer="同意", said_on=TODAY)
    assert list(house.privacy.consents.all()) == [pupil], "and is told of no other"


def test_the_letter_and_its_receipt_share_one_sheet(house, sent):
    data = house.letters.print_letters(sent[0].code).data
    with pypdfium2.PdfDocument(data) as pdf:
        assert len(pdf) == 2, "two pupils, one sheet each"
        text = pdf[0].get_textpage().get_text_range()
    for said in ("17、28至31条", "撤回同意", "3年", "13900000001", "不上网", "加密"):
        assert said in "".join(text.split()), said


def test_the_rules_can_be_printed_as_they_stand_and_name_no_pupil(house):
    rows = house.view("privacy.rules")({})
    form = house.papers["privacy_rules"]
    with pypdfium2.PdfDocument(print_paper(form, rows, house.context(form)).data) as pdf:
        text = "".join("".join(p.get_textpage().get_text_range().split()) for p in pdf)
    for article in ("第13条", "第15、17、29、30、31条", "第19、47条", "第23条", "第51条", "第57条"):
        assert article in text
    assert "在校学生2人" in text and "只用来核对，不保存" in text
    assert "__" not in text, "no place is left open"
    assert "孙小满" not in text


@pytest.fixture
def page(house, store, user):
    made = StudentPage(
        house.students,
        form=house.forms["student"],
        papers=Papers(house.papers, house.context),
        consents=house.privacy.consents,
    )
    let_hear(store, made)
    return user.opens(made)


def test_the_roster_shows_filters_and_counts_consents(house, sent, page, user):
    house.letters.mark([sent[1]["孙小满"]], Status.BACK)
    user.settles()
    page.choose(house.students.pupils()[0].uid)
    user.settles()
    assert "已同意" in user.texts()
    assert not [text for text in user.texts() if "没有同意以前" in text]
    assert user.reads_menu("告知同意")[1:] == ["已同意\u30001", "未交\u30001"]
    page.filters.choose("consent", "未交")
    user.settles()
    assert [row[2] for row in user.reads_table()] == ["钱多多"]
    page.choose(page.shown_uids()[0])
    user.waits_for("没有同意以前")
    (said,) = [text for text in user.texts() if "没有同意以前" in text]
    assert "第13条第一款第三项" in said and "监护人电话" in said and "家庭情况" not in said
    assert look_at(page, "privacy_consent") == []


def test_a_teacher_enters_what_was_said_on_the_telephone(house, page, user, pupil):
    page.choose(pupil)
    user.settles()
    user.clicks("登记答复…")
    user.fills("监护人说", "同意")
    user.fills("哪天说的", TODAY)
    user.fills("怎样说的", "电话")
    user.clicks("保存")
    assert house.privacy.consents.all()[pupil].state == "已同意"
    assert "已同意" in user.texts()


def test_cleaning_up_after_who_left_reaches_the_consent_and_the_day_says_it_is_due(
    house, store, pupil
):
    say = house.privacy.consents.say
    say(pupil, answer="同意", said_on=date(2023, 5, 1), said_by="孙大山外婆", note="在校门口说的")
    say(pupil, answer="撤回同意", said_on=date(2023, 6, 1))

    def due():
        return [item for item in house.agenda.items() if item.room == "leavers"]

    assert due() == []
    house.turns.leave([pupil], Turn.MOVED_OUT, on=date(2023, 7, 1))
    (item,) = due()
    assert (item.what, item.link) == ("1名离校学生的资料到了清理的时候", "去清理")
    assert house.privacy.checks.facts()["leavers"].endswith("到期还没有清理的1人")
    house.privacy.thinning.clean("保存期满")
    assert due() == []
    assert pupil not in house.privacy.consents.all()
    with store.read() as session:
        kept = session.execute(text("SELECT before, after FROM change")).all()
        rows = session.execute(text("SELECT * FROM guardian_consent")).all()
    assert "孙大山外婆" not in str(kept) + str(rows) and "在校门口" not in str(kept) + str(rows)
