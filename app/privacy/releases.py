"""Lists with personal data that were given out: to whom, what for, on what basis, which columns."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import select

from app.core.errors import UserError
from app.core.roles import Right
from app.core.sensitivity import Sensitivity
from app.core.sheets import write_xlsx
from app.core.store import Store
from app.core.values import show
from app.core.views import Row
from app.privacy.records import DataRelease

# 个人信息保护法第13、23条, the words our own.
BASES = (
    "监护人已单独同意",
    "法律规定必须提供（法定职责）",
    "突发事件应对、保护生命安全",
    "司法机关、公安机关依法调取",
    "校内安全工作使用",
)


@dataclass(frozen=True)
class Request:
    """Who is to get a list, and what of it."""

    receiver: str
    purpose: str
    basis: str
    level: str
    keys: tuple[str, ...]


class ReleaseBook:
    """What was given out. Nobody is named in it; the list itself is not kept."""

    def __init__(
        self, store: Store, sensitivity: Sensitivity, today: Callable[[], date] = date.today
    ) -> None:
        self.store = store
        self._sensitivity = sensitivity
        self.today = today

    def columns(self, room: str, row: Mapping[str, Any], level: str) -> list[tuple[str, str]]:
        """Return the columns one may give out at this level, key and label, in the row's order."""
        open_keys = set(self._sensitivity.keys(room, level))
        found = ((key, self._sensitivity.label(room, key)) for key in row if key in open_keys)
        return [(key, label) for key, label in found if label is not None]

    def release(self, what: str, room: str, rows: Sequence[Row], request: Request) -> bytes:
        """Make the spreadsheet, and write down who gets it, what for and on what basis.

        Raises:
            UserError: the role may not export, something is not said, or no column is left.

        """
        self.store.sitter.demand(Right.EXPORT)
        self._check(len(rows), request)
        offered = self.columns(room, rows[0], request.level)
        chosen = [(key, label) for key, label in offered if key in request.keys]
        if not chosen:
            raise UserError("一栏也没有选。", safe="没有导出。", do="请至少选一栏。")
        covered = self._sensitivity.cover(room, rows, request.level)
        cells = [tuple(_cell(row.get(key)) for key, _ in chosen) for row in covered]
        data = write_xlsx(what, [(label, 0) for _, label in chosen], cells)
        self.write_down(what, request, people=len(rows), labels=[label for _, label in chosen])
        return data

    def write_down(
        self, what: str, request: Request, *, people: int, labels: Sequence[str]
    ) -> None:
        """Write down who got what, what for and on what basis; inside a change it joins that.

        Raises:
            UserError: the role may not export, or something is not said.

        """
        self.store.sitter.demand(Right.EXPORT)
        self._check(people, request)
        with self.store.change(f"导出{what}：给{request.receiver}", undoable=False) as session:
            session.add(
                DataRelease(
                    released_on=self.today(),
                    what=what,
                    people=people,
                    level=request.level,
                    fields=list(labels),
                    receiver=request.receiver.strip(),
                    purpose=request.purpose.strip(),
                    basis=request.basis.strip(),
                    given_by=self.store.sitter.name,
                )
            )

    def all(self) -> list[DataRelease]:
        """Return what was given out, the newest first.

        Raises:
            UserError: the role may not.

        """
        self.store.sitter.demand(Right.SEE_LOOKS)
        with self.store.read() as session:
            return list(session.scalars(select(DataRelease).order_by(DataRelease.id.desc())))

    def rows(self) -> list[Row]:
        """Return them as the paper has them."""
        return [
            {
                "released_on": line.released_on,
                "what": line.what,
                "people": line.people,
                "level": line.level,
                "fields": "、".join(line.fields),
                "receiver": line.receiver,
                "purpose": line.purpose,
                "basis": line.basis,
                "given_by": line.given_by,
            }
            for line in self.all()
        ]

    def _check(self, people: int, request: Request) -> None:
        said = {"给谁": request.receiver, "做什么用": request.purpose, "依据": request.basis}
        if missing := [f"“{label}”没有填" for label, text in said.items() if not text.strip()]:
            raise UserError("；".join(missing) + "。", safe="没有导出。", do="请填好再导出。")
        if not people:
            raise UserError("列表里一个人也没有。", safe="没有导出。", do="请换一个筛选条件。")


def _cell(value: Any) -> Any:
    return value if isinstance(value, (int, str, date)) or value is None else show(value)
