"""The page of notices: which went out, were signed for, came back; and who has not answered."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any

from PySide6.QtWidgets import QLayout, QPushButton, QWidget

from app.core.pinyin import search_text
from app.core.roles import Right
from app.core.values import show
from app.hazards.notices.notice_dialog import open_receipt
from app.hazards.notices.reply_dialog import open_answer
from app.hazards.notices.rules import Standing
from app.hazards.records import HazardNotice
from app.hazards.register import HazardRegister
from app.hazards.scan_pane import ScanBlank
from app.ui.asking import tell
from app.ui.blanks import Offer, Sources
from app.ui.details import Details, Part, facts
from app.ui.history import HistoryPane
from app.ui.pages import Chip, Column, Empty, Facet, LedgerPage, Memory, Row
from app.ui.papers import Papers, save_xlsx
from app.ui.void_dialog import ask_void
from app.ui.widgets import Entry, Pill, button, hbox, label, vbox

REASONS = ("开错了", "重复开具", "隐患已经作废")
OPEN = "open"
_LOOKS: Mapping[Standing, tuple[str, str]] = {
    Standing.LATE: ("late", "late"),
    Standing.SENT: ("none", "plain"),
    Standing.RECEIVED: ("work", "plain"),
    Standing.REPLIED: ("done", "done"),
}
_XLSX = (
    ("编号", 14), ("状态", 10), ("被通知部门", 14), ("责任人", 12), ("隐患", 50), ("整改要求", 36),
    ("整改期限", 16), ("签发人", 12), ("签发日期", 16), ("签收人", 12), ("签收日期", 16),
    ("交回日期", 16), ("整改情况", 40), ("完成日期", 16),
)  # fmt: skip
_LABELS = {
    "received_by": "签收人",
    "received_on": "签收日期",
    "reply": "整改情况",
    "finished_on": "完成日期",
    "replied_on": "交回日期",
    "due_on": "整改期限",
    "void_reason": "作废原因",
}


class NoticePage(LedgerPage):
    """Lists the notices nobody has answered yet, late ones first."""

    title = "整改通知书"
    hint = "搜索：责任人、拼音首字母、编号"
    topics = frozenset({"hazard_notice", "hazard_notice_line", "hazard"})
    help_text = (
        "在“台账”里选几条隐患，按“打印”里的“整改通知书”，就开出一张。\n"
        "回执交回来，用扫码枪扫回执上的二维码，或者按 F2 输入编号，一条一条填整改情况和完成日期。\n"
        "过了整改期限还没有交回的是“逾期”，期限当天不算。\n"
        "“打印”里的“回执情况”就是列表里现在看到的这些，谁没有交一目了然。"
    )

    def __init__(
        self,
        register: HazardRegister,
        *,
        papers: Papers,
        go: Callable[[str], object],
        people: Callable[[], Sequence[str]] = tuple,
        memory: Memory | None = None,
    ) -> None:
        self._register, self._notices = register, register.notices
        self._papers, self._go, self._people = papers, go, people
        self._rows: dict[str, Mapping[str, Any]] = {}
        super().__init__(
            columns=(
                Column("状态", 4.4, "status"),
                Column("编号", 6.8, "note"),
                Column("发给谁和隐患", 0, "two"),
                Column("期限", 3.4, "note"),
                Column("交回", 3.4, "note", spare=True),
            ),
            chips=(
                Chip(OPEN, "没有回执", is_on=True),
                Chip(Standing.LATE, "逾期", "late", "late"),
                Chip(Standing.SENT, "已发"),
                Chip(Standing.RECEIVED, "已签收"),
                Chip(Standing.REPLIED, "已回执"),
            ),
            facets=(Facet("person", "责任人", is_sorted=True), Facet("year", "年度")),
            empty=Empty(
                "还没有开过整改通知书。在“台账”里选几条隐患，从“打印”里开一张。",
                "到台账",
                partial(go, ""),
            ),
            memory=memory,
        )
        if self._may():
            self.add_tool(ScanBlank(self, register, self._sources, self._go))
        papers_menu: list[Entry] = [
            ("回执情况（当前列表）", self.print_list),
            ("整改通知书（选中的）", self.print_chosen),
        ]
        self.add_action("打印", menu=papers_menu)
        if register.store.sitter.may(Right.EXPORT):
            self.add_action("导出", menu=[("Excel 表格", self.save_xlsx)])

    def read(self) -> Sequence[Row]:
        """Return a line a notice, late ones first, then as they fall due."""
        rows = self._notices.views["notices"]({})
        rows.sort(key=_order)
        self._rows = {row["uid"]: row for row in rows}
        year = self._register.today().year
        return [_row(row, year) for row in rows]

    def details(self, uid: str | None) -> QWidget:
        """Show one notice with the hazards it names and what came back."""
        if uid is None:
            return label("点一张通知书，这里显示它的隐患和回执。", "note", wrap=True)
        notice, standing = self._notices.get(uid), self._notices.standing(self._notices.get(uid))
        name = label(f"发给{self._rows[uid]['addressee']}", "h2", wrap=True)
        head: list[Part] = [
            hbox((name, 1), Pill(standing, *_LOOKS[standing])),
            label(f"{notice.number} · {show(notice.issued_on)}签发", "note", wrap=True),
        ]
        parts: list[tuple[str, Part]] = [
            ("通知书", _known(notice)),
            ("隐患和回执", self._problems(uid)),
            ("改动历史", HistoryPane(self._register.store, uid, _LABELS)),
        ]
        return Details(head, parts, self._foot(notice))

    def open(self, uid: str) -> None:
        """Type the reply slip back."""
        if self._may():
            open_answer(self, self._register, self._notices.get(uid), self._sources())

    def print_list(self) -> None:
        """Print the list exactly as it is filtered on the screen."""
        rows = [self._rows[uid] for uid in self.shown_uids()]
        if not rows:
            tell(self, "列表里一张通知书也没有。")
            return

        def done(how: str) -> None:
            self._register.store.note(f"{how}：{self._papers.forms['notice_list'].title}")

        self._papers.preview(self, "notice_list", rows, words=self.filter_text(), done=done)

    def print_chosen(self) -> None:
        """Print the chosen notices with their reply slips."""
        uids = self.chosen_uids()
        if not uids:
            tell(self, "请先在列表里选通知书。", detail="按住 Ctrl 点，可以选几张。")
            return

        def done(how: str) -> None:
            for uid in uids:
                self._notices.printed(uid, how=how)

        self._papers.preview(self, "hazard_notice", self._notices.rows(uids), done=done)

    def save_xlsx(self) -> None:
        """Write the list exactly as it is filtered into a spreadsheet."""
        keys = (
            "number", "status", "department", "person", "named", "requirement", "due_on", "signer",
            "issued_on", "received_by", "received_on", "replied_on", "reply", "finished_on",
        )  # fmt: skip
        rows = [tuple(self._rows[uid][key] for key in keys) for uid in self.shown_uids()]
        self._register.store.note("导出整改通知书")
        name = f"{self.title}_{self._register.today():%Y%m%d}"
        words, ask = self.filter_text(), "导出当前列表"
        save_xlsx(self, self.title, _XLSX, rows, ask=ask, name=name, words=words)

    def _problems(self, uid: str) -> QLayout:
        parts: list[QWidget] = []
        for one in self._notices.problems(uid):
            go = button(one.number, "link", press=partial(self._go, one.uid))
            said = "还没有回执" if one.reply is None else one.reply
            if one.finished_on:
                said = f"{show(one.finished_on)}完成。{said}"
            parts += [
                go,
                label(f"{one.place}：{one.what}", wrap=True),
                label(said, "note", wrap=True),
            ]
        return vbox(*parts, gap=2)

    def _foot(self, notice: HazardNotice) -> list[QPushButton]:
        press = button("打印", press=self.print_chosen)
        if not self._may():
            return [press]
        opening = partial(self._opening, notice)
        again = notice.replied_on is not None
        word, kind = ("改回执", "plain") if again else ("登记回执", "primary")
        foot = [button(word, kind, press=partial(opening, open_answer))]
        if notice.received_on is None and not again:
            foot.append(button("签收", press=partial(opening, open_receipt)))
        void = partial(self._notices.void, notice.uid)
        ask = partial(ask_void, self, f"作废 {notice.number}", REASONS, void)
        return [*foot, press, button("作废", press=ask)]

    def _opening(self, notice: HazardNotice, dialog: Callable[..., object]) -> None:
        dialog(self, self._register, notice, self._sources())

    def _may(self) -> bool:
        return self._register.store.sitter.may(Right.EDIT_HAZARDS)

    def _sources(self) -> Sources:
        people = [Offer(name, name, search_text(name)) for name in self._people()]
        return Sources(
            lists={"person": lambda: people, "people": lambda: people}, today=self._register.today
        )


def _known(notice: HazardNotice) -> QLayout:
    received = f"{show(notice.received_on)} {notice.received_by}" if notice.received_on else ""
    checked = " ".join(filter(None, (show(notice.checked_on), notice.checked_by)))
    return facts(
        (
            ("要求", notice.requirement),
            ("期限", show(notice.due_on)),
            ("检查", checked),
            ("签发人", notice.signer),
            ("签收", received or "还没有签收"),
            ("交回", show(notice.replied_on) or "还没有交回"),
        )
    )


def _order(row: Mapping[str, Any]) -> tuple[int, Any, str]:
    if row["status"] == Standing.REPLIED:
        return 2, -row["replied_on"].toordinal(), row["number"]
    return int(row["status"] != Standing.LATE), row["due_on"], row["number"]


def _row(row: Mapping[str, Any], this_year: int) -> Row:
    standing = Standing(row["status"])
    tags = {str(standing)} | (set() if standing is Standing.REPLIED else {OPEN})
    first = row["named"].split("\n", 1)[0]
    more = f"等{row['count']}条" if row["count"] > 1 else ""
    return Row(
        row["uid"],
        (
            (str(standing), *_LOOKS[standing]),
            row["number"],
            (row["addressee"], f"{first}{more}"),
            _short(row["due_on"], this_year),
            _short(row["replied_on"], this_year),
        ),
        f"{row['named']} {search_text(row['person'])}",
        frozenset(tags),
        {"person": row["person"], "year": row["year"]},
    )


def _short(day: Any, this_year: int) -> str:
    if day is None:
        return ""
    return f"{day:%m-%d}" if day.year == this_year else f"{day:%y-%m-%d}"
