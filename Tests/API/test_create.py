"""A meeting made through /graphql is in the real calendar."""

import icalendar
import requests

from api import eventually, mails, unique


def test_everything_that_was_given_is_at_the_provider_and_here(demo, ada, google):
    guest = f"{unique('guest').replace(' ', '-')}@customer.example"
    company = ada.ask('mutation { createCompany(input: { name: "Guest & Sons" }) { id } }')["createCompany"]["id"]
    person = ada.ask("mutation($i: PersonInput!) { createPerson(input: $i) { id } }",
                     i={"lastName": "Guest", "emails": [guest], "companyId": company})["createPerson"]["id"]
    deal = ada.ask("mutation($i: OpportunityInput!) { createOpportunity(input: $i) { id } }",
                   i={"name": "Deal", "companyId": company, "pointOfContactId": person})["createOpportunity"]["id"]
    meeting = ada.meeting(
        title=unique("Offer; with, every\\thing"), description="Line one\nLine two", location="Room 7",
        attendees=[{"email": guest, "displayName": "A Guest"}], linkedPersonIds=[person], linkedCompanyId=company,
        linkedOpportunityId=deal)
    result = ada.create(meeting)
    assert result["success"], result
    event = result["calendarEvent"]

    assert event["title"] == meeting["title"] and event["description"] == "Line one\nLine two"
    assert event["location"] == "Room 7" and event["timeZone"] == "Europe/Berlin"
    assert event["startsAt"] == "2030-03-04T10:00:00+01:00" and event["endsAt"] == "2030-03-04T11:00:00+01:00"
    assert event["pushStatus"] == "SYNCED" and event["pushError"] is None
    assert event["createdFromCrm"] is True and event["connectedAccountId"] == meeting["connectedAccountId"]
    organizer, attendee = event["participants"]
    assert organizer["isOrganizer"] and organizer["handle"] == ada.email
    assert attendee["handle"] == guest and attendee["responseStatus"] == "NEEDS_ACTION"
    assert attendee["person"] == {"id": person, "lastName": "Guest"}
    assert event["linkedPeople"] == [{"id": person}] and event["linkedCompany"]["id"] == company
    assert event["linkedOpportunity"] == {"id": deal}

    (theirs,) = google.titled(meeting["title"])
    assert theirs["id"] == event["externalId"] and theirs["iCalUID"] == event["iCalUid"]
    assert theirs["description"] == "Line one\nLine two" and theirs["location"] == "Room 7"
    assert theirs["start"]["timeZone"] == "Europe/Berlin"
    assert theirs["start"]["dateTime"].startswith("2030-03-04T10:00:00")
    assert [a["email"] for a in theirs["attendees"] if not a.get("organizer")] == [guest]
    assert len(mails(demo, guest)) == 1

    for kind, record in (("Person", person), ("Company", company), ("Opportunity", deal)):
        name = f"getTimelineCalendarEventsFrom{kind}Id"
        timeline = ada.ask("{ %s(%sId: \"%s\", page: 1, pageSize: 5) { totalNumberOfCalendarEvents "
                           "timelineCalendarEvents { id } } }" % (name, kind.lower(), record))[name]
        assert timeline == {"totalNumberOfCalendarEvents": 1, "timelineCalendarEvents": [{"id": event["id"]}]}


def test_the_invitation_can_be_fetched_and_is_of_this_very_event(ada):
    result = ada.create(ada.meeting(attendees=[{"email": "reader@customer.example"}]))
    answer = requests.get(result["icsFileUrl"], timeout=10)
    assert answer.status_code == 200 and answer.headers["Content-Type"] == "text/calendar; charset=utf-8"
    assert answer.text.replace("\r\n", "").find("\n") == -1
    calendar = icalendar.Calendar.from_ical(answer.text)
    (event,) = calendar.walk("VEVENT")
    assert calendar["METHOD"] == "REQUEST"
    # Another UID would make a second event in the guest's calendar.
    assert str(event["UID"]) == result["calendarEvent"]["iCalUid"]
    assert str(event["ATTENDEE"][-1]).lower() == "mailto:reader@customer.example"
    assert result["icsFileContent"].startswith("BEGIN:VCALENDAR\r\n") and result["icsFileName"].endswith(".ics")


def test_an_all_day_meeting_keeps_its_days(ada, google):
    meeting = ada.meeting(isFullDay=True, startsAt="2030-05-01T00:00:00+14:00", endsAt="2030-05-03T00:00:00-11:00")
    event = ada.created(meeting)
    assert event["isFullDay"] and event["startsAt"][:10] == "2030-05-01" and event["endsAt"][:10] == "2030-05-03"
    (theirs,) = google.titled(meeting["title"])
    assert theirs["start"] == {"date": "2030-05-01"} and theirs["end"] == {"date": "2030-05-03"}


def test_nobody_is_mailed_who_was_not_to_be(demo, ada, google):
    guest = f"{unique('silent').replace(' ', '-')}@customer.example"
    meeting = ada.meeting(attendees=[{"email": guest}], sendInvitations=False)
    ada.created(meeting)
    assert len(google.titled(meeting["title"])) == 1
    assert mails(demo, guest) == []


def test_a_meet_link_is_pending_first_and_then_there(ada, google):
    google.conferences("success", delay_milliseconds=1500)
    meeting = ada.meeting(conferenceProviderId="GOOGLE_MEET")
    result = ada.create(meeting)
    event = result["calendarEvent"]
    assert event["pushStatus"] == "SYNCED" and event["conferenceStatus"] == "PENDING"
    assert event["conferenceLink"] is None and result["conferenceLink"] is None
    later = eventually(lambda: ada.event(event["id"]), lambda e: e["conferenceStatus"] != "PENDING")
    assert later["conferenceStatus"] == "SUCCESS"
    assert later["conferenceLink"].startswith("https://meet.google.com/")
    (theirs,) = google.titled(meeting["title"])
    assert theirs["hangoutLink"] == later["conferenceLink"]


def test_a_meet_that_fails_leaves_the_meeting_without_a_link(ada, google):
    google.conferences("failure")
    event = ada.created(ada.meeting(conferenceProviderId="GOOGLE_MEET"))
    later = eventually(lambda: ada.event(event["id"]), lambda e: e["conferenceStatus"] != "PENDING")
    assert later["conferenceStatus"] == "FAILURE" and later["conferenceLink"] is None
    assert later["pushStatus"] == "SYNCED"


def test_a_link_of_ones_own_is_there_at_once(ada, google):
    meeting = ada.meeting(conferenceProviderId="CUSTOM_LINK", customConferenceLink=" https://talk.example/room?x=1 ")
    event = ada.created(meeting)
    assert event["conferenceStatus"] == "SUCCESS" and event["conferenceLink"] == "https://talk.example/room?x=1"
    (theirs,) = google.titled(meeting["title"])
    assert "https://talk.example/room?x=1" in str(theirs)


def test_the_built_in_calendar_needs_nobody(ada, google):
    before = google.inserts()
    event = ada.created(ada.meeting("LOCAL"))
    assert event["pushStatus"] == "SYNCED"
    assert google.inserts() == before
