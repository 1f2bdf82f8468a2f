"""The rows of the doing of drills for papers and the command line."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import zip_longest
from typing import TYPE_CHECKING, Any

from app.core.store import Blobs
from app.core.values import show
from app.core.views import Filter, Row, View, keep
from app.drills.doing.gaps import Gap
from app.drills.doing.rules import ELEMENTS, Count, clock, said, total
from app.drills.records import Drill
from app.drills.register import day_of

if TYPE_CHECKING:
    from app.drills.doing.register import DoingRegister

KEYS = ("number", "kind", "title", "scope", "year", "month", "status")
_RECORD = (
    "weather", "department", "recorder", "assembly", "absent", "experts", "process", "course",
    "goods", "skill", "fitness", "fullness", "injuries", "summary", "verdict", "feedback",
    "told", "late_reason",
)  # fmt: skip
_WEEKDAYS = "一二三四五六日"


def of(doing: DoingRegister) -> dict[str, View]:
    """Return the views by name."""

    def of_drills(row: Callable[[Drill], Row], wanted: Callable[[Drill], bool]) -> View:
        def view(where: Filter) -> list[Row]:
            drills = [d for d in doing.drills.all() if wanted(d)]
            heads = keep([_head(doing, d) | {"drill": d} for d in drills], where, KEYS)
            return [_plain(head) | row(head["drill"]) for head in heads]

        return view

    def is_written(drill: Drill) -> bool:
        return drill.done_on is None or doing.sheets.of(drill.uid) is not None

    def slips(where: Filter) -> list[Row]:
        rows = of_drills(lambda d: _card(doing, d), lambda d: True)(where)
        return [row | line for row in rows for line in row.pop("lines")]

    return {
        "plan": of_drills(lambda d: _sheet(doing, d), is_written),
        "card": of_drills(lambda d: _card(doing, d), lambda d: True),
        "slip": slips,
        "signin": of_drills(lambda d: _sign_in(doing, d), lambda d: True),
        "record": of_drills(lambda d: _record(doing, d), lambda d: True),
        "summary": of_drills(lambda d: _record(doing, d), lambda d: d.done_on is not None),
    }


def _plain(head: Row) -> Row:
    return {key: value for key, value in head.items() if key != "drill"}


def _head(doing: DoingRegister, drill: Drill) -> Row:
    on = day_of(drill)
    at = drill.started_at.time() if drill.started_at else drill.planned_at
    return {
        "number": drill.number,
        "title_": drill.title,
        "title": drill.title,
        "kind": drill.kind,
        "way": f"{drill.way}式，{drill.manner}",
        "scope": drill.scope,
        "on": on,
        "week": f"星期{_WEEKDAYS[on.weekday()]}",
        "at": show(at),
        "when": f"{show(on)}　星期{_WEEKDAYS[on.weekday()]}　{show(at)}",
        "ended": show(drill.ended_at.time()) if drill.ended_at else "",
        "year": str(on.year),
        "month": f"{on:%Y-%m}",
        "status": str(doing.drills.state(drill)),
        "place": drill.place,
        "commander": drill.commander,
        "target": said(drill.target_seconds),
        "seconds": said(drill.seconds),
        "fit": _fit(drill),
        "pupils_due": drill.pupils_due,
        "pupils_there": drill.pupils_there,
        "staff_due": drill.staff_due,
        "staff_there": drill.staff_there,
    }


def _fit(drill: Drill) -> str:
    """Say whether the leaving took no longer than it should."""
    if drill.seconds is None or drill.target_seconds is None:
        return ""
    over = drill.seconds - drill.target_seconds
    return f"超过目标{said(over)}" if over > 0 else "达到目标"


def _sheet(doing: DoingRegister, drill: Drill) -> Row:
    draft = doing.sheets.draft(drill.uid)
    gaps = doing.records.open_gaps(drill.kind, but=drill.uid)
    count = doing.sheets.companion_count(drill.uid)
    clashes = doing.sheets.clashes(draft["routes"])
    return {
        **{key: draft[key] for key in ("purpose", "assembly", "expert", "parents", "neighbours")},
        "approver": draft["approver"],
        "approved_on": draft["approved_on"],
        "target": said(draft["target_seconds"]),
        "heads": f"学生{draft['pupils_due'] or 0}人，教职工{draft['staff_due'] or 0}人",
        "posts": _posts(draft["posts"]),
        "routes": [_route(route) for route in draft["routes"] if _is_said(route)],
        "clashes": "；".join(clashes),
        "signals": draft["signals"],
        "steps": draft["steps"],
        "cautions": _numbered(draft["cautions"]),
        "materials": "；".join(draft["materials"]),
        "gaps": [_gap(gap) for gap in gaps],
        "gap_words": "；".join(gap.what for gap in gaps) or "没有",
        "companion_count": f"{count}人" if count else "没有",
        "companions": [
            {"told": one.told, "how": one.how, "companion": one.companion}
            for one in doing.sheets.companions(drill.uid)
        ],
    }


def _posts(posts: Sequence[Row]) -> list[Row]:
    """Return the posts with their group named once, at the first of its posts."""
    rows, before = [], ""
    for post in posts:
        rows.append(post | {"group": "" if post["group"] == before else post["group"]})
        before = post["group"]
    return rows


def _is_said(route: Row) -> bool:
    return any(route.get(key) for key in ("building", "stair", "turn", "spot", "floor"))


def _route(route: Row) -> Row:
    floors = f"{route['building']} {route['floor']}".strip()
    return route | {"from": floors}


def _numbered(words: Sequence[str]) -> str:
    return "\n".join(f"{n}. {word}" for n, word in enumerate(words, start=1))


def _card(doing: DoingRegister, drill: Drill) -> Row:
    counts = doing.card(drill.uid)
    record = doing.records.of(drill.uid)
    nodes = (record.nodes if record else None) or {}
    sums = total(counts)
    sheet = doing.sheets.of(drill.uid)
    spots = {r["unit"]: r.get("spot") or "" for r in sheet.routes} if sheet else {}
    return {
        "lines": [_line(one, spots.get(one.unit, "")) for one in counts],
        "due_sum": sum(one.due or 0 for one in counts),
        "there_sum": sums.there if any(one.there is not None for one in counts) else None,
        **{key: clock(nodes.get(name)) for key, name in _NODES.items()},
    }


def _line(one: Count, spot: str) -> Row:
    return {
        "unit": one.unit,
        "building": one.building,
        "spot": spot,
        "due": one.due,
        "there": one.there,
        "absent": one.absent,
        "reported": clock(one.seconds),
        "by": one.by,
    }


_NODES = {"cover": "避险", "leave": "开始疏散", "out": "最后一人出楼", "counted": "清点完毕"}


def _sign_in(doing: DoingRegister, drill: Drill) -> Row:
    sheet = doing.sheets.of(drill.uid)
    posts = {post["by"]: post["name"] for post in sheet.posts if post.get("by")} if sheet else {}
    gone = {one.uid for one in doing.roll.staff_away(day_of(drill))}
    names = [
        {
            "name": one.name,
            "post": posts.get(one.name) or one.post or "",
            "sign": "请假外出" if one.uid in gone else "",
        }
        for one in doing.roll.staff.all()
    ]
    half = (len(names) + 1) // 2
    pairs = zip_longest(enumerate(names[:half], 1), enumerate(names[half:], half + 1))
    return {
        "guests": [],
        "pairs": [
            {
                **{f"{key}_1": word for key, word in _signer(left).items()},
                **{f"{key}_2": word for key, word in _signer(right).items()},
            }
            for left, right in pairs
        ],
    }


def _signer(found: Any) -> Row:
    number, one = found or ("", {"name": "", "post": "", "sign": ""})
    return {"n": number, **one}


def _record(doing: DoingRegister, drill: Drill) -> Row:
    record = doing.records.of(drill.uid)
    nodes = (record.nodes if record else None) or {}
    gaps = doing.records.gaps(drill.uid)
    missing = doing.records.missing(drill.uid)
    load = Blobs(doing.store).get
    known = {key: getattr(record, key, None) for key in _RECORD}
    return known | {
        **{key: clock(nodes.get(name)) for key, name in _NODES.items()},
        "plan_name": doing.plan_name(drill.plan_uid),
        "gaps": [_gap(gap) for gap in gaps],
        "gap_words": _numbered([gap.what for gap in gaps]) or ("没有发现问题" if record else ""),
        "lines": _card(doing, drill)["lines"],
        "elements": "　".join(f"{'□' if n in missing else '☑'}{n}" for n in ELEMENTS),
        "entered": _entered(record),
        "photos": [load(name) for name in (record.photos or ())][:4] if record else [],
    }


def _entered(record: Any) -> str:
    if record is None:
        return ""
    return f"{show(record.entered_at)}{f'　补录：{why}' if (why := record.late_reason) else ''}"


def _gap(gap: Gap) -> Row:
    standing = f"隐患{gap.hazard}" if gap.hazard else ""
    return {
        "what": gap.what,
        "fix": gap.fix,
        "owner": gap.owner,
        "due_on": gap.due_on,
        "number": gap.number,
        "standing": gap.outcome or standing,
    }
