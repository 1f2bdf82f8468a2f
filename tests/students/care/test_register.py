from datetime import date, timedelta

import pytest
from sqlalchemy import select

from app.core.errors import UserError
from app.core.roles import Role, Sitter
from app.core.store import WITH_VOID
from app.students import ClassKey
from app.students.care.records import SEALED, Care, CareAct
from app.students.care.rules import Way
from tests.students.care.conftest import TODAY


def act(register, care, **facts):
    given = {"way": Way.TALK, "done_on": TODAY, "by": "孙丽华", "words": "谈了半小时"}
    return register.record(care.uid, **given | facts)


def line(register):
    (found,) = register.lines()
    return found


def test_a_pupil_is_entered_with_the_level_the_facts_ask_for(register, care):
    assert (care.level, care.level_said) == ("二级", "心理需要关注、监护人外出 → 二级")
    assert (line(register).level, line(register).is_open) == ("二级", True)
    assert [a.way for a in register.acts(care.uid)] == ["建档"]


def test_another_level_wants_a_reason_and_keeps_the_sentence_of_the_facts(register, care):
    with pytest.raises(UserError, match="和建议不同，原因是"):
        register.correct(care.uid, level="一级")
    register.correct(care.uid, level="一级", level_reason="夜里离家过一次")
    care = register.get(care.uid)
    assert (care.level, care.level_reason) == ("一级", "夜里离家过一次")
    assert care.level_said.endswith("→ 二级")
    register.correct(care.uid, level=None, level_reason=None)
    assert (register.get(care.uid).level, register.get(care.uid).level_reason) == ("二级", None)


def test_a_pupil_has_one_line(register, care, li_ming):
    with pytest.raises(UserError, match="已经在关注名单里"):
        register.begin(li_ming.uid, categories=["学困"])
    assert len(register.lines()) == 1


def test_a_line_without_a_category_is_refused_and_nothing_is_saved(register, zeng_ping):
    with pytest.raises(UserError, match="关注类别"):
        register.begin(zeng_ping.uid, categories=[], caretaker="孙丽华")
    assert register.lines() == []


def test_what_was_done_moves_the_next_date_by_how_often_the_pupil_is_seen(register, care):
    act(register, care)
    assert line(register).next_on == TODAY + timedelta(days=14)
    act(register, care, next_on=date(2026, 10, 15))
    assert line(register).next_on == date(2026, 10, 15)


def test_an_old_record_written_down_late_does_not_bring_the_date_back(register, care):
    act(register, care, done_on=date(2026, 9, 2))
    assert line(register).next_on == date(2026, 10, 16)


def test_a_date_that_was_met_is_taken_off_where_nobody_said_how_often(register, care):
    register.correct(care.uid, every=None, next_on=TODAY)
    act(register, care)
    assert line(register).next_on is None


def test_talks_of_this_term_speak_for_the_level(register, care):
    for day in (5, 7, 9):
        act(register, care, done_on=date(2026, 10, day))
    act(register, care, done_on=date(2026, 6, 9))
    act(register, care, way=Way.PHONE)
    found = register.proposal(care.student_uid, {"categories": ["心理"]})
    assert found.said == "本学期3次心理谈话、监护人外出 → 二级"
    assert line(register).acts == 4


def test_days_that_cannot_be_are_refused(register, care):
    for facts in ({"done_on": TODAY + timedelta(days=1)}, {"next_on": TODAY}):
        with pytest.raises(UserError):
            act(register, care, **facts)
    assert line(register).acts == 0


def test_a_review_moves_level_and_date_and_stands_among_the_records(register, care):
    register.review(
        care.uid,
        on=TODAY,
        by="张老师",
        level="三级",
        state="观察",
        level_reason="两周没有再出现",
        words="愿意说话了",
    )
    found = line(register)
    assert (found.level, found.state, found.next_on) == ("三级", "观察", date(2026, 10, 26))
    opened = register.sealed(care.uid)[care.uid]
    assert opened.acts[-1].words == "二级改为三级。愿意说话了"


def test_a_release_wants_a_reason_and_ends_the_waiting(register, care):
    with pytest.raises(UserError, match="解除理由"):
        register.end(care.uid, on=TODAY, why=" ", by="李校长")
    register.end(care.uid, on=TODAY, why="连续两个月平稳", by="李校长")
    assert not line(register).is_open
    assert register.waiting() == []
    with pytest.raises(UserError, match="已经解除"):
        act(register, care)
    register.reopen(care.uid, on=TODAY, by="孙丽华", why="又不说话了", next_on=date(2026, 10, 20))
    assert line(register).is_open
    ways = [a.way for a in register.acts(care.uid)]
    assert ways == ["恢复关注", "解除关注", "建档"]


def test_who_saves_second_is_told_what_the_first_changed(register, care):
    seen = register.get(care.uid).rev
    register.correct(care.uid, caretaker="周海涛", signs="和同学吵架")
    with pytest.raises(UserError) as refusal:
        register.correct(care.uid, seen=seen, caretaker="李敏")
    assert "包保人由“孙丽华”改为“周海涛”" in refusal.value.what
    assert "具体表现有改动" in refusal.value.what
    assert "吵架" not in refusal.value.what
    assert register.get(care.uid).caretaker == "周海涛"


def test_a_record_corrected_in_two_windows_is_told_to_the_second(register, care):
    written = act(register, care)
    seen = written.rev
    register.correct_act(written.uid, by="李敏", words="另一番话")
    with pytest.raises(UserError) as refusal:
        register.correct_act(written.uid, seen=seen, words="我的话")
    assert "谁做的由“孙丽华”改为“李敏”" in refusal.value.what
    assert "内容有改动" in refusal.value.what and "番话" not in refusal.value.what


@pytest.mark.parametrize(
    "wrong",
    [{"on": TODAY + timedelta(days=1)}, {"next_on": TODAY}, {"state": "解除"}],
    ids=str,
)
def test_a_review_that_cannot_be_changes_nothing(register, care, wrong):
    given = {"on": TODAY, "by": "张", "level": "二级", "state": "观察"}
    with pytest.raises(UserError):
        register.review(care.uid, **given | wrong)
    assert (line(register).state, line(register).next_on) == ("关注中", date(2026, 10, 16))


def test_undo_takes_an_entry_and_a_record_back_whole(store, register, care):
    act(register, care)
    assert store.undo() == "登记帮扶记录"
    assert (line(register).acts, line(register).next_on) == (0, date(2026, 10, 16))
    assert store.undo() == "登记学生关注"
    assert register.lines() == []
    with store.read():
        assert [c.void_reason for c in store.voided(Care)] == ["撤销"]


def test_a_line_that_is_void_can_be_entered_anew(register, care, li_ming):
    register.void(care.uid, "选错了学生")
    assert register.lines() == []
    register.begin(li_ming.uid, categories=["学困"], caretaker="周海涛")
    assert len(register.lines()) == 1


def test_what_is_sealed_is_read_only_by_an_act_that_is_written_down(store, register, care):
    store.settle()
    register.lines(), register.acts(care.uid)
    assert not any("查看" in action.label for action in store.actions(50))
    assert register.sealed(care.uid)[care.uid].facts["mind_signs"] == "上课不说话"
    store.settle()
    (look,) = [a for a in store.actions(50) if a.label == "查看关注内容"]
    assert look.about == care.uid


def test_a_class_teacher_has_the_own_class_alone(store, students, register, care, class_uid):
    other = students.open_class(ClassKey("小学", 2024, 1))
    wu = students.add(name="吴小雨", class_uid=other)
    theirs = register.begin(wu.uid, categories=["行为"], next_on=date(2026, 10, 1))
    store.sitter = Sitter("孙老师", Role.TEACHER, class_uid)
    assert [x.uid for x in register.lines()] == [care.uid]
    assert set(register.sealed()) == {care.uid}
    assert [w.uid for w in register.waiting()] == [care.uid]
    for attempt in (
        lambda: register.get(theirs.uid),
        lambda: register.sealed(theirs.uid),
        lambda: register.acts(theirs.uid),
        lambda: register.correct(theirs.uid, caretaker="我"),
        lambda: act(register, theirs),
        lambda: register.end(theirs.uid, on=TODAY, why="x", by="y"),
        lambda: register.void(theirs.uid, "登记错了"),
        lambda: register.begin(wu.uid, categories=["学困"]),
    ):
        with pytest.raises(UserError, match="不在您的班里"):
            attempt()
    act(register, care)


def test_the_duty_person_learns_dates_and_nobody(store, register, care):
    store.sitter = Sitter("赵老师", Role.DUTY)
    (waiting,) = register.waiting()
    assert waiting == (date(2026, 10, 16), "")
    with pytest.raises(UserError, match="不能查看学生资料"):
        register.lines()


def test_who_left_the_school_is_waited_for_no_longer(store, students, register, care, li_ming):
    students.correct(li_ming.uid, status="转出")
    assert not line(register).is_open
    assert register.waiting() == []
    store.sitter = Sitter("赵老师", Role.DUTY)
    assert register.waiting() == []


def test_the_form_says_sealed_of_what_the_register_seals_and_asks_no_score(form):
    sealed = {field.key for field in form.fields if field.sensitive == 3}
    assert sealed <= set(SEALED)
    kept_by_itself = {"level_said", "ended_why"}
    assert set(SEALED) - sealed == kept_by_itself
    words = " ".join(field.label for field in form.fields)
    assert not [word for word in ("分数", "得分", "名次", "排名", "量表") if word in words]


def test_all_that_is_kept_of_a_pupil_can_be_forgotten(store, register, care, li_ming):
    act(register, care)
    gone = act(register, care, words="记错了")
    register.void_act(gone.uid, "登记错了")
    register.void(care.uid, "登记错了")
    traces = register.traces(li_ming.uid)
    assert len(traces) == 4, "the line, its opening, and two talks"
    store.forget(traces, "清理")
    with store.read() as session:
        for kind in (Care, CareAct):
            for one in session.scalars(select(kind).execution_options(**WITH_VOID)):
                said = str(vars(one))
                assert "上课不说话" not in said and "谈了半小时" not in said
    told = [change for uid in traces for _, change in store.history(uid)]
    assert not [c for c in told if "上课不说话" in f"{c.before}{c.after}"]
