"""Where on a receipt its codes stand: the paper says it, the reader of scans cuts by it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Spot:
    """A code's place on its slip: its top left corner and its width, in millimetres."""

    left: float
    top: float
    width: float


@dataclass(frozen=True)
class Slip:
    """A receipt as printed, in millimetres from its own top left corner."""

    width: float
    height: float
    qr: Spot
    bars: Spot


@dataclass(frozen=True)
class Slips:
    """The receipts one may meet: ``by_start`` goes by how the text of a code begins."""

    usual: Slip
    by_start: tuple[tuple[str, Slip], ...] = ()

    def of(self, text: str) -> Slip:
        """Return the slip that bears this code."""
        return next((slip for start, slip in self.by_start if text.startswith(start)), self.usual)
