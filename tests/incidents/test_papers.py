"""The papers of the hour: the phone sheet, the report with its receipts, what came later."""

from datetime import timedelta
from decimal import Decimal

import pypdfium2
import pytest

from app.core.sheets import read_book
from app.incidents.rules import Turn
from app.students import plan_students
from app.students.roll.rules import Turn as Leaving
from tests.incidents.conftest import KNOWN, SAID

PUPILS = (
    "姓名,班级,监护人,联系电话\n"
    "孙小满,二年级1班,孙大山,13800000001\n"
    "钱多多,二年级1班,钱大海,13800000002\n"
)
SENT = {"recipient": "镇教育办", "way": "传真", "signer": "李校长"}


def text_of(printed):
    with pypdfium2.PdfDocument(printed.data) as pdf:
        said = "".join(page.get_textpage().get_text_range() for page in pdf)
    return said.replace("\r", "").replace("\n", "")


@pytest.fixture
def names(house, tmp_path):
    """Two pupils as they are named; the letter against drowning came back from the first."""
    (tmp_path / "名册.csv").write_text(PUPILS, "utf-8")
    house.students.carry_out(plan_students(house.students, read_book(tmp_path / "名册.csv")))
    batch = house.letters.issue("防溺水")
    code = next(r.code for r in house.letters.receipts(batch.code) if r.name == "孙小满")
    house.letters.receive(batch.code, [code])
    return sorted(house.incident_desk.receipts.pupils(), key=lambda name: name[0] == "钱")


def test_a_drowning_puts_the_childs_receipt_behind_the_report(house, incidents, running, names):
    incidents.draft(running.uid, SAID | {"pupils": [names[0]]})
    printed = house.incident_desk.report(running.uid)
    said = text_of(printed)
    assert "孙小满（二年级1班）的家长信回执证明（附后）" in said
    assert "家长信回执证明" in said and "孙大山" in said
    assert "钱多多" not in said
    house.incident_desk.left(running.uid, "存为PDF")
    house.store.settle()
    assert "存为PDF：家长信回执证明" in [one.label for one in house.store.actions(20)]


def test_a_receipt_that_is_missing_is_said_and_stops_nothing(house, incidents, running, names):
    for pupils, word in (
        ([], "还没有填“涉及的学生”"),
        ([names[1]], "没有收回的记录，正在查纸质回执，随后补报"),
        (["外校学生"], "名册里没有找到这名学生"),
    ):
        incidents.draft(running.uid, SAID | {"pupils": pupils})
        known = incidents.hour(running.uid).known
        assert house.incident_desk.receipts.of(known).missing
        assert word[:9] in text_of(house.incident_desk.report(running.uid))
    incidents.reports.send(
        running.uid, kind=Turn.FIRST, sent_at=KNOWN + timedelta(minutes=2), **SENT
    )
    assert len(incidents.hour(running.uid).reports) == 1


def test_this_years_letter_that_is_not_back_is_said_beside_last_years(
    house, incidents, running, names, clock
):
    clock.at = clock.at.replace(year=2027)
    house.letters.issue("防溺水")
    incidents.draft(running.uid, SAID | {"pupils": [names[0]]})
    known = incidents.hour(running.uid).known
    (gap,) = house.incident_desk.receipts.of(known).missing
    assert "2027年11月20日发的没有收回的记录，以前的附后" in gap
    said = text_of(house.incident_desk.report(running.uid))
    assert "没有收回的记录" in said and "孙大山" in said


def test_a_child_who_has_left_the_school_is_found_too(house, incidents, running, names):
    uid = house.incident_desk.receipts.pupils()[names[0]]
    house.turns.leave([uid], Leaving.MOVED_OUT, on=KNOWN.date())
    incidents.draft(running.uid, SAID | {"pupils": ["孙小满"]})
    receipts = house.incident_desk.receipts.of(incidents.hour(running.uid).known)
    assert receipts.missing == () and len(receipts.sheets) == 1


def test_the_numbers_of_those_who_lead_and_help_stand_on_the_sheet(house, incidents, running):
    house.staff.enter(name="李校长", post="校长", is_leader=True, phone="0000-5550201")
    house.staff.enter(name="赵警官", kind="民警", phone="0000-5550202")
    house.staff.enter(name="王老师", post="教师", phone="0000-5550203")
    told = {one.number: (one.unit, one.name) for one in incidents.phones()}
    assert told["0000-5550201"] == ("校长", "李校长")
    assert told["0000-5550202"] == ("民警", "赵警官") and "0000-5550203" not in told
    assert "0000-5550202" in text_of(house.incident_desk.phone_sheet(running.uid))


def test_another_kind_asks_for_no_receipt(house, incidents, running, names):
    incidents.draft(running.uid, SAID | {"kind": "交通", "pupils": [names[0]]})
    said = text_of(house.incident_desk.report(running.uid))
    assert "回执" not in said and "孙小满" in said


def test_the_report_says_what_is_known_and_what_is_not(house, incidents, running, clock):
    incidents.calls.enter(running.uid, unit="镇教育办", called_at=clock.at, is_report=True)
    said = text_of(house.incident_desk.report(running.uid))
    for words in (
        "青石镇教育办公室：",
        "关于溺水事件的报告（初报）",
        "青石镇中心小学，发生时间2026年11月20日 15:40",
        "还不清楚，查清后续报。",
        "16:00由张老师电话报告镇教育办。",
        "本报告应在知悉后60分钟内报出。",
        "13900000001",
    ):
        assert words in said, words


def test_what_is_signed_never_stands_alone_on_a_page(house, incidents, running):
    for more in range(0, 400, 20):
        incidents.draft(running.uid, SAID | {"what": "经过" * (more // 2)})
        with pypdfium2.PdfDocument(house.incident_desk.report(running.uid).data) as pdf:
            last = pdf[len(pdf) - 1].get_textpage().get_text_range()
        head = last.split("青石镇中心小学\r\n2026年")[0]
        assert len(head.strip().splitlines()) >= 2, more


def test_a_late_report_says_so_and_a_later_one_tells_what_is_new(house, incidents, running, clock):
    clock.at = KNOWN + timedelta(minutes=90)
    first = incidents.reports.send(
        running.uid, kind=Turn.FIRST, sent_at=KNOWN + timedelta(minutes=75), **SENT
    )
    incidents.draft(running.uid, SAID | {"hurt": Decimal(1)})
    more = incidents.reports.send(
        running.uid, kind=Turn.FURTHER, sent_at=clock.at, body="学生已出院", **SENT
    )
    assert "实际超过15分钟" in text_of(house.incident_desk.report(running.uid, first))
    assert "轻伤1人" not in text_of(house.incident_desk.report(running.uid, first))
    said = text_of(house.incident_desk.report(running.uid, more))
    assert "（续报1）" in said and "学生已出院。" in said and "轻伤1人" in said
    assert "初报已于2026年11月20日 17:13报出。" in said


def test_the_phone_sheet_is_one_page_with_numbers_points_and_calls(house, incidents, running):
    incidents.draft(running.uid, SAID | {"what": SAID["what"] * 3, "measures": SAID["what"] * 3})
    ten = {"on": KNOWN.date(), "kind": "教育", "phone": "0000-5550101"}
    for number in range(30):
        house.ledgers.enter("phone_book", ten | {"unit": f"第{number}组"})
    printed = house.incident_desk.phone_sheet(running.uid)
    said = text_of(printed)
    assert printed.pages == 1
    for words in ("119", "0000-5550101", "村东水库", "还不清楚", "16:28 前", "16:58 前"):
        assert words in said, words


def test_after_the_clean_up_the_report_names_nobody(house, incidents, running, names):
    incidents.draft(running.uid, SAID | {"pupils": [names[0]]})
    incidents.close(running.uid, on=KNOWN.date(), result="平安")
    incidents.aftermath.clean_up(running.uid)
    said = text_of(house.incident_desk.report(running.uid))
    assert "孙小满" not in said and "已按规定清除" in said


def test_the_agenda_asks_for_the_report_and_for_the_clean_up(house, incidents, running, names):
    incidents.draft(running.uid, SAID | {"pupils": [names[0]]})
    (item,) = [one for one in house.agenda.items() if one.uid == running.uid]
    assert "书面报告还没有登记报出" in item.what and "12月20日前补报" in item.why
    incidents.close(running.uid, on=KNOWN.date(), result="平安")
    (item,) = [one for one in house.agenda.items() if one.uid == running.uid]
    assert "清除姓名等个人信息" in item.what and "孙小满" not in item.what + item.why
    incidents.aftermath.clean_up(running.uid)
    assert not [one for one in house.agenda.items() if one.uid == running.uid]
