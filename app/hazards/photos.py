"""The photos of the hazards: kept in the change they belong to, added and taken off later."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from hashlib import sha256
from typing import TYPE_CHECKING

from sqlalchemy import select

from app.core.errors import UserError
from app.core.roles import Right
from app.core.store import Blobs, Store
from app.hazards.records import Hazard, HazardStep

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

JPEG = "image/jpeg"
_MOST_HELD = 200  # of a walk with many faults, or of dialogs that were given up after a refusal


class HazardPhotos:
    """What was photographed; whoever may see a hazard may see its photos.

    A dialog hands its photos over with ``hold``; they go into the database with ``keep``, in the
    change that names them, so that a refused or cancelled dialog leaves none behind.
    """

    def __init__(self, store: Store) -> None:
        self._store = store
        self._blobs = Blobs(store)
        self._held: dict[str, bytes] = {}

    def hold(self, data: bytes) -> str:
        """Hold a photo until the record it belongs to is saved; return its hash."""
        name = sha256(data).hexdigest()
        self._held[name] = data
        while len(self._held) > _MOST_HELD:
            del self._held[next(iter(self._held))]
        return name

    def keep(self, names: Iterable[str] | None) -> None:
        """Write those of these photos that are held; called inside the change that names them."""
        for name in names or ():
            if name in self._held:
                self._blobs.keep(self._held.pop(name), kind=JPEG)

    def load(self, name: str) -> bytes | None:
        """Return a kept photo, None if it was wiped."""
        return self._blobs.get(name)

    def add(self, uid: str, names: Sequence[str]) -> None:
        """Add photos later: to a hazard (整改前) or to one of its signed steps, by uid.

        Raises:
            UserError: none is given, or there is no such record.

        """
        self._store.sitter.demand(Right.EDIT_HAZARDS)
        if not names:
            raise UserError("“照片”没有填。", do="请添加照片再保存。")
        with self._store.change("补照片") as session:
            self.keep(names)
            had, word, of = self._named(session, uid)
            new = [name for name in names if name not in had]
            self._put(session, uid, [*had, *new])
        if of != uid:
            self._store.note(f"补{word}照片{len(new)}张", about=of)

    def take_off(self, uid: str, name: str) -> None:
        """Take one photo off a hazard or a signed step; the journal keeps its hash.

        Raises:
            UserError: it is gone already.

        """
        self._store.sitter.demand(Right.EDIT_HAZARDS)
        with self._store.change("去掉照片") as session:
            had, word, of = self._named(session, uid)
            if name not in had:
                raise UserError("这张照片已经去掉了。", safe="别的照片都在。")
            self._put(session, uid, [one for one in had if one != name])
        if of != uid:
            self._store.note(f"去掉{word}照片1张", about=of)

    def _named(self, session: Session, uid: str) -> tuple[list[str], str, str]:
        """Return the photos of a record, what it is called, and the uid of its hazard."""
        step = session.scalar(select(HazardStep).where(HazardStep.uid == uid))
        if step is None:
            return list(self._store.get(Hazard, uid).photos or ()), "", uid
        of = session.scalar(select(Hazard.uid).where(Hazard.id == step.hazard_id))
        return list(step.attachments or ()), step.step, str(of)

    def _put(self, session: Session, uid: str, names: list[str]) -> None:
        step = session.scalar(select(HazardStep).where(HazardStep.uid == uid))
        if step is None:
            self._store.get(Hazard, uid).photos = names or None
        else:
            step.attachments = names or None
