"""What the tests of the Google emulator share: its official client, and events to send."""

import datetime
import email
import email.policy
import json
import urllib.request
import uuid

import pytest
from googleapiclient.discovery import build
from googleapiclient.errors import HttpError


def client(emulator, credentials):
    return build("calendar", "v3", static_discovery=True, credentials=credentials,
                 client_options={"api_endpoint": emulator + "/calendar/v3/"})


def new_id():
    return uuid.uuid4().hex


def timed(**more):
    return {
        "id": new_id(), "summary": "Offer",
        "start": {"dateTime": "2031-03-04T10:00:00", "timeZone": "Europe/Paris"},
        "end": {"dateTime": "2031-03-04T11:00:00", "timeZone": "Europe/Paris"},
    } | more


def insert(events, body, **more):
    return events.insert(calendarId="primary", body=body, **more).execute()


def refusal(call):
    with pytest.raises(HttpError) as caught:
        call.execute()
    error = json.loads(caught.value.content)["error"]
    assert error["code"] == caught.value.resp.status
    assert error["errors"][0]["message"]
    return error["code"], error["errors"][0]["reason"]


def instant(value):
    return datetime.datetime.fromisoformat(value["dateTime"]).astimezone(datetime.timezone.utc)


def mails(demo, to):
    with urllib.request.urlopen(demo["mailbox"], timeout=10) as answer:
        everything = json.loads(answer.read())
    return [email.message_from_string(m["raw"], policy=email.policy.default) for m in everything if to in m["to"]]


def calendar_part(message):
    part = next(p for p in message.walk() if p.get_content_type() == "text/calendar")
    return part, part.get_content()
