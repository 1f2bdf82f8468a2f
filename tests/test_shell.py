"""The window as a whole: who sees which tabs, what the foot says, how it is left."""

import shutil
from datetime import date, datetime, timedelta
from pathlib import Path

import pypdfium2
import pytest
from PySide6.QtWidgets import QApplication

from app.core.desk import create, unlock
from app.core.disks import Kind
from app.core.paths import Paths, find_paths
from app.core.roles import Role, Sitter
from app.core.store.backup import copies_in
from app.hazards import Hazard
from app.house import House
from app.menu import said_of_copy
from app.sample import FACTS, PASSWORD, USER, furnish
from app.shell import Shell
from app.ui import theme
from tests.quick_keys import make_quick
from tests.ui.look import look_at, look_through

DATA = Path(__file__).parent / "data"
WORD = "校园平安每一天！"


@pytest.fixture(scope="module")
def furnished(tmp_path_factory):
    """The sample school, made once."""
    folder = tmp_path_factory.mktemp("sample")
    paths = Paths(find_paths().program, folder / "校安台数据", folder / "本机.json")
    desk, code = create(paths, FACTS, USER, PASSWORD, sample=True, after=furnish)
    desk.close()
    make_quick(paths.keys, USER, PASSWORD, code)
    return paths


@pytest.fixture
def paths(furnished, tmp_path):
    """A copy of it for one test."""
    shutil.copytree(furnished.data, tmp_path / "校安台数据")
    return Paths(furnished.program, tmp_path / "校安台数据", tmp_path / "本机.json")


@pytest.fixture
def sits_down(user, paths):
    """Open the window for somebody."""
    opened = []

    def sits_down(name=USER, password=PASSWORD):
        desk = unlock(paths, name, password)
        opened.append(desk)
        return user.opens(Shell(desk, House(desk.store, paths)))

    yield sits_down
    theme.apply(QApplication.instance(), "中")
    for desk in opened:
        desk.close()


@pytest.fixture
def bare(user, tmp_path):
    """The window of a school that was founded a minute ago."""
    paths = Paths(find_paths().program, tmp_path / "新学校", tmp_path / "新.json")
    desk, _ = create(paths, FACTS, USER, PASSWORD)
    yield user.opens(Shell(desk, House(desk.store, paths)))
    theme.apply(QApplication.instance(), "中")
    desk.close()


@pytest.fixture
def shell(sits_down):
    return sits_down()


def test_the_sample_is_marked_as_one_in_the_title_and_on_the_page(user, shell):
    assert "样例" in shell.windowTitle() and "云栖镇中心小学" in shell.windowTitle()
    assert user.sees("样例，不是真的")


@pytest.mark.parametrize(
    ("role", "tabs"),
    [
        (
            Role.OFFICER,
            ["今日", "隐患台账", "演练日历", "学生关注", "家长信", "值班排班", "其他台账", "报送"],
        ),
        (
            Role.PRINCIPAL,
            ["今日", "隐患台账", "演练日历", "学生关注", "家长信", "值班排班", "其他台账", "报送"],
        ),
        (
            Role.TEACHER,
            ["今日", "隐患台账", "演练日历", "学生关注", "家长信", "值班排班", "其他台账"],
        ),
        (Role.DUTY, ["今日", "隐患台账", "演练日历", "值班排班", "晚点名"]),
    ],
)
def test_everybody_finds_the_tabs_of_their_role(paths, sits_down, role, tabs):
    desk = unlock(paths, USER, PASSWORD)
    class_uid = House(desk.store, paths).students.classes()[0].uid
    desk.add_user("新来的", WORD, role=role, class_uid=class_uid)
    desk.close()
    shell = sits_down("新来的", WORD)
    assert list(shell.open_each()) == tabs


@pytest.mark.parametrize(
    ("role", "starts"),
    [(Role.PRINCIPAL, []), (Role.TEACHER, ["登记隐患"]), (Role.DUTY, ["登记隐患"])],
)
def test_today_offers_to_begin_what_one_may_do(user, paths, sits_down, role, starts):
    desk = unlock(paths, USER, PASSWORD)
    desk.add_user("新来的", WORD, role=role)
    desk.close()
    sits_down("新来的", WORD)
    assert [word for word in ("登记隐患", "发一批信") if user.sees_button(word)] == starts


def test_a_class_teacher_sees_the_own_class_alone(user, paths, sits_down):
    desk = unlock(paths, USER, PASSWORD)
    line = House(desk.store, paths).students.classes()[3]
    desk.add_user("王老师", WORD, role=Role.TEACHER, class_uid=line.uid)
    desk.close()
    sits_down("王老师", WORD)
    user.clicks("学生关注")
    assert {row[0] for row in user.reads_table()} == {line.name}


def test_every_tab_reads_well_in_every_size(shell):
    assert look_through(shell, lambda: (f"tab_{title}" for title in shell.open_each())) == []


def test_a_line_of_today_leads_to_the_hazard_that_settles_it(user, shell):
    user.clicks("去处理")
    row = shell.go("hazards").chosen_uid()
    assert user.sees("填整改情况")
    first = next(item for item in shell.house.agenda.items() if item.room == "hazards")
    assert shell.house.hazards.get(row).due_on == first.due_on


def test_the_plan_of_the_school_is_printed_from_the_ledger(user, shell, tmp_path):
    user.clicks("隐患台账")
    user.picks("打印", "“一校一策”安全工作方案")
    user.clicks("存为PDF")
    user.chooses_file(tmp_path / "方案.pdf")
    with pypdfium2.PdfDocument(tmp_path / "方案.pdf") as pdf:
        said = "".join(page.get_textpage().get_text_range() for page in pdf)
    assert "“一校一策”安全工作方案" in said and "食堂燃气灶" in said


def test_what_was_done_is_said_saved_and_taken_back_with_ctrl_z(user, shell):
    assert user.sees("还没有改动")
    user.clicks("隐患台账")
    before = user.reads_table()
    user.picks("更多", "作废")
    user.clicks("重复登记")
    assert user.sees("已保存") and len(user.reads_table()) == len(before) - 1
    user.presses("Ctrl+Z")
    assert user.sees("已撤销：") and user.reads_table() == before
    user.presses("Ctrl+Z")
    assert user.sees("没有可以撤销的了")


def test_a_void_hazard_lies_in_the_recycle_view_and_comes_back(user, shell):
    user.clicks("隐患台账")
    number = user.reads_table()[0][1]
    user.picks("更多", "作废")
    user.clicks("重复登记")
    user.picks(f"安全员 {USER}", "回收站…")
    (row,) = user.reads_table()
    assert number in row[1] and row[2] == "重复登记"
    user.picks_row(number)
    user.clicks("恢复")
    user.clicks("关闭")
    assert user.reads_table()[0][1] == number


def test_a_line_of_the_old_ledger_that_came_in_again_does_not_come_back_twice(user, shell):
    store, made = shell.desk.store, []
    for number in ("YH-2025-8001", "YH-2025-8002"):
        said = {"place": "食堂", "what": "灭火器过期", "category": "消防安全", "grade": "一般"}
        said |= {"found_on": date(2025, 5, 1), "old_key": "2025-05-01 食堂 灭火器过期 1"}
        with store.change("导入旧隐患台账") as session:
            session.add(hazard := Hazard(number=number, step="治理", **said))
        made.append(hazard)
        if hazard is made[0]:
            store.void(hazard.uid, "重复登记")
    user.picks(f"安全员 {USER}", "回收站…")
    user.picks_row("YH-2025-8001")
    user.clicks("恢复")
    assert user.sees("这条旧账已经重新导入过，不能再恢复一份。")


def test_the_journal_says_who_did_what(user, shell):
    shell.desk.store.settle()
    user.picks(f"安全员 {USER}", "操作记录…")
    done = [row[2] for row in user.reads_table()]
    assert "导入学生名册" in done and "打开校安台" in done


def test_the_type_size_changes_while_one_works(user, shell):
    user.picks(f"安全员 {USER}", "字号　大")
    assert theme.size() == "大"


def test_the_facts_of_the_school_are_corrected_as_the_first_start_promised(user, shell):
    user.picks(f"安全员 {USER}", "学校资料…")
    assert user.reads_blank("学校名称") == "云栖镇中心小学"
    assert look_at(user.front(), "学校资料") == []
    user.fills("学校名称", "云栖镇实验小学")
    user.clicks("有校车")
    user.clicks("保存")
    assert "云栖镇实验小学" in shell.windowTitle()
    assert shell.house.settings.get("school.name") == "云栖镇实验小学"
    assert shell.house.settings.get("school.kind") == FACTS.kind
    assert shell.house.settings.get("school.has_bus") is not FACTS.has_bus


def test_the_school_says_how_long_a_hazard_may_take(user, shell):
    user.picks(f"安全员 {USER}", "学校资料…")
    assert [user.reads_blank(f"{grade}隐患（天）") for grade in ("一般", "较大", "重大")] == [
        "15",
        "7",
        "3",
    ]
    for wrong in ("", "0", "366", "三天", "1.5", "²"):
        user.fills("重大隐患（天）", wrong)
        user.clicks("保存")
        assert user.sees("请写1到365的整数。")
    user.fills("重大隐患（天）", "1")
    user.clicks("保存")
    days = shell.house.hazards.days_to_fix()
    assert [days[grade] for grade in ("一般", "较大", "重大", "红")] == [15, 7, 1, 3]
    assert shell.house.settings.get("students.keep_ids") is None  # nobody spoke of it


def test_the_school_says_whether_it_keeps_id_numbers(user, shell):
    user.picks(f"安全员 {USER}", "学校资料…")
    assert user.sees("号码不留下")
    user.clicks("保存身份证号")
    user.clicks("保存")
    assert shell.house.settings.get("students.keep_ids") is True
    assert shell.house.settings.get("hazards.days_to_fix") is None
    user.picks(f"安全员 {USER}", "学校资料…")
    user.clicks("保存身份证号")
    user.clicks("保存")
    assert shell.house.settings.get("students.keep_ids") is False


def test_a_copy_is_read_back_and_a_folder_is_not_taken_for_a_stick(user, shell, tmp_path):
    folder = tmp_path / "备份"
    folder.mkdir()
    user.picks(f"安全员 {USER}", "备份到U盘…")
    user.chooses_file(folder)
    assert user.sees("读回来核对过") and user.sees("没有记成U盘副本")
    assert not user.sees("可以拔出")
    user.clicks("知道了")
    (copy,) = copies_in(folder)
    assert copy.path.with_name(f"{copy.path.name}.keys").exists()


@pytest.mark.parametrize(
    ("kind", "said"),
    [
        (Kind.REMOVABLE, "可以拔出U盘"),
        (Kind.FIXED, "这里是本机硬盘，不是U盘"),
        (Kind.NETWORK, "这里是网络文件夹，不是U盘"),
        (Kind.UNKNOWN, "看不出这里是不是U盘"),
    ],
)
def test_only_of_a_stick_it_is_said_that_it_may_be_pulled_out(kind, said):
    words = "".join(said_of_copy(Path("校安台备份.db"), kind))
    assert said in words and ("可以拔出" in words) is (kind is Kind.REMOVABLE)


def test_a_new_school_is_offered_its_first_steps_until_it_has_taken_them(user, bare, tmp_path):
    house = bare.house
    assert look_at(bare, "first_day") == []
    user.clicks("导入学生名册")
    user.chooses_file(DATA / "学籍导出_青石镇中心小学.xlsx")
    user.clicks("取消")
    user.clicks("今日")
    user.clicks("导入教职工名单")
    user.chooses_file(DATA / "教职工名单_青石镇中心小学.xlsx")
    user.clicks("导入")
    user.clicks("知道了")
    user.clicks("关闭")
    assert house.staff.names() and not user.sees("导入教职工名单")
    assert user.sees("导入旧隐患台账") and user.sees("导入学生名册")
    house.hazards.report(
        found_on=house.today(),
        found_by="张老师",
        category="校舍建筑",
        place="东楼梯",
        what="扶手松动",
        grade="一般",
    )
    user.settles()
    assert not user.sees("导入学生名册")


def test_who_may_not_import_has_an_ordinary_quiet_day(user, bare):
    bare.desk.store.sitter = Sitter("周校长", Role.PRINCIPAL)
    bare.go("agenda").refresh()
    user.settles()
    assert user.sees("今天没有到期的事") and not user.sees("导入学生名册")


def test_a_backup_brings_back_what_was_there(user, shell, qtbot):
    before = len(shell.house.hazards.lines())
    shell.desk.back_up()
    line = shell.house.hazards.lines()[0]
    shell.house.hazards.void(line.uid, "重复登记")
    heard = []
    shell.left.connect(lambda: heard.append(True))
    user.picks(f"安全员 {USER}", "从备份恢复…")
    user.picks_row(0)
    user.clicks("恢复")
    user.clicks("恢复这份备份")
    qtbot.waitUntil(lambda: heard == [True], timeout=20_000)
    again = unlock(shell.desk.paths, USER, PASSWORD)
    assert len(House(again.store, again.paths).hazards.lines()) == before
    again.close()


def test_leaving_makes_a_checked_backup_first(shell, user, qtbot):
    shell.house.hazards.void(shell.house.hazards.lines()[0].uid, "重复登记")
    newest = copies_in(shell.desk.paths.backups)[-1]
    heard = []
    shell.left.connect(lambda: heard.append(True))
    user.picks(f"安全员 {USER}", "换人")
    qtbot.waitUntil(lambda: heard == [True], timeout=20_000)
    assert copies_in(shell.desk.paths.backups)[-1] > newest


def test_the_program_is_left_with_ctrl_q_after_a_backup(shell, user, qtbot):
    shell.house.hazards.void(shell.house.hazards.lines()[0].uid, "重复登记")
    newest = copies_in(shell.desk.paths.backups)[-1]
    user.presses("Ctrl+Q")
    qtbot.waitUntil(lambda: not shell.isVisible(), timeout=20_000)
    assert copies_in(shell.desk.paths.backups)[-1] > newest


def test_a_backup_that_cannot_be_made_is_told_and_holds_nobody(shell, user, qtbot):
    shell.house.hazards.void(shell.house.hazards.lines()[0].uid, "重复登记")
    backups = shell.desk.paths.backups
    shutil.rmtree(backups)
    backups.write_text("这里本来是文件夹")
    shell.close()
    user.waits_for("没有备份")
    user.clicks("知道了")
    qtbot.waitUntil(lambda: not shell.isVisible(), timeout=20_000)


def test_a_pc_whose_date_is_behind_the_journal_is_told_so(user, paths):
    desk = unlock(paths, USER, PASSWORD, now=lambda: datetime(2020, 1, 1, 8))
    house = House(desk.store, paths)
    late = len(house.hazards.late())
    user.opens(Shell(desk, house))
    assert late and user.sees("电脑的日期是2020年1月1日")
    user.clicks("日期没有错")
    assert house.hazards.late() == []
    desk.close()


def test_a_paper_for_the_town_names_no_child_and_keeps_the_staff(paths):
    desk = unlock(paths, USER, PASSWORD)
    house = House(desk.store, paths)
    child, owner = house.students.pupils()[0].name, house.staff.names()[0]
    finding = house.hazards.lines()[0]._asdict()
    kept = {key: finding[key] for key in ("found_on", "category", "grade")}
    what = f"{child}被门夹了手"
    house.hazards.report(**kept, found_by=owner, owner=owner, place="教室", what=what)
    for paper, is_named in (("hazard_self_check", False), ("hazard_ledger", True)):
        with pypdfium2.PdfDocument(house.print(paper, where={}).data) as pdf:
            said = "".join(page.get_textpage().get_text_range() for page in pdf)
        said = "".join(said.split())
        assert "被门夹了手" in said and (child in said) is is_named and owner in said
    desk.close()


def test_help_says_what_the_page_is_for(user, shell):
    user.clicks("隐患台账")
    user.picks(f"安全员 {USER}", "帮助　F1")
    assert user.sees("每条隐患走八步")


def test_a_report_of_faults_holds_no_name(user, shell, tmp_path):
    user.picks(f"安全员 {USER}", "问题报告…")
    assert user.sees("还没有出过问题")
    user.clicks("知道了")
    shell.desk.paths.bug_log.write_text(
        "2026-04-01 09:00:00\nbuiltins.KeyError\n", encoding="utf-8"
    )
    user.picks(f"安全员 {USER}", "问题报告…")
    user.chooses_file(tmp_path / "报告.txt")
    assert "KeyError" in Path(tmp_path / "报告.txt").read_text(encoding="utf-8")


def test_the_school_chooses_its_grades_with_their_days_and_sums(user, shell):
    user.picks(f"安全员 {USER}", "学校资料…")
    assert user.sees("本校默认，可修改") and not user.sees("红色隐患（天）")
    user.clicks("四色：蓝、黄、橙、红")
    assert look_at(user.front(), "学校资料 四色") == []
    assert user.reads_blank("蓝色隐患（天）") == "30"
    user.fills("LEC 到多少算橙", "400")
    user.clicks("保存")
    assert user.sees("要比“红”的小。")
    user.fills("LEC 到多少算橙", "200")
    user.fills("红色隐患（天）", "2")
    user.clicks("保存")
    scheme = shell.house.hazards.grades.scheme()
    assert scheme.words == ("蓝", "黄", "橙", "红")
    red, orange = scheme.grades[3], scheme.grades[2]
    assert (red.days, orange.starts["LEC"], orange.starts["L×S"]) == (2, 200, 15)
    assert shell.house.hazards.grades.of("三级：一般、较大、重大").grades[2].days == 3


def test_the_title_follows_when_the_school_moves_up_and_when_that_is_undone(user, shell):
    before = shell.windowTitle()
    house = shell.house
    year = house.students.school_year()
    on = date(year + 1, 7, 5)
    house.promotion.carry_out(min(on, house.today() + timedelta(days=366)))
    user.settles()
    assert f"{year + 1}—{year + 2}学年第一学期" in shell.windowTitle()
    shell.desk.store.undo()
    user.settles()
    assert shell.windowTitle() == before
