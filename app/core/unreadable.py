"""What a child process says of a file it cannot read."""

from __future__ import annotations


class UnreadableError(Exception):
    """A file cannot be read: ``reason`` and ``do`` are Chinese sentences for its user."""

    def __init__(self, reason: str, do: str) -> None:
        super().__init__(reason, do)
        self.reason = reason
        self.do = do
