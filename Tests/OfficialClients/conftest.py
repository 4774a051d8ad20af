"""The emulators of the running demo, and who asks them."""

import json
import urllib.request

import google.oauth2.credentials
import pytest

from google_client import client
from google_sign_in import SignIn
from microsoft_client import Graph


@pytest.fixture(scope="session")
def emulator(demo):
    return demo["emulators"]["google"].rstrip("/")


@pytest.fixture(scope="session")
def account(demo):
    return next(a for a in demo["connectedAccounts"] if a["provider"].upper() == "GOOGLE")


@pytest.fixture(scope="session")
def calendar(emulator, account):
    return client(emulator, google.oauth2.credentials.Credentials(token=account["emulatorToken"]))


@pytest.fixture
def events(calendar):
    return calendar.events()


def steering(emulator):
    def send(method, path, body=None):
        data = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(emulator + "/_emulator/" + path, data=data, method=method)
        with urllib.request.urlopen(request, timeout=10) as answer:
            text = answer.read()
            return json.loads(text) if text else None

    yield send
    send("DELETE", "faults")
    send("POST", "conference", {"delayMilliseconds": 1500, "outcome": "success"})


@pytest.fixture
def control(emulator):
    yield from steering(emulator)


@pytest.fixture(scope="session")
def microsoft(demo):
    return demo["emulators"]["microsoft"].rstrip("/")


@pytest.fixture
def microsoft_control(microsoft):
    yield from steering(microsoft)


@pytest.fixture(scope="session")
def graph(microsoft, account):
    # The same person has a calendar at either vendor, and the same token opens both.
    return Graph(microsoft, account["emulatorToken"])


@pytest.fixture
def sign_in(emulator, control):
    return SignIn(emulator, control("GET", "oauth-client"))
