"""The help window: what the page on the screen is for, then the whole manual, page by page."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from html import escape
from pathlib import Path

from PySide6.QtCore import Qt, QTimer, QUrl
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut, QTextCursor, QTextDocument
from PySide6.QtWidgets import (
    QDialog,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QSplitter,
    QTextBrowser,
    QWidget,
)

from app.core import manual_index as index
from app.core.manual import Chapter, as_html, read_manual
from app.core.paper.sheets import Printed
from app.core.version import version
from app.ui import theme as t
from app.ui.jobs import Job
from app.ui.manual_page import ManualPage
from app.ui.printing import show_preview
from app.ui.widgets import button, hbox, label, retone, vbox

TITLE = "校安台使用手册"
_SIZE_PX, _LIST_PX = (1080, 640), 230
_PICTURE_PX, _BESIDE_PX = 960, 48
_AFTER_MS = 120  # while typing, or while the window is drawn wider
_ROLE = Qt.ItemDataRole.UserRole
_HERE = "这一页"


def show_manual(
    parent: QWidget, folder: Path, *, title: str = "", text: str = "", words: Sequence[str] = ()
) -> ManualWindow:
    """Open the help window, or bring the open one to the front.

    ``title`` and ``text`` are the page's own help; ``words`` are the tabs it stands under, the
    nearest first, which say what chapter goes on from there.
    """
    window = parent.window()
    found = window.findChild(ManualWindow)
    made = found or ManualWindow(window, folder)
    made.turn_to(title, text, words)
    made.show()
    made.raise_()
    made.activateWindow()
    return made


class ManualWindow(QDialog):
    """The chapters on the left, one of them on the right; it stays open beside the work."""

    def __init__(self, parent: QWidget, folder: Path) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(f"帮助：{TITLE}")
        self._folder = folder
        self._chapters = {chapter.id: chapter for chapter in read_manual(folder)}
        self._here, self._shown, self._part = "", ("", 0), ""
        self._hits = index.Found((), ())
        self._trail: list[tuple[str, str]] = []
        self._document: QTextDocument | None = None
        self._search = QLineEdit()
        self._search.setPlaceholderText("在手册里找")
        self._search.setAccessibleName("在手册里找")
        self._search.setClearButtonEnabled(True)
        self._list = QListWidget()
        self._list.setAccessibleName("手册目录")
        self._view = QTextBrowser()
        self._view.setOpenLinks(False)
        self._view.setSearchPaths([str(folder)])
        self._view.setAccessibleName("手册正文")
        self._found = label("", "note", wrap=True)
        self._found.hide()
        self._soon = QTimer(self, singleShot=True, interval=_AFTER_MS)
        self._soon.timeout.connect(self._fill)
        self._back = button("上一处", "plain", "left", self._go_back)
        self._back.setToolTip("回到点链接以前的地方　Alt+←")
        self._lay_out()
        self._search.textChanged.connect(lambda: self._soon.start())
        self._search.returnPressed.connect(self._find_next)
        self._list.currentItemChanged.connect(lambda *_: self._turn())
        self._view.anchorClicked.connect(self._follow)
        QShortcut(QKeySequence("Alt+Left"), self).activated.connect(self._back.click)
        QShortcut(QKeySequence.StandardKey.Find, self).activated.connect(self._search.setFocus)
        t.look.changed.connect(self._wear)
        self._later = QTimer(self, singleShot=True, interval=_AFTER_MS)
        self._later.timeout.connect(self._show)

    def turn_to(self, title: str, text: str, words: Sequence[str]) -> None:
        """Show the help of one page, with the way to its chapter below."""
        chapter = next(
            (c for word in words for c in self._chapters.values() if word in c.tabs), None
        )
        self._here = _page_html(title, text, chapter) if text else ""
        self._forget()
        self._fill(title)
        first = self._chapters.get("start")
        self._open(_HERE if text else chapter.id if chapter else first.id if first else "")
        self._list.setFocus()
        self._leave()

    def chapter(self) -> str:
        """Return the word in the list that is open."""
        item = self._list.currentItem()
        return item.text() if item else ""

    def text(self) -> str:
        """Return what the open chapter says."""
        return self._view.toPlainText()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._later.start()

    def _lay_out(self) -> None:
        left, parts = QWidget(), QSplitter()
        left.setLayout(vbox(self._search, (self._list, 1), self._found))
        parts.addWidget(left)
        parts.addWidget(self._view)
        parts.setSizes([_LIST_PX, _SIZE_PX[0] - _LIST_PX])
        parts.setStretchFactor(1, 1)
        close = button("关闭", press=self.close)
        whole = button("打印手册…", press=self._print)
        retone(close, kind="primary")
        self.setLayout(vbox((parts, 1), hbox(whole, self._back, None, close), edge=t.M))
        room = self.screen().availableGeometry()
        self.resize(min(_SIZE_PX[0], room.width() - 64), min(_SIZE_PX[1], room.height() - 64))

    def _fill(self, title: str = "") -> None:
        kept = self._list.currentItem().data(_ROLE) if self._list.currentItem() else None
        sought = self._search.text().strip()
        self._hits = index.find(tuple(self._chapters.values()), sought)
        self._list.blockSignals(True)
        self._list.clear()
        if self._here and not sought:
            self._add(f"{_HERE}：{title or self._list.property('here')}", _HERE)
        self._list.setProperty("here", title or self._list.property("here"))
        part = ""
        for chapter in self._hits.chapters:
            if chapter.part != part:
                part = chapter.part
                self._add(part, None)
            self._add(f"　{chapter.title}", chapter.id)
        self._list.blockSignals(False)
        self._found.setText(self._told(sought) if sought else "")
        self._found.setVisible(bool(sought))
        self._open(kept if self._row(kept) is not None else self._first())

    def _told(self, sought: str) -> str:
        count, mark = len(self._hits.chapters), self._hits.mark
        if not count:
            return f"没有“{sought}”；换几个字，或者少打几个"
        words = sought if self._hits.words != (mark,) else mark
        return f"{count}章里有“{words}”"

    def _add(self, words: str, key: str | None) -> None:
        item = QListWidgetItem(words)
        item.setData(_ROLE, key)
        if key is None:
            item.setFlags(Qt.ItemFlag.NoItemFlags)
        self._list.addItem(item)

    def _row(self, key: str | None) -> int | None:
        rows = range(self._list.count())
        return next((n for n in rows if key and self._list.item(n).data(_ROLE) == key), None)

    def _first(self) -> str:
        keys = (self._list.item(n).data(_ROLE) for n in range(self._list.count()))
        return next((key for key in keys if key), "")

    def _open(self, key: str | None, part: str = "") -> None:
        if (row := self._row(key)) is None:
            return
        self._part = part
        self._list.blockSignals(True)
        self._list.setCurrentRow(row)
        self._list.blockSignals(False)
        self._show()

    def _turn(self) -> None:
        self._part = ""
        self._show()

    def _wear(self) -> None:
        self._shown = ("", 0)
        self._show()

    def _show(self) -> None:
        item = self._list.currentItem()
        key = item.data(_ROLE) if item else None
        if not key:
            return
        width = min(_PICTURE_PX, self._view.viewport().width() - _BESIDE_PX)
        body = self._here if key == _HERE else as_html(self._read(key), self._folder, width=width)
        if self._shown != (body, width):
            self._shown = (body, width)
            self._set(body, width)
        if mark := self._hits.mark:
            self._view.moveCursor(QTextCursor.MoveOperation.Start)
            self._view.find(mark)

    def _read(self, key: str) -> Chapter:
        """Return a chapter, of a long one what is sought, the part that was opened, or its ways."""
        chapter = self._chapters[key]
        if not index.is_long(chapter):
            return chapter
        if self._hits.words:
            return replace(chapter, text=index.rows_with(chapter, self._hits.words))
        told = index.part_of(chapter, int(self._part)) if self._part else index.contents_of(chapter)
        return replace(chapter, text=told)

    def _set(self, body: str, width: int) -> None:
        base, dots = QUrl.fromLocalFile(f"{self._folder}/"), self.devicePixelRatioF()
        document = ManualPage(self._view, body, base, width=width, dots=dots)
        self._view.setDocument(document)
        if self._document is not None:
            self._document.deleteLater()
        self._document = document

    def _find_next(self) -> None:
        if self._soon.isActive():
            self._soon.stop()
            self._fill()
        elif not self._view.find(self._hits.mark):
            self._show()  # from the top again

    def _follow(self, link: QUrl) -> None:
        if item := self._list.currentItem():
            self._trail.append((item.data(_ROLE), self._part))
        self._go(link.fileName().removesuffix(".md"), link.fragment())

    def _go_back(self) -> None:
        self._go(*self._trail.pop())

    def _go(self, key: str, part: str) -> None:
        self._forget()
        self._fill()
        self._open(key, part)
        self._back.setEnabled(bool(self._trail))

    def _leave(self) -> None:
        """Forget the way here."""
        self._trail.clear()
        self._back.setEnabled(False)

    def _forget(self) -> None:
        """Seek nothing any more, without waiting for the hands to rest."""
        self._search.clear()
        self._soon.stop()
        self._hits = index.Found((), ())

    def _print(self) -> None:
        print_manual(self, self._folder)


def print_manual(
    parent: QWidget, folder: Path, *, done: Callable[[str], None] = lambda _: None
) -> None:
    """Set the whole manual on paper and show it."""

    def make(job: Job) -> Printed:
        from app.core.paper.booklet import print_booklet

        cover = (f"{version()} 版",)
        return print_booklet(TITLE, cover, read_manual(folder), folder, tick=job.step)

    show_preview(parent, TITLE, make, done=done)


def _page_html(title: str, text: str, chapter: Chapter | None) -> str:
    lines = "".join(f"<p>{escape(line)}</p>" for line in text.splitlines())
    further = (
        f'<p><a href="{chapter.id}.md">详细的做法：{escape(chapter.title)}</a></p>'
        if chapter
        else ""
    )
    return f"<h1>{escape(title)}怎么用</h1>{lines}{further}"
