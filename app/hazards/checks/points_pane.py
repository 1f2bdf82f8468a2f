"""The line for what is wrong at one point of a checklist while it is typed back."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from hashlib import sha256
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QPushButton, QWidget

from app.core.forms import Field, Form
from app.core.pinyin import search_text
from app.hazards.checks.rules import Fault
from app.ui import theme as t
from app.ui.blanks import Offer, Sources, make_blank
from app.ui.combo_blanks import ComboBlank
from app.ui.editor import FieldBox, FormEditor


class PhotoButton(QPushButton):
    """How many photos a fault has; a press opens the blank they are put into."""

    edited = Signal()

    def __init__(self, sources: Sources) -> None:
        super().__init__()
        self._sources = sources
        self._names: list[str] | None = None
        self.setAutoDefault(False)
        self.setProperty("kind", "plain")
        self.clicked.connect(self._ask)
        self.put(None)

    def value(self) -> list[str] | None:
        """Return the hashes the photos are kept under."""
        return self._names

    def put(self, names: list[str] | None) -> None:
        """Show how many photos there are."""
        self._names = names or None
        self.setText(f"{len(names)} 张" if names else "添加")

    def fault(self) -> str | None:
        """Say what is wrong with what stands here: nothing ever is."""
        return None

    def _ask(self) -> None:
        def save(said: dict[str, Any]) -> None:
            self.put(said["photos"])
            self.edited.emit()

        form = Form("fault_photos", "问题的照片", (Field("photos", "照片", "photo"),))
        values = {"photos": self._names}
        FormEditor(form, save, self.window(), values, sources=self._sources).open()


class FaultLine(QWidget):
    """What is wrong at a point, where, how grave, and who puts it right."""

    edited = Signal()

    def __init__(self, sources: Sources, words: Sequence[str]) -> None:
        super().__init__()
        self._keep = sources.keep_photo
        self._held: dict[str, bytes] = {}  # until the sheet is saved, by hash
        sources = replace(sources, keep_photo=self._hold, load_photo=self._held.get)
        grades = [Offer(grade, grade, search_text(grade)) for grade in words]
        fields = {
            "what": Field("what", "问题", required=True),
            "place": Field("place", "部位", required=True),
            "grade": Field("grade", "等级"),
            "owner": Field("owner", "责任人", "person"),
            "photos": Field("photos", "照片", "photo"),
        }
        self.photos = PhotoButton(sources)
        own = {"grade": ComboBlank(lambda: grades), "photos": self.photos}
        self.boxes = {
            key: FieldBox(field, own[key] if key in own else make_blank(field, sources))
            for key, field in fields.items()
        }
        self._lay_out()
        for box in self.boxes.values():
            box.blank.edited.connect(self.edited)

    def blanks(self) -> list[Any]:
        """Return the blanks in the order in which Enter goes through them; photos are passed by."""
        return [box.blank for key, box in self.boxes.items() if key != "photos"]

    def hand_over(self, faults: Iterable[Fault]) -> None:
        """Hand the photos of these faults to whoever writes them."""
        for name in (name for fault in faults for name in fault.get("photos") or ()):
            if self._keep is not None and name in self._held:
                self._keep(self._held[name])

    def _hold(self, data: bytes) -> None:
        self._held[sha256(data).hexdigest()] = data

    def put(self, fault: Fault) -> None:
        """Show a fault."""
        for key, box in self.boxes.items():
            box.blank.put(fault.get(key))
            box.blame(None)

    def value(self) -> Fault:
        """Return what stands in the blanks."""
        said: Any = {key: box.blank.value() or "" for key, box in self.boxes.items()}
        found: Fault = said | {"photos": said["photos"] or None}
        return found

    def blame(self) -> str | None:
        """Say beside the first blank what is wrong with it; return its key."""
        for key, box in self.boxes.items():
            why = box.blank.fault() or box.field.check(box.blank.value())
            box.blame(why)
            if why:
                return key
        return None

    def _lay_out(self) -> None:
        grid = QGridLayout()
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(t.M)
        grid.setVerticalSpacing(t.XS)
        top = Qt.AlignmentFlag.AlignTop
        what, *others = self.boxes.values()
        grid.addWidget(what, 0, 0, 1, len(others), top)
        for column, (box, stretch) in enumerate(zip(others, (4, 2, 3, 0), strict=True)):
            grid.addWidget(box, 1, column, top)
            grid.setColumnStretch(column, stretch)
        self.setLayout(grid)
