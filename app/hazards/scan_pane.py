"""One blank for what comes back on paper: scan or type its number, and the right sheet opens."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from app.core.errors import UserError
from app.core.roles import Right
from app.core.settings import Settings
from app.hazards.card_dialog import open_card
from app.hazards.notices.reply_dialog import open_answer
from app.hazards.numbers import NOTICE, read_number
from app.hazards.register import HazardRegister
from app.ui import theme as t
from app.ui.asking import tell
from app.ui.blanks import Sources
from app.ui.gun_blank import GunBlank

KEY = "F2"
_HINT = f"扫一扫或输入编号　{KEY}"


class ScanBlank(GunBlank):
    """Where the number of a sheet that came back is scanned or typed."""

    def __init__(
        self,
        page: QWidget,
        register: HazardRegister,
        sources: Callable[[], Sources],
        found: Callable[[str], object],
    ) -> None:
        super().__init__("扫一扫或输入编号", _HINT)
        self.setToolTip(f"流转单、验收单或整改回执上的编号，扫码或输入都行　{KEY}")
        self._page, self._register = page, register
        self._sources, self._found = sources, found
        self.read.connect(self._open)
        QShortcut(QKeySequence(KEY), page).activated.connect(self.setFocus)
        self._measure()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and hasattr(self, "_page"):
            self._measure()

    def _measure(self) -> None:
        self.setFixedWidth(t.wide(_HINT) + 3 * t.M)

    def _open(self, text: str) -> None:
        """Open the sheet this number stands on, or say whose number it is."""
        try:
            self._take(text)
        except UserError as error:
            tell(self._page, error.what, detail="\n".join(filter(None, (error.safe, error.do))))

    def _take(self, text: str) -> None:
        school = Settings(self._register.store).get("school.code", "")
        number = read_number(text, school=school)
        if number.series == NOTICE:
            self._register.store.sitter.demand(Right.EDIT_HAZARDS)
            notice = self._register.notices.named(number.text)
            self._register.notices.check_open(notice)
            open_answer(self._page, self._register, notice, self._sources())
            return
        hazard = self._register.named(number.text)
        self._found(hazard.uid)
        open_card(self._page, self._register, hazard, self._sources())
