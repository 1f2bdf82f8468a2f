"""Privacy: who looked at personal data, who agreed to it, what was given out, what leaked."""

from app.privacy.records import DataLeak, DataRelease, GuardianConsent, PrivacyCheck
from app.privacy.register import PrivacyRegister
from app.privacy.releases import Request

__all__ = [
    "DataLeak",
    "DataRelease",
    "GuardianConsent",
    "PrivacyCheck",
    "PrivacyRegister",
    "Request",
]
