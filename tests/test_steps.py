"""The shipped migration steps against the tables of every room."""

import hashlib
import importlib
import shutil
from contextlib import closing
from datetime import date
from pathlib import Path

from sqlalchemy import text

from app.core.roles import Sitter
from app.core.store import Store, migrate
from app.core.store.database import connect
from app.core.store.records import Base
from app.hazards import CampaignRegister, HazardRegister, Status, Step
from app.hazards.checks import CheckRegister
from app.hazards.checks.lists import load_checklists
from app.hazards.notices.rules import Reply
from tests.conftest import KEY

APP = Path(__file__).parents[1] / "app"
# Step → the first 16 digits of its SHA-256; a step is pinned here when it is handed out.
RELEASED = {
    "0001_core.sql": "8bb507d28d8f3625",
    "0002_people.sql": "7bef4bf4fcd34238",
    "0003_students.sql": "0c6557b4dc676326",
    "0004_hazards.sql": "71a78beb04873e97",
    "0005_letters.sql": "4d22721de0f5444c",
    "0006_handover.sql": "e553087506bb65f5",
    "0007_hazard_states.sql": "2a25a728b65b9986",
    "0008_checks.sql": "3659d804cfc84c73",
    "0009_risks.sql": "637bc553d0b1fe23",
    "0010_campaigns.sql": "9bffccd4566606b5",
    "0011_hazard_more.sql": "6f7c7577f69bcfdc",
    "0012_rechecks.sql": "6f49d339ccf95945",
    "0013_hazard_grades.sql": "67a2dba92b47fc05",
    "0014_care.sql": "7bd52a7f3f6b3773",
    "0015_receipt_scans.sql": "5619b1aacab22e30",
    "0016_clauses.sql": "5092071de625a569",
    "0017_demands.sql": "c31c5306f40087f9",
    "0018_roll.sql": "73d48f47ad44f53c",
    "0019_privacy.sql": "6fc2426733ae862b",
    "0020_care_photos.sql": "952a48df605f4805",
    "0021_letter_editions.sql": "9193295e4f1168d8",
    "0022_boarding.sql": "193ec7095ee7b229",
    "0023_travel.sql": "6408f8edb0faa0c0",
    "0024_drills.sql": "6ff7b82047785dee",
    "0025_calendar.sql": "033b92994f023711",
    "0026_letter_due.sql": "e634f12ba130c191",
    "0027_meetings.sql": "6692512a25bfc3c8",
    "0028_roll_counts.sql": "11da7747ee222750",
    "0029_drill_doing.sql": "517a0548c6737b59",
    "0030_themes.sql": "88034dcd0fecfa94",
    "0031_rules.sql": "0f475795e11e13c1",
    "0032_impact.sql": "d363f49c79b9a8ab",
    "0033_staff.sql": "0cb2d4f83d4ea44b",
    "0034_town.sql": "57609a20baf383cb",
    "0035_duty_book.sql": "12b0e9d75def3d41",
    "0036_sent_period.sql": "ecdf173622077bd4",
    "0037_duty_seats.sql": "22576cd941aac8ce",
    "0038_ledgers.sql": "68e5f28f3ed48132",
    "0039_reports.sql": "2c21fa3c415ffcff",
    "0040_incidents.sql": "19b02fb303d84dd8",
    "0041_chemicals.sql": "0bca821c9d434cba",
    "0042_town_row_seq.sql": "5ae3f2718b91de41",
    "0043_ledger_shape.sql": "f991ceb1cf00bbbb",
    "0044_incident_aftercare.sql": "08d10e7f89ebad3f",
    "0045_town_statements.sql": "834457af7217c22e",
    "0046_town_schools.sql": "fc4b6328e2bd435d",
    "0047_chemical_unit.sql": "ec609c9fe9a690b0",
    "0048_action_about.sql": "b0e59c7f9c294e88",
}


def test_tables_made_by_the_steps_are_the_tables_the_rooms_say(store):
    for register in sorted(APP.glob("*/register.py")):
        importlib.import_module(f"app.{register.parent.name}")
    ours = [m for m in Base.registry.mappers if m.class_.__module__.startswith("app.")]
    with store.read() as session:
        for table in {m.local_table for m in ours}:
            made = {r[1] for r in session.execute(text(f"PRAGMA table_info({table.name})"))}
            assert made == set(table.columns.keys()), table.name


def test_released_steps_are_never_edited():
    found = {
        path.name: hashlib.sha256(path.read_bytes()).hexdigest()[:16]
        for path in migrate.STEPS.glob("[0-9]*")
    }
    assert {name: found.get(name) for name in RELEASED} == RELEASED


# What a school of the first edition may have: its hazards, a notice answered, a check, a campaign.
OLD_ROWS = """
INSERT INTO counter VALUES ('YH', 2026, 3), ('ZG', 2026, 1), ('JC', 2026, 1);
INSERT INTO hazard (id, uid, rev, number, found_on, found_by, category, place, what, grade,
    measures, owner, due_on, due_is_default, step, round, look_on, keeper, fixed_on, closed_on)
VALUES
 (1, 'h1', 4, 'YH-2026-0001', '2026-03-02', '张老师', '校舍建筑', '楼梯', '扶手松动', '一般',
  '紧固', '王建国', '2026-03-17', 1, '治理', 1, NULL, NULL, NULL, NULL),
 (2, 'h2', 2, 'YH-2026-0002', '2026-03-02', '张老师', '校舍建筑', '围墙', '开裂', '重大',
  NULL, NULL, '2026-03-05', 1, '评估', 1, '2026-04-20', '李敏', NULL, NULL),
 (3, 'h3', 9, 'YH-2026-0003', '2026-03-03', '张老师', '消防安全', '食堂', '过期', '一般',
  '更换', '李敏', '2026-03-18', 1, NULL, 1, NULL, NULL, '2026-03-05', '2026-03-06');
INSERT INTO hazard_step (uid, rev, hazard_id, step, round, signed_by, signed_on, entered_at, words,
    is_skipped)
VALUES
 ('s1', 1, 1, '排查', 1, '张老师', '2026-03-02', '2026-03-02 09:00:00.000000', '', 0),
 ('s2', 1, 1, '监控', 1, '张老师', '2026-03-04', '2026-03-04 09:00:00.000000', '', 1);
INSERT INTO hazard_notice (id, uid, rev, number, person, requirement, due_on, signer, issued_on,
    reply, finished_on, replied_on)
VALUES (1, 'n1', 2, 'ZG-2026-0001', '李敏', '更换', '2026-03-10', '刘玉兰', '2026-03-03', '已更换',
    '2026-03-05', '2026-03-06');
INSERT INTO hazard_notice_line (uid, rev, notice_id, hazard_id) VALUES ('l1', 1, 1, 3);
INSERT INTO hazard_check (id, uid, rev, number, checked_on, kind, checklist, title, area, leader,
    inspectors, points, faults, results)
VALUES (1, 'c1', 1, 'JC-2026-0001', '2026-03-02', '日', 'check_fire', '消防', '全校', '刘玉兰',
    '张老师', 1, 1, '[{"key": "exits", "text": "通道", "clause": "", "mark": "×"}]');
INSERT INTO hazard_check_fault (uid, rev, check_id, hazard_id, point)
VALUES ('f1', 1, 1, 3, 'exits');
INSERT INTO campaign (id, uid, rev, name, starts_on, ends_on)
VALUES (1, 'k1', 1, '百日行动', '2026-03-01', '2026-06-08');
INSERT INTO campaign_phase (uid, rev, campaign_id, name, starts_on, ends_on, report_counts)
VALUES ('p1', 1, 1, '自查', '2026-03-01', '2026-04-30', 0);
UPDATE hazard SET campaign_uid = 'k1' WHERE id = 1;
"""
TODAY = date(2026, 4, 1)


def test_the_data_of_the_first_edition_goes_on_as_if_nothing_had_been(tmp_path, monkeypatch):
    path, first = tmp_path / "xiaoan.db", tmp_path / "steps"
    first.mkdir()
    for name in RELEASED:
        shutil.copy(migrate.STEPS / name, first)
    with monkeypatch.context() as then:
        then.setattr(migrate, "STEPS", first)
        Store(path, KEY).close()
    with closing(connect(path, KEY)) as opened:
        assert migrate.steps_done(opened) == len(RELEASED)
        opened.executescript(OLD_ROWS)

    store = Store(path, KEY)
    store.sitter = Sitter("张老师")
    hazards = HazardRegister(store, today=lambda: TODAY)
    checklists, _ = load_checklists(APP.parent / "forms/checklists")
    checks = CheckRegister(store, hazards, checklists, today=lambda: TODAY)
    try:
        said = {line.number: (line.status, line.campaign) for line in hazards.lines()}
        assert said == {
            "YH-2026-0001": (Status.LATE, "百日行动"),
            "YH-2026-0002": (Status.SHELVED, None),
            "YH-2026-0003": (Status.CLOSED, None),
        }
        hazards.sign("h1", Step.TREAT, by="王建国", on=TODAY, words="已紧固")
        hazards.sides.unshelve("h2", by="刘玉兰", on=TODAY)
        hazards.sides.look_back("h3", by="张老师", on=TODAY, verdict="保持")
        assert [row["steps"][-1]["step"] for row in hazards.views["list"]({})] == [
            "治理", "解除挂账", "回头看",
        ]  # fmt: skip
        assert store.undo() == "回头看" and hazards.steps("h3") == []
        pit = {"category": "其他", "place": "操场", "what": "坑", "grade": "一般"}
        new = hazards.report(found_on=TODAY, found_by="张老师", **pit)
        assert new.number == "YH-2026-0004"
        (problem,) = hazards.notices.problems("n1")
        assert (problem.reply, problem.finished_on) == ("已更换", date(2026, 3, 5))
        assert hazards.notices.replied("h3") == Reply("已更换", date(2026, 3, 5))
        (notice,) = hazards.notices.views["notices"]({})
        assert notice["answers"][0]["reply"] == "已更换" and notice["status"] == "已回执"
        checks.recheck("c1", on=TODAY, by="李敏", results={"exits": "√"}, notes={})
        (check,) = checks.views["filled"]({})
        assert check["results"][0]["again"] == "√"
        (line,) = CampaignRegister(store, lambda: TODAY).lines()
        assert [phase.looks_back for phase in line.phases] == [False]
    finally:
        store.close()
