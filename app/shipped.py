"""The form files that came with the program, read while somebody types the password."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from app.core.forms import load_forms
from app.core.paper import load_papers
from app.core.paths import Paths
from app.drills.doing import load_drill_forms
from app.handover import load_report_forms
from app.hazards import load_campaign_forms, load_clause_books
from app.hazards.checks import load_checklists
from app.hazards.plan.wording import load_plan_wordings
from app.letters import load_letter_forms
from app.privacy import load_self_checks

_SHELVES: tuple[tuple[Callable[..., Any], str], ...] = (
    (load_forms, "ledgers"),
    (load_papers, "papers"),
    (load_clause_books, "clauses"),
    (load_campaign_forms, "campaigns"),
    (load_checklists, "checklists"),
    (load_plan_wordings, "plans"),
    (load_letter_forms, "letters"),
    (load_self_checks, "selfchecks"),
    (load_drill_forms, "drills"),
    (load_report_forms, "reports"),
)


def read_shipped(paths: Paths) -> Iterator[None]:
    """Read one kind of form file after the other; whoever opens a school finds them read."""
    for load, kind in _SHELVES:
        load(paths.shipped_forms / kind)
        yield
