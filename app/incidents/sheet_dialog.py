"""A small sheet of an incident: what is typed into it outlives a power cut too."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from PySide6.QtWidgets import QWidget

from app.core.forms import Form
from app.incidents.register import IncidentRegister
from app.ui import theme as t
from app.ui.blanks import Sources
from app.ui.editor import FormEditor
from app.ui.widgets import label

SAVE_EVERY_MS = 5000
_FOUND = "上次没有保存的内容填回来了，请看过再保存；不要的按“取消”。"


class ActSheet(FormEditor):
    """Asks for one act of an incident; ``keep`` puts by what stands in it, saved or not."""

    def __init__(
        self,
        form: Form,
        save: Callable[[dict[str, Any]], Any],
        parent: QWidget,
        given: Mapping[str, Any],
        *,
        register: IncidentRegister,
        uid: str,
        about: str = "",
        sources: Sources | None = None,
        title: str = "",
        word: str = "保存",
    ) -> None:
        """``about`` tells sheets of one form apart, as calls by whom one calls."""
        self._sheets, self._uid, self._paper = register.sheets, uid, form
        self._called = f"{form.id}:{about}" if about else form.id
        found = self._sheets.read(uid, self._called, form)
        super().__init__(
            form, save, parent, {**given, **found}, sources=sources, title=title, word=word
        )
        self._at_first = self.values()
        if found:
            self._before = {}  # to close it is to lose what was typed, and is asked about
            note = label(_FOUND, "note", "soon", wrap=True)
            note.setContentsMargins(t.XL, t.M, t.XL, 0)
            self.put_on_top(note)

    def keep(self) -> bool:
        """Keep what stands in the blanks, right or not; say whether anything was new."""
        said = self.values()
        if said == self._at_first:
            return False
        return self._sheets.keep(self._uid, self._called, self._paper, said)

    def done(self, result: int) -> None:
        """Close; what was saved or given up is no longer held."""
        self._sheets.drop(self._uid, self._called)
        super().done(result)
