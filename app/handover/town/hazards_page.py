"""全镇隐患: the hazards of all schools, filtered as at the school; each answered with one key."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from functools import partial

from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QPushButton, QWidget

from app.core.forms import Field, Form
from app.core.listing import SheetColumn
from app.core.pinyin import search_text
from app.core.roles import Right
from app.core.values import show
from app.handover.answers.records import TownVerdict
from app.handover.answers.rules import REASONS, Verdict
from app.handover.answers.town import VerdictRegister
from app.handover.town.hazards import MOST, TownHazard
from app.handover.town.register import TownRegister
from app.handover.town.verdict_pane import KEYS, VERDICT_LOOKS, verdict_part
from app.hazards import SOON_DAYS, is_major
from app.ui.asking import tell
from app.ui.details import Details, Part, facts
from app.ui.editor import FormEditor
from app.ui.exporting import add_export
from app.ui.pages import Chip, Column, Facet, LateRow, LedgerPage, Line, Memory, Row, leading
from app.ui.papers import Papers
from app.ui.sheet import Sheet
from app.ui.void_dialog import ask_void
from app.ui.widgets import Entry, Pill, button, hbox, label

OPEN, LATE, MAJOR, SOON, SAID = "open", "late", "major", "soon", "said"
_STILL_OPEN = "未销账的"
_IN_SHEET = (
    SheetColumn("学校", 24, "school"),
    SheetColumn("编号", 16, lambda one: one.said.get("number")),
    SheetColumn("排查日期", 14, "day"),
    SheetColumn("类别", 14, lambda one: one.said.get("category")),
    SheetColumn("区域", 12, lambda one: one.said.get("area")),
    SheetColumn("部位", 24, lambda one: one.said.get("place")),
    SheetColumn("隐患", 50, lambda one: one.said.get("what")),
    SheetColumn("等级", 8, "grade"),
    SheetColumn("状态", 10, "state"),
    SheetColumn("整改措施", 40, lambda one: one.said.get("measures")),
    SheetColumn("整改时限", 14, "due_on"),
    SheetColumn("完成日期", 14, lambda one: one.said.get("fixed_on")),
    SheetColumn("销账日期", 14, lambda one: one.said.get("closed_on")),
)
_DEMAND = (
    Field("words", "督办要求", "long", required=True),
    Field("due_on", "最迟哪天办好", "date", required=True),
)


class TownHazardPage(LedgerPage):
    """Lists what is still open everywhere, or all of one year, or what a word is found in."""

    title = "全镇隐患"
    hint = "搜索：学校、部位、隐患、编号"
    topics = frozenset({"town_row", "town_file", "town_verdict", "town_school"})
    help_text = (
        "这里列出各校报来、还没有销账的隐患，逾期的在前；上面的数字和下拉都能筛。\n"
        "“范围”换成某一年就列出那一年的全部；“全部年度里找”按搜索框里的字找十年的记录。\n"
        "点一条，按 F6 收下、F7 退回、F8 督办；退回写原因，督办写要求和期限。\n"
        "这些意见写进回执，学校收下后在那条隐患上看到；督办会出现在学校的“今日”里。"
    )

    def __init__(
        self,
        register: TownRegister,
        verdicts: VerdictRegister,
        *,
        papers: Papers,
        to_schools: Callable[[], object] | None = None,
        memory: Memory | None = None,
    ) -> None:
        """``to_schools`` leads to where the files of the schools are taken in."""
        self._register, self._verdicts, self._papers = register, verdicts, papers
        self._found: dict[str, TownHazard] = {}
        self._said: dict[tuple[str, str], TownVerdict] = {}
        self._where: dict[str, str] = {"is_open": "是"}
        self._may = register.store.sitter.may(Right.TOWN)
        super().__init__(
            columns=(
                Column("状态", 3.1, "status"),
                Column("学校", 8.6, "text"),
                Column("部位与隐患", 0, "two"),
                Column("等级", 2.4, "mark"),
                Column("时限", 2.6, "note"),
                Column("镇里", 2.4, "status"),
            ),
            chips=(
                Chip(OPEN, "未销账"),
                Chip(LATE, "逾期", "late", "late"),
                Chip(MAJOR, "重大", "late", "major"),
                Chip(SOON, "七日内到期", "soon", "soon"),
                Chip(SAID, "退回和督办", "soon", "soon"),
            ),
            facets=(
                Facet("school", "学校", is_sorted=True),
                Facet("category", "类别", is_sorted=True),
                Facet("area", "区域", is_sorted=True),
                Facet("grade", "等级"),
                Facet("state", "状态"),
            ),
            empty=leading("没有未销账的隐患。各校的数据在“各校”里收。", "到各校", to_schools),
            memory=memory,
        )
        self._add_actions()

    def _add_actions(self) -> None:
        self._range = self.add_action(f"范围：{_STILL_OPEN}", menu=self._ranges)
        menu: list[Entry] = [
            ("全镇隐患汇总表（当前列表）", self.print_list),
            ("督办单（选中的）", self.print_supervision),
        ]
        self.add_action("打印", menu=menu)
        add_export(self, self._register.store, _IN_SHEET, lambda: self._found.items())
        if self._may:
            for verdict, key in KEYS.items():
                QShortcut(QKeySequence(key), self).activated.connect(partial(self.judge, verdict))

    def read(self) -> Sequence[Line]:
        """Return a line a hazard, the late ones first."""
        today = self._register.today()
        found = self._register.hazards(self._where)
        found.sort(key=lambda one: (not one.is_late(today), one.due_on is None, one.due_on))
        self._found = {one.key: one for one in found}
        self._said = self._verdicts.all()
        return [LateRow(one.key, self._tags(one), self._row) for one in found]

    def count_text(self, shown: int, total: int) -> str:
        """Say how many there are, and when there are more than are listed."""
        said = super().count_text(shown, total)
        return f"{said}；只列最近的 {MOST} 条，请换个范围" if total >= MOST else said

    def details(self, uid: str | None) -> QWidget:
        """Show one hazard as its school told it, and what the town said."""
        if uid is None or uid not in self._found:
            return label(
                "点一条隐患，这里显示学校报来的内容，可以收下、退回、督办。", "note", wrap=True
            )
        one = self._found[uid]
        said = self._said.get((one.school_uid, one.uid))
        head: list[Part] = [
            hbox((label(one.words, "h2", wrap=True), 1), Pill(*self._status(one))),
            label(f"{one.school} · {one.said.get('number', '')} · {one.grade}", "note", wrap=True),
        ]
        parts = [("学校报来的", _told(one)), ("镇里的意见", verdict_part(said))]
        return Details(head, parts, self._foot(said))

    def open(self, uid: str) -> None:
        """Supervise the hazard that was double-clicked."""
        if self._may:
            self.judge(Verdict.SUPERVISED)

    def look_at(self, school: str) -> None:
        """List one school's."""
        if self._is_stale:
            self.refresh()
        self.filters.clear()
        self.filters.choose_tag("")
        self.filters.choose("school", school)

    def judge(self, verdict: Verdict) -> QWidget | None:
        """Say this to the chosen hazards."""
        chosen = [self._found[uid] for uid in self.chosen_uids() if uid in self._found]
        if not chosen:
            tell(self, "请先在列表里选一条隐患。")
            return None
        if verdict is Verdict.RECEIVED:
            self._keep_all(chosen, verdict, "")
            return None
        return self._ask_why(chosen) if verdict is Verdict.RETURNED else self._ask_demand(chosen)

    def take_back(self, said: TownVerdict) -> None:
        """Say nothing after all."""
        self._verdicts.take_back(said.uid)

    def print_list(self) -> None:
        """Print the list as it is filtered."""
        by_key = dict(self._found)
        rows = [self._register.row_of(by_key[uid]) for uid in self.shown_uids() if uid in by_key]
        if not rows:
            tell(self, "列表里一条也没有。")
            return
        self._preview("town_hazards", rows, self.filter_text())

    def print_supervision(self) -> None:
        """Print a sheet for each chosen hazard that is supervised."""
        chosen = [self._found[uid] for uid in self.chosen_uids() if uid in self._found]
        pairs = [(one, self._said.get((one.school_uid, one.uid))) for one in chosen]
        rows = [
            self._register.supervision_of(one, said)
            for one, said in pairs
            if said is not None and said.verdict == Verdict.SUPERVISED
        ]
        if not rows:
            tell(self, "选中的隐患还没有督办。", detail="请先选一条，按 F8 写督办要求。")
            return
        self._preview("town_supervision", rows)

    def _preview(self, paper: str, rows: Sequence[dict[str, object]], words: str = "") -> None:
        title, store = self._papers.forms[paper].title, self._register.store
        self._papers.preview(
            self, paper, rows, words=words, done=lambda how: store.note(f"{how}：{title}")
        )

    def _ranges(self) -> list[Entry]:
        entries: list[Entry] = [(_STILL_OPEN, partial(self._list, _STILL_OPEN, is_open="是"))]
        for year in self._register.years():
            entries.append((f"{year}年的", partial(self._list, f"{year}年的", year=str(year))))
        return [*entries, None, ("全部年度里找搜索框里的字", self._find_everywhere)]

    def _find_everywhere(self) -> None:
        words = self.filters.search.text().strip()
        if not words:
            tell(self, "请先在搜索框里写要找的字，再在全部年度里找。")
            return
        self._list(f"找“{words[:8]}”", words=words)

    def _list(self, word: str, **where: str) -> None:
        self._where = where
        self._range.setText(f"范围：{word}")
        self.refresh()

    def _ask_why(self, chosen: Sequence[TownHazard]) -> Sheet:
        title = f"退回 {chosen[0].said.get('number', '')}"
        title += f"等{len(chosen)}条" if len(chosen) > 1 else ""

        def then(reason: str) -> None:
            self._keep_all(chosen, Verdict.RETURNED, reason)

        stays = "写进回执；学校收下后，在这条隐患上看到退回的原因。"
        return ask_void(self, title, REASONS[Verdict.RETURNED], then, stays=stays)

    def _ask_demand(self, chosen: Sequence[TownHazard]) -> FormEditor:
        had = self._said.get((chosen[0].school_uid, chosen[0].uid))
        is_mine = had is not None and had.verdict == Verdict.SUPERVISED
        values = {
            "words": had.words if had and is_mine else REASONS[Verdict.SUPERVISED][0],
            "due_on": had.due_on if had and is_mine else None,
        }

        def save(said: dict[str, object]) -> None:
            words = str(said["words"] or "")
            self._keep_all(chosen, Verdict.SUPERVISED, words, said["due_on"])

        form = Form("town_demand", f"督办 {chosen[0].said.get('number', '')}", _DEMAND)
        editor = FormEditor(form, save, self, values)
        editor.open()
        return editor

    def _keep_all(
        self, chosen: Sequence[TownHazard], verdict: Verdict, words: str, due_on: object = None
    ) -> None:
        """Say this to all of them in one change, which one undo takes back."""
        with self._register.store.change(f"{verdict}{len(chosen)}条隐患"):
            for one in chosen:
                self._keep(one, verdict, words, due_on)

    def _keep(self, one: TownHazard, verdict: Verdict, words: str, due_on: object = None) -> None:
        self._verdicts.judge(
            one.school_uid,
            one.uid,
            title=one.title,
            verdict=verdict,
            words=words,
            due_on=due_on,  # type: ignore[arg-type]
        )

    def _tags(self, one: TownHazard) -> frozenset[str]:
        today = self._register.today()
        said = self._said.get((one.school_uid, one.uid))
        days = (one.due_on - today).days if one.due_on else None
        tags = {
            OPEN: one.is_open,
            LATE: one.is_late(today),
            MAJOR: one.is_open and is_major(one.grade),
            SOON: one.is_open and days is not None and 0 <= days <= SOON_DAYS,
            SAID: said is not None and said.verdict != Verdict.RECEIVED,
        }
        return frozenset(tag for tag, is_so in tags.items() if is_so)

    def _row(self, key: str) -> Row:
        one = self._found[key]
        said = self._said.get((one.school_uid, one.uid))
        verdict = (said.verdict, *VERDICT_LOOKS[Verdict(said.verdict)]) if said else ()
        grade = (one.grade, "major" if is_major(one.grade) else "none", "plain")
        due = _short(one.limit_on, self._register.today())
        cells = (
            self._status(one),
            one.school,
            (str(one.said.get("place") or ""), str(one.said.get("what") or "")),
            (*grade[:2], "late") if is_major(one.grade) else grade,
            due,
            verdict,
        )
        words = f"{one.said.get('number', '')} {one.said.get('category', '')}"
        facets = {
            "school": one.school,
            "category": str(one.said.get("category") or ""),
            "area": str(one.said.get("area") or ""),
            "grade": one.grade,
            "state": one.state,
        }
        return Row(key, cells, f"{words} {search_text(one.school)}", self._tags(one), facets)

    def _status(self, one: TownHazard) -> tuple[str, str, str]:
        if one.is_late(self._register.today()):
            return ("逾期", "late", "late")
        return (one.state or "未销账", "work" if one.is_open else "done", "plain")

    def _foot(self, said: TownVerdict | None) -> list[QPushButton]:
        if not self._may:
            return []
        words = {Verdict.RECEIVED: "收下", Verdict.RETURNED: "退回", Verdict.SUPERVISED: "督办"}
        foot = [
            button(
                f"{word}　{KEYS[verdict]}",
                "primary" if verdict is Verdict.RECEIVED else "plain",
                press=partial(self.judge, verdict),
            )
            for verdict, word in words.items()
        ]
        if said is not None:
            foot.append(button("撤回意见", "quiet", press=partial(self.take_back, said)))
        return foot


def _short(day: date | None, today: date) -> str:
    if day is None:
        return ""
    return f"{day:%m-%d}" if day.year == today.year else f"{day:%y-%m-%d}"


def _told(one: TownHazard) -> Part:
    said = one.said
    days = {key: str(said.get(key) or "") for key in ("fixed_on", "closed_on")}
    return facts(
        (
            ("排查日期", show(one.day)),
            ("类别", str(said.get("category") or "")),
            ("区域", str(said.get("area") or "")),
            ("状态", one.state),
            ("整改措施", str(said.get("measures") or "学校没有写")),
            (
                "挂账复看" if said.get("look_on") else "整改时限",
                show(one.limit_on) if one.limit_on else "学校没有写",
            ),
            ("完成日期", days["fixed_on"]),
            ("销账日期", days["closed_on"]),
        )
    )
