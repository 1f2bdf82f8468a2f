"""How the pages of 值班排班 are made."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app import post_rooms
from app.ui.subpages import Subpages

if TYPE_CHECKING:
    from app.shell import Shell

ROOM = "posts"
ROOMS = post_rooms.ROOMS


def duties(shell: Shell) -> Subpages:
    """Return the rosters and what they are made from."""
    return Subpages(post_rooms.subpages(shell))
