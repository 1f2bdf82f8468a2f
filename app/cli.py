"""The same work without a window, for IT support and scripts: parse, call a register, print."""

from __future__ import annotations

import argparse
import getpass
import json
import os
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any, NoReturn

from app.core.desk import Desk, SchoolFacts, create, go_back, is_set_up, unlock
from app.core.errors import UserError
from app.core.files import put
from app.core.imports import Fate, Plan
from app.core.paths import Paths, find_paths
from app.core.roles import Right
from app.core.sheets import Book, read_book
from app.core.store.trouble import Damaged
from app.handover import Report, verify
from app.hazards import plan_hazards
from app.house import LEVELS, House
from app.people import plan_staff
from app.students import plan_students

KINDS = ("小学", "初中", "九年一贯", "幼儿园", "教学点")
IMPORTS = ("students", "staff", "hazards")
DONE, REFUSED, WRONG_USE = 0, 1, 2


class _Parser(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        self.print_usage(sys.stderr)
        print(f"命令写得不对（{message}）。用 --help 看写法。", file=sys.stderr)
        sys.exit(WRONG_USE)


def main(words: Sequence[str]) -> int:
    """Do one command; return 0 done, 1 refused. Wrong usage ends with 2."""
    options = _parser().parse_args(words)
    try:
        result = options.work(options)
    except UserError as error:
        if options.json:
            _print({"error": {"what": error.what, "safe": error.safe, "do": error.do}})
        else:
            said = (error.what, error.safe, error.do)
            print("\n".join(part for part in said if part), file=sys.stderr)
        return REFUSED
    if options.json:
        _print(result)
    else:
        print(_plain(result))
    return DONE if not isinstance(result, dict) or result.get("ok", True) else REFUSED


def _parser() -> argparse.ArgumentParser:
    parser = _Parser(prog="main.py", description="校安台：不开窗口也能做的事。")
    parser.add_argument("--store", type=Path, metavar="DIR", help="数据文件夹")
    parser.add_argument("--json", action="store_true", help="只输出一个 JSON")
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")

    def add(name: str, work: Callable[[Any], Any], help: str) -> argparse.ArgumentParser:
        made: argparse.ArgumentParser = commands.add_parser(name, help=help)
        made.set_defaults(work=work)
        return made

    init = add("init", _init, "建立一所学校的数据")
    for option in ("--school", "--code", "--user"):
        init.add_argument(option, required=True)
    init.add_argument("--kind", required=True, choices=KINDS)
    add("check", _check, "检查数据是否完好")
    add("backup", _backup, "备份到一个文件夹").add_argument("--to", type=Path, required=True)
    add("restore", _restore, "从一份备份恢复").add_argument("file", type=Path)
    imports = add("import", _import, "导入名册或台账")
    imports.add_argument("what", choices=IMPORTS)
    imports.add_argument("file", type=Path)
    imports.add_argument("--class", dest="class_name", help="没有班级一列时，是哪个班")
    imports.add_argument("--dry-run", action="store_true", help="只看会做什么，不写入")
    listing = add("list", _list, "列出名册或台账")
    listing.add_argument("what", choices=IMPORTS)
    listing.add_argument("--sealed", action="store_true", help="连同保密栏，会留下记录")
    _takes_where(listing)
    add("papers", _papers, "有哪些表可以打印")
    paper = add("print", _print_paper, "把一张表存成 PDF")
    paper.add_argument("id")
    paper.add_argument("--out", type=Path, required=True)
    paper.add_argument("--level", choices=LEVELS, default="")
    _takes_where(paper)
    _add_letters(add("letters", _papers, "家长信和回执"))
    add("export", _export, "生成交给镇里的数据文件").add_argument("--out", type=Path, required=True)
    add("verify", _verify, "核对一份数据文件").add_argument("file", type=Path)
    add("demo", _demo, "生成一套样例").add_argument("out", type=Path)
    return parser


def _add_letters(letters: argparse.ArgumentParser) -> None:
    steps = letters.add_subparsers(dest="step", required=True, metavar="issue|print|receive|status")
    issue = steps.add_parser("issue", help="发一批信")
    issue.add_argument("letter")
    _takes_where(issue)
    issue.set_defaults(work=_issue)
    printing = steps.add_parser("print", help="把一批信存成 PDF")
    printing.add_argument("batch")
    printing.add_argument("--out", type=Path, required=True)
    printing.set_defaults(work=_print_letters)
    receive = steps.add_parser("receive", help="登记收回的回执")
    receive.add_argument("batch")
    receive.add_argument("codes", nargs="+", metavar="CODE")
    receive.set_defaults(work=_receive)
    status = steps.add_parser("status", help="看谁还没有交")
    status.add_argument("batch")
    status.set_defaults(work=_status)


def _takes_where(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--where", action="append", default=[], metavar="KEY=VALUE", type=_pair)


def _pair(text: str) -> tuple[str, str]:
    key, found, value = text.partition("=")
    if not found or not key:
        raise argparse.ArgumentTypeError("--where 要写成 KEY=VALUE")
    return key, value


# --- opening ------------------------------------------------------------------------------------
def _paths(options: Any) -> Paths:
    found = find_paths()
    return Paths(found.program, options.store) if options.store else found


@contextmanager
def _house(options: Any) -> Iterator[tuple[House, Desk]]:
    user, password = _who()
    desk = unlock(_paths(options), user, password, holder="命令")
    try:
        yield House(desk.store, desk.paths), desk
    finally:
        desk.close()


def _who(user: str = "") -> tuple[str, str]:
    user = user or os.environ.get("XIAOAN_USER", "")
    password = os.environ.get("XIAOAN_PASSWORD", "")
    if (user and password) or not sys.stdin.isatty():
        if user and password:
            return user, password
        raise UserError(
            "没有说是谁在用，也没有口令。",
            safe="什么都没有打开。",
            do="请设置环境变量 XIAOAN_USER 和 XIAOAN_PASSWORD，或者在终端里运行后按提示输入。",
        )
    user = user or input("谁在用：").strip()
    return user, password or getpass.getpass("口令：")


# --- commands -----------------------------------------------------------------------------------
def _init(options: Any) -> dict[str, Any]:
    user, password = _who(options.user)
    facts = SchoolFacts(name=options.school, code=options.code, kind=options.kind)
    desk, recovery_code = create(
        _paths(options),
        facts,
        user,
        password,
        holder="命令",
        after=lambda desk: House(desk.store, desk.paths).handover.make_key(),
    )
    school = desk.settings.get("school.name")
    desk.close()
    return {"school": school, "recovery_code": recovery_code}


def _check(options: Any) -> dict[str, Any]:
    with _house(options) as (house, desk):
        problems = [*desk.problems(), *(fault.what for fault in house.faults)]
    return {"ok": not problems, "problems": problems}


def _backup(options: Any) -> dict[str, Any]:
    with _house(options) as (house, desk):
        house.store.sitter.demand(Right.MANAGE)
        return {"file": str(desk.copy_to(options.to))}


def _restore(options: Any) -> dict[str, Any]:
    user, password = _who()
    paths = _paths(options)
    try:
        desk = unlock(paths, user, password, holder="命令") if is_set_up(paths) else None
    except Damaged:
        desk = None
    if desk is None:  # nothing opens here, so the backup's own key file has to
        go_back(paths, options.file, user, password)
        return {"file": str(options.file)}
    try:
        desk.restore(options.file, password)
    finally:
        desk.close()
    return {"file": str(options.file)}


def _import(options: Any) -> dict[str, Any]:
    with _house(options) as (house, _desk):
        house.store.sitter.demand(Right.IMPORT)
        plan, carry_out = _plan(house, options, read_book(options.file))
        if not options.dry_run and any(p.fate in (Fate.ADDED, Fate.UPDATED) for p in plan.lines):
            carry_out()
    return _report(plan)


def _plan(house: House, options: Any, book: Book) -> tuple[Plan, Callable[[], None]]:
    if options.what == "staff":
        staff = plan_staff(house.staff, book)
        return staff, lambda: house.staff.carry_out(staff)
    if options.what == "hazards":
        hazards = plan_hazards(house.hazards, book)
        return hazards, lambda: house.hazards.carry_out(hazards)
    students = plan_students(house.students, book, class_name=options.class_name)
    return students, lambda: house.students.carry_out(students)


def _report(plan: Plan) -> dict[str, Any]:
    counts = {fate.name.lower(): plan.count(fate) for fate in Fate}
    problems = [vars(problem) for problem in plan.problems]
    for question in plan.questions:
        said = f"{question.text}可选：{'、'.join(question.options)}。请在窗口里导入并选定。"
        problems.append({"sheet": "", "row": 0, "column": "", "value": "", "message": said})
    return counts | {"problems": problems, "columns": plan.columns}


def _list(options: Any) -> list[dict[str, Any]]:
    with _house(options) as (house, _desk):
        name = "list_sealed" if options.sealed and options.what == "students" else "list"
        return house.view(f"{options.what}.{name}")(dict(options.where))


def _papers(options: Any) -> list[dict[str, str]]:
    with _house(options) as (house, _desk):
        papers = house.printable()
        return [{"id": paper.id, "title": paper.title} for paper in papers]


def _print_paper(options: Any) -> dict[str, int]:
    with _house(options) as (house, _desk):
        printed = house.print(options.id, where=dict(options.where), level=options.level)
        put(options.out, printed.data)
        return {"pages": printed.pages}


def _issue(options: Any) -> dict[str, Any]:
    with _house(options) as (house, _desk):
        batch = house.letters.issue(options.letter, where=dict(options.where))
        return {"batch": batch.code, "count": house.letters.status(batch.code).issued}


def _print_letters(options: Any) -> dict[str, int]:
    with _house(options) as (house, _desk):
        printed = house.letters.print_letters(options.batch)
        put(options.out, printed.data)
        house.letters.printed(options.batch, "存为PDF")
        return {"pages": printed.pages}


def _receive(options: Any) -> dict[str, Any]:
    with _house(options) as (house, _desk):
        results = house.letters.receive(options.batch, options.codes)
        return {"results": [vars(result) for result in results]}


def _status(options: Any) -> dict[str, Any]:
    with _house(options) as (house, _desk):
        status = house.letters.status(options.batch)
        return {"issued": status.issued, "returned": status.returned, "missing": status.missing}


def _export(options: Any) -> dict[str, Any]:
    with _house(options) as (house, _desk):
        return {"file": str(options.out), "rows": house.handover.export(options.out)}


def _verify(options: Any) -> dict[str, Any]:
    report: Report = verify(options.file)
    return {"ok": report.ok, "school": report.school, "problems": report.problems}


def _demo(options: Any) -> dict[str, Any]:
    from app.demo import make_demo  # needs the window's library; the other commands do not

    return {"files": make_demo(options.out)}


# --- saying it ----------------------------------------------------------------------------------
def _print(value: Any) -> None:
    print(json.dumps(value, ensure_ascii=False, default=_as_json))


def _as_json(value: Any) -> Any:
    if isinstance(value, (date, datetime)):
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
