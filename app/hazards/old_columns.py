"""The columns of schools' own hazard ledgers, by the words they are headed with."""

from __future__ import annotations

from app.core.headers import Meaning

MEANINGS = (
    Meaning("no", "序号", ("序号", "编号")),
    Meaning("found_on", "排查时间", ("排查时间", "排查日期", "检查时间", "检查日期", "发现时间",
                                 "发现日期", "日期", "时间"), is_day=True),
    Meaning("source", "排查来源", ("排查来源", "检查类型", "检查来源", "隐患来源", "来源")),
    Meaning("found_by", "排查人", ("排查人", "检查人", "发现人", "检查人员", "排查人员")),
    Meaning("category", "隐患类别", ("隐患类别", "隐患类型", "类别", "类型", "隐患分类")),
    Meaning("area", "所在区域", ("所在区域", "区域")),
    Meaning("place", "隐患部位", ("隐患部位", "隐患位置", "隐患地点", "具体部位", "部位", "地点",
                              "位置", "场所")),
    Meaning("what", "隐患内容", ("隐患内容", "隐患描述", "隐患情况", "存在问题", "存在的问题",
                             "主要问题", "隐患名称", "安全隐患", "存在隐患", "问题", "内容")),
    Meaning("grade", "隐患等级", ("隐患等级", "隐患级别", "等级", "级别", "风险等级")),
    Meaning("measures", "整改措施", ("整改措施", "治理措施", "防范措施", "措施")),
    Meaning("owner", "责任人", ("责任人", "整改责任人", "责任人员", "负责人", "整改人")),
    Meaning("due_on", "整改时限", ("整改时限", "整改期限", "完成时限", "完成期限", "时限", "期限",
                                "限期"),
            is_day=True),
    Meaning("result", "整改情况", ("整改情况", "整改结果", "完成情况", "整改进展", "落实情况",
                               "是否整改", "整改状态", "状态")),
    Meaning("fixed_on", "完成时间", ("完成时间", "完成日期", "整改完成时间", "整改完成日期",
                                "整改时间", "整改日期"), is_day=True),
    Meaning("accepted_by", "验收人", ("验收人", "复查人", "验收人员")),
    Meaning("closed_on", "销账时间", ("销账时间", "销账日期", "销号时间", "销号日期"),
            is_day=True),
    Meaning("remark", "备注", ("备注", "说明")),
    Meaning("consequence", "可能后果", ("可能后果", "危害后果", "可能造成的后果", "危害")),
    Meaning("cause", "原因分析", ("原因分析", "产生原因", "隐患原因", "原因")),
    Meaning("liability", "责任认定", ("责任认定",)),
    Meaning("department", "责任部门", ("责任部门", "整改责任部门", "责任处室", "责任单位",
                                   "整改部门")),
    Meaning("cost", "所需资金", ("所需资金", "所需资金（元）", "整改资金", "资金", "投入资金",
                              "经费")),
    Meaning("funds", "资金来源", ("资金来源", "经费来源")),
    Meaning("needs_above", "需上级投入", ("需上级投入", "是否需上级投入", "需要上级投入")),
    Meaning("applied_as", "申请文号", ("申请文号",)),
    Meaning("applied_on", "申请日期", ("申请日期",), is_day=True),
    Meaning("emergency", "应急预案", ("应急预案", "预案", "应急措施")),
)  # fmt: skip
LABELS = {meaning.key: meaning.label for meaning in MEANINGS}
TEXTS = (
    "source", "found_by", "area", "place", "what", "measures", "owner", "result", "accepted_by",
    "remark", "consequence", "cause", "liability", "department", "funds", "applied_as", "emergency",
)  # fmt: skip
DAYS = ("due_on", "fixed_on", "closed_on", "applied_on")
