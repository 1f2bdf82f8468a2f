"""What the town is sent: the columns of each table of the data file."""

from __future__ import annotations

from collections.abc import Mapping

from app.handover.parts import KEYS, TableField

SCHOOL = (
    TableField("code", "学校标识码"),
    TableField("name", "学校名称"),
    TableField("kind", "学校类型"),
    TableField("has_kindergarten", "附设幼儿园", "boolean"),
    TableField("boards", "有寄宿生", "boolean"),
    TableField("has_canteen", "有食堂", "boolean"),
    TableField("has_bus", "有校车", "boolean"),
    TableField("students", "在校学生数", "integer"),
    TableField("staff", "教职工数", "integer"),
)
CLASSES = (
    TableField("grade", "年级"),
    TableField("class_no", "班号", "integer"),
    TableField("students", "学生数", "integer"),
)
HAZARDS = (
    *KEYS,
    TableField("number", "编号"),
    TableField("found_on", "排查日期", "date"),
    TableField("category", "隐患类别"),
    TableField("area", "所在区域"),
    TableField("place", "具体部位"),
    TableField("what", "隐患描述"),
    TableField("grade", "等级"),
    TableField("status", "状态"),
    TableField("measures", "整改措施"),
    TableField("due_on", "整改时限", "date"),
    TableField("look_on", "挂账复看日期", "date"),
    TableField("fixed_on", "整改完成日期", "date"),
    TableField("closed_on", "销账日期", "date"),
    TableField("round", "第几轮整改", "integer"),
    TableField("is_old", "旧账", "boolean"),
    TableField("photos", "照片"),
)
CHECKS = (
    *KEYS,
    TableField("number", "编号"),
    TableField("checked_on", "检查日期", "date"),
    TableField("kind", "检查类别"),
    TableField("checklist", "检查表"),
    TableField("points", "检查项数", "integer"),
    TableField("faults", "有问题的项数", "integer"),
    TableField("hazards", "登记的隐患数", "integer"),
    TableField("rechecked", "已复检的项数", "integer"),
)
DRILLS = (
    *KEYS,
    TableField("number", "编号"),
    TableField("title", "演练名称"),
    TableField("kind", "演练类别"),
    TableField("scope", "范围"),
    TableField("planned_on", "计划日期", "date"),
    TableField("held_on", "实际日期", "date"),
    TableField("status", "状态"),
    TableField("pupils_due", "应到学生", "integer"),
    TableField("pupils_there", "实到学生", "integer"),
    TableField("staff_due", "应到教职工", "integer"),
    TableField("staff_there", "实到教职工", "integer"),
    TableField("seconds", "用时（秒）", "integer"),
    TableField("target_seconds", "目标用时（秒）", "integer"),
    TableField("gaps", "发现问题数", "integer"),
)
MEETINGS = (
    *KEYS,
    TableField("number", "编号"),
    TableField("held_on", "日期", "date"),
    TableField("kind", "会议类别"),
    TableField("due", "应到人数", "integer"),
    TableField("there", "实到人数", "integer"),
    TableField("decisions", "决定事项", "integer"),
    TableField("open", "没有办结的", "integer"),
)
EDUCATION = (
    *KEYS,
    TableField("number", "编号"),
    TableField("held_on", "日期", "date"),
    TableField("kind", "形式"),
    TableField("themes", "主题"),
    TableField("audience", "对象"),
    TableField("people", "人数", "integer"),
    TableField("hours", "学时", "number"),
    TableField("holiday", "哪个假期前"),
)
DUTY = (
    *KEYS,
    TableField("on", "日期", "date"),
    TableField("post", "岗位"),
    TableField("begins", "开始"),
    TableField("ends", "结束"),
    TableField("person", "值班人"),
    TableField("phone", "值班电话"),
)
LETTERS = (
    *KEYS,
    TableField("batch", "批次"),
    TableField("title", "家长信"),
    TableField("issued_on", "发放日期", "date"),
    TableField("due_on", "截止回收日", "date"),
    TableField("issued", "应收", "integer"),
    TableField("returned", "已收", "integer"),
    TableField("rate", "回收率（%）", "number"),
)
PUPILS = (
    TableField("category", "类别"),
    TableField("number", "人数，少于3人为<3"),
)
TRAFFIC = (
    TableField("way", "上下学方式"),
    TableField("number", "人数，少于3人为<3"),
)
COUNTS = (
    TableField("category", "类别"),
    TableField("number", "件数", "integer"),
)
MONTHS = (
    TableField("ledger", "台账"),
    TableField("month", "月份"),
    TableField("number", "件数", "integer"),
)
SUMS = (
    TableField("ledger", "台账"),
    TableField("month", "月份"),
    TableField("what", "什么数"),
    TableField("number", "数值", "number"),
)
EXPIRIES = (
    TableField("ledger", "台账"),
    TableField("what", "哪一个日期"),
    TableField("number", "登记了几个", "integer"),
    TableField("late", "已经过期", "integer"),
    TableField("soon", "30天内到期", "integer"),
)
REPORTS = (
    *KEYS,
    TableField("kind", "报表"),
    TableField("period", "哪一期"),
    TableField("due_at", "应报时间", "datetime"),
    TableField("sent_at", "实报时间", "datetime"),
    TableField("is_late", "迟报", "boolean"),
    TableField("is_zero", "零报告", "boolean"),
)
FIGURES = (
    TableField("figure", "指标"),
    TableField("title", "名称"),
    TableField("value", "数值", "number"),
    TableField("said", "说明"),
)
TABLES: Mapping[str, tuple[TableField, ...]] = {
    "school": SCHOOL,
    "classes": CLASSES,
    "hazards": HAZARDS,
    "checks": CHECKS,
    "drills": DRILLS,
    "meetings": MEETINGS,
    "education": EDUCATION,
    "duty": DUTY,
    "letters": LETTERS,
    "pupils": PUPILS,
    "traffic": TRAFFIC,
    "incidents": COUNTS,
    "disputes": COUNTS,
    "months": MONTHS,
    "ledger_months": SUMS,
    "expiries": EXPIRIES,
    "reports": REPORTS,
    "figures": FIGURES,
}
