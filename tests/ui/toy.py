"""A toy ledger on the real foundation: what a room's page looks like, for the tests of app/ui."""

from app.ui.details import Details, facts
from app.ui.pages import Chip, Column, Empty, Facet, LedgerPage, Row
from app.ui.widgets import Pill, Step, StepStrip, button, hbox, label

LATE, SOON, CHECK = (
    ("逾期", "late", "late"),
    ("将到期", "soon", "soon"),
    ("待验收", "check", "accent"),
)
WORK, HOLD, DONE = ("治理中", "work", "plain"), ("挂账", "hold", "seal"), ("已销账", "done", "done")
STATES = (LATE, SOON, CHECK, WORK, HOLD, DONE)
MAJOR, MINOR = ("重大", "major", "late"), ("一般", "", "plain")
PLACES = (
    "二楼东楼梯口",
    "围墙西北角",
    "三年级走廊",
    "食堂操作间",
    "学生宿舍 204",
    "操场单杠",
    "图书室",
)
FAULTS = (
    "扶手松动，两处焊点开裂",
    "砖缝开裂约 3 米，有外倾",
    "应急灯 2 盏不亮",
    "液化气管接头老化",
    "私拉插线板充电",
)
OWNERS = (
    ("王建国", "wjg"),
    ("刘玉兰", "lyl"),
    ("赵志强", "zzq"),
    ("陈国栋", "cgd"),
    ("孙丽华", "slh"),
)
STEPS = (
    Step("排查", "10-08", "张老师 周查", "done"),
    Step("登记", "10-08", "张老师", "done"),
    Step("评估", "10-08", "刘玉兰 一般隐患", "done"),
    Step("报告", "", "一般隐患，校内处理", "skip"),
    Step("监控", "10-08", "李敏 课间看守", "done"),
    Step("治理", "10-10", "王建国 逾期 4 天", "now"),
    Step("验收"),
    Step("销账"),
)


def toy_rows(count, first=0):
    """Return so many lines, the late ones first."""
    rows = []
    for n in range(first, first + count):
        state = STATES[(n - first) * 6 // count]
        owner, initials = OWNERS[n % 5]
        grade = MAJOR if n % 9 == 1 else MINOR
        tags = {state[1], *(("open",) if state is not DONE else ())}
        tags |= {"major"} if grade is MAJOR else set()
        rows.append(
            Row(
                uid=f"u{n}",
                cells=(
                    state,
                    f"YH-2026-{n:04}",
                    (PLACES[n % 7], FAULTS[n % 5]),
                    grade,
                    owner,
                    f"10-{n % 28 + 1:02}",
                    "哮喘" if n % 4 == 0 else None,
                ),
                search=initials,
                tags=frozenset(tags),
                facets={"kind": "校舍建筑" if n % 2 else "食堂", "owner": owner},
            )
        )
    return rows


class Toy(LedgerPage):
    """A hazard ledger without a register behind it."""

    title = "隐患台账"
    topics = frozenset({"hazard"})
    help_text = "点上面的数字，只看这一类；回车打开一条。"

    def __init__(self, rows=(), **options):
        super().__init__(
            columns=(
                Column("状态", 3, "status"),
                Column("编号", 6.8, "note", spare=True),
                Column("部位与隐患", 0, "two"),
                Column("等级", 2, "mark"),
                Column("责任人", 3.2),
                Column("时限", 2.8, "note"),
                Column("备注", 4, "sealed"),
            ),
            chips=(
                Chip("open", "未销账", is_on=True),
                Chip("late", "逾期", "late", "late"),
                Chip("major", "重大", "late", "major"),
                Chip("soon", "七日内到期", "soon", "soon"),
            ),
            facets=(Facet("kind", "类别"), Facet("owner", "责任人", is_sorted=True)),
            empty=Empty("这里放学校的隐患：查到一条，登记一条。", "登记第一条", self.report),
            **options,
        )
        self.rows = list(rows)
        self.reads = 0
        self.opened = []
        self.reported = 0
        self.add_action("登记隐患", self.report, kind="primary", icon="plus")
        self.add_action("导入", self.report, icon="import")
        self.add_action("打印", menu=[("当前列表", self.report), ("整改通知书", self.report)])
        self.add_action("导出", menu=[("表格文件", self.report)])

    def report(self):
        self.reported += 1

    def read(self):
        self.reads += 1
        return list(self.rows)

    def open(self, uid):
        self.opened.append(uid)

    def details(self, uid):
        row = next((r for r in self.rows if r.uid == uid), None)
        if row is None:
            return label("选一条隐患，这里写它走到了哪一步。", "note", wrap=True)
        place, what = row.cells[2]
        head = [
            hbox((label(f"{place}{what}", "h2", wrap=True), 1), Pill(*row.cells[0])),
            label(f"{row.cells[1]} · {row.cells[3][0]} · {row.facets['kind']}", "note", wrap=True),
        ]
        past = facts(
            [
                ("10-12 16:20", "张老师督办：焊工周三到校"),
                ("10-08 11:05", "李敏签收整改通知书 ZG-2026-009"),
            ]
        )
        deed = label("加固焊点，恢复前封闭东楼梯，走西楼梯。", wrap=True)
        return Details(
            head,
            [("八步", StepStrip(STEPS)), ("措施", deed), ("历史", past)],
            [
                button("填整改情况", "primary"),
                button("打印闭环表"),
                button("更多", menu=[("改时限", self.report), ("作废", self.report)]),
            ],
        )
