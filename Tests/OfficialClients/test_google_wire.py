"""What the Google emulator does with what the official client never sends, and its faults."""

import json
import time
import urllib.error

import google.oauth2.credentials
import httplib2
import pytest
from googleapiclient.errors import HttpError

from google_client import client, insert, refusal, timed
from google_sign_in import EVENTS, open_url


@pytest.fixture
def raw(emulator, account):
    def send(method, path, body=None, kind="application/json"):
        headers = {"Authorization": "Bearer " + account["emulatorToken"]}
        if kind:
            headers["Content-Type"] = kind
        response, content = httplib2.Http(timeout=10).request(
            emulator + "/calendar/v3" + path, method, body=body, headers=headers)
        return response.status, json.loads(content)["error"]["errors"][0]["reason"]

    return send


def test_what_is_not_json_is_refused(raw):
    path = "/calendars/primary/events"
    assert raw("POST", path, b"{") == (400, "parseError")
    assert raw("POST", path, b"[]") == (400, "parseError")
    assert raw("POST", path, b'{"summary": "\xff"}') == (400, "parseError")
    assert raw("POST", path, b"[" * 100_000) == (400, "parseError")
    assert raw("POST", path, b"{}", kind="text/plain") == (400, "badContent")
    assert raw("POST", path, b" " * 1_100_000) == (413, "uploadTooLarge")


def test_unknown_parameters_and_paths_are_refused(raw):
    assert raw("GET", "/calendars/primary/events?colour=red") == (400, "invalidParameter")
    assert raw("GET", "/calendars/primary/events?orderBy=colour") == (400, "invalid")
    assert raw("GET", "/calendars/primary/events?singleEvents=yes") == (400, "invalid")
    assert raw("GET", "/calendars/primary/events?fields=items") == (501, "notImplemented")
    assert raw("GET", "/colors") == (501, "notImplemented")


def test_an_error_is_answered_as_often_as_asked_for(events, control):
    control("POST", "faults", {"match": "events.insert", "mode": "status", "status": 403,
                               "reason": "rateLimitExceeded", "retryAfter": 7, "count": 1})
    body = timed()
    with pytest.raises(HttpError) as caught:
        insert(events, body)
    assert caught.value.resp["retry-after"] == "7"
    assert caught.value.error_details[0]["domain"] == "usageLimits"
    events.list(calendarId="primary").execute()
    assert insert(events, body)["id"] == body["id"]


def test_a_lost_answer_leaves_the_work_done(emulator, account, control):
    # A client of its own: googleapiclient would use the cut connection again.
    service = client(emulator, google.oauth2.credentials.Credentials(token=account["emulatorToken"])).events()
    control("POST", "faults", {"match": "events.insert", "mode": "lostAnswer", "count": 1})
    body = timed()
    # httplib2 itself sends a POST again when the connection breaks: the very case that a chosen id is for.
    assert refusal(service.insert(calendarId="primary", body=body)) == (409, "duplicate")
    assert service.get(calendarId="primary", eventId=body["id"]).execute()["summary"] == body["summary"]


def test_a_refused_or_truncated_answer_is_an_error(emulator, account, control):
    url = emulator + "/calendar/v3/calendars/primary"
    bearer = {"Authorization": "Bearer " + account["emulatorToken"]}
    control("POST", "faults", {"match": "calendars.*", "mode": "refuse", "count": 1})
    with pytest.raises((urllib.error.URLError, ConnectionError)):
        open_url(url, headers=bearer)
    control("POST", "faults", {"match": "*", "mode": "garbage", "count": 1})
    status, _, text = open_url(url, headers=bearer)
    assert status == 200
    with pytest.raises(json.JSONDecodeError):
        json.loads(text)
    assert open_url(url, headers=bearer)[0] == 200


def test_a_hanging_request_is_never_done_when_its_client_leaves(emulator, account, events, control):
    control("POST", "faults", {"match": "events.insert", "mode": "hang"})
    body = timed()
    impatient = httplib2.Http(timeout=0.3)
    headers = {"Authorization": "Bearer " + account["emulatorToken"], "Content-Type": "application/json"}
    with pytest.raises(TimeoutError):
        impatient.request(emulator + "/calendar/v3/calendars/primary/events", "POST", body=json.dumps(body),
                          headers=headers)
    impatient.close()
    while control("GET", "faults")["hanging"]:
        time.sleep(0.02)
    control("DELETE", "faults")
    assert refusal(events.get(calendarId="primary", eventId=body["id"])) == (404, "notFound")


def test_the_log_says_what_was_asked_and_no_secret(emulator, sign_in, account, events, control):
    control("DELETE", "requests")
    body = timed()
    insert(events, body, sendUpdates="none")
    sign_in.exchange(sign_in.allow(account["handle"], [EVENTS], [EVENTS]))
    log = control("GET", "requests")
    assert [e["operation"] for e in log] == ["events.insert", "auth", "token"]
    assert log[0]["query"]["sendUpdates"] == ["none"] and log[0]["status"] == 200
    text = json.dumps(log)
    assert sign_in.verifier not in text and sign_in.oauth["clientSecret"] not in text
    assert body["summary"] not in text and account["emulatorToken"] not in text


def test_a_page_of_another_site_cannot_steer_the_emulator(emulator):
    origin = {"Origin": "https://evil.example"}
    assert open_url(emulator + "/_emulator/requests", headers=origin)[0] == 403
    assert open_url(emulator + "/_emulator/faults", form={"x": "y"})[0] == 400
