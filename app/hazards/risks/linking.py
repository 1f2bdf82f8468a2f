"""The link from a hazard to the risk point it was found at: the point's number."""

from __future__ import annotations

from sqlalchemy import select

from app.core.errors import UserError
from app.core.store import Store
from app.core.store.records import WITH_VOID
from app.hazards.risks.records import Risk


def check_risk(store: Store, number: str | None) -> None:
    """Go on only if there is, or ever was, a risk point of this number.

    Raises:
        UserError: there never was one.

    """
    if number:
        wanted = select(Risk.id).where(Risk.number == number)
        with store.read() as session:
            if session.scalar(wanted.execution_options(**WITH_VOID)) is None:
                raise UserError(
                    f"“关联风险点”里没有“{number}”。", do="请从列表里选一个，或者空着不填。"
                )


def risk_text(store: Store, number: str | None) -> str:
    """Return how a hazard's risk point reads beside it; empty where it names none."""
    if not number:
        return ""
    wanted = select(Risk).where(Risk.number == number).execution_options(**WITH_VOID)
    with store.read() as session:
        risk = session.scalar(wanted)
    if risk is None:
        return number
    return f"{number} {risk.name}" + ("（已作废）" if risk.void_reason else "")
