"""What a hazard's dialog offers from the risk list and the places, found by pinyin."""

from __future__ import annotations

from collections.abc import Sequence

from app.core.pinyin import search_text
from app.hazards.places.register import PlaceRegister
from app.hazards.places.suggesting_dialog import place_offers
from app.hazards.register import HazardRegister
from app.hazards.risks.register import RiskRegister
from app.ui.blanks import Offer, Offers


def offers_for(register: HazardRegister, areas: Sequence[str]) -> dict[str, Offers]:
    """Return the lists behind 所在区域, 具体部位 and 关联风险点.

    A risk point stands for its number.
    """
    regions = [Offer(area, area, search_text(area)) for area in areas]
    places = place_offers(PlaceRegister(register.store))
    risks = [
        Offer(f"{risk.number} {risk.name}", risk.number, f"{search_text(risk.name)} {risk.place}")
        for risk in RiskRegister(register.store, register.today).all()
    ]
    return {"area": lambda: regions, "place": lambda: places, "risk": lambda: risks}
