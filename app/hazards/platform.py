"""What was typed into the platform of those above (已录), with the number it gave there."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.core.errors import UserError
from app.core.roles import Right
from app.core.store import in_lots
from app.core.values import show
from app.hazards.records import Hazard

if TYPE_CHECKING:
    from app.hazards.register import HazardRegister

LAST = "hazards/platform"  # the platform somebody typed into last


def mark_copied(
    register: HazardRegister, numbers: Mapping[str, str], *, platform: str, on: date
) -> None:
    """Write down that these hazards stand on a platform; ``numbers`` are its own, by uid.

    A platform that gives no numbers leaves them empty. One marked before is put right.

    Raises:
        UserError: the platform is not named, the day cannot be, or a number is given twice; then
            none is marked.

    """
    store = register.store
    store.sitter.demand(Right.EDIT_HAZARDS)
    platform = platform.strip()
    if not platform:
        raise UserError("“平台”没有填。", safe="一条也没有记。", do="请写平台的名字再记。")
    if not numbers:
        raise UserError("一条隐患也没有选。", do="请先选录好的那一条。")
    if on > register.today():
        raise UserError("“录入日期”不能晚于今天。", safe="一条也没有记。", do="请改日期再记。")
    with store.change("记已录上级平台") as session:
        said = {uid: number.strip() for uid, number in numbers.items()}
        _check_numbers(session, said, platform)
        for uid, number in said.items():
            hazard = store.get(Hazard, uid)
            if on < hazard.found_on:
                raise UserError(
                    f"“录入日期”早于{hazard.number}的排查日期{show(hazard.found_on)}。",
                    safe="一条也没有记。",
                    do="请改日期再记。",
                )
            hazard.copied_on, hazard.platform = on, platform
            hazard.platform_number = number or None
    store.remember(LAST, platform)


def unmark_copied(register: HazardRegister, uid: str) -> None:
    """Take back that a hazard stands on a platform."""
    register.store.sitter.demand(Right.EDIT_HAZARDS)
    with register.store.change("取消已录"):
        hazard = register.store.get(Hazard, uid)
        hazard.copied_on = hazard.platform = hazard.platform_number = None


def last_platform(register: HazardRegister) -> str:
    """Return the platform somebody typed into last."""
    return str(register.store.recall(LAST) or "")


def _check_numbers(session: Session, said: Mapping[str, str], platform: str) -> None:
    """Go on only if no number stands for two hazards of one platform."""
    given = [number for number in said.values() if number]
    if twice := next((number for number in given if given.count(number) > 1), None):
        raise UserError(
            f"平台编号“{twice}”写了两次。", safe="一条也没有记。", do="请核对平台上的编号。"
        )
    for lot in in_lots(given):
        known = select(Hazard.uid, Hazard.number, Hazard.platform_number).where(
            Hazard.platform == platform, Hazard.platform_number.in_(lot)
        )
        for uid, number, platform_number in session.execute(known):
            if said.get(uid) != platform_number:
                raise UserError(
                    f"平台编号“{platform_number}”已经是{number}的。",
                    safe="一条也没有记。",
                    do="请核对平台上的编号。",
                )
