"""Sets of posts to begin from, as they came with the program: one TOML file a set."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import time
from pathlib import Path

from app.core.errors import UserError
from app.core.formfiles import Drawer, Fault, doubled
from app.duties.planning.frame import Burden, DayClass, Need
from app.duties.posts.rules import EVERY_WEEKDAY, FAMILIES, PostFacts


@dataclass(frozen=True)
class _NeedLine:
    least: int = 0
    can: str = ""
    sex: str = ""
    leader: bool = False


@dataclass(frozen=True)
class _PostLine:
    name: str
    starts: str
    ends: str
    family: str = "值班"
    place: str = ""
    task: str = ""
    days: tuple[str, ...] = (DayClass.WORK.value,)
    weekdays: tuple[str, ...] = ()
    heads: int = 1
    burden: str = Burden.PLAIN.value
    points: float = 1.0
    covers: bool = False
    shares: bool = False
    source: str = ""
    needs: tuple[_NeedLine, ...] = ()


@dataclass(frozen=True)
class PostSet:
    """A set of posts; ``suits`` says for which school, ``kinds`` and ``boards`` find it for one."""

    id: str
    title: str
    suits: str
    posts: tuple[_PostLine, ...]
    kinds: tuple[str, ...] = ()
    boards: bool = False

    @property
    def facts(self) -> tuple[PostFacts, ...]:
        """The posts."""
        return tuple(_facts(line) for line in self.posts)


def load_post_sets(folder: Path) -> tuple[dict[str, PostSet], list[UserError]]:
    """Read every set in a folder; name those that are broken."""
    return _DRAWER.load_all(folder)


def load_set(path: Path) -> PostSet:
    """Read one set.

    Raises:
        UserError: it cannot be read as one; the text names the file and what to fix.

    """
    return _DRAWER.load(path)


def set_for(sets: dict[str, PostSet], kind: str, *, boards: bool) -> PostSet | None:
    """Return the set that fits a kind of school best, None where there is no set at all."""
    ranked = sorted(
        sets.values(), key=lambda one: (kind not in one.kinds, one.boards != boards, one.id)
    )
    return ranked[0] if ranked else None


def clock(said: str) -> time:
    """Read 7:30.

    Raises:
        ValueError: it is no time.

    """
    hour, _, minute = said.partition(":")
    return time(int(hour), int(minute))


def _facts(line: _PostLine) -> PostFacts:
    return PostFacts(
        name=line.name,
        starts=clock(line.starts),
        ends=clock(line.ends),
        family=line.family,
        place=line.place,
        task=line.task,
        days=tuple(DayClass(word) for word in line.days),
        weekdays=tuple("一二三四五六日".index(word) for word in line.weekdays) or EVERY_WEEKDAY,
        heads=line.heads,
        needs=tuple(Need(need.least, need.can, need.sex, need.leader) for need in line.needs),
        burden=Burden(line.burden),
        points=float(line.points),
        covers=line.covers,
        shares=line.shares,
        source=line.source,
    )


def _finish(made: PostSet) -> PostSet:
    for number, line in enumerate(made.posts, start=1):
        place = f"第{number}个岗里"
        for key, word in (("starts", line.starts), ("ends", line.ends)):
            try:
                clock(word)
            except ValueError:
                raise Fault(f"{place}的{key}写了“{word}”，要写成“7:30”") from None
        for key, words, known in (
            ("days", line.days, [one.value for one in DayClass]),
            ("weekdays", line.weekdays, list("一二三四五六日")),
            ("burden", (line.burden,), [one.value for one in Burden]),
            ("family", (line.family,), list(FAMILIES)),
        ):
            if strange := [word for word in words if word not in known]:
                raise Fault(f"{place}的{key}写了“{strange[0]}”，能用的是：{'、'.join(known)}")
        if faults := _facts(line).faults():
            raise Fault(f"{place}：{'；'.join(faults)}")
    if twice := doubled([line.name for line in made.posts]):
        raise Fault(f"有两个岗都叫“{twice}”")
    return made


_DRAWER = Drawer(
    PostSet,
    _finish,
    name="岗位文件",
    others="其他岗位文件和已有的岗位",
    folder="岗位文件夹",
    parts={"posts": ("post", "个岗"), "needs": ("need", "行要求")},
    least=0,
    most=1000,
)
