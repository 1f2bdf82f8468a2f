"""The 报送 page: make the data file for the town, read one back, see what was handed over."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtWidgets import QWidget

from app.core.errors import UserError
from app.core.roles import Right
from app.core.store import Store
from app.core.values import show
from app.handover.reading import Report
from app.handover.records import SentFile
from app.handover.register import HandoverRegister, verify
from app.ui import theme as t
from app.ui.details import Details, Part
from app.ui.errors import show_error
from app.ui.files import choose_file, choose_place
from app.ui.jobs import run_job
from app.ui.pages import Column, Empty, LedgerPage, Row
from app.ui.widgets import Shape, hbox, icon_label, label, vbox

_KIND = "数据文件 (*.zip)"


class HandoverPage(LedgerPage):
    """Lists the data files made so far, the newest first; beside it what one holds."""

    title = "报送"
    hint = "搜索：文件名"
    topics = frozenset({"sent_file"})
    help_text = (
        "“生成数据文件”写出一个文件，拷到U盘交给镇里。里面有学校概况、各班人数、隐患清单和"
        "家长信的回收数，带学校的电子签名，没有学生和家长的资料。\n"
        "“核对一份文件”把它读一遍，看是不是学校签过名的原样。\n"
        "第一次报送时，请打电话和镇里核对右边那十六个字符。"
    )

    def __init__(self, store: Store, register: HandoverRegister) -> None:
        self._store = store
        self._register = register
        self._report: tuple[str | None, str, Report] | None = None
        may = store.sitter.may(Right.EXPORT)
        super().__init__(
            columns=(
                Column("期号", 6, "note"),
                Column("生成时间", 16),
                Column("生成人", 8),
                Column("文件名", 0),
                Column("行数", 6, "note"),
            ),
            empty=Empty(
                "还没有生成过数据文件。文件里只有汇总和隐患清单，没有学生和家长的资料。",
                "生成数据文件" if may else "",
                self.export,
            ),
        )
        if may:
            self.add_action("生成数据文件", self.export, kind="primary", icon="export")
        self.add_action("核对一份文件", self.check, icon="tick")

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
        sent = next((s for s in self._register.sent() if s.uid == uid), None)
        if sent is None:
            return Details([label("本校的签名", "h2")], (school,))
        head, parts = _of_sent(sent, self._register.titles())
        return Details(head, (("内容", vbox(*parts, gap=t.XS)), school))

    def open(self, uid: str) -> None:
        """Show a file of the list again instead of the one that was checked."""
        self._report = None
        self.refresh()

    def export(self) -> None:
        """Ask where to, write the file, read it back, and say what it holds."""
        name = self._register.file_name()
        choose_place(self, "生成数据文件", _KIND, name, self._export_to)

    def check(self) -> None:
        """Read back a file from a stick or a folder."""
        choose_file(self, "核对一份数据文件", _KIND, self._read)

    def _export_to(self, target: Path) -> None:
        run_job(
            self,
            "正在生成数据文件",
            lambda _job: self._register.export(target),
            lambda _rows: self._read(target),
        )

    def _read(self, path: Path) -> None:
        try:
            report = verify(path)
        except UserError as error:
            show_error(self, error)
            return
        self.refresh()  # a file just made has its line before its report is shown beside it
        self._report = (self.chosen_uid(), path.name, report)
        self.refresh()

    def _of_school(self) -> list[Part]:
        return [
            label(self._register.fingerprint()),
            label("第一次报送时，请打电话和镇里核对这十六个字符。", "note", wrap=True),
        ]


def _of_report(name: str, report: Report, titles: dict[str, str]) -> tuple[list[Part], list[Part]]:
    shape, said = ("done", "完好，是学校签过名的原样") if report.ok else ("late", "不能用")
    head: list[Part] = [
        hbox(Shape(shape, shape), (label(f"{name}：{said}", "h2", shape, wrap=True), 1))
    ]
    if report.school:
        head.append(label(f"{report.school}（{report.code}），第{report.seq}期"))
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
    head: list[Part] = [label(f"第{sent.seq}期", "h2"), label(said, "note")]
    return head, [_count(titles.get(key, key), number) for key, number in sent.rows.items()]


def _count(title: str, number: int) -> Part:
    return hbox(icon_label("tick", t.DONE), label(title), None, label(f"{number}行", "note"))


def _row(sent: SentFile) -> Row:
    total = sum(sent.rows.values())
    cells = (sent.seq, sent.made_at, sent.made_by, sent.name, total)
    return Row(sent.uid, cells, sent.name, frozenset(), {})
