"""The ledger of care over 3,000 pupils: what a key of the search costs: ``tests.bench.care``."""

import os
import tempfile
from datetime import date, timedelta
from pathlib import Path
from statistics import median
from time import process_time

PUPILS = 3_000
TYPED = ("z", "zh", "zhy", "zh", "z", "", "陈", "陈思", "三年级", "三年级2", "孙丽", "", "x")
SURNAMES = "陈黄林王赵刘张杨吴徐胡朱高曾单仇"
GIVEN = ("思雨", "子轩", "嘉怡", "浩然", "雨桐", "俊杰", "欣妍", "梓涵", "宇航", "可馨", "博文")
CATEGORIES = ("特异体质", "心理", "家庭", "留守", "学困", "行为")


def search_key_ms(count=PUPILS):
    """Return the median and worst CPU time in ms of a key, to the painted table; and of a read."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from PySide6.QtWidgets import QApplication

    from app.ui import theme

    application = QApplication.instance() or QApplication([])
    theme.apply(application, "中")
    with tempfile.TemporaryDirectory() as folder:
        store, page = _page(Path(folder), count)
        page.resize(1366, 698)
        page.show()
        application.processEvents()
        assert len(page.shown_uids()) == count
        began = process_time()
        page.refresh()
        read = process_time() - began
        application.processEvents()
        took = []
        for text in TYPED:
            began = process_time()
            page.filters.search.setText(text)
            page.table.viewport().repaint()
            took.append((process_time() - began) * 1000)
            application.processEvents()
        page.close()
        store.close()
    return median(took), max(took), read


def _page(folder, count):
    from app.core.forms import load_forms
    from app.core.store import Store
    from app.students import CareRegister, ClassKey, StudentRegister
    from app.students.care.page import CarePage
    from app.students.care.records import Care
    from app.students.records import Student
    from app.ui.papers import Papers

    store = Store(folder / "bench.db", bytes(range(32)))
    students = StudentRegister(store)
    with store.change("造数据") as session:
        rooms = [students.open_class(ClassKey("小学", 2026 - n // 10, n % 10)) for n in range(60)]
        for number in range(count):
            name = SURNAMES[number % len(SURNAMES)] + GIVEN[number // 7 % len(GIVEN)]
            pupil = Student(
                name=name, class_uid=rooms[number % 60], seat_no=number // 60 + 1, status="在读"
            )
            session.add(pupil)
            session.flush()
            session.add(
                Care(
                    student_uid=pupil.uid,
                    categories=[CATEGORIES[number % len(CATEGORIES)]],
                    level=("一级", "二级", "三级")[number % 3],
                    level_said="监护人外出 → 三级",
                    state="关注中",
                    opened_on=date(2026, 9, 1),
                    caretaker=("孙丽华", "周海涛", "李敏")[number % 3],
                    next_on=date(2026, 9, 1) + timedelta(days=number % 200),
                )
            )
    forms, _ = load_forms(Path(__file__).parents[2] / "forms/ledgers")
    register = CareRegister(store, students)
    return store, CarePage(register, form=forms["care"], papers=Papers({}, lambda *_: None))


if __name__ == "__main__":
    usual, worst, read = search_key_ms()
    print(f"a key {usual:.1f} ms, the slowest {worst:.1f} ms; a read {read:.2f} s")
