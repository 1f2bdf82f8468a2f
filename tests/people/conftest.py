import pytest

from app.people import AbsenceRegister, StaffRegister


@pytest.fixture
def staff(store):
    return StaffRegister(store)


@pytest.fixture
def absences(store, staff):
    return AbsenceRegister(store, staff)
