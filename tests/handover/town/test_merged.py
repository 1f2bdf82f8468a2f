"""The merged workbook opened by another program, and the sample town of the first start."""

import io

import openpyxl
import pytest

from app.core.desk import create
from app.core.errors import UserError
from app.core.paths import Paths, find_paths
from app.core.roles import Role, Sitter
from app.handover.town import merged
from app.handover.town.schools_page import SchoolsPage
from app.sample_town import FACTS, PASSWORD, USER, furnish_town
from app.ui.papers import Papers


def test_the_merged_workbook_has_a_sheet_a_table_and_a_school_a_line(town, three, user, tmp_path):
    town.town.take([three])
    papers = Papers(town.papers, town.context)
    user.opens(SchoolsPage(town.town, town.verdicts, papers=papers, go=lambda _name: None))
    user.picks("合并表", "2026年")
    user.chooses_file(tmp_path / "合并.xlsx")
    user.waits_for("合并表写好了")
    book = openpyxl.load_workbook(tmp_path / "合并.xlsx")
    assert {"各校", "隐患", "应急演练", "报送材料"} <= set(book.sheetnames)
    names = {one.name for one in town.town.roster.all()}
    for title, count in (("各校", 3), ("隐患", len(town.town.hazards({})))):
        rows = list(book[title].iter_rows(min_row=2, values_only=True))
        assert rows[0][0] == "学校" and {row[0] for row in rows[1:]} == names
        assert len(rows) == count + 1
    kinds = {cell.data_type for sheet in book for row in sheet.iter_rows() for cell in row}
    assert kinds <= {"s", "n", "inlineStr"}, "no formula runs"


def test_one_year_leaves_out_the_other_but_no_open_hazard(town, three):
    town.town.take([three])
    data = town.town.merged(2031)
    book = openpyxl.load_workbook(io.BytesIO(data))
    told = list(book["隐患"].iter_rows(min_row=3, values_only=True))
    assert len(told) == len(town.town.hazards({"is_open": "是"}))
    assert "应急演练" not in book.sheetnames


def test_a_sheet_no_program_opens_is_refused_in_a_sentence(town, three, monkeypatch):
    town.town.take([three])
    monkeypatch.setattr(merged, "MOST", 3)
    with pytest.raises(UserError, match="表格软件打不开") as told:
        town.town.merged(None)
    assert told.value.do == "请选一个年度再导出。"
    town.store.sitter = Sitter("王主任", Role.PRINCIPAL)
    with pytest.raises(UserError):
        town.town.merged(2026)


def test_the_sample_town_has_twelve_schools_as_soon_as_it_opens(tmp_path):
    from app.house import House

    paths = Paths(find_paths().program, tmp_path / "t", tmp_path / "本机.json")
    said = []
    desk, _ = create(
        paths, FACTS, USER, PASSWORD, sample=True,
        after=lambda desk: furnish_town(desk, lambda *step: said.append(step)),
    )  # fmt: skip
    house = House(desk.store, desk.paths)
    assert house.town.is_town and len(house.town.standings()) == 12
    assert [step[0] for step in said] == list(range(12))
    assert "样例" in house.title()
    desk.close()
