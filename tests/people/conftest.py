import pytest

from app.people import StaffRegister


@pytest.fixture
def staff(store):
    return StaffRegister(store)
