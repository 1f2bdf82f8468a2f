"""How a grade is reached by numbers: the factors in plain words, their product, the grade it gives.

The factors are those in common use (L×S as a five by five matrix, LEC after Graham and Kinney),
said in our own words; the sums that reach a grade are defaults the school can change.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from math import prod
from typing import Any

from app.core.errors import UserError
from app.hazards.grades import Method, Scheme, is_major

CHOSEN = "直接选"
OTHER_CLAUSE = "其他（填依据）"
# What a command or a dialog says of a grading, by key.
KEYS = ("method", "l", "s", "e", "c", "reason")


@dataclass(frozen=True)
class Factor:
    """One factor: its letter, what it asks, and its steps, each with its words."""

    key: str
    label: str
    steps: Mapping[str, str]


_CHANCE = Factor(
    "l",
    "L 会不会出事",
    {
        "1": "几乎不会",
        "2": "很少",
        "3": "有时会",
        "4": "经常会",
        "5": "几乎一定会",
    },
)
_HARM = Factor(
    "s",
    "S 出了事有多重",
    {
        "1": "没有人受伤",
        "2": "轻微擦伤",
        "3": "受伤要就医",
        "4": "重伤或致残",
        "5": "有人死亡",
    },
)
_LIKELY = Factor(
    "l",
    "L 会不会出事",
    {
        "10": "完全料得到",
        "6": "很可能",
        "3": "可能，不经常",
        "1": "意外才会",
        "0.5": "很不可能",
        "0.2": "极不可能",
        "0.1": "实际上不会",
    },
)
_EXPOSED = Factor(
    "e",
    "E 人多久接触一次",
    {
        "10": "一直在里面",
        "6": "每天上学时",
        "3": "每周一次",
        "2": "每月一次",
        "1": "一年几次",
        "0.5": "极少",
    },
)
_LOSS = Factor(
    "c",
    "C 出了事有多重",
    {
        "100": "许多人死亡",
        "40": "几人死亡",
        "15": "一人死亡",
        "7": "重伤或致残",
        "3": "受伤要就医",
        "1": "轻微擦伤",
    },
)
FACTORS: Mapping[str, tuple[Factor, ...]] = {
    Method.LS: (_CHANCE, _HARM),
    Method.LEC: (_LIKELY, _EXPOSED, _LOSS),
}


def reckon(said: Mapping[str, Any] | None, scheme: Scheme) -> dict[str, str] | None:
    """Return a grading with its sum and the grade it reaches, None where the grade was chosen.

    Raises:
        UserError: there is no such method, or a factor is missing or none of its steps.

    """
    method = str((said or {}).get("method") or CHOSEN).strip().replace("LS", "L×S")
    if said is None or method == CHOSEN:
        return None
    if method not in FACTORS:
        raise UserError(
            f"没有“{method}”这种定级方法。", do=f"可以用：{CHOSEN}、{'、'.join(FACTORS)}。"
        )
    faults = []
    for factor in FACTORS[method]:
        value = str(said.get(factor.key) or "").strip()
        if value not in factor.steps:
            wrong = f"写了“{value}”" if value else "没有选"
            faults.append(f"“{factor.label}”{wrong}，可以是：{'、'.join(factor.steps)}")
    if faults:
        raise UserError("；".join(faults) + "。", do=f"{method}要把每一项都选好。")
    factors = {factor.key: str(said[factor.key]).strip() for factor in FACTORS[method]}
    total = prod(map(Decimal, factors.values()), start=Decimal(1)).normalize()
    reason = str(said.get("reason") or "").strip()
    return {
        "method": method,
        **factors,
        "sum": f"{total:f}",
        "reached": reached(total, Method(method), scheme),
        **({"reason": reason} if reason else {}),
    }


def anew(
    before: Mapping[str, Any] | None, said: Mapping[str, Any] | None, scheme: Scheme
) -> dict[str, Any] | None:
    """Return what is said now; where it is what was said before, that stays as it was reckoned.

    Raises:
        UserError: the factors cannot be.

    """
    told = {key: (said or {}).get(key) or None for key in KEYS}
    if before and all((before.get(key) or None) == value for key, value in told.items()):
        return dict(before)
    return reckon(said, scheme)


def reached(total: Decimal, method: Method, scheme: Scheme) -> str:
    """Return the gravest grade whose sum is reached; the sum itself counts.

    >>> from app.hazards.grades import USUAL_SCHEME
    >>> reached(Decimal(320), Method.LEC, USUAL_SCHEME)
    '重大'
    """
    fitting = [grade.word for grade in scheme.grades if total >= grade.starts[method]]
    return fitting[-1] if fitting else scheme.words[0]


def sentence(grading: Mapping[str, Any] | None, grade: str = "") -> str:
    """Say how a grade was reached, factor by factor, and why it is another one if it is."""
    if not grading:
        return ""
    factors = FACTORS.get(grading["method"], ())
    product = "×".join(f"{one.key.upper()} {grading.get(one.key, '')}" for one in factors)
    words = "，".join(
        f"{one.key.upper()} {one.steps.get(grading.get(one.key, ''), '')}" for one in factors
    )
    told = f"{grading['method']}法：{product}，风险值{grading['sum']}，算得{grading['reached']}"
    if grade and grade != grading["reached"]:
        told += f"，改定{grade}"
    if grading.get("reason"):
        told += f"，理由：{grading['reason']}"
    return f"{told}（{words}）"


def doubts(grade: str, grading: Mapping[str, Any] | None, clause: str | None) -> list[str]:
    """Return what looks wrong about a grade that may be given all the same, as sentences."""
    found = []
    if grading and grading.get("reached") not in (None, grade) and not grading.get("reason"):
        found.append(f"算出来是{grading['reached']}，定的是{grade}，最好写一句理由。")
    if is_major(grade) and not (clause or "").strip():
        found.append("重大隐患还没有选判定条款，报告上级时要写明。")
    elif is_major(grade) and (clause or "").strip() == OTHER_CLAUSE:
        found.append("判定条款选了“其他”，请接着写明依据。")
    return found
