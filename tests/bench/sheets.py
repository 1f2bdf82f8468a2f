"""What reading a list of pupils costs, and the bare reader of the usual library beside it."""

import io
import tempfile
from datetime import date, timedelta
from pathlib import Path

from app.core.sheets import read_book, write_xlsx
from tests.bench.machine import cpu_seconds

COLUMNS = (
    "序号", "学校名称", "年级", "班级", "姓名", "性别", "出生日期", "身份证件类型",
    "身份证件号", "全国学籍号", "民族", "现住址", "是否留守儿童", "是否寄宿生",
    "上下学交通方式", "健康状况", "家庭成员或监护人姓名", "关系", "联系电话",
)  # fmt: skip
_SURNAMES = "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗"
_NAMES = "文明华强芳静丽敏磊洋勇艳杰娟涛超秀霞平刚"
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)


def make_students_xlsx(count):
    """A registry-like list of ``count`` invented pupils: 6 grades, 50 in a class, 19 columns."""
    rows = [_pupil(n) for n in range(count)]
    return write_xlsx(
        "青石镇中心小学学生基本信息（2026年秋季学期）", [(c, 12) for c in COLUMNS], rows
    )


def bare_read(count):
    """CPU seconds the usual library takes to read the same bytes, in this process."""
    import openpyxl  # here, since a spawned child imports the main module again

    data = make_students_xlsx(count)
    began = cpu_seconds()
    book = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=True)
    rows = list(book.worksheets[0].iter_rows(values_only=True))
    assert len(rows) == count + 2
    return cpu_seconds() - began


def read_in_child(count):
    """CPU seconds of ``read_book`` for the same bytes, the child that reads counted."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "名册.xlsx"
        path.write_bytes(make_students_xlsx(count))
        began = cpu_seconds()
        assert len(read_book(path).sheets[0].rows) == count + 2
        return cpu_seconds() - began


def _pupil(n):
    grade, number = "一二三四五六"[n // 50 % 6], n // 300 + 1
    born = date(2014, 9, 1) + timedelta(days=n % 2000)
    short = f"990100{born:%Y%m%d}{n % 1000:03}"
    id_number = (
        short + "10X98765432"[sum(int(d) * w for d, w in zip(short, _WEIGHTS, strict=True)) % 11]
    )
    name = _SURNAMES[n % 20] + _NAMES[n // 20 % 20] + _NAMES[n // 400 % 20]
    return (
        n + 1, "青石镇中心小学", f"{grade}年级", f"{grade}年级{number}班", name, "男女"[n % 2],
        f"{born:%Y%m%d}", "居民身份证", id_number, "G" + id_number, "汉族", "青石镇上湾村",
        "是否"[n % 2], "是否"[n % 3 > 0], "步行", "健康", _SURNAMES[n % 20] + "秀", "母亲",
        f"1{3 + n % 7}{n:09}",
    )  # fmt: skip


if __name__ == "__main__":
    for work in (bare_read, read_in_child):
        print(f"{work.__name__} {work(3000):.2f} s CPU")
