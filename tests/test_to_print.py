"""What 今日 says is still to be printed, and that one press from there prints it."""

from datetime import timedelta

import pypdfium2
from PySide6.QtWidgets import QPushButton

from app.core.roles import Role, Sitter
from app.handover import ReportKind
from app.handover.reports.rules import week_of
from app.letters import To
from app.print_rooms import to_print
from tests.test_shell import furnished, paths, sits_down

__all__ = ["furnished", "paths", "sits_down"]


def presses(shell, name):
    """Press the link a screen reader reads so."""
    (link,) = [
        one
        for one in shell.findChildren(QPushButton)
        if one.isVisible() and one.accessibleName().startswith(name)
    ]
    link.click()


def saves(user, path):
    user.waits_for("存为PDF")
    user.clicks("存为PDF")
    user.chooses_file(path)
    user.clicks("关闭")
    user.settles()
    with pypdfium2.PdfDocument(path) as pdf:
        return "".join(page.get_textpage().get_text_range() for page in pdf)


def test_a_notice_waits_beside_the_day_until_it_is_printed(user, sits_down, tmp_path):
    shell = sits_down()
    house, today = shell.house, shell.house.today()
    open_one = house.hazards.late(today)[0]
    house.hazards.notices.issue(
        [open_one.uid],
        person="王建国",
        requirement="今天放学以前拉上警戒带，换掉松动的地砖。",
        due_on=today + timedelta(days=3),
        signer="样例老师",
    )
    user.settles()
    assert user.sees("该打印的") and user.sees("隐患整改通知书 1份") and user.sees("给王建国签收")

    presses(shell, "打印：隐患整改通知书")
    assert "王建国" in saves(user, tmp_path / "通知书.pdf")
    assert not user.sees("隐患整改通知书 1份")


def test_letters_and_the_roster_of_the_month_are_gone_once_printed(user, sits_down, tmp_path):
    shell = sits_down()
    shell.house.letters.issue("消防", To({"grade": "六年级"}))
    user.settles()
    waiting = [fact.what for fact in to_print(shell)]
    (letter,) = [what for what in waiting if "一封信" in what]
    (roster,) = [what for what in waiting if what == f"{shell.house.today().month}月值班表 1份"]

    presses(shell, f"打印：{letter}")
    assert "用电用火" in saves(user, tmp_path / "信.pdf")
    user.clicks("值班排班")
    user.clicks("打印")
    user.clicks("值班表（A4）")
    saves(user, tmp_path / "值班表.pdf")
    user.clicks("今日")

    left = [fact.what for fact in to_print(shell)]
    assert letter not in left and roster not in left


def test_what_the_town_waits_for_stands_beside_the_day(user, sits_down):
    shell = sits_down()
    assert user.sees("答应镇里的")
    day = shell.house.agenda.day()
    waiting = [item.what for item in (*day.items, *day.ahead) if item.is_for_town]
    assert any("周报" in what for what in waiting)
    assert user.sees(waiting[0])


def test_nobody_is_offered_papers_they_may_not_print(sits_down):
    shell = sits_down()
    shell.house.store.sitter = Sitter("值班的人", Role.DUTY)
    assert to_print(shell) == []


def test_a_report_that_is_written_waits_for_its_paper(user, sits_down, tmp_path):
    shell = sits_down()
    house = shell.house
    before = [fact.what for fact in to_print(shell)]
    written = {line.report.period for line in house.reports.lines()}
    weeks = (week_of(house.today() - timedelta(weeks=n)).key for n in range(52))
    house.reports.begin(ReportKind.WEEKLY, next(week for week in weeks if week not in written))
    user.settles()
    new = [fact.what for fact in to_print(shell) if fact.what not in before]
    assert new == ["周报 1份"]

    presses(shell, "打印：周报 1份")
    assert "周报" in saves(user, tmp_path / "周报.pdf")
    assert "周报 1份" not in [fact.what for fact in to_print(shell)]
