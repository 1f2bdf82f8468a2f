"""What the commands about the file for the town do."""

from __future__ import annotations

from argparse import Namespace
from datetime import date
from pathlib import Path
from typing import Any

from app.command_words import Add
from app.commands import open_house
from app.core.errors import UserError
from app.core.files import put
from app.handover import HandoverRegister, Order, Period, Report, Span
from app.handover import verify as read_package
from app.handover.binder.register import Wanted
from app.handover.binder.rules import LEVELS, Days


def export(options: Namespace) -> dict[str, Any]:
    """Write the data file for the town, of these days or of the school year."""
    with open_house(options) as (house, _desk):
        order = _order(options, house.handover)
        sent = house.handover.export(options.out, order)
        return {
            "file": str(options.out),
            "rows": sent.rows,
            "period": {"first": sent.first_on, "last": sent.last_on},
            "sha256": sent.sha256,
            "sealed_for": sent.sealed_for,
        }


def binder(options: Namespace) -> dict[str, Any]:
    """Bind all ledgers and papers of these days, or of the school year, into one PDF.

    Raises:
        UserError: the days, the level or the file cannot be, or the role may not.

    """
    if options.out.suffix.lower() != ".pdf":
        raise UserError(f"“{options.out.name}”不是能写的文件。", do="文件名请用 .pdf 结尾。")
    with open_house(options) as (house, _desk):
        usual = house.binder.usual()
        made = "档案册"
        days = Days(_day(options.first, usual.first, made), _day(options.last, usual.last, made))
        bound = house.binder.make(Wanted(days, options.level))
        put(options.out, bound.data)
        house.store.note("存为PDF：迎检档案册")
        return {
            "pages": bound.pages,
            "headings": [
                {
                    "title": part.title,
                    "level": part.level,
                    "page": part.page or None,
                    "lines": part.lines,
                    "why": part.why,
                }
                for part in bound.parts
            ],
        }


def verify(options: Namespace) -> dict[str, Any]:
    """Read a data file back and say what it holds and what is wrong with it."""
    return _said(read_package(options.file))


def _order(options: Namespace, register: HandoverRegister) -> Order:
    town = None
    if options.seal:
        town = register.town_keys.take(options.seal, on=register.today())
    usual = register.period(Span.YEAR)
    if not options.first and not options.last:
        return Order(usual, Span.YEAR, photos=options.photos, sealed_for=town)
    period = Period(_day(options.first, usual.first), _day(options.last, usual.last))
    if period.first > period.last:
        raise UserError(
            "开始的日期在结束的日期之后。",
            safe="没有生成数据文件。",
            do="请核对 --from 和 --to 再试一次。",
        )
    return Order(period, photos=options.photos, sealed_for=town)


def _day(text: str | None, usual: date, made: str = "数据文件") -> date:
    if not text:
        return usual
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise UserError(
            f"“{text}”不是一个日期。",
            safe=f"没有生成{made}。",
            do="请写成 2026-09-01 这样再试一次。",
        ) from None


def _said(report: Report) -> dict[str, Any]:
    period = report.period
    return {
        "ok": report.ok,
        "school": report.school,
        "key": report.fingerprint,
        "period": {"first": period.first, "last": period.last} if period else None,
        "rows": report.rows,
        "problems": [
            {"code": problem.code, "message": problem.message} for problem in report.problems
        ],
    }


def words(add: Add) -> None:
    """Add what these commands are called."""
    to_export = add("export", export, "生成交给镇里的数据文件")
    to_export.add_argument("--out", type=Path, required=True)
    to_export.add_argument(
        "--from", dest="first", metavar="DATE", help="从哪一天起，不写就是本学年"
    )
    to_export.add_argument("--to", dest="last", metavar="DATE", help="到哪一天为止")
    to_export.add_argument("--photos", action="store_true", help="带上隐患照片")
    to_export.add_argument("--seal", type=Path, metavar="KEYFILE", help="用镇里的钥匙文件密封")
    to_bind = add("binder", binder, "把台账和表装成一本迎检档案册")
    to_bind.add_argument("--from", dest="first", metavar="DATE", help="从哪一天起，不写就是本学年")
    to_bind.add_argument("--to", dest="last", metavar="DATE", help="到哪一天为止")
    to_bind.add_argument("--level", default=LEVELS[0], choices=LEVELS, help="内部（默认）或上报")
    to_bind.add_argument("--out", type=Path, required=True, metavar="FILE", help=".pdf")
    add("verify", verify, "核对一份数据文件").add_argument("file", type=Path)
