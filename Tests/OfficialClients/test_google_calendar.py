"""The Google emulator driven by Google's own Python client, so that it is not only our idea of Google.

The client brings Google's discovery document: it refuses parameters that the API does not have, and parses answers
and errors as it does with the real service.
"""

import base64
import datetime
import email
import email.policy
import hashlib
import html.parser
import json
import time
import urllib.error
import urllib.parse
import urllib.request
import uuid

import google.auth.exceptions
import google.auth.transport.requests
import google.oauth2.credentials
import httplib2
import pytest
from googleapiclient.discovery import build
from googleapiclient.errors import HttpError

SCOPES = "https://www.googleapis.com/auth/"
REDIRECT = "http://127.0.0.1:1/oauth/callback"


# --- the world -------------------------------------------------------------------------------------------------


@pytest.fixture(scope="session")
def emulator(demo):
    return demo["emulators"]["google"].rstrip("/")


@pytest.fixture(scope="session")
def account(demo):
    return next(a for a in demo["connectedAccounts"] if a["provider"].upper() == "GOOGLE")


def client(emulator, credentials):
    return build("calendar", "v3", static_discovery=True, credentials=credentials,
                 client_options={"api_endpoint": emulator + "/calendar/v3/"})


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


# --- events ----------------------------------------------------------------------------------------------------


def test_an_event_is_stored_under_the_id_that_the_caller_chose(events, account):
    body = timed(location="Room 1", description="Bring <b>figures</b>")
    made = insert(events, body, conferenceDataVersion=1)
    assert made["id"] == body["id"]
    assert made["kind"] == "calendar#event"
    assert made["status"] == "confirmed"
    assert made["iCalUID"] == body["id"] + "@google.com"
    assert made["organizer"]["email"] == account["handle"] and made["organizer"]["self"] is True
    assert made["reminders"] == {"useDefault": True}
    assert made["start"]["timeZone"] == "Europe/Paris"
    assert instant(made["start"]) == datetime.datetime(2031, 3, 4, 9, tzinfo=datetime.timezone.utc)
    assert events.get(calendarId="primary", eventId=body["id"]).execute() == made
    assert events.get(calendarId=account["handle"], eventId=body["id"]).execute() == made


def test_an_id_is_taken_for_ever(events):
    body = timed()
    insert(events, body)
    assert refusal(events.insert(calendarId="primary", body=body)) == (409, "duplicate")
    events.delete(calendarId="primary", eventId=body["id"]).execute()
    assert refusal(events.insert(calendarId="primary", body=body)) == (409, "duplicate")


def test_an_event_without_an_id_gets_one(events):
    body = timed()
    del body["id"]
    first, second = insert(events, body), insert(events, body)
    assert first["id"] != second["id"]


def test_an_all_day_event_keeps_its_dates(events):
    body = timed(start={"date": "2031-05-01"}, end={"date": "2031-05-03"})
    made = insert(events, body)
    assert made["start"] == {"date": "2031-05-01"}
    assert made["end"] == {"date": "2031-05-03"}


def test_times_are_written_in_the_zone_that_is_asked_for(events):
    body = timed()
    insert(events, body)
    shown = events.get(calendarId="primary", eventId=body["id"], timeZone="Asia/Tokyo").execute()
    assert shown["start"] == {"dateTime": "2031-03-04T18:00:00+09:00", "timeZone": "Europe/Paris"}


@pytest.mark.parametrize("change, reason", [
    ({"id": "abcd"}, "invalid"),
    ({"id": "UPPERCASE"}, "invalid"),
    ({"id": "with-hyphen"}, "invalid"),
    ({"id": "wxyz12345"}, "invalid"),
    ({"id": "a" * 1025}, "invalid"),
    ({"iCalUID": "own@example.com"}, "invalid"),
    ({"start": None}, "required"),
    ({"end": None}, "required"),
    ({"start": {}}, "required"),
    ({"start": {"date": "2031-03-04"}}, "invalid"),
    ({"start": {"date": "2031-03-04", "dateTime": "2031-03-04T10:00:00Z"}}, "invalid"),
    ({"start": {"date": "2031-02-30"}, "end": {"date": "2031-03-04"}}, "invalid"),
    ({"start": {"dateTime": "2031-03-04T10:00:00"}}, "required"),
    ({"start": {"dateTime": "next Tuesday", "timeZone": "UTC"}}, "invalid"),
    ({"start": {"dateTime": "2031-03-04T10:00:00", "timeZone": "Mars/Olympus"}}, "invalid"),
    ({"start": {"dateTime": "2031-03-04T10:00:00", "timeZone": "Romance Standard Time"}}, "invalid"),
    ({"end": {"dateTime": "2031-03-04T09:00:00+01:00"}}, "timeRangeEmpty"),
    ({"end": {"dateTime": "2031-03-04T10:00:00+01:00"}}, "timeRangeEmpty"),
    ({"start": {"date": "2031-03-04"}, "end": {"date": "2031-03-04"}}, "timeRangeEmpty"),
    ({"recurrence": ["DTSTART:20310304T100000Z"]}, "invalid"),
    ({"recurrence": ["RRULE:COUNT=3"]}, "invalid"),
    ({"recurrence": ["RRULE:FREQ=DAILY;COUNT=3;UNTIL=20320101"]}, "invalid"),
    ({"attendees": [{"email": "nobody"}]}, "invalid"),
    ({"attendees": [{"displayName": "No address"}]}, "invalid"),
    ({"attendees": [{"email": f"g{n}@example.org"} for n in range(201)]}, "invalid"),
    ({"attendees": [{"email": "g@example.org", "responseStatus": "maybe"}]}, "invalid"),
    ({"summary": "x" * 1025}, "invalid"),
    ({"description": "x" * 8193}, "invalid"),
    ({"summary": 7}, "invalid"),
    ({"visibility": "secret"}, "invalid"),
    ({"eventType": "party"}, "invalid"),
    ({"colorId": "12"}, "invalid"),
    ({"sequence": 2 ** 63 - 1}, "invalid"),
    ({"id": None, "iCalUID": "own@example.com\r\nX-EVIL:1"}, "invalid"),
    ({"reminders": {"useDefault": True, "overrides": [{"method": "popup", "minutes": 5}]}},
     "cannotUseDefaultRemindersAndSpecifyOverride"),
    ({"extendedProperties": {"private": {"k" * 45: "v"}}}, "invalid"),
])
def test_a_bad_event_is_refused_and_nothing_is_kept(events, change, reason):
    body = timed() | change
    before = events.list(calendarId="primary").execute()
    assert refusal(events.insert(calendarId="primary", body=body)) == (400, reason)
    after = events.list(calendarId="primary").execute()
    assert after["nextSyncToken"] == before["nextSyncToken"]


def test_what_is_not_emulated_is_refused_as_such(events):
    assert refusal(events.insert(calendarId="primary", body=timed(eventType="outOfOffice")))[0] == 501
    assert refusal(events.quickAdd(calendarId="primary", text="Lunch"))[0] == 501
    body = timed(recurrence=["RRULE:FREQ=DAILY;COUNT=3"])
    insert(events, body)
    assert refusal(events.instances(calendarId="primary", eventId=body["id"]))[0] == 501
    assert refusal(events.list(calendarId="primary", singleEvents=True))[0] == 501
    events.delete(calendarId="primary", eventId=body["id"]).execute()


def test_a_recurring_event_needs_a_zone_and_keeps_its_rule(events):
    rule = ["RRULE:FREQ=WEEKLY;COUNT=4", "EXDATE;TZID=Europe/Paris:20310311T100000"]
    body = timed(recurrence=rule)
    assert insert(events, body)["recurrence"] == rule
    without = timed(recurrence=rule, start={"dateTime": "2031-03-04T10:00:00+01:00"},
                    end={"dateTime": "2031-03-04T11:00:00+01:00"})
    assert refusal(events.insert(calendarId="primary", body=without)) == (400, "required")
    events.delete(calendarId="primary", eventId=body["id"]).execute()


def test_unknown_events_and_calendars_are_not_found(events):
    assert refusal(events.get(calendarId="primary", eventId=new_id())) == (404, "notFound")
    assert refusal(events.list(calendarId="stranger@example.net")) == (404, "notFound")
    assert refusal(events.delete(calendarId="primary", eventId=new_id())) == (404, "notFound")


def test_a_deleted_event_is_gone_but_can_still_be_read(events):
    body = timed()
    insert(events, body)
    assert events.delete(calendarId="primary", eventId=body["id"]).execute() == ""
    assert refusal(events.delete(calendarId="primary", eventId=body["id"])) == (410, "deleted")
    assert refusal(events.patch(calendarId="primary", eventId=body["id"], body={"summary": "x"})) == (410, "deleted")
    assert events.get(calendarId="primary", eventId=body["id"]).execute()["status"] == "cancelled"


# --- changes ---------------------------------------------------------------------------------------------------


def test_a_patch_merges_objects_and_replaces_lists(events):
    body = timed(attendees=[{"email": "one@example.org"}, {"email": "two@example.org"}],
                 extendedProperties={"private": {"a": "1", "b": "2"}})
    insert(events, body)
    patched = events.patch(calendarId="primary", eventId=body["id"], body={
        "attendees": [{"email": "two@example.org"}, {"email": "three@example.org"}],
        "extendedProperties": {"private": {"a": None, "c": "3"}},
    }).execute()
    assert [a["email"] for a in patched["attendees"]] == ["two@example.org", "three@example.org"]
    assert patched["extendedProperties"] == {"private": {"b": "2", "c": "3"}}
    assert patched["summary"] == body["summary"]
    assert patched["sequence"] == 0


def test_the_sequence_rises_when_the_time_changes(events):
    body = timed()
    insert(events, body)
    moved = events.patch(calendarId="primary", eventId=body["id"], body={
        "start": {"dateTime": "2031-03-05T10:00:00"}, "end": {"dateTime": "2031-03-05T11:00:00"}}).execute()
    assert moved["sequence"] == 1
    assert instant(moved["start"]) == datetime.datetime(2031, 3, 5, 9, tzinfo=datetime.timezone.utc)
    renamed = events.patch(calendarId="primary", eventId=body["id"], body={"summary": "Other"}).execute()
    assert renamed["sequence"] == 1


def test_a_timed_event_becomes_all_day_only_when_the_old_time_is_taken_away(events):
    body = timed()
    insert(events, body)
    days = {"start": {"date": "2031-03-04"}, "end": {"date": "2031-03-05"}}
    assert refusal(events.patch(calendarId="primary", eventId=body["id"], body=days)) == (400, "invalid")
    days = {k: v | {"dateTime": None, "timeZone": None} for k, v in days.items()}
    assert events.patch(calendarId="primary", eventId=body["id"], body=days).execute()["start"] == {
        "date": "2031-03-04"}


def test_an_update_replaces_everything(events):
    body = timed(location="Room 1", attendees=[{"email": "one@example.org"}])
    made = insert(events, body)
    replaced = events.update(calendarId="primary", eventId=body["id"], body={
        "summary": "Other", "start": body["start"], "end": body["end"]}).execute()
    assert "location" not in replaced and "attendees" not in replaced
    assert replaced["created"] == made["created"] and replaced["iCalUID"] == made["iCalUID"]


def test_a_stale_version_is_not_overwritten(events):
    body = timed()
    seen = insert(events, body)["etag"]
    first = events.patch(calendarId="primary", eventId=body["id"], body={"summary": "First"})
    first.headers["If-Match"] = seen
    now = first.execute()["etag"]
    assert now != seen
    for call in (events.patch(calendarId="primary", eventId=body["id"], body={"summary": "Second"}),
                 events.update(calendarId="primary", eventId=body["id"], body=timed()),
                 events.delete(calendarId="primary", eventId=body["id"])):
        call.headers["If-Match"] = seen
        assert refusal(call) == (412, "conditionNotMet")
    kept = events.get(calendarId="primary", eventId=body["id"]).execute()
    assert kept["summary"] == "First" and kept["etag"] == now


# --- Meet ------------------------------------------------------------------------------------------------------


def meet(request_id, kind="hangoutsMeet"):
    return {"createRequest": {"requestId": request_id, "conferenceSolutionKey": {"type": kind}}}


def conference_status(event):
    return event["conferenceData"]["createRequest"]["status"]["statusCode"]


def until_settled(events, event_id):
    for _ in range(200):
        event = events.get(calendarId="primary", eventId=event_id).execute()
        if conference_status(event) != "pending":
            return event
        time.sleep(0.05)
    raise AssertionError("the conference stayed pending")


def test_a_meet_is_pending_and_then_has_a_link(events, control):
    control("POST", "conference", {"delayMilliseconds": 600, "outcome": "success"})
    body = timed(conferenceData=meet("first"))
    made = insert(events, body, conferenceDataVersion=1)
    assert conference_status(made) == "pending"
    assert "entryPoints" not in made["conferenceData"] and "hangoutLink" not in made
    ready = until_settled(events, body["id"])
    assert conference_status(ready) == "success"
    assert ready["hangoutLink"].startswith("https://meet.google.com/")
    assert ready["conferenceData"]["entryPoints"][0]["uri"] == ready["hangoutLink"]
    assert ready["etag"] != made["etag"]
    again = events.patch(calendarId="primary", eventId=body["id"], conferenceDataVersion=1,
                         body={"conferenceData": meet("first")}).execute()
    assert again["hangoutLink"] == ready["hangoutLink"]
    ignored = events.patch(calendarId="primary", eventId=body["id"], body={"conferenceData": None}).execute()
    assert ignored["hangoutLink"] == ready["hangoutLink"]
    removed = events.patch(calendarId="primary", eventId=body["id"], conferenceDataVersion=1,
                           body={"conferenceData": None}).execute()
    assert "conferenceData" not in removed and "hangoutLink" not in removed


def test_a_failed_meet_has_no_link_and_is_retried_under_a_new_request(events, control):
    control("POST", "conference", {"delayMilliseconds": 0, "outcome": "failure"})
    body = timed(conferenceData=meet("first"))
    made = insert(events, body, conferenceDataVersion=1)
    assert conference_status(made) == "failure" and "entryPoints" not in made["conferenceData"]
    control("POST", "conference", {"delayMilliseconds": 0, "outcome": "success"})
    same = events.patch(calendarId="primary", eventId=body["id"], conferenceDataVersion=1,
                        body={"conferenceData": meet("first")}).execute()
    assert conference_status(same) == "failure"
    retried = events.patch(calendarId="primary", eventId=body["id"], conferenceDataVersion=1,
                           body={"conferenceData": meet("second")}).execute()
    assert conference_status(retried) == "success" and retried["hangoutLink"]


def test_a_conference_is_ignored_without_its_version_and_refused_when_unknown(events):
    assert "conferenceData" not in insert(events, timed(conferenceData=meet("first")))
    call = events.insert(calendarId="primary", body=timed(conferenceData=meet("first", "carrierPigeon")),
                         conferenceDataVersion=1)
    assert refusal(call) == (400, "invalid")
    call = events.insert(calendarId="primary", body=timed(conferenceData=meet("")), conferenceDataVersion=1)
    assert refusal(call) == (400, "invalid")


def test_the_calendar_says_which_conferences_it_offers(calendar, account):
    own = calendar.calendars().get(calendarId="primary").execute()
    assert own["id"] == account["handle"]
    assert own["conferenceProperties"]["allowedConferenceSolutionTypes"] == ["hangoutsMeet"]
    entry = calendar.calendarList().get(calendarId="primary").execute()
    assert calendar.calendarList().list().execute()["items"] == [entry]
    assert entry["primary"] is True and entry["accessRole"] == "owner"


# --- lists -----------------------------------------------------------------------------------------------------


def pages(events, **query):
    found, token = [], None
    while True:
        answer = events.list(calendarId="primary", pageToken=token, **query).execute()
        found += answer["items"]
        token = answer.get("nextPageToken")
        assert ("nextSyncToken" in answer) == (token is None)
        if token is None:
            return found, answer["nextSyncToken"]


def test_a_sync_token_brings_what_changed_since(events):
    _, token = pages(events, maxResults=2)
    first, second = timed(), timed()
    insert(events, first)
    insert(events, second)
    events.delete(calendarId="primary", eventId=second["id"]).execute()
    changed, later = pages(events, syncToken=token, maxResults=1)
    assert [e["id"] for e in changed] == [first["id"], second["id"]]
    assert [e["status"] for e in changed] == ["confirmed", "cancelled"]
    nothing, same = pages(events, syncToken=later)
    assert nothing == [] and same == later


@pytest.mark.parametrize("restriction", [
    {"iCalUID": "x"}, {"orderBy": "updated"}, {"q": "x"}, {"timeMin": "2031-01-01T00:00:00Z"},
    {"timeMax": "2031-01-01T00:00:00Z"}, {"updatedMin": "2031-01-01T00:00:00Z"},
    {"privateExtendedProperty": "a=b"}, {"sharedExtendedProperty": "a=b"}, {"showDeleted": False},
])
def test_a_sync_token_takes_no_restriction(events, restriction):
    _, token = pages(events)
    assert refusal(events.list(calendarId="primary", syncToken=token, **restriction)) == (400, "invalid")


def test_a_token_that_is_not_ours_or_too_old_asks_for_a_full_sync(events, control):
    assert refusal(events.list(calendarId="primary", syncToken="nonsense")) == (410, "fullSyncRequired")
    _, token = pages(events)
    control("POST", "sync-tokens/expire", {})
    assert refusal(events.list(calendarId="primary", syncToken=token)) == (410, "fullSyncRequired")


def test_a_list_shows_what_its_window_touches(events):
    early = timed(start={"dateTime": "2041-01-01T10:00:00Z"}, end={"dateTime": "2041-01-01T11:00:00Z"})
    late = timed(start={"dateTime": "2041-01-01T12:00:00Z"}, end={"dateTime": "2041-01-01T13:00:00Z"})
    insert(events, late)
    insert(events, early)

    def ids(**query):
        answer = events.list(calendarId="primary", singleEvents=True, orderBy="startTime", **query).execute()
        return [e["id"] for e in answer["items"]]

    assert ids(timeMin="2041-01-01T00:00:00Z", timeMax="2041-01-02T00:00:00Z") == [early["id"], late["id"]]
    assert ids(timeMin="2041-01-01T11:00:00Z", timeMax="2041-01-02T00:00:00Z") == [late["id"]]
    assert ids(timeMin="2041-01-01T00:00:00Z", timeMax="2041-01-01T12:00:00Z") == [early["id"]]


def test_a_list_finds_by_uid_words_and_properties(events):
    word = new_id()
    body = timed(summary=f"Visit {word}", extendedProperties={"private": {"deal": word}})
    insert(events, body)
    for query in ({"iCalUID": body["id"] + "@google.com"}, {"q": word.upper()},
                  {"privateExtendedProperty": f"deal={word}"}):
        assert [e["id"] for e in events.list(calendarId="primary", **query).execute()["items"]] == [body["id"]]
    assert events.list(calendarId="primary", sharedExtendedProperty=f"deal={word}").execute()["items"] == []


def test_a_list_refuses_what_it_cannot_order_or_read(events):
    assert refusal(events.list(calendarId="primary", orderBy="startTime")) == (400, "badRequest")
    assert refusal(events.list(calendarId="primary", timeMin="2031-01-01T00:00:00")) == (400, "badRequest")
    assert refusal(events.list(calendarId="primary", maxResults=0)) == (400, "invalid")
    assert refusal(events.list(calendarId="primary", pageToken="nonsense")) == (400, "invalid")
    window = {"timeMin": "2031-01-02T00:00:00Z", "timeMax": "2031-01-01T00:00:00Z"}
    assert refusal(events.list(calendarId="primary", **window)) == (400, "timeRangeEmpty")


def test_deleted_events_are_listed_only_when_asked_for(events):
    body = timed()
    insert(events, body)
    events.delete(calendarId="primary", eventId=body["id"]).execute()
    assert body["id"] not in [e["id"] for e in pages(events)[0]]
    shown = next(e for e in pages(events, showDeleted=True)[0] if e["id"] == body["id"])
    assert shown["status"] == "cancelled" and "summary" not in shown


# --- guests ----------------------------------------------------------------------------------------------------


def test_each_guest_hears_once_of_each_change(events, demo, account):
    stay, leave = f"{new_id()}@example.org", f"{new_id()}@example.org"
    body = timed(attendees=[{"email": stay}, {"email": leave}, {"email": account["handle"]}])
    insert(events, body, sendUpdates="all")
    assert [m["Subject"].split(":")[0] for m in mails(demo, stay)] == ["Invitation"]
    part, text = calendar_part(mails(demo, stay)[0])
    assert part["Content-Type"].params["method"] == "REQUEST"
    assert f"UID:{body['id']}@google.com" in text and "METHOD:REQUEST" in text
    assert "DTSTART:20310304T090000Z" in text
    events.patch(calendarId="primary", eventId=body["id"], sendUpdates="all",
                 body={"location": "Room 2", "attendees": [{"email": stay}]}).execute()
    assert [m["Subject"].split(":")[0] for m in mails(demo, stay)] == ["Invitation", "Updated invitation"]
    assert [m["Subject"].split(":")[0] for m in mails(demo, leave)] == ["Invitation", "Canceled event"]
    assert "METHOD:CANCEL" in calendar_part(mails(demo, leave)[1])[1]
    events.delete(calendarId="primary", eventId=body["id"], sendUpdates="all").execute()
    assert [m["Subject"].split(":")[0] for m in mails(demo, stay)][2:] == ["Canceled event"]
    assert len(mails(demo, leave)) == 2


def test_nobody_is_mailed_unless_it_is_asked_for(events, demo):
    guest = f"{new_id()}@example.org"
    body = timed(attendees=[{"email": guest}])
    insert(events, body)
    events.patch(calendarId="primary", eventId=body["id"], sendUpdates="none", body={"location": "x"}).execute()
    assert mails(demo, guest) == []
    insert(events, timed(attendees=[{"email": guest}]), sendUpdates="externalOnly")
    assert len(mails(demo, guest)) == 1
    wrong = events.insert(calendarId="primary", body=timed(), sendUpdates="all")
    wrong.uri = wrong.uri.replace("sendUpdates=all", "sendUpdates=everybody")
    assert refusal(wrong) == (400, "invalid")


# --- sign-in ---------------------------------------------------------------------------------------------------


class NoRedirect(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *arguments):
        return None


def open_url(url, form=None, headers={}):
    data = None if form is None else urllib.parse.urlencode(form, doseq=True).encode()
    request = urllib.request.Request(url, data=data, headers=headers)
    try:
        with urllib.request.build_opener(NoRedirect).open(request, timeout=10) as answer:
            return answer.status, answer.headers, answer.read().decode()
    except urllib.error.HTTPError as answer:
        return answer.code, answer.headers, answer.read().decode()


def challenge(verifier):
    return base64.urlsafe_b64encode(hashlib.sha256(verifier.encode()).digest()).rstrip(b"=").decode()


class SignIn:
    def __init__(self, emulator, oauth):
        self.emulator, self.oauth = emulator, oauth
        self.verifier = new_id() + new_id()

    def wish(self, scopes, **more):
        return {"client_id": self.oauth["clientID"], "redirect_uri": REDIRECT, "response_type": "code",
                "scope": " ".join(scopes), "state": "s&t=1", "access_type": "offline", "prompt": "consent",
                "code_challenge": challenge(self.verifier), "code_challenge_method": "S256"} | more

    def page(self, wish):
        return open_url(self.emulator + "/o/oauth2/v2/auth?" + urllib.parse.urlencode(wish))

    def code(self, answer):
        status, headers, _ = answer
        assert status == 302
        assert headers["Location"].startswith(REDIRECT + "?")
        query = urllib.parse.parse_qs(urllib.parse.urlsplit(headers["Location"]).query)
        assert query["state"] == ["s&t=1"]
        return query

    def allow(self, account, scopes, ticked):
        answer = open_url(self.emulator + "/o/oauth2/v2/auth",
                          self.wish(scopes) | {"account": account, "granted": ticked, "decision": "allow"})
        return self.code(answer)["code"][0]

    def token(self, **form):
        base = {"client_id": self.oauth["clientID"], "client_secret": self.oauth["clientSecret"]}
        status, _, text = open_url(self.emulator + "/token", base | form)
        return status, json.loads(text)

    def exchange(self, code, **more):
        return self.token(**({"grant_type": "authorization_code", "code": code, "redirect_uri": REDIRECT,
                              "code_verifier": self.verifier} | more))


@pytest.fixture
def sign_in(emulator, control):
    return SignIn(emulator, control("GET", "oauth-client"))


EVENTS, READ = SCOPES + "calendar.events", SCOPES + "calendar.readonly"


def refreshable(emulator, sign_in, tokens):
    return google.oauth2.credentials.Credentials(
        token=tokens["access_token"], refresh_token=tokens["refresh_token"], token_uri=emulator + "/token",
        client_id=sign_in.oauth["clientID"], client_secret=sign_in.oauth["clientSecret"])


def test_the_official_client_refreshes_an_expired_token(emulator, sign_in, account, control):
    code = sign_in.allow(account["handle"], [EVENTS], [EVENTS])
    _, tokens = sign_in.exchange(code)
    assert tokens["token_type"] == "Bearer" and 0 < tokens["expires_in"] <= 3600
    credentials = refreshable(emulator, sign_in, tokens)
    service = client(emulator, credentials)
    service.events().list(calendarId="primary").execute()
    control("POST", "access-tokens/expire", {})
    # 401 makes the client refresh by itself.
    service.events().list(calendarId="primary").execute()
    assert credentials.token != tokens["access_token"]


def test_a_revoked_consent_cannot_be_refreshed(emulator, sign_in, account):
    code = sign_in.allow(account["handle"], [EVENTS], [EVENTS])
    _, tokens = sign_in.exchange(code)
    credentials = refreshable(emulator, sign_in, tokens)
    assert open_url(emulator + "/revoke", {"token": tokens["refresh_token"]})[0] == 200
    with pytest.raises(google.auth.exceptions.RefreshError, match="invalid_grant"):
        credentials.refresh(google.auth.transport.requests.Request())
    events = client(emulator, google.oauth2.credentials.Credentials(token=tokens["access_token"])).events()
    with pytest.raises((HttpError, google.auth.exceptions.RefreshError)):
        events.list(calendarId="primary").execute()
    assert open_url(emulator + "/revoke", {"token": tokens["refresh_token"]})[0] == 400


class Inputs(html.parser.HTMLParser):
    def __init__(self, text):
        super().__init__()
        self.found = []
        self.feed(text)

    def handle_starttag(self, tag, attributes):
        if tag == "input":
            self.found.append(dict(attributes))


def test_a_person_may_untick_a_scope_and_the_answer_says_so(emulator, sign_in, account):
    status, _, text = sign_in.page(sign_in.wish([EVENTS, READ, "openid", "email"]))
    assert status == 200
    inputs = Inputs(text).found
    assert account["handle"] in [i["value"] for i in inputs if i["name"] == "account"]
    assert [i["value"] for i in inputs if i["name"] == "granted"] == [EVENTS, READ]
    code = sign_in.allow(account["handle"], [EVENTS, READ, "openid", "email"], [READ])
    _, tokens = sign_in.exchange(code)
    # The short name is answered in full, as by the real service: requested and granted text differ.
    assert set(tokens["scope"].split()) == {READ, "openid", SCOPES + "userinfo.email"}
    events = client(emulator, google.oauth2.credentials.Credentials(token=tokens["access_token"])).events()
    assert events.list(calendarId="primary").execute()["kind"] == "calendar#events"
    assert refusal(events.insert(calendarId="primary", body=timed())) == (403, "insufficientPermissions")
    bearer = {"Authorization": "Bearer " + tokens["access_token"]}
    _, _, text = open_url(emulator + "/v1/userinfo", headers=bearer)
    assert json.loads(text)["email"] == account["handle"]


def test_writing_events_does_not_include_reading_calendars(emulator, sign_in, account):
    _, tokens = sign_in.exchange(sign_in.allow(account["handle"], [EVENTS], [EVENTS]))
    service = client(emulator, google.oauth2.credentials.Credentials(token=tokens["access_token"]))
    assert refusal(service.calendars().get(calendarId="primary")) == (403, "insufficientPermissions")
    assert refusal(service.calendarList().list()) == (403, "insufficientPermissions")
    bearer = {"Authorization": "Bearer " + tokens["access_token"]}
    assert open_url(emulator + "/v1/userinfo", headers=bearer)[0] == 403


def test_a_named_account_consents_without_a_page(sign_in, account):
    query = sign_in.code(sign_in.page(sign_in.wish([EVENTS], login_hint=account["handle"])))
    status, tokens = sign_in.exchange(query["code"][0])
    assert status == 200 and tokens["refresh_token"]


def test_a_refresh_token_comes_only_with_offline_access_and_asked_consent(sign_in, account):
    for more in ({"access_type": "online"}, {"prompt": "select_account"}):
        query = sign_in.code(sign_in.page(sign_in.wish([EVENTS], login_hint=account["handle"], **more)))
        _, tokens = sign_in.exchange(query["code"][0])
        assert "refresh_token" not in tokens and tokens["access_token"]


def test_a_code_works_once_for_whoever_began(sign_in, account):
    code = sign_in.allow(account["handle"], [EVENTS], [EVENTS])
    assert sign_in.exchange(code)[0] == 200
    assert sign_in.exchange(code) == (400, {"error": "invalid_grant",
                                            "error_description": "Token has been expired or revoked."})
    for wrong in ({"code_verifier": "guess" * 10}, {"redirect_uri": REDIRECT + "2"}):
        code = sign_in.allow(account["handle"], [EVENTS], [EVENTS])
        assert sign_in.exchange(code, **wrong)[0] == 400
    code = sign_in.allow(account["handle"], [EVENTS], [EVENTS])
    status, answer = sign_in.exchange(code, client_secret="wrong")
    assert (status, answer["error"]) == (401, "invalid_client")
    assert sign_in.token(grant_type="password")[1]["error"] == "unsupported_grant_type"
    assert sign_in.token(grant_type="refresh_token", refresh_token="no")[1]["error"] == "invalid_grant"


def test_a_refusal_comes_back_to_the_application(emulator, sign_in):
    form = sign_in.wish([EVENTS]) | {"decision": "deny"}
    assert sign_in.code(open_url(emulator + "/o/oauth2/v2/auth", form))["error"] == ["access_denied"]


@pytest.mark.parametrize("change", [
    {"client_id": "stranger"}, {"redirect_uri": "https://evil.example/cb"}, {"redirect_uri": "javascript:alert(1)"},
    {"redirect_uri": "http://127.0.0.1:1@evil.example/"},
])
def test_a_request_that_cannot_be_trusted_is_not_redirected(sign_in, change):
    status, headers, text = sign_in.page(sign_in.wish([EVENTS], **change))
    assert status == 400 and "Location" not in headers and "Access blocked" in text


def test_the_page_shows_hostile_text_as_text(sign_in):
    scope, state = '"><script>x</script>', "'\"><img src=x>&amp;"
    _, _, text = sign_in.page(sign_in.wish([scope], state=state))
    assert "<script" not in text and "<img" not in text
    sent = {i["name"]: i["value"] for i in Inputs(text).found}
    assert (sent["granted"], sent["state"]) == (scope, state)


def test_a_wrong_or_missing_token_is_refused(emulator):
    url = emulator + "/calendar/v3/calendars/primary"
    for headers, reason in (({}, "required"), ({"Authorization": "Bearer no"}, "authError"),
                            ({"Authorization": "Basic bm8="}, "authError")):
        status, _, text = open_url(url, headers=headers)
        assert (status, json.loads(text)["error"]["errors"][0]["reason"]) == (401, reason)


# --- the wire --------------------------------------------------------------------------------------------------


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


# --- faults ----------------------------------------------------------------------------------------------------


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
