from datetime import date

import pytest

from app.core.errors import UserError
from app.hazards.notices.rules import Reply
from tests.hazards.conftest import TODAY


@pytest.fixture
def issue(hazards, report):
    def issue(*uids, **said):
        usual = {"person": "王建国", "requirement": "三日内加固", "due_on": date(2026, 4, 4)}
        return hazards.notices.issue(
            uids or [report().uid], **(usual | {"signer": "刘玉兰"} | said)
        )

    return issue


def test_notices_are_numbered_with_three_digits(issue):
    assert [issue().number, issue().number] == ["ZG-2026-001", "ZG-2026-002"]


def test_a_notice_names_its_hazards_and_follows_its_reply(hazards, report, issue):
    one, two = report(), report(place="操场", what="单杠松动", grade="重大")
    notice = issue(one.uid, two.uid, department="总务处")
    view = hazards.notices.views["notice"]
    (row,) = view({})
    assert [p["number"] for p in row["problems"]] == ["YH-2026-0001", "YH-2026-0002"]
    assert (row["addressee"], row["count"], row["status"]) == ("总务处王建国", 2, "已发")

    hazards.notices.receive(notice.uid, by="王建国", on=TODAY)
    assert view({"status": "已签收", "owner": "王建国"})
    replies = {one.uid: Reply("已加固", TODAY), two.uid: Reply("单杠已拆")}
    hazards.notices.answer(notice.uid, replies, on=TODAY)
    (row,) = view({"status": "已回执", "grade": "重大", "year": "2026"})
    assert row["reply"] == "YH-2026-0001：已加固\nYH-2026-0002：单杠已拆"
    assert (row["received_by"], row["finished_on"]) == ("王建国", None)
    assert [n.number for n in hazards.notices.about(two.uid)] == ["ZG-2026-001"]


def test_a_hazard_nobody_has_issued_a_notice_for_prints_one_to_be_completed_by_pen(
    hazards, report, issue
):
    told, untold = report(), report(place="操场", what="单杠松动", grade="重大", owner="李敏")
    issue(told.uid)
    view = hazards.notices.views["notice"]
    assert [row["number"] for row in view({"number": told.number})] == ["ZG-2026-001"]
    for where in ({"number": untold.number.lower()}, {"grade": "重大"}, {"owner": "李敏"}):
        (row,) = view(where)
        assert row["problems"] == [{"number": untold.number, "place": "操场", "what": "单杠松动"}]
        assert (row["number"], row["signer"], row["issued_on"]) == (None, None, None)
        assert (row["addressee"], row["due_on"]) == ("李敏", untold.due_on)
    assert view({"number": "YH-2026-0099"}) == []
    assert [row["number"] for row in view({})] == ["ZG-2026-001"]


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ({"person": ""}, "“责任人”没有填"),
        ({"requirement": "", "signer": ""}, "“整改要求”没有填；“签发人”没有填"),
        ({"due_on": date(2026, 3, 31)}, "“整改期限”已经过去了"),
    ],
)
def test_a_notice_that_says_too_little_is_refused(issue, said, why):
    with pytest.raises(UserError, match=why):
        issue(**said)


def test_a_notice_without_a_hazard_is_refused(hazards):
    with pytest.raises(UserError, match="一条隐患也没有"):
        hazards.notices.issue(
            [], person="王建国", requirement="加固", due_on=date(2026, 4, 4), signer="刘玉兰"
        )


@pytest.mark.parametrize(("day", "why"), [(2, "不能晚于今天"), (-1, "早于签发日期")])
def test_nobody_signs_on_a_day_that_cannot_be(hazards, issue, day, why):
    uid = issue().uid
    with pytest.raises(UserError, match=why):
        hazards.notices.receive(uid, by="王建国", on=date.fromordinal(TODAY.toordinal() + day))


def test_printing_a_notice_is_written_down(store, hazards, issue):
    uid = issue().uid
    hazards.notices.printed(uid)
    store.settle()
    with store.read() as session:
        from sqlalchemy import select

        from app.core.store import Action

        assert "打印整改通知书" in session.scalars(select(Action.label)).all()


def test_a_notice_is_signed_for_once_and_taken_back_with_a_reason(hazards, issue):
    notice = issue()
    hazards.notices.receive(notice.uid, by="王建国", on=TODAY)
    with pytest.raises(UserError, match="已经由王建国在"):
        hazards.notices.receive(notice.uid, by="李敏", on=TODAY)
    with pytest.raises(UserError, match="作废要选一个原因"):
        hazards.notices.void(notice.uid, " ")
    assert hazards.notices.get(notice.uid).received_by == "王建国"
