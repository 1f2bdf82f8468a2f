"""The page of one plain ledger, whichever it is: all of it comes from the form file."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any

from PySide6.QtWidgets import QLayout, QPushButton, QVBoxLayout, QWidget

from app.core.forms import MOST_SENSITIVE, Field, Form
from app.core.listing import SheetColumn
from app.core.roles import Right
from app.core.sheets import Pasted, read_book
from app.core.store import Blobs
from app.core.values import show
from app.ledgers import details_pane as pane
from app.ledgers.each_dialog import open_each
from app.ledgers.importing import carry_out, meanings_of, plan_lines
from app.ledgers.line_dialog import open_correction, open_end, open_entry
from app.ledgers.lines import Line, blank_row
from app.ledgers.months_pane import MonthStrip
from app.ledgers.papers import slip_id
from app.ledgers.records import topic_of
from app.ledgers.register import LedgerRegister
from app.ledgers.rows_pane import Listed
from app.ledgers.shaping_pane import Shaping
from app.ui.asking import tell
from app.ui.details import Details
from app.ui.exporting import Giving, add_export
from app.ui.importing import add_import, open_import
from app.ui.keeping import tiles
from app.ui.pages import Empty, LateRow, LedgerPage, Memory
from app.ui.papers import Papers
from app.ui.photo_tile import Thumbs
from app.ui.seal import Eye, Guard
from app.ui.void_dialog import ask_void
from app.ui.widgets import Entry, button, label

REASONS = ("重复登记", "登记错了", "不属于这本台账")
_PRIVATE = 2  # from this on a blank is not for everybody
_UNDER_ACTIONS = 2  # below the chips and the row of actions
_HELP = (
    "登记、更正、作废都记在历史里；编号一年里连着走，作废的不再用。\n"
    "“打印”和“导出”都是列表里现在列出的这些；空白表可以先打印带去填。\n"
    "有期限的日子到了会在“今日”提醒，{closed}的不再提醒。"
)


class LinesPage(LedgerPage):
    """Lists the lines of one ledger, the newest first."""

    def __init__(
        self,
        register: LedgerRegister,
        form: Form,
        *,
        papers: Papers,
        memory: Memory | None = None,
        guard: Guard | None = None,
        back: Callable[[], object] | None = None,
        shaping: Shaping | None = None,
        giving: Giving | None = None,
    ) -> None:
        """``back`` leads to all ledgers; ``shaping`` changes the form, for whoever may.

        ``giving`` writes down what is exported for somebody outside.
        """
        self.title = form.title
        self.topics = frozenset({topic_of(form.id)})
        self.hint = "搜索：内容、拼音首字母、编号"
        said = [f"{form.about.rstrip('。')}。"] if form.about else []
        self.help_text = "\n".join([*said, _HELP.format(closed=form.closed)])
        self._register, self._form, self._papers = register, form, papers
        self._giving = giving
        self._listed = Listed(form, register.today())
        self._lines: dict[str, Line] = {}
        self._thumbs = Thumbs(Blobs(register.store).get)
        super().__init__(
            columns=self._listed.columns(),
            chips=self._listed.chips(),
            facets=self._listed.facets(),
            empty=self._first_step(),
            memory=memory,
        )
        if back is not None:
            self.add_action("全部台账", back, kind="quiet", icon="left", key="Alt+Left")
        self._add_actions(guard)
        if shaping is not None:
            self.add_action("这本台账", menu=shaping.entries_of(form))
        self._months = MonthStrip(register, form, self) if form.month_by else None
        outer = self.layout()
        if self._months is not None and isinstance(outer, QVBoxLayout):
            outer.insertWidget(_UNDER_ACTIONS, self._months)

    @property
    def form(self) -> Form:
        """The form it is made from."""
        return self._form

    def read(self) -> Sequence[LateRow]:
        """Return a line a line; sealed blanks only while the eye is open."""
        self._listed = Listed(self._form, self._register.today())
        lines = self._register.lines(self._form.id, opened=self.is_unsealed)
        self._lines = {line.uid: line for line in lines}
        return self._listed.rows(lines)

    def refresh(self) -> None:
        """Read the lines again, and the months where they are reported."""
        super().refresh()
        if self._months is not None:
            self._months.refresh()

    def unseal(self, is_open: bool) -> None:
        """Open or cover the sealed blanks; the look is written down."""
        if is_open:
            self._register.open_seal(self._form.id)
        super().unseal(is_open)

    def count_text(self, shown: int, total: int) -> str:
        """Say how many lines there are, in the ledger's own unit."""
        unit = self._form.unit
        return f"共 {total} {unit}" if shown == total else f"列出 {shown} {unit}，共 {total} {unit}"

    def details(self, uid: str | None) -> QWidget:
        """Show one line: all that was filled in, its photos, its history."""
        if uid is None:
            return label("点一条，这里显示登记的内容和改动历史。", "note", wrap=True)
        line = self._lines[uid]
        parts: list[tuple[str, QLayout | QWidget]] = pane.parts(line, opened=self.is_unsealed)
        for field in pane.photo_fields(self._form, opened=self.is_unsealed):
            if names := line[field.key]:
                parts.append((field.label, tiles(self, names, field.label, self._thumbs)))
        parts.append(("历史", pane.history(self._register.store, line)))
        return Details(pane.head(line, self._listed.status(line)), parts, self._foot(line))

    def open(self, uid: str) -> None:
        """Put right what was written."""
        if (open_there := self._register.feeds.way_to(uid)) is not None:
            open_there(uid)
        elif self._may(Right.LEDGERS):
            open_correction(self, self._register, self._lines[uid])

    def enter(self) -> None:
        """Enter a line."""
        open_entry(self, self._register, self._form, self.choose)

    def enter_each(self) -> None:
        """Enter a line for each of several persons."""
        open_each(self, self._register, self._form, self.choose)

    def import_list(self, pasted: Pasted | None = None) -> None:
        """Read a spreadsheet, show what it would bring in, and do it on a press."""
        id, register = self._form.id, self._register
        open_import(
            self,
            title=f"导入{self._form.title}",
            plan=lambda path, mapping, _: plan_lines(
                register, id, read_book(path), mapping=mapping
            ),
            carry_out=lambda plan, tick: carry_out(register, id, plan, tick),
            meanings=meanings_of(self._form),
            pasted=pasted,
        )

    def print_list(self) -> None:
        """Print the list as it is filtered."""
        rows = [self._lines[uid].row() for uid in self.shown_uids()]
        if not rows:
            tell(self, "列表里一条也没有。", detail="请换一个条件；要空白的，请选“空白表”。")
            return
        self._preview(rows, self.filter_text())

    def print_blank(self) -> None:
        """Print a sheet of empty lines, to be filled in by hand."""
        self._preview([], "")

    def print_slips(self) -> None:
        """Print the chosen lines each by itself."""
        rows = [self._register.slip_row(self._lines[uid]) for uid in self.chosen_uids()]
        if not rows:
            tell(self, "请先在列表里选一条。", detail="按住 Ctrl 点，可以选几条。")
            return
        self._preview(rows, "", paper=slip_id(self._form.id))

    def print_all_slips(self) -> None:
        """Print every line of the list each by itself, such as a pledge for each of the staff."""
        rows = [self._register.slip_row(self._lines[uid]) for uid in self.shown_uids()]
        if not rows:
            tell(self, "列表里一条也没有。", detail="请换一个条件，或者先登记。")
            return
        self._preview(rows, self.filter_text(), paper=slip_id(self._form.id))

    def print_blank_slips(self) -> None:
        """Print a sheet of slips to be filled in by hand."""
        said = self._register.season_said(self._form, self._register.today())
        rows = [blank_row(self._form) | {"season_said": said}] * self._form.slips
        self._preview(rows, "", paper=slip_id(self._form.id))

    def _preview(self, rows: Sequence[Mapping[str, Any]], words: str, *, paper: str = "") -> None:
        id, register = self._form.id, self._register
        self._papers.preview(
            self, paper or id, rows, words=words, done=lambda how: register.printed(id, how)
        )

    def _add_actions(self, guard: Guard | None) -> None:
        if self._may(Right.LEDGERS):
            self.add_action("登记", self.enter, kind="primary", icon="plus")
            if self._form.person:
                self.add_action("按名单登记", self.enter_each)
        if not self._form.sealed:
            self._add_giving()
        is_sealed = any(field.sensitive >= MOST_SENSITIVE for field in self._form.fields)
        if is_sealed and self._may(Right.SEE_SEALED):
            eye = Eye(guard)
            eye.opened.connect(self.unseal)
            self.add_tool(eye)

    def _add_giving(self) -> None:
        """Put in what brings lines in or gives them out; a sealed ledger has none of it."""
        if self._may(Right.LEDGERS) and self._may(Right.IMPORT):
            add_import(self, self.import_list)
        menu: list[Entry] = [("当前列表", self.print_list), ("空白表", self.print_blank)]
        if title := self._form.slip_title:
            menu += [
                None,
                (f"{title}（选中的）", self.print_slips),
                (f"{title}（列出的全部）", self.print_all_slips),
                (f"空白{title}", self.print_blank_slips),
            ]
        self.add_action("打印", menu=menu)
        add_export(
            self,
            self._register.store,
            self._sheet(),
            lambda: list(self._lines.items()),
            asks_why=any(_names(field) for field in self._form.fields),
            giving=self._giving,
        )

    def _sheet(self) -> list[SheetColumn]:
        columns = [SheetColumn("编号", 16, lambda line: line.number)]
        columns += [
            SheetColumn(field.label, 0, partial(_in_sheet, key=field.key))
            for field in self._form.fields
            if field.kind != "photo"
        ]
        if self._form.closing:
            columns.append(SheetColumn("状态", 10, lambda line: line.status))
        return columns

    def _foot(self, line: Line) -> list[QPushButton]:
        feeds = self._register.feeds
        if (open_there := feeds.way_to(line.uid)) is not None:
            return [button("打开", "primary", press=partial(open_there, line.uid))]
        if not self._may(Right.LEDGERS) or feeds.find(line.uid) is not None:
            return []
        correct = button("更正", press=partial(self.open, line.uid))
        void = button("作废", press=partial(self._void, line))
        if not self._form.closing:
            return [correct, void]
        if line.is_closed:
            again = button("重新办理", press=partial(self._register.reopen, line.uid))
            return [correct, again, void]
        end = button(
            self._form.close, "primary", press=lambda: open_end(self, self._register, line)
        )
        return [end, correct, void]

    def _void(self, line: Line) -> None:
        ask_void(self, f"作废 {line.number}", REASONS, partial(self._register.void, line.uid))

    def _first_step(self) -> Empty:
        about = f"{self._form.about.rstrip('。')}。" if self._form.about else ""
        words = f"还没有登记。{about}"
        if self._may(Right.LEDGERS):
            return Empty(words, "登记", self.enter)
        return Empty(words)

    def _may(self, right: Right) -> bool:
        return self._register.store.sitter.may(right)


def _names(field: Field) -> bool:
    """Say whether a blank holds what belongs to a person: a name, a phone, what is private."""
    return field.sensitive >= _PRIVATE or bool(field.mask)


def _in_sheet(line: Line, *, key: str) -> Any:
    value = line[key]
    return show(value) if isinstance(value, list) else value
