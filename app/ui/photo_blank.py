"""The blank for photos: drop, choose or paste them; they stand in it, made small."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import partial
from hashlib import sha256
from itertools import pairwise
from pathlib import Path
from typing import Any

from PySide6.QtCore import QBuffer, QEvent, QIODevice, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QDragEnterEvent,
    QDropEvent,
    QGuiApplication,
    QImage,
    QKeyEvent,
    QKeySequence,
    QPainter,
    QPaintEvent,
)
from PySide6.QtWidgets import QAbstractButton, QWidget

from app.core.errors import UserError
from app.core.photos import LONGEST_PX, gather, read_photo, shrink
from app.ui import icons
from app.ui import theme as t
from app.ui.asking import tell
from app.ui.errors import show_error
from app.ui.files import PHOTOS, choose_files, choose_folder
from app.ui.flow import Flow
from app.ui.jobs import Job, run_job
from app.ui.paint import put
from app.ui.photo_catching import Source, photos_in
from app.ui.photo_picker import pick_photos
from app.ui.photo_tile import HIGH_EM, WIDE_EM, LoadPhoto, PhotoTile, Thumbs, draw_frame
from app.ui.photo_viewer import Shot, view_photos
from app.ui.widgets import button, label, vbox

MOST = 12  # a default of ours: what one step of a hazard needs at the very most
PASTED = "粘贴的照片"


class PhotoBlank(QWidget):
    """Some photos; its value is the hashes they will be kept under, None where there are none.

    ``taken`` holds the bytes still to keep, by hash.
    """

    edited = Signal()

    def __init__(self, load: LoadPhoto | None = None) -> None:
        super().__init__()
        self._load = load
        self._names: list[str] = []
        self._busy = 0  # how many jobs are still making photos small
        self.taken: dict[str, bytes] = {}
        self._thumbs = Thumbs(self._bytes)
        self._add = _AddTile("添加照片")
        self._add.clicked.connect(self._choose)
        self._tiles = Flow(self._add)
        row = QWidget()
        row.setLayout(self._tiles)
        ways = (
            button("从文件夹里挑", "link", press=self._choose_folder),
            button("粘贴", "link", press=self.paste),
            label("也可以拖进来，或按 Ctrl+V 粘贴", "note"),
        )
        below = QWidget()
        below.setLayout(Flow(*ways, gap=t.M))
        self.setLayout(vbox(row, below, gap=t.XS))
        self.setFocusProxy(self._add)
        self.setAcceptDrops(True)

    def value(self) -> Any:
        return list(self._names) or None

    def put(self, value: Any) -> None:
        self.taken = {}
        self._show([value] if isinstance(value, str) else list(value or ()))

    def fault(self) -> str | None:
        return "照片还没有处理完，请等一下" if self._busy else None

    def take(self, sources: Sequence[Source]) -> None:
        """Take these files or pictures; what is wrong with some of them is said, the others stay.

        They are made small off the screen's thread. A folder is opened to be picked from.
        """
        folders = [one for one in sources if isinstance(one, Path) and one.is_dir()]
        if folders:
            pick_photos(self.window(), folders[0], self.take)
        files = [one for one in sources if one not in folders]
        if not files:
            return
        room = MOST - len(self._names)
        over = max(0, len(files) - room)
        work = partial(_make_small, files[: max(0, room)])
        job = run_job(self.window(), "正在添加照片", work, partial(self._take_in, over))
        job.left.connect(self._rest)
        self._busy += 1

    def paste(self) -> None:
        """Take the picture or the copied files from the clipboard."""
        if found := photos_in(QGuiApplication.clipboard().mimeData()):
            self.take(found)
            return
        detail = "请先在微信、QQ或文件夹里复制照片（或者截图），再按 Ctrl+V。"
        tell(self.window(), "剪贴板里没有照片。", detail=detail)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Paste):
            self.paste()
        else:
            super().keyPressEvent(event)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if photos_in(event.mimeData()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        event.acceptProposedAction()
        self.take(photos_in(event.mimeData()))

    def _choose(self) -> None:
        choose_files(self.window(), "选照片（可以选几张）", PHOTOS, self.take)

    def _choose_folder(self) -> None:
        window = self.window()
        choose_folder(
            window, "选照片所在的文件夹", lambda folder: pick_photos(window, folder, self.take)
        )

    def _take_in(self, over: int, result: tuple[list[bytes], list[UserError]]) -> None:
        made, refused = result
        fresh = {sha256(data).hexdigest(): data for data in made}
        self.taken |= {name: data for name, data in fresh.items() if name not in self._names}
        self._show([*self._names, *(name for name in fresh if name not in self._names)])
        if over:
            what = f"一处最多放{MOST}张照片，多出来的{over}张没有添加。"
            refused.append(UserError(what, do="请去掉几张不要的，再添加。"))
        if refused:
            show_error(self.window(), gather(refused, len(made)))

    def _rest(self) -> None:
        self._busy -= 1

    def _bytes(self, name: str) -> bytes | None:
        return self.taken.get(name) or (self._load(name) if self._load else None)

    def _remove(self, name: str) -> None:
        at = self._names.index(name)
        self.taken.pop(name, None)
        self._show([one for one in self._names if one != name])
        rest = self.findChildren(PhotoTile)
        (rest[min(at, len(rest) - 1)] if rest else self._add).setFocus()

    def _show(self, names: list[str]) -> None:
        self._names = names
        for tile in self.findChildren(PhotoTile):
            self._tiles.removeWidget(tile)
            tile.setParent(None)  # what is only to be deleted later would still be found
            tile.deleteLater()
        for place, name in enumerate(names):
            tile = PhotoTile(name, f"第{place + 1}张照片", self._thumbs, may_go=True)
            tile.clicked.connect(partial(self._view, place))
            tile.gone.connect(partial(self._remove, name))
            self._tiles.insert(place, tile)
        self._add.setVisible(len(names) < MOST)
        self._chain()
        self.updateGeometry()
        self.edited.emit()

    def _chain(self) -> None:
        """Let Tab go through the photos as they stand, then to what adds another."""
        tiles: list[QWidget] = [*self.findChildren(PhotoTile), self._add]
        for before, after in pairwise(tiles):
            QWidget.setTabOrder(before, after)

    def _view(self, at: int) -> None:
        name = self.accessibleName() or "照片"
        shots = [Shot(one, f"{name}　第{n}张") for n, one in enumerate(self._names, start=1)]
        view_photos(self, shots, at, self._bytes)


class _AddTile(QAbstractButton):
    """An empty frame that says what to do."""

    def __init__(self, word: str) -> None:
        super().__init__()
        self.setText(word)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setFixedSize(self.sizeHint())

    def sizeHint(self) -> QSize:
        return QSize(round(t.em() * WIDE_EM), round(t.em() * HIGH_EM))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self.setFixedSize(self.sizeHint())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        p = QPainter(self)
        p.setRenderHint(QPainter.RenderHint.Antialiasing)
        rect = draw_frame(p, self, is_dashed=True)
        side = t.em() * 1.4
        middle = rect.center()
        camera = QRectF(middle.x() - side / 2, middle.y() - side, side, side)
        icons.draw(p, camera, "camera", t.SOFT)
        below = QRectF(rect.left(), middle.y() + 3, rect.width(), t.line("note"))
        put(p, below, self.text(), role="note", align=Qt.AlignmentFlag.AlignCenter)


def _make_small(sources: Sequence[Source], job: Job) -> tuple[list[bytes], list[UserError]]:
    """Return the photos made small, and why some could not be."""
    made: list[bytes] = []
    refused: list[UserError] = []
    for number, source in enumerate(sources):
        name = source.name if isinstance(source, Path) else PASTED
        job.step(number, len(sources), name)
        try:
            made.append(
                read_photo(source) if isinstance(source, Path) else shrink(_bitmap(source), name)
            )
        except UserError as error:
            refused.append(error)
    job.step(len(sources), len(sources))
    return made, refused


def _bitmap(image: QImage) -> bytes:
    """Return a picture from the clipboard as bytes, no larger than it will be kept."""
    if max(image.width(), image.height()) > LONGEST_PX:
        keep, smooth = (
            Qt.AspectRatioMode.KeepAspectRatio,
            Qt.TransformationMode.SmoothTransformation,
        )
        image = image.scaled(LONGEST_PX, LONGEST_PX, keep, smooth)
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG", 100)  # type: ignore[call-overload]
    return bytes(buffer.data().data())


def taken_in(blanks: Iterable[object]) -> Iterable[bytes]:
    """Return the bytes that the photo blanks among these have still to keep."""
    for blank in blanks:
        if isinstance(blank, PhotoBlank):
            yield from blank.taken.values()
