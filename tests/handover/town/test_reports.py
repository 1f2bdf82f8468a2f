"""Reports accepted and returned by the town, and how the school sees it; the counts of events."""

import json
from datetime import date

import pytest

from app.core.errors import UserError
from app.handover.answers.page import AnswerPage
from app.handover.answers.records import LINES
from app.handover.answers.rules import Verdict
from app.handover.package import pack
from app.handover.parts import ANSWER, Letterhead, Period, Sender, Table
from app.handover.reports.page import ReportPage
from app.handover.town.events_page import TownEventPage
from app.handover.town.reports_page import TownReportPage
from app.ui.papers import Papers
from tests.handover.town.conftest import NOW, TODAY
from tests.handover.town.test_both_ends import answer, give_key, hand_in


def test_the_town_returns_a_report_by_keys_and_the_school_sees_why(
    school,
    town,
    tmp_path,
    user,
):
    hand_in(school, town, tmp_path)
    give_key(school, town, tmp_path)
    page = user.opens(TownReportPage(town.town, town.verdicts))
    town.store.on_change(page.hear)
    rows = user.reads_table()
    assert len(rows) == 2 and rows[0][0] == "云栖镇石桥小学" and "周报" in rows[0][1]
    user.picks_row(0)
    user.presses("F7")
    user.clicks("数字和台账对不上，请核对后再报。")
    assert user.reads_table()[0][4] == "退回"
    user.picks_row(1)
    user.presses("F6")
    assert user.reads_table()[1][4] == "已收"

    school.answers.take(answer(town, tmp_path))
    returned = next(one for one in school.answers.lines() if one.verdict == "退回")
    (item,) = [one for one in school.agenda.items() if one.what.startswith("镇里退回")]
    assert (item.room, item.uid) == ("reports", returned.row_uid)
    went = []
    user.opens(AnswerPage(school.answers, go=lambda *where: went.append(where)))
    user.picks_row(0)
    user.clicks("看这份报告")
    assert went == [("reports", returned.row_uid)]
    own = user.opens(
        ReportPage(
            school.reports,
            papers=Papers(school.papers, school.context),
            go=lambda *_: None,
            answered=school.answers.told,
        )
    )
    own.choose(returned.row_uid)
    user.settles()
    assert user.sees("镇里退回：数字和台账对不上")


@pytest.fixture
def odd(school, town, tmp_path):
    """Return what packs an answer of our own town with these columns and lines."""
    hand_in(school, town, tmp_path)
    give_key(school, town, tmp_path)

    def make(columns, line):
        own = town.town_keys.own()
        head = Letterhead(
            Period(TODAY, TODAY), seq=1, revision=1, made_at=NOW, format=ANSWER, readme="x",
            more={"to": {"code": "YQ0002", "name": "云栖镇石桥小学"}},
        )  # fmt: skip
        tables = [
            Table("received", "镇里收到的文件", at_town_received(), []),
            Table("lines", "镇里的意见", columns, [line]),
        ]
        sender = Sender(own.code, own.name, "镇级汇总")
        path = tmp_path / "odd.zip"
        path.write_bytes(pack(sender, tables, head, key=town.town_keys.signs_with()))
        return path

    return make


def at_town_received():
    from app.handover.answers.records import RECEIVED

    return RECEIVED


LINE = {
    "uid": "019dffff-0000-7000-8000-000000000001", "rev": 1, "void": False, "kind": "reports",
    "row": "019dffff-0000-7000-8000-000000000002", "title": "周报", "verdict": "退回",
    "words": "重写", "due_on": None, "made_on": TODAY, "made_by": "李主任",
}  # fmt: skip


@pytest.mark.parametrize("left_out", ["kind", "verdict", "words", "made_on"])
def test_an_answer_that_lacks_a_column_ends_in_a_sentence(odd, school, left_out):
    columns = tuple(one for one in LINES if one.name != left_out)
    line = {key: value for key, value in LINE.items() if key != left_out}
    with pytest.raises(UserError, match="不能用"):
        school.answers.take(odd(columns, line))
    assert school.answers.lines() == []


def test_a_column_of_a_newer_town_does_no_harm(odd, school, user):
    more = (*LINES, type(LINES[0])("score", "评分"))
    school.answers.take(odd(more, LINE | {"score": "乙", "kind": "exams"}))
    user.opens(AnswerPage(school.answers, go=lambda *_: None))
    assert user.reads_table()[0][0] == "退回"
    user.picks_row(0)
    assert user.sees("重写")
    assert [one.room for one in school.agenda.items() if "重写" in one.what] == ["handover"]


def test_a_verdict_of_a_newer_town_is_taken_in_its_own_word_and_said(odd, school, user):
    user.opens(page := AnswerPage(school.answers, go=lambda *_: None))
    page.take_file(odd(LINES, LINE | {"verdict": "约谈", "words": "请校长来", "due_on": TODAY}))
    assert user.sees("“约谈”是镇里新版软件的说法")
    user.clicks("知道了")
    assert user.reads_table()[0][0] == "约谈"
    assert [x.verdict for x in school.answers.demands()] == ["约谈"]
    assert [one.what for one in school.agenda.items() if "请校长来" in one.what]
    for verdict in (" ", "谈\u202e", "一二三四五六七八九"):
        with pytest.raises(UserError, match="看不懂"):
            school.answers.take(odd(LINES, LINE | {"verdict": verdict}))


def test_the_counts_of_incidents_and_disputes_are_shown_by_school_and_month(
    town, three, user, monkeypatch
):
    town.town.take([three])
    from app.handover.town import register

    first = town.town.roster.all()[0]

    def counted(session):
        from app.handover.town.events import Events

        one = Events(
            {"突发事件": {"溺水": 2, "合计": 2}}, {"突发事件": {"2026-04": 1, "2026-03": 1}}
        )
        return {first.id: one}

    monkeypatch.setattr(register, "events", counted)
    user.opens(TownEventPage(town.town))
    rows = user.reads_table()
    assert rows[0][:5] == [first.name, "2", "未登记", "1 / —", "1 / —"]
    assert rows[1][1] == "未登记"
    user.picks_row(0)
    assert user.sees("溺水") and user.sees("2026年4月")


def test_counts_are_read_from_the_rows_the_files_brought(town, three, user):
    from sqlalchemy import insert

    from app.core.store import write_in_bulk
    from app.handover.town.merging import TownRow

    town.town.take([three])
    assert all(one.total("突发事件") is None for one in town.town.events().values())
    school_id = town.town.roster.all()[0].id
    bodies = [
        ("incidents", {"category": "溺水", "number": 2}),
        ("incidents", {"category": "合计", "number": 2}),
        ("months", {"ledger": "突发事件", "month": "2026-04", "number": 2}),
    ]
    with town.store.change("x", undoable=False) as session:
        write_in_bulk(session, insert(TownRow), [
            {"school_id": school_id, "kind": kind, "uid": f"={n}", "rev": 1, "file_id": 0,
             "is_void": False, "is_open": False, "is_indexed": True, "body": json.dumps(body)}
            for n, (kind, body) in enumerate(bodies)
        ])  # fmt: skip
    told = town.town.events()[town.town.roster.all()[0].uid]
    assert told.total("突发事件") == 2 and told.of("突发事件", "2026-04") == 2
    assert told.days == (date(2025, 8, 1), date(2026, 7, 31)), "those of its newest file"
    user.opens(TownEventPage(town.town))
    user.picks_row(0)
    assert user.sees("突发事件的件数，2025年8月1日到2026年7月31日")


def test_what_is_said_to_many_hazards_at_once_is_one_undo(town, three, user):
    from app.handover.town.hazards_page import TownHazardPage

    town.town.take([three])
    papers = Papers(town.papers, town.context)
    page = user.opens(TownHazardPage(town.town, town.verdicts, papers=papers))
    page.table.selectAll()
    page.judge(Verdict.RECEIVED)
    assert len(town.verdicts.all()) == len(user.reads_table()) > 1
    town.store.undo()
    assert town.verdicts.all() == {}
