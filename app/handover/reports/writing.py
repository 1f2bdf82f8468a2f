"""A report as it reads now: its numbers, its paragraphs, and what changed since somebody wrote."""

from __future__ import annotations

from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from app.core.paper.wording import in_words
from app.handover.reports import campaign
from app.handover.reports.books import Books
from app.handover.reports.counting import count
from app.handover.reports.figures import NONE, UNUSED, Figure, kept
from app.handover.reports.forms import ReportForm, filled, slots
from app.handover.reports.records import Report
from app.handover.reports.rules import Span, before
from app.handover.reports.words import Kind

_BEFORE = "_before"
_BEHIND_WORDS = ("check_kinds", "hazards_late")  # numbers that stand in words of a text
_NAMED = 5  # late hazards named in a sentence
_NEXT = 8  # things to come named in a sentence
_USUAL = "按常规做好值班、巡查和安全教育"


class Changed(NamedTuple):
    """One number that is no longer what it was: 新增隐患由3条变成4条."""

    label: str
    was: str
    now: str

    @property
    def said(self) -> str:
        """The change in a sentence."""
        return f"{self.label}由{self.was}变成{self.now}"


@dataclass(frozen=True)
class Text:
    """One paragraph as it reads now; ``usual`` is what it says unless somebody changes it.

    ``changed`` are the numbers that changed since it was written by hand.
    """

    key: str
    label: str
    words: str
    usual: str
    is_own: bool = False
    changed: tuple[Changed, ...] = ()


@dataclass(frozen=True)
class Draft:
    """A report as it reads now. ``figures`` are all its numbers, ``texts`` its paragraphs."""

    report: Report
    span: Span
    figures: Mapping[str, Figure]
    shown: tuple[Figure, ...]
    texts: tuple[Text, ...]
    values: Mapping[str, str]

    def words(self) -> dict[str, str]:
        """Return the paragraphs by key."""
        return {text.key: text.words for text in self.texts}

    def numbers(self) -> dict[str, Any]:
        """Return the numbers it shows, as they are kept when it goes out."""
        return kept({figure.key: figure for figure in self.shown})


def draft(
    books: Books,
    form: ReportForm,
    report: Report,
    span: Span,
    *,
    titles: Container[str] | None = None,
) -> Draft:
    """Work out a report from the records as they are now; ``titles`` of groups of numbers alone."""
    kind = Kind(report.kind)
    figures = figures_of(books, kind, report.period, span, titles=titles)
    values = {key: figure.said for key, figure in figures.items()}
    values |= _words(books, kind, report, span, figures)
    keys = [key for key in form.keys(is_zero=report.is_zero) if key in figures]
    shown = tuple(figures[key] for key in keys)
    texts = tuple(_text(form, report, part.key, figures, values) for part in form.parts)
    return Draft(report, span, figures, shown, texts, values)


def figures_of(
    books: Books, kind: Kind, period: str, span: Span, *, titles: Container[str] | None = None
) -> dict[str, Figure]:
    """Return the numbers a report of this kind may print; a yearly one has the year before too."""
    if kind is Kind.SELFCHECK:
        return campaign.of_campaign(books, period)
    made = count(books, span, titles=titles)
    if kind is Kind.YEARLY:
        for key, figure in count(books, before(span)).items():
            name = f"上年{figure.label}"
            made[key + _BEFORE] = figure._replace(key=key + _BEFORE, label=name)
    return made


def named_groups(form: ReportForm, report: Report, groups: Mapping[str, str]) -> frozenset[str]:
    """Return the groups of the numbers that a report names; ``groups`` says of which each is."""
    keys = {*form.keys(is_zero=report.is_zero), *_BEHIND_WORDS}
    keys |= {key for own in report.texts.values() for key in own["from"]}
    return frozenset(group for key, group in groups.items() if key in keys)


def compared(figures: Mapping[str, Figure]) -> list[dict[str, str]]:
    """Return a line for each number of a year beside that of the year before."""
    lines = []
    for key, now in figures.items():
        then = figures.get(key + _BEFORE)
        if then is None:
            continue
        lines.append(
            {
                "key": key,
                "group": now.group,
                "label": now.label,
                "now": now.said,
                "then": then.said,
                "change": _change(now, then),
            }
        )
    return lines


def changes(before_: Mapping[str, Any], now: Sequence[Figure]) -> list[Changed]:
    """Return which of these numbers are no longer what they were."""
    return [
        Changed(figure.label, str(before_[figure.key]), figure.said)
        for figure in now
        if figure.key in before_ and before_[figure.key] != figure.said
    ]


def basis_of(form: ReportForm, draft_: Draft, key: str) -> dict[str, Any]:
    """Return the numbers a paragraph names, as they are kept with what somebody wrote."""
    named = slots(form.part(key).words(is_zero=draft_.report.is_zero))
    return {one: draft_.figures[one].said for one in named if one in draft_.figures}


def _text(
    form: ReportForm,
    report: Report,
    key: str,
    figures: Mapping[str, Figure],
    values: Mapping[str, str],
) -> Text:
    part = form.part(key)
    usual = filled(part.words(is_zero=report.is_zero), values)
    own = report.texts.get(key)
    if own is None:
        return Text(key, part.label, usual, usual)
    known = [figures[one] for one in own["from"] if one in figures]
    return Text(key, part.label, own["text"], usual, True, tuple(changes(own["from"], known)))


def _change(now: Figure, then: Figure) -> str:
    if now.value is None or then.value is None:
        return UNUSED if now.value is None else NONE
    if isinstance(now.value, str) or isinstance(then.value, str):
        return NONE
    by = now.value - then.value
    return f"增{by}" if by > 0 else f"减{-by}" if by else "持平"


def _words(
    books: Books, kind: Kind, report: Report, span: Span, figures: Mapping[str, Figure]
) -> dict[str, str]:
    """Return what the texts name besides numbers: days, names, lists in a sentence."""
    until = min(span.last, books.today())
    words = {"span": span.name, "name": report.name, "until": in_words(until)}
    if kinds := figures.get("check_kinds"):
        has_any = kinds.value not in (None, NONE)
        words["check_kinds_said"] = f"（{kinds.said}）" if has_any else ""
    if kind is Kind.WEEKLY:
        words |= {"late_list": _late(figures["hazards_late"]), "next_list": _next(books, span)}
    elif kind is Kind.SELFCHECK:
        words |= campaign.words_of(books, report.period)
    elif kind is Kind.YEARLY:
        words |= _goals(books, figures, until)
    return words


def _late(late: Figure) -> str:
    named = [one.what.rpartition(" ")[0] for one in late.behind[:_NAMED]]
    more = f"等{len(late.behind)}条" if len(late.behind) > _NAMED else ""
    return "；".join(named) + more if named else "没有"


def _next(books: Books, span: Span) -> str:
    monday = date.fromordinal(span.last.toordinal() + 1)
    found = books.ahead(monday, date.fromordinal(monday.toordinal() + 6))
    return "；".join(dict.fromkeys(found[:_NEXT])) or _USUAL


def _goals(books: Books, figures: Mapping[str, Figure], until: date) -> dict[str, str]:
    goal = books.profile(until).get("goal") or "不发生有责任的学生伤亡事故"
    parts = [
        f"{label}{figures[key].said}"
        for key, label in _HUNDREDS.items()
        if figures[key].value is not None
    ]
    said = f"{'、'.join(parts)}；" if parts else f"三个百分百{UNUSED}；"
    return {"goal": goal, "hundreds_said": said}


_HUNDREDS = {
    "is_closed": "封闭化管理",
    "is_linked": "一键报警和视频联网",
    "is_guarded": "专职保安",
    "is_escorted": "护学岗",
}
