"""The window of an office that takes in the files of its schools."""

from __future__ import annotations

from app import rooms, town_rooms
from app.shell import Shell


class TownShell(Shell):
    """The same window with other tabs: users, password, backup and lock are the school's."""

    def _make_tabs(self) -> list[rooms.Tab]:
        return town_rooms.tabs(self)
