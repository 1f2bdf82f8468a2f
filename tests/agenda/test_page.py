"""今日, 全年 and 规则 as a person uses them: seen, pressed, and true at once."""

from datetime import date, datetime

import pypdfium2
import pytest
from PySide6.QtGui import QColor

from app.agenda.boxes_pane import BoxRow
from app.agenda.page import AgendaPage
from app.agenda.rules import State
from app.agenda.rules_page import RulesPage
from app.agenda.wording import Box
from app.agenda.year_page import YearPage
from app.core.paper import print_paper
from app.core.roles import Role, Sitter
from app.handover import ReportKind
from app.ui import theme
from app.ui.papers import Papers
from app.ui.subpages import Subpage, Subpages
from tests.hearing import let_hear
from tests.ui.look import look_at

D = date
NOW = datetime(2026, 10, 14, 9, 0)


class Went(list):
    def __call__(self, room, uid=""):
        self.append((room, uid))


@pytest.fixture
def went():
    return Went()


@pytest.fixture
def day(user, house, clock, went):
    clock.at = NOW
    begins = {"drills": lambda: went("drills", "new"), "meetings": lambda: went("meetings", "new")}
    page = AgendaPage(
        house.agenda, go=went, starts=[], first_steps=tuple, facts=tuple, begins=begins,
        today=clock.today,
    )  # fmt: skip
    let_hear(house.store, page)
    return user.opens(page)


@pytest.fixture
def year(user, house, clock, went):
    clock.at = NOW
    page = YearPage(house.dues, papers=Papers(house.papers, house.context), go=went)
    let_hear(house.store, page)
    return user.opens(page)


@pytest.fixture
def rules(user, house, clock, went):
    clock.at = NOW
    page = RulesPage(house.rules, go=went)
    let_hear(house.store, page)
    return user.opens(page)


def boxes(page, name):
    rows = [row for row in page.findChildren(BoxRow) if row.accessibleName().startswith(name)]
    return {box.title: box for box in rows[0].boxes()}


def press_box(user, page, name, number):
    row = next(r for r in page.findChildren(BoxRow) if r.accessibleName().startswith(name))
    row.pressed.emit(number)
    user.settles()


def link_of(page, what):
    from PySide6.QtWidgets import QPushButton

    found = [b for b in page.findChildren(QPushButton) if b.accessibleName().endswith(f"：{what}")]
    return found[0]


def test_the_strip_fills_when_a_drill_is_entered_and_the_line_is_gone(user, house, day):
    strip = boxes(day, "每月应急疏散演练")
    assert len(strip) == 12
    assert [strip[m].state for m in ("8月", "9月", "10月", "12月")] == [
        State.EXCUSED,
        State.OWED,
        State.COMING,
        State.COMING,
    ]
    assert user.sees("应做4次，做了0次，欠1次") and user.sees("9月应急疏散演练没有记录")
    held = {"done_on": D(2026, 9, 11), "seconds": 104, "pupils_due": 2, "pupils_there": 2}
    house.drills.enter_held(held, kind="地震", scope="全校")
    user.settles()
    strip = boxes(day, "每月应急疏散演练")
    assert strip["9月"].state is State.DONE and strip["9月"].words[0] == "地震 9/11"
    assert not user.sees("9月应急疏散演练没有记录") and user.sees("应做4次，做了1次")


def test_the_large_letters_still_say_the_day_of_every_month(user, qtbot):
    user = type(user)(qtbot, size="特大")
    said = Box("10月", ("防踩踏 10/20", "10/20"), State.DONE, 9 / 12, 10 / 12, "10月")
    rows = [BoxRow([box], "演练", is_tall=True) for box in (said, said._replace(words=()))]
    for row in rows:
        user.opens(row, width=846, height=70)
    with_day, without = (row.grab().toImage() for row in rows)
    assert with_day != without, "the day is written"


def test_every_week_of_a_year_carries_its_mark_in_large_letters(user, qtbot):
    user = type(user)(qtbot, size="特大")
    ends = [(n / 52, (n + 1) / 52) for n in range(52)]
    weeks = [Box("", (), State.OWED, begin, end, "") for begin, end in ends]
    rows = [
        BoxRow(found, "周报") for found in (weeks, [w._replace(state=State.WAIVED) for w in weeks])
    ]
    for row in rows:
        user.opens(row, width=966, height=rows[0].height())
    marked, plain = (row.grab().toImage() for row in rows)
    ink = QColor(theme.TONES["late"][0]).rgb()

    def inked(image, room):
        spots = ((x, y) for x in range(room.left(), room.right()) for y in range(room.height()))
        return sum(image.pixel(x, y) == ink for x, y in spots)

    rooms = [rows[0].rect_of(n).toRect() for n in range(52)]
    assert all(inked(marked, room) > 3 for room in rooms)
    assert not any(inked(plain, room) for room in rooms)


def test_a_new_school_sees_what_comes_and_nothing_red(user, house, clock, day):
    house.settings.put({"store.created": "2026-10-14T09:00:00"})
    day.refresh()
    user.settles()
    assert user.sees("接下来") and user.sees("10月应急疏散演练")
    assert user.sees("没有逾期和快到期的事") and not user.sees("逾期1天")


def test_every_line_says_why_and_its_link_begins_what_settles_it(user, day, went):
    assert user.sees("每月至少一次，最迟9月30日 24:00 · 依据：《中小学幼儿园应急疏散演练指南》")
    link_of(day, "9月应急疏散演练没有记录").click()
    link_of(day, "9月安全研判会没有记录").click()
    link_of(day, "9月防火检查没有记录").click()
    assert went == [("drills", "new"), ("meetings", "new"), ("checks", "")]


def test_a_weekly_report_is_written_from_its_line_and_settled_when_it_went_out(
    user, house, clock, day, went
):
    clock.at = datetime(2026, 10, 16, 14, 20)
    for key in ("2026-W36", "2026-W37", "2026-W38", "2026-W39", "2026-W40", "2026-W41"):
        house.rules.waivers.waive("WEEK-FRI", key, reason="补课以前")
    day.refresh()
    user.settles()
    what = "10月12日—10月18日这一周安全稳定周报还没有报"
    assert user.sees("今天14:30前")
    link_of(day, what).click()
    assert went == [("reports", "report_weekly:2026-W42")]
    report = house.reports.zero(ReportKind.WEEKLY, "2026-W42")
    house.reports.send(report.uid, sent_at=clock.at, way="U盘", recipient="中心学校", by="张老师")
    user.settles()
    assert not user.sees(what) and user.sees("零报告 BS-2026-0001")
    turn = house.dues.turn("WEEK-FRI", "2026-W42", D(2026, 10, 16))
    assert turn.standing.state is State.DONE


def test_what_no_room_keeps_is_handed_in_from_its_line(user, house, clock, day):
    clock.at = datetime(2026, 10, 30, 9, 0)
    house.rules.switch("DISP-END", is_on=True, reason="镇里要")
    house.rules.waivers.waive("DISP-END", "2026-09", reason="那时还不要")
    day.refresh()
    user.settles()
    what = "10月矛盾纠纷月底通报还没有报"
    link_of(day, what).click()
    user.settles()
    user.fills("报了什么、办了什么", "收到通报")
    user.fills("经办人", "张老师")
    user.clicks("保存")
    assert not user.sees(what) and user.sees("收到通报")


def test_what_comes_and_what_was_settled_stand_below(user, house, clock, day):
    house.drills.enter_held({"done_on": D(2026, 10, 13)}, kind="火灾", scope="全校")
    house.drills.enter(kind="防踩踏", scope="全校", planned_on=D(2026, 11, 5))
    user.settles()
    assert user.sees("近7天 1件") and user.sees("火灾逃生与疏散（全校）")
    assert user.sees("11月应急疏散演练已安排在11月5日")


def test_a_principal_sees_what_is_due_and_is_offered_nothing_to_enter(user, house, day):
    house.store.sitter = Sitter("刘校长", Role.PRINCIPAL)
    day.refresh()
    user.settles()
    assert user.sees("9月应急疏散演练没有记录") and not user.sees_button("补记9月")
    assert not user.sees_button("记一次演练") and not user.sees_button("登记报送")


def test_a_box_of_the_year_says_what_was_done_and_when_it_was_entered(user, house, clock, year):
    house.drills.enter_held({"done_on": D(2026, 9, 11)}, kind="地震", scope="全校")
    user.settles()
    press_box(user, year, "应急疏散演练", 8)
    assert user.sees("2026年9月11日：地震避险与疏散（全校）")
    assert user.sees("2026年10月14日补录"), "the moment it was really entered"
    user.clicks("去看")
    assert year._go == [("drills", house.drills.all()[0].uid)]


def test_a_month_is_excused_from_its_box_and_asked_for_again(user, house, year):
    press_box(user, year, "应急疏散演练", 8)
    user.clicks("本期免做…")
    user.clicks("停课，本期免做")
    assert boxes(year, "应急疏散演练")["9月"].state is State.WAIVED
    press_box(user, year, "应急疏散演练", 8)
    assert user.sees("停课，本期免做")
    user.clicks("取消免做")
    assert boxes(year, "应急疏散演练")["9月"].state is State.OWED


def test_the_arrears_of_a_month_print_as_they_stand(house, clock, year):
    clock.at = NOW
    house.rules.waivers.waive("MEET-M", "2026-09", reason="与镇里合开")
    rows = year._of_month(D(2026, 9, 1))
    said = {row["title"]: row["state"] for row in rows}
    assert said["应急疏散演练"] == "欠" and said["安全研判会"] == "免做"
    assert rows[0]["state"] == "欠", "what is owed stands first"
    form = house.papers["arrears"]
    printed = print_paper(form, rows, house.context(form, "2026年9月"))
    with pypdfium2.PdfDocument(printed.data) as pdf:
        words = "".join(page.get_textpage().get_text_range() for page in pdf)
    assert "安全工作欠账清单" in words and "应急疏散演练" in words and "与镇里合开" in words


def test_the_arrears_are_written_into_a_spreadsheet(user, house, year, tmp_path):
    user.clicks("导出")
    user.chooses_file(tmp_path / "欠账.xlsx")
    from openpyxl import load_workbook

    rows = list(load_workbook(tmp_path / "欠账.xlsx").active.values)
    assert any("应急疏散演练" in map(str, row) for row in rows)


def test_a_rule_is_switched_off_with_a_reason_and_the_reason_stays(user, house, rules):
    user.fills("搜索：事项、依据、编号", "MEET-M")
    user.waits_for("MEET-M · 会议")
    user.clicks("关掉…")
    user.clicks("上级不要求")
    user.waits_for("：上级不要求")
    assert not house.rules.line("MEET-M").is_on
    user.clicks("打开…")
    user.clicks("上级来文要求")
    assert house.rules.line("MEET-M").is_on
    assert [one.reason for one in house.rules.history("MEET-M")] == ["上级来文要求", "上级不要求"]


def test_a_rule_is_changed_and_shows_what_the_base_says(user, house, rules):
    user.fills("搜索：事项、依据、编号", "DRILL-M")
    user.waits_for("DRILL-M · 演练")
    user.clicks("改…")
    user.fills("提前几天提醒", 15)
    user.clicks("保存")
    assert user.sees("“改的原因”没有填")
    user.fills("改的原因", "要提前准备")
    user.clicks("保存")
    assert house.rules.line("DRILL-M").rule.lead_days == 15
    assert user.sees("15（规则库是7）") and user.sees("要提前准备")


def test_facts_of_the_school_bring_rules_in(user, house, rules):
    assert not house.rules.line("THUNDER").fits
    user.clicks("学校情况…")
    user.clicks("有防雷装置")
    user.clicks("保存")
    assert house.rules.line("THUNDER").fits
    user.clicks("学校情况…")
    user.fills("从哪天开始算", D(2026, 10, 20))
    user.clicks("保存")
    assert user.sees("“从哪天开始算”不能晚于今天。")


def test_a_new_base_is_taken_over_after_it_was_said_what_is_in_it(user, house, rules, tmp_path):
    path = tmp_path / "县里.toml"
    rule = '[[rule]]\nid = "XIAN-1"\ntitle = "看消火栓"\nrhythm = "month"\nevidence = "check"\n'
    broken = '\n[[rule]]\nid = "XIAN-2"\ntitle = "看灯"\nrhythm = "often"\nevidence = "check"\n'
    path.write_text(f'field = "消防"\n{rule}basis = "县里"\n{broken}basis = "县里"\n', "utf-8")
    user.picks("规则库", "换规则库…")
    user.chooses_file(path)
    assert user.sees("有1条规则，新的1条") and user.sees("XIAN-2这一条的rhythm写了“often”")
    user.clicks("用这份")
    user.clicks("知道了")
    assert house.rules.line("XIAN-1").is_on
    assert "XIAN-1" in rules.shown_uids()


def test_a_restored_or_undone_record_counts_at_once(user, house, day):
    house.drills.enter_held({"done_on": D(2026, 9, 11)}, kind="地震", scope="全校")
    user.settles()
    assert not user.sees("9月应急疏散演练没有记录")
    house.store.undo()
    user.settles()
    assert user.sees("9月应急疏散演练没有记录")


def test_the_three_pages_are_whole_in_every_size(user, house, clock, went):
    clock.at = NOW
    house.drills.enter_held({"done_on": D(2026, 9, 11)}, kind="地震", scope="全校")
    papers = Papers(house.papers, house.context)
    pages = Subpages(
        [
            Subpage("今日", "agenda", lambda: AgendaPage(
                house.agenda, go=went, starts=[], first_steps=tuple, facts=tuple,
                today=clock.today,
            )),
            Subpage("全年", "year", lambda: YearPage(house.dues, papers=papers, go=went)),
            Subpage("规则", "rules", lambda: RulesPage(house.rules, go=went)),
        ]
    )  # fmt: skip
    user.opens(pages)
    for room in ("agenda", "year", "rules"):
        pages.page(room)
        assert look_at(pages, f"agenda_{room}", sizes=("小", "特大")) == []


def test_the_box_of_a_month_begins_the_drill_that_settles_it(user, day, went):
    press_box(user, day, "每月应急疏散演练", 8)
    user.clicks("记一次演练")
    assert went == [("drills", "new")]
