from datetime import date

import pytest
from sqlalchemy import select

from app.core.errors import UserError
from app.core.roles import Role
from app.core.store import Store
from app.core.store.backup import back_up
from app.core.store.journal import Action
from app.core.store.restore import restore
from app.letters import Fate, LetterReceipt, LetterRegister, Status, To
from app.students import StudentRegister
from tests.conftest import KEY, NOW


@pytest.fixture
def batch(letters):
    """A letter to all 33 pupils, by its code."""
    return letters.issue("防溺水", due_on=date(2026, 10, 19)).code


def _names(letters, batch, class_uid=None):
    return {line.name: line for line in letters.receipts(batch, class_uid=class_uid)}


def _actions(store):
    with store.read() as session:
        return [action.label for action in session.scalars(select(Action).order_by(Action.id))]


# --- sending ---------------------------------------------------------------------------------


def test_every_pupil_gets_a_receipt_with_a_code_of_the_batch_in_class_order(letters, batch):
    lines = letters.receipts(batch)
    assert batch == "HZ26A"
    assert [line.number for line in lines] == list(range(1, 34))
    assert all(line.code.startswith(f"HZ26A-{line.number:04}-") for line in lines)
    assert [line.class_name for line in lines][::16] == ["一年级1班", "三年级1班", "三年级2班"]
    assert {line.status for line in lines} == {Status.OUT}


def test_a_batch_keeps_the_words_it_was_sent_with(letters, letter_forms, batch):
    letter_forms["drowning"] = None
    kept = letters.batch("HZ26A").text
    assert kept["heading"] == "预防溺水 致家长的一封信"
    assert any("六不" in text for _, text in kept["parts"])
    assert letters.batch("HZ26A").version == "2026.1"


def test_the_next_batches_take_the_next_letters_and_a_new_year_begins_again(letters, batch, clock):
    assert letters.issue("防溺水").code == "HZ26B"
    assert letters.issue("暑假", filled={"from": "7月4日"}).code == "SJ26A"
    clock.day = date(2027, 3, 1)
    assert letters.issue("drowning").code == "HZ27A"


def test_a_batch_that_was_undone_leaves_its_letter_unused_and_its_receipts_unknown(
    store, letters, batch
):
    code = letters.receipts(batch)[0].code
    store.undo()
    assert letters.batches() == []
    again = letters.issue("防溺水").code
    assert again == "HZ26B"
    (outcome,) = letters.receive(again, [code])
    assert outcome.fate is Fate.WRONG
    assert "已经撤销" in outcome.sentence


def test_codes_on_paper_given_out_since_a_backup_are_not_given_out_again(
    store, letters, students, letter_forms, batch, class_uid, clock, tmp_path
):
    copy = back_up(store.path, KEY, tmp_path / "backups", NOW)
    lost = letters.issue("防溺水").code
    students.add(name="新来的", class_uid=class_uid["一年级1班"])
    letters.add(batch, letters.newcomers(batch))
    on_paper = _names(letters, batch)["新来的"].code
    store.close()
    restore(store.path, copy, KEY, tmp_path / "backups", NOW)

    again = Store(store.path, KEY)
    again.sitter = store.sitter
    pupils = StudentRegister(again, today=clock)
    back = LetterRegister(again, pupils, letter_forms, today=clock)
    assert lost == "HZ26B"
    assert back.issue("防溺水").code == "HZ26C"
    pupils.add(name="另一个", class_uid=class_uid["一年级1班"])
    back.add(batch, back.newcomers(batch))
    (outcome,) = back.receive(batch, [on_paper])
    assert outcome.fate is Fate.WRONG, "it would be taken for another pupil's"
    again.close()


def test_a_letter_goes_to_one_grade_or_one_class_alone(letters, class_uid):
    third = letters.issue("暑假", To(where={"grade": "三年级"}))
    assert (letters.status(third.code).issued, third.scope["say"]) == (23, "三年级")
    one = letters.issue("暑假", To(classes=[class_uid["三年级2班"]]))
    assert (letters.status(one.code).issued, one.scope["say"]) == (12, "三年级2班")
    assert letters.issue("暑假").scope["say"] == "全校"


@pytest.mark.parametrize(
    ("asked", "what"),
    [
        ({"letter": "防火星"}, "没有叫"),
        ({"to": To(where={"grade": "九年级"})}, "没有找到要发信的学生"),
        ({"to": To(where={"class": "1"})}, "没有“class”这个筛选条件"),
        ({"blocks": ()}, "一段也没有选"),
        ({"due_on": date(2026, 10, 11)}, "收回日期比今天还早"),
    ],
)
def test_a_letter_that_cannot_go_out_is_refused_and_nothing_is_kept(letters, asked, what):
    with pytest.raises(UserError) as refused:
        letters.issue(asked.pop("letter", "防溺水"), **asked)
    assert what in refused.value.what
    assert letters.batches() == []


def test_a_pupil_who_came_later_gets_the_letter_under_the_next_number(
    letters, students, batch, class_uid
):
    assert letters.newcomers(batch) == []
    students.add(name="新来的", class_uid=class_uid["一年级1班"])
    (new,) = letters.newcomers(batch)
    letters.add(batch, [new])
    line = _names(letters, batch)["新来的"]
    assert (line.number, line.code[:10]) == (34, "HZ26A-0034")
    assert letters.newcomers(batch) == []


def test_a_number_taken_back_by_undo_is_not_given_out_again(
    store, letters, students, batch, class_uid
):
    students.add(name="新来的", class_uid=class_uid["一年级1班"])
    letters.add(batch, letters.newcomers(batch))
    store.undo()
    letters.add(batch, letters.newcomers(batch))
    assert _names(letters, batch)["新来的"].number == 35


# --- taking back -----------------------------------------------------------------------------


def test_a_stack_of_receipts_is_one_change_and_each_code_is_answered_in_order(
    store, letters, batch
):
    lines = letters.receipts(batch)
    before = len(_actions(store))
    outcomes = letters.receive(
        batch,
        [
            lines[0].code,
            lines[1].code.lower().replace("-", " "),
            f"XA1:QS01:{lines[2].code}",
            lines[0].code,
            lines[3].code[:-1],
            f"XA1:QS99:{lines[3].code}",
        ],
    )
    assert [outcome.fate for outcome in outcomes] == [
        Fate.RECEIVED,
        Fate.RECEIVED,
        Fate.RECEIVED,
        Fate.AGAIN,
        Fate.WRONG,
        Fate.WRONG,
    ]
    assert outcomes[0].sentence == f"{lines[0].whose}的回执收到了。"
    assert "不是本校发的" in outcomes[5].sentence
    assert letters.status(batch).returned == 3
    assert _actions(store)[before:] == ["登记回执"]


def test_one_undo_takes_a_whole_stack_back(store, letters, batch):
    letters.receive(batch, [line.code for line in letters.receipts(batch)[:20]])
    assert store.undo() == "登记回执"
    assert letters.status(batch).returned == 0


def test_a_receipt_that_comes_twice_says_when_it_came_first_and_changes_nothing(
    store, letters, batch, clock
):
    line = letters.receipts(batch)[5]
    letters.receive(batch, [line.code])
    clock.day = date(2026, 10, 15)
    before = _actions(store)
    (again,) = letters.receive(batch, [line.code])
    assert again.fate is Fate.AGAIN
    assert "2026年10月12日" in again.sentence
    assert "张老师收的" in again.sentence
    assert letters.receipts(batch)[5].returned_on == date(2026, 10, 12)
    assert _actions(store) == before


def test_a_receipt_of_another_batch_is_named_and_left_for_its_own_batch(letters, batch):
    other = letters.issue("交通").code
    line = letters.receipts(other)[0]
    (outcome,) = letters.receive(batch, [line.code])
    assert (outcome.fate, outcome.batch) == (Fate.ELSEWHERE, "JT26A")
    assert "交通安全一封信" in outcome.sentence
    assert line.name in outcome.sentence
    assert letters.status(other).returned == 0
    assert letters.receive(other, [line.code])[0].fate is Fate.RECEIVED


def test_a_code_nobody_was_given_is_unknown(letters, batch):
    from app.letters.codes import Code

    (outcome,) = letters.receive(batch, [str(Code("HZ26A", 999, "QS01"))])
    assert outcome.fate is Fate.WRONG
    assert "没有发过" in outcome.sentence


def test_by_hand_a_receipt_is_ticked_refused_or_taken_back(letters, batch, clock):
    one, two, three = (line.uid for line in letters.receipts(batch)[:3])
    letters.mark([one, two], Status.BACK)
    letters.mark([two], Status.REFUSED, note=" 家长不同意 ")
    letters.mark([three], Status.NOT_REACHED)
    lines = letters.receipts(batch)
    assert (lines[0].status, lines[0].way, lines[0].received_by) == ("已交", "手工勾选", "张老师")
    assert (lines[1].status, lines[1].note, lines[1].returned_on) == ("拒签", "家长不同意", None)
    (line,) = letters.batches()
    assert (line.returned, line.refused, line.not_reached, line.out) == (1, 1, 1, 30)
    assert line.missing == 32
    letters.receive(batch, [lines[1].code])
    assert letters.receipts(batch)[1].status is Status.BACK
    letters.mark([one], Status.OUT)
    assert letters.receipts(batch)[0].status is Status.OUT


def test_ticking_what_a_gun_has_read_leaves_the_first_day_standing(letters, batch, clock):
    line = letters.receipts(batch)[0]
    letters.receive(batch, [line.code])
    clock.day = date(2026, 10, 20)
    letters.mark([line.uid], Status.BACK)
    kept = letters.receipts(batch)[0]
    assert (kept.returned_on, kept.way) == (date(2026, 10, 12), "扫码或输入编号")


# --- looking ---------------------------------------------------------------------------------


def test_the_status_names_exactly_those_who_are_missing(letters, batch):
    lines = letters.receipts(batch)
    letters.receive(batch, [line.code for line in lines[:-1]])
    status = letters.status(batch)
    assert (status.issued, status.returned) == (33, 32)
    assert status.missing == [{"name": lines[-1].name, "grade": "三年级", "class_no": 2}]


def test_a_pupil_who_left_stays_on_the_letters_of_that_time(letters, students, batch):
    line = letters.receipts(batch)[0]
    students.correct(line.student_uid, status="转出")
    assert letters.receipts(batch)[0].name == line.name
    assert letters.status(letters.issue("交通").code).issued == 32


def test_a_pupil_entered_by_mistake_keeps_the_name_on_the_letter_that_went_out(
    letters, students, batch
):
    line = letters.receipts(batch)[0]
    students.void(line.student_uid, "重复登记")
    assert letters.receipts(batch)[0].name == line.name
    assert letters.receive(batch, [line.code])[0].name == line.name


def test_the_class_stands_as_it_was_printed_when_the_school_year_has_turned(
    store, letters, students, batch, class_uid
):
    pupil = students.pupils(class_uid=class_uid["三年级1班"])[0]
    students.move(pupil.uid, class_uid["三年级2班"])
    from app.core.settings import Settings

    Settings(store).put({"school.year": 2027})
    (line,) = [r for r in letters.receipts(batch) if r.student_uid == pupil.uid]
    assert line.class_name == "三年级1班"
    assert [c.name for c in letters.classes(batch)] == ["一年级1班", "三年级1班", "三年级2班"]


def test_classes_count_what_came_back(letters, batch, class_uid):
    lines = letters.receipts(batch, class_uid=class_uid["三年级1班"])
    letters.mark([line.uid for line in lines[:4]], Status.BACK)
    counted = {c.name: (c.returned, c.issued) for c in letters.classes(batch)}
    assert counted == {"一年级1班": (0, 10), "三年级1班": (4, 11), "三年级2班": (0, 12)}


@pytest.mark.parametrize("name", ["HZ26A", "hz26a", "防溺水一封信"])
def test_a_batch_is_found_as_people_name_it(letters, batch, name):
    assert letters.batch(name).code == batch


def test_a_batch_that_is_not_there_or_not_alone_says_which_there_are(letters, batch):
    with pytest.raises(UserError) as refused:
        letters.batch("HZ27A")
    assert "没有“HZ27A”这一批信" in refused.value.what
    assert "HZ26A" in refused.value.do
    letters.issue("防溺水")
    with pytest.raises(UserError, match="不止一批"):
        letters.batch("防溺水一封信")


def test_papers_read_who_is_missing_with_whom_to_call(letters, batch):
    lines = letters.receipts(batch)
    letters.mark([line.uid for line in lines[:30]], Status.BACK)
    letters.mark([lines[30].uid], Status.REFUSED)
    rows = letters.views["missing"]({"batch": "hz26a"})
    assert [row["name"] for row in rows] == [line.name for line in lines[30:]]
    assert rows[0]["status"] == "拒签"
    assert rows[0]["phone"].startswith("1380000")
    assert rows[0]["part"] == "防溺水一封信（HZ26A）　三年级2班"
    assert letters.views["missing"]({"batch": "HZ26Z"}) == []
    assert len(letters.views["register"]({"batch": "HZ26A", "class_no": "2"})) == 12


def test_the_town_gets_numbers_and_nobodys_name(letters, batch):
    letters.mark([line.uid for line in letters.receipts(batch)[:11]], Status.BACK)
    (row,) = letters.views["list"]({})
    assert row == {
        "batch": "HZ26A",
        "letter": "drowning",
        "title": "防溺水一封信",
        "issued_on": date(2026, 10, 12),
        "due_on": date(2026, 10, 19),
        "issued": 33,
        "returned": 11,
        "rate": "33.3%",
    }
    (sent,) = letters.views["handover"]({})
    assert set(sent) == {"batch", "title", "issued_on", "due_on", "issued", "returned"}


# --- who may ---------------------------------------------------------------------------------


def test_a_class_teacher_sees_and_takes_back_the_own_class_alone(letters, batch, class_uid, sits):
    lines = letters.receipts(batch)
    sits("李老师", Role.TEACHER, class_uid["三年级1班"])
    assert {line.class_name for line in letters.receipts(batch)} == {"三年级1班"}
    assert [c.name for c in letters.classes(batch)] == ["三年级1班"]
    assert letters.batches()[0].issued == 11
    assert letters.status(batch).issued == 11
    other = next(line for line in lines if line.class_name == "三年级2班")
    (outcome,) = letters.receive(batch, [other.code])
    assert (outcome.fate, outcome.name) == (Fate.NOT_OURS, "")
    assert other.name not in outcome.sentence
    for forbidden in (
        lambda: letters.mark([other.uid], Status.BACK),
        lambda: letters.receipts(batch, class_uid=class_uid["三年级2班"]),
        lambda: letters.issue("交通"),
    ):
        with pytest.raises(UserError):
            forbidden()
    own = next(line for line in lines if line.class_name == "三年级1班")
    assert letters.receive(batch, [own.code])[0].fate is Fate.RECEIVED
    assert letters.receipts(batch)[0].received_by == "李老师"


def test_who_may_only_look_cannot_send_and_who_is_on_duty_sees_numbers_alone(letters, batch, sits):
    sits("王校长", Role.PRINCIPAL)
    assert letters.status(batch).issued == 33
    for forbidden in (
        lambda: letters.issue("交通"),
        lambda: letters.receive(batch, ["x"]),
        lambda: letters.mark([], Status.BACK),
        lambda: letters.newcomers(batch),
    ):
        with pytest.raises(UserError, match="您的身份是校长"):
            forbidden()
    sits("赵师傅", Role.DUTY)
    assert letters.batches()[0].missing == 33
    with pytest.raises(UserError):
        letters.receipts(batch)
    with pytest.raises(UserError):
        letters.status(batch)


def test_no_name_and_no_phone_is_kept_with_the_receipts(store, letters, batch):
    names = {line.name for line in letters.receipts(batch)}
    with store.read() as session:
        kept = session.scalars(select(LetterReceipt)).all()
        text = "".join(str(vars(receipt)) for receipt in kept)
    assert not any(name in text for name in names)


def test_a_receipt_that_is_there_no_more_is_told_in_a_sentence(letters):
    with pytest.raises(UserError, match="这份回执已经不在了"):
        letters.receipt("0" * 36)
