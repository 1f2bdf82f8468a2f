"""The columns of a school's old care list, and its words read as ours; pure."""

from __future__ import annotations

import re

from app.core.cleaning import clean_text
from app.core.columns import Meaning
from app.students.care.rules import Category, Level

MEANINGS = (
    Meaning("name", "姓名", ("学生姓名", "学生", "名字")),
    Meaning("class_name", "班级", ("年级班级", "所在班级", "班别", "班")),
    Meaning("grade", "年级", ("所在年级",)),
    Meaning(
        "categories",
        "关注类别",
        ("类别", "类型", "关注类型", "重点关注类别", "特殊类型", "学生类型", "关注原因"),
    ),
    Meaning("level", "关注级别", ("级别", "等级", "关注等级", "预警等级", "风险等级")),
    Meaning(
        "caretaker",
        "包保人",
        ("包保教师", "帮扶人", "帮扶教师", "帮扶责任人", "责任人", "责任教师", "包保责任人"),
    ),
    Meaning("illnesses", "病种", ("病名", "疾病", "疾病名称", "病症", "特异体质类型", "病史")),
    Meaning("first_aid", "急救要点", ("急救措施", "应急措施", "发病处置")),
    Meaning("signs", "具体表现", ("表现", "主要表现", "情况说明", "具体情况", "现状", "备注")),
    Meaning("grounds", "认定依据", ("依据", "认定原因")),
    Meaning("taken", "已采取的措施", ("措施", "帮扶措施", "采取措施", "采取的措施")),
    Meaning("found_by", "发现人", ("上报人",)),
    Meaning("found_on", "发现日期", ("发现时间",), is_day=True),
    Meaning("opened_on", "建档日期", ("登记日期", "登记时间", "建档时间", "填表日期"), is_day=True),
    Meaning("next_on", "下次日期", ("下次跟进日期", "下次跟进", "跟进日期"), is_day=True),
    Meaning("state", "状态", ("关注状态", "是否解除", "目前状态")),
)
LABELS = {meaning.key: meaning.label for meaning in MEANINGS}
TEXTS = ("caretaker", "first_aid", "signs", "grounds", "taken", "found_by")
DAYS = ("found_on", "opened_on", "next_on")
_PARTS = re.compile(r"[、,，;；/／\s+＋和及]+")
_GUESSES = (
    (Category.LEFT, "留守"),
    (Category.MIND, "心理|抑郁|焦虑|自伤|情绪"),
    (Category.DISABLED, "残疾|残障|随班就读"),
    (Category.HEALTH, "特异|体质|疾病|患病|病|哮喘|癫痫|过敏|心脏"),
    (Category.STUDY, "学困|学习|学业|后进"),
    (Category.CONDUCT, "行为|不良|违纪|问题"),
    (Category.HOME, "家庭|单亲|离异|孤儿|困境|低保|特困|贫困|隔代|抚养|监护|服刑"),
)
_LEVELS = (
    (Level.FIRST, "一级|1级|Ⅰ级|红|高|重大"),
    (Level.SECOND, "二级|2级|Ⅱ级|橙|黄|中"),
    (Level.THIRD, "三级|3级|Ⅲ级|蓝|低|一般"),
)
_SCORES = re.compile(r"分数|得分|总分|成绩|名次|排名|排位|量表|测评分|scl|phq|gad|mht", re.I)
_ENDED = re.compile("已?解除|销号|不再关注|已?转出")


def words_in(cell: object) -> list[str]:
    """Return the words of a cell that names several things."""
    return [word for word in _PARTS.split(clean_text(cell)) if word]


def category_of(word: str) -> Category | None:
    """Return the category a word surely names, None where somebody must say.

    >>> category_of("留守儿童")
    <Category.LEFT: '留守'>
    """
    found = [category for category, pattern in _GUESSES if re.search(pattern, word)]
    if word in tuple(Category):
        return Category(word)
    return found[0] if len(found) == 1 else None


def categories_in(title: str) -> list[Category]:
    """Return the one category a title or a sheet speaks of, for a list that names none by line."""
    found = [category for category, pattern in _GUESSES if re.search(pattern, title)]
    return found if len(found) == 1 else []


def level_of(cell: object) -> Level | None:
    """Return the level a cell names, None for none or a strange word."""
    text = clean_text(cell)
    return next((level for level, pattern in _LEVELS if re.search(pattern, text)), None)


def tells_score(header: str) -> bool:
    """Say whether a column holds marks, ranks or answers of a test, which are not kept."""
    return bool(_SCORES.search(header))


def is_ended(cell: object) -> bool:
    """Say whether a line is of somebody who is released already."""
    return bool(_ENDED.search(clean_text(cell)))
