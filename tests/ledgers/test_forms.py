"""Form files that would be ledgers: what a wrong one is told, and that the others work on."""

import shutil

import pytest

from app.core.forms import load_forms
from tests.ledgers.conftest import BOILER, ROOT

MANY = "".join(f'\n[[field]]\nkey = "f{n}"\nlabel = "空{n}"\nwidth = 0\n' for n in range(500))
LONG, SIGNERS, DEEP = "停" * 3000, "'签字人'," * 40, "a." * 30000
WHY = '[[field]]\nkey = "why"'


def loaded(tmp_path, text):
    """Load some of the shipped forms, and beside them one of the school's own."""
    shipped, own = tmp_path / "shipped", tmp_path / "own"
    for folder in (shipped, own):
        folder.mkdir()
    for name in ("hazard.toml", "dispute.toml"):
        shutil.copy(ROOT / "forms/ledgers" / name, shipped)
    (own / "一.toml").write_text(text, encoding="utf-8")
    return load_forms(shipped, own)


@pytest.mark.parametrize(
    ("old", "new", "why"),
    [
        ('kind = "choice"', 'kind = "formula"', "第3个空里的kind写了“formula”，能用的是：text、"),
        ('kind = "choice"', 'kind = "student"', "只由表格文件做成的台账里不能用"),
        ('key = "place"', 'key = "name"', "有两个空都叫“name”"),
        ('label = "地点"', 'label = "名称"', "有两个空的label都是“名称”"),
        ("width = 40", "width = 400", "纸上只有267毫米，请改窄几个空"),
        ("width = 40", "width = 3", "至少6毫米"),
        (WHY, MANY + WHY, "一本台账最多60个"),
        ('label = "地点"', 'label = "<script>alert(1)</script>"', "有不能用的符号"),
        ('title = "锅炉台账"', 'title = "{school}锅炉"', "有不能用的符号"),
        ('label = "地点"', f'label = "{"长" * 30}"', "最多24个"),
        ('id = "town_boiler"', 'id = "hazard"', "“hazard”是软件自己的表格“登记隐患”的id"),
        ('id = "town_boiler"', 'id = "dispute"', "“dispute”已经是台账“矛盾纠纷排查台账”的id"),
        ('id = "town_boiler"', 'id = "../boiler"', "只能用小写字母、数字和下划线"),
        ('number = "GL"', 'number = "MD"', "台账“矛盾纠纷排查台账”在用"),
        ('number = "GL"', 'number = "YH"', "软件里别的编号在用"),
        ('number = "GL"', 'number = "锅"', "要写两到四个大写字母"),
        ('group = "设备"\n', "", "文件里缺少group"),
        ('day = "bought_on"', 'day = "name"', "要是kind为date或moment的空"),
        ('day = "bought_on"', 'day = "next_date"', "要写required = true"),
        ('day = "bought_on"', 'day = "nothing"', "day里的“nothing”没有这个空"),
        ('name = ["name", "place"]', 'name = ["nobody"]', "name里的“nobody”没有这个空"),
        ('not_before = "bought_on"', 'not_before = "keeper"', "要是kind为date或moment的空"),
        ('follows = "bought_on"', 'follows = "wash_on"', "不能和自己比"),
        ("months_by = [", 'months_by = ["木柴=3", ', "要写成“选项=月数”"),
        ('differs_from = "keeper"', 'differs_from = "who"', "没有这个空"),
        ("expires_days = [30, 15, 7]", 'expires_days = ["30"]', "要写成一串整数"),
        ("expires_days = [30, 15, 7]", "expires_days = [30, -1]", "要在0到400天之间"),
        ("min = 0", "min = 20", "min比max大"),
        ('mask = "phone"', 'mask = "phone"\ntown = true', "不能写town = true"),
        ('label = "管理人"', 'label = "管理人"\npast = true', "只有kind是date或moment的空能写"),
        ("plain = true", "plain = 1", "要写true（是）或 false（否）"),
        ('title = "锅炉台账"', 'title = "锅炉台账"\nif = "x"', "有不认识的“if”"),
        ('title = "锅炉台账"', 'title = "　 "', "title和group不能只有空格"),
        ('label = "地点"', 'label = "　"', "label只有空格"),
        ('unit = "台"', f'unit = "台"\nnotes = ["{LONG}"]', "最多300个"),
        ('unit = "台"', f'unit = "台"\nfoot = [{SIGNERS}]', "foot有40项，最多6项"),
        ('close = "停用"', f'close = "{LONG}"', "close里的“停停停停停停停停停停停停…”"),
        ('unit = "台"', f'unit = "台"\n{DEEP}b = 1', "写法太绕"),
    ],
)
def test_a_wrong_file_is_named_with_its_fault_and_the_others_work(tmp_path, old, new, why):
    text = BOILER.replace(old, new, 1)
    assert text != BOILER
    forms, faults = loaded(tmp_path, text)
    (fault,) = faults
    assert why in fault.what
    assert fault.safe == "其他表格和已有记录都不受影响。"
    assert "town_boiler" not in forms
    assert forms["dispute"].title == "矛盾纠纷排查台账"


def test_a_school_may_change_a_shipped_ledger_under_its_own_number(tmp_path):
    shipped = (ROOT / "forms/ledgers/dispute.toml").read_text(encoding="utf-8")
    forms, faults = loaded(tmp_path, shipped.replace("矛盾纠纷排查台账", "本校纠纷", 1))
    assert faults == []
    assert forms["dispute"].title == "本校纠纷"


def test_a_ledger_of_the_school_cannot_be_hidden_by_a_room_form(tmp_path):
    room = 'id = "dispute"\ntitle = "假的"\n[[field]]\nkey = "a"\nlabel = "甲"\n'
    forms, faults = loaded(tmp_path, room)
    assert "已经是台账" in faults[0].what
    assert forms["dispute"].plain


def test_a_blank_worked_out_from_another_is_never_asked_for(tmp_path):
    forms, _ = loaded(tmp_path, BOILER)
    wash = forms["town_boiler"].field("wash_on")
    assert not wash.asked
    assert forms["town_boiler"].field("stopped_on").more
