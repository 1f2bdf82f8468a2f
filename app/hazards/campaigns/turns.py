"""A campaign ended before its last day, or taken up again; either says why."""

from __future__ import annotations

from datetime import date

from app.core.errors import UserError
from app.core.roles import Right
from app.core.store import Store
from app.hazards.campaigns.records import Campaign
from app.hazards.campaigns.rules import State, said, state

END, REOPEN = "提前结束", "重新开展"


def end(store: Store, uid: str, *, why: str, today: date) -> None:
    """End a campaign today, before its last day.

    Raises:
        UserError: no reason is given, or it does not run.

    """
    _turn(store, uid, END, why, today)


def reopen(store: Store, uid: str, *, why: str, today: date) -> None:
    """Take a campaign up again that was ended early.

    Raises:
        UserError: no reason is given, or it was not ended early.

    """
    _turn(store, uid, REOPEN, why, today)


def _turn(store: Store, uid: str, word: str, why: str, today: date) -> None:
    store.sitter.demand(Right.EDIT_HAZARDS)
    if not why.strip():
        raise UserError(f"{word}要写明原因。", do="请写好原因再保存。")
    with store.change(f"{word}专项行动"):
        campaign = store.get(Campaign, uid)
        how = state(campaign.starts_on, campaign.ends_on, today, campaign.ended_on)
        if word == END and how is not State.RUNNING:
            raise UserError(f"这次行动{how}，不用提前结束。", safe="没有改动。")
        if word == REOPEN and campaign.ended_on is None:
            raise UserError("这次行动没有提前结束过，不用重新开展。", safe="没有改动。")
        campaign.ended_on = today if word == END else None
        by = f"，{store.sitter.name}" if store.sitter.name else ""
        turn = f"{today.year}年{said(today)}{word}{by}：{why.strip()}"
        campaign.turns = [*(campaign.turns or []), turn]
