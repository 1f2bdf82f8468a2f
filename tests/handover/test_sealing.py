"""What is sealed for the town only the town opens."""

import pytest
from pyrage import x25519

from app.handover.faults import Fault
from app.handover.sealing import seal, unseal
from tests.handover.made import GOOD

OURS, THEIRS = x25519.Identity.generate(), x25519.Identity.generate()


def test_only_the_town_opens_it_and_any_change_is_seen():
    sealed = seal(GOOD, str(OURS.to_public()))
    assert b"datapackage" not in sealed
    assert unseal(sealed, str(OURS)) == GOOD
    for data, secret in [
        (sealed, THEIRS),
        (sealed[:500] + bytes([sealed[500] ^ 1]) + sealed[501:], OURS),
        (sealed[:-10], OURS),
        (b"hello", OURS),
    ]:
        with pytest.raises(Fault) as refused:
            unseal(data, str(secret))
        assert refused.value.problem.code == "NOTOURS"
