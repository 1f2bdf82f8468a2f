"""Steps said on the command line obey the rules of the dialogs."""

import shutil
from datetime import date

import pytest

from app.core.desk import unlock
from app.house import House
from tests.terminal import PASSWORD, Terminal, found_school

HAZARD = {
    "found_on": date(2026, 3, 2),
    "found_by": "张老师",
    "category": "校舍建筑",
    "place": "操场",
    "what": "篮板松动",
    "grade": "一般",
}
NUMBER = "YH-2026-0001"


@pytest.fixture(scope="module")
def founded(tmp_path_factory):
    made = found_school(tmp_path_factory.mktemp("school") / "校安台数据")
    opened = unlock(made.paths, made.user, PASSWORD)
    House(opened.store, opened.paths).hazards.report(**HAZARD)
    opened.close()
    return made


@pytest.fixture
def desk(founded, tmp_path):
    shutil.copytree(founded.folder, tmp_path / "校安台数据")
    return Terminal(tmp_path / "校安台数据")


def sets(**said):
    return [word for key, value in said.items() for word in ("--set", f"{key}={value}")]


def step(desk, word, *more, on="2026-03-05", by="刘玉兰", **said):
    return desk.says("hazards", "step", NUMBER, word, "--by", by, "--on", on, *more, *sets(**said))


def refused(desk, word, on="2026-03-05", **said):
    words = ("hazards", "step", NUMBER, word, "--by", "刘玉兰", "--on", on, *sets(**said))
    return desk.is_refused(*words)["what"]


def test_a_hazard_is_walked_from_found_to_closed_by_commands(desk):
    assert step(desk, "评估", words="一般") == {"number": NUMBER, "status": "待报告"}
    assert step(desk, "报告", skip="是", words="校内处理")["status"] == "待监控"
    assert step(desk, "监控", skip="是")["status"] == "待定措施"
    assert "“整改措施”没有填；“责任人”没有填" in refused(desk, "治理")
    assert "还没有验收合格，不能销账" in refused(desk, "销账")
    done = step(desk, "治理", measures="拧紧", owner="王建国", due_on="2026-03-10", by="王建国")
    assert done["status"] == "待验收"
    assert step(desk, "验收", verdict="不合格", due_on="2026-3-20")["status"] == "治理中"
    step(desk, "治理", on="2026-03-06", by="王建国")
    assert "日期不能早于上一步的3月6日" in refused(desk, "验收", verdict="合格")
    step(desk, "验收", on="2026-03-07", verdict="合格")
    assert step(desk, "销账", on="2026-03-07")["status"] == "已销账"
    back = step(desk, "回头看", on="2026-04-07", verdict="反弹")
    assert back == {"number": NUMBER, "status": "已销账", "opened": "YH-2026-0002"}

    old, new = desk.says("list", "hazards")
    assert [one["step"] for one in old["steps"]] == [
        *("排查", "登记", "评估", "报告", "监控", "治理", "验收", "治理", "验收", "销账", "回头看")
    ]
    assert old["steps"][3] == {
        "step": "报告",
        "by": "刘玉兰",
        "on": "2026-03-05",
        "note": "无需，校内处理",
    }
    assert (old["overdue"], new["number"], new["found_on"]) == (
        False,
        "YH-2026-0002",
        "2026-04-07",
    )


def test_what_stands_beside_the_steps_goes_by_command_too(desk):
    shelf = {"keeper": "李敏", "measures": "封闭", "look_on": "2026-03-20", "met_on": "2026-03-04"}
    assert "“研判会怎么定的”没有填" in refused(desk, "挂账", **shelf)
    assert step(desk, "挂账", **shelf, meeting="等款")["status"] == "挂账"
    assert desk.says("list", "hazards")[0]["overdue"] is True  # the day to look is long past
    assert step(desk, "复看", look_on="2026-04-20")["status"] == "挂账"
    assert step(desk, "解除挂账")["status"] == "待评估"
    assert step(desk, "评估")["status"] == "待报告"
    assert step(desk, "退回", words="等级不对")["status"] == "退回"
    assert step(desk, "立整立改", measures="拧紧")["status"] == "待验收"


def test_what_looks_wrong_is_saved_and_said(desk):
    (said,) = step(desk, "评估", grade="重大")["warnings"]
    assert "还没有选判定条款" in said
    step(desk, "报告", to="中心学校", how="电话")
    step(desk, "监控")
    late = step(desk, "治理", by="王建国", measures="拧紧", owner="王建国", due_on="2026-03-03")
    assert late["warnings"] == ["整改完成日期比时限晚了2天，台账上会照实写。"]
    same = step(desk, "验收", by="王建国", verdict="合格")
    assert same["warnings"] == ["验收人就是整改责任人，最好请另一个人验收。"]
    assert same["status"] == "待销账"


def test_a_hazard_is_voided_by_command_with_a_reason(desk):
    assert "作废要选一个原因" in refused(desk, "作废")
    assert step(desk, "作废", reason="重复登记") == {"number": NUMBER, "status": "作废"}
    assert desk.says("list", "hazards") == []


IMPOSSIBLE = (
    ("整改", "2026-03-05", {}, "没有“整改”这一步"),
    ("评估", "2026-03-05", {"colour": "红"}, "“评估”没有“colour”这一项"),
    ("评估", "昨天吧", {}, "日期写的“昨天吧”"),
    ("评估", "2099-03-05", {}, "日期不能晚于今天"),
    ("评估", "2026-03-01", {}, "日期不能早于上一步的3月2日"),
    ("评估", "2026-03-05", {"grade": "超大"}, "“隐患等级”只能填"),
    ("挂账", "2026-03-05", {"look_on": "快了"}, "look_on写的“快了”"),
)


def test_what_cannot_be_is_refused_in_a_sentence_and_nothing_changes(desk):
    before = desk.content()
    for word, on, said, why in IMPOSSIBLE:
        assert why in refused(desk, word, on, **said)
    assert desk.content() == before


def test_a_number_there_is_none_of_is_said(desk):
    words = ("hazards", "step", "YH-2026-0009", "评估", "--by", "刘玉兰")
    assert desk.is_refused(*words)["what"] == "没有编号是YH-2026-0009的隐患。"
