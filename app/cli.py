"""The same work without a window, for IT support and scripts: parse, call a register, print."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from datetime import date, datetime, time
from decimal import Decimal
from pathlib import Path
from typing import Any, NoReturn

from app import (
    agenda_commands,
    calendar_commands,
    chemical_commands,
    commands,
    drill_commands,
    duty_commands,
    handover_commands,
    incident_commands,
    ledger_commands,
    letter_commands,
    report_commands,
    student_commands,
    town_commands,
)
from app.command_words import Add, Work, pair, takes_where
from app.core.errors import UserError
from app.core.founding import KINDS
from app.core.version import name_and_version
from app.house import LEVELS

IMPORTS = ("students", "staff", "hazards", "care")
LISTS = (
    *("students", "staff", "hazards", "checks", "risks", "surroundings", "places"),
    *("leaves", "rolls", "stays", "travel", "turns", "drills"),
    *("meetings", "education", "contingencies", "reports"),
    *("duty-log", "safety-log", "patrols", "gates"),
    *("absences", "posts"),
    *("chemicals", "chemical-moves", "chemical-counts"),
)
DONE, REFUSED, WRONG_USE = 0, 1, 2


class _Parser(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        self.print_usage(sys.stderr)
        print(f"命令写得不对。用 --help 看写法。\n{message}", file=sys.stderr)
        sys.exit(WRONG_USE)


def main(words: Sequence[str]) -> int:
    """Do one command; return 0 done, 1 refused. Wrong usage ends with 2."""
    options = _parser().parse_args(words)
    try:
        result = options.work(options)
    except UserError as error:
        return _refuse(options, error)
    except Exception as error:  # our own fault: its message may name a person and is kept back
        return _refuse(options, commands.own_fault(options, error))
    if options.json:
        _print(result)
    else:
        print(_plain(result))
    return DONE if not isinstance(result, dict) or result.get("ok", True) else REFUSED


def _refuse(options: argparse.Namespace, error: UserError) -> int:
    if options.json:
        _print({"error": {"what": error.what, "safe": error.safe, "do": error.do}})
    else:
        said = (error.what, error.safe, error.do)
        print("\n".join(part for part in said if part), file=sys.stderr)
    return REFUSED


def _parser() -> argparse.ArgumentParser:
    parser = _Parser(
        prog=Path(sys.argv[0]).name or "main.py", description="校安台：不开窗口也能做的事。"
    )
    parser.add_argument("--store", type=Path, metavar="DIR", help="数据文件夹")
    parser.add_argument("--json", action="store_true", help="只输出一个 JSON")
    said = name_and_version()
    parser.add_argument("--version", action="version", version=said, help="这是哪一版")
    subs = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")

    def add(name: str, work: Work | None, help: str) -> argparse.ArgumentParser:
        made: argparse.ArgumentParser = subs.add_parser(name, help=help)
        if work is not None:
            made.set_defaults(work=work)
        return made

    _add_keeping(add)
    _add_in_and_out(add)
    letter_commands.words(add)
    student_commands.words(add)
    _add_checks(add("checks", None, "录入走完的检查表"))
    _add_hazards(add("hazards", None, "办隐患的一步"))
    drill_commands.words(add)
    ledger_commands.words(add)
    report_commands.words(add)
    incident_commands.words(add)
    chemical_commands.words(add)
    calendar_commands.words(add)
    duty_commands.words(add)
    agenda_commands.words(add)
    handover_commands.words(add)
    town_commands.words(add)
    add("demo", commands.demo, "生成一套样例").add_argument("out", type=Path)
    return parser


def _add_keeping(add: Add) -> None:
    init = add("init", commands.init, "建立一所学校的数据")
    for option in ("--school", "--code", "--user"):
        init.add_argument(option, required=True)
    init.add_argument("--kind", required=True, choices=KINDS)
    add("check", commands.check, "检查数据是否完好")
    add("backup", commands.backup, "备份到一个文件夹").add_argument(
        "--to", type=Path, required=True
    )
    add("restore", commands.restore, "从一份备份恢复").add_argument("file", type=Path)


def _add_in_and_out(add: Add) -> None:
    imports = add("import", commands.bring_in, "导入名册或台账")
    imports.add_argument("what", choices=IMPORTS)
    imports.add_argument("file", type=Path)
    imports.add_argument("--class", dest="class_name", help="没有班级一列时，是哪个班")
    imports.add_argument("--dry-run", action="store_true", help="只看会做什么，不写入")
    listing = add("list", commands.show, "列出名册或台账")
    listing.add_argument("what", metavar="WHAT", help=f"{'、'.join(LISTS)}，或者一本台账的编号")
    listing.set_defaults(rooms=LISTS)
    listing.add_argument("--sealed", action="store_true", help="连同保密栏，会留下记录")
    listing.add_argument("--care", action="store_true", help="只列重点关注的学生，会留下记录")
    takes_where(listing)
    add("papers", commands.papers, "有哪些表可以打印")
    paper = add("print", commands.print_paper, "把一张表存成 PDF")
    paper.add_argument("id")
    paper.add_argument("--out", type=Path, required=True)
    paper.add_argument("--level", choices=LEVELS, default="")
    takes_where(paper)


def _add_checks(checks: argparse.ArgumentParser) -> None:
    steps = checks.add_subparsers(dest="step", required=True, metavar="enter")
    enter = steps.add_parser(
        "enter",
        help="录入一次检查，每个×登记成一条隐患",
        description=commands.CHECK_FILE,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    enter.add_argument("file", type=Path, metavar="FILE.json")
    enter.set_defaults(work=commands.enter_check)


def _add_hazards(hazards: argparse.ArgumentParser) -> None:
    acts = hazards.add_subparsers(dest="act", required=True, metavar="step|supervise")
    step = acts.add_parser("step", help=f"签一步：{'、'.join(commands.HAZARD_STEPS)}")
    step.add_argument("number", metavar="NUMBER")
    step.add_argument("step", metavar="STEP")
    step.add_argument("--by", required=True, metavar="NAME", help="谁签的")
    step.add_argument("--on", metavar="DATE", help="哪一天，不写就是今天")
    step.add_argument("--set", action="append", default=[], metavar="KEY=VALUE", type=pair)
    step.set_defaults(work=commands.take_step)
    supervise = acts.add_parser("supervise", help="督办一条隐患：情况、要求、期限")
    supervise.add_argument("number", metavar="NUMBER")
    supervise.add_argument("--by", required=True, metavar="NAME", help="谁督办的")
    supervise.add_argument("--on", metavar="DATE", help="哪一天，不写就是今天")
    supervise.add_argument("--set", action="append", default=[], metavar="KEY=VALUE", type=pair)
    supervise.set_defaults(work=commands.take_step, step=commands.SUPERVISE)


# --- saying it ----------------------------------------------------------------------------------
def _print(value: Any) -> None:
    print(json.dumps(value, ensure_ascii=False, default=_as_json))


def _as_json(value: Any) -> Any:
    if isinstance(value, (date, datetime, time)):
        return value.isoformat()
    if isinstance(value, Decimal):
        return float(value)
    raise TypeError(type(value).__name__)


def _plain(value: Any) -> str:
    """Say a result to a person: a line a thing."""
    if isinstance(value, list):
        return "\n".join(_plain(row) for row in value) or "没有。"
    if not isinstance(value, dict):
        return str(value)
    return "  ".join(f"{key}: {_short(part)}" for key, part in value.items())


def _short(value: Any) -> str:
    if isinstance(value, list):
        return "\n".join(["", *(f"  {_plain(part)}" for part in value)]) if value else "无"
    return _plain(value) if isinstance(value, dict) else "" if value is None else str(value)
