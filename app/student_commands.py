"""What the commands about pupils do: the school year turns."""

from __future__ import annotations

from argparse import Namespace
from typing import Any

from app.commands import open_house
from app.core.calendar import year_name
from app.hazards.stepping import read_on


def promote(options: Namespace) -> dict[str, Any]:
    """Promote the school the usual way, or say what that would do.

    Raises:
        UserError: it was done for this year already, or something has to be said in the window.

    """
    with open_house(options) as (house, _desk):
        on = read_on(options.on) if options.on else house.today()
        desk = house.promotion
        draft = desk.draft(on) if options.dry_run else desk.carry_out(on)
    counts = dict(draft.counts)
    gone = {"graduated": counts.get("毕业", 0), "left": counts.get("转出", 0)}
    return {
        "from": year_name(draft.year - 1),
        "to": year_name(draft.year),
        "done": not options.dry_run,
        "before": draft.before,
        "after": draft.before - sum(gone.values()),
        **gone,
        "classes": [
            {"from": line.title, "students": line.heads, "to": line.ways[0].word}
            for line in draft.proposal.lines
        ],
        "warnings": [*draft.warnings, *draft.asks],
    }
