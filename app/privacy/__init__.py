"""Privacy: who looked at personal data, who agreed to it, what was given out, what leaked."""

from app.privacy.records import DataLeak, DataRelease, GuardianConsent, ImpactNote, PrivacyCheck
from app.privacy.register import PrivacyForms, PrivacyRegister
from app.privacy.releases import BASES, ReleaseBook, Request
from app.privacy.selfchecks import load_self_checks

__all__ = [
    "BASES",
    "DataLeak",
    "DataRelease",
    "GuardianConsent",
    "ImpactNote",
    "PrivacyCheck",
    "PrivacyForms",
    "PrivacyRegister",
    "ReleaseBook",
    "Request",
    "load_self_checks",
]
