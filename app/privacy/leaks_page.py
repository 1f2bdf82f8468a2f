"""泄露登记 and 对外提供: what got out against our will, and what was given out by it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from decimal import Decimal
from functools import partial
from typing import Any

from PySide6.QtWidgets import QWidget

from app.core.roles import Right
from app.core.values import show
from app.privacy.leaks import CLOSED, OPEN, UNTOLD, LeakBook
from app.privacy.records import DataLeak, DataRelease
from app.privacy.releases import ReleaseBook
from app.ui.blanks import Sources
from app.ui.details import Details, facts
from app.ui.editor import FormEditor
from app.ui.pages import Chip, Column, Empty, Facet, LedgerPage, Row
from app.ui.papers import Papers
from app.ui.void_dialog import ask_void
from app.ui.widgets import button, label

LEAK_PAPER, RELEASE_PAPER = "privacy_leak", "privacy_releases"


class LeaksPage(LedgerPage):
    """A line a leak, the newest first."""

    title = "泄露登记"
    topics = frozenset({"data_leak"})
    hint = "搜索：编号、情况"
    help_text = (
        "丢了名单、发错了群、U盘找不到、电脑中毒，都在这里登记，先止住，再补救。\n"
        "要告知监护人：漏了什么、为什么、可能有什么危害、学校做了什么、家长怎样防范"
        "（个人信息保护法第57条）。\n"
        "同时报告上级主管部门。没有告知监护人的，不能办结，除非写明依法可以不告知的理由。\n"
        "不写学生姓名，只写涉及几个人。"
    )

    def __init__(
        self, book: LeakBook, *, papers: Papers, people: Callable[[], Sequence[str]]
    ) -> None:
        self._book, self._papers, self._people = book, papers, people
        self._leaks: dict[str, DataLeak] = {}
        may = book.store.sitter.may(Right.PRIVACY)
        super().__init__(
            memory=book.store,
            columns=(
                Column("编号", 7.5),
                Column("发现日期", 8.4, "note"),
                Column("情况", 0),
                Column("涉及", 3.5),
                Column("状态", 5.5, "status"),
            ),
            chips=(
                Chip(OPEN, OPEN, "soon", "dot"),
                Chip(UNTOLD, UNTOLD, "late", "late"),
                Chip(CLOSED, CLOSED),
            ),
            empty=Empty("没有登记过泄露。", "登记泄露", self.enter)
            if may
            else Empty("没有登记过泄露。"),
        )
        if may:
            self.add_action("登记泄露", self.enter, kind="primary", icon="plus")
        self.add_action("打印", self.print_one)

    def read(self) -> Sequence[Row]:
        """Return a line a leak."""
        self._leaks = {leak.uid: leak for leak in self._book.all()}
        return [_leak_row(leak) for leak in self._leaks.values()]

    def details(self, uid: str | None) -> QWidget:
        """Say how far it is."""
        if uid is None:
            return label("点一条，这里显示告知、报告和办结的情况。", "note", wrap=True)
        leak = self._leaks[uid]
        known = facts(
            (
                ("哪些内容", show(leak.sorts)),
                ("涉及多少人", f"{leak.people}人" if leak.people is not None else ""),
                ("原因", leak.cause or ""),
                ("可能的危害", leak.harm or ""),
                ("已采取的措施", leak.measures),
                ("告知监护人", show(leak.told_families_on) or UNTOLD),
                ("报告上级", " ".join(filter(None, (leak.told_office, show(leak.told_office_on))))),
                ("办结", show(leak.closed_on)),
                ("教训和改进", leak.lesson or ""),
            )
        )
        foot = [button("打印", press=self.print_one)]
        if self._book.store.sitter.may(Right.PRIVACY):
            foot.insert(0, button("补充和更正", "primary", press=partial(self.open, uid)))
            void = partial(self._book.void, uid)
            title = f"作废 {leak.number}"
            reasons = ("重复登记", "登记错了", "核实后没有泄露")
            foot.append(button("作废", press=lambda: ask_void(self, title, reasons, void)))
        head = [label(leak.number, "h2"), label(leak.what, wrap=True)]
        return Details(head, (("情况", known),), foot)

    def enter(self) -> None:
        """Enter a leak."""
        self._edit({"found_on": self._book.today()}, lambda said: self._book.enter(**said))

    def open(self, uid: str) -> None:
        """Go on with a leak."""
        if not self._book.store.sitter.may(Right.PRIVACY):
            return
        leak = self._book.get(uid)
        form = self._book.form
        values = {f.key: getattr(leak, f.key) for f in form.fields} if form else {}
        if leak.people is not None:
            values["people"] = Decimal(leak.people)
        save = partial(self._book.correct, uid, seen=leak.rev)
        self._edit(values, lambda said: save(**said))

    def print_one(self) -> None:
        """Print the sheet of the leak that is chosen; without one a blank sheet."""
        number = self._leaks[uid].number if (uid := self.chosen_uid()) else None
        rows = [row for row in self._book.rows() if row["number"] == number]
        title = self._papers.forms[LEAK_PAPER].title
        note = self._book.store.note
        self._papers.preview(self, LEAK_PAPER, rows, done=lambda how: note(f"{how}：{title}"))

    def _edit(self, values: dict[str, Any], save: Callable[[dict[str, Any]], object]) -> None:
        if (form := self._book.form) is None:
            return

        def keep(said: dict[str, Any]) -> None:
            people = said.get("people")
            save(said | {"people": None if people is None else int(people)})

        sources = Sources(lists={"person": self._people}, today=self._book.today)
        FormEditor(form, keep, self, values, sources=sources).open()


class ReleasesPage(LedgerPage):
    """A line a list that was given out, the newest first; to be read only."""

    title = "对外提供"
    topics = frozenset({"data_release"})
    hint = "搜索：给谁、用途、清单"
    help_text = (
        "每导出一份写有学生信息的清单，这里自动记一行：给谁、做什么用、依据、级别、哪几栏、几个人。\n"
        "清单本身不留在校安台里，这里也没有学生姓名。\n"
        "这里的每一行都改不了。打印成登记表，至少保存三年（个人信息保护法第56条）。"
    )

    def __init__(self, book: ReleaseBook, *, papers: Papers) -> None:
        self._book, self._papers = book, papers
        self._releases: dict[str, DataRelease] = {}
        super().__init__(
            memory=book.store,
            columns=(
                Column("日期", 8.4),
                Column("清单", 5),
                Column("人数", 3),
                Column("级别", 4),
                Column("给谁", 0),
                Column("做什么用", 0),
                Column("经办人", 4, "note", spare=True),
            ),
            facets=(Facet("what", "清单"), Facet("basis", "依据"), Facet("year", "年份")),
            empty=Empty("还没有导出过写有学生信息的清单。"),
        )
        self.add_action("打印", self.print_list)

    def read(self) -> Sequence[Row]:
        """Return a line a list."""
        self._releases = {line.uid: line for line in self._book.all()}
        return [_release_row(line) for line in self._releases.values()]

    def details(self, uid: str | None) -> QWidget:
        """Say all that was said."""
        if uid is None:
            return label("点一行，这里写出依据和给了哪几栏。", "note", wrap=True)
        line = self._releases[uid]
        known = facts(
            (
                ("日期", show(line.released_on)),
                ("给谁", line.receiver),
                ("做什么用", line.purpose),
                ("依据", line.basis),
                ("级别", line.level),
                ("哪几栏", "、".join(line.fields)),
                ("人数", f"{line.people}人"),
                ("经办人", line.given_by),
            )
        )
        return Details([label(line.what, "h2")], (("记录", known),))

    def print_list(self) -> None:
        """Print the lines on the screen."""
        shown = set(self.shown_uids())
        pairs = zip(self._releases, self._book.rows(), strict=True)
        rows = [row for uid, row in pairs if uid in shown]
        title = self._papers.forms[RELEASE_PAPER].title
        self._papers.preview(
            self,
            RELEASE_PAPER,
            rows,
            words=self.filter_text(),
            done=lambda how: self._book.store.note(f"{how}：{title}"),
        )


def _leak_row(leak: DataLeak) -> Row:
    if leak.closed_on:
        status, tags = (CLOSED, "done", "done"), {CLOSED}
    elif leak.told_families_on is None:
        status, tags = (UNTOLD[2:], "late", "late"), {OPEN, UNTOLD}
    else:
        status, tags = (OPEN, "dot", "soon"), {OPEN}
    people = "" if leak.people is None else f"{leak.people}人"
    cells = (leak.number, leak.found_on, leak.what, people, status)
    return Row(leak.uid, cells, tags=frozenset(tags))


def _release_row(line: DataRelease) -> Row:
    cells = (
        line.released_on,
        line.what,
        line.people,
        line.level,
        line.receiver,
        line.purpose,
        line.given_by,
    )
    facets = {"what": line.what, "basis": line.basis, "year": str(line.released_on.year)}
    return Row(line.uid, cells, facets=facets)
