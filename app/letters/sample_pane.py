"""The page beside a letter while it is chosen or worded: the real PDF, drawn off the screen."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QSize, Qt, QTimer
from PySide6.QtGui import QImage, QPixmap
from PySide6.QtWidgets import QFrame, QLabel

from app.core.errors import UserError
from app.core.paper import Fit, Layout
from app.letters.printing import Sample
from app.ui import theme as t
from app.ui.jobs import Job, run_quietly
from app.ui.pdf_view import PdfPages
from app.ui.widgets import button, hbox, label, retone, vbox

_REDRAW_AFTER_MS = 250
_A4 = 297 / 210

LAYOUTS: dict[Layout, str] = {
    "sheet": "信和回执印在一张纸上",
    "apart": "信一页，回执另一页",
    "copier": "信印一份拿去复印，回执四张一页",
    "half": "一张纸印两份，裁开发",
}


def layouts_of(*, receipt: bool) -> dict[Layout, str]:
    """Return how a letter may go on paper."""
    if receipt:
        return {key: LAYOUTS[key] for key in ("sheet", "apart", "copier")}
    return {"half": LAYOUTS["half"], "sheet": "一页纸印一份"}


def in_words(fit: Fit, layout: Layout, *, receipt: bool) -> str:
    """Say how a letter goes on paper, and what helps if it is too long."""
    if fit.over and layout == "half":
        return f"多了{fit.over}行，半页放不下，每份要印一页。少选几段，就能放进半页。"
    if fit.over:
        helps = "，或者把字印小一号、把回执另放一页" if receipt and layout == "sheet" else ""
        pages = f"，一份要{fit.pages:g}页纸" if layout != "copier" else ""
        return f"多了{fit.over}行，一页放不下{pages}。少选几段，就能放进一页{helps}。"
    if layout == "copier":
        return "信印一份，拿去复印；回执四张一页，剪开了发。"
    if not receipt:
        return "半页纸，一张A4纸印两份。" if layout == "half" else "一页纸，不带回执。"
    return "一页纸，信和回执都在上面。" if layout == "sheet" else "两页纸，一页信，一页回执。"


@dataclass(frozen=True)
class Asked:
    """What is to be drawn: the work, and what is said of it."""

    make: Callable[[], Sample]
    layout: Layout
    receipt: bool


@dataclass(frozen=True)
class _Drawn:
    pages: Sequence[QImage]
    words: str
    is_over: bool


class SamplePane(QFrame):
    """A letter as it would be printed now; ``over`` hears whether it is too long."""

    def __init__(self, ask: Callable[[], Asked], over: Callable[[bool], object]) -> None:
        super().__init__()
        self.setObjectName("foot")
        self._ask, self._over = ask, over
        self._turn, self._page = 0, 0
        self._drawn = _Drawn((), "", False)
        self._picture = QLabel()
        self._picture.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignHCenter)
        self._picture.setAccessibleName("信的样子")
        self._words = label("", "note", wrap=True)
        self._next = button("看下一页", "link", press=self._show_next)
        self._next.hide()
        self._later = QTimer(self, singleShot=True, interval=_REDRAW_AFTER_MS)
        self._later.timeout.connect(self.draw)
        self.setLayout(
            vbox(
                self._picture,
                hbox((self._words, 1), self._next, gap=t.XS),
                None,
                edge=(t.S, t.M, t.XL, 0),
            )
        )

    def draw_later(self) -> None:
        """Draw again when nothing more was typed for a moment."""
        self._later.start()

    def draw(self) -> None:
        """Draw the page as it would be printed now, in a job."""
        self._later.stop()
        self._turn += 1
        turn, asked, room = self._turn, self._ask(), self._room()
        ratio, made = self.devicePixelRatioF(), list[_Drawn]()

        def work(job: Job) -> None:
            made.append(_drawn(asked, room, ratio))
            job.step(1, 1)

        run_quietly(self, work, lambda _: self._show(turn, made[0]))

    def _show(self, turn: int, drawn: _Drawn) -> None:
        if turn != self._turn:
            return  # something was typed since
        self._drawn = drawn
        self._page = min(self._page, max(0, len(drawn.pages) - 1))
        self._words.setText(drawn.words)
        retone(self._words, tone="soon" if drawn.is_over or not drawn.pages else "")
        self._next.setVisible(len(drawn.pages) > 1)
        self._put()
        self._over(drawn.is_over)

    def _show_next(self) -> None:
        self._page = (self._page + 1) % len(self._drawn.pages)
        self._put()

    def _put(self) -> None:
        if not self._drawn.pages:
            self._picture.clear()
            return
        self._picture.setPixmap(QPixmap.fromImage(self._drawn.pages[self._page]))

    def _room(self) -> QSize:
        wide = self.width() - t.S - t.XL
        tall = self.height() - t.M - t.S - 4 * t.line("note")
        wide = max(120, min(wide, round(tall / _A4)))
        return QSize(wide, round(wide * _A4))


def _drawn(asked: Asked, room: QSize, ratio: float) -> _Drawn:
    try:
        printed, fit = asked.make()
    except UserError as error:
        return _Drawn((), error.what + error.do, False)
    pages = PdfPages(printed.data)
    scale = room.width() / pages.size(0)[0]
    shots = []
    for number in range(pages.count):
        # Twice as fine, then made small smoothly: thin strokes would be lost otherwise.
        shot = pages.image(number, scale * ratio * 2).scaled(
            room * ratio,
            Qt.AspectRatioMode.IgnoreAspectRatio,
            Qt.TransformationMode.SmoothTransformation,
        )
        shot.setDevicePixelRatio(ratio)
        shots.append(shot)
    pages.close()
    words = in_words(fit, asked.layout, receipt=asked.receipt)
    return _Drawn(shots, words, fit.over > 0)
