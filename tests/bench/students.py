"""What importing pupils costs, in seconds of CPU: ``python -m tests.bench.students``."""

import random
import tempfile
from datetime import date, timedelta
from pathlib import Path

from tests.bench.machine import cpu_seconds

HEADER = (
    "序号", "学校名称", "年级", "班级", "姓名", "性别", "出生日期", "身份证件类型", "身份证件号",
    "全国学籍号", "民族", "现住址", "是否留守儿童", "是否寄宿生", "上下学交通方式", "健康状况",
    "家庭成员或监护人姓名", "关系", "联系电话",
)  # fmt: skip
SURNAMES = "王李张刘陈杨黄赵周吴徐孙朱马胡郭林何高梁郑罗宋谢唐韩曹许邓萧"
GIVEN = "子涵雨轩欣怡浩然梓睿思远晨曦佳琪一诺俊熙诗语文博建国秀英"
WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)


def write_list(path, count):
    """Write a list of invented pupils as the registry exports it: one sheet, 19 text columns."""
    from app.core.sheets import write_xlsx

    dice = random.Random(2026)
    rows = [_row(dice, n, count) for n in range(count)]
    title = "青石镇中心小学学生基本信息（2026年秋季学期）"
    path.write_bytes(write_xlsx(title, [(name, 12) for name in HEADER], rows))


def import_students(count=3000):
    """Return the CPU of a whole import: the child that reads, the plan, the change, the journal."""
    from app.core.imports import Fate
    from app.core.sheets import read_book
    from app.core.store import Store
    from app.students import StudentRegister, plan_students

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "名册.xlsx"
        write_list(path, count)
        store = Store(Path(folder) / "bench.db", bytes(range(32)))
        register = StudentRegister(store)
        before = cpu_seconds()
        plan = plan_students(register, read_book(path))
        register.carry_out(plan)
        spent = cpu_seconds() - before
        assert plan.count(Fate.ADDED) == count == register.count()
        store.close()
    return spent


def _row(dice, n, count):
    grade, rest = divmod(n * 6 * 10 // count, 10)
    born = date(2019 - grade, 9, 1) + timedelta(days=dice.randrange(365))
    sex = dice.choice("男女")
    number = _id_number(born, n, sex)
    name = dice.choice(SURNAMES) + "".join(dice.choices(GIVEN, k=2))
    return (
        str(n + 1),
        "青石镇中心小学",
        f"{'一二三四五六'[grade]}年级",
        f"{'一二三四五六'[grade]}年级{rest + 1}班",
        name,
        sex,
        f"{born:%Y%m%d}",
        "居民身份证",
        number,
        "G" + number,
        "汉族",
        f"青石镇{dice.choice('上下东西')}{dice.choice('湾岭塘桥')}村",
        dice.choice("是否"),
        dice.choice("是否"),
        dice.choice(("步行", "校车", "家长电动车接送")),
        "健康",
        dice.choice(SURNAMES) + "".join(dice.choices(GIVEN, k=2)),
        dice.choice(("父亲", "母亲", "祖父", "祖母")),
        f"1{dice.randrange(30, 100)}{dice.randrange(10**8):08}",
    )


def _id_number(born, n, sex):
    order = n % 499 * 2 + (sex == "男")
    body = f"9901{n // 499:02}{born:%Y%m%d}{order:03}"
    total = sum(int(digit) * weight for digit, weight in zip(body, WEIGHTS, strict=True))
    return body + "10X98765432"[total % 11]


if __name__ == "__main__":
    print(f"import of 3,000 pupils: {import_students(3000):.2f} s CPU")
