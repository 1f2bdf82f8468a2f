"""The page of the contingency plans: which hold, which are due, which are missing."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial

from pypdfium2 import PdfiumError
from PySide6.QtWidgets import QPushButton, QWidget

from app.core.listing import SheetColumn
from app.core.paper import Printed
from app.core.pinyin import search_text
from app.core.roles import Right
from app.core.values import show
from app.drills.contingencies.plan_dialog import (
    open_correction,
    open_end,
    open_new,
    open_revision,
    open_years,
)
from app.drills.contingencies.records import Contingency
from app.drills.contingencies.register import (
    LABELS,
    ContingencyRegister,
    PlanLine,
    row_of,
)
from app.drills.contingencies.rules import Standing
from app.ui.asking import tell
from app.ui.details import Details, Part, facts
from app.ui.exporting import add_export
from app.ui.history import HistoryPane
from app.ui.pages import Chip, Column, Empty, Facet, LedgerPage, Memory, Row
from app.ui.papers import Papers
from app.ui.pdf_view import PdfPages
from app.ui.printing import show_preview
from app.ui.void_dialog import ask_void
from app.ui.widgets import Entry, Pill, button, hbox, label, vbox

CURRENT = "current"
REASONS = ("重复登记", "登记错了")
LOOKS: Mapping[Standing, tuple[str, str]] = {
    Standing.CURRENT: ("done", "done"),
    Standing.DUE: ("soon", "soon"),
    Standing.OLD: ("none", "plain"),
    Standing.ENDED: ("hold", "plain"),
}
_IN_SHEET = (
    SheetColumn("编号", 16, "number"),
    SheetColumn("类型", 16, "kind"),
    SheetColumn("预案名称", 36, "title"),
    SheetColumn("版本", 14, "version"),
    SheetColumn("修订日期", 16, "revised_on"),
    SheetColumn("审批人", 12, "approved_by"),
    SheetColumn("备案号", 20, "filed_as"),
    SheetColumn("正文放在哪里", 24, "kept_at"),
    SheetColumn("修订内容", 36, "changes"),
)


class ContingencyPage(LedgerPage):
    """Lists the plans by kind, those that hold first."""

    title = "预案"
    hint = "搜索：预案名称、类型、编号"
    topics = frozenset({"contingency", "drill", "setting"})
    help_text = (
        "学校的应急预案都登记在这里：类型、版本、修订日期、谁批的、正文放在哪里。\n"
        "正文可以附一份PDF，最大10 MB，加密存在数据里，点“看正文”就打开。\n"
        "修订以后按“登记新版本”，旧版自动变成“旧版”，历史都在；演练记录连着当时的那一版。\n"
        "默认三年评估修订一次，过了就标“该修订”，年数学校可以改。\n"
        "列表下面写着还缺哪几类预案，点一下就登记。"
    )

    def __init__(
        self,
        register: ContingencyRegister,
        *,
        papers: Papers,
        people: Callable[[], Sequence[str]] = tuple,
        memory: Memory | None = None,
    ) -> None:
        self._register, self._papers, self._people = register, papers, people
        self._lines: dict[str, PlanLine] = {}
        super().__init__(
            columns=(
                Column("状态", 5, "status"),
                Column("编号", 7, "note", spare=True),
                Column("类型和名称", 0, "two"),
                Column("版本", 5),
                Column("修订日期", 5.8, "note"),
                Column("该评估", 5.8, "note", spare=True),
                Column("演练", 3.4, "note"),
            ),
            chips=(
                Chip(CURRENT, "现行", is_on=True),
                Chip(Standing.DUE, "该修订", "soon", "soon"),
                Chip(Standing.OLD, "旧版"),
                Chip(Standing.ENDED, "已停用"),
            ),
            facets=(Facet("kind", "类型"), Facet("year", "修订年度", is_sorted=True)),
            empty=self._first_step(),
            memory=memory,
        )
        if self._may():
            self.add_action("登记预案", self.enter, kind="primary", icon="plus")
        menu: list[Entry] = [("预案登记册（当前列表）", self.print_list)]
        self.add_action("打印", menu=menu)
        add_export(self, register.store, _IN_SHEET, self._all)
        if self._may():
            self.add_action("多久评估一次", lambda: open_years(self, register))

    def read(self) -> Sequence[Row]:
        """Return a line a version; those to be revised come first."""
        self._lines = {line.record.uid: line for line in self._register.lines()}
        lines = sorted(self._lines.values(), key=lambda line: line.standing is not Standing.DUE)
        return [_row(line) for line in lines]

    def refresh(self) -> None:
        """Read again, and name anew the kinds there is no plan for."""
        super().refresh()
        self._say_what_is_missing()

    def details(self, uid: str | None) -> QWidget:
        """Show one version, and the others of the same plan."""
        if uid is None:
            return label("点一个预案，这里显示它的版本和正文。", "note", wrap=True)
        line = self._lines[uid]
        found = line.record
        head: list[Part] = [
            hbox((label(found.title, "h2", wrap=True), 1), Pill(line.standing, *_look(line))),
            label(f"{found.number} · {found.kind} · {found.version}", "note", wrap=True),
        ]
        labels = {key: word for key, word in LABELS.items() if key != "file_name"}
        parts: list[tuple[str, Part]] = [
            ("预案", _known(line)),
            ("版本", self._versions(found)),
            ("改动历史", HistoryPane(self._register.store, uid, labels)),
        ]
        return Details(head, parts, self._foot(line))

    def open(self, uid: str) -> None:
        """Put a version right; who may not reads its text."""
        found = self._register.get(uid)
        if self._may():
            read = partial(self.read_text, uid)
            open_correction(self, self._register, self._people(), found, read)
        elif found.file:
            self.read_text(uid)

    def enter(self, kind: str = "") -> None:
        """Enter a plan."""
        open_new(self, self._register, self._people(), self.choose, kind)

    def read_text(self, uid: str) -> None:
        """Open the text of a version as it was attached."""
        found, data = self._register.get(uid), self._register.text(uid)
        if data is None:
            tell(self, "这一版没有附正文。", detail=f"正文放在：{found.kept_at or '没有写'}。")
            return
        try:
            pages = PdfPages(data)
        except PdfiumError:
            tell(self, "这个PDF打不开，可能已经损坏。", detail="请按“更正”换一份。")
            return
        count = pages.count
        pages.close()
        self._register.store.note("看预案正文", about=uid)
        show_preview(self, found.title, lambda _job: Printed(data, count))

    def print_list(self) -> None:
        """Print the list as it is filtered."""
        rows = [row_of(self._lines[uid]) for uid in self.shown_uids()]
        store = self._register.store
        self._papers.preview(
            self,
            "contingency_list",
            rows,
            words=self.filter_text(),
            done=lambda how: store.note(f"{how}：应急预案登记册"),
        )

    def _versions(self, found: Contingency) -> Part:
        rows: list[Part] = []
        for one in self._register.versions(found.number):
            said = f"{one.version}　{show(one.revised_on)}"
            parts: list[object] = [label(said, wrap=True), None]
            if one.file:
                read = button("看正文", "link", press=partial(self.read_text, one.uid))
                read.setAccessibleName(f"看{one.version}的正文")
                parts.append(read)
            rows.append(hbox(*parts))
            if one.changes:
                rows.append(label(one.changes, "note", wrap=True))
        return vbox(*rows, gap=4)

    def _foot(self, line: PlanLine) -> list[QPushButton]:
        found = line.record
        read = button("看正文", press=partial(self.read_text, found.uid))
        if not self._may():
            return [read] if found.file else []
        more: list[Entry] = [("更正", partial(self.open, found.uid))]
        foot = []
        if line.is_current:
            foot.append(button("登记新版本", "primary", press=partial(self._revise, found)))
            more.append(("停用", partial(open_end, self, self._register, found)))
        elif line.standing is Standing.ENDED:
            more.append(("恢复使用", partial(self._register.reinstate, found.uid)))
        if found.file:
            foot.append(read)
        void = partial(self._register.void, found.uid)
        title = f"作废 {found.number} {found.version}"
        more += [None, ("作废", lambda: ask_void(self, title, REASONS, void))]
        return [*foot, button("更多", menu=more)]

    def _revise(self, found: Contingency) -> None:
        open_revision(self, self._register, self._people(), self.choose, found)

    def _say_what_is_missing(self) -> None:
        missing = self._register.missing() if self._lines else []
        if not missing:
            self.put_note()
            return
        words = label("还没有预案：", "note")
        if not self._may():
            self.put_note(hbox(words, label("、".join(missing), "note")))
            return
        links = [button(kind, "link", press=partial(self.enter, kind)) for kind in missing]
        self.put_note(hbox(words, *links))

    def _all(self) -> list[tuple[str, Contingency]]:
        return [(line.record.uid, line.record) for line in self._register.lines()]

    def _first_step(self) -> Empty:
        words = "还没有登记预案。"
        return Empty(words, "登记预案", self.enter) if self._may() else Empty(words)

    def _may(self) -> bool:
        return self._register.store.sitter.may(Right.DRILLS)


def _look(line: PlanLine) -> tuple[str, str]:
    return LOOKS[line.standing]


def _known(line: PlanLine) -> Part:
    found = line.record
    again = f"{show(line.review_on)}前评估修订" if line.is_current else ""
    if line.standing is Standing.DUE:
        again = f"{show(line.review_on)}就该评估修订了"
    ended = "，".join(filter(None, (show(found.ended_on), found.ended_why)))
    return facts(
        (
            ("修订日期", show(found.revised_on)),
            ("评估", again),
            ("审批人", found.approved_by or ""),
            ("备案号", found.filed_as or ""),
            ("正文", "、".join(filter(None, (found.kept_at, found.file_name)))),
            ("演练", f"按这一版演练过{line.drills}次" if line.drills else "还没有按这一版演练过"),
            ("停用", ended),
        )
    )


def _row(line: PlanLine) -> Row:
    found = line.record
    tags = {str(line.standing), CURRENT if line.is_current else str(line.standing)}
    return Row(
        found.uid,
        (
            (str(line.standing), *_look(line)),
            found.number,
            (found.kind, found.title),
            found.version,
            found.revised_on.isoformat(),
            line.review_on.isoformat() if line.is_current else "",
            f"{line.drills}次" if line.drills else "",
        ),
        f"{search_text(found.title)} {search_text(found.kind)} {found.filed_as or ''}",
        frozenset(tags),
        {"kind": found.kind, "year": str(found.revised_on.year)},
    )
