from tests.hazards.conftest import TODAY
from tests.ui.look import look_at

LONG = "学生宿舍1号楼三楼西侧洗漱间热水器电源线老化，插座没有防水罩，夜间无人看守"


def test_nothing_on_the_risk_page_is_cut_in_any_size(user, enter, report, risk_page):
    number = enter().number
    report(risk=number)
    for grade, name in (("橙", "学生宿舍热水器"), ("黄", "东楼梯"), ("蓝", "图书室书架")):
        enter(name=name, grade=grade, what=LONG, level="班级岗位", owner="欧阳建国")
    page = risk_page()
    user.picks_row(0)
    assert look_at(page, "风险") == []
    page.enter()
    user.settles()
    user.clicks("保存")
    assert look_at(user.front(), "登记风险点", width=0) == []


def test_nothing_on_the_page_of_surroundings_is_cut(user, around, see, around_page):
    see(name="实验小学对面第二条巷子飞宇网络会所", what=LONG)
    see(nature="场所", kind="食杂店", name="文具店", distance=20)
    uid = see(kind="占道经营和乱摆摊", name="校门口早市", distance=45).uid
    around.notify(uid, department="文化市场综合执法队", request="请清理", on=TODAY)
    page = around_page()
    page.choose(uid)
    assert look_at(page, "周边") == []
    page.enter()
    user.settles()
    user.clicks("保存")
    assert look_at(user.front(), "登记周边", width=0) == []
    user.clicks("取消")
    user.clicks("圈层和提醒")
    assert look_at(user.front(), "圈层", width=0) == []


def test_nothing_on_the_page_of_places_is_cut(user, places, place_page):
    places.enter(name="食堂操作间和库房", kind="房间", area="食堂", is_key=True, keeper="欧阳建国")
    places.enter(name="教学楼东侧楼梯", kind="楼梯和通道", area="围墙/大门", remark=LONG)
    page = place_page()
    user.picks_row(0)
    assert look_at(page, "部位") == []
    page.enter()
    user.settles()
    assert look_at(user.front(), "登记部位", width=0) == []
