"""The Google emulator of the running demo, and who asks it."""

import json
import urllib.request

import google.oauth2.credentials
import pytest

from google_client import client
from google_sign_in import SignIn


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


@pytest.fixture
def control(emulator):
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
def sign_in(emulator, control):
    return SignIn(emulator, control("GET", "oauth-client"))
