"""The API's members and the provider behind them; `demo`, the running program, comes from Tests/conftest.py."""

import pytest

from api import Member, Provider


@pytest.fixture
def ada(demo):
    return Member(demo)


@pytest.fixture
def ben(demo):
    return Member(demo, 1)


@pytest.fixture
def google(demo, ada):
    provider = Provider(demo, ada)
    provider.mend()
    yield provider
    provider.mend()
