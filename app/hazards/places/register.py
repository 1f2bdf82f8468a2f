"""The register of places: entered, renamed, taken out of use, offered where one is named."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypedDict, Unpack

from sqlalchemy import select

from app.core.errors import UserError
from app.core.latest import check_unchanged
from app.core.roles import Right
from app.core.store import Store
from app.core.views import Filter, Row, View, keep
from app.hazards.places.records import Place

_LABELS = {
    "name": "名称",
    "kind": "种类",
    "area": "所在区域",
    "is_key": "重点部位",
    "keeper": "负责人",
    "remark": "备注",
}
KEYS = ("name", "kind", "area", "is_key", "keeper", "remark")


class PlaceFacts(TypedDict, total=False):
    """What may be said about a place."""

    name: str
    kind: str
    area: str | None
    is_key: bool
    keeper: str | None
    remark: str | None


class PlaceRegister:
    """The school's buildings and spots, each under one name."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self.views: dict[str, View] = {"list": self._list}

    def enter(self, **said: Unpack[PlaceFacts]) -> Place:
        """Enter a place.

        Raises:
            UserError: it has no name, or another place has it.

        """
        self.store.sitter.demand(Right.EDIT_HAZARDS)
        with self.store.change("登记部位") as session:
            place = Place(is_key=False)
            self._say(place, said)
            session.add(place)
        return place

    def correct(self, uid: str, *, seen: int | None = None, **said: Unpack[PlaceFacts]) -> None:
        """Rename a place or put right what is known of it; older records keep their words.

        Raises:
            UserError: it would have no name, or that of another place.

        """
        self.store.sitter.demand(Right.EDIT_HAZARDS)
        with self.store.change("改正部位") as session, session.no_autoflush:
            place = self.store.get(Place, uid)
            name = f"“{place.name}”"
            check_unchanged(self.store, place, seen, name=name, labels=_LABELS)
            self._say(place, said)

    def void(self, uid: str, reason: str) -> None:
        """Take a place out of use; it is offered no more."""
        self.store.sitter.demand(Right.EDIT_HAZARDS)
        self.store.void(uid, reason, "作废部位")

    def get(self, uid: str) -> Place:
        """Return one place."""
        return self.store.get(Place, uid)

    def all(self) -> Sequence[Place]:
        """Return the places, 重点部位 first, in the order they were entered."""
        with self.store.read() as session:
            return session.scalars(select(Place).order_by(Place.is_key.desc(), Place.id)).all()

    def _say(self, place: Place, said: PlaceFacts) -> None:
        for key, value in said.items():
            setattr(place, key, value.strip() if isinstance(value, str) else value)
        if not place.name or not place.kind:
            raise UserError("“名称”和“种类”都要填。", do="请填好再保存。")
        if any(one.name == place.name and one.uid != place.uid for one in self.all()):
            raise UserError(
                f"“名称”已经有一处叫“{place.name}”了。", do="请换一个名称，或者改正原来那一处。"
            )

    def _list(self, where: Filter) -> list[Row]:
        rows = [{key: getattr(place, key) for key in KEYS} for place in self.all()]
        return keep(rows, where, KEYS)
