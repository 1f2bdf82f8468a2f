"""What each command does: unlock, call a register, return what is to be printed."""

from __future__ import annotations

import getpass
import os
import sys
from argparse import Namespace
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from typing import Any

from app.core import bugs
from app.core.desk import Desk, SchoolFacts, create, go_back, unlock
from app.core.errors import UserError
from app.core.files import put
from app.core.imports import Fate, Plan
from app.core.paths import Paths, find_paths
from app.core.roles import Right
from app.core.sheets import Book, read_book
from app.core.store.trouble import Damaged
from app.hazards import plan_hazards
from app.hazards.checks import CHECK_FILE as CHECK_FILE
from app.hazards.checks import enter_file, read_entry
from app.hazards.stepping import HAZARD_STEPS as HAZARD_STEPS
from app.hazards.stepping import SUPERVISE as SUPERVISE
from app.hazards.stepping import read_on
from app.hazards.stepping import take_step as sign_step
from app.house import House
from app.people import plan_staff
from app.students import plan_students
from app.students.care.importing import carry_out as bring_in_care
from app.students.care.importing import plan_care

HOLDER = "命令"


def paths_of(options: Namespace) -> Paths:
    """Return where the data lies that a command is about."""
    found = find_paths()
    return Paths(found.program, options.store) if options.store else found


def own_fault(options: Namespace, error: BaseException) -> UserError:
    """Write a fault of ours to the log, without its message, and return what to say of it."""
    with suppress(OSError):
        bugs.write(paths_of(options).bug_log, bugs.describe(error), datetime.now())
    return UserError(
        "软件出了问题，这一步没有做成。",
        safe="已经保存的记录不受影响。",
        do="请把数据文件夹里的“问题记录.log”交给管理员。",
    )


@contextmanager
def open_house(options: Namespace) -> Iterator[tuple[House, Desk]]:
    """Unlock, and close with a backup; one that cannot be made is said and undoes nothing."""
    user, password = who()
    desk = unlock(paths_of(options), user, password, holder=HOLDER)
    try:
        yield House(desk.store, desk.paths), desk
    except BaseException:
        with suppress(UserError):  # what went wrong first is what is told
            desk.close()
        raise
    close(desk)


def close(desk: Desk) -> None:
    """Close with a backup; one that cannot be made is said and undoes nothing."""
    try:
        desk.close()
    except UserError as error:
        print(error.what, error.safe, error.do, sep="\n", file=sys.stderr)


def who(user: str = "", *, is_new: bool = False) -> tuple[str, str]:
    """Return who works and the password, from the environment or asked for on a terminal.

    ``is_new`` asks for a password twice, since nobody could open what a slip has locked.

    Raises:
        UserError: neither says it, or the two do not agree.

    """
    user = user or os.environ.get("XIAOAN_USER", "")
    password = os.environ.get("XIAOAN_PASSWORD", "")
    if user and password:
        return user, password
    if not sys.stdin.isatty():
        raise UserError(
            "没有说是谁在用，也没有口令。",
            safe="什么都没有打开。",
            do="请设置环境变量 XIAOAN_USER 和 XIAOAN_PASSWORD，或者在终端里运行后按提示输入。",
        )
    try:
        if not user:
            print("谁在用：", end="", file=sys.stderr, flush=True)
            user = sys.stdin.readline().strip()
        if not password:
            password = getpass.getpass("口令：")
            if is_new and getpass.getpass("再输一遍：") != password:
                raise UserError("两遍口令不一样。", safe="什么都没有建立。", do="请再来一次。")
    except EOFError:
        raise UserError("口令没有输完。", safe="什么都没有打开。", do="请再来一次。") from None
    return user, password


def init(options: Namespace) -> dict[str, Any]:
    """Make a school's data in an empty or missing folder."""
    user, password = who(options.user, is_new=True)
    facts = SchoolFacts(name=options.school, code=options.code, kind=options.kind)
    desk, recovery_code = create(
        paths_of(options),
        facts,
        user,
        password,
        holder=HOLDER,
        after=lambda desk: House(desk.store, desk.paths).handover.make_key(),
    )
    school = desk.settings.get("school.name")
    close(desk)
    return {"school": school, "recovery_code": recovery_code}


def check(options: Namespace) -> dict[str, Any]:
    """Look through the database, the key file, the newest backup and the form files."""
    try:
        with open_house(options) as (house, desk):
            problems = [*desk.problems(), *(fault.what for fault in house.faults)]
    except Damaged as error:
        problems = [f"{error.what}{error.do}"]
    return {"ok": not problems, "problems": problems}


def backup(options: Namespace) -> dict[str, Any]:
    """Write a fresh, checked copy into a folder and read it back from there."""
    with open_house(options) as (_, desk):
        return {"file": str(desk.copy_to(options.to))}


def restore(options: Namespace) -> dict[str, Any]:
    """Put a backup in the place of the data, also where nothing opens any more."""
    user, password = who()
    paths = paths_of(options)
    try:
        is_there = paths.database.exists()
        desk = unlock(paths, user, password, holder=HOLDER) if is_there else None
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


def bring_in(options: Namespace) -> dict[str, Any]:
    """Import a list, or say what that would do."""
    with open_house(options) as (house, _desk):
        house.store.sitter.demand(Right.IMPORT)
        plan, carry_out = _plan(house, options, read_book(options.file))
        if plan.problems and not plan.lines:
            raise UserError(
                f"没有导入：{plan.problems[0]}",
                safe="校安台里的记录都没有变。",
                do="请改好表格的栏目，保存后再导入。",
            )
        if not options.dry_run and any(p.fate in (Fate.ADDED, Fate.UPDATED) for p in plan.lines):
            carry_out()
    if not options.json:
        print(*plan.remarks, sep="\n", file=sys.stderr)
    return _report(plan)


def _plan(house: House, options: Namespace, book: Book) -> tuple[Plan, Callable[[], None]]:
    if options.what == "staff":
        staff = plan_staff(house.staff, book)
        return staff, lambda: house.staff.carry_out(staff)
    if options.what == "hazards":
        hazards = plan_hazards(house.hazards, book)
        return hazards, lambda: house.hazards.carry_out(hazards)
    if options.what == "care":
        care = plan_care(house.care, book)
        return care, lambda: bring_in_care(house.care, care)
    students = plan_students(house.students, book, class_name=options.class_name)
    return students, lambda: house.students.carry_out(students)


def _report(plan: Plan) -> dict[str, Any]:
    """Return what an import did, or would do, as the command says it.

    Named among the problems, each with its place where it has one: lines nobody could say whose
    they are, and records the file does not mention.
    """
    problems = [vars(problem) for problem in plan.problems]
    problems += [
        _problem(q.sheet, q.row, "", "", f"{q.text}先没有收，请在窗口里导入并选定。")
        for q in plan.questions
        if q.row
    ]
    message = f"文件里没有，原来的{plan.what}里有；照样保留，没有删除。"
    problems += [_problem("", 0, "姓名", name, message) for name in plan.missing]
    counts = {fate.name.lower(): plan.count(fate) for fate in Fate}
    return counts | {"problems": problems, "columns": plan.columns}


def _problem(sheet: str, row: int, column: str, value: str, message: str) -> dict[str, Any]:
    return {"sheet": sheet, "row": row, "column": column, "value": value, "message": message}


def show(options: Namespace) -> list[dict[str, Any]]:
    """List pupils, staff, hazards and so on, or the lines of a plain ledger."""
    if options.care and options.what != "students":
        raise UserError("--care 只和 list students 一起用。", do="请写成 list students --care。")
    with open_house(options) as (house, _desk):
        if options.what in house.ledgers.forms:
            ending = "_sealed" if options.sealed else ""
            if options.sealed and house.ledgers.forms[options.what].sealed:
                raise UserError("这本台账保密，只能在窗口里看，不能列出来。")
            return house.view(f"ledgers.{options.what}{ending}")(dict(options.where))
        if options.what not in options.rooms:
            raise UserError(
                f"没有“{options.what}”这个名册或台账。",
                do=f"可以列的有：{'、'.join((*options.rooms, *sorted(house.ledgers.forms)))}。",
            )
        opens = options.sealed and options.what in ("students", "turns")
        name = "list_sealed" if opens else "list"
        room = "care" if options.care else options.what.replace("-", "_")
        return house.view(f"{room}.{name}")(dict(options.where))


def take_step(options: Namespace) -> dict[str, Any]:
    """Sign a step of a hazard, or an act beside the steps."""
    with open_house(options) as (house, _desk):
        on = read_on(options.on) if options.on else house.hazards.today()
        said = dict(options.set)
        return sign_step(
            house.hazards, options.number, options.step, by=options.by, on=on, said=said
        )


def papers(options: Namespace) -> list[dict[str, str]]:
    """Name the papers that can be printed."""
    with open_house(options) as (house, _desk):
        papers = house.printable()
        return [{"id": paper.id, "title": paper.title} for paper in papers]


def print_paper(options: Namespace) -> dict[str, int]:
    """Print a paper into a PDF file."""
    with open_house(options) as (house, _desk):
        printed = house.print(options.id, where=dict(options.where), level=options.level)
        put(options.out, printed.data)
        return {"pages": printed.pages}


def enter_check(options: Namespace) -> dict[str, Any]:
    """Enter a check that was walked, its second walk, or both, from a JSON file."""
    with open_house(options) as (house, _desk):
        return enter_file(house.checks, read_entry(options.file))


def demo(options: Namespace) -> dict[str, Any]:
    """Make the sample school with everything it prints."""
    from app.demo import make_demo  # needs the window's library; the other commands do not

    return {"files": make_demo(options.out)}
