"""The photos of one hazard beside the ledger: before and after, seen large, added, taken off."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

from PySide6.QtWidgets import QLayout, QWidget

from app.core.forms import Field, Form
from app.core.roles import Right
from app.core.store import Store
from app.hazards.album import AFTER, BEFORE, Picture, Spread, pictures, spreads
from app.hazards.photos import HazardPhotos
from app.hazards.records import Hazard, HazardStep
from app.hazards.words import Step
from app.ui import theme as t
from app.ui.blanks import Sources
from app.ui.editor import FormEditor
from app.ui.flow import Flow
from app.ui.photo_tile import PhotoTile, Thumbs
from app.ui.photo_viewer import Shot, view_photos
from app.ui.widgets import button, hbox, label, vbox

Show = Callable[[Picture], object]


class Album:
    """Shows the photos of hazards on a page; ``thumbs`` holds what it has unpacked."""

    def __init__(self, parent: QWidget, store: Store, photos: HazardPhotos) -> None:
        self._parent, self._store, self._photos = parent, store, photos
        self._thumbs = Thumbs(photos.load)

    def of(self, hazard: Hazard, signed: Sequence[HazardStep]) -> QLayout:
        """Return every photo of a hazard, before and after side by side, and how to add one."""
        show = partial(self._view, pictures(hazard, signed))
        rows: list[Any] = [self._spread(spread, show) for spread in spreads(hazard, signed)]
        if self._may():
            add = button("补照片", "link", "camera", partial(self._add, hazard, signed))
            rows.append(hbox(add, None))
        layout: QLayout = vbox(*rows, gap=t.S)
        return layout

    def _may(self) -> bool:
        return self._store.sitter.may(Right.EDIT_HAZARDS)

    def _spread(self, spread: Spread, show: Show) -> QLayout:
        if spread.after is None:
            layout: QLayout = vbox(
                label(spread.title, "note"), self._tiles(spread.before, show), gap=2
            )
            return layout
        sides = [
            vbox(label(spread.title + word, "note"), self._tiles(side, show), None, gap=2)
            for word, side in ((BEFORE, spread.before), (AFTER, spread.after))
        ]
        layout = hbox(*((side, 1) for side in sides), gap=t.M)
        return layout

    def _tiles(self, found: Sequence[Picture], show: Show) -> QWidget:
        if not found:
            return label("还没有照片", "note")
        row = QWidget()
        tiles = [PhotoTile(one.name, one.caption, self._thumbs) for one in found]
        for tile, picture in zip(tiles, found, strict=True):
            tile.clicked.connect(partial(show, picture))
        row.setLayout(Flow(*tiles))
        return row

    def _view(self, found: Sequence[Picture], at: Picture) -> None:
        shots = [Shot(*picture) for picture in found]
        remove = self._take_off if self._may() else None
        view_photos(self._parent, shots, found.index(at), self._photos.load, remove)

    def _take_off(self, shot: Shot) -> None:
        self._photos.take_off(shot.record, shot.name)

    def _add(self, hazard: Hazard, signed: Sequence[HazardStep]) -> FormEditor:
        """Ask for photos that came later, and where they belong."""
        places = _places(hazard, signed)
        fields = [Field("photos", "照片", "photo", required=True)]
        if len(places) > 1:
            where = Field("where", "放在哪里", "choice", required=True, choices=tuple(places))
            fields.insert(0, where)

        def save(said: dict[str, Any]) -> None:
            uid = places[said["where"]] if len(places) > 1 else hazard.uid
            self._photos.add(uid, said["photos"])

        form = Form("hazard_photos", f"{hazard.number} 补照片", tuple(fields))
        sources = Sources(keep_photo=self._photos.hold, load_photo=self._photos.load)
        editor = FormEditor(form, save, self._parent, sources=sources)
        editor.open()
        return editor


def _places(hazard: Hazard, signed: Sequence[HazardStep]) -> dict[str, str]:
    """Return what photos may be added to, by its name: the finding, or a signature given."""
    places = {f"{BEFORE}（现场）": hazard.uid}
    for record in signed:
        if record.step not in (Step.FIND, Step.ENTER) and not record.is_skipped:
            word = AFTER if record.step == Step.TREAT else record.step
            day = f"{record.signed_on.month}月{record.signed_on.day}日"
            round_ = f"第{record.round}轮" if hazard.round > 1 else ""
            places.setdefault(f"{round_}{word}（{day}，{record.signed_by}）", record.uid)
    return places
