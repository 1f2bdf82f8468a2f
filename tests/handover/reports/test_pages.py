from datetime import date, datetime

import pypdfium2
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QTabBar

from app.core.paper import print_paper, write_document
from app.core.roles import Role, Sitter
from app.handover.reports.page import ReportPage
from app.handover.reports.profile_page import ProfilePage
from app.handover.reports.views import rows_of
from app.handover.reports.wall import tally, wall_of
from app.handover.reports.wall_page import WallPage
from app.handover.reports.words import Kind, Standing
from app.ui import theme
from app.ui.papers import Papers
from tests.core.paper.test_document import paragraphs
from tests.handover.reports.test_register import INCIDENT, WEEK, send
from tests.hearing import let_hear
from tests.ui.look import look_at

D = date


def text_of(data):
    with pypdfium2.PdfDocument(data) as pdf:
        return "".join(page.get_textpage().get_text_range() for page in pdf)


@pytest.fixture
def went():
    return []


@pytest.fixture
def page(user, house, went):
    house.staff.enter(name="张老师", post="安全员")
    house.staff.enter(name="刘校长", post="校长", is_leader=True)
    made = ReportPage(
        house.reports,
        papers=Papers(house.papers, house.context),
        go=lambda room, uid: went.append((room, uid)),
        basis=lambda rule: house.rules.line(rule).rule.basis,
        people=house.staff.names,
    )
    let_hear(house.store, made)
    user.opens(made)
    return made


def test_a_teacher_writes_the_weekly_report_and_hands_it_in(user, page, house, found):
    found(D(2026, 10, 14))
    user.clicks("写周报")
    assert user.sees("本周工作")
    user.fills("报告人", "张老师")
    user.fills("审签人", "刘校长")
    user.clicks("保存")
    assert user.reads_table()[0][0] == "在写"
    assert user.sees("每周五14:30前") and user.sees("新增隐患")
    user.clicks("登记报送")
    user.fills("报送方式", "U盘")
    user.clicks("登记报送")
    (line,) = house.reports.lines()
    assert line.standing is Standing.SENT and line.first.by == "张老师"
    assert user.reads_table()[0][0] == "已报"


def test_a_number_lists_its_records_and_leads_to_each(user, page, house, found, went):
    one, two = found(D(2026, 10, 14)), found(D(2026, 10, 15), "栏杆松动")
    page.start(Kind.WEEKLY, WEEK)
    user.clicks("取消")
    user.clicks("2条")
    assert user.sees("操场：篮板松动 YH-2026-0001") and user.sees("2026年10月15日")
    user.clicks("去看")
    assert went and went[0] in {("hazards", one.uid), ("hazards", two.uid)}


def test_nothing_happened_is_one_press_and_an_incident_is_asked_about(user, page, house):
    user.clicks("本周零报告")
    (line,) = house.reports.lines()
    assert line.report.is_zero and not user.sees_dialogs()
    house.reports.void(line.report.uid, "登记错了")
    house.ledgers.enter("incident", INCIDENT)
    page.refresh()
    user.clicks("本周零报告")
    assert user.sees("登记了1起突发事件")
    user.clicks("按零报告报")
    assert house.reports.lines() == [], "without a reason nothing is reported"
    user.fills("为什么还按零报告报", "已作快报")
    user.clicks("按零报告报")
    assert house.reports.lines()[0].report.zero_reason == "已作快报"


def test_a_paragraph_changed_by_hand_says_what_changed_and_can_be_taken_back(
    user, page, house, found
):
    found(D(2026, 10, 14))
    page.start(Kind.WEEKLY, WEEK)
    user.fills("本周工作", "本周新增隐患1条。")
    user.clicks("保存")
    assert user.sees("本周工作（改过）") and not user.sees("数字变了")
    found(D(2026, 10, 15), "栏杆松动")
    user.settles()
    assert user.sees("新增隐患由1条变成2条")
    user.clicks("用自动的")
    assert not user.sees("本周工作（改过）") and user.sees("新增隐患2条")


def test_a_principal_reads_and_prints_and_writes_nothing(user, page, house):
    house.reports.begin(Kind.WEEKLY, WEEK)
    house.store.sitter = Sitter("刘校长", Role.PRINCIPAL)
    principal = ReportPage(
        house.reports, papers=Papers(house.papers, house.context), go=lambda room, uid: None
    )
    user.opens(principal)
    assert user.sees_button("打印") and user.sees_button("存为Word")
    for word in ("写周报", "本周零报告", "改文字", "登记报送", "作废"):
        assert not user.sees_button(word)


def test_the_wall_shows_what_went_out_late_as_nothing_and_what_is_owed(house, reports, clock):
    for key, at, zero in (
        ("2026-W40", datetime(2026, 10, 2, 14, 0), False),
        ("2026-W41", datetime(2026, 10, 9, 14, 31), False),
        ("2026-W42", datetime(2026, 10, 16, 14, 0), True),
    ):
        report = reports.zero(Kind.WEEKLY, key) if zero else reports.begin(Kind.WEEKLY, key)
        send(reports, report.uid, at, reason="补录")
    cells = {cell.key: cell for cell in wall_of(reports, 2026)}
    told = [str(cells[f"weekly:2026-W{n}"].standing) for n in (39, 40, 41, 42, 43)]
    assert told == ["欠", "已报", "迟报", "零报告", "未到"]
    assert "10月9日 14:31" in cells["weekly:2026-W41"].tip.replace("2026年", "")
    assert "迟1分钟" in cells["weekly:2026-W41"].tip
    assert cells["disputes:2026-10"].standing is Standing.FREE, "nobody asks for it here"
    assert "迟报1份" in tally(list(cells.values()))
    house.rules.switch("DISP-18", is_on=True, reason="镇里要")
    cells = {cell.key: cell for cell in wall_of(reports, 2026)}
    assert cells["disputes:2026-09"].standing is Standing.OWED


def test_a_box_of_the_wall_opens_its_report_by_mouse_and_by_keys(user, qtbot, house, went):
    page = WallPage(house.reports, go=lambda room, uid: went.append((room, uid)))
    user.opens(page)
    wall = page._wall
    number = next(n for n, one in enumerate(wall.cells()) if one.key == "weekly:2026-W41")
    qtbot.mouseClick(wall, Qt.MouseButton.LeftButton, pos=wall.rect_of(number).center().toPoint())
    assert went == [("reports", "weekly:2026-W41")]
    wall.setFocus()
    for key in (Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Left, Qt.Key.Key_Return):
        qtbot.keyClick(wall, key)
    assert went[1:] == [("reports", "weekly:2026-W42"), ("reports", "weekly:2026-W38")]


def test_the_page_hears_of_an_incident_in_its_ledger(user, page, house):
    page.start(Kind.WEEKLY, WEEK)
    user.clicks("取消")
    assert user.sees("突发事件未登记")
    house.ledgers.enter("incident", INCIDENT)
    user.settles()
    assert user.sees("突发事件1起")


def test_a_box_nobody_wrote_begins_its_report(user, page, house):
    page.choose("weekly:2026-W41")
    assert user.sees("本周工作")
    assert house.reports.of(Kind.WEEKLY, "2026-W41") is not None
    user.clicks("取消")
    page.choose("weekly:2026-W43")
    assert user.sees("还没有到")


def test_the_school_says_what_it_is_and_the_year_before_is_offered_again(user, house, clock):
    house.profile.keep(2025, {"guards": 2, "warnings": 9, "is_closed": True})
    page = ProfilePage(house.profile, today=clock.today)
    let_hear(house.store, page)
    user.opens(page)
    user.clicks("填本学年")
    user.clicks("照上一学年填")
    user.fills("内保人员", "3")
    user.clicks("保存")
    assert house.profile.of(2026).facts == {"guards": 2, "is_closed": True, "inner_guards": 3}
    user.clicks("修改")
    user.fills("专职保安", "2.5")
    user.clicks("保存")
    assert user.sees("要填整数")


@pytest.mark.parametrize("kind", list(Kind))
def test_every_report_prints_and_reads_back_as_word(house, reports, found, kind):
    found(D(2026, 10, 14))
    campaign = house.campaigns.enter(
        name="百日行动", starts_on=D(2026, 9, 10), ends_on=D(2026, 11, 10)
    )
    house.students.family_names = lambda: {"李小明"}
    period = {
        Kind.WEEKLY: WEEK,
        Kind.DISPUTES: "2026-10",
        Kind.SELFCHECK: campaign.uid,
        Kind.YEARLY: "2026",
    }[kind]
    report = reports.begin(kind, period)
    first = reports.draft(report.uid).texts[0].key
    reports.write(report.uid, texts={first: "李小明的家长电话13800000001。"}, reporter="张老师")
    form, rows = rows_of(reports, house.papers, reports.draft(report.uid))
    context = house.context(form)
    printed = text_of(print_paper(form, rows, context).data)
    written = "\n".join(paragraphs(write_document(form, rows, context)))
    for text in (printed, written):
        assert "李小明" not in text and "13800000001" not in text, "no pupil, no telephone"
        assert "某某的家长电话" in text.replace("\n", "").replace("\r", "")


def test_the_pages_look_right_in_every_size(user, page, house, reports, found, clock):
    found(D(2026, 10, 14))
    send(reports, reports.begin(Kind.WEEKLY, WEEK).uid, clock.at)
    found(D(2026, 10, 15), "栏杆松动", "重大")
    page.refresh()
    faults = look_at(page, "reports")
    wall = WallPage(reports, go=lambda room, uid: None)
    user.opens(wall)
    assert faults + look_at(wall, "reports_wall") == []


def test_every_box_says_how_it_stands_however_large_the_letters(user, house, reports, clock):
    clock.at = datetime(2026, 10, 18, 9, 0)
    for key, at in (("2026-W40", 2), ("2026-W41", 10)):
        report = reports.begin(Kind.WEEKLY, key)
        send(reports, report.uid, datetime(2026, 10, at, 14, 0), reason="补录")
    page = WallPage(reports, go=lambda room, uid: None)
    page.resize(1350, 600)
    user.opens(page)
    said = {}
    for size in ("中", "特大"):
        theme.apply(QApplication.instance(), size)
        user.settles()
        wall = page._wall
        said[size] = {one.key: wall.word_of(one) for one in wall.cells()}
    theme.apply(QApplication.instance(), "中")
    keys = [f"weekly:2026-W{number}" for number in (36, 40, 41, 42)]
    assert [said["中"][key] for key in keys] == ["9/4 欠", "10/2 已报", "10/9 迟报", "10/16 欠"]
    assert [said["特大"][key][-2:] for key in keys] == [" 欠", "已报", "迟报", " 欠"]
    assert len({word.count("/") for word in map(said["特大"].get, keys)}) == 1, "all alike"


def test_the_tabs_beside_the_school_years_are_never_cut(user, house, clock):
    house.profile.keep(2026, {"guards": 2, "goal": "全年平安"})
    theme.apply(QApplication.instance(), "特大")
    page = ProfilePage(house.profile, today=clock.today)
    page.resize(1350, 560)
    user.opens(page)
    (bar,) = (one for one in page.findChildren(QTabBar) if one.isVisible())
    assert bar.tabRect(bar.count() - 1).right() <= bar.width()
    assert user.sees("保安") and user.sees("全年平安")
    theme.apply(QApplication.instance(), "中")


def test_an_incident_after_the_report_of_nothing_is_seen_and_told_again(user, page, house, clock):
    page.zero_weekly()
    send(house.reports, house.reports.of(Kind.WEEKLY, WEEK).uid, clock.at)
    assert user.reads_table()[0][0] == "零报告"
    house.ledgers.enter("incident", INCIDENT)
    user.settles()
    assert user.reads_table()[0][0] == "要更正"
    assert user.sees("按零报告报了以后，又登记了1起突发事件")
    (cell,) = [one for one in wall_of(house.reports, 2026) if one.key == f"weekly:{WEEK}"]
    assert cell.standing is Standing.AMEND and "又登记了1起" in cell.tip
    assert "要更正1份" in tally([cell]) and "按时1份" in tally([cell])
    (item,) = [one for one in house.agenda.items() if one.link == "去更正"]
    assert item.what == "周报要更正：按零报告报了以后，又登记了1起突发事件"
    assert item.room == "reports"
    page.choose(item.uid)
    user.clicks("写更正")
    assert user.sees("突发事件1起")
    user.clicks("保存")
    user.clicks("登记更正")
    user.clicks("登记更正")
    assert user.reads_table()[0][0] == "已报"
    assert [one.link for one in house.agenda.items() if one.link == "去更正"] == []
    assert [one.is_zero for one in house.reports.sendings(item.uid)] == [True, False]
    (told,) = house.reports.views["town"]({})
    assert told["is_zero"] is False, "the town hears of the incident"
