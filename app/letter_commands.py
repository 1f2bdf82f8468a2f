"""What the commands about letters do: sending, printing, taking back, and proving it."""

from __future__ import annotations

import sys
from argparse import Namespace
from pathlib import Path
from typing import Any

from app.command_words import Add, takes_where
from app.commands import open_house
from app.core.errors import UserError
from app.core.files import put
from app.core.paper import print_paper
from app.hazards.stepping import read_on
from app.letters import COVER, Cover, ScanFate, Stack, To


def issue(options: Namespace) -> dict[str, Any]:
    """Send a letter to all pupils, or to those a filter names."""
    with open_house(options) as (house, _desk):
        to = To(where=dict(options.where), family=options.family)
        batch = house.letters.issue(options.letter, to, layout=options.layout)
        return {"batch": batch.code, "count": house.letters.status(batch.code).issued}


def print_letters(options: Namespace) -> dict[str, int]:
    """Print the letters of a batch into a PDF file."""
    with open_house(options) as (house, _desk):
        cover = None
        if options.covers:
            form = house.papers[COVER]
            cover = Cover(form, house.context(form))
        printed = house.letters.print_letters(options.batch, cover=cover)
        put(options.out, printed.data)
        house.letters.printed(options.batch, "存为PDF")
        return {"pages": printed.pages}


def send_again(options: Namespace) -> dict[str, int]:
    """Send a batch once more to who has not answered; print those letters into a PDF file."""
    with open_house(options) as (house, _desk):
        due_on = read_on(options.due) if options.due else None
        again = house.letters.send_again(options.batch, due_on=due_on)
        printed = house.letters.print_letters(options.batch, uids=again)
        put(options.out, printed.data)
        house.letters.printed(options.batch, "存为PDF")
        return {"count": len(again), "pages": printed.pages}


def receive(options: Namespace) -> dict[str, Any]:
    """Take receipts back by their codes."""
    with open_house(options) as (house, _desk):
        results = house.letters.receive(options.batch, options.codes)
        return {"results": [vars(result) for result in results]}


def status(options: Namespace) -> dict[str, Any]:
    """Say who has not returned a receipt yet."""
    with open_house(options) as (house, _desk):
        status = house.letters.status(options.batch)
        return {"issued": status.issued, "returned": status.returned, "missing": status.missing}


def scan(options: Namespace) -> dict[str, Any]:
    """Take receipts back by scanned files; one file that cannot be read stops all.

    Raises:
        UserError: files cannot be read, or are too many; nothing was booked.

    """
    with open_house(options) as (house, _desk):
        stack = house.letters.scans.read(options.batch, options.files)
        _refuse_half(stack)
        house.letters.scans.book(stack)
    if told := _news(stack):
        print(*told, sep="\n", file=sys.stderr)
    return {
        "pages": stack.pages,
        "matched": stack.count(ScanFate.MATCHED),
        "already": stack.already,
        "foreign": stack.foreign,
        "unreadable": [{"file": str(one.file), "page": one.page} for one in stack.unread],
    }


def _news(stack: Stack) -> list[str]:
    """Return what a person should know of a stack, each with a way on."""
    told = [verdict.sentence for verdict in stack.verdicts if verdict.is_news]
    told += [
        f"“{one.file.name}”第{one.page}页读不出编号。请在窗口里用“扫描件收回执”再选这个文件，"
        "看着画面把编号打进去。"
        for one in stack.unread
    ]
    return told + ([f"跳过了{stack.empty}页空白。"] if stack.empty else [])


def _refuse_half(stack: Stack) -> None:
    """Refuse a stack of which some was not read, and name all of that."""
    if stack.faults:
        what, do = (dict.fromkeys(getattr(x, key) for x in stack.faults) for key in ("what", "do"))
        raise UserError("".join(what), safe="一份回执也没有登记。", do="".join(do))
    if stack.rest:
        raise UserError(
            f"文件太多了，从“{stack.rest[0].name}”起的{len(stack.rest)}个没有读。",
            safe="一份回执也没有登记。",
            do="请分几次来，每次少给几个文件。",
        )


def prove(options: Namespace) -> dict[str, int]:
    """Print the proof sheet of one pupil into a PDF file."""
    with open_house(options) as (house, _desk):
        proofs = house.letters.proofs
        uid = proofs.find(options.student)
        form = house.papers["letter_proof"]
        printed = print_paper(form, [proofs.sheet(uid)], house.context(form))
        put(options.out, printed.data)
        proofs.printed(uid, "存为PDF")
        return {"pages": printed.pages}


def words(add: Add) -> None:
    """Add what these commands are called."""
    letters = add("letters", None, "家长信和回执")
    steps = letters.add_subparsers(dest="step", required=True, metavar="issue|print|receive|…")
    to_issue = steps.add_parser("issue", help="发一批信")
    to_issue.add_argument("letter")
    to_issue.add_argument("--family", action="store_true", help="一家只发一份")
    to_issue.add_argument(
        "--layout",
        choices=("sheet", "apart", "copier", "half"),
        help="一张纸；回执另一页；信复印、回执四张一页；一张纸两份",
    )
    takes_where(to_issue)
    to_issue.set_defaults(work=issue)
    printing = steps.add_parser("print", help="把一批信存成 PDF")
    printing.add_argument("batch")
    printing.add_argument("--out", type=Path, required=True)
    printing.add_argument("--covers", action="store_true", help="每班的信前面放一张签收单")
    printing.set_defaults(work=print_letters)
    again = steps.add_parser("again", help="再发给没有交回的，信存成 PDF")
    again.add_argument("batch")
    again.add_argument("--out", type=Path, required=True)
    again.add_argument("--due", metavar="DATE", help="几号前收回，不写就和第一次隔的天数一样")
    again.set_defaults(work=send_again)
    to_receive = steps.add_parser("receive", help="登记收回的回执")
    to_receive.add_argument("batch")
    to_receive.add_argument("codes", nargs="+", metavar="CODE")
    to_receive.set_defaults(work=receive)
    to_scan = steps.add_parser("scan", help="从扫描件里收回执")
    to_scan.add_argument("batch")
    to_scan.add_argument("files", nargs="+", type=Path, metavar="FILE")
    to_scan.set_defaults(work=scan)
    proof = steps.add_parser("proof", help="一名学生的回执证明存成 PDF")
    proof.add_argument("student", metavar="STUDENT", help="姓名，同名的写班级和姓名")
    proof.add_argument("--out", type=Path, required=True)
    proof.set_defaults(work=prove)
    to_status = steps.add_parser("status", help="看谁还没有交")
    to_status.add_argument("batch")
    to_status.set_defaults(work=status)
