"""Who may do what, act by act: by command, through the registers, and on the screen."""

import json
import shutil
from datetime import date, datetime, time
from pathlib import Path

import pypdfium2
import pytest
from PIL import Image

from app.agenda.rules import Period
from app.calendar.days import Notice
from app.calendar.hours import USUAL
from app.core.desk import unlock
from app.core.errors import UserError
from app.core.forms import Form
from app.core.imports import Plan
from app.core.roles import Role
from app.core.sheets import Book
from app.duties import PostFacts, RosterPlan, Wish
from app.duties.planning import Cell
from app.handover import Case, ReportKind
from app.handover.answers.rules import Verdict
from app.hazards.campaigns.records import CampaignPhase
from app.hazards.looking import look_back_at
from app.hazards.platform import mark_copied, unmark_copied
from app.hazards.typed import TypedStep, sign_card
from app.hazards.words import Step
from app.house import House
from app.incidents import Turn as IncidentTurn
from app.ledgers.bringing import give_out
from app.ledgers.persons import enter_each
from app.letters import Reading, Stack, Status, To
from app.letters.wording import words_of
from app.meetings.ticks.rules import Minutes
from app.people import Spell
from app.privacy import Request
from app.shell import Shell
from app.students import ClassKey, ThinningDesk
from app.students.boarding.beds import put_beds
from app.students.boarding.roll_lines import Unit
from app.students.care.importing import carry_out as bring_in_care
from app.students.care.importing import plan_care
from app.students.care.levels import Scale
from app.students.roll.rules import Turn
from app.students.roll.thinning import Years
from app.students.travel.rules import Way
from tests.core.sheets import raw
from tests.ledgers.conftest import BOILER
from tests.terminal import PASSWORD, Terminal, found_school

OFFICER, PRINCIPAL, TEACHER, DUTY = Role
READERS = {OFFICER, PRINCIPAL, TEACHER}
ALL = set(Role)
WHO = {OFFICER: "张老师", PRINCIPAL: "李校长", TEACHER: "王老师", DUTY: "赵老师"}
MINE, OTHERS = "二年级1班", "二年级2班"
PUPILS = """姓名,班级,监护人,联系电话,健康状况
孙小满,二年级1班,孙大山,13800000001,哮喘
钱多多,二年级1班,钱大海,13800000002,
周明明,二年级2班,周大江,13800000003,癫痫
吴小雨,二年级2班,吴大河,13800000004,
"""
STAFF = "姓名,职务,联系电话\n张老师,安全员,13900000001\n"
SHEET = Form("incident_call", "记一通电话", ())
OWN = {"孙小满", "钱多多"}
EVERY = OWN | {"周明明", "吴小雨"}
OUTSIDE = ("周明明", "吴小雨", "周大江", "吴大河", "13800000003", "13800000004")


@pytest.fixture(scope="module")
def founded(tmp_path_factory):
    """A school of two classes, a letter sent, a hazard reported, and a user of every role."""
    folder = tmp_path_factory.mktemp("school")
    desk = found_school(folder / "校安台数据")
    (folder / "名册.csv").write_text(PUPILS, "utf-8")
    (folder / "教工.csv").write_text(STAFF, "utf-8")
    desk.says("import", "students", folder / "名册.csv")
    desk.says("import", "staff", folder / "教工.csv")
    desk.says("letters", "issue", "防溺水")
    opened = unlock(desk.paths, desk.user, PASSWORD)
    house = House(opened.store, opened.paths)
    mine = next(line for line in house.students.classes() if line.name == MINE)
    house.hazards.report(
        found_on=date(2026, 3, 2),
        found_by="张老师",
        category="校舍建筑",
        place="操场",
        what="篮板松动",
        grade="一般",
    )
    house.posts.take([PostFacts("带班领导", time(7), time(18))])
    house.duties.take(house.duties.plan(date(2026, 9, 1), date(2026, 9, 2)))
    opened.close()
    for role in (PRINCIPAL, TEACHER, DUTY):
        desk.lets_in(WHO[role], role, mine.uid if role is TEACHER else None)
    desk.lets_in("孙老师", TEACHER)  # a class is not given yet
    return desk


@pytest.fixture
def desk(founded, tmp_path):
    """A copy of it for one test."""
    shutil.copytree(founded.folder, tmp_path / "校安台数据")
    return Terminal(tmp_path / "校安台数据")


def batch_of(desk):
    opened = unlock(desk.paths, desk.user, PASSWORD)
    letters = House(opened.store, opened.paths).letters
    (line,) = letters.batches()
    codes = {r.name: r.code for r in letters.receipts(line.code)}
    opened.close()
    return line.code, codes


def check_file(folder):
    file = folder / "检查.json"
    said = {"checklist": "check_fire", "date": "2026-03-02", "kind": "日", "leader": "李校长"}
    points = ("power", "exits", "gear", "doors", "posts", "others")
    said |= {"inspectors": "张老师", "results": dict.fromkeys(points, "√")}
    file.write_text(json.dumps(said), "utf-8")
    return file


def drill_file(folder):
    file = folder / "演练.json"
    file.write_text(json.dumps({"kind": "地震", "date": date.today().isoformat()}), "utf-8")
    return file


def book_file(folder):
    file = folder / "锅炉.toml"
    file.write_text(BOILER, encoding="utf-8")
    return file


def line_file(folder):
    file = folder / "纠纷.json"
    said = {"found_on": "2026-03-02", "kind": "家校之间", "what": "作业", "grade": "低"}
    file.write_text(json.dumps(said | {"measures": "家访", "owner": "张老师"}), "utf-8")
    return file


def incident_file(folder):
    file = folder / "事件.json"
    said = {"known_at": "2026-03-02 09:10", "happened_at": "2026-03-02 09:00", "kind": "体育活动"}
    said |= {"place": "操场", "site": "校内", "what": "一人摔伤", "measures": "送卫生院"}
    file.write_text(json.dumps(said), "utf-8")
    return file


def roster_file(folder):
    file = folder / "值班表.csv"
    file.write_text("日期,带班领导\n2026-09-01,张老师\n", "utf-8")
    return file


def empty_scan(folder):
    """Return a scanned page on which there is nothing."""
    Image.new("L", (1240, 1754), 250).save(folder / "空白.png")
    return folder / "空白.png"


def text_of(path):
    with pypdfium2.PdfDocument(path) as pdf:
        return "\n".join(page.get_textpage().get_text_range() for page in pdf)


# --- by command -----------------------------------------------------------------------------------
LIST = raw.DATA / "教职工名单_青石镇中心小学.xlsx"
NOTICE = Path(__file__).parents[1] / "resources" / "calendar" / "2026.toml"
COMMANDS = {  # words → who may
    "calendar show 2026": ALL,
    "calendar import NOTICE": {OFFICER},
    "check": ALL,
    "papers": ALL,
    "list staff": ALL,
    "list absences": ALL,
    "list posts": ALL,
    "list chemicals": ALL,
    "list chemical-moves": ALL,
    "list chemical-counts": ALL,
    "print chem_ledger --out OUT": ALL,
    "print chem_book --out OUT": ALL,
    "print chem_take --out OUT": ALL,
    "print chem_count --out OUT": ALL,
    "print chem_compare --out OUT": ALL,
    "print chem_stock --out OUT": ALL,
    "print staff_list --out OUT": ALL,
    "list hazards": ALL,
    "list checks": ALL,
    "list risks": ALL,
    "list surroundings": ALL,
    "list places": ALL,
    "duty list --from 2026-09-01 --to 2026-09-30": ALL,
    "duty generate --from 2026-09-01 --to 2026-09-30": {OFFICER},
    "duty explain 2026-09-01 带班领导": ALL,
    "duty check ROSTER": ALL,
    "print duty_month --out OUT": ALL,
    "print duty_month_large --out OUT": ALL,
    "print duty_gate --out OUT": ALL,
    "print duty_gate_list --out OUT": ALL,
    "print duty_patrol --out OUT": ALL,
    "print duty_holiday --out OUT": ALL,
    "print duty_slip --out OUT": ALL,
    "print duty_fair --out OUT": ALL,
    "print handover_slip --out OUT": ALL,
    "print handover_log --out OUT": ALL,
    "print duty_swap --out OUT": ALL,
    "print duty_contacts --out OUT": ALL,
    "list duty-log": ALL,
    "list safety-log": ALL,
    "list patrols": ALL,
    "list gates": ALL,
    "print duty_record --out OUT": ALL,
    "print duty_ledger --out OUT": ALL,
    "print patrol_sheet --out OUT": ALL,
    "print patrol_ledger --out OUT": ALL,
    "print gate_sheet --out OUT": ALL,
    "print gate_ledger --out OUT": ALL,
    "print safety_log --out OUT": ALL,
    "print safety_log_ledger --out OUT": ALL,
    "agenda": ALL,
    "print arrears --out OUT": ALL,
    "agenda --rule DRILL-M": ALL,
    "list meetings": {OFFICER, PRINCIPAL},
    "ledgers": ALL,
    "list dispute": ALL,
    "list dispute --sealed": READERS,
    "print dispute --out OUT": ALL,
    "enter dispute LINE": {OFFICER},
    "ledger take BOOK": {OFFICER},
    "print ledger_index --out OUT": ALL,
    "ledger give dispute --out OUT": {OFFICER},
    "ledger versions dispute": ALL,
    "print incident_phone --out OUT": ALL,
    "print incident_report --out OUT": ALL,
    "print incident_further --out OUT": ALL,
    "chemicals move MOVES": {OFFICER},
    "chemicals count MOVES": {OFFICER},
    "incident report HAPPENED --out OUT": ALL,
    "print school_calendar --out OUT": ALL,
    "print contingency_list --out OUT": ALL,
    "print meeting_minutes --out OUT": {OFFICER, PRINCIPAL},
    "print meeting_ledger --out OUT": {OFFICER, PRINCIPAL},
    "print meeting_decisions --out OUT": {OFFICER, PRINCIPAL},
    "print meeting_signin --out OUT": {OFFICER, PRINCIPAL},
    "print education_totals --out OUT": READERS,
    "print tick_month --out OUT": READERS,
    "print tick_class --out OUT": READERS,
    "print education_record --out OUT": READERS,
    "print education_ledger --out OUT": READERS,
    "print education_signin --out OUT": ALL,
    "list education": READERS,
    "list contingencies": ALL,
    "list leaves": READERS,
    "list stays": READERS,
    "list rolls": ALL,
    "list travel": READERS,
    "print travel_table --out OUT": READERS,
    "print travel_class --out OUT": READERS,
    "print travel_flags --out OUT": READERS,
    "print travel_bus --out OUT": READERS,
    "list turns": READERS,
    "list turns --sealed": READERS,
    "print student_turns --out OUT": READERS,
    "students move 钱多多 --class 二年级2班": {OFFICER},
    "students leave 休学 钱多多": {OFFICER},
    "students back 钱多多 --class 二年级1班": {OFFICER},
    "print leave_list --out OUT": READERS,
    "print leave_slip --out OUT": READERS,
    "print roll_blank --out OUT": ALL,
    "print roll_call --out OUT": ALL,
    "print stay_list --out OUT": READERS,
    "print drill_plan --out OUT": ALL,
    "print drill_card --out OUT": ALL,
    "print drill_slip --out OUT": ALL,
    "print drill_signin --out OUT": ALL,
    "print drill_record --out OUT": ALL,
    "print drill_summary --out OUT": ALL,
    "print drill_figures --out OUT": ALL,
    "drills record DRILL": {OFFICER},
    "print risk_list --out OUT": ALL,
    "print risk_duty --out OUT": ALL,
    "print risk_sign --out OUT": ALL,
    "print surroundings_ledger --out OUT": ALL,
    "print surroundings_letter --out OUT": ALL,
    "print hazard_ledger --out OUT": ALL,
    "print hazard_flow --out OUT": ALL,
    "print notice_list --out OUT": ALL,
    "print hazard_self_check --out OUT": ALL,
    "print platform --out OUT": ALL,
    "print hazard_acceptance --out OUT": ALL,
    "print hazard_report --out OUT": ALL,
    "print hazard_rolling --out OUT": ALL,
    "print hazard_supervision --out OUT": ALL,
    "print checklist --out OUT": ALL,
    "print check_tally --out OUT": ALL,
    "checks enter CHECK": {OFFICER, TEACHER, DUTY},
    "print campaign_report --out OUT": ALL,
    "print report_weekly --out OUT": {OFFICER, PRINCIPAL},
    "print report_disputes --out OUT": {OFFICER, PRINCIPAL},
    "print report_selfcheck --out OUT": {OFFICER, PRINCIPAL},
    "print report_yearly --out OUT": {OFFICER, PRINCIPAL},
    "print report_year_table --out OUT": {OFFICER, PRINCIPAL},
    "list reports": {OFFICER, PRINCIPAL},
    "reports write weekly --out OUT": {OFFICER},
    "list students": READERS,
    "list students --sealed": READERS,
    "list students --care": READERS,
    "list students --care --sealed": READERS,
    "print care_first_aid --out OUT": READERS,
    "print care_file --out OUT": READERS,
    "print care_counts --out OUT": READERS,
    "print care_visit --out OUT": READERS,
    "print privacy_looks --out OUT": {OFFICER, PRINCIPAL},
    "print privacy_rules --out OUT": ALL,
    "print privacy_check --out OUT": {OFFICER, PRINCIPAL},
    "print privacy_impact --out OUT": {OFFICER, PRINCIPAL},
    "import care LIST": {OFFICER},
    "print privacy_leak --out OUT": {OFFICER, PRINCIPAL},
    "print privacy_releases --out OUT": {OFFICER, PRINCIPAL},
    "print roster --out OUT": READERS,
    "print letter_register --out OUT": READERS,
    "print letter_missing --out OUT": READERS,
    "print letter_cover --out OUT": READERS,
    "letters status BATCH": READERS,
    "letters print BATCH --out OUT": READERS,
    "letters receive BATCH CODE": {OFFICER, TEACHER},
    "letters scan BATCH SCAN": {OFFICER, TEACHER},
    "letters proof 孙小满 --out OUT": {OFFICER, TEACHER},
    "letters issue 防溺水": {OFFICER},
    "letters again BATCH --out OUT": {OFFICER},
    "hazards step YH-2026-0001 评估 --by 张老师": {OFFICER},
    "hazards supervise YH-2026-0001 --by 李校长 --set demand=修好": {OFFICER, PRINCIPAL},
    "students promote --on 2027-09-01 --dry-run": {OFFICER},
    "import students LIST": {OFFICER},
    "import staff LIST": {OFFICER},
    "import hazards LIST --dry-run": {OFFICER},
    "export --out OUT": {OFFICER},
    "binder --from 2026-03-01 --to 2026-03-02 --out OUT": {OFFICER},
    "print binder_contents --out OUT": {OFFICER, PRINCIPAL},
    "backup --to FOLDER": {OFFICER},
    "restore COPY": {OFFICER},
}


@pytest.mark.parametrize("role", Role)
def test_a_command_does_what_the_role_may_and_refuses_the_rest_in_words(desk, tmp_path, role):
    batch, codes = batch_of(desk)
    copy = sorted(desk.paths.backups.glob("*.db"))[-1]
    sitter = desk.as_(WHO[role])
    for number, (words, who) in enumerate(COMMANDS.items()):
        if role in who and words.startswith(("import", "restore", "chemicals")):
            continue  # done for real elsewhere; here it matters who is kept out
        out = tmp_path / f"{number}.pdf"
        said = {"OUT": out, "BATCH": batch, "CODE": codes["孙小满"], "LIST": LIST}
        said |= {"SCAN": empty_scan(tmp_path), "NOTICE": NOTICE}
        said |= {"DRILL": drill_file(tmp_path), "LINE": line_file(tmp_path)}
        said |= {"BOOK": book_file(tmp_path)}
        said |= {"ROSTER": roster_file(tmp_path), "HAPPENED": incident_file(tmp_path)}
        said |= {"MOVES": line_file(tmp_path)}
        said |= {"CHECK": check_file(tmp_path), "FOLDER": tmp_path / f"{number}", "COPY": copy}
        before = desk.content()
        code, value = sitter.gives(*(said.get(word, word) for word in words.split()))
        if role in who:
            assert code == 0, (words, value)
            continue
        assert code == 1, (words, value)
        assert value["error"]["what"].startswith(f"您的身份是{role}，不能"), words
        assert desk.content() == before, words
        assert not out.exists() and not said["FOLDER"].exists(), words


def test_a_class_teacher_sees_prints_and_takes_back_for_one_class_only(desk, tmp_path):
    batch, codes = batch_of(desk)
    teacher = desk.as_(WHO[TEACHER])
    for words in (("list", "students"), ("list", "students", "--sealed")):
        rows = teacher.says(*words)
        assert {row["name"] for row in rows} == OWN
    assert {row["health"] for row in rows} == {"哮喘", ""}
    where = ("--where", "class_no=2")
    assert teacher.says("list", "students", "--sealed", *where) == []

    status = teacher.says("letters", "status", batch)
    assert status["issued"] == 2 and {row["name"] for row in status["missing"]} == OWN
    for number, words in enumerate(
        (
            ("print", "roster"),
            ("print", "letter_register"),
            ("print", "letter_missing"),
            ("print", "letter_cover"),
            ("letters", "print", batch),
        )
    ):
        out = tmp_path / f"{number}.pdf"
        teacher.says(*words, "--out", out)
        text = text_of(out)
        assert "孙小满" in text, words
        assert not [word for word in OUTSIDE if word in text], words
        assert codes["周明明"] not in text

    before = desk.content()
    (outcome,) = teacher.says("letters", "receive", batch, codes["周明明"])["results"]
    assert outcome["fate"] == "不归这里收" and not outcome["name"]
    assert "周明明" not in outcome["sentence"]
    assert desk.content() == before


def test_a_teacher_without_a_class_sees_nobody(desk, tmp_path):
    batch, _ = batch_of(desk)
    teacher = desk.as_("孙老师")
    assert teacher.says("list", "students", "--sealed") == []
    assert teacher.says("letters", "status", batch)["missing"] == []
    assert teacher.is_refused("letters", "print", batch, "--out", tmp_path / "信.pdf")


@pytest.mark.parametrize("role", [OFFICER, PRINCIPAL, TEACHER])
def test_who_opened_the_sealed_columns_stands_in_the_journal(desk, role):
    desk.as_(WHO[role]).says("list", "students", "--sealed")
    desk.as_(WHO[role]).says("list", "students")
    opened = unlock(desk.paths, desk.user, PASSWORD)
    looks = [action.who for action in opened.store.actions(50) if action.label == "查看保密栏"]
    opened.close()
    assert looks == [WHO[role]], "written down once: the plain list opens nothing"


# --- through the registers ------------------------------------------------------------------------
def _report(house):
    house.hazards.report(
        found_on=date(2026, 3, 3),
        found_by="张老师",
        category="校舍建筑",
        place="楼梯",
        what="扶手松动",
        grade="一般",
    )


def _duty(house, day):
    return Cell(date(2026, 9, day), house.posts.all()[0].uid)


def _hazard(house):
    return house.hazards.lines()[0].uid


def _check(house):
    form = house.checks.checklist("check_fire")
    return house.checks.enter(
        form.id,
        checked_on=date(2026, 3, 3),
        kind="日",
        leader="李校长",
        inspectors="张老师",
        results=dict.fromkeys(form.keys, "√"),
        faults={},
    )


def _look_back(house):
    look_back_at(
        house.hazards, by="李敏", on=date(2026, 3, 3), found={_hazard(house): "保持"}, notes={}
    )


def _recheck(house):
    checks = house.checks.all()
    said = {"on": date(2026, 3, 3), "by": "李敏", "results": {}, "notes": {}}
    house.checks.recheck(checks[0].uid if checks else "无", **said)


def _void_check(house):
    checks = house.checks.all()
    house.checks.void(checks[0].uid if checks else "无", "重复录入")


def _pupil(house):
    return house.facts["pupil"]


def _hand_in(house):
    rule = house.rules.line("WEEK-FRI").rule
    week = Period("2026-W10", "", _AT.date(), _AT.date(), _AT.date())
    return house.dues.acts.enter(rule, week, done_at=_AT, what="零报告", by="张", reason="补")


_ASSESSED = {"assessed_on": date(2026, 3, 2), "is_needed": True, "is_enough": True}
_ASSESSED |= {"result": "可以处理"}
_AT = datetime(2026, 3, 2, 8, 0)
_WEEKLY = ReportKind.WEEKLY
_LEAVE = {
    "kind": "事假",
    "from_at": _AT,
    "back_by": _AT.replace(hour=9),
    "reason": "回家",
    "teacher": "王老师",
}
_SAID = {"called_by": "张", "called_at": _AT.time(), "marks": {}, "absences": {}}
_ROLL = {"evening": _AT.date(), **_SAID}
_STAY = {"starts_on": _AT.date(), "ends_on": _AT.date(), "place": "宿舍", "keeper": "李"}


def _unit(house):
    return Unit("男生宿舍", None, ())


def _notice(house):
    return house.hazards.notices.issue(
        [_hazard(house)],
        person="总务处",
        requirement="修好",
        due_on=house.hazards.today(),
        signer="李校长",
    )


def _sign(step):
    return lambda house: house.hazards.sign(
        _hazard(house), step, by="张老师", on=house.hazards.today()
    )


BOOK = {OFFICER, TEACHER, DUTY}
_SPELL = Spell(date(2026, 9, 1), "上午", date(2026, 9, 1), "下午")
_POST = PostFacts("带班领导", time(7), time(18))
ACTS = {
    "report a hazard": (_report, {OFFICER, TEACHER, DUTY}),
    "correct a hazard": (lambda h: h.hazards.correct(_hazard(h), place="操场边"), {OFFICER}),
    "settle the work": (
        lambda h: h.hazards.settle(_hazard(h), measures="紧固", owner="张", due_on=None),
        {OFFICER},
    ),
    "assess": (_sign(Step.ASSESS), {OFFICER}),
    "accept": (_sign(Step.ACCEPT), {OFFICER, PRINCIPAL}),
    "close": (_sign(Step.CLOSE), {OFFICER, PRINCIPAL}),
    "put on record": (
        lambda h: h.hazards.sides.shelve(
            _hazard(h),
            by="张",
            on=h.hazards.today(),
            keeper="李",
            measures="看守",
            look_on=None,
            met_on=None,
            meeting=None,
        ),
        {OFFICER},
    ),
    "look again": (
        lambda h: h.hazards.sides.look_again(
            _hazard(h), by="张", on=h.hazards.today(), words="", look_on=h.hazards.today()
        ),
        {OFFICER},
    ),
    "take off the record": (
        lambda h: h.hazards.sides.unshelve(_hazard(h), by="张", on=h.hazards.today()),
        {OFFICER},
    ),
    "hand back": (
        lambda h: h.hazards.sides.hand_back(_hazard(h), by="张", on=h.hazards.today(), words="退"),
        {OFFICER},
    ),
    "look back": (
        lambda h: h.hazards.sides.look_back(
            _hazard(h), by="张", on=h.hazards.today(), verdict="保持"
        ),
        {OFFICER},
    ),
    "put right on the spot": (
        lambda h: h.hazards.sides.fix_at_once(
            _hazard(h), by="张", on=h.hazards.today(), assessor="李", measures="紧固"
        ),
        {OFFICER},
    ),
    "enter it put right": (
        lambda h: h.hazards.sides.report_fixed({}, by="张", on=h.hazards.today(), assessor="李"),
        {OFFICER},
    ),
    "add photos": (lambda h: h.hazards.photos.add(_hazard(h), ["ab" * 32]), {OFFICER}),
    "take off a photo": (lambda h: h.hazards.photos.take_off(_hazard(h), "ab" * 32), {OFFICER}),
    "supervise": (
        lambda h: h.hazards.demands.add(
            _hazard(h), by="李校长", on=h.hazards.today(), demand="修好"
        ),
        {OFFICER, PRINCIPAL},
    ),
    "meet a demand": (
        lambda h: h.hazards.demands.meet("无", on=h.hazards.today()),
        {OFFICER, PRINCIPAL},
    ),
    "meet a demand by its words": (
        lambda h: h.hazards.demands.meet_named(_hazard(h), "", by="李", on=h.hazards.today()),
        {OFFICER, PRINCIPAL},
    ),
    "void a demand": (lambda h: h.hazards.demands.void("无", "登记错了"), {OFFICER, PRINCIPAL}),
    "take in clauses": (lambda h: h.hazards.clauses.keep(()), {OFFICER}),
    "void a hazard": (lambda h: h.hazards.void(_hazard(h), "重复登记"), {OFFICER}),
    "restore a hazard": (lambda h: h.hazards.restore(_hazard(h)), {OFFICER}),
    "issue a notice": (_notice, {OFFICER}),
    "sign for a notice": (
        lambda h: h.hazards.notices.receive("", by="王", on=date.today()),
        {OFFICER},
    ),
    "take a reply slip": (lambda h: h.hazards.notices.answer("", {}, on=date.today()), {OFFICER}),
    "correct a reply slip": (
        lambda h: h.hazards.notices.correct_answer("", {}, on=date.today()),
        {OFFICER},
    ),
    "void a notice": (lambda h: h.hazards.notices.void("", "开错了"), {OFFICER}),
    "type a flow card back": (lambda h: sign_card(h.hazards, _hazard(h), []), {OFFICER}),
    "type the end of a flow card back": (
        lambda h: sign_card(
            h.hazards, _hazard(h), [TypedStep(Step.CLOSE, "李校长", h.hazards.today())]
        ),
        {OFFICER, PRINCIPAL},
    ),
    "mark what the platform has": (
        lambda h: mark_copied(h.hazards, {_hazard(h): ""}, platform="省", on=date.today()),
        {OFFICER},
    ),
    "take back what the platform has": (
        lambda h: unmark_copied(h.hazards, _hazard(h)),
        {OFFICER},
    ),
    "enter a risk": (lambda h: h.risks.enter(), {OFFICER}),
    "correct a risk": (lambda h: h.risks.correct(""), {OFFICER}),
    "void a risk": (lambda h: h.risks.void("", "登记错了"), {OFFICER}),
    "choose the grades of risks": (lambda h: h.risks.choose_scheme("五级"), {OFFICER}),
    "enter a place": (lambda h: h.places.enter(name=""), {OFFICER}),
    "correct a place": (lambda h: h.places.correct("", name=""), {OFFICER}),
    "void a place": (lambda h: h.places.void("", "停用"), {OFFICER}),
    "enter what is around": (lambda h: h.surroundings.enter(), {OFFICER}),
    "correct what is around": (lambda h: h.surroundings.correct(""), {OFFICER}),
    "notify a department": (
        lambda h: h.surroundings.notify("", department="", request="", on=date.today()),
        {OFFICER},
    ),
    "take an answer": (
        lambda h: h.surroundings.take_answer("", answer="", on=date.today()),
        {OFFICER},
    ),
    "close what is around": (
        lambda h: h.surroundings.close("", outcome="", on=date.today()),
        {OFFICER},
    ),
    "reopen what is around": (lambda h: h.surroundings.reopen(""), {OFFICER}),
    "void what is around": (lambda h: h.surroundings.void("", "登记错了"), {OFFICER}),
    "set the rings": (lambda h: h.surroundings.set_rings([]), {OFFICER}),
    "enter a campaign": (
        lambda h: h.campaigns.enter(
            name="百日行动", starts_on=date(2026, 3, 1), ends_on=date(2026, 6, 8)
        ),
        {OFFICER},
    ),
    "begin a campaign": (
        lambda h: h.campaigns.begin(
            h.campaign_forms["hundred_days"],
            name="百日行动",
            starts_on=date(2026, 3, 1),
            ends_on=date(2026, 6, 8),
        ),
        {OFFICER},
    ),
    "correct a campaign": (lambda h: h.campaigns.correct("x", name="行动"), {OFFICER}),
    "void a campaign": (lambda h: h.campaigns.void("x", "登记有误"), {OFFICER}),
    "add a phase": (lambda h: h.campaigns.add_phase("x", name="自查"), {OFFICER}),
    "correct a phase": (lambda h: h.campaigns.correct_phase("x", name="自查"), {OFFICER}),
    "take out a phase": (lambda h: h.campaigns.remove("x", CampaignPhase), {OFFICER}),
    "add a task": (lambda h: h.campaigns.add_task("x", what="开会"), {OFFICER}),
    "correct a task": (lambda h: h.campaigns.correct_task("x", what="开会"), {OFFICER}),
    "end a campaign early": (lambda h: h.campaigns.end("x", "完成了"), {OFFICER}),
    "take up a campaign": (lambda h: h.campaigns.reopen("x", "延长了"), {OFFICER}),
    "look back at many": (_look_back, {OFFICER}),
    "set the days of an answer": (lambda h: h.surroundings.set_answer_days(20), {OFFICER}),
    "tick a task": (lambda h: h.campaigns.tick("x", is_done=True), {OFFICER}),
    "enter a check": (_check, {OFFICER, TEACHER, DUTY}),
    "void a check": (_void_check, {OFFICER}),
    "enter a second walk": (_recheck, {OFFICER, TEACHER, DUTY}),
    "import hazards": (lambda h: h.hazards.carry_out(h.facts["plan"]), {OFFICER}),
    "list pupils": (lambda h: h.students.pupils(everybody=True), READERS),
    "look at a pupil": (lambda h: h.students.get(_pupil(h)), READERS),
    "open the sealed columns": (lambda h: h.students.sealed(), READERS),
    "list classes": (lambda h: h.students.classes(), READERS),
    "enter a pupil": (
        lambda h: h.students.add(name="新生", class_uid=h.facts["room"]),
        {OFFICER},
    ),
    "correct a pupil": (lambda h: h.students.correct(_pupil(h), sex="男"), {OFFICER}),
    "move a pupil": (lambda h: h.students.move(_pupil(h), h.facts["room"]), {OFFICER}),
    "void a pupil": (lambda h: h.students.void(_pupil(h), "登记错了"), {OFFICER}),
    "open a class": (lambda h: h.students.open_class(ClassKey("小学", 2020, 9)), {OFFICER}),
    "list who has left": (lambda h: h.turns.leavers(), READERS),
    "turns of a pupil": (lambda h: h.turns.turns(_pupil(h)), READERS),
    "let a pupil leave": (
        lambda h: h.turns.leave([], Turn.MOVED_OUT, on=date.today()),
        {OFFICER},
    ),
    "take a pupil back": (
        lambda h: h.turns.come_back([], h.facts["room"], on=date.today()),
        {OFFICER},
    ),
    "list the turns": (lambda h: h.turns.entries(), READERS),
    "open why they were": (lambda h: h.turns.reasons(), READERS),
    "take a pupil in": (
        lambda h: h.turns.take_in(on=date.today(), name="陆小帆", class_uid=h.facts["room"]),
        {OFFICER},
    ),
    "correct a turn": (
        lambda h: h.turns.correct_turn("x", on=date.today(), words=None),
        {OFFICER},
    ),
    "move pupils": (lambda h: h.turns.move([], h.facts["room"], on=date.today()), {OFFICER}),
    "give seats": (lambda h: h.turns.seat(h.facts["room"], {}), {OFFICER}),
    "rename a class": (lambda h: h.turns.rename(h.facts["room"], ["一年级"], 9), {OFFICER}),
    "close a class": (lambda h: h.turns.close(h.facts["room"]), {OFFICER}),
    "look what is to be cleaned up": (lambda h: ThinningDesk(h.turns).due(), {OFFICER}),
    "clean up": (lambda h: ThinningDesk(h.turns).clean("期满"), {OFFICER}),
    "settle the years": (lambda h: ThinningDesk(h.turns).set_years(Years(0, 0)), {OFFICER}),
    "see what promoting would do": (lambda h: h.promotion.draft(date(2036, 9, 1)), {OFFICER}),
    "promote the school": (lambda h: h.promotion.carry_out(date(2036, 9, 1)), {OFFICER}),
    "ground of an import": (lambda h: h.students.ground(), {OFFICER}),
    "read a ledger": (lambda h: h.ledgers.lines("dispute"), ALL),
    "open the seal of a ledger": (lambda h: h.ledgers.open_seal("dispute"), READERS),
    "see how the ledgers stand": (lambda h: h.ledgers.standings(), ALL),
    "enter a line of a ledger": (lambda h: h.ledgers.enter("dispute", {}), {OFFICER}),
    "enter a line for each": (lambda h: enter_each(h.ledgers, "pledge", {}, ["x"]), {OFFICER}),
    "correct a line": (lambda h: h.ledgers.correct("x", {}), {OFFICER}),
    "end a line": (lambda h: h.ledgers.close("x", {}), {OFFICER}),
    "take a line up again": (lambda h: h.ledgers.reopen("x"), {OFFICER}),
    "take in a ledger": (
        lambda h: h.shapes.take_in(h.ledgers.form("dispute")),
        {OFFICER},
    ),
    "change a ledger's shape": (
        lambda h: h.shapes.keep(h.ledgers.form("dispute"), "改了"),
        {OFFICER},
    ),
    "do away with a ledger": (lambda h: h.shapes.drop("x"), {OFFICER}),
    "give a ledger to other schools": (
        lambda h: give_out(h.shapes, h.ledgers.form("dispute"), h.store.path.parent / "给.toml"),
        {OFFICER},
    ),
    "void a line": (lambda h: h.ledgers.void("x", "登记错了"), {OFFICER}),
    "report a month": (
        lambda h: h.ledgers.months.report("dispute", "2026-01", is_zero=True, by=""),
        {OFFICER},
    ),
    "take a month's report back": (
        lambda h: h.ledgers.months.take_back("dispute", "2026-01", "登记错了"),
        {OFFICER},
    ),
    "read the incidents": (lambda h: h.incidents.all(), ALL),
    "start the clock": (lambda h: h.incidents.begin(known_at=_AT), ALL),
    "write on an incident": (lambda h: h.incidents.draft("x", {}), ALL),
    "put right when it was known": (lambda h: h.incidents.correct_known("x", _AT), ALL),
    "write a call down": (
        lambda h: h.incidents.calls.enter("x", unit="镇", called_at=_AT, is_report=True),
        ALL,
    ),
    "void a call": (lambda h: h.incidents.calls.void("x", "登记错了"), ALL),
    "report an incident": (
        lambda h: h.incidents.reports.send(
            "x", kind=IncidentTurn.FIRST, sent_at=_AT, recipient="镇", way="传真", signer="李"
        ),
        ALL,
    ),
    "end an incident": (lambda h: h.incidents.close("x", on=_AT.date(), result="好"), ALL),
    "take an incident up again": (lambda h: h.incidents.reopen("x"), ALL),
    "void an incident": (lambda h: h.incidents.void("x", "误报"), ALL),
    "enter what is owed after it": (
        lambda h: h.incidents.tasks.enter("x", what="看望", owner="李校长", due_on=_AT.date()),
        ALL,
    ),
    "do what is owed after it": (lambda h: h.incidents.tasks.finish("x", on=_AT.date()), ALL),
    "void what is owed after it": (lambda h: h.incidents.tasks.void("x", "登记错了"), ALL),
    "keep a half-typed sheet": (lambda h: h.incidents.sheets.keep("x", "y", SHEET, {}), ALL),
    "let go of a half-typed sheet": (lambda h: h.incidents.sheets.drop("x", "y"), ALL),
    "read the texts that stay": (lambda h: h.incidents.aftermath.texts("x"), {OFFICER}),
    "wipe who was concerned": (lambda h: h.incidents.aftermath.clean_up("x"), {OFFICER}),
    "keep who was concerned": (lambda h: h.incidents.aftermath.keep("x", "证据"), {OFFICER}),
    "list the meetings": (lambda h: h.meetings.all(), {OFFICER, PRINCIPAL}),
    "look at a meeting": (lambda h: h.meetings.get("x"), {OFFICER, PRINCIPAL}),
    "list what was decided": (lambda h: h.meetings.decisions(), {OFFICER, PRINCIPAL}),
    "enter a meeting": (lambda h: h.meetings.enter(kind="例会"), {OFFICER}),
    "correct a meeting": (lambda h: h.meetings.correct("x", place="会议室"), {OFFICER}),
    "end a decision": (lambda h: h.meetings.end("x", result="已完成", on=None), {OFFICER}),
    "reopen a decision": (lambda h: h.meetings.reopen("x"), {OFFICER}),
    "void a meeting": (lambda h: h.meetings.void("x", "登记错了"), {OFFICER}),
    "list the education": (lambda h: h.education.all(), READERS),
    "look at a piece of education": (lambda h: h.education.get("x"), READERS),
    "enter education": (
        lambda h: h.education.enter(kind="班会", classes=[h.store.sitter.only_class]),
        {OFFICER, TEACHER},
    ),
    "correct education": (lambda h: h.education.correct("x", heads=3), {OFFICER, TEACHER}),
    "void education": (lambda h: h.education.void("x", "登记错了"), {OFFICER, TEACHER}),
    "the sheet of ticks": (lambda h: h.ticks.sheet(), READERS),
    "tick a reminder": (lambda h: h.ticks.tick("2026-11", {}), {OFFICER, TEACHER}),
    "set the minutes of the reminders": (lambda h: h.ticks.set_minutes(Minutes()), {OFFICER}),
    "list the plans for emergencies": (lambda h: h.contingencies.lines(), ALL),
    "enter a plan for emergencies": (lambda h: h.contingencies.enter(kind="火灾"), {OFFICER}),
    "revise a plan": (lambda h: h.contingencies.revise("x", kind="火灾"), {OFFICER}),
    "correct a plan": (lambda h: h.contingencies.correct("x", title="火灾"), {OFFICER}),
    "give a plan up": (lambda h: h.contingencies.end("x", on=date.today(), why="并入"), {OFFICER}),
    "reinstate a plan": (lambda h: h.contingencies.reinstate("x"), {OFFICER}),
    "void a plan": (lambda h: h.contingencies.void("x", "登记错了"), {OFFICER}),
    "set how often a plan is reviewed": (
        lambda h: h.contingencies.set_review_years(3),
        {OFFICER},
    ),
    "list the rules": (lambda h: h.rules.lines(), ALL),
    "count the turns of the rules": (lambda h: h.dues.turns(_AT.date(), _AT.date()), ALL),
    "read the arrears": (lambda h: h.agenda.views["arrears"]({}), ALL),
    "switch a rule": (lambda h: h.rules.switch("MEET-M", is_on=False, reason="试"), {OFFICER}),
    "change a rule": (
        lambda h: h.rules.change("MEET-M", params={"times": 2}, basis=None, reason="试"),
        {OFFICER},
    ),
    "take a rule as it shipped": (lambda h: h.rules.as_shipped("MEET-M", reason="试"), {OFFICER}),
    "excuse a turn": (lambda h: h.rules.waivers.waive("MEET-M", "2026-03", reason="试"), {OFFICER}),
    "ask for a turn again": (lambda h: h.rules.waivers.ask_again("MEET-M", "2026-03"), {OFFICER}),
    "say facts for the rules": (
        lambda h: h.rules.say({"near_woods": True}, began_on=_AT.date()),
        {OFFICER},
    ),
    "read a rule file": (lambda h: h.rules.files.read(Path("x.toml")), {OFFICER}),
    "take a rule file over": (lambda h: h.rules.files.take(Path("x.toml")), {OFFICER}),
    "put a rule file aside": (lambda h: h.rules.files.drop("x.toml"), {OFFICER}),
    "begin a report": (lambda h: h.reports.begin(_WEEKLY, "2026-W10"), {OFFICER}),
    "report that nothing happened": (lambda h: h.reports.zero(_WEEKLY, "2026-W11"), {OFFICER}),
    "take back that nothing happened": (lambda h: h.reports.not_zero("无"), {OFFICER}),
    "write a report": (lambda h: h.reports.write("无", texts={}), {OFFICER}),
    "accept the words of a report": (lambda h: h.reports.accept("无", "work"), {OFFICER}),
    "restore the words of a report": (
        lambda h: h.reports.back_to_usual("无", "work"),
        {OFFICER},
    ),
    "send a report": (
        lambda h: h.reports.send("无", sent_at=_AT, way="U盘", recipient="镇", by="张"),
        {OFFICER},
    ),
    "void a report": (lambda h: h.reports.void("无", "登记错了"), {OFFICER}),
    "void a sending": (lambda h: h.reports.void_sending("无", "登记错了"), {OFFICER}),
    "say what the school is": (lambda h: h.profile.keep(2026, {"guards": 2}), {OFFICER}),
    "enter what was handed in": (lambda h: _hand_in(h), {OFFICER}),
    "void what was handed in": (lambda h: h.dues.acts.void("x", "登记错了"), {OFFICER}),
    "list the drills": (lambda h: h.drills.all(), ALL),
    "plan a drill": (lambda h: h.drills.enter(kind="地震", planned_on=date(2099, 1, 5)), {OFFICER}),
    "enter a drill that was held": (
        lambda h: h.drills.enter_held({"done_on": date.today()}, kind="地震"),
        {OFFICER},
    ),
    "correct a drill": (lambda h: h.drills.correct("x", title="疏散"), {OFFICER}),
    "move a drill": (lambda h: h.drills.move("x", date(2099, 1, 6)), {OFFICER}),
    "lock a drill": (lambda h: h.drills.lock("x", is_locked=True), {OFFICER}),
    "hold a drill": (lambda h: h.drills.hold("x", done_on=date.today()), {OFFICER}),
    "write the plan sheet of a drill": (lambda h: h.doing.sheets.write("x"), {OFFICER}),
    "count a drill": (
        lambda h: h.doing.records.count("x", [], done_on=date.today()),
        {OFFICER},
    ),
    "write the record of a drill": (
        lambda h: h.doing.records.write("x", done_on=date.today()),
        {OFFICER},
    ),
    "put a gap of a drill right": (
        lambda h: h.doing.records.settle("x", on=date.today(), outcome="好"),
        {OFFICER},
    ),
    "make a hazard of a gap": (lambda h: h.doing.records.make_hazard("x"), {OFFICER}),
    "start the stopwatch": (lambda h: h.doing.start("x"), {OFFICER}),
    "look at the figures of the drills": (lambda h: h.doing.figures.of(2026), ALL),
    "void a drill": (lambda h: h.drills.void("x", "登记错了"), {OFFICER}),
    "see the plan of a term": (lambda h: h.planner.draft(), {OFFICER}),
    "plan a term": (lambda h: h.planner.carry_out(h.planner.draft()), {OFFICER}),
    "choose the local risks": (
        lambda h: h.planner.choices.keep(h.planner.choices.read()),
        {OFFICER},
    ),
    "list the leaves": (lambda h: h.leaves.lines(), READERS),
    "look at a leave": (lambda h: h.leaves.get("x"), READERS),
    "open what is sealed of a leave": (lambda h: h.leaves.sealed("x"), READERS),
    "a slip": (lambda h: h.leaves.slip("x"), READERS),
    "ask for a leave": (lambda h: h.leaves.ask(_pupil(h), **_LEAVE), {OFFICER, TEACHER}),
    "correct a leave": (lambda h: h.leaves.correct("x", place="家"), {OFFICER, TEACHER}),
    "grant a leave": (lambda h: h.leaves.grant("x", "张"), {OFFICER, TEACHER}),
    "see a pupil off": (lambda h: h.leaves.depart("x"), {OFFICER, TEACHER}),
    "end a leave": (lambda h: h.leaves.end("x"), {OFFICER, TEACHER}),
    "void a leave": (lambda h: h.leaves.void("x", "登记错了"), {OFFICER, TEACHER}),
    "list the rolls": (lambda h: h.rolls.calls(), ALL),
    "list who is expected": (lambda h: h.rolls.units(), ALL),
    "look at a roll": (lambda h: h.rolls.get("x"), ALL),
    "look at a line of a roll": (lambda h: h.rolls.line("x"), ALL),
    "enter a roll": (lambda h: h.rolls.enter(_unit(h), **_ROLL), {OFFICER, TEACHER, DUTY}),
    "correct a roll": (lambda h: h.rolls.correct("x", **_SAID), {OFFICER, TEACHER, DUTY}),
    "void a roll": (lambda h: h.rolls.void("x", "登记错了"), {OFFICER, TEACHER}),
    "look at what was changed of a roll": (lambda h: h.rolls.changes("x"), ALL),
    "restore a roll": (lambda h: h.rolls.revive("x"), {OFFICER, TEACHER}),
    "give out beds": (lambda h: put_beds(h.students, {}), {OFFICER, TEACHER}),
    "list who stays": (lambda h: h.stays.lines(), READERS),
    "look at who stays": (lambda h: h.stays.get("x"), READERS),
    "enter who stays": (lambda h: h.stays.enter(name="张", **_STAY), {OFFICER, TEACHER}),
    "correct who stays": (lambda h: h.stays.correct("x", place="家"), {OFFICER, TEACHER}),
    "void who stays": (lambda h: h.stays.void("x", "登记错了"), {OFFICER, TEACHER}),
    "list the ways to school": (lambda h: h.travel.lines(), READERS),
    "sum up the ways": (lambda h: h.travel.table(), READERS),
    "say a way": (lambda h: h.travel.say({}), {OFFICER, TEACHER}),
    "say one way": (
        lambda h: h.travel.say_one(_pupil(h), Way("步行", "步行"), seen=None),
        {OFFICER, TEACHER},
    ),
    "look what was said of a way": (lambda h: h.travel.said(_pupil(h)), READERS),
    "look at one way": (lambda h: h.travel.line(_pupil(h)), READERS),
    "confirm the ways": (lambda h: h.travel.confirm(), {OFFICER, TEACHER}),
    "set the first day": (
        lambda h: h.travel.set_start(date.today(), counts_last_day=False),
        {OFFICER},
    ),
    "hand the sheet in": (lambda h: h.travel.hand_in(on=date.today(), by="张"), {OFFICER}),
    "take the sheet back": (lambda h: h.travel.take_back(), {OFFICER}),
    "list who is cared for": (lambda h: h.care.lines(), READERS),
    "look at a line of care": (lambda h: h.care.get("x"), READERS),
    "a pupil's line of care": (lambda h: h.care.of(_pupil(h)), READERS),
    "what was done in care": (lambda h: h.care.acts("x"), READERS),
    "open what is sealed of care": (lambda h: h.care.sealed(), READERS),
    "all traces of a pupil in care": (lambda h: h.care.traces(_pupil(h)), {OFFICER}),
    "one child's file": (lambda h: h.care.file(_pupil(h)), READERS),
    "count who is cared for": (lambda h: h.care.counts(), READERS),
    "propose a level of care": (lambda h: h.care.proposal(_pupil(h), {}), READERS),
    "settle how a level is reached": (lambda h: h.care.set_scale(Scale()), {OFFICER}),
    "enter care": (lambda h: h.care.begin(_pupil(h), categories=["学困"]), {OFFICER, TEACHER}),
    "correct care": (lambda h: h.care.correct("x"), {OFFICER, TEACHER}),
    "review care": (
        lambda h: h.care.review("x", on=date.today(), by="", level="一级", state="观察"),
        {OFFICER, TEACHER},
    ),
    "end care": (lambda h: h.care.end("x", on=date.today(), why="", by=""), {OFFICER, TEACHER}),
    "take care up again": (
        lambda h: h.care.reopen("x", on=date.today(), why="", by="", next_on=date.today()),
        {OFFICER, TEACHER},
    ),
    "void care": (lambda h: h.care.void("x", "登记错了"), {OFFICER, TEACHER}),
    "record what was done": (
        lambda h: h.care.record("x", way="谈心", done_on=date.today(), by="张"),
        {OFFICER, TEACHER},
    ),
    "correct a record": (lambda h: h.care.correct_act("x"), {OFFICER, TEACHER}),
    "void a record": (lambda h: h.care.void_act("x", "登记错了"), {OFFICER, TEACHER}),
    "send a letter": (lambda h: h.letters.issue("防溺水"), {OFFICER}),
    "newcomers": (lambda h: h.letters.newcomers(h.facts["batch"]), {OFFICER}),
    "send it later": (lambda h: h.letters.add(h.facts["batch"], []), {OFFICER}),
    "see who joins a paper": (lambda h: h.letters.joining(h.facts["batch"], []), {OFFICER}),
    "see by when it is back": (lambda h: h.letters.due_again(h.facts["batch"]), {OFFICER}),
    "see who has not answered": (lambda h: h.letters.to_ask_again(h.facts["batch"]), {OFFICER}),
    "send it again": (lambda h: h.letters.send_again(h.facts["batch"]), {OFFICER}),
    "see who would get it": (lambda h: h.letters.pupils_to(To()), {OFFICER}),
    "see the families": (lambda h: h.letters.families_to(To()), {OFFICER}),
    "word a letter": (
        lambda h: h.letters.editions.save("drowning", words_of(h.letters.letter_forms["drowning"])),
        {OFFICER},
    ),
    "take a letter's words back": (lambda h: h.letters.editions.restore("drowning"), {OFFICER}),
    "find who is cared for": (lambda h: h.care.pupils_with("心理"), READERS),
    "receive": (lambda h: h.letters.receive(h.facts["batch"], []), {OFFICER, TEACHER}),
    "find a pupil to prove": (lambda h: h.letters.proofs.find("孙小满"), {OFFICER, TEACHER}),
    "read signed receipts": (
        lambda h: h.letters.proofs.signed(h.facts["pupil"], _AT.date()),
        {OFFICER, TEACHER},
    ),
    "prove": (lambda h: h.letters.proofs.sheet(h.facts["pupil"]), {OFFICER, TEACHER}),
    "scan receipts": (lambda h: h.letters.scans.read(h.facts["batch"], []), {OFFICER, TEACHER}),
    "book a scan": (
        lambda h: h.letters.scans.book(Stack(h.facts["batch"])),
        {OFFICER, TEACHER},
    ),
    "find a scan by its code": (lambda h: h.letters.scans.find("x"), {OFFICER, TEACHER}),
    "look at a picture": (
        lambda h: h.letters.scans.picture(h.facts["receipt"]),
        {OFFICER, TEACHER},
    ),
    "write what is on a receipt": (
        lambda h: h.letters.scans.write_down(h.facts["receipt"], {"box": "3"}),
        {OFFICER, TEACHER},
    ),
    "mark a receipt": (
        lambda h: h.letters.mark([h.facts["receipt"]], Status.REFUSED),
        {OFFICER, TEACHER},
    ),
    "receipts": (lambda h: h.letters.receipts(h.facts["batch"]), READERS),
    "a receipt": (lambda h: h.letters.receipt(h.facts["receipt"]), READERS),
    "status": (lambda h: h.letters.status(h.facts["batch"]), READERS),
    "print letters": (lambda h: h.letters.print_letters(h.facts["batch"]), READERS),
    "whose guardian agreed": (lambda h: h.privacy.consents.all(), READERS),
    "enter what a guardian said": (
        lambda h: h.privacy.consents.say(_pupil(h), answer="同意", said_on=date.today()),
        {OFFICER, TEACHER},
    ),
    "facts of the self-check": (lambda h: h.privacy.checks.facts(), {OFFICER, PRINCIPAL}),
    "the self-checks": (lambda h: h.privacy.checks.all(), {OFFICER, PRINCIPAL}),
    "answer the self-check": (
        lambda h: h.privacy.checks.answer({}, {}, on=date.today(), by="", leader="", facts={}),
        {OFFICER},
    ),
    "void a self-check": (lambda h: h.privacy.checks.void("x", "登记错了"), {OFFICER}),
    "set a term": (
        lambda h: h.calendar.set_term("x", begins_on=date.today(), ends_on=date.today()),
        {OFFICER},
    ),
    "mark a span of days": (
        lambda h: h.calendar.mark("x", first_on=date.today(), last_on=date.today()),
        {OFFICER},
    ),
    "correct a marked span": (
        lambda h: h.calendar.correct_mark("x", "x", first_on=date.today(), last_on=date.today()),
        {OFFICER},
    ),
    "void a marked span": (lambda h: h.calendar.void_mark("x", "登记错了"), {OFFICER}),
    "add a theme day": (lambda h: h.calendar.theme_book.add("", days=""), {OFFICER}),
    "correct a theme day": (lambda h: h.calendar.theme_book.correct("x", "", days=""), {OFFICER}),
    "switch a theme day off": (
        lambda h: h.calendar.theme_book.switch("x", is_off=True),
        {OFFICER},
    ),
    "give a theme day back": (lambda h: h.calendar.theme_book.restore("x"), {OFFICER}),
    "enter school hours": (lambda h: h.calendar.hours_book.enter(USUAL), {OFFICER}),
    "correct school hours": (
        lambda h: h.calendar.hours_book.correct(USUAL),
        {OFFICER},
    ),
    "void school hours": (lambda h: h.calendar.hours_book.void("x", "登记错了"), {OFFICER}),
    "confirm the holidays of a year": (
        lambda h: h.calendar.notices.confirm(Notice(2027, "", "", [])),
        {OFFICER},
    ),
    "take the holidays of a year back": (lambda h: h.calendar.notices.take_back(2030), {OFFICER}),
    "choose the day of the self-check": (lambda h: h.privacy.checks.set_day(13, 1), {OFFICER}),
    "the impact assessments": (lambda h: h.privacy.impacts.all(), {OFFICER, PRINCIPAL}),
    "look at an assessment": (lambda h: h.privacy.impacts.get("x"), {OFFICER, PRINCIPAL}),
    "make an assessment": (lambda h: h.privacy.impacts.enter(**_ASSESSED), {OFFICER}),
    "correct an assessment": (lambda h: h.privacy.impacts.correct("x"), {OFFICER}),
    "void an assessment": (lambda h: h.privacy.impacts.void("x", "登记错了"), {OFFICER}),
    "records of health to look at": (lambda h: h.care.rechecks(), READERS),
    "every line of care": (lambda h: h.care.all(), {OFFICER}),
    "plan the old care list": (
        lambda h: plan_care(h.care, Book("名单.xlsx", "xlsx", ())),
        {OFFICER},
    ),
    "import the old care list": (lambda h: bring_in_care(h.care, Plan("关注名单")), {OFFICER}),
    "the leaks": (lambda h: h.privacy.leaks.all(), {OFFICER, PRINCIPAL}),
    "look at a leak": (lambda h: h.privacy.leaks.get("x"), {OFFICER, PRINCIPAL}),
    "enter a leak": (lambda h: h.privacy.leaks.enter(found_on=date.today()), {OFFICER}),
    "correct a leak": (lambda h: h.privacy.leaks.correct("x"), {OFFICER}),
    "void a leak": (lambda h: h.privacy.leaks.void("x", "登记错了"), {OFFICER}),
    "what was given out": (lambda h: h.privacy.releases.all(), {OFFICER, PRINCIPAL}),
    "give a list out": (
        lambda h: h.privacy.releases.release(
            "学生名册", "students", [], Request("", "", "", "上报", ())
        ),
        {OFFICER},
    ),
    "who looked": (lambda h: h.privacy.looks.lines(), {OFFICER, PRINCIPAL}),
    "say what people may do": (lambda h: h.staff.say_abilities({}), {OFFICER}),
    "enter an absence": (lambda h: h.absences.enter([], "病假", _SPELL), {OFFICER}),
    "correct an absence": (lambda h: h.absences.correct("没有", "病假", _SPELL), {OFFICER}),
    "revive an absence": (lambda h: h.absences.revive("没有"), {OFFICER}),
    "revive a post": (lambda h: h.posts.revive("没有"), {OFFICER}),
    "revive a round": (lambda h: h.patrols.revive("没有"), BOOK),
    "void an absence": (lambda h: h.absences.void("没有", "登记错了"), {OFFICER}),
    "list the chemicals": (lambda h: h.chemicals.stocks(), ALL),
    "enter a chemical": (lambda h: h.chemicals.enter(), {OFFICER}),
    "correct a chemical": (lambda h: h.chemicals.correct("x"), {OFFICER}),
    "void a chemical": (lambda h: h.chemicals.void("x", "登记错了"), {OFFICER}),
    "list the movements": (lambda h: h.chemical_moves.lines(), ALL),
    "move a chemical": (lambda h: h.chemical_moves.enter("x"), {OFFICER}),
    "file a purchase": (lambda h: h.chemical_moves.file("x", on=_AT.date()), {OFFICER}),
    "put a movement back": (lambda h: h.chemical_moves.restore("x"), {OFFICER}),
    "put a count back": (lambda h: h.chemical_counts.restore("x"), {OFFICER}),
    "void a movement": (lambda h: h.chemical_moves.void("x", "登记错了"), {OFFICER}),
    "count the chemicals": (
        lambda h: h.chemical_counts.count([], done_at=_AT, hand_1="", hand_2=""),
        {OFFICER},
    ),
    "compare the books": (
        lambda h: h.chemical_counts.compare([], done_at=_AT, hand_1="", hand_2=""),
        {OFFICER},
    ),
    "void a count": (lambda h: h.chemical_counts.void("x", "登记错了"), {OFFICER}),
    "list absences": (lambda h: h.absences.on(date(2026, 9, 1)), ALL),
    "take posts": (lambda h: h.posts.take([]), {OFFICER}),
    "correct a post": (
        lambda h: h.posts.correct("没有", _POST, since=date(2026, 9, 1)),
        {OFFICER},
    ),
    "end a post": (lambda h: h.posts.end("没有", date(2026, 9, 1)), {OFFICER}),
    "void a post": (lambda h: h.posts.void("没有", "登记错了"), {OFFICER}),
    "move a post": (lambda h: h.posts.move(h.posts.all()[0].uid, 1), {OFFICER}),
    "set the limits of rosters": (lambda h: h.posts.set_limits(h.posts.limits()), {OFFICER}),
    "plan duties": (
        lambda h: h.duties.take(h.duties.plan(date(2026, 9, 1), date(2026, 9, 4))),
        {OFFICER},
    ),
    "take a roster": (lambda h: h.duty_files.take(RosterPlan("值班表")), {OFFICER}),
    "keep emergency numbers": (lambda h: h.duty_papers.keep_contacts([]), {OFFICER}),
    "put on duty": (lambda h: h.duties.put(_duty(h, 4), h.facts["staff"]), {OFFICER}),
    "take off duty": (lambda h: h.duties.take_off(_duty(h, 2)), {OFFICER}),
    "lock a duty": (lambda h: h.duties.lock(_duty(h, 1), is_locked=True), {OFFICER}),
    "announce duties": (
        lambda h: h.duties.announcing.announce(date(2026, 9, 1), date(2026, 9, 4)),
        {OFFICER},
    ),
    "exchange duties": (
        lambda h: h.duties.swaps.write(
            Wish(_duty(h, 1), h.facts["staff"], h.facts["staff"]), reason="有事"
        ),
        {OFFICER},
    ),
    "absent from duty": (
        lambda h: h.duties.swaps.absent(_duty(h, 1), h.facts["staff"], reason="没有来"),
        {OFFICER},
    ),
    "owe rest": (
        lambda h: h.duties.swaps.owe(_duty(h, 1), h.facts["staff"], halves=1, reason="连值"),
        {OFFICER},
    ),
    "give rest": (lambda h: h.duties.swaps.give("没有", date(2026, 9, 9)), {OFFICER}),
    "bring a slip back": (lambda h: h.duties.swaps.revive("没有"), {OFFICER}),
    "void a slip": (lambda h: h.duties.swaps.void("没有", "重复登记"), {OFFICER}),
    "write up a shift": (lambda h: h.duty_log.enter(), BOOK),
    "correct a shift": (lambda h: h.duty_log.correct("没有"), BOOK),
    "hand a shift over": (
        lambda h: h.duty_log.take_over("没有", given_by="张", taken_by="李", handed_at=_AT),
        BOOK,
    ),
    "end a matter of a shift": (lambda h: h.duty_log.end("没有", on=_AT.date()), BOOK),
    "void a shift": (lambda h: h.duty_log.void("没有", "重复登记"), BOOK),
    "enter a round": (lambda h: h.patrols.enter(), BOOK),
    "correct a round": (lambda h: h.patrols.correct("没有"), BOOK),
    "link a round to a hazard": (lambda h: h.patrols.link("没有", "东门", "x"), BOOK),
    "void a round": (lambda h: h.patrols.void("没有", "重复登记"), BOOK),
    "say the points of a round": (lambda h: h.patrols.set_points(["东门"]), {OFFICER}),
    "enter the gate": (lambda h: h.gates.enter(), BOOK),
    "correct the gate": (lambda h: h.gates.correct("没有"), BOOK),
    "void the gate": (lambda h: h.gates.void("没有", "重复登记"), BOOK),
    "write a safety log": (
        lambda h: h.safety_log.enter(log_on=_AT.date(), entries={}, written_by=""),
        BOOK,
    ),
    "correct a safety log": (
        lambda h: h.safety_log.correct("没有", entries={}, written_by=""),
        BOOK,
    ),
    "sign a safety log": (lambda h: h.safety_log.sign("没有", by="李", on=_AT.date()), BOOK),
    "update a safety log": (lambda h: h.safety_log.take_news("没有"), BOOK),
    "void a safety log": (lambda h: h.safety_log.void("没有", "重复登记"), BOOK),
    "enter staff": (lambda h: h.staff.enter(name="新老师"), {OFFICER}),
    "correct staff": (lambda h: h.staff.correct(h.facts["staff"], post="教师"), {OFFICER}),
    "staff leaves": (lambda h: h.staff.leave(h.facts["staff"], "调离"), {OFFICER}),
    "import staff": (lambda h: h.staff.carry_out(h.facts["plan"]), {OFFICER}),
    "write the data file": (lambda h: h.handover.export(h.facts["out"]), {OFFICER}),
    "make a case file": (
        lambda h: h.cases.make(h.facts["out"], Case("", (), (), "", "", "")),
        {OFFICER},
    ),
    "look at a case file": (
        lambda h: h.cases.preview(Case("", (), (), "", "", "")),
        {OFFICER},
    ),
    "hand a file over": (lambda h: h.handover.hand_over("x", to="刘干事"), {OFFICER}),
    "take the town's key": (
        lambda h: h.handover.town_keys.take(h.facts["out"], on=date(2026, 4, 1)),
        {OFFICER},
    ),
    "take in files of schools": (lambda h: h.town.take([]), {OFFICER}),
    "compare a school's key": (lambda h: h.town.roster.trust("x"), {OFFICER}),
    "say a school's key differs": (lambda h: h.town.roster.distrust("x"), {OFFICER}),
    "enter a school of the town": (
        lambda h: h.town.roster.enter(name="", code="", kind=""),
        {OFFICER},
    ),
    "say where a school lies": (
        lambda h: h.town.roster.correct("x", area="", phone=""),
        {OFFICER},
    ),
    "strike off a school": (lambda h: h.town.roster.close("x", on=None, why=""), {OFFICER}),
    "take a school back": (lambda h: h.town.roster.reopen("x"), {OFFICER}),
    "set the town's deadline": (
        lambda h: h.town.set_deadline(day=4, at=time(17)),
        {OFFICER},
    ),
    "judge a line": (
        lambda h: h.verdicts.judge("x", "x", title="", verdict=Verdict.RECEIVED),
        {OFFICER},
    ),
    "take a verdict back": (lambda h: h.verdicts.take_back("x"), {OFFICER}),
    "write answers": (lambda h: h.verdicts.write(h.facts["out"]), {OFFICER}),
    "take an answer in": (lambda h: h.answers.take(h.facts["out"]), {OFFICER}),
    "settle what the town wants": (lambda h: h.answers.settle("x", "办好了"), {OFFICER}),
    "reopen what the town wants": (lambda h: h.answers.reopen("x"), {OFFICER}),
    "copy to a stick": (lambda h: h.facts["desk"].copy_to(h.facts["out"].parent), {OFFICER}),
    "go back": (lambda h: h.facts["desk"].restore(h.facts["out"]), {OFFICER}),
    "add a user": (
        lambda h: h.facts["desk"].add_user("新用户", PASSWORD, role=DUTY),
        {OFFICER},
    ),
    "remove a user": (lambda h: h.facts["desk"].remove_user("孙老师"), {OFFICER}),
    "change a user": (lambda h: h.facts["desk"].change_user("孙老师", role=DUTY), {OFFICER}),
    "give a password": (lambda h: h.facts["desk"].set_password("孙老师", PASSWORD), {OFFICER}),
    "a new paper code": (lambda h: h.facts["desk"].new_recovery_code(), {OFFICER}),
}


@pytest.mark.parametrize("role", Role)
def test_every_act_asks_for_its_right_before_anything_else(desk, tmp_path, role):
    """What a register refuses for another reason, it refuses only who had the right."""
    first = unlock(desk.paths, desk.user, PASSWORD)
    house = House(first.store, first.paths)
    (line,) = house.letters.batches()
    facts = {
        "pupil": next(p.uid for p in house.students.pupils() if p.name == "孙小满"),
        "room": next(c.uid for c in house.students.classes() if c.name == MINE),
        "batch": line.code,
        "receipt": next(r.uid for r in house.letters.receipts(line.code) if r.name == "孙小满"),
        "staff": house.staff.all()[0].uid,
        "plan": Plan("名单"),
        "out": tmp_path / "出" / "报送.zip",
    }
    first.close()
    opened = unlock(desk.paths, WHO[role], PASSWORD)
    house = House(opened.store, opened.paths)
    house.facts = facts | {"desk": opened}
    refused = f"您的身份是{role}，不能"
    wrong = []
    for name, (act, who) in ACTS.items():
        if role is OFFICER and name in ("go back", "staff leaves", "remove a user"):
            continue
        try:
            act(house)
            is_kept_out = False
        except UserError as error:
            is_kept_out = error.what.startswith(refused)
        if is_kept_out == (role in who):
            wrong.append(name)
    opened.close()
    assert wrong == []


def test_another_class_is_closed_to_a_class_teacher_in_every_register(desk):
    first = unlock(desk.paths, desk.user, PASSWORD)
    house = House(first.store, first.paths)
    (line,) = house.letters.batches()
    other = next(p.uid for p in house.students.pupils() if p.name == "周明明")
    room = next(c.uid for c in house.students.classes() if c.name == OTHERS)
    receipt = next(r.uid for r in house.letters.receipts(line.code) if r.name == "周明明")
    first.close()

    opened = unlock(desk.paths, WHO[TEACHER], PASSWORD)
    house = House(opened.store, opened.paths)
    students, letters = house.students, house.letters
    assert {p.name for p in students.pupils(everybody=True)} == OWN
    assert students.pupils(class_uid=room) == []
    assert [c.name for c in students.classes()] == [MINE]
    assert students.sealed(other) == {} and len(students.sealed()) == 2
    assert [c.name for c in letters.classes(line.code)] == [MINE]
    assert [b.issued for b in letters.batches()] == [2]
    for act in (
        lambda: students.get(other),
        lambda: letters.receipt(receipt),
        lambda: letters.receipts(line.code, class_uid=room),
        lambda: letters.print_letters(line.code, class_uid=room),
        lambda: letters.print_letters(line.code, uids=[receipt]),
        lambda: letters.mark([receipt], Status.BACK),
        lambda: letters.scans.picture(receipt),
        lambda: letters.proofs.sheet(other),
        lambda: letters.proofs.signed(other, date(2000, 1, 1)),
        lambda: letters.proofs.find("周明明"),
        lambda: letters.scans.write_down(receipt, {"box": "3"}),
        lambda: letters.scans.book(Stack(line.code), [Reading(receipt)]),
    ):
        with pytest.raises(UserError):
            act()
    rooms = (house.staff, house.students, house.hazards, house.charts, house.plan, house.letters)
    rooms += (house.leaves, house.rolls, house.stays, house.travel, house.turns)
    for register in rooms:
        for name, view in register.views.items():
            said = str(view({}))
            assert not [word for word in OUTSIDE if word in said], name
    opened.close()


def test_the_duty_officer_is_told_of_no_pupil_by_any_view(desk):
    opened = unlock(desk.paths, WHO[DUTY], PASSWORD)
    house = House(opened.store, opened.paths)
    said = [house.agenda.items()]
    for register in (
        house.staff,
        house.students,
        house.hazards,
        house.charts,
        house.plan,
        house.letters,
        house.leaves,
        house.rolls,
        house.stays,
        house.travel,
        house.turns,
    ):
        for view in register.views.values():
            try:
                said.append(view({}))
            except UserError as error:
                assert error.what.startswith("您的身份是值班员，不能查看")
    assert len(said) > 4
    assert not [name for name in EVERY if name in str(said)]
    opened.close()


# --- on the screen --------------------------------------------------------------------------------
_EVERYBODYS = ["今日", "隐患台账", "演练日历", "学生关注", "家长信", "值班排班", "其他台账"]
TABS = {
    OFFICER: [*_EVERYBODYS, "报送"],
    PRINCIPAL: [*_EVERYBODYS, "报送"],
    TEACHER: _EVERYBODYS,
    DUTY: ["今日", "隐患台账", "演练日历", "值班排班", "晚点名"],
}
ONLY_MANAGERS = {"用户和身份…", "备份到U盘…", "从备份恢复…"}
WHO_VOID = ALL  # and so may bring back what was theirs to void, if only a record of a shift


@pytest.mark.parametrize("role", [TEACHER, DUTY])
def test_of_what_is_void_the_book_of_shifts_alone_is_listed_to_who_writes_it(user, desk, role):
    officer = unlock(desk.paths, WHO[OFFICER], PASSWORD)
    house = House(officer.store, officer.paths)
    house.hazards.void(house.hazards.lines()[0].uid, "重复登记")
    (away,) = house.absences.enter(
        [house.staff.all()[0].uid], "病假", Spell(_AT.date(), "上午", _AT.date(), "下午")
    )
    house.absences.void(away.uid, "登记错了")
    walk = {"walked_on": _AT.date(), "began_at": time(9), "people": ["张老师"]}
    house.patrols.void(house.patrols.enter(**walk, results={"东门": "√"}).uid, "重复登记")
    officer.close()
    opened = unlock(desk.paths, WHO[role], PASSWORD)
    shell = Shell(opened, House(opened.store, opened.paths))
    try:
        user.opens(shell)
        user.picks(shell.menu.button.text(), "回收站…")
        assert [row[0] for row in user.reads_table()] == ["巡逻"]
        user.clicks("恢复")
        assert len(shell.house.patrols.all()) == 1
    finally:
        opened.close()


@pytest.mark.parametrize("role", Role)
def test_the_window_shows_what_the_role_may_and_its_title_no_person(user, desk, role):
    opened = unlock(desk.paths, WHO[role], PASSWORD)
    shell = Shell(opened, House(opened.store, opened.paths))
    try:
        user.opens(shell)
        assert list(shell.open_each()) == TABS[role]
        entries = {entry[0] for entry in shell.menu._entries() if entry}
        assert (entries & ONLY_MANAGERS) == (ONLY_MANAGERS if role is OFFICER else set())
        assert ("回收站…" in entries) == (role in WHO_VOID)
        seen = " ".join(user.texts())
        for tab in range(len(TABS[role])):
            shell._bar.setCurrentIndex(tab)
            user.settles()
            seen += " ".join(user.texts())
        if role in (TEACHER, DUTY):
            assert not [word for word in OUTSIDE if word in seen]
        if role is DUTY:
            assert not [name for name in EVERY if name in seen]
        assert not [name for name in {*EVERY, *WHO.values()} if name in shell.windowTitle()]
    finally:
        opened.close()
