"""What one may do with the shape of a ledger: change it, copy it, give it away, do away with it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QWidget

from app.core.errors import UserError
from app.core.forms import Form
from app.ledgers.register import LedgerRegister
from app.ledgers.shapes import ShapeBook
from app.ui.asking import ask, tell
from app.ui.errors import show_error
from app.ui.files import choose_place
from app.ui.papers import Papers
from app.ui.widgets import Entry

_FILE = "台账文件 (*.toml)"
_NEW = "新台账"


@dataclass(frozen=True)
class Shaping:
    """Opens the dialogs of shapes above a page; ``then`` hears which ledger was made or changed."""

    page: QWidget
    register: LedgerRegister
    shapes: ShapeBook
    papers: Papers
    then: Callable[[str], object]

    def entries(self) -> list[Entry]:
        """Return what a new ledger may begin from."""
        return [
            ("放进别处来的台账文件…", self.take_in),
            ("照一本现有的另立一本…", self.choose_copy),
            ("从空白开始…", self.begin),
        ]

    def entries_of(self, form: Form) -> list[Entry]:
        """Return what may be done with a ledger's shape."""
        found: list[Entry] = [
            ("改这本台账…", partial(self.change, form)),
            ("照它另立一本…", partial(self.copy, form)),
            ("给别的学校…", partial(self.give, form)),
        ]
        if form.id not in self.shapes.base:
            found += [None, ("去掉这本台账…", partial(self.drop, form))]
        return found

    def take_in(self) -> None:
        """Put in a ledger that came as a file, after a look at it."""
        from app.ledgers.take_dialog import open_taking

        open_taking(
            self.page, self.register, shapes=self.shapes, papers=self.papers, then=self.then
        )

    def choose_copy(self) -> None:
        """Ask which ledger to begin from, and open a copy of it to be changed."""
        from app.ledgers.copy_dialog import open_copying

        open_copying(self.page, self.register.all(), self.copy)

    def begin(self) -> None:
        """Open an empty ledger to be changed."""
        from app.ledgers.designing import begun

        groups = [form.group for form in self.register.all()]
        self._design(begun(_NEW, groups[0] if groups else "本校", self._numbers()))

    def copy(self, form: Form) -> None:
        """Open a copy of a ledger to be changed."""
        from app.ledgers.designing import copied

        self._design(copied(form, f"{form.title[:20]}（另）", self._numbers()))

    def change(self, form: Form) -> None:
        """Open a ledger to be changed."""
        self._design(form)

    def give(self, form: Form) -> None:
        """Ask where to write a ledger's form file, and write it."""
        from app.ledgers.bringing import give_out

        def write(path: Path) -> None:
            try:
                give_out(self.shapes, form, path)
            except UserError as error:
                show_error(self.page, error)
                return
            detail = (
                "拿到别的学校，在“其他台账”里按“新台账”放进去。里面只有空和样子，没有登记的内容。"
            )
            tell(self.page, f"“{form.title}”的样子已经写好：{path.name}", detail=detail)

        choose_place(self.page, "给别的学校", _FILE, f"{form.title}.toml", write)

    def drop(self, form: Form) -> None:
        """Ask, and do away with a ledger that has no line."""

        def go() -> None:
            try:
                self.shapes.drop(form.id)
            except UserError as error:
                show_error(self.page, error)

        ask(
            self.page, f"要去掉“{form.title}”吗？", yes="去掉", detail="按“撤销”能放回来。", then=go
        )

    def _design(self, form: Form) -> None:
        from app.ledgers.designer_dialog import open_designer

        open_designer(
            self.page,
            self.register,
            form,
            shapes=self.shapes,
            papers=self.papers,
            then=self.then,
        )

    def _numbers(self) -> set[str]:
        return {form.number for form in self.shapes.forms().values()}
