"""A school's real morning, clicked and typed as a person would, from the first start to closing."""

from datetime import date, timedelta
from pathlib import Path

import pypdfium2
import pytest
from PySide6.QtWidgets import QApplication

from app.core.paths import Paths, find_paths
from app.entrance import Entrance
from app.handover import verify
from app.shell import Shell
from app.ui import theme
from tests.handover.opened import text_of as text_of_package

DATA = Path(__file__).parent / "data"
SCHOOL, WHO, PASSWORD = "青石镇中心小学", "张老师", "红旗2026安全"


class Desk:
    """The office PC: the program's own windows, one after another, and a folder for papers."""

    def __init__(self, user, folder):
        self.user, self.folder = user, folder
        paths = Paths(find_paths().program, folder / "用户" / "校安台数据", folder / "本机.json")
        self.entrance = Entrance(paths)
        self.data = folder / "D盘" / "校安台数据"
        self.data.parent.mkdir()

    def turns_to_the_window(self):
        self.user._window = self.entrance.window  # the program closes its own windows
        self.user.settles()

    def is_at_school(self):
        return isinstance(self.entrance.window, Shell)

    def saves_the_paper(self, name):
        """Save what the preview shows; return its text, page by page."""
        self.user.waits_for("存为PDF")
        self.user.clicks("存为PDF")
        self.user.chooses_file(self.folder / name)
        self.user.clicks("关闭")
        with pypdfium2.PdfDocument(self.folder / name) as pdf:
            return [page.get_textpage().get_text_range() for page in pdf]

    def imports(self, file, said):
        self.user.chooses_file(DATA / file)
        self.user.clicks("导入")
        self.user.settles()
        assert self.user.sees(said), self.user.texts()
        self.user.clicks("知道了")


@pytest.fixture
def desk(user, tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "home"))
    desk = Desk(user, tmp_path)
    yield desk
    theme.apply(QApplication.instance(), "中")
    if desk.is_at_school():
        desk.entrance.window.desk.close()


def test_the_whole_morning(user, desk, qtbot):
    first_start(user, desk)
    lists_come_in(user, desk)
    a_hazard_is_closed(user, desk)
    a_letter_goes_out_and_comes_back(user, desk)
    the_town_gets_its_file(user, desk)
    the_day_says_what_is_left(user)
    leave_and_come_back(user, desk, qtbot)
    the_pc_is_shut_down(desk)


def first_start(user, desk):
    desk.entrance.open()
    desk.turns_to_the_window()
    user.clicks("下一步")
    user.fills("学校名称", SCHOOL)
    user.fills("学校代码", "QS0001")
    user.clicks("小学")
    user.clicks("有食堂")
    user.clicks("下一步")
    user.clicks("别的文件夹…")
    user.chooses_file(desk.data.parent)
    user.clicks("下一步")
    user.fills("您的称呼", WHO)
    user.fills("口令", PASSWORD)
    user.fills("再输一遍", PASSWORD)
    user.clicks("下一步")
    user.clicks("打印，或存成PDF")
    text = "".join(desk.saves_the_paper("恢复码.pdf"))
    groups = [text.split(f"第{n}组")[1].split()[0] for n in (3, 6)]
    user.fills("第3组", groups[0])
    user.fills("第6组", groups[1])
    user.clicks("完成")
    user.settles()
    assert desk.is_at_school() and desk.entrance.window.desk.paths.data == desk.data
    desk.turns_to_the_window()
    assert user.sees("先把学校现有的名单和台账导进来")


def lists_come_in(user, desk):
    user.clicks("导入学生名册")
    desk.imports("学籍导出_青石镇中心小学.xlsx", "新增1055条")
    assert user.sees("在读 1055 人")
    user.fills("搜索", "jcr")
    assert "姜辰若" in [row[2] for row in user.reads_table()]
    user.fills("搜索", "")
    user.picks("安全员 张老师", "教职工名单…")
    user.clicks("导入名单")
    desk.imports("教职工名单_青石镇中心小学.xlsx", "新增62条")
    user.clicks("关闭")
    user.clicks("隐患台账")
    user.clicks("导入")
    desk.imports("隐患台账_旧表_青石镇中心小学.xlsx", "新增86条")
    assert user.sees("14 条未销账")


def a_hazard_is_closed(user, desk):
    user.clicks("登记隐患")
    for label, value in {
        "排查日期": date.today() - timedelta(days=1),
        "隐患类别": "校舍建筑",
        "具体部位": "教学楼二楼东楼梯",
        "隐患等级": "一般",
        "排查人": WHO,
        "隐患描述": "扶手松动",
    }.items():
        user.fills(label, value)
    user.clicks("保存")
    user.picks_row("教学楼二楼东楼梯")
    for press, blanks in (
        ("填评估意见", {"评估人": WHO, "评估日期": "今天", "评估意见": "一般隐患"}),
        ("无需报告", {"决定人": WHO, "决定日期": "今天", "为什么不需要": "校内能处理"}),
        ("填监控措施", {"监控责任人": WHO, "开始日期": "今天", "监控措施": "课间有人看守"}),
        ("定整改措施", {"整改措施": "加固焊点", "责任人": "王建国", "整改时限": "明天"}),
    ):
        step(user, press, blanks)
    user.picks("打印", "整改通知书")
    a_notice_is_printed(user, desk)
    for press, blanks in (
        ("填整改情况", {"整改人": "王建国", "整改完成日期": "今天", "整改情况": "已加固"}),
        ("填验收意见", {"验收人": WHO, "验收日期": "今天", "验收结论": "合格"}),
        ("销账", {"销账人": WHO, "销账日期": "今天"}),
    ):
        step(user, press, blanks)
    user.clicks("也列出")
    user.picks_row("教学楼二楼东楼梯")
    assert user.sees("已销账")
    user.picks("打印", "当前列表")
    text = "".join("".join(desk.saves_the_paper("台账.pdf")).split())  # cells break their lines
    assert SCHOOL in text and "教学楼二楼东楼梯" in text and "加固焊点" in text


def step(user, press, blanks):
    user.clicks(press)
    for label, value in blanks.items():
        user.fills(label, value)
    user.clicks("保存")


def a_notice_is_printed(user, desk):
    user.fills("签发人", "冯兰星")
    user.clicks("保存")
    text = "".join(desk.saves_the_paper("通知书.pdf"))
    assert "ZG-" in text and "扶手松动" in text and "回执" in text


def a_letter_goes_out_and_comes_back(user, desk):
    user.clicks("家长信")
    user.clicks("发一批信")
    user.fills("哪一种信", "防溺水一封信")
    user.clicks("只发给这些班")
    user.clicks("三年级")
    user.clicks("发信并打印")
    pages = desk.saves_the_paper("信.pdf")
    codes = [next(w for w in page.split() if w.startswith("HZ26A-0")) for page in pages]
    for code in codes[:3]:
        user.scans(code)
    assert user.sees("这一次收了 3 份")
    user.picks("打印", "未交名单（各班）")
    missing = "".join(desk.saves_the_paper("未交.pdf"))
    assert missing.count("未交") >= len(pages) - 3


def the_town_gets_its_file(user, desk):
    user.clicks("报送")
    user.clicks("生成数据文件")
    user.fills("从哪天起", "2025-1-1")  # whatever day the test runs on
    user.fills("到哪天止", "2040-7-31")
    user.clicks("写入，读回来比较")
    user.chooses_file(desk.folder / "报送.zip")
    user.settles()
    assert user.sees("已经存好、读回来比较过")
    user.clicks("关闭")
    report = verify(desk.folder / "报送.zip")
    assert report.ok and report.rows["hazards"] == 87 and report.rows["letters"] == 1
    text = text_of_package(desk.folder / "报送.zip")
    assert "扶手松动" in text and "姜辰若" not in text and "郝萍嘉" not in text


def the_day_says_what_is_left(user):
    user.clicks("今日")
    assert user.sees("的回执还差")
    assert user.sees("逾期")


def leave_and_come_back(user, desk, qtbot):
    shell = desk.entrance.window
    user.picks("安全员 张老师", "换人")
    qtbot.waitUntil(lambda: desk.entrance.window is not shell, timeout=20_000)
    copies = sorted((desk.data / "backups").glob("*.db"))
    assert copies and copies[-1].with_name(f"{copies[-1].name}.keys").exists()
    desk.turns_to_the_window()
    user.fills("口令", "猜一个口令看看")
    user.clicks("打开")
    user.waits_for("口令不对")
    user.fills("口令", "红旗２０２６安全")  # as an input method types it
    user.clicks("打开")
    qtbot.waitUntil(desk.is_at_school, timeout=20_000)
    desk.turns_to_the_window()
    user.clicks("隐患台账")
    assert len(user.reads_table()) == 87, "what one had chosen to see is remembered too"


def the_pc_is_shut_down(desk):
    desk.entrance.leave_desk()
    left = [file.name for file in desk.data.iterdir()]
    assert "xiaoan.db" in left and not {"xiaoan.db-wal", "xiaoan.db-open"} & set(left)
