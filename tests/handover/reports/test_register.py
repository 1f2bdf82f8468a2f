from datetime import date, datetime
from decimal import Decimal

import pytest

from app.agenda.rules import State
from app.core.errors import UserError
from app.core.roles import Role, Sitter
from app.handover import Span
from app.handover.reports.rules import late_words, span_of, week_of
from app.handover.reports.views import checklist_of
from app.handover.reports.wall import due_words
from app.handover.reports.words import Kind, Standing

D = date
WEEK = "2026-W42"
INCIDENT = {
    "known_at": datetime(2026, 10, 14, 10, 0),
    "happened_at": datetime(2026, 10, 14, 9, 50),
    "kind": "体育活动",
    "grade": "一般",
    "site": "校内",
    "place": "操场",
    "what": "体育课上一名学生摔伤手臂",
    "badly_hurt": Decimal(0),
    "hurt": Decimal(1),
    "dead": Decimal(0),
    "missing": Decimal(0),
    "measures": "送卫生院",
}
DUE = datetime(2026, 10, 16, 14, 30)


def send(reports, uid, at, **more):
    said = {"sent_at": at, "way": "U盘", "recipient": "中心学校", "by": "张老师"}
    return reports.send(uid, **said | more)


@pytest.mark.parametrize(
    ("at", "said"),
    [
        (datetime(2026, 10, 16, 14, 29), ""),
        (datetime(2026, 10, 16, 14, 30, 59), ""),
        (datetime(2026, 10, 16, 14, 31), "迟1分钟"),
        (datetime(2026, 10, 16, 16, 30), "迟2小时"),
        (datetime(2026, 10, 16, 16, 45), "迟2小时15分钟"),
        (datetime(2026, 10, 19, 14, 30), "迟3天"),
        (datetime(2026, 10, 19, 17, 30), "迟3天3小时"),
    ],
)
def test_lateness_is_counted_to_the_minute(at, said):
    assert late_words(at, DUE) == said


@pytest.mark.parametrize(
    ("kind", "key", "first", "last"),
    [
        (Kind.WEEKLY, "2026-W42", D(2026, 10, 12), D(2026, 10, 18)),
        (Kind.WEEKLY, "2026-W53", D(2026, 12, 28), D(2027, 1, 3)),
        (Kind.DISPUTES, "2026-02", D(2026, 2, 1), D(2026, 2, 28)),
        (Kind.YEARLY, "2026", D(2026, 1, 1), D(2026, 12, 31)),
        (Kind.YEARLY, "2026-2027", D(2026, 9, 1), D(2027, 8, 31)),
    ],
)
def test_a_turn_has_its_days(kind, key, first, last):
    assert span_of(kind, key)[2:] == (first, last)


@pytest.mark.parametrize(
    ("kind", "key"),
    [
        (Kind.WEEKLY, "2026-W54"),
        (Kind.WEEKLY, "2026-10"),
        (Kind.DISPUTES, "2026-13"),
        (Kind.YEARLY, "2026-2028"),
        (Kind.YEARLY, "0000"),
        (Kind.WEEKLY, "../../etc"),
    ],
)
def test_a_turn_there_is_none_of_is_refused_in_a_sentence(kind, key):
    with pytest.raises(UserError, match="没有"):
        span_of(kind, key)


def test_every_number_of_a_week_is_counted_from_the_records_of_that_week(reports, found):
    found(D(2026, 10, 11), "上周的")
    one = found(D(2026, 10, 12))
    two = found(D(2026, 10, 16), "栏杆松动", "重大")
    report = reports.begin(Kind.WEEKLY, WEEK)
    figures = reports.draft(report.uid).figures
    assert figures["hazards"].said == "2条"
    assert {b.uid for b in figures["hazards"].behind} == {one.uid, two.uid}
    assert figures["hazards_major"].said == "1条"
    assert figures["hazards_open"].value == 3, "what was found before is open still"
    assert "新增隐患2条" in reports.draft(report.uid).words()["work"]


def test_a_number_whose_ledger_is_not_used_is_never_nought(reports, found):
    found(D(2026, 10, 12))
    figures = reports.draft(reports.begin(Kind.WEEKLY, WEEK).uid).figures
    said = {key: figures[key].said for key in ("incidents", "disputes", "drills", "checks")}
    assert set(said.values()) == {"未登记"}
    assert figures["hazards_fixed"].said == "0条", "this ledger is kept, and nothing was put right"


def test_a_report_is_begun_once_and_has_its_number(reports):
    one = reports.begin(Kind.WEEKLY, WEEK)
    assert reports.begin(Kind.WEEKLY, WEEK).uid == one.uid
    assert one.number == "BS-2026-0001"
    with pytest.raises(UserError, match="还没有到"):
        reports.begin(Kind.WEEKLY, "2026-W43")


def test_a_text_written_by_hand_stays_and_says_which_numbers_changed(reports, found):
    found(D(2026, 10, 12))
    report = reports.begin(Kind.WEEKLY, WEEK)
    own = "本周新增隐患1条，都在操场。"
    reports.write(report.uid, texts={"work": own}, reporter="张老师")
    found(D(2026, 10, 13), "沙坑里有石块")
    work, activities = (
        next(text for text in reports.draft(report.uid).texts if text.key == key)
        for key in ("work", "activities")
    )
    assert work.words == own and work.is_own and not activities.is_own
    told = {change.said for change in work.changed}
    assert "新增隐患由1条变成2条" in told
    assert "新增隐患2条" in work.usual
    reports.accept(report.uid, "work")
    assert not next(x for x in reports.draft(report.uid).texts if x.key == "work").changed
    reports.back_to_usual(report.uid, "work")
    assert "新增隐患2条" in reports.draft(report.uid).words()["work"]


def test_a_text_left_as_it_is_keeps_following_its_numbers(reports, found):
    report = reports.begin(Kind.WEEKLY, WEEK)
    reports.write(report.uid, texts=reports.draft(report.uid).words())
    assert reports.get(report.uid).texts == {}
    found(D(2026, 10, 13))
    assert "新增隐患1条" in reports.draft(report.uid).words()["work"]


def test_one_press_says_that_nothing_happened_and_an_incident_asks_why(house, reports):
    assert reports.zero(Kind.WEEKLY, "2026-W41").is_zero
    house.ledgers.enter("incident", INCIDENT)
    with pytest.raises(UserError, match="登记了1起突发事件") as refused:
        reports.zero(Kind.WEEKLY, WEEK)
    assert "理由" in refused.value.do
    assert reports.of(Kind.WEEKLY, WEEK) is None, "nothing was begun"
    report = reports.zero(Kind.WEEKLY, WEEK, reason="已作快报，中心学校要求周报零报告")
    assert report.is_zero and report.zero_reason
    events = reports.draft(report.uid).words()["events"]
    assert events.startswith("本周没有发生安全事故")
    reports.not_zero(report.uid)
    assert "突发事件1起" in reports.draft(report.uid).words()["events"]


def test_an_incident_after_the_one_press_is_not_sent_as_nothing(house, reports):
    report = reports.zero(Kind.WEEKLY, WEEK)
    house.ledgers.enter("incident", INCIDENT)
    with pytest.raises(UserError, match="登记了1起突发事件"):
        send(reports, report.uid, datetime(2026, 10, 16, 14, 0))
    assert reports.sendings(report.uid) == []
    reports.zero(Kind.WEEKLY, WEEK, reason="已作快报")
    assert send(reports, report.uid, datetime(2026, 10, 16, 14, 0)).is_zero


@pytest.mark.parametrize(
    ("at", "standing", "state"),
    [
        (datetime(2026, 10, 16, 14, 29), Standing.SENT, State.DONE),
        (datetime(2026, 10, 16, 14, 31), Standing.LATE, State.DONE_LATE),
        (datetime(2026, 10, 20, 9, 0), Standing.LATE, State.DONE_LATE),
    ],
)
def test_what_was_sent_settles_the_rule_of_its_own_week(house, reports, clock, at, standing, state):
    clock.at = datetime(2026, 10, 20, 10, 0)
    report = reports.begin(Kind.WEEKLY, WEEK)
    send(reports, report.uid, at, reason="当时没有登记")
    (line,) = reports.lines()
    assert line.standing is standing
    turn = house.dues.turn("WEEK-FRI", WEEK, D(2026, 10, 16))
    assert turn.standing.state is state
    assert turn.standing.late_by == line.late.partition("天")[0] + "天" * ("天" in line.late)
    after = house.dues.turn("WEEK-FRI", "2026-W43", D(2026, 10, 23))
    assert not after.done, "a late report is not the report of the week it went out in"


def test_a_week_without_a_minute_in_the_rule_is_late_by_the_day_it_went_out(house, reports, clock):
    house.rules.change("WEEK-FRI", params={"by_time": ""}, basis=None, reason="镇里只看日子")
    clock.at = datetime(2026, 10, 20, 10, 0)
    report = reports.begin(Kind.WEEKLY, WEEK)
    send(reports, report.uid, datetime(2026, 10, 20, 9, 0))
    assert house.dues.turn("WEEK-FRI", WEEK, D(2026, 10, 16)).standing.late_by == "迟4天"


def test_the_last_moment_is_the_schools_to_change_and_stays_with_what_was_sent(
    house, reports, clock
):
    house.rules.change(
        "WEEK-FRI", params={"by_weekday": 4, "by_time": "16:00"}, basis="镇教办通知", reason="改了"
    )
    assert reports.due_at(Kind.WEEKLY, WEEK) == datetime(2026, 10, 15, 16, 0)
    report = reports.begin(Kind.WEEKLY, WEEK)
    send(reports, report.uid, clock.at)
    assert reports.lines()[0].late == "迟22小时10分钟"
    house.rules.as_shipped("WEEK-FRI", reason="又改回来")
    assert reports.lines()[0].late == "迟22小时10分钟", "what was late then stays late"


@pytest.mark.parametrize(
    ("said", "fault"),
    [
        ({"way": "飞鸽"}, "报送方式"),
        ({"recipient": " "}, "报给谁"),
        ({"by": ""}, "报送人"),
        ({"sent_at": datetime(2026, 10, 16, 14, 11)}, "还没有到"),
        ({"sent_at": datetime(2026, 10, 11, 14, 11)}, "早于"),
        ({"sent_at": datetime(2026, 10, 14, 14, 0)}, "补录原因"),
    ],
)
def test_a_sending_that_cannot_be_is_refused(reports, clock, said, fault):
    report = reports.begin(Kind.WEEKLY, WEEK)
    good = {"sent_at": clock.at, "way": "U盘", "recipient": "中心学校", "by": "张老师"}
    with pytest.raises(UserError, match=fault):
        reports.send(report.uid, **good | said)
    assert reports.sendings(report.uid) == []


def test_a_report_corrected_after_it_went_out_keeps_both_and_its_first_time(reports, clock, found):
    report = reports.begin(Kind.WEEKLY, WEEK)
    send(reports, report.uid, clock.at)
    found(D(2026, 10, 16))
    clock.at = datetime(2026, 10, 16, 17, 0)
    made = reports.draft(report.uid)
    assert "新增隐患由未登记变成1条" in {change.said for change in reports.since_sent(made)}
    send(reports, report.uid, clock.at)
    first, second = reports.sendings(report.uid)
    assert "新增隐患未登记" in first.texts["work"] and "新增隐患1条" in second.texts["work"]
    assert reports.lines()[0].standing is Standing.SENT, "the first time counts"
    assert reports.since_sent(reports.draft(report.uid)) == []
    with pytest.raises(UserError, match="最后一次"):
        reports.void_sending(first.uid, "登记错了")
    reports.void_sending(second.uid, "登记错了")
    assert len(reports.sendings(report.uid)) == 1


def test_a_report_that_is_void_is_owed_again(house, reports, clock):
    report = reports.begin(Kind.WEEKLY, WEEK)
    send(reports, report.uid, clock.at)
    reports.void(report.uid, "登记错了")
    clock.at = datetime(2026, 10, 16, 15, 0)
    assert house.dues.turn("WEEK-FRI", WEEK, D(2026, 10, 16)).standing.state is State.OWED
    assert reports.begin(Kind.WEEKLY, WEEK).number == "BS-2026-0002"


def test_who_teaches_a_class_neither_reads_nor_writes_reports(house, reports):
    report = reports.begin(Kind.WEEKLY, WEEK)
    house.store.sitter = Sitter("王老师", Role.TEACHER)
    for act in (
        lambda: reports.begin(Kind.WEEKLY, WEEK),
        lambda: reports.zero(Kind.WEEKLY, WEEK),
        lambda: reports.draft(report.uid),
        lambda: reports.lines(),
    ):
        with pytest.raises(UserError, match="班主任"):
            act()
    house.store.sitter = Sitter("刘校长", Role.PRINCIPAL)
    assert reports.lines()
    with pytest.raises(UserError, match="校长"):
        reports.begin(Kind.WEEKLY, WEEK)


def test_a_late_report_of_the_last_week_of_a_year_still_counts_for_it(house, reports, clock):
    clock.at = datetime(2027, 1, 5, 9, 0)
    key = week_of(D(2026, 12, 31)).key
    report = reports.begin(Kind.WEEKLY, key)
    send(reports, report.uid, clock.at)
    turn = house.dues.turn("WEEK-FRI", key, D(2027, 1, 1))
    assert turn.standing.state is State.DONE_LATE


DISPUTE = {
    "found_on": D(2026, 10, 8),
    "kind": "家校之间",
    "parties": "李大山",
    "heads": Decimal(3),
    "what": "接送时停车起争执",
    "grade": "低",
    "measures": "当面调解",
    "owner": "张老师",
    "due_on": D(2026, 10, 20),
}


def test_the_table_of_a_month_names_no_party_and_counts_what_was_settled(house, reports):
    line = house.ledgers.enter("dispute", DISPUTE)
    house.ledgers.enter("dispute", DISPUTE | {"found_on": D(2026, 9, 30)})
    report = reports.begin(Kind.DISPUTES, "2026-10")
    (row,) = house.view("reports.disputes")({"period": "2026-10"})
    assert (row["no"], row["parties"], row["outcome"]) == (1, "当事人A", "化解中")
    assert "李大山" not in str(row) and row["words"].endswith("矛盾纠纷1件，已化解0件。")
    house.ledgers.close(line.uid, {"settled_on": D(2026, 10, 12), "outcome": "和解"})
    (row,) = house.view("reports.disputes")({})
    assert row["outcome"] == "已化解"
    assert reports.draft(report.uid).figures["disputes_rate"].said == "100.0%"


def test_no_party_is_named_in_what_happened_either(house, reports):
    said = {
        "parties": "李大山（家长）、王二和钱三多",
        "what": "家长李大山与王二在校门口争执，钱三多报警，电话13800138000",
        "measures": "找王 二谈话",
    }
    house.ledgers.enter("dispute", DISPUTE | said)
    reports.begin(Kind.DISPUTES, "2026-10")
    (row,) = house.view("reports.disputes")({"period": "2026-10"})
    assert row["what"] == "家长某某与某某在校门口争执，某某报警，电话＊＊＊"
    assert row["measures"] == "找某某谈话"


def test_a_month_that_was_handed_in_is_reported_in_its_ledger_too(house, reports, clock):
    house.rules.switch("DISP-18", is_on=True, reason="镇里要")
    report = reports.zero(Kind.DISPUTES, "2026-10")
    (row,) = house.view("reports.disputes")({})
    assert row["what"] == "没有发现矛盾纠纷（零报告）" and row["due_said"] == "2026年10月17日"
    send(reports, report.uid, clock.at)
    (month,) = [one for one in house.ledgers.months.of("dispute", 2026) if one.key == "2026-10"]
    assert month.reported.lines == 0
    turn = house.dues.turn("DISP-18", "2026-10", D(2026, 10, 17))
    assert turn.standing.state is State.DONE


def test_a_self_check_counts_its_campaign_and_settles_what_it_asked_for(
    house, reports, found, clock
):
    campaign = house.campaigns.enter(
        name="百日行动", starts_on=D(2026, 9, 10), ends_on=D(2026, 11, 10)
    )
    phase = house.campaigns.add_phase(
        campaign.uid,
        name="排查",
        starts_on=D(2026, 10, 1),
        ends_on=D(2026, 10, 20),
        report="自查总结",
        report_on=D(2026, 10, 16),
        report_counts=True,
    )
    inside = found(D(2026, 10, 14))
    house.hazards.correct(inside.uid, campaign_uid=campaign.uid)
    found(D(2026, 10, 15), "不归这次行动")
    report = reports.begin(Kind.SELFCHECK, campaign.uid)
    figures = reports.draft(report.uid).figures
    assert [b.uid for b in figures["found"].behind] == [inside.uid]
    assert figures["rate"].said == "0.0%"
    rows = checklist_of(reports, campaign.uid)
    assert [row["number"] for row in rows] == [inside.number]
    send(reports, report.uid, clock.at)
    line = house.campaigns.line(campaign.uid)
    assert next(p for p in line.phases if p.uid == phase.uid).reported_on == clock.today()


def test_a_year_stands_beside_the_year_before_and_says_what_was_not_kept(house, reports, found):
    found(D(2025, 5, 6), "旧年的")
    found(D(2026, 3, 2))
    found(D(2026, 10, 14))
    report = reports.begin(Kind.YEARLY, "2026")
    rows = {row["key"]: row for row in house.view("reports.year_table")({})}
    hazards = rows["hazards"]
    assert (hazards["now"], hazards["then"], hazards["change"]) == ("2条", "1条", "增1")
    assert (rows["drills"]["now"], rows["drills"]["change"]) == ("未登记", "未登记")
    assert rows["guards"]["now"] == "未登记"
    house.profile.keep(2026, {"guards": 2, "is_closed": True, "is_guarded": False})
    assert reports.draft(report.uid).figures["guards"].said == "2人"
    assert "封闭化管理达标、专职保安没有达标" in reports.draft(report.uid).words()["managing"]


def test_a_week_is_told_again_whatever_its_report_said(house, reports, clock):
    report = reports.begin(Kind.WEEKLY, WEEK)
    send(reports, report.uid, clock.at)
    assert reports.to_amend() == []
    house.ledgers.enter("incident", INCIDENT)
    (line,) = reports.to_amend()
    assert line.amend.said == "报出去以后，又登记了1起突发事件"
    send(reports, report.uid, clock.at)
    assert reports.to_amend() == []


def test_a_report_of_nothing_with_a_reason_holds_until_something_more_comes(house, reports, clock):
    house.ledgers.enter("incident", INCIDENT)
    report = reports.zero(Kind.WEEKLY, WEEK, reason="已作快报")
    send(reports, report.uid, clock.at)
    assert reports.to_amend() == []
    house.ledgers.enter("incident", INCIDENT)
    (line,) = reports.to_amend()
    assert line.amend.more == 1


def test_a_month_reported_on_its_day_is_not_asked_for_again_as_it_goes_on(house, reports, clock):
    told = reports.begin(Kind.DISPUTES, "2026-10")
    send(reports, told.uid, clock.at)
    house.ledgers.enter("dispute", DISPUTE)
    assert reports.to_amend() == []


def test_a_file_of_a_week_is_due_with_the_weekly_report_as_the_school_has_it(house):
    period = house.handover.period(Span.WEEK)
    assert house.handover.due(Span.WEEK, period) == datetime(2026, 10, 16, 14, 30)
    assert house.handover.due(Span.MONTH, house.handover.period(Span.MONTH)) is None
    params = {"by_weekday": 4, "by_time": "16:00"}
    house.rules.change("WEEK-FRI", params=params, basis=None, reason="镇里改了")
    assert house.handover.due(Span.WEEK, period) == datetime(2026, 10, 15, 16, 0)
    assert due_words(house.reports) == "周报每周四16:00前"


def test_a_year_before_the_school_began_is_not_said_to_have_had_no_incident(house, reports):
    house.ledgers.enter("incident", INCIDENT)
    made = reports.draft(reports.begin(Kind.YEARLY, "2026").uid)
    rows = {row["key"]: row for row in house.view("reports.year_table")({})}
    for key in ("incidents", "hurt", "dead", "weeklies_due", "weeklies_owed"):
        assert rows[key]["then"] == "未登记", key
        assert rows[key]["now"] != "未登记", key
    assert made.figures["incidents"].said == "1起"
    early = reports.draft(reports.begin(Kind.WEEKLY, "2026-W40").uid)
    assert early.figures["incidents"].said == "0起", "kept since September, before the first line"
