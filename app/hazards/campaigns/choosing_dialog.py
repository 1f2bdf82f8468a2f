"""The blank of a hazard's dialog that says in which campaign it was found."""

from __future__ import annotations

from dataclasses import replace

from app.core.forms import Field, Form
from app.core.pinyin import search_text
from app.hazards.campaigns.register import CampaignRegister
from app.ui.blanks import Offer, Sources

KEY, LABEL = "campaign_uid", "专项行动"


def offer_campaigns(
    form: Form, sources: Sources, register: CampaignRegister, *, also: str | None = None
) -> tuple[Form, Sources]:
    """Return the form with the campaigns that run now, and the one it has (``also``) to choose.

    Where there is none to choose, nothing is asked.
    """
    found = [Offer(one.name, one.uid, search_text(one.name)) for one in register.running(also=also)]
    if not found:
        return form, sources
    field = Field(KEY, LABEL, "choice", choices=tuple(offer.value for offer in found))
    after = next((n for n, f in enumerate(form.fields, 1) if f.key == "source"), len(form.fields))
    fields = (*form.fields[:after], field, *form.fields[after:])
    lists = {**sources.lists, KEY: lambda: found}
    return replace(form, fields=fields), replace(sources, lists=lists)
