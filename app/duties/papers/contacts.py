"""应急通讯录: whom to call, on one sheet; the school's own lines beside those from the staff."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from app.core.errors import UserError
from app.core.views import Row

LEADERS, DUTY, ALARM, PLACES, HOSPITAL, HELPERS = (
    "学校领导",
    "值班值守",
    "报警求助",
    "镇村部门",
    "医院",
    "校外力量",
)
GROUPS = (LEADERS, DUTY, ALARM, PLACES, HOSPITAL, HELPERS)
MOST = 40


class Contact(NamedTuple):
    """One line: whom, what for, and the number."""

    group: str
    name: str
    job: str = ""
    phone: str = ""


# Numbers of the whole country; the school's own lines begin with these names and no number yet.
EVERYWHERE = (
    Contact(ALARM, "公安报警", "", "110"),
    Contact(ALARM, "火警、救援", "", "119"),
    Contact(ALARM, "医疗急救", "", "120"),
    Contact(ALARM, "交通事故", "", "122"),
)
ASKED = (
    Contact(DUTY, "学校值班室"),
    Contact(PLACES, "镇政府值班室"),
    Contact(PLACES, "派出所"),
    Contact(PLACES, "中心学校"),
    Contact(PLACES, "教育局值班室"),
    Contact(PLACES, "村委会"),
    Contact(HOSPITAL, "镇卫生院"),
    Contact(HOSPITAL, "县人民医院"),
)


def contact_rows(people: Iterable[Contact], own: Sequence[Contact]) -> list[Row]:
    """Return the sheet, group by group, two to a line."""
    everybody = [*people, *EVERYWHERE, *own]
    rows = []
    for group in GROUPS:
        mine = [one for one in everybody if one.group == group]
        half = -(-len(mine) // 2)
        for n in range(half):
            right = mine[half + n] if half + n < len(mine) else Contact(group, "")
            rows.append({"group": group if n == 0 else "", **_side(mine[n], ""), **_side(right, 2)})
    return rows


def _side(one: Contact, side: int | str) -> Row:
    return {f"name{side}": one.name, f"job{side}": one.job, f"phone{side}": one.phone}


def read_contacts(kept: Iterable[Mapping[str, str]] | None) -> list[Contact]:
    """Return the school's own lines as they are kept, or those it is asked for at first."""
    if kept is None:
        return list(ASKED)
    return [
        Contact(line["group"], line["name"], line.get("job", ""), line.get("phone", ""))
        for line in kept
    ]


def checked_contacts(lines: Iterable[Mapping[str, str | None]]) -> list[dict[str, str]]:
    """Return the lines as they are kept, those without a name left out.

    Raises:
        UserError: there are more than a sheet holds, or one has a number and no name.

    """
    kept = []
    for line in lines:
        said = {key: (line.get(key) or "").strip() for key in Contact._fields}
        if not said["name"] and (said["phone"] or said["job"]):
            raise UserError(
                "有一行没有写单位或姓名。", safe="通讯录没有改动。", do="请补上，或者把这一行清空。"
            )
        if said["name"]:
            kept.append(said | {"group": said["group"] or PLACES})
    if len(kept) > MOST:
        raise UserError(
            f"写了{len(kept)}行，一张纸放不下。",
            safe="通讯录没有改动。",
            do=f"请留最要紧的，不超过{MOST}行。",
        )
    return kept
