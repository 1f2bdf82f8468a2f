"""The page of checks in the real window: behind the tab of hazards, and back to the ledger."""

from datetime import timedelta

from app.core.desk import unlock
from app.house import House
from app.shell import Shell
from tests.terminal import PASSWORD, found_school


def test_a_check_leads_to_its_hazard_in_the_ledger_and_comes_back_from_the_bin(user, tmp_path):
    desk = found_school(tmp_path / "校安台数据")
    opened = unlock(desk.paths, desk.user, PASSWORD)
    house = House(opened.store, opened.paths)
    form = house.checks.checklist("check_gate")
    entered = house.checks.enter(
        form.id,
        checked_on=house.today() - timedelta(days=1),
        kind="日",
        leader="李校长",
        inspectors="张老师",
        results=dict.fromkeys(form.keys, "√") | {"alarm": "×"},
        faults={"alarm": {"what": "一键报警没有接通", "place": "门卫室"}},
    )
    shell = Shell(opened, house)
    try:
        user.opens(shell)
        user.clicks("隐患台账")
        user.clicks("检查")
        user.picks_row("门卫和三防检查")
        user.clicks("YH-" + entered.check.number[3:7] + "-0001")
        assert user.sees("一键报警没有接通") and user.sees_button("登记隐患")

        house.checks.void(entered.check.uid, "重复录入")
        user.clicks("检查")
        assert user.sees("还没有录入检查")
        house.store.revive(entered.check.uid)
        user.settles()
        assert len(user.reads_table()) == 1
    finally:
        opened.close()
