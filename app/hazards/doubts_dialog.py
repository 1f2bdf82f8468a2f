"""A form with a strip above its blanks for what looks wrong."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from PySide6.QtWidgets import QBoxLayout, QWidget

from app.core.forms import Form
from app.ui import theme as t
from app.ui.blanks import Sources
from app.ui.editor import FormEditor
from app.ui.sheet import height_of, most_height, take_size
from app.ui.widgets import Shape, hbox, label


class DoubtEditor(FormEditor):
    """A form that says above its blanks what looks wrong, which stops nobody."""

    def __init__(
        self,
        form: Form,
        save: Callable[[dict[str, Any]], Any],
        parent: QWidget,
        *,
        values: Mapping[str, Any] | None = None,
        sources: Sources,
        doubts: Callable[[dict[str, Any]], list[str]],
        title: str = "",
        again: str = "",
        keeps: Sequence[str] = (),
    ) -> None:
        super().__init__(
            form, save, parent, values, sources=sources, title=title, again=again, keeps=keeps
        )
        self._doubts = doubts
        self._strip = QWidget()
        self._strip.setObjectName("doubts")
        self._words = label("", "body", "soon", wrap=True)
        self._words.setObjectName("doubt")
        self._strip.setLayout(
            hbox(Shape("soon", "soon"), (self._words, 1), edge=(t.XL, t.S, t.XL, t.S))
        )
        self._strip.setStyleSheet(f"#doubts {{ background: {t.SOON_BG}; }}")
        self._strip.hide()
        outer = self.layout()
        assert isinstance(outer, QBoxLayout)
        outer.insertWidget(0, self._strip)
        for field in (one for one in form.fields if one.asked):
            self.blank(field.key).edited.connect(self._look)

    def _fit(self) -> None:
        super()._fit()
        if not self._strip.isHidden():
            tall = height_of(self._strip.layout(), self.width())
            take_size(self, self.width(), min(self.height() + tall, most_height(self)))

    def _look(self) -> None:
        found = "\n".join(self._doubts(self.values()))
        if found != self._words.text():
            self._words.setText(found)
            self._strip.setVisible(bool(found))
            self._fit()
