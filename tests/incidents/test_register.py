import json
from datetime import date, datetime, timedelta

import pytest

from app.core.errors import UserError
from app.core.forms import Field, Form
from app.core.roles import Role, Sitter
from app.incidents.records import IncidentPersons
from app.incidents.rules import Clock, Turn, casualties, points
from tests.incidents.conftest import HAPPENED, KNOWN, PUPIL, SAID, everything

AT = datetime
DUE = AT(2026, 11, 20, 16, 30)


@pytest.mark.parametrize(
    ("done", "now", "said", "tone"),
    [
        (None, AT(2026, 11, 20, 16, 6, 46), "还剩 23:14", ""),
        (None, AT(2026, 11, 20, 16, 21), "还剩 9:00", "soon"),
        (None, DUE, "还剩 0:00", "soon"),
        (None, AT(2026, 11, 20, 16, 30, 1), "已超时 0:01", "late"),
        (None, AT(2026, 11, 23, 16, 30), "已超时 3天", "late"),
        (DUE, AT(2026, 11, 23), "16:30 已报，没有超时", "done"),
        (AT(2026, 11, 20, 16, 30, 1), AT(2026, 11, 23), "16:30 已报，超时1分钟", "late"),
        (AT(2026, 11, 20, 16, 42), AT(2026, 11, 23), "16:42 已报，超时12分钟", "late"),
    ],
)
def test_a_countdown_says_how_it_stands(done, now, said, tone):
    clock = Clock(DUE, done)
    assert (clock.said(now), clock.tone(now)) == (said, tone)


@pytest.mark.parametrize(
    ("counts", "said"),
    [
        (("", "", "", ""), ""),
        (("0", "", "0", ""), "没有伤亡"),
        (("1", "0", "", "2"), "死亡1人，轻伤2人"),
    ],
)
def test_casualties_are_one_line_and_nobody_said_is_not_none(counts, said):
    assert casualties(*counts) == said


def test_what_is_not_known_is_said_to_be_unknown_on_the_telephone():
    assert dict(points({}))["伤亡"] == "还不清楚"
    assert dict(points({"kind": "溺水", "what": "一人落水"}))["什么事"] == "溺水，一人落水"


def test_the_clock_starts_when_it_was_known(incidents, running, clock):
    hour = incidents.hour(running.uid)
    assert running.number == "SJ-2026-0001"
    assert hour.called.due_at == KNOWN + timedelta(minutes=30)
    assert hour.written.due_at == KNOWN + timedelta(minutes=60)
    assert hour.called.said(clock.at) == "还剩 28:00"


def test_the_limits_are_the_schools_and_those_of_the_day_it_began(house, incidents, running):
    rule = {"number": 20}
    house.rules.change("INC-30/60", params=rule, basis="镇里的要求", reason="文件")
    assert incidents.hour(running.uid).called.due_at == KNOWN + timedelta(minutes=30)
    later = incidents.begin(known_at=KNOWN)
    assert incidents.hour(later.uid).called.due_at == KNOWN + timedelta(minutes=20)
    assert incidents.limits().basis == "镇里的要求"


@pytest.mark.parametrize(
    ("known", "said", "word"),
    [
        (AT(2026, 11, 20, 16, 30), {}, "还没有到"),
        (AT(2026, 11, 20, 15, 30), {"happened_at": HAPPENED}, "不会已经知道"),
    ],
)
def test_what_cannot_have_been_is_refused_and_nothing_is_begun(incidents, known, said, word):
    with pytest.raises(UserError, match=word):
        incidents.begin(known_at=known, said=said)
    assert incidents.all() == []


def test_a_draft_keeps_even_half_a_time_and_an_unchanged_one_writes_nothing(incidents, running):
    said = SAID | {"happened_at": "昨天傍", "dead": "一", "pupils": [PUPIL]}
    assert incidents.draft(running.uid, said)
    assert not incidents.draft(running.uid, said)
    known = incidents.hour(running.uid).known
    assert (known["happened_at"], known["dead"], known["pupils"]) == ("昨天傍", "一", [PUPIL])
    with pytest.raises(UserError, match="发生时间"):
        incidents.reports.check(incidents.hour(running.uid))


def test_a_call_above_stops_the_first_clock_and_late_stays_late(incidents, running, clock):
    incidents.calls.enter(
        running.uid, unit="120", called_at=AT(2026, 11, 20, 15, 59), is_report=False
    )
    assert incidents.hour(running.uid).called.done_at is None
    clock.at = AT(2026, 11, 20, 16, 40)
    at = AT(2026, 11, 20, 16, 35)
    call = incidents.calls.enter(
        running.uid, unit="教育办", called_at=at, is_report=True, answer="派人来"
    )
    assert incidents.hour(running.uid).called.said(clock.at) == "16:35 已报，超时7分钟"
    incidents.calls.void(call.uid, "登记错了")
    assert incidents.hour(running.uid).called.done_at is None


@pytest.mark.parametrize(
    ("at", "word"),
    [(AT(2026, 11, 20, 15, 57), "早于知悉时间"), (AT(2026, 11, 20, 16, 5), "还没有到")],
)
def test_a_call_before_it_was_known_or_still_to_come_is_refused(incidents, running, at, word):
    with pytest.raises(UserError, match=word):
        incidents.calls.enter(running.uid, unit="教育办", called_at=at, is_report=True)


def sent(incidents, uid, kind, at, body=None):
    return incidents.reports.send(
        uid, kind=kind, sent_at=at, recipient="镇教育办", way="传真", signer="李校长", body=body
    )


def test_reports_go_out_in_their_order_and_keep_what_was_known_then(incidents, running, clock):
    clock.at = AT(2026, 11, 20, 18, 0)
    with pytest.raises(UserError, match="还没有报过初报"):
        sent(incidents, running.uid, Turn.FURTHER, clock.at, "好转")
    first = sent(incidents, running.uid, Turn.FIRST, AT(2026, 11, 20, 17, 8))
    assert incidents.hour(running.uid).written.said(clock.at) == "17:08 已报，超时10分钟"
    incidents.draft(running.uid, SAID | {"what": "改了"})
    hour = incidents.hour(running.uid)
    assert hour.reports[0].uid == first.uid and hour.reports[0].words["what"] == SAID["what"]
    with pytest.raises(UserError, match="新的情况"):
        sent(incidents, running.uid, Turn.FURTHER, clock.at)
    with pytest.raises(UserError, match="早于上一次"):
        sent(incidents, running.uid, Turn.FURTHER, AT(2026, 11, 20, 16, 59), "好转")
    sent(incidents, running.uid, Turn.LAST, clock.at, "都已回家")
    with pytest.raises(UserError, match="终报已经报过"):
        sent(incidents, running.uid, Turn.FURTHER, clock.at, "又有")
    with pytest.raises(UserError, match="不能作废"):
        incidents.void(running.uid, "误报")


def test_a_report_without_what_the_law_asks_names_every_blank(incidents, clock):
    bare = incidents.begin(known_at=KNOWN)
    with pytest.raises(UserError, match=r"类别.*地点.*简要经过.*已采取的措施"):
        sent(incidents, bare.uid, Turn.FIRST, clock.at)
    assert incidents.hour(bare.uid).reports == []


def test_the_ledger_shows_it_without_keeping_it(house, incidents, running):
    ledgers = house.ledgers
    ledgers_own = {
        "known_at": AT(2026, 3, 2, 10, 0),
        "happened_at": AT(2026, 3, 2, 9, 0),
        "kind": "体育活动",
        "grade": "一般",
        "site": "校内",
        "place": "操场",
        "what": "摔伤",
        "measures": "送医",
    }
    ledgers.enter("incident", ledgers_own)
    incidents.draft(running.uid, SAID | {"pupils": [PUPIL], "hurt": 1})
    newest, oldest = ledgers.lines("incident")
    assert (newest.number, newest["kind"], newest["known_at"]) == ("SJ-2026-0001", "溺水", KNOWN)
    assert oldest.number == "SJ-2026-0002" and newest["persons"] is None
    opened = ledgers.lines("incident", opened=True)[0]
    assert opened["persons"] == PUPIL
    assert ledgers.count("incident") == 2 and ledgers.count("incident", kind="溺水") == 1
    assert ledgers.count("incident", date(2026, 11, 1), date(2026, 11, 30)) == 1
    assert ledgers.is_used("incident") and ledgers.get(running.uid).number == running.number
    (standing,) = [one for one in ledgers.standings() if one.form.id == "incident"]
    assert (standing.lines, standing.open) == (2, 2)
    for act in (
        lambda: ledgers.correct(running.uid, {"place": "河"}),
        lambda: ledgers.close(running.uid, {"closed_on": date(2026, 11, 20)}),
        lambda: ledgers.void(running.uid, "登记错了"),
        lambda: ledgers.reopen(running.uid),
    ):
        with pytest.raises(UserError, match="是在“突发事件”里登记的"):
            act()
    (told,) = [one for one in ledgers.for_the_town("incident", date(2026, 11, 1), KNOWN.date())]
    said = told["told"]
    assert said["kind"] == "溺水" and "persons" not in said and "what" not in said


def test_when_it_is_over_the_people_go_and_the_incident_stays(house, incidents, running):
    incidents.draft(running.uid, SAID | {"pupils": [PUPIL], "persons": "救人的村民赵某"})
    with pytest.raises(UserError, match="还没有办结"):
        incidents.aftermath.clean_up(running.uid)
    incidents.close(running.uid, on=KNOWN.date(), result="学生平安", aftercare="心理老师约谈三次")
    with pytest.raises(UserError, match="已经办结"):
        incidents.draft(running.uid, SAID)
    assert [one.uid for one in incidents.aftermath.without_persons()] == [running.uid]
    told = incidents.aftermath.clean_up(running.uid)
    assert "已彻底清除1条记录" in told
    hour = incidents.hour(running.uid)
    assert hour.known["pupils"] is None and hour.known["what"] == SAID["what"]
    assert incidents.aftermath.without_persons() == []
    journal = [
        json.dumps([change.before, change.after], ensure_ascii=False, default=str)
        for action in house.store.actions(200)
        for _, change in house.store.history(running.uid)
    ]
    assert journal and not any("孙小满" in said or "赵某" in said for said in journal)
    held = house.store.voided(IncidentPersons)
    assert all("孙小满" not in str(one.words) for one in held)
    line = house.ledgers.get(running.uid, opened=True)
    assert line["persons"] is None and line["result"] == "学生平安" and line.is_closed


def test_evidence_stays_with_its_reason(incidents, running):
    incidents.draft(running.uid, SAID | {"pupils": [PUPIL]})
    incidents.close(running.uid, on=KNOWN.date(), result="已处理")
    with pytest.raises(UserError, match="留存理由"):
        incidents.aftermath.keep(running.uid, " ")
    incidents.aftermath.keep(running.uid, "派出所立案，作证据")
    assert incidents.aftermath.without_persons() == []
    assert incidents.hour(running.uid).known["pupils"] == [PUPIL]


def test_a_false_alarm_goes_with_the_people(house, incidents, running):
    uid, family = running.uid, {"孙小满", "孙大山"}
    incidents.names = lambda: family
    said = {"what": "孙小满落水，家长孙大山13800000001", "pupils": [PUPIL]}
    incidents.draft(uid, SAID | said)
    incidents.calls.enter(
        uid, unit="镇教育办", called_at=KNOWN, is_report=True, answer="孙小满送医"
    )
    incidents.tasks.enter(uid, what="看望孙小满", owner="李校长", due_on=KNOWN.date())
    half = Form("incident_call", "电话", (Field("answer", "答复", "long"),))
    incidents.sheets.keep(uid, "incident_call", half, {"answer": "孙小满家"})
    incidents.void(uid, "误报")
    assert incidents.all() == [] and incidents.open_one() is None
    said = everything(house.store)
    assert "某某落水" in said and "误报" in said
    for gone in ("孙小满", "孙大山", "13800000001"):
        assert gone not in said, gone


def test_an_incident_over_with_a_name_in_its_texts_alone_is_to_be_cleaned(
    house, incidents, running
):
    uid = running.uid
    incidents.names = lambda: ["孙小满"]
    incidents.close(uid, on=KNOWN.date(), result="已处理")
    assert incidents.aftermath.without_persons() == []
    incidents.reopen(uid)
    incidents.close(uid, on=KNOWN.date(), result="孙小满平安")
    assert [one.uid for one in incidents.aftermath.without_persons()] == [uid]
    assert any("清除姓名" in item.what for item in house.agenda.items())
    incidents.aftermath.keep(uid, "派出所立案，作证据")
    assert incidents.aftermath.without_persons() == []
    incidents.reopen(uid)
    incidents.close(uid, on=KNOWN.date(), result="孙小满平安")
    assert [one.uid for one in incidents.aftermath.without_persons()] == [uid]
    incidents.aftermath.clean_up(uid)
    assert incidents.aftermath.without_persons() == []


def test_it_was_not_known_after_it_was_reported(incidents, running, clock):
    incidents.calls.enter(running.uid, unit="镇教育办", called_at=KNOWN, is_report=True)
    with pytest.raises(UserError, match="晚于第一通电话"):
        incidents.correct_known(running.uid, clock.at)
    assert incidents.hour(running.uid).incident.known_at == KNOWN


def test_who_may_not_see_people_neither_reads_nor_wipes_them(house, incidents, running):
    incidents.draft(running.uid, SAID | {"pupils": [PUPIL]})
    house.store.sitter = Sitter("赵老师", Role.DUTY)
    hour = incidents.hour(running.uid)
    assert hour.known["pupils"] is None
    assert not {"pupils", "persons", "photos"} & {field.key for field in incidents.fields().fields}
    assert incidents.draft(running.uid, {**SAID, "measures": "又叫了救护车"})
    house.store.sitter = Sitter("张老师", Role.OFFICER)
    known = incidents.hour(running.uid).known
    assert (known["pupils"], known["measures"]) == ([PUPIL], "又叫了救护车")
