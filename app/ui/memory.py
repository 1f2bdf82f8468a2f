"""Where small things are kept that a person has arranged."""

from __future__ import annotations

from typing import Any, Protocol


class Memory(Protocol):
    """Where a person's own arrangement of a page is kept."""

    def recall(self, name: str, /) -> Any:
        """Return what was remembered under this name, or None."""

    def remember(self, name: str, value: Any, /) -> None:
        """Remember a small value under this name."""
