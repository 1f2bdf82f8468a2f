"""Places offered where a form asks for one, found by pinyin; anything else may still be typed."""

from __future__ import annotations

from app.core.pinyin import search_text
from app.hazards.places.register import PlaceRegister
from app.ui.blanks import Offer
from app.ui.editor import FormEditor


def place_offers(register: PlaceRegister) -> list[Offer]:
    """Return the places to choose from, 重点部位 first."""
    return [Offer(one.name, one.name, search_text(one.name)) for one in register.all()]


def fill_in_area(editor: FormEditor, register: PlaceRegister) -> None:
    """Have an empty 所在区域 follow the 具体部位 that is chosen from the dictionary."""
    areas = {one.name: one.area for one in register.all() if one.area}
    place, area = editor.blank("place"), editor.blank("area")

    def follow() -> None:
        if not area.value() and (known := areas.get(place.value() or "")):
            area.put(known)

    place.edited.connect(follow)
