"""The photos of a record: held by its dialog until it is saved, and shown beside its list."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from functools import partial

from PySide6.QtWidgets import QWidget

from app.core.store import Blobs, Store
from app.ui.blanks import Sources
from app.ui.flow import Flow
from app.ui.photo_tile import PhotoTile, Thumbs
from app.ui.photo_viewer import Shot, view_photos
from app.ui.widgets import label

JPEG = "image/jpeg"


class Held:
    """The photos of one dialog; a refused or cancelled one leaves none behind."""

    def __init__(self, store: Store) -> None:
        self._store, self._blobs = store, Blobs(store)
        self._held: list[bytes] = []

    def sources(self, given: Sources) -> Sources:
        """Return the same offers, with where photos come from and go to."""
        return replace(given, keep_photo=self._held.append, load_photo=self._blobs.get)

    @contextmanager
    def kept(self, label: str) -> Iterator[None]:
        """Write the photos in the change that names them; a refusal keeps none."""
        held, self._held[:] = list(self._held), []
        with self._store.change(label):
            yield
            for data in held:
                self._blobs.keep(data, kind=JPEG)


def tiles(parent: QWidget, names: Sequence[str] | None, caption: str, thumbs: Thumbs) -> QWidget:
    """Return the photos of a record in small frames; a press shows them large, one by one."""
    if not names:
        return label("还没有照片，按“更正”可以加。", "note", wrap=True)
    many = len(names) > 1
    shots = [
        Shot(name, f"{caption}　第{n}张" if many else caption)
        for n, name in enumerate(names, start=1)
    ]
    row = QWidget()
    made = [PhotoTile(shot.name, shot.caption, thumbs) for shot in shots]
    for number, tile in enumerate(made):
        tile.clicked.connect(partial(view_photos, parent, shots, number, thumbs.load))
    row.setLayout(Flow(*made))
    return row
