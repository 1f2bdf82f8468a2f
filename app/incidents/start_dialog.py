"""Starting the clock: when it was known is there already, Enter is enough, no word is lost."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QWidget

from app.core.forms import Field, Form
from app.incidents.register import IncidentRegister
from app.incidents.sheet_dialog import SAVE_EVERY_MS, ActSheet
from app.ui.blanks import Sources
from app.ui.widgets import label

NOT_BEGUN = ""  # whose sheet it is, while there is no incident yet
_NOTE = "先救人、先报警。这里只填知道的，按回车就开始计时；其余的边处置边填，填到哪里存到哪里。"


class StartSheet(ActSheet):
    """Keeps what stands in it each few seconds, and when the window below is shut or locks."""

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        below = self.parentWidget()
        assert below is not None
        below.window().installEventFilter(self)
        self._timer = QTimer(self, interval=SAVE_EVERY_MS)
        self._timer.timeout.connect(self._keep_if_shown)
        self._timer.start()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keep what is typed before the window below closes, with it the store."""
        if event.type() == QEvent.Type.Close:
            self._keep_if_shown()
        return super().eventFilter(watched, event)

    def _keep_if_shown(self) -> None:
        if self.isVisible():
            self.keep()


def ask_start(
    parent: QWidget, register: IncidentRegister, then: Callable[[str], object]
) -> StartSheet:
    """Ask when it was known and what little is known; ``then`` gets the uid of the incident.

    What stands there is kept each few seconds like the hour itself, and is there again after a
    power cut, with the moment it was known.
    """
    fields = {field.key: field for field in register.form.fields}
    form = Form(
        "incident_start",
        "突发事件",
        (
            Field("known_at", "知悉时间", "moment", required=True),
            Field("kind", "类别", "choice", choices=fields["kind"].choices),
            Field("place", "地点", width=60),
        ),
    )

    def save(said: dict[str, Any]) -> None:
        known_at = said.pop("known_at")
        then(register.begin(known_at=known_at, said=said).uid)

    now = register.now().replace(second=0, microsecond=0)
    editor = StartSheet(
        form,
        save,
        parent,
        {"known_at": now},
        register=register,
        uid=NOT_BEGUN,
        sources=Sources(today=register.today),
        title="突发事件：开始计时",
        word="开始计时",
    )
    note = label(_NOTE, "note", wrap=True)
    note.setContentsMargins(24, 12, 24, 4)
    editor.put_on_top(note)
    editor.open()
    return editor
