"""Pages as an office scanner or a phone hands them over: turned, soft, grey, speckled, folded.

Three severities: ``clean`` is a good scanner, ``mid`` a tired one, ``severe`` a copy of a copy with
toner streaks, a fold and strong noise. Everything is drawn from a seed, so that a run can be
repeated.
"""

import io
import random
from dataclasses import dataclass

from PIL import Image, ImageChops, ImageFilter

SOURCE_DPI = 300
_TILE = 1024


@dataclass(frozen=True)
class Severity:
    """How much a page suffers; ``blur`` in dots of the source, ``noise`` in steps of grey."""

    turn: float
    blur: float
    ink: int
    paper: int
    noise: float
    quality: int
    is_worn: bool = False


SEVERITIES = {
    "clean": Severity(1, 0.4, 10, 250, 6, 80),
    "mid": Severity(3, 0.7, 40, 235, 14, 60),
    "severe": Severity(5, 1.1, 80, 215, 24, 35, is_worn=True),
}


class Scanner:
    """A scanner of one severity; each page it takes is its own misfortune."""

    def __init__(self, severity, *, dpi=200, seed=5):
        self.is_ = SEVERITIES[severity]
        self.dpi = dpi
        self._dice = random.Random(f"{severity} {dpi} {seed}")
        self._noise = _noise(self._dice, self.is_.noise)

    def scan(self, sheet):
        """Return a page of ``SOURCE_DPI`` in grey as this scanner sees it, as a JPEG."""
        out = io.BytesIO()
        self.see(sheet).save(out, "JPEG", quality=self.is_.quality)
        return out.getvalue()

    def see(self, sheet):
        """Return the same as a picture, before it is saved."""
        if self.is_.is_worn:
            sheet = self._wear(sheet)
        angle = self._dice.uniform(-self.is_.turn, self.is_.turn)
        turned = sheet.rotate(angle, resample=Image.Resampling.BICUBIC, fillcolor=255)
        soft = turned.filter(ImageFilter.GaussianBlur(self.is_.blur * SOURCE_DPI / self.dpi))
        share = self.dpi / SOURCE_DPI
        size = (round(soft.width * share), round(soft.height * share))
        small = soft.resize(size, Image.Resampling.BILINEAR)
        return self._speckle(small.point(self._pale))

    def _pale(self, value):
        return self.is_.ink + value * (self.is_.paper - self.is_.ink) / 255

    def _wear(self, sheet):
        """Draw six white streaks of toner, 0.3 mm wide, and the line of one fold."""
        worn = sheet.copy()
        dots = SOURCE_DPI / 25.4
        for _ in range(6):
            x = self._dice.randrange(worn.width)
            worn.paste(235, (x, 0, x + int(0.3 * dots), worn.height))
        y = self._dice.randrange(worn.height)
        worn.paste(150, (0, y, worn.width, y + int(0.4 * dots)))
        return worn

    def _speckle(self, page):
        noise = Image.new("L", page.size)
        for top in range(0, page.height, _TILE):
            for left in range(0, page.width, _TILE):
                place = (self._dice.randrange(_TILE), self._dice.randrange(_TILE))
                noise.paste(ImageChops.offset(self._noise, *place), (left, top))
        return ImageChops.add(page, noise, 1, -128)


def _noise(dice, deviation):
    """Return a tile of grey noise around 128 with this deviation, the mean of four even ones."""
    parts = [Image.frombytes("L", (_TILE, _TILE), dice.randbytes(_TILE * _TILE)) for _ in range(4)]
    halves = Image.blend(parts[0], parts[1], 0.5), Image.blend(parts[2], parts[3], 0.5)
    tile = Image.blend(*halves, 0.5)
    scale = deviation / (255 / 12**0.5 / 2)
    return tile.point(lambda value: 128 + (value - 128) * scale)
