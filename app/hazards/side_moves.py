"""What an act beside the steps does to a hazard: 挂账, 复看, 解除挂账 and 退回."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from app.hazards.records import Hazard
from app.hazards.side_rules import step_before
from app.hazards.words import Side, Step


def move(hazard: Hazard, act: Side, by: str, said: Mapping[str, Any]) -> None:
    """Let the hazard stand as the act says."""
    if act is Side.SHELVE:
        hazard.keeper, hazard.look_on, hazard.returned = said["keeper"], said["look_on"], None
    elif act is Side.LOOK_AGAIN:
        hazard.look_on = said["look_on"]
    elif act is Side.UNSHELVE:
        hazard.keeper = hazard.look_on = None
        if said.get("due_on"):
            hazard.due_on, hazard.due_is_default = said["due_on"], False
    elif act is Side.HAND_BACK:
        _hand_back(hazard, f"{by.strip()}：{said['words'].strip()}")


def _hand_back(hazard: Hazard, reason: str) -> None:
    step = Step(str(hazard.step))
    is_settled = not hazard.plan.missing()
    hazard.step = step_before(step, is_settled=is_settled)
    hazard.returned = reason
    if step is Step.TREAT and is_settled:
        hazard.owner = None
    elif step is Step.ACCEPT:
        hazard.fixed_on, hazard.round = None, hazard.round + 1
    elif step is Step.CLOSE:
        hazard.accepted_by = None
