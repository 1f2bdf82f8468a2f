"""The rules of the acts beside the eight steps, on plain values."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from app.core.errors import UserError
from app.hazards.grades import light_ones, may_skip
from app.hazards.grades import said as said_of
from app.hazards.rules import day_faults
from app.hazards.standing import Standing
from app.hazards.words import SIGNER, STEPS, Side, Step

# What 挂账 cannot do without, by the labels on the screen.
SHELF: Mapping[str, str] = {
    "keeper": "指定专人",
    "measures": "临时防控措施",
    "look_on": "下次复看日",
    "met_on": "研判会日期",
    "meeting": "研判会怎么定的",
}
_FINISHED = (Step.ACCEPT, Step.CLOSE)


def check_place(act: Side, standing: Standing) -> None:
    """Go on only if this act has its place where the hazard stands.

    Raises:
        UserError: it has not; the text says what comes first.

    """
    if act is Side.LOOK_BACK:
        if standing.step is not None:
            raise _no("还没有销账，不能回头看。", f"现在等的是“{standing.step}”。")
        return
    if standing.step is None:
        raise _no(f"这条隐患已经销账，不能{act}。", "又出现了，请用“回头看”写反弹。")
    if act in (Side.LOOK_AGAIN, Side.UNSHELVE):
        if not standing.is_shelved:
            raise _no(f"这条隐患没有挂账，不用{act}。", "")
        return
    if standing.is_shelved:
        raise _no(f"这条隐患正在挂账，不能{act}。", "请先解除挂账。")
    if act is Side.SHELVE and standing.step in _FINISHED:
        raise _no("这条隐患已经整改，不用挂账。", f"请办“{standing.step}”这一步。")
    if act is Side.HAND_BACK and standing.step is Step.ASSESS:
        raise _no("这条隐患刚登记，没有上一步可以退。", "如果核实后不是隐患，请作废。")


def check_said(
    act: Side, standing: Standing, today: date, *, by: str, on: date, said: Mapping[str, Any]
) -> None:
    """Go on only if nothing is missing and every day can be; all faults are named at once.

    Raises:
        UserError: something is missing, or a day cannot be.

    """
    faults = [] if by.strip() else [f"“{SIGNER[act]}”没有填"]
    faults += day_faults(standing, on, today)
    if act is Side.SHELVE:
        faults += [f"“{label}”没有填" for key, label in SHELF.items() if not said.get(key)]
        met_on = said.get("met_on")
        if met_on and met_on > on:
            faults.append("“研判会日期”不能晚于挂账日期")
    if act is Side.LOOK_AGAIN and not said.get("look_on"):
        faults.append(f"“{SHELF['look_on']}”没有填")
    look_on, due_on = said.get("look_on"), said.get("due_on")
    if look_on and look_on <= on:
        faults.append(f"“{SHELF['look_on']}”要在{on.month}月{on.day}日以后")
    if due_on and due_on < standing.found_on:
        faults.append("“新的整改时限”早于排查日期")
    if act is Side.HAND_BACK and not str(said.get("words") or "").strip():
        faults.append("“退回原因”没有填")
    if act is Side.LOOK_BACK and not said.get("verdict"):
        faults.append("“回头看结果”没有填")
    if faults:
        raise UserError("；".join(faults) + "。", do="请改好这几处再保存。")


def check_at_once(standing: Standing) -> None:
    """Go on only if a hazard may be put right on the spot (立整立改).

    Raises:
        UserError: it is 挂账, graver than 一般, or the work is done already.

    """
    if standing.step is None or standing.step in _FINISHED:
        raise _no("这条隐患已经整改过了。", "")
    if standing.is_shelved:
        raise _no("这条隐患正在挂账，不能立整立改。", "请先解除挂账。")
    if not may_skip(standing.grade):
        raise _no(
            f"只有{light_ones(standing.grade)}可以立整立改，这条是{said_of(standing.grade)}。",
            "请一步一步签，报告和监控都要有。",
        )


def step_before(step: Step, *, is_settled: bool) -> Step:
    """Return the step that waits once a hazard is handed back (退回).

    Work that was handed to somebody (``is_settled``) is handed out anew; all else goes one back.
    """
    if step is Step.TREAT and is_settled:
        return step
    return STEPS[STEPS.index(step) - 1]


def _no(what: str, do: str) -> UserError:
    return UserError(what, safe="这条隐患没有改动。", do=do)
