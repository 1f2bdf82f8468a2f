"""督办: how somebody above found a hazard to stand, what they demand, and by when."""

from app.hazards.supervising.records import HazardDemand
from app.hazards.supervising.register import ACT, MET, REASONS, DemandRegister, DueDemand

__all__ = ["ACT", "MET", "REASONS", "DemandRegister", "DueDemand", "HazardDemand"]
