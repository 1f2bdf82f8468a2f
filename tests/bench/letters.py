"""What a batch of letters costs, from its records to the PDF: ``python -m tests.bench.letters``."""

import random
import tempfile
from pathlib import Path
from time import process_time

from tests.bench import paper

ROOMS = 60


def measure(count=3_000):
    """Return CPU seconds and MB of a batch as it is sent, of one with rare names, of receipts."""
    from app.core.store import Store

    with tempfile.TemporaryDirectory() as folder:
        store = Store(Path(folder) / "bench.db", bytes(range(32)))
        register = _school(store, count)
        usual = register.issue("防溺水").code
        strips = register.issue("防溺水", layout="copier").code
        cpu, size = _printed(register, usual, count)
        strips_cpu, strips_size = _printed(register, strips, None)
        _give_rare_names(store)
        _, rare = _printed(register, usual, count)
        store.close()
    return {
        "batch_cpu": cpu,
        "batch_mb": size / 1e6,
        "batch_floor": paper.raw_letters(count)[0],
        "batch_rare_mb": rare / 1e6,
        "batch_strips_cpu": strips_cpu,
        "batch_strips_mb": strips_size / 1e6,
    }


def _printed(register, batch, pages):
    started = process_time()
    printed = register.print_letters(batch)
    assert pages in (None, printed.pages)
    return process_time() - started, len(printed.data)


def _school(store, count):
    from app.core.settings import Settings
    from app.letters import LetterRegister, load_letter_forms
    from app.students import ClassKey, StudentRegister
    from app.students.records import Student

    Settings(store).put({"school.code": "5220102001", "school.name": "青石镇中心小学"})
    students = StudentRegister(store)
    dice = random.Random(3)
    with store.change("造数据") as session:
        rooms = [
            students.open_class(ClassKey("小学", 2026 - n // 10, n % 10 + 1)) for n in range(ROOMS)
        ]
        session.add_all(
            Student(
                name=dice.choice(paper.FAMILIES) + "".join(dice.sample(paper.GIVEN, 2)),
                class_uid=rooms[n % ROOMS],
                seat_no=n // ROOMS + 1,
                status="在读",
            )
            for n in range(count)
        )
    forms, _ = load_letter_forms(Path(__file__).parents[2] / "forms/letters")
    return LetterRegister(store, students, forms)


def _give_rare_names(store):
    from sqlalchemy import select

    from app.students.records import Student

    dice = random.Random(4)
    with store.change("改名") as session:
        for student in session.scalars(select(Student)):
            if dice.random() < paper.RARE_SHARE:
                student.name = student.name[:2] + dice.choice(paper.RARE)


if __name__ == "__main__":
    for name, value in measure().items():
        print(f"{value:8.3f} {name}")
