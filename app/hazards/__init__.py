"""Hazards: what is unsafe, who puts it right, by when, and who signed that it is so."""

from app.hazards.campaigns.records import Campaign
from app.hazards.campaigns.register import CampaignRegister
from app.hazards.campaigns.templates import CampaignForm, load_campaign_forms
from app.hazards.checks.register import CheckRegister
from app.hazards.clauses import load_clause_books
from app.hazards.grades import is_major, may_skip
from app.hazards.grades import said as said_of_grade
from app.hazards.importing import plan_hazards
from app.hazards.lines import HazardLine
from app.hazards.records import Hazard, HazardNotice, HazardStep
from app.hazards.register import HazardRegister
from app.hazards.standing import SOON_DAYS
from app.hazards.surroundings.register import SurroundingRegister
from app.hazards.words import Grade, Status, Step, Verdict

__all__ = [
    "SOON_DAYS",
    "Campaign",
    "CampaignForm",
    "CampaignRegister",
    "CheckRegister",
    "Grade",
    "Hazard",
    "HazardLine",
    "HazardNotice",
    "HazardRegister",
    "HazardStep",
    "Status",
    "Step",
    "SurroundingRegister",
    "Verdict",
    "is_major",
    "load_campaign_forms",
    "load_clause_books",
    "may_skip",
    "plan_hazards",
    "said_of_grade",
]
