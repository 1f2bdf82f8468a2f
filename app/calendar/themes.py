"""What the school writes into its list of theme days and seasons."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from sqlalchemy import select

from app.calendar.occasions import Theme
from app.calendar.records import ThemeDay
from app.core.errors import UserError
from app.core.roles import Right
from app.core.store import Store

_UNSAVED = "没有保存。"


class ThemeLine(NamedTuple):
    """One theme day or season of the list; ``is_own`` if the school made it up or changed it."""

    key: str
    theme: Theme
    is_off: bool
    is_own: bool
    is_shipped: bool


class ThemeBook:
    """The theme days that came with the program, what the school changed of them, and its own."""

    def __init__(self, store: Store, shipped: Sequence[Theme]) -> None:
        self._store = store
        self._shipped = {theme.id: theme for theme in shipped}

    def lines(self) -> list[ThemeLine]:
        """Return every theme day and season: those that came along first, then the school's."""
        with self._store.read() as session:
            own = list(session.scalars(select(ThemeDay).order_by(ThemeDay.id)))
        changed = {one.key: one for one in own if one.key in self._shipped}
        lines = [
            _line(changed[key], is_shipped=True)
            if key in changed
            else ThemeLine(key, theme, False, False, True)
            for key, theme in self._shipped.items()
        ]
        return lines + [_line(one, is_shipped=False) for one in own if one.key not in changed]

    def line(self, key: str) -> ThemeLine:
        """Return one of them.

        Raises:
            UserError: there is none of this key.

        """
        for line in self.lines():
            if line.key == key:
                return line
        raise UserError("没有这个主题日了。", do="请刷新后另选一条。")

    def add(self, name: str, *, days: str, counted_from: int = 0, note: str = "") -> str:
        """Add a theme day or season of the school's own; return its key.

        Raises:
            UserError: the role may not, or the days cannot be read.

        """
        return self._write(None, Theme("", name, days, counted_from, note), "添加主题日")

    def correct(
        self, key: str, name: str, *, days: str, counted_from: int = 0, note: str = ""
    ) -> None:
        """Change one; what came along keeps its key.

        Raises:
            UserError: the role may not, or the days cannot be read.

        """
        self._write(key, Theme(key, name, days, counted_from, note), "修改主题日")

    def switch(self, key: str, *, is_off: bool) -> None:
        """Switch one off, or on again.

        Raises:
            UserError: the role may not, or there is none of this key.

        """
        self._store.sitter.demand(Right.CALENDAR)
        with self._store.change("停用主题日" if is_off else "启用主题日"):
            self._own(key).is_off = is_off

    def restore(self, key: str) -> None:
        """Give one back as it came along; one of the school's own is 作废.

        Raises:
            UserError: the role may not, or nothing was changed.

        """
        self._store.sitter.demand(Right.CALENDAR)
        with self._store.change("恢复主题日"):
            if not self.line(key).is_own:
                raise UserError("这个主题日没有改过。", safe="什么都没有改动。")
            self._store.void(self._own(key).uid, "恢复原样")

    def _write(self, key: str | None, theme: Theme, label: str) -> str:
        self._store.sitter.demand(Right.CALENDAR)
        if faults := theme.faults():
            raise UserError(f"{'；'.join(faults)}。", safe=_UNSAVED, do="请改好再保存。")
        with self._store.change(label) as session:
            one = self._own(key) if key else ThemeDay(is_off=False)
            one.name, one.days = theme.name.strip(), theme.days.strip()
            one.counted_from, one.note = theme.counted_from or None, theme.note.strip() or None
            session.add(one)
            session.flush()
            return one.key or one.uid

    def _own(self, key: str) -> ThemeDay:
        """Return the school's row of a key, made from what came along if there is none yet."""
        with self._store.change("修改主题日") as session:
            theme = self.line(key).theme
            wanted = ThemeDay.key == key if key in self._shipped else ThemeDay.uid == key
            if (one := session.scalars(select(ThemeDay).where(wanted)).first()) is None:
                one = ThemeDay(
                    key=key,
                    name=theme.name,
                    days=theme.days,
                    counted_from=theme.counted_from or None,
                    note=theme.note or None,
                    is_off=False,
                )
                session.add(one)
            return one


def _line(one: ThemeDay, *, is_shipped: bool) -> ThemeLine:
    key = one.key if one.key and is_shipped else one.uid
    theme = Theme(key, one.name, one.days, one.counted_from or 0, one.note or "")
    return ThemeLine(key, theme, one.is_off, True, is_shipped)
