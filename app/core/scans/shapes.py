"""What is asked of scanned pages, what comes of each, and how much reading may cost."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from app.core.slips import Slips


@dataclass(frozen=True)
class Limits:
    """How much one reading may cost; the child that reads is ended when it wants more.

    ``page_s`` is for one page, ``start_s`` for the child to start and open a file, ``seconds`` for
    all one child does, ``pixels`` for one picture before it is made smaller; ``lost`` says how many
    pages may end the child before a file is given up. After ``at_once`` pages no more files are
    begun.
    """

    page_s: float = 30.0
    start_s: float = 60.0
    seconds: float = 7200.0
    memory_mb: int = 1536
    file_mb: int = 500
    pixels: int = 200_000_000
    pages: int = 3000
    at_once: int = 5000
    lost: int = 3


@dataclass(frozen=True)
class Look:
    """What to look for: codes whose text matches ``wanted``, on these slips."""

    wanted: str
    slips: Slips


@dataclass(frozen=True)
class Cut:
    """A code that was found and its receipt, a grey JPEG cut out of the page."""

    text: str
    image: bytes


@dataclass(frozen=True)
class Page:
    """What one page holds.

    ``picture`` is the whole page as a JPEG where something on it is to be read by eye: no code
    was found, or one more is there than could be read. It is None on a page that broke the reader.
    """

    number: int
    cuts: tuple[Cut, ...] = ()
    is_empty: bool = False
    picture: bytes | None = None
    is_broken: bool = False

    @property
    def is_unreadable(self) -> bool:
        """Say whether somebody has to look at it."""
        return self.picture is not None or self.is_broken


@dataclass(frozen=True)
class PageOf:
    """One page of one of the files, ``done`` of ``total`` in all; more may yet turn up."""

    file: Path
    page: Page
    done: int
    total: int
