"""What the lists beside the ledger say in a spreadsheet, column by column."""

from __future__ import annotations

from app.core.listing import ListForm, SheetColumn
from app.hazards.risks.rules import grade_text

_CHECKS = (
    SheetColumn("编号", 16, "number"),
    SheetColumn("检查日期", 16, "checked_on"),
    SheetColumn("类型", 10, "kind"),
    SheetColumn("检查表", 24, "title"),
    SheetColumn("区域", 16, "area"),
    SheetColumn("带队领导", 12, "leader"),
    SheetColumn("检查人员", 24, "inspectors"),
    SheetColumn("天气", 10, "weather"),
    SheetColumn("检查条数", 10, "points"),
    SheetColumn("有问题", 10, "faults"),
)
_CAMPAIGNS = (
    SheetColumn("专项行动", 30, lambda line: line.campaign.name),
    SheetColumn("状态", 10, lambda line: str(line.state)),
    SheetColumn("开始日期", 16, lambda line: line.campaign.starts_on),
    SheetColumn("结束日期", 16, lambda line: line.campaign.ends_on),
    SheetColumn("发文单位", 20, lambda line: line.campaign.issuer),
    SheetColumn("依据文件", 30, lambda line: line.campaign.basis),
    SheetColumn("文号", 20, lambda line: line.campaign.basis_number),
    SheetColumn("发现隐患", 10, lambda line: line.tally.found),
    SheetColumn("已销账", 10, lambda line: line.tally.closed),
    SheetColumn("未销账", 10, lambda line: line.tally.open),
    SheetColumn("逾期", 10, lambda line: line.tally.late),
    SheetColumn("销账率", 10, lambda line: line.tally.rate),
    SheetColumn("任务", 10, lambda line: len(line.tasks)),
    SheetColumn("任务已完成", 12, lambda line: line.tasks_done),
)
RISKS = (
    SheetColumn("编号", 16, "number"),
    SheetColumn("风险点", 24, "name"),
    SheetColumn("所在区域", 14, "area"),
    SheetColumn("部位", 24, "place"),
    SheetColumn("类别", 12, "kind"),
    SheetColumn("风险描述", 36, "what"),
    SheetColumn("可能事故", 20, "accidents"),
    SheetColumn("等级", 14, lambda risk: grade_text(risk.grade)),
    SheetColumn("管控措施", 40, "measures"),
    SheetColumn("管控层级", 14, "level"),
    SheetColumn("责任部门", 14, "department"),
    SheetColumn("责任人", 12, "owner"),
    SheetColumn("检查频次", 12, "frequency"),
    SheetColumn("更新日期", 16, "updated_on"),
)
SURROUNDINGS = (
    SheetColumn("编号", 16, "number"),
    SheetColumn("状态", 10, "status"),
    SheetColumn("性质", 10, "nature"),
    SheetColumn("类别", 16, "kind"),
    SheetColumn("名称", 24, "name"),
    SheetColumn("距离（米）", 12, "distance"),
    SheetColumn("发现日期", 16, "found_on"),
    SheetColumn("情况", 36, "what"),
    SheetColumn("通报部门", 18, "department"),
    SheetColumn("请求", 30, "request"),
    SheetColumn("通报日期", 16, "notified_on"),
    SheetColumn("答复", 30, "answer"),
    SheetColumn("答复日期", 16, "answered_on"),
    SheetColumn("办理结果", 30, "outcome"),
    SheetColumn("办结日期", 16, "closed_on"),
    SheetColumn("备注", 24, "remark"),
)
_PLACES = (
    SheetColumn("名称", 26, "name"),
    SheetColumn("种类", 12, "kind"),
    SheetColumn("所在区域", 16, "area"),
    SheetColumn("重点部位", 10, "is_key"),
    SheetColumn("负责人", 12, "keeper"),
    SheetColumn("备注", 30, "remark"),
)
CHECKS = ListForm("LB-08", "安全检查台账", _CHECKS, "次", unprinted=("区域", "天气"))
CAMPAIGNS = ListForm("LB-09", "专项行动台账", _CAMPAIGNS, "次", unprinted=("依据文件", "文号"))
PLACES = ListForm("LB-10", "楼栋和部位一览表", _PLACES, "处")
