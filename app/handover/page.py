"""The 报送 page: make the data file for the town, read one back, see what was handed over."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtWidgets import QPushButton, QWidget

from app.core.errors import UserError
from app.core.listing import SheetColumn
from app.core.roles import Right
from app.core.values import show
from app.handover.cases import CaseDesk
from app.handover.reading import Report
from app.handover.records import SentFile
from app.handover.register import HandoverRegister, verify
from app.handover.views import period_said, slip_row
from app.ui import theme as t
from app.ui.details import Details, Part, facts
from app.ui.errors import show_error
from app.ui.exporting import add_export
from app.ui.files import choose_file
from app.ui.marks import Shape
from app.ui.pages import Chip, Column, Empty, LedgerPage, Row
from app.ui.papers import Papers
from app.ui.widgets import button, hbox, icon_label, label, vbox

_KINDS = "数据文件 (*.zip *.age)"
_OPEN, _LATE = "没登记交接", "迟报"


class HandoverPage(LedgerPage):
    """Lists the data files made so far, the newest first; beside it what one holds.

    ``go`` opens the room where something missing is put right.
    """

    title = "数据文件"
    hint = "搜索：文件名、接收人"
    topics = frozenset({"sent_file"})
    help_text = (
        "“生成数据文件”先看一遍还缺什么，再写到U盘、读回来比较，然后打印交接单，双方签字。"
        "里面有学校概况、隐患清单、检查、演练、会议、教育、假期值班和各类人数，"
        "带学校的电子签名，没有学生和家长的资料。\n"
        "“核对一份文件”把它读一遍，看是不是学校签过名的原样。\n"
        "“事件包”是上级依法要名单时才做的：一栏一栏选，密封给镇里，每一份都记下给了谁、为什么。\n"
        "第一次报送时，请打电话和镇里核对右边那十六个字符。"
    )

    def __init__(
        self,
        register: HandoverRegister,
        *,
        papers: Papers,
        go: Callable[[str], object],
        cases: CaseDesk | None = None,
    ) -> None:
        self._cases = cases
        self._register, self._papers, self._go = register, papers, go
        self._report: tuple[str | None, str, Report] | None = None
        self._may = register.store.sitter.may(Right.EXPORT)
        super().__init__(
            memory=register.store,
            columns=(
                Column("份数", 3, "note"),
                Column("起止日期", 12),
                Column("生成时间", 8.5),
                Column("生成人", 6, spare=True),
                Column("文件名", 0, spare=True),
                Column("行数", 3, "note", spare=True),
                Column("交接", 8, "status"),
            ),
            chips=(Chip(_OPEN, _OPEN, "soon", "soon"), Chip(_LATE, _LATE, "late", "late")),
            empty=Empty(
                "还没有生成过数据文件。文件里只有汇总和清单，没有学生和家长的资料。",
                "生成数据文件" if self._may else "",
                self.export,
            ),
        )
        if self._may:
            self.add_action("生成数据文件", self.export, kind="primary", icon="export")
        self.add_action("核对一份文件", self.check, icon="tick")
        if cases is not None and self._may and register.store.sitter.may(Right.SEE_STUDENTS):
            self.add_action("事件包…", self.make_case, icon="lock")
        self.add_action(
            "打印", menu=[("当前列表", self._print_log), ("这一份的交接单", self._print_chosen)]
        )
        add_export(
            self, register.store, _IN_SHEET, lambda: [(one.uid, one) for one in register.sent()]
        )

    def read(self) -> Sequence[Row]:
        """Return a line a file."""
        return [_row(sent) for sent in self._register.sent()]

    def details(self, uid: str | None) -> QWidget:
        """Show what was last read back, else what the chosen file held."""
        school = ("本校的签名", vbox(*self._of_school(), gap=t.XS))
        if self._report is not None and self._report[0] == uid:
            _, name, report = self._report
            head, parts = _of_report(name, report, self._register.titles())
            return Details(head, (("内容", vbox(*parts, gap=t.XS)), school))
        sent = self._sent(uid)
        if sent is None:
            return Details([label("本校的签名", "h2")], (school,))
        head, parts = _of_sent(sent, self._register.titles())
        handed = ("交接", facts(_handed(sent)))
        return Details(head, (handed, ("内容", vbox(*parts, gap=t.XS)), school), self._foot(sent))

    def open(self, uid: str) -> None:
        """Show a file of the list again instead of the one that was checked."""
        self._report = None
        self.refresh()

    def export(self) -> None:
        """Ask for everything, write the file, read it back, and say what it holds."""
        from app.handover.ritual_dialog import RitualDialog

        RitualDialog(self, self._register, go=self._go, done=self._written).open()

    def check(self) -> None:
        """Read back a file from a stick or a folder."""
        choose_file(self, "核对一份数据文件", _KINDS, self._read)

    def make_case(self) -> None:
        """Ask for a case file, which names pupils and is never part of the ordinary file."""
        from app.handover.case_dialog import ask_case

        if self._cases is not None:
            ask_case(self, self._cases)

    def print_slip(self, uid: str) -> None:
        """Show the slip both ends sign."""
        sent = self._sent(uid)
        if sent is not None:
            self._preview("handover_slip", [slip_row(self._register, sent)])

    def _written(self, sent: SentFile, target: Path) -> None:
        from app.handover.done_dialog import DoneDialog

        self._report = None
        self.refresh()
        self.choose(sent.uid)
        DoneDialog(self, self._register, sent, target, print_slip=self.print_slip).open()

    def _print_log(self) -> None:
        rows = {row["uid"]: row for row in self._register.views["log"]({})}
        shown = [rows[uid] for uid in self.shown_uids() if uid in rows]
        self._preview("handover_log", shown, self.filter_text())

    def _print_chosen(self) -> None:
        self.print_slip(self.chosen_uid() or "")

    def _preview(self, paper: str, rows: Sequence[dict[str, object]], words: str = "") -> None:
        title = self._papers.forms[paper].title

        def done(how: str) -> None:
            self._register.store.note(f"{how}：{title}")

        self._papers.preview(self, paper, rows, words=words, done=done)

    def _foot(self, sent: SentFile) -> list[QPushButton]:
        found = [button("打印交接单", press=lambda: self.print_slip(sent.uid))]
        if self._may and sent.handed_at is None:
            found.insert(0, button("登记已交", "primary", press=lambda: self._hand_over(sent)))
        return found

    def _hand_over(self, sent: SentFile) -> None:
        from app.handover.handing_dialog import ask_receiver

        ask_receiver(self, self._register, sent)

    def _sent(self, uid: str | None) -> SentFile | None:
        return next((one for one in self._register.sent() if one.uid == uid), None)

    def _read(self, path: Path) -> None:
        try:
            report = verify(path)
        except UserError as error:
            show_error(self, error)
            return
        self._report = (self.chosen_uid(), path.name, report)
        self.refresh()

    def _of_school(self) -> list[Part]:
        return [
            label(self._register.fingerprint()),
            label("第一次报送时，请打电话和镇里核对这十六个字符。", "note", wrap=True),
        ]


_IN_SHEET = (
    SheetColumn("份数", 8, "seq"),
    SheetColumn("从哪天", 14, "first_on"),
    SheetColumn("到哪天", 14, "last_on"),
    SheetColumn("生成时间", 18, "made_at"),
    SheetColumn("生成人", 12, "made_by"),
    SheetColumn("文件名", 44, "name"),
    SheetColumn("行数", 8, lambda sent: sum(sent.rows.values())),
    SheetColumn("校验码", 22, "checksum"),
    SheetColumn("应报时间", 18, "due_at"),
    SheetColumn("交接时间", 18, "handed_at"),
    SheetColumn("谁交的", 12, "handed_by"),
    SheetColumn("谁收的", 12, "handed_to"),
    SheetColumn("是否按时", 16, lambda sent: sent.lateness()),
)


def _handed(sent: SentFile) -> list[tuple[str, str]]:
    found = [("校验码", sent.checksum)]
    if sent.due_at:
        found.append(("应报时间", show(sent.due_at)))
    if sent.handed_at:
        found.append(("交接时间", show(sent.handed_at)))
        found.append(("谁交谁收", f"{sent.handed_by} 交，{sent.handed_to} 收"))
    else:
        found.append(("交接时间", "还没有登记"))
    if late := sent.lateness():
        found.append(("是否按时", late))
    return found


def _of_report(name: str, report: Report, titles: dict[str, str]) -> tuple[list[Part], list[Part]]:
    shape, said = ("done", "完好，是学校签过名的原样") if report.ok else ("late", "不能用")
    head: list[Part] = [
        hbox(Shape(shape, shape), (label(f"{name}：{said}", "h2", shape, wrap=True), 1))
    ]
    if report.school:
        head.append(label(f"{report.school}（{report.code}），第{report.seq}份"))
        head.append(label(period_said(report.period), "note"))
    if report.fingerprint:
        head.append(label(f"签名指纹 {report.fingerprint}", "note"))
    parts: list[Part] = [
        _count(report.titles.get(k, titles.get(k, k)), n) for k, n in report.rows.items()
    ]
    parts += [
        hbox(Shape("late", "late"), (label(problem.message, "body", "late", wrap=True), 1))
        for problem in report.problems
    ]
    return head, parts


def _of_sent(sent: SentFile, titles: dict[str, str]) -> tuple[list[Part], list[Part]]:
    said = f"{show(sent.made_at)} {sent.made_by}生成"
    head: list[Part] = [
        label(f"第{sent.seq}份　{sent.span or ''}", "h2"),
        label(period_said(sent.period), "note"),
        label(said, "note"),
    ]
    if sent.sealed_for:
        head.append(label(f"密封，只有{sent.sealed_for}能打开", "note"))
    return head, [_count(titles.get(key, key), number) for key, number in sent.rows.items()]


def _count(title: str, number: int) -> Part:
    return hbox(icon_label("tick", t.DONE), label(title), None, label(f"{number}行", "note"))


def _row(sent: SentFile) -> Row:
    late = sent.lateness()
    if sent.handed_at is None:
        mark, tag = (_OPEN, "soon", "soon"), _OPEN
    elif late.startswith(_LATE):
        mark, tag = (f"{_LATE} {sent.handed_to}", "late", "late"), _LATE
    else:
        mark, tag = (f"已交 {sent.handed_to}", "done", "done"), ""
    period = f"{sent.first_on} 至 {sent.last_on}" if sent.period else ""
    cells = (
        sent.seq,
        period,
        f"{sent.made_at:%Y-%m-%d %H:%M}",
        sent.made_by,
        sent.name,
        sum(sent.rows.values()),
        mark,
    )
    search = f"{sent.name} {sent.handed_to or ''}"
    return Row(sent.uid, cells, search, frozenset({tag} if tag else ()), {})
