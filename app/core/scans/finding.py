"""Finding the codes on a page: the quick way that nearly always does, then the patient ones."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from math import cos, dist, radians, sin
from typing import Any

import zxingcpp
from PIL import Image, ImageChops, ImageFilter, ImageOps

_QR, _BARS = zxingcpp.BarcodeFormat.QRCode, zxingcpp.BarcodeFormat.Code128
_LEAST_SIDE = 0.04  # of the page's longer side: a smaller square is no receipt's code
# Two codes lie nearer than this many of their sides only if they are of one receipt.
_BY = 1.2
_SKEWS = (-4, 4, -8, 8)
_SMALL_PX = 1900  # a page of fewer dots is also looked at enlarged
# A page is empty if on fewer squares of 2 mm than this the paper is darker than around them.
_SQUARES, _LEAST_DARK, _SPECKS, _EDGE = 145, 16, 25, 0.03

Point = tuple[float, float]
_Way = tuple[Image.Image, Callable[[Point], Point], Any]


@dataclass(frozen=True)
class Mark:
    """A code and its corners in dots: top left, top right, bottom right, bottom left of it.

    The text is empty where a code is plainly there but could not be read.
    """

    text: str
    corners: tuple[Point, ...]
    is_qr: bool = True

    @property
    def middle(self) -> Point:
        """The point in its middle."""
        return (sum(x for x, _ in self.corners) / 4, sum(y for _, y in self.corners) / 4)

    def is_by(self, other: Mark) -> bool:
        """Say whether two are one code, or the QR and the bars of one receipt."""
        side = max(dist(*one.corners[:2]) for one in (self, other))
        return dist(self.middle, other.middle) < _BY * side

    def enlarged(self, times: float) -> Mark:
        """Return the same on a page of so many times the dots."""
        corners = tuple((x * times, y * times) for x, y in self.corners)
        return Mark(self.text, corners, self.is_qr)


@dataclass(frozen=True)
class Found:
    """The codes of a page that were read, and those that are there but could not be."""

    marks: tuple[Mark, ...] = ()
    lost: tuple[Mark, ...] = ()

    @property
    def is_whole(self) -> bool:
        """Say whether something was found and nothing was lost."""
        return bool(self.marks) and not self.lost

    def joined(self, other: Found) -> Found:
        """Return these with what another look has found besides; a code found is lost no more."""
        marks, lost = list(self.marks), list[Mark]()
        marks += [new for new in other.marks if not any(new.is_by(one) for one in self.marks)]
        for mark in (*self.lost, *other.lost):
            if not any(mark.is_by(one) for one in (*marks, *lost)):
                lost.append(mark)
        return Found(tuple(marks), tuple(lost))

    def enlarged(self, times: float) -> Found:
        """Return the same on a page of so many times the dots."""
        marks, lost = (tuple(m.enlarged(times) for m in some) for some in (self.marks, self.lost))
        return Found(marks, lost)


def find_codes(page: Image.Image, wanted: re.Pattern[str]) -> Found:
    """Read every QR of a page as it is."""
    return Found().joined(_seen(page, _QR, wanted, _scaled(1)))


def find_again(page: Image.Image, found: Found, wanted: re.Pattern[str]) -> Found:
    """Try other scales, other contrasts, the bars and a turned page until nothing is missing."""
    for picture, back, kind in _ways(page):
        if found.is_whole:
            break
        found = found.joined(_seen(picture, kind, wanted, back))
    return found


def is_empty(page: Image.Image) -> bool:
    """Say whether there is nothing on a page but paper; its edges are left out of account."""
    x, y = (round(side * _EDGE) for side in page.size)
    inner = page.crop((x, y, page.width - x, page.height - y))
    small = inner.reduce(max(1, max(page.size) // _SQUARES))
    around = small.filter(ImageFilter.MedianFilter(9))
    dark = ImageChops.subtract(around, small).histogram()
    return sum(dark[_LEAST_DARK:]) < _SPECKS


def _ways(page: Image.Image) -> Iterator[_Way]:
    """Yield the page as it may be easier to read, dearer ways later, and what to read from it."""
    half = page.reduce(2)
    yield half, _scaled(2), _QR
    yield page.filter(ImageFilter.MedianFilter(3)), _scaled(1), _QR
    yield page.filter(ImageFilter.GaussianBlur(1.5)), _scaled(1), _QR
    strong = ImageOps.autocontrast(half.filter(ImageFilter.GaussianBlur(0.7)), cutoff=(2, 30))
    yield strong, _scaled(2), _QR
    yield page.filter(ImageFilter.MinFilter(3)), _scaled(1), _QR
    yield page, _scaled(1), _BARS
    if max(page.size) < _SMALL_PX:
        large = page.resize((2 * page.width, 2 * page.height), Image.Resampling.BICUBIC)
        yield large, _scaled(0.5), (_QR, _BARS)
    soft = page.filter(ImageFilter.GaussianBlur(0.8))
    for angle in _SKEWS:
        turned = soft.rotate(angle, resample=Image.Resampling.BILINEAR, fillcolor=255)
        yield turned, _turned(angle, page.size), (_QR, _BARS)


def _seen(
    picture: Image.Image, kind: Any, wanted: re.Pattern[str], back: Callable[[Point], Point]
) -> Found:
    marks, lost = list[Mark](), list[Mark]()
    for one in zxingcpp.read_barcodes(picture, formats=kind, return_errors=True):
        at = one.position
        corners = tuple(
            back((point.x, point.y))
            for point in (at.top_left, at.top_right, at.bottom_right, at.bottom_left)
        )
        is_qr = one.format != _BARS
        if not one.valid:
            if is_qr and dist(corners[0], corners[1]) > _LEAST_SIDE * max(picture.size):
                lost.append(Mark("", corners))
        elif wanted.fullmatch(one.text):
            marks.append(Mark(one.text, corners, is_qr))
    return Found(tuple(marks), tuple(lost))


def _scaled(times: float) -> Callable[[Point], Point]:
    return lambda point: (point[0] * times, point[1] * times)


def _turned(angle: float, size: tuple[int, int]) -> Callable[[Point], Point]:
    """Return how a point of a picture turned about its middle goes back to where it was."""
    x0, y0 = size[0] / 2, size[1] / 2
    c, s = cos(radians(angle)), sin(radians(angle))

    def back(point: Point) -> Point:
        x, y = point[0] - x0, point[1] - y0
        return (x0 + c * x - s * y, y0 + s * x + c * y)

    return back
