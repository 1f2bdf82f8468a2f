"""各校报告: every report the schools sent; the town accepts it or returns it with a reason."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QPushButton, QWidget

from app.core.listing import ListForm, SheetColumn
from app.core.pinyin import search_text
from app.core.roles import Right
from app.core.values import show
from app.handover.answers.records import TownVerdict
from app.handover.answers.rules import REPORT_REASONS, Verdict
from app.handover.answers.town import VerdictRegister
from app.handover.town.register import TownRegister
from app.handover.town.reports import MOST, REPORTS, TownReport
from app.handover.town.verdict_pane import KEYS, VERDICT_LOOKS, verdict_part
from app.ui.asking import tell
from app.ui.details import Details, Part, facts
from app.ui.exporting import add_list
from app.ui.pages import Chip, Column, Facet, LedgerPage, Memory, Row, leading
from app.ui.papers import Papers
from app.ui.sheet import Sheet
from app.ui.void_dialog import ask_void
from app.ui.widgets import button, label

NEW, LATE, RETURNED = "new", "late", "returned"
_WORDS = {Verdict.RECEIVED: "收下", Verdict.RETURNED: "退回"}


class TownReportPage(LedgerPage):
    """Lists what the schools reported, the newest first."""

    title = "各校报告"
    hint = "搜索：学校、拼音首字母、哪一期"
    topics = frozenset({"town_row", "town_file", "town_verdict", "town_school"})
    help_text = (
        "各校报出来的周报、自查总结、矛盾纠纷排查表、年度总结，一份一行，最近的在前。\n"
        "点一份，按 F6 收下、F7 退回；可以按住 Ctrl 或 Shift 选几份一起办。\n"
        "退回要写原因，写进回执；学校收下回执，在那份报告上和“今日”里看到，改好再报。"
    )

    def __init__(
        self,
        register: TownRegister,
        verdicts: VerdictRegister,
        *,
        papers: Papers | None = None,
        to_schools: Callable[[], object] | None = None,
        memory: Memory | None = None,
    ) -> None:
        """``to_schools`` leads to where the files of the schools are taken in."""
        self._register, self._verdicts = register, verdicts
        self._found: dict[str, TownReport] = {}
        self._said: dict[tuple[str, str], TownVerdict] = {}
        self._may = register.store.sitter.may(Right.TOWN)
        super().__init__(
            columns=(
                Column("学校", 12, "text"),
                Column("报告", 0, "two"),
                Column("报送", 3.1, "status"),
                Column("什么时候", 7, "note", spare=True),
                Column("镇里", 2.4, "status"),
            ),
            chips=(
                Chip(NEW, "还没有看"),
                Chip(LATE, "迟报", "soon", "soon"),
                Chip(RETURNED, "退回", "late", "late"),
            ),
            facets=(
                Facet("school", "学校", is_sorted=True),
                Facet("kind", "报告", is_sorted=True),
                Facet("period", "哪一期", is_sorted=True),
            ),
            empty=leading("还没有学校报来报告。各校的数据在“各校”里收。", "到各校", to_schools),
            memory=memory,
        )
        add_list(self, register.store, self._list(), lambda: self._found.items(), papers=papers)
        if self._may:
            for verdict in _WORDS:
                pressed = QShortcut(QKeySequence(KEYS[verdict]), self).activated
                pressed.connect(partial(self.judge, verdict))

    def read(self) -> Sequence[Row]:
        """Return a line a report."""
        found = self._register.reports()
        self._found = {one.key: one for one in found}
        self._said = self._verdicts.all()
        return [self._row(one) for one in found]

    def count_text(self, shown: int, total: int) -> str:
        """Say how many there are, and when there are more than are listed."""
        said = super().count_text(shown, total)
        return f"{said}；只列最近的 {MOST} 份" if total >= MOST else said

    def details(self, uid: str | None) -> QWidget:
        """Show one report as its school told it, and what the town said."""
        if uid is None or uid not in self._found:
            return label("点一份报告，这里显示报送的时间，可以收下、退回。", "note", wrap=True)
        one = self._found[uid]
        said = self._of(one)
        head: list[Part] = [
            label(one.title, "h2", wrap=True),
            label(one.school, "note", wrap=True),
        ]
        told = facts(
            (
                ("应报时间", show(one.due_at) if one.due_at else "没有规定"),
                ("实报时间", show(one.sent_at) if one.sent_at else "没有写"),
                ("迟报", "是" if one.is_late else "否"),
                ("零报告", "是" if one.is_zero else "否"),
            )
        )
        parts: list[tuple[str, Part]] = [("报送", told), ("镇里的意见", verdict_part(said))]
        return Details(head, parts, self._foot(said))

    def judge(self, verdict: Verdict) -> Sheet | None:
        """Say this to the chosen reports."""
        chosen = [self._found[uid] for uid in self.chosen_uids() if uid in self._found]
        if not chosen:
            tell(self, "请先在列表里选一份报告。")
            return None
        if verdict is Verdict.RECEIVED:
            self._keep(chosen, verdict, "")
            return None
        title = f"退回 {chosen[0].title}" + (f"等{len(chosen)}份" if len(chosen) > 1 else "")
        stays = "写进回执；学校收下后，在这份报告上和“今日”里看到退回的原因。"
        return ask_void(
            self, title, REPORT_REASONS, partial(self._keep, chosen, verdict), stays=stays
        )

    def _keep(self, chosen: Sequence[TownReport], verdict: Verdict, words: str) -> None:
        with self._register.store.change(f"{_WORDS[verdict]}学校的报告"):
            for one in chosen:
                self._verdicts.judge(
                    one.school_uid,
                    one.uid,
                    title=one.title,
                    verdict=verdict,
                    words=words,
                    kind=REPORTS,
                )

    def _list(self) -> ListForm:
        return ListForm(
            "LB-11",
            "各校报告一览表",
            (
                SheetColumn("学校", 24, "school"),
                SheetColumn("报告", 16, "kind"),
                SheetColumn("哪一期", 26, "period"),
                SheetColumn("应报时间", 18, "due_at"),
                SheetColumn("实报时间", 18, "sent_at"),
                SheetColumn("迟报", 6, "is_late"),
                SheetColumn("零报告", 8, "is_zero"),
                SheetColumn("镇里的意见", 12, self._verdict),
                SheetColumn("退回原因", 20, self._why),
            ),
            unit="份",
        )

    def _verdict(self, one: TownReport) -> str:
        said = self._of(one)
        return said.verdict if said else ""

    def _why(self, one: TownReport) -> str:
        said = self._of(one)
        return said.words if said else ""

    def _of(self, one: TownReport) -> TownVerdict | None:
        return self._said.get((one.school_uid, one.uid))

    def _row(self, one: TownReport) -> Row:
        said = self._of(one)
        how = ("迟报", "soon", "soon") if one.is_late else ("按时", "done", "done")
        if one.is_zero and not one.is_late:
            how = ("零报告", "done", "done")
        tags = {
            NEW: said is None,
            LATE: one.is_late,
            RETURNED: said is not None and said.verdict == Verdict.RETURNED,
        }
        when = f"{one.sent_at:%m-%d %H:%M}" if one.sent_at else ""
        return Row(
            one.key,
            (
                one.school,
                (one.kind, one.period),
                how,
                when,
                (said.verdict, *VERDICT_LOOKS[Verdict(said.verdict)]) if said else (),
            ),
            search_text(one.school),
            frozenset(tag for tag, is_so in tags.items() if is_so),
            {"school": one.school, "kind": one.kind, "period": one.period},
        )

    def _foot(self, said: TownVerdict | None) -> list[QPushButton]:
        if not self._may:
            return []
        foot = [
            button(
                f"{word}　{KEYS[verdict]}",
                "primary" if verdict is Verdict.RECEIVED else "plain",
                press=partial(self.judge, verdict),
            )
            for verdict, word in _WORDS.items()
        ]
        if said is not None:
            back = partial(self._verdicts.take_back, said.uid)
            foot.append(button("撤回意见", "quiet", press=back))
        return foot
