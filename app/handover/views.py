"""The files that were made, as papers and the command line ask for them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from app.core.values import show
from app.core.views import Filter, Row, View, keep
from app.handover.parts import LEDGER, Period
from app.handover.records import SentFile

if TYPE_CHECKING:
    from app.handover.register import HandoverRegister

KEYS = ("number", "span", "made_by", "handed_to", "lateness", "year")


def views(register: HandoverRegister) -> dict[str, View]:
    """Return the rows by the name a paper calls them."""

    def slip(where: Filter) -> list[Row]:
        sent = list(register.sent())
        rows = [slip_row(register, one) for one in (sent if where else sent[:1])]
        return keep(rows, where, KEYS)

    def log(where: Filter) -> list[Row]:
        return keep([_row(one) for one in register.sent()], where, KEYS)

    return {"slip": slip, "log": log}


def slip_row(register: HandoverRegister, sent: SentFile) -> Row:
    """Return what both ends sign for: what the file holds and how to know it again."""
    sender = register.sender()
    titles = register.titles()
    tables = [
        {"title": titles.get(name, name), "number": number, "words": _said(name, number)}
        for name, number in sent.rows.items()
        if not name.startswith(LEDGER)
    ]
    books = [number for name, number in sent.rows.items() if name.startswith(LEDGER)]
    if books:  # one line, so that the slip stays a page
        tables.append({"title": f"其他台账（{len(books)}张表）", "number": sum(books), "words": ""})
    return _row(sent) | {
        "school": f"{sender.name}（{sender.code}）",
        "tables": tables,
        "total": f"{len(sent.rows)}张表，{sum(sent.rows.values())}行，照片{sent.attachments}张",
        "checksum": sent.checksum,
        "fingerprint": register.fingerprint(),
        "sealed": f"已密封给{sent.sealed_for}" if sent.sealed_for else "没有密封",
    }


def period_said(period: Period | None) -> str:
    """Say from when to when."""
    return f"{show(period.first)} 至 {show(period.last)}" if period else ""


def _said(name: str, number: int) -> str:
    return "没有登记" if name in ("incidents", "disputes") and not number else ""


def _row(sent: SentFile) -> Row:
    facts: Mapping[str, object] = {
        "uid": sent.uid,
        "number": f"第{sent.seq}份",
        "span": sent.span or "",
        "period": period_said(sent.period),
        "days": f"{sent.first_on} 至 {sent.last_on}" if sent.period else "",
        "revision": f"第{sent.revision}次",
        "name": sent.name,
        "made_at": sent.made_at,
        "made_by": sent.made_by,
        "due_at": sent.due_at,
        "handed_at": sent.handed_at,
        "handed_by": sent.handed_by,
        "handed_to": sent.handed_to,
        "lateness": sent.lateness(),
        "lines": sum(sent.rows.values()),
        "short": sent.checksum,
        "year": str(sent.made_at.year),
    }
    return dict(facts)
