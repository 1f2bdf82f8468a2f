"""Facts of the school that decide which rules concern it (pure data; kept among the settings)."""

from __future__ import annotations

from collections.abc import Mapping

# Those the school says on its first day, or in 学校资料.
SCHOOL_FACTS: Mapping[str, str] = {
    "has_kindergarten": "附设幼儿园",
    "boards": "有寄宿生",
    "has_canteen": "有食堂",
    "has_bus": "有校车",
}
# Those asked on the page of rules.
FURTHER_FACTS: Mapping[str, str] = {
    "has_chemicals": "有危险化学品",
    "has_special": "有锅炉、压力容器、电梯等特种设备",
    "has_monitors": "有视频监控",
    "has_alarm": "有一键报警",
    "has_extinguishers": "有灭火器",
    "has_fire_system": "有自动报警、喷淋、消火栓等建筑消防设施",
    "is_fire_key_unit": "是消防安全重点单位",
    "has_hired_guards": "请了保安公司的保安员",
    "near_woods": "在林区或林区边上",
    "has_lightning_rods": "有防雷装置",
}
FACTS: Mapping[str, str] = {**SCHOOL_FACTS, **FURTHER_FACTS}
# What nearly every school has; the others are asked for.
USUAL = frozenset({"has_extinguishers", "has_monitors"})
