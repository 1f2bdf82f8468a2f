"""The ritual on the screen: what is missing, onto the stick, read back, the slip, who took it."""

from datetime import date, datetime
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from app.core.paper import Context, load_papers
from app.core.settings import Settings
from app.handover import (
    KEYS,
    Gap,
    HandoverRegister,
    Period,
    Source,
    Span,
    TableField,
    inspect,
    unseal,
    verify,
)
from app.handover import ritual_dialog as ritual
from app.handover.page import HandoverPage
from app.ui.papers import Papers
from tests.handover.test_townkey import town as make_town

ROOT = Path(__file__).parents[2]
FIELDS = (*KEYS, TableField("number", "编号"))
TERM = Period(date(2026, 2, 24), date(2026, 7, 3))
NOW = datetime(2026, 4, 1, 15, 2)
FRIDAY = datetime(2026, 4, 3, 14, 30)


def hazards(_period):
    return [{"uid": "0199-1", "rev": 1, "void": False, "number": "YH-2026-0001"}]


class Went:
    """Which rooms were gone to."""

    def __init__(self):
        self.rooms = []


@pytest.fixture
def register(store):
    facts = {"code": "QS0001", "name": "青石镇中心小学", "kind": "小学"}
    Settings(store).put({f"school.{key}": value for key, value in facts.items()})
    source = Source("hazards", "隐患清单", FIELDS, hazards)
    made = HandoverRegister(store, (source,), now=lambda: NOW, term=lambda: TERM)
    made.make_key()
    made.due = lambda span, period: FRIDAY if span is Span.WEEK else None
    return made


@pytest.fixture
def went():
    return Went()


@pytest.fixture
def page(register, store, user, went):
    forms, faults = load_papers(ROOT / "forms" / "papers")
    assert faults == []
    papers = Papers(
        {form.id: form for form in forms.values()},
        lambda _form, words: Context("青石镇中心小学", "上报", filter_text=words),
    )
    page = HandoverPage(register, papers=papers, go=went.rooms.append)
    store.on_change(lambda tables: page.refresh() if "sent_file" in tables else None)
    user.opens(page)
    return page


@pytest.fixture
def stick(tmp_path, monkeypatch):
    folder = tmp_path / "U盘"
    folder.mkdir()
    monkeypatch.setattr(ritual, "sticks", lambda: [(folder, 4_000_000_000)])
    return folder


def test_onto_the_stick_in_two_presses_and_signed_for(page, register, user, stick):
    user.clicks("生成数据文件")
    assert user.sees("没有缺的，可以写了")
    user.clicks("写入，读回来比较")
    assert user.sees("读回来比较过")
    (path,) = stick.iterdir()
    report = verify(path)
    assert report.ok and report.rows == {"hazards": 1}
    (sent,) = register.sent()
    assert user.sees(sent.checksum) and user.sees(register.fingerprint())
    user.clicks("登记已交")
    assert user.sees("没有填")
    user.fills("接收人", "刘干事")
    user.clicks("登记已交")
    assert user.sees("刘干事收下")
    user.clicks("关闭")
    assert "已交 刘干事" in user.reads_table()[0]


def test_enter_registers_who_took_the_file_once_that_is_written(page, register, user, stick, qtbot):
    user.clicks("生成数据文件")
    user.clicks("写入，读回来比较")
    user.fills("接收人", "刘干事")
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)
    (sent,) = register.sent()
    assert sent.handed_to == "刘干事" and user.sees("刘干事收下")
    assert QApplication.focusWidget().text() == "打印交接单"


def test_the_week_is_due_on_friday_afternoon_and_late_shows(page, register, user, stick):
    user.clicks("生成数据文件")
    user.clicks("本周")
    user.clicks("写入，读回来比较")
    user.clicks("关闭")
    (sent,) = register.sent()
    assert sent.period == Period(date(2026, 3, 30), date(2026, 4, 5))
    assert sent.due_at == datetime(2026, 4, 3, 14, 30)
    user.clicks("登记已交")
    user.fills("接收人", "刘干事")
    user.clicks("登记已交")
    assert register.sent()[0].lateness() == "按时"
    user.clicks("生成数据文件")
    user.fills("几时以前要交", "4-1 14:30")
    user.clicks("写入，读回来比较")
    user.fills("接收人", "王干事")
    user.clicks("登记已交")
    assert user.sees("迟报32分")
    user.clicks("关闭")
    assert "迟报 王干事" in user.reads_table()[0]


def test_days_of_ones_own_and_what_cannot_be_is_said(page, register, user, stick):
    user.clicks("生成数据文件")
    user.fills("从哪天起", "2026-4-9")
    user.fills("到哪天止", "2026-4-2")
    user.clicks("写入，读回来比较")
    assert user.sees("开始在结束之后") and list(stick.iterdir()) == []
    user.fills("从哪天起", "2026-3-1")
    user.fills("几时以前要交", "随便")
    user.clicks("写入，读回来比较")
    assert user.sees("3-5 14:30") and list(stick.iterdir()) == []
    user.fills("几时以前要交", "")
    user.clicks("写入，读回来比较")
    user.clicks("关闭")
    (sent,) = register.sent()
    assert (sent.span, sent.period) == ("自选", Period(date(2026, 3, 1), date(2026, 4, 2)))


def test_what_is_missing_leads_to_its_room_and_keeps_nobody(page, register, user, stick, went):
    register.gaps = lambda _period: [
        Gap("3条隐患过了整改时限还没有改好", "hazards", is_late=True),
        Gap("2名学生没有登记上下学方式", "travel"),
    ]
    user.clicks("生成数据文件")
    assert user.sees("3条隐患过了整改时限") and user.sees("缺的也可以先报")
    user.clicks("去看看")
    assert went.rooms == ["hazards"] and list(stick.iterdir()) == []
    user.clicks("生成数据文件")
    user.clicks("写入，读回来比较")
    user.clicks("关闭")
    assert len(register.sent()) == 1


def test_sealed_for_the_town_after_its_key_was_taken_once(page, register, user, stick, tmp_path):
    town = make_town(tmp_path / "town.db")
    keys = tmp_path / "青石镇.xiaoan-key"
    keys.write_bytes(town.file())
    user.clicks("生成数据文件")
    user.clicks("收镇级公钥")
    user.chooses_file(keys)
    assert user.sees(town.own().fingerprint), "to be compared by telephone before it is kept"
    user.clicks("核对过了，收下")
    user.clicks("密封，只有青石镇中心校能打开")
    user.clicks("写入，读回来比较")
    assert user.sees("只有青石镇中心校能打开")
    user.clicks("关闭")
    (path,) = stick.iterdir()
    assert path.suffix == ".age"
    assert inspect(unseal(path.read_bytes(), town.opens_with())).ok
    user.clicks("核对一份文件")
    user.chooses_file(path)
    assert user.sees("密封给镇里的")


def test_a_town_with_a_new_key_is_taken_once_it_was_compared(page, register, user, tmp_path):
    for name in ("旧", "新"):
        (tmp_path / f"{name}.xiaoan-key").write_bytes(make_town(tmp_path / f"{name}.db").file())
    user.clicks("生成数据文件")
    user.clicks("收镇级公钥")
    user.chooses_file(tmp_path / "旧.xiaoan-key")
    user.clicks("核对过了，收下")
    old = register.town_keys.town().fingerprint
    user.clicks("换一把")
    user.chooses_file(tmp_path / "新.xiaoan-key")
    assert user.sees(old), "whose key it replaces is said"
    user.clicks("核对过了，收下")
    new = register.town_keys.town().fingerprint
    assert new != old and user.sees(new)


def test_another_place_is_asked_for_and_a_file_is_read_back(page, register, user, tmp_path):
    path = tmp_path / "报送.zip"
    user.clicks("生成数据文件")
    user.clicks("写入，读回来比较")
    user.chooses_file(path)
    user.settles()
    assert user.sees("要交给镇里，请再拷到U盘")
    user.clicks("关闭")
    user.clicks("核对一份文件")
    user.chooses_file(path)
    assert user.sees("完好，是学校签过名的原样") and user.sees("2025年8月1日 至 2026年7月31日")
    path.write_bytes(path.read_bytes()[:-30])
    user.clicks("核对一份文件")
    user.chooses_file(path)
    assert user.sees("不能用") and user.sees("文件已经损坏")


def test_a_stick_without_room_is_said_and_nothing_is_written_down(
    page, register, user, stick, monkeypatch
):
    monkeypatch.setattr("app.handover.stick.free_bytes", lambda _folder: 100)
    user.clicks("生成数据文件")
    user.clicks("写入，读回来比较")
    user.settles()
    assert user.sees("放不下")
    user.clicks("知道了")
    user.clicks("取消")
    assert register.sent() == [] and list(stick.iterdir()) == []
