"""Which photos of a hazard belong side by side, on the screen and on paper."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from app.hazards.records import Hazard, HazardStep
from app.hazards.words import Step, Verdict

BEFORE, AFTER = "整改前", "整改后"


class Picture(NamedTuple):
    """One photo: its hash, what is said of it, and the uid of the record it was added to."""

    name: str
    caption: str
    record: str


class Spread(NamedTuple):
    """Photos under one heading; ``after`` is None where there is nothing to compare with."""

    title: str
    before: tuple[Picture, ...]
    after: tuple[Picture, ...] | None = None


def spreads(hazard: Hazard, signed: Sequence[HazardStep]) -> list[Spread]:
    """Return 整改前 and 整改后 for each round of the work, then what belongs to other acts.

    Before a second round stands what was seen when the first one failed its inspection.
    """
    found = []
    taken: set[str] = set()
    for round_ in range(1, hazard.round + 1):
        done = [r for r in signed if r.step == Step.TREAT and r.round == round_]
        seen = [r for r in signed if r.verdict == Verdict.FAILED and r.round == round_ - 1]
        taken |= {record.uid for record in (*done, *seen)}
        named = f"第{round_}轮" if hazard.round > 1 else ""
        before = _of_hazard(hazard, named) if round_ == 1 else _of(seen, f"{named}{BEFORE}")
        after = _of(done, f"{named}{AFTER}")
        if before or after:
            found.append(Spread(named, before, after))
    for record in signed:
        if record.uid not in taken and (beside := _of([record], record.step)):
            found.append(Spread(f"{record.step}　{_signed(record)}", beside))
    return found


def pictures(hazard: Hazard, signed: Sequence[HazardStep]) -> list[Picture]:
    """Return every photo of a hazard in the order they stand in."""
    return [one for s in spreads(hazard, signed) for one in (*s.before, *(s.after or ()))]


def before_and_after(hazard: Hazard, signed: Sequence[HazardStep]) -> tuple[list[str], list[str]]:
    """Return the hashes of how it was found and of how the newest finished work looks."""
    done = [r for r in signed if r.step == Step.TREAT and r.attachments]
    after = done[-1].attachments if done and hazard.fixed_on else None
    return list(hazard.photos or ()), list(after or ())


def _of_hazard(hazard: Hazard, named: str) -> tuple[Picture, ...]:
    day = f"　{hazard.found_on.isoformat()}"
    said = f"{named}{BEFORE}{day}{'　' + hazard.found_by if hazard.found_by else ''}"
    return _numbered(hazard.photos, said, hazard.uid)


def _of(records: Sequence[HazardStep], word: str) -> tuple[Picture, ...]:
    found = [
        _numbered(record.attachments, f"{word}　{_signed(record)}", record.uid)
        for record in records
    ]
    return tuple(picture for pictures_ in found for picture in pictures_)


def _numbered(names: Sequence[str] | None, said: str, record: str) -> tuple[Picture, ...]:
    names = names or ()
    many = len(names) > 1
    return tuple(
        Picture(name, f"{said}　第{n}张" if many else said, record)
        for n, name in enumerate(names, start=1)
    )


def _signed(record: HazardStep) -> str:
    return f"{record.signed_on.isoformat()}　{record.signed_by}"
