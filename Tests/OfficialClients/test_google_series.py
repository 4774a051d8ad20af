"""Recurring events of the Google emulator through Google's own client: instances, exceptions, splitting, deleting."""

import datetime

import pytest

from google_client import calendar_part, insert, instant, mails, new_id, refusal, timed

WEEKLY = ["RRULE:FREQ=WEEKLY;COUNT=4"]


@pytest.fixture
def series(events):
    """Four Tuesdays at 10:00 in Paris from 4 March 2031; the clocks change on 30 March."""
    made = []

    def make(*, query=None, **more):
        made.append(insert(events, timed(recurrence=WEEKLY) | more, **(query or {})))
        return made[-1]

    yield make
    for event in made:
        if events.get(calendarId="primary", eventId=event["id"]).execute()["status"] != "cancelled":
            events.delete(calendarId="primary", eventId=event["id"]).execute()


def instances(events, event, **query):
    return events.instances(calendarId="primary", eventId=event["id"], **query).execute()["items"]


def change(events, event_id, body, **query):
    return events.patch(calendarId="primary", eventId=event_id, body=body, **query).execute()


def test_instances_keep_the_hour_of_their_zone(events, series):
    made = series(recurrence=["RRULE:FREQ=WEEKLY;COUNT=6"])
    found = instances(events, made)
    assert [i["id"] for i in found[:2]] == [made["id"] + "_20310304T090000Z", made["id"] + "_20310311T090000Z"]
    assert [instant(i["start"]).hour for i in found] == [9, 9, 9, 9, 8, 8]
    for one in found:
        assert one["recurringEventId"] == made["id"] and one["iCalUID"] == made["iCalUID"]
        assert one["originalStartTime"] == one["start"] and "recurrence" not in one
        assert events.get(calendarId="primary", eventId=one["id"]).execute() == one
    first = events.instances(calendarId="primary", eventId=made["id"], maxResults=4)
    second = events.instances_next(first, first.execute())
    assert [i["id"] for i in second.execute()["items"]] == [i["id"] for i in found[4:]]


def test_one_instance_is_moved_and_the_others_stay(events, series):
    made = series()
    second = instances(events, made)[1]
    moved = change(events, second["id"], {
        "start": {"dateTime": "2031-03-12T15:00:00"}, "end": {"dateTime": "2031-03-12T16:00:00"}})
    assert instant(moved["start"]) == datetime.datetime(2031, 3, 12, 14, tzinfo=datetime.timezone.utc)
    assert moved["originalStartTime"] == second["start"]
    change(events, made["id"], {"summary": "Renamed"})
    assert [(i["summary"], i["start"]["dateTime"][:10]) for i in instances(events, made)] == [
        ("Renamed", "2031-03-04"), ("Renamed", "2031-03-12"), ("Renamed", "2031-03-18"), ("Renamed", "2031-03-25")]


def test_an_instance_is_deleted_once(events, series):
    made = series()
    second = instances(events, made)[1]
    assert events.delete(calendarId="primary", eventId=second["id"]).execute() == ""
    assert refusal(events.delete(calendarId="primary", eventId=second["id"])) == (410, "deleted")
    assert events.get(calendarId="primary", eventId=second["id"]).execute()["status"] == "cancelled"
    assert len(instances(events, made)) == 3 and len(instances(events, made, showDeleted=True)) == 4
    never = made["id"] + "_20310305T090000Z"
    assert refusal(events.delete(calendarId="primary", eventId=never)) == (404, "notFound")


def test_a_series_is_split(events, series):
    made = series()
    token = events.list(calendarId="primary").execute()["nextSyncToken"]
    change(events, instances(events, made)[2]["id"], {"summary": "Exception"})
    change(events, made["id"], {"recurrence": ["RRULE:FREQ=WEEKLY;UNTIL=20310318T085959Z"]})
    rest = series(recurrence=["RRULE:FREQ=WEEKLY;COUNT=2"], summary="From now on",
                  start={"dateTime": "2031-03-18T12:00:00", "timeZone": "Europe/Paris"},
                  end={"dateTime": "2031-03-18T13:00:00", "timeZone": "Europe/Paris"})
    window = {"timeMin": "2031-03-01T00:00:00Z", "timeMax": "2031-04-01T00:00:00Z", "iCalUID": made["iCalUID"]}
    shown = events.list(calendarId="primary", singleEvents=True, orderBy="startTime", **window).execute()["items"]
    assert [i["start"]["dateTime"][:10] for i in shown] == ["2031-03-04", "2031-03-11"]
    assert len(instances(events, rest)) == 2
    changed = events.list(calendarId="primary", syncToken=token).execute()["items"]
    assert [(e["id"], e["status"]) for e in changed] == [
        (made["id"], "confirmed"), (made["id"] + "_20310318T090000Z", "cancelled"), (rest["id"], "confirmed")]


def test_a_stale_instance_is_not_overwritten(events, series):
    made = series()
    seen = instances(events, made)[1]
    change(events, made["id"], {"summary": "Changed meanwhile"})
    for call in (events.patch(calendarId="primary", eventId=seen["id"], body={"summary": "x"}),
                 events.update(calendarId="primary", eventId=seen["id"], body=seen),
                 events.delete(calendarId="primary", eventId=seen["id"])):
        call.headers["If-Match"] = seen["etag"]
        assert refusal(call) == (412, "conditionNotMet")


def test_guests_of_one_instance_hear_of_that_instance(events, series, demo):
    stay, leave = f"{new_id()}@example.org", f"{new_id()}@example.org"
    made = series(attendees=[{"email": stay}, {"email": leave}])
    second, third = instances(events, made)[1:3]
    change(events, second["id"], {"attendees": [{"email": stay}], "location": "Room 2"}, sendUpdates="all")
    events.delete(calendarId="primary", eventId=third["id"], sendUpdates="all").execute()
    expected = {stay: [("REQUEST", "20310311"), ("CANCEL", "20310318")],
                leave: [("CANCEL", "20310311"), ("CANCEL", "20310318")]}
    for guest, wanted in expected.items():
        for mail, (method, day) in zip(mails(demo, guest), wanted, strict=True):
            part, text = calendar_part(mail)
            assert part["Content-Type"].params["method"] == method and f"METHOD:{method}" in text
            assert f"RECURRENCE-ID;TZID=Europe/Paris:{day}T100000" in text
            assert f"UID:{made['iCalUID']}" in text
    events.delete(calendarId="primary", eventId=made["id"], sendUpdates="all").execute()
    for guest in (stay, leave):
        text = calendar_part(mails(demo, guest)[2])[1]
        assert "METHOD:CANCEL" in text and "RECURRENCE-ID" not in text


def test_a_meeting_link_is_the_series_and_is_taken_from_it(events, series, control):
    control("POST", "conference", {"delayMilliseconds": 0, "outcome": "success"})
    request = {"createRequest": {"requestId": "one", "conferenceSolutionKey": {"type": "hangoutsMeet"}}}
    made = series(query={"conferenceDataVersion": 1}, conferenceData=request)
    assert {i["hangoutLink"] for i in instances(events, made)} == {made["hangoutLink"]}
    change(events, made["id"], {"conferenceData": None})
    assert {i["hangoutLink"] for i in instances(events, made)} == {made["hangoutLink"]}
    change(events, made["id"], {"conferenceData": None}, conferenceDataVersion=1)
    assert not any("hangoutLink" in i for i in instances(events, made))
    request["createRequest"]["requestId"] = "two"
    new = change(events, made["id"], {"conferenceData": request}, conferenceDataVersion=1)
    assert new["hangoutLink"] != made["hangoutLink"]


def test_what_others_organize_is_theirs_to_change(events, account):
    uid = f"{new_id()}@example.org"
    body = timed(iCalUID=uid, organizer={"email": "boss@example.org"},
                 attendees=[{"email": account["handle"]}, {"email": "guest@example.org"}])
    del body["id"]
    made = events.import_(calendarId="primary", body=body).execute()
    assert made["organizer"] == {"email": "boss@example.org"} and made["iCalUID"] == uid
    call = events.patch(calendarId="primary", eventId=made["id"], body={"summary": "Mine"})
    assert refusal(call) == (403, "forbiddenForNonOrganizer")
    made["attendees"][0]["responseStatus"] = "accepted"
    answered = change(events, made["id"], {"attendees": made["attendees"]})
    assert answered["attendees"][0]["responseStatus"] == "accepted"
    assert events.delete(calendarId="primary", eventId=made["id"]).execute() == ""


def test_a_deleted_event_is_restored_by_its_status(events):
    body = timed()
    insert(events, body)
    events.delete(calendarId="primary", eventId=body["id"]).execute()
    restored = change(events, body["id"], {"status": "confirmed"})
    assert restored["status"] == "confirmed" and restored["summary"] == body["summary"]
