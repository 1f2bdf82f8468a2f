"""The rules of the staff list, on plain values."""

from __future__ import annotations

from datetime import date, timedelta
from typing import NamedTuple

STAFF = "教职工"
KINDS = (STAFF, "宿管", "保安", "家长志愿者", "民警", "社区人员")
"""Who may be on the list; those of ``OUTSIDE`` are not counted as the school's own."""
OUTSIDE = frozenset({"保安", "家长志愿者", "民警", "社区人员"})
ABILITIES = ("带班", "护学岗", "巡逻", "陪餐", "值班", "男寝", "女寝", "班主任")
"""What a person may do on duty; the school may add words of its own."""
FULL = 100
"""The weight, in percent, of somebody who takes a full share."""

REASONS = ("兼职", "临近退休", "孕期", "哺乳期", "身体原因", "教学任务重")
NO_NIGHTS_FOR = ("孕期", "哺乳期")
"""《女职工劳动保护特别规定》第六条、第九条: seven months pregnant, or nursing, no night shifts."""

_LEADING = ("校长", "园长", "书记", "主任", "学校负责人", "教学点负责人")
_LEADS_ALONE = "负责人"  # a teaching point has one; a 食堂负责人 leads the kitchen
_OF_A_HEAD = ("带班", "护学岗", "陪餐", "值班")
# Words of a post, and what whoever has it usually does: a default of ours, only ever offered.
_USUAL = (
    (("校长", "园长", "书记"), ("带班", "陪餐")),
    (("学校负责人", "教学点负责人"), _OF_A_HEAD),
    (("主任",), ("带班", "护学岗", "陪餐")),
    (("班主任",), ("护学岗", "值班", "班主任")),
    (("教师", "老师", "教员", "教务", "总务", "辅导员"), ("护学岗", "巡逻", "值班")),
    (("安全员", "安全干部", "保卫"), ("护学岗", "巡逻", "值班")),
    (("保安", "门卫"), ("护学岗", "巡逻")),
)
_KEEPERS = ("宿管", "生活老师", "生活教师", "寝室", "宿舍")


def leads(post: str) -> bool:
    """Say whether a post belongs to those who lead the school (带班领导).

    A default by the words of the post, which the school can change person by person; a 班主任
    leads a class, not the school.

    >>> leads("副校长"), leads("安全办主任"), leads("班主任"), leads("教师")
    (True, True, False, False)
    """
    is_head = post.strip() == _LEADS_ALONE
    return is_head or any(word in post.replace("班主任", "") for word in _LEADING)


def usual_abilities(post: str, sex: str = "", kind: str = STAFF) -> tuple[str, ...]:
    """Return what whoever has this post usually does on duty; a guess to offer, never to write.

    >>> usual_abilities("班主任", "女"), usual_abilities("生活教师", "男")
    (('护学岗', '值班', '班主任'), ('值班', '男寝'))
    """
    said = f"{post} {kind if kind in ('保安', '宿管') else ''}"
    if any(word in said for word in _KEEPERS):
        return tuple(can for can in ABILITIES if can == "值班" or can == f"{sex}寝")
    found = set(_OF_A_HEAD) if post.strip() == _LEADS_ALONE else set()
    for words, able in _USUAL:
        rest = said.replace("班主任", "") if "班主任" not in words else said
        if any(word in rest for word in words):
            found |= set(able)
    return tuple(can for can in ABILITIES if can in found)


def share_faults(
    *, weight: int, weight_reason: str | None, no_nights: bool, lives_nights: bool
) -> list[str]:
    """Say what cannot be about the share of the load somebody takes."""
    found = []
    if not 0 <= weight <= FULL:
        found.append(f"“值班分量”要填0到{FULL}")
    if weight < FULL and not (weight_reason or "").strip():
        found.append("“值班分量”不到100%，要写“减量或不值夜的原因”")
    if no_nights and lives_nights:
        found.append("“不值夜”和“专职夜班”不能都选是")
    return found


# --- 请假外出 -------------------------------------------------------------------------------------
ABSENCES = ("病假", "事假", "婚假", "产假", "培训", "出差", "其他")
AWAY = "请假外出"
"""What somebody reads who may not know why a person is away."""
MORNING, AFTERNOON = "上午", "下午"
HALVES = (MORNING, AFTERNOON)
LONGEST_DAYS = 400

HalfDay = tuple[date, str]


class Spell(NamedTuple):
    """Half days in a row, both ends included."""

    first_on: date
    first_half: str
    last_on: date
    last_half: str

    def halves(self) -> list[HalfDay]:
        """Return every half day, in order."""
        days = (self.last_on - self.first_on).days + 1
        found = [(self.first_on + timedelta(days=n), half) for n in range(days) for half in HALVES]
        begin = 1 if self.first_half == AFTERNOON else 0
        return found[begin : len(found) - (1 if self.last_half == MORNING else 0)]

    @property
    def days(self) -> float:
        """How long it is, in days; a half day is 0.5."""
        return len(self.halves()) / 2

    def meets(self, other: Spell) -> bool:
        """Say whether the two have a half day in common."""
        return self._begin <= other._end and other._begin <= self._end

    @property
    def _begin(self) -> tuple[date, int]:
        return self.first_on, HALVES.index(self.first_half)

    @property
    def _end(self) -> tuple[date, int]:
        return self.last_on, HALVES.index(self.last_half)

    @property
    def words(self) -> str:
        """When it is, as people say it: 3月5日；3月5日上午；3月5日下午到3月7日."""
        first = _day(self.first_on)
        if self.first_on == self.last_on:
            return first if self.first_half != self.last_half else f"{first}{self.first_half}"
        late = AFTERNOON if self.first_half == AFTERNOON else ""
        early = MORNING if self.last_half == MORNING else ""
        year = f"{self.last_on.year}年" if self.last_on.year != self.first_on.year else ""
        return f"{first}{late}到{year}{_day(self.last_on)}{early}"

    def faults(self) -> list[str]:
        """Say what cannot be."""
        if self.last_on < self.first_on:
            return ["“到哪天”早于“从哪天”"]
        if self.first_on == self.last_on and (self.first_half, self.last_half) == HALVES[::-1]:
            return ["同一天里，从下午起就不能到上午止"]
        if (self.last_on - self.first_on).days >= LONGEST_DAYS:
            return [f"一次最长登记{LONGEST_DAYS}天"]
        return []


def _day(on: date) -> str:
    return f"{on.month}月{on.day}日"
