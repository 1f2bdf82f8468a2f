"""Makes the files of the sample school in resources/sample: invented names, never anybody's.

Run it again after a change here; the same seed gives the same people. ID numbers are left out:
nothing in the sample needs one.
"""

from __future__ import annotations

import random
import sys
from datetime import date, timedelta
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from app.core.sheets import write_xlsx  # noqa: E402 - the project is not installed

SCHOOL = "云栖镇中心小学"
YEAR = 2026
OUT = ROOT / "resources" / "sample"
SURNAMES = (
    "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹"
    "严华金魏陶姜谢邹喻柏窦章苏潘葛范彭鲁韦马苗花方俞任袁柳曾覃"
)
GIVEN = (
    "子涵梓轩雨桐欣怡浩然诺宇航思远佳琪明诗俊杰嘉博文雅婷"
    "志强秀英建春梅丽华桂兰晓东海燕龙静玉珍新天佑"
)
RARE = ("㛃", "𬬮", "堃", "喆", "祎")
VILLAGES = ("云栖村", "石桥村", "上湾村", "下湾村", "柳树沟村", "东岭村")
SIBLINGS = 9  # pupils who have an elder or younger one at the school
TRAVEL = ("步行", "步行", "家长电动车接送", "家长摩托车接送", "校车", "家长小汽车接送")
KIN = ("父亲", "母亲", "母亲", "祖父", "祖母", "外祖母")
POSTS = ("校长", "副校长", "安全办主任", "教导主任", "总务主任", "德育主任")
FINDINGS = (
    ("消防安全", "教学楼二楼走廊", "灭火器压力不足两具", "一般", "更换灭火器并贴月检卡"),
    ("校舍安全", "教学楼东楼梯", "扶手焊点松动", "一般", "加固焊点，修好前走西楼梯"),
    ("食品安全", "食堂操作间", "燃气软管老化", "重大", "停用灶具，换金属软管"),
    ("交通与校车", "校门口", "没有减速带和限速牌", "较大", "报镇里安装减速带"),
    ("防溺水", "上学路石桥下", "河边没有警示牌", "较大", "立牌并请村里加护栏"),
    ("实验室危化品", "科学实验室", "酒精没有上锁", "重大", "装双锁柜，双人保管"),
    ("校舍安全", "围墙西北角", "砖缝开裂向外倾斜", "重大", "拉警戒线，请施工队重砌"),
    ("消防安全", "学生宿舍一楼", "应急灯不亮", "一般", "更换应急灯"),
    ("周边环境", "校门东侧", "放学时摊点占道", "一般", "通报镇综合执法队"),
    ("特种设备", "锅炉房", "压力表超过校验日期", "较大", "送检压力表"),
)


def main() -> None:
    """Write the three files."""
    dice = random.Random(20260901)
    OUT.mkdir(parents=True, exist_ok=True)
    staff = _staff(dice)
    _write("教职工名单.xlsx", f"{SCHOOL}教职工名单", STAFF_COLUMNS, staff)
    _write(
        "学生名册.xlsx", f"{SCHOOL}学生名册（{YEAR}年秋季学期）", STUDENT_COLUMNS, _students(dice)
    )
    owners = [row[1] for row in staff]
    _write("隐患台账.xlsx", f"{SCHOOL}安全隐患排查整改台账", HAZARD_COLUMNS, _hazards(dice, owners))


STAFF_COLUMNS = ("序号", "姓名", "性别", "职务", "联系电话")
STUDENT_COLUMNS = (
    "班级",
    "座号",
    "姓名",
    "性别",
    "出生日期",
    "监护人姓名",
    "关系",
    "联系电话",
    "家庭住址",
    "是否住校",
    "是否留守儿童",
    "上下学方式",
    "健康状况",
)
HAZARD_COLUMNS = (
    "序号",
    "排查时间",
    "隐患类别",
    "隐患部位",
    "隐患内容",
    "隐患等级",
    "整改措施",
    "责任人",
    "整改时限",
    "整改情况",
)


def _write(name: str, title: str, columns: tuple[str, ...], rows: list[list[object]]) -> None:
    data = write_xlsx(title, [(label, 14) for label in columns], rows)
    (OUT / name).write_bytes(data)
    print(f"{name}：{len(rows)}行")


def _name(dice: random.Random) -> str:
    rest = dice.sample(GIVEN, dice.choice((1, 2, 2)))
    return dice.choice(SURNAMES) + "".join(rest)


def _phone(dice: random.Random) -> str:
    return f"199{dice.randrange(10**8):08}"


def _staff(dice: random.Random) -> list[list[object]]:
    rows: list[list[object]] = []
    for number in range(1, 27):
        post = POSTS[number - 1] if number <= len(POSTS) else "班主任" if number < 19 else "教师"
        rows.append([number, _name(dice), dice.choice("男女"), post, _phone(dice)])
    return rows


def _students(dice: random.Random) -> list[list[object]]:
    rows: list[list[object]] = []
    for grade in range(1, 7):
        for number in (1, 2):
            for seat in range(1, dice.randint(19, 23)):
                rows.append(
                    [f"{'一二三四五六'[grade - 1]}年级{number}班", seat, *_pupil(dice, grade)]
                )
    for place, character in enumerate(RARE):
        row = rows[place * 47 + 5]
        row[2] = str(row[2])[0] + character
    _make_siblings(rows)
    return rows


def _make_siblings(rows: list[list[object]]) -> None:
    """Give a few pupils of one surname, in unlike grades, the same home."""
    homes: dict[str, list[object]] = {}
    made = 0
    for row in rows:
        home = homes.setdefault(str(row[2])[0], row)
        if made < SIBLINGS and str(home[0])[:3] != str(row[0])[:3] and home[7] != row[7]:
            row[5:9] = home[5:9]
            homes[str(row[2])[0]] = row
            made += 1


def _pupil(dice: random.Random, grade: int) -> list[object]:
    born = date(YEAR - 6 - grade, 9, 1) + timedelta(days=dice.randrange(364))
    boards = grade > 3 and dice.random() < 0.3
    health = "哮喘" if dice.random() < 0.01 else "花生过敏" if dice.random() < 0.01 else "健康"
    return [
        _name(dice),
        dice.choice("男女"),
        born.isoformat(),
        _name(dice),
        dice.choice(KIN),
        _phone(dice),
        f"云栖镇{dice.choice(VILLAGES)}",
        "是" if boards else "否",
        "是" if dice.random() < 0.22 else "否",
        dice.choice(TRAVEL),
        health,
    ]


def _hazards(dice: random.Random, owners: list[object]) -> list[list[object]]:
    """Return last term's ledger: all closed but two."""
    rows: list[list[object]] = []
    for number in range(1, 25):
        area, place, what, grade, measure = FINDINGS[(number - 1) % len(FINDINGS)]
        found = date(YEAR, 2, 20) + timedelta(days=number * 5 + dice.randrange(4))
        due = found + timedelta(days={"一般": 15, "较大": 7, "重大": 3}[grade])
        fixed = due - timedelta(days=dice.randrange(3))
        done = "" if number in (7, 16) else f"已于{fixed.isoformat()}整改完毕"
        owner = dice.choice(owners[:18])
        rows.append([number, found.isoformat(), area, place, what, f"{grade}隐患", measure])
        rows[-1] += [owner, due.isoformat(), done]
    return rows


if __name__ == "__main__":
    main()
