"""What the town is sent: the columns of each table of the data file."""

from __future__ import annotations

from app.handover.package import TableField

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
    TableField("number", "编号"),
    TableField("found_on", "排查日期", "date"),
    TableField("category", "隐患类别"),
    TableField("area", "所在区域"),
    TableField("place", "具体部位"),
    TableField("what", "隐患描述"),
    TableField("grade", "等级"),
    TableField("status", "状态"),
    TableField("due_on", "整改时限", "date"),
    TableField("fixed_on", "整改完成日期", "date"),
)
LETTERS = (
    TableField("batch", "批次"),
    TableField("title", "家长信"),
    TableField("issued_on", "发放日期", "date"),
    TableField("due_on", "截止回收日", "date"),
    TableField("issued", "应收", "integer"),
    TableField("returned", "已收", "integer"),
)
CARE = (
    TableField("category", "类别"),
    TableField("number", "人数，少于3人为<3"),
)
