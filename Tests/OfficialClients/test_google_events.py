"""The Google emulator driven by Google's own Python client, so that it is not only our idea of Google.

The client brings Google's discovery document: it refuses parameters that the API does not have, and parses answers
and errors as it does with the real service.
"""

import datetime
import email
import time

import pytest

from google_client import insert, instant, new_id, refusal, timed


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
    ({"start": {"date": "2031-03-04"}, "end": {"date": "2031-03-04"}}, "timeRangeEmpty"),
    ({"recurrence": ["DTSTART:20310304T100000Z"]}, "invalid"),
    ({"recurrence": ["RRULE:COUNT=3"]}, "invalid"),
    ({"recurrence": ["RRULE:FREQ=WEEKLY;BYDAY=XX"]}, "invalid"),
    ({"recurrence": ["EXDATE:yesterday"]}, "invalid"),
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


def test_an_event_may_have_no_length(events):
    instant = {"dateTime": "2031-03-04T10:00:00+01:00", "timeZone": "Europe/Berlin"}
    made = events.insert(calendarId="primary", body=timed(start=instant, end=instant)).execute()
    assert made["start"] == made["end"]


def test_what_is_not_emulated_is_refused_as_such(events):
    assert refusal(events.insert(calendarId="primary", body=timed(eventType="outOfOffice")))[0] == 501
    assert refusal(events.quickAdd(calendarId="primary", text="Lunch"))[0] == 501
    body = timed()
    insert(events, body)
    assert refusal(events.instances(calendarId="primary", eventId=body["id"]))[0] == 501


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
