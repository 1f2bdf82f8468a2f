from datetime import date, timedelta

import pytest

from app.core.desk import unlock
from app.house import House
from tests.terminal import PASSWORD, found_school

PUPILS = """姓名,班级,监护人,联系电话
孙小满,二年级1班,孙大山,13800000001
周明明,二年级2班,周大江,13800000003
"""


@pytest.fixture
def desk(tmp_path):
    desk = found_school(tmp_path / "校安台数据")
    (tmp_path / "名册.csv").write_text(PUPILS, "utf-8")
    desk.says("import", "students", tmp_path / "名册.csv")
    opened = unlock(desk.paths, desk.user, PASSWORD)
    house = House(opened.store, opened.paths)
    for pupil, category in zip(house.students.pupils(), ("心理", "学困"), strict=True):
        house.care.begin(
            pupil.uid,
            categories=[category],
            mind_signs="上课不说话",
            caretaker="李敏",
            next_on=date.today() - timedelta(days=1),
        )
    opened.close()
    return desk


def test_who_is_cared_for_is_listed_and_the_look_is_written_down(desk):
    rows = desk.says("list", "students", "--care")
    assert [row["name"] for row in rows] == ["孙小满", "周明明"]
    first = rows[0]
    assert first["class_name"] == "二年级1班" and first["categories"] == ["心理"]
    assert (first["level"], first["caretaker"], first["overdue"]) == ("三级", "李敏", True)
    assert first["next_on"] == (date.today() - timedelta(days=1)).isoformat()
    assert "上课不说话" not in str(rows) and "level_said" not in first

    (row,) = desk.says("list", "students", "--care", "--sealed", "--where", "category=心理")
    assert row["level_said"] == "心理需要关注 → 三级"
    opened = unlock(desk.paths, desk.user, PASSWORD)
    looks = [a for a in opened.store.actions(50) if a.label == "查看关注内容"]
    opened.close()
    assert len(looks) == 2


def test_only_pupils_are_cared_for(desk):
    refused = desk.is_refused("list", "staff", "--care")
    assert refused["what"] == "--care 只和 list students 一起用。"
