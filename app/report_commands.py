"""What the commands about reports do: write one, say that it went out."""

from __future__ import annotations

from argparse import Namespace
from datetime import datetime
from pathlib import Path
from typing import Any

from app.command_words import Add
from app.commands import open_house
from app.core.errors import UserError
from app.core.files import put
from app.core.paper import print_paper, write_document
from app.core.values import read_moment
from app.handover import ReportKind, open_period, report_rows
from app.house import House

KINDS = tuple(str(kind) for kind in ReportKind)
_SUFFIXES = (".pdf", ".docx")


def write(options: Namespace) -> dict[str, Any]:
    """Write a report as a PDF or a Word document, beginning it where nobody has.

    Raises:
        UserError: the file is of another kind, there is no such turn, or something happened and
            no reason says why it is a report of nothing all the same.

    """
    if options.out.suffix.lower() not in _SUFFIXES:
        raise UserError(
            f"“{options.out.name}”不是能写的文件。", do="文件名请用 .pdf 或 .docx 结尾。"
        )
    with open_house(options) as (house, _desk):
        kind = ReportKind(options.kind)
        period = open_period(house.reports, kind, options.period)
        if options.zero or options.reason:
            report = house.reports.zero(kind, period, reason=options.reason)
        else:
            report = house.reports.begin(kind, period)
        return _written(house, report.uid, options)


def send(options: Namespace) -> dict[str, Any]:
    """Write down that a report went out: when, how, to whom."""
    with open_house(options) as (house, _desk):
        found = next(
            (one for one in house.reports.lines() if one.report.number == options.number), None
        )
        if found is None:
            raise UserError(f"没有编号是{options.number}的报告。", do="请看看编号有没有写错。")
        sending = house.reports.send(
            found.report.uid,
            sent_at=_moment(options.at, house) if options.at else house.reports.now(),
            way=options.way,
            recipient=options.to,
            by=options.by,
            reason=options.reason,
        )
        line = next(one for one in house.reports.lines() if one.report.number == options.number)
        return {
            "number": options.number,
            "turn": sending.turn,
            "sent_at": sending.sent_at,
            "due_at": sending.due_at,
            "standing": str(line.standing),
            "late": line.late,
        }


def _written(house: House, uid: str, options: Namespace) -> dict[str, Any]:
    made = house.reports.draft(uid)
    form, rows = report_rows(house.reports, house.papers, made)
    context = house.context(form)
    is_word = options.out.suffix.lower() == ".docx"
    data = write_document(form, rows, context) if is_word else print_paper(form, rows, context).data
    put(options.out, data)
    house.store.note(f"{'存为Word' if is_word else '打印'}：{form.title}")
    return {
        "number": made.report.number,
        "kind": made.report.kind,
        "period": made.report.period,
        "first": made.span.first,
        "last": made.span.last,
        "is_zero": made.report.is_zero,
        "figures": {one.key: one.value for one in made.shown},
        "unused": [one.label for one in made.shown if one.value is None],
    }


def _moment(text: str, house: House) -> datetime:
    try:
        return read_moment(text.replace("T", " "), house.today())
    except ValueError:
        raise UserError(f"“{text}”不是时间。", do="请写成 2026-10-16 14:20 这样。") from None


def words(add: Add) -> None:
    """Add what these commands are called."""
    reports = add("reports", None, "周报、排查表和总结")
    acts = reports.add_subparsers(dest="act", required=True, metavar="write|send")
    to_write = acts.add_parser("write", help="写一份报告，存成 PDF 或 Word")
    to_write.add_argument("kind", choices=KINDS)
    to_write.add_argument("--out", type=Path, required=True, metavar="FILE", help=".pdf 或 .docx")
    to_write.add_argument(
        "--period", default="", help="2026-W42、2026-10、2026、行动名称，不写就是现在这一期"
    )
    to_write.add_argument("--zero", action="store_true", help="零报告")
    to_write.add_argument("--reason", default="", help="登记了事件还按零报告报，为什么")
    to_write.set_defaults(work=write)
    to_send = acts.add_parser("send", help="登记一份报告报出去了")
    to_send.add_argument("number", metavar="NUMBER")
    to_send.add_argument("--way", required=True, help="U盘、微信、邮箱、电话、平台、纸质")
    to_send.add_argument("--to", required=True, help="报给谁")
    to_send.add_argument("--by", required=True, metavar="NAME", help="报送人")
    to_send.add_argument("--at", default="", metavar="MOMENT", help="几点报的，不写就是现在")
    to_send.add_argument("--reason", default="", help="补录原因")
    to_send.set_defaults(work=send)
