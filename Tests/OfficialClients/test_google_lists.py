"""Lists, sync tokens and guests of the Google emulator, through Google's own client."""

import email

import pytest

from google_client import calendar_part, insert, mails, new_id, refusal, timed


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
