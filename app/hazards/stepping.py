"""A step or an act beside the steps, said in words as a command says it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import TYPE_CHECKING, Any

from app.core.cleaning import read_day
from app.core.errors import UserError
from app.hazards.grading import KEYS as GRADING
from app.hazards.grading import doubts as grade_doubts
from app.hazards.sides import AT_ONCE
from app.hazards.standing import Signature
from app.hazards.supervising import ACT, MET
from app.hazards.words import Side, Step, Verdict

if TYPE_CHECKING:
    from app.hazards.records import Hazard
    from app.hazards.register import HazardRegister


SUPERVISE, VOID = ACT, "作废"
_DAYS = ("due_on", "look_on", "met_on")
_PLAN = ("measures", "owner", "due_on")
_TAKES: Mapping[str, tuple[str, ...]] = {
    Step.ASSESS: ("words", "grade", "clause", *GRADING),
    Step.REPORT: ("words", "to", "how", "skip"),
    Step.WATCH: ("words", "skip"),
    Step.TREAT: ("words", *_PLAN),
    Step.ACCEPT: ("words", "verdict", "due_on"),
    Step.CLOSE: ("words",),
    Side.SHELVE: ("keeper", "measures", "look_on", "met_on", "meeting"),
    Side.LOOK_AGAIN: ("words", "look_on"),
    Side.UNSHELVE: ("words", "due_on"),
    Side.HAND_BACK: ("words",),
    Side.LOOK_BACK: ("words", "verdict"),
    AT_ONCE: ("words", "measures", "assessor"),
    ACT: ("standing", "demand", "due_on"),
    MET: ("demand", "words"),
    VOID: ("reason",),
}
HAZARD_STEPS = tuple(str(step) for step in _TAKES)


def take_step(
    register: HazardRegister,
    number: str,
    step: str,
    *,
    by: str,
    on: date,
    said: Mapping[str, str],
) -> dict[str, Any]:
    """Sign a step, or an act beside the steps, of the hazard with this number.

    ``said`` is what the blanks of its dialog would say, by key. Returns the number and how the
    hazard stands now, with ``warnings`` where something looks wrong and was saved all the same,
    and ``opened``, the number of the hazard that a 反弹 has opened.

    Raises:
        UserError: there is no such step or blank, or the rules of the step refuse it.

    """
    if step not in _TAKES:
        raise UserError(f"没有“{step}”这一步。", do=f"可以写的是：{'、'.join(HAZARD_STEPS)}。")
    if strange := [key for key in said if key not in _TAKES[step]]:
        raise UserError(
            f"“{step}”没有“{strange[0]}”这一项。", do=f"可以写的是：{'、'.join(_TAKES[step])}。"
        )
    hazard = register.named(number)
    values: dict[str, Any] = {
        key: read_on(text, key) if key in _DAYS else text.strip() for key, text in said.items()
    }
    more: dict[str, Any] = {}
    if step == VOID:
        reason = values.get("reason", "")
        register.void(hazard.uid, reason and f"{reason}（{by}）")
        return {"number": hazard.number, "status": VOID}
    if step in list(Side):
        more = _act(register, hazard.uid, Side(step), by=by, on=on, values=values)
    elif step == ACT:
        register.demands.add(hazard.uid, by=by, on=on, **values)
    elif step == MET:
        register.demands.meet_named(hazard.uid, values.pop("demand", ""), by=by, on=on, **values)
    elif step == AT_ONCE:
        blank = {"measures": None, "assessor": by}
        register.sides.fix_at_once(hazard.uid, by=by, on=on, **blank | values)
    else:
        more = _sign(register, hazard.uid, Step(step), by=by, on=on, values=values)
    (row,) = register.views["list"]({"number": hazard.number})
    return {"number": row["number"], "status": row["status"], **more}


def _sign(
    register: HazardRegister, uid: str, step: Step, *, by: str, on: date, values: dict[str, Any]
) -> dict[str, Any]:
    """Sign a step; return what looks wrong about it."""
    plan: Any = {key: values[key] for key in _PLAN if key in values}
    told = ("grade", "clause", "to", "how")
    facts: dict[str, Any] = {key: values[key] for key in told if values.get(key)}
    if any(key in values for key in GRADING):
        facts["grading"] = {key: values[key] for key in GRADING if key in values}
    verdict = values.get("verdict")
    if verdict and verdict not in list(Verdict):
        raise UserError(f"“验收结论”只能填：{'、'.join(Verdict)}。", do="请改好再来。")
    words = values.get("words", "")
    warnings = register.doubts(uid, Signature(step, by, on, words), **plan)
    register.sign(
        uid,
        step,
        by=by,
        on=on,
        words=words,
        is_skipped=values.get("skip", "") in ("是", "true", "1"),
        verdict=verdict,
        facts=facts,
        **plan,
    )
    if step is Step.ASSESS:
        hazard = register.get(uid)
        warnings += grade_doubts(hazard.grade, hazard.grading, hazard.clause)
    return {"warnings": warnings} if warnings else {}


def _act(
    register: HazardRegister, uid: str, act: Side, *, by: str, on: date, values: dict[str, Any]
) -> dict[str, Any]:
    """Do an act beside the steps; return the number of the hazard it has opened."""
    sides = register.sides
    acts: Mapping[Side, Callable[..., Hazard | None]] = {
        Side.SHELVE: sides.shelve,
        Side.LOOK_AGAIN: sides.look_again,
        Side.UNSHELVE: sides.unshelve,
        Side.HAND_BACK: sides.hand_back,
        Side.LOOK_BACK: sides.look_back,
    }
    blank: dict[str, Any] = {key: None for key in _TAKES[act] if key != "words"}
    if "words" in _TAKES[act]:
        blank["words"] = ""
    again = acts[act](uid, by=by, on=on, **blank | values)
    return {"opened": again.number} if act is Side.LOOK_BACK and again else {}


def read_on(text: str, key: str = "日期") -> date:
    """Read a day as a command says it.

    Raises:
        UserError: it is none.

    """
    try:
        return read_day(text)
    except ValueError as error:
        raise UserError(f"{key}写的“{text}”{error}。", do="日期写成 2026-03-05 这样。") from None
