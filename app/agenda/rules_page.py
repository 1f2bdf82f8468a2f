"""The 规则 page: every rule of the base, whether it counts here, and how to change it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QLayout, QPushButton, QWidget

from app.agenda.rule_dialog import as_shipped, ask_facts, change_rule, said_params, switch_rule
from app.agenda.rulebook import Line, RuleBook
from app.agenda.wording import often
from app.core.errors import UserError
from app.core.listing import ListForm, SheetColumn
from app.core.pinyin import search_text
from app.core.roles import Right
from app.core.values import show
from app.ui.asking import ask, tell
from app.ui.details import Details, Part, facts
from app.ui.errors import show_error
from app.ui.exporting import add_list
from app.ui.files import choose_file
from app.ui.pages import Chip, Column, Empty, Facet, LedgerPage, Memory, Row
from app.ui.papers import Papers
from app.ui.widgets import Entry, Pill, button, hbox, label, vbox

ON, OFF, ELSEWHERE, CHANGED, INFORMS = "在用", "关着", "不涉及", "改过", "只提示"
_TONES = {ON: ("done", "done"), OFF: ("none", "plain"), ELSEWHERE: ("", "plain"), INFORMS: ("", "")}
_FILES = "规则文件 (*.toml)"


class RulesPage(LedgerPage):
    """A line a rule, by field, in the order of the base."""

    title = "规则"
    topics = frozenset({"rule_change", "setting", "theme_day", "privacy_check"})
    hint = "搜索：事项、依据、编号"
    help_text = (
        "什么时候该做什么，都写在规则库里，每一条都有依据；依据后面写着可信程度，写“经验，请核对”的要自己核对文件。\n"
        "“在用”的规则到期会出现在“今日”；“关着”的多半是还没有台账可查的，学校要做就打开。\n"
        "参数、提前几天提醒、依据都能改，改的时候写原因，原因一直留着。\n"
        "“学校情况”里勾上学校有的设施，有关的规则才会用上；也在那里定从哪天开始算。\n"
        "上级发来新的规则文件，用“规则库”里的“换规则库”；文件里写坏的一条会指出来，其余照用。"
    )

    def __init__(
        self,
        book: RuleBook,
        *,
        go: Callable[[str, str], object],
        papers: Papers | None = None,
        memory: Memory | None = None,
    ) -> None:
        self._book, self._go = book, go
        self._lines: dict[str, Line] = {}
        super().__init__(
            columns=(
                Column("事项", 14),
                Column("类别", 5, "note", spare=True),
                Column("周期", 7),
                Column("状态", 5.5, "status"),
                Column("依据", 0),
                Column("可信", 9.5, spare=True),
            ),
            chips=(
                Chip(ON, ON, "done", "done"),
                Chip(OFF, OFF),
                Chip(INFORMS, INFORMS),
                Chip(CHANGED, CHANGED, "soon", "dot"),
                Chip(ELSEWHERE, ELSEWHERE),
            ),
            facets=(Facet("field", "类别"), Facet("trust", "可信")),
            empty=Empty(
                "规则库里没有规则。请换一份规则库。",
                "换规则库" if self._may() else "",
                self.change_base,
            ),
            memory=memory,
        )
        if self._may():
            self.add_action("学校情况…", self.ask_facts)
            self.add_action("规则库", menu=self._base_menu)
        add_list(self, book.store, _LIST, lambda: self._lines.items(), papers=papers)

    def read(self) -> Sequence[Row]:
        """Return a line a rule."""
        self._lines = {line.rule.id: line for line in self._book.lines()}
        said = show(self._book.base.as_of)
        self.put_note(label(f"规则库日期 {said}，从{show(self._book.began_on())}开始算", "note"))
        return [_row(line) for line in self._lines.values()]

    def details(self, uid: str | None) -> QWidget:
        """Show a rule whole: how it counts, on what basis, what the school changed and why."""
        if uid is None:
            return label("点一条规则，这里显示依据、参数和修改记录。", "note", wrap=True)
        line = self._lines[uid]
        state = state_of(line)
        shape, tone = _TONES[state]
        pill = Pill(state, shape, tone or "plain")
        head: list[Part] = [
            hbox((label(line.rule.title, "h2", wrap=True), 1), pill),
            label(f"{line.rule.id} · {line.rule.field} · {often(line.rule)}", "note", wrap=True),
        ]
        parts: list[tuple[str, QLayout]] = [("依据", self._basis(line)), ("参数", _params(line))]
        if history := self._book.history(uid):
            said = [
                label(f"{show(one.changed_on)} {one.changed_by}：{one.reason}", wrap=True)
                for one in history
            ]
            parts.append(("修改记录", vbox(*said, gap=2)))
        foot: list[QPushButton] = []
        if self._may():
            foot.append(button("改…", "primary", press=partial(self.open, uid)))
            if line.rule.is_owed:
                word = "关掉…" if line.is_on else "打开…"
                foot.append(button(word, press=partial(switch_rule, self, self._book, line)))
            if line.change is not None:
                foot.append(button("恢复…", press=partial(as_shipped, self, self._book, line)))
        if line.counts:
            foot.append(button("看全年", press=partial(self._go, "year", uid)))
        return Details(head, parts, foot)

    def open(self, uid: str) -> None:
        """Change a rule."""
        if self._may():
            change_rule(self, self._book, self._lines[uid])

    def ask_facts(self) -> None:
        """Ask what the school has."""
        ask_facts(self, self._book, self.refresh)

    def change_base(self) -> None:
        """Ask for a rule file and take it over after saying what is in it."""
        choose_file(self, "换规则库", _FILES, self._take)

    def _take(self, path: Path) -> None:
        try:
            base, is_whole = self._book.files.read(path)
        except UserError as error:
            show_error(self, error)
            return
        known = {line.shipped.id for line in self._book.lines()}
        new = sum(rule not in known for rule in base.rules)
        said = [f"“{path.name}”有{len(base.rules)}条规则，新的{new}条。"]
        if is_whole:
            said.append("它换掉整个规则库，原来的规则不再用。")
        said += [fault.what for fault in base.faults]
        said.append("学校改过的参数和原因都留着。")
        ask(
            self,
            "要用这份规则吗？",
            yes="用这份",
            no="不用",
            detail="\n".join(said),
            then=lambda: self._use(path),
        )

    def _use(self, path: Path) -> None:
        try:
            self._book.files.take(path)
        except UserError as error:
            show_error(self, error)
            return
        self.refresh()
        tell(self, "规则库换好了。", detail=f"规则库日期 {show(self._book.base.as_of)}。")

    def _drop(self, name: str) -> None:
        try:
            self._book.files.drop(name)
        except UserError as error:
            show_error(self, error)
        self.refresh()

    def _base_menu(self) -> list[Entry]:
        own = [(f"停用 {name}", partial(self._drop, name)) for name in self._book.files.names()]
        found: list[Entry] = [("换规则库…", self.change_base)]
        return [*found, *([None, *own] if own else [])]

    def _basis(self, line: Line) -> QLayout:
        kept = self._book.kept_by_room(line.shipped)
        rule = line.rule
        covered = self._lines.get(rule.covered_by)
        by = f"由“{covered.rule.title}”覆盖，那一条在用时不另计" if covered else ""
        since = f"学校{show(line.since)}起记这本台账，从那天算" if line.since else ""
        return facts(
            (
                ("依据", label(rule.basis, wrap=True)),
                ("可信", label(rule.trust_text, wrap=True)),
                ("说明", label(rule.note, wrap=True) if rule.note else ""),
                ("覆盖", label(by, wrap=True) if by else ""),
                ("打开", label(since, wrap=True) if since else ""),
                ("别处改", label("有的参数在它自己的页里改", wrap=True) if kept else ""),
            )
        )

    def _may(self) -> bool:
        return self._book.store.sitter.may(Right.CALENDAR)


def state_of(line: Line) -> str:
    """Say in a word whether a rule counts for this school."""
    if not line.fits:
        return ELSEWHERE
    if not line.rule.is_owed:
        return INFORMS
    return ON if line.is_on else OFF


_LIST = ListForm(
    "LB-01",
    "学校安全工作规则清单",
    (
        SheetColumn("编号", 12, lambda line: line.rule.id),
        SheetColumn("事项", 24, lambda line: line.rule.title),
        SheetColumn("类别", 10, lambda line: line.rule.field),
        SheetColumn("周期", 18, lambda line: often(line.rule)),
        SheetColumn("状态", 8, lambda line: state_of(line)),
        SheetColumn("依据", 50, lambda line: line.rule.basis),
        SheetColumn("可信", 16, lambda line: line.rule.trust_text),
    ),
)


def _params(line: Line) -> QLayout:
    known = said_params(line)
    if not known:
        return vbox(label("这一条没有可改的参数。", "note", wrap=True))
    return facts([(word, label(value, wrap=True)) for word, value in known])


def _row(line: Line) -> Row:
    rule, state = line.rule, state_of(line)
    shape, tone = _TONES[state]
    tags = {state} | ({CHANGED} if line.change is not None else set())
    status = (state, shape, tone or "plain")
    cells = (rule.title, rule.field, often(rule), status, rule.basis, rule.trust_text)
    search = search_text(rule.title) + f" {rule.id} {rule.note}"
    facets: dict[str, str | tuple[str, ...]] = {"field": rule.field}
    facets |= {"trust": tuple(rule.trust_text.split("、"))}
    return Row(rule.id, cells, search, frozenset(tags), facets)
