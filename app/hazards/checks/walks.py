"""What is walked in one go: one checklist, or several of them one after the other."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from app.hazards.checks.lists import WHOLE_SCHOOL, Checklist, Point

JOINT = "+"  # between the ids of several checklists
LISTED = "、"  # between their titles, and between their areas


@dataclass(frozen=True)
class Walk:
    """One or several checklists with their points in order; a check records one walk.

    Where there are several, the key of a point is that of its list and its own: check_fire.exits.
    """

    lists: tuple[Checklist, ...]

    @property
    def id(self) -> str:
        """The ids of its checklists."""
        return JOINT.join(form.id for form in self.lists)

    @property
    def title(self) -> str:
        """The titles of its checklists."""
        return LISTED.join(form.title for form in self.lists)

    @property
    def areas(self) -> tuple[str, ...]:
        """The areas walked, each once."""
        return tuple(dict.fromkeys(form.area for form in self.lists))

    @property
    def kind(self) -> str:
        """On what occasion its first checklist is usually walked."""
        return self.lists[0].kind

    @property
    def note(self) -> str:
        """The small print of its checklists, each line once."""
        return "　".join(dict.fromkeys(form.note for form in self.lists if form.note))

    @cached_property
    def points(self) -> tuple[Point, ...]:
        """The points in the order in which they are walked."""
        return tuple(
            replace(point, key=self._key(form, point))
            for form in self.lists
            for point in form.points
        )

    @property
    def keys(self) -> tuple[str, ...]:
        """The keys of the points, in their order."""
        return tuple(point.key for point in self.points)

    @cached_property
    def _homes(self) -> dict[str, Checklist]:
        return {self._key(form, point): form for form in self.lists for point in form.points}

    def list_of(self, key: str) -> Checklist:
        """Return the checklist a point stands on."""
        return self._homes[key]

    def area_of(self, key: str) -> str | None:
        """Return the area a fault at this point belongs to, None for the whole school."""
        area = self.list_of(key).area
        return None if area == WHOLE_SCHOOL else area

    def heading(self, key: str) -> str:
        """Return the title of the list a point begins, where several are walked."""
        form = self.list_of(key)
        is_first = len(self.lists) > 1 and key == self._key(form, form.points[0])
        return form.title if is_first else ""

    def _key(self, form: Checklist, point: Point) -> str:
        return point.key if len(self.lists) == 1 else f"{form.id}.{point.key}"


def headed(heading: str, text: str) -> str:
    """Return the text of a point below the title of the list it begins, if it begins one."""
    return f"【{heading}】\n{text}" if heading else text


def parts_of(joined: str) -> Sequence[str]:
    """Return the ids, titles or areas that a check names."""
    return joined.replace(JOINT, LISTED).split(LISTED)
