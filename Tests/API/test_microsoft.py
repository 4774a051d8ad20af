"""A meeting in Outlook with Teams: made, changed, its series, and deleted."""

import pytest
import requests

from api import eventually, mails, unique


class Outlook:
    """Looks into a mailbox as its owner could."""

    def __init__(self, world, account):
        self.emulator = world["emulators"]["microsoft"]
        self.url = self.emulator + "/v1.0/me"
        self.email = account["handle"]
        self.headers = {"Authorization": f"Bearer {account['emulatorToken']}", "Prefer": 'IdType="ImmutableId"'}

    def get(self, path, **parameters):
        answer = requests.get(self.url + path, params=parameters, headers=self.headers, timeout=10)
        answer.raise_for_status()
        return answer.json()

    def patch(self, event_id, body):
        answer = requests.patch(f"{self.url}/events/{event_id}", json=body, headers=self.headers, timeout=10)
        answer.raise_for_status()

    def steer(self, path, **body):
        requests.post(f"{self.emulator}/_emulator/{path}", json=body, timeout=10).raise_for_status()

    def titled(self, title):
        return self.get("/events", **{"$filter": f"subject eq '{title}'", "$top": 10})["value"]


@pytest.fixture
def outlook(demo, ada):
    return Outlook(demo, ada.account("MICROSOFT"))


def test_a_teams_meeting_is_made_changed_and_deleted(demo, ada, outlook):
    guest = f"{unique('guest').replace(' ', '-')}@customer.example"
    event = ada.created(ada.meeting("MICROSOFT", description="Agenda", conferenceProviderId="MICROSOFT_TEAMS",
                                    attendees=[{"email": guest}]))
    event = eventually(lambda: ada.event(event["id"]), lambda e: e["conferenceStatus"] == "SUCCESS", 60)
    assert event["conferenceLink"].startswith("https://teams.microsoft.com/")
    (theirs,) = outlook.titled(event["title"])
    assert theirs["id"] == event["externalId"] and theirs["iCalUId"] == event["iCalUid"]
    assert theirs["onlineMeeting"]["joinUrl"] == event["conferenceLink"]
    assert theirs["originalStartTimeZone"] == "W. Europe Standard Time"
    assert [a["emailAddress"]["address"] for a in theirs["attendees"]] == [guest]
    assert len(mails(demo, guest)) == 1

    # The owner adds a guest in Outlook; a change made here keeps that guest, and the Teams block.
    outlook.patch(theirs["id"], {"attendees": theirs["attendees"] + [{"emailAddress": {"address": "zoe@theirs.example"}}],
                                 "categories": ["Red category"]})
    result = ada.update(event["id"], description="Another agenda", startsAt="2030-03-05T10:00:00+01:00",
                        endsAt="2030-03-05T11:00:00+01:00")
    assert result["success"], result
    ada.arrived(event["id"])
    (theirs,) = outlook.titled(event["title"])
    assert {a["emailAddress"]["address"] for a in theirs["attendees"]} == {guest, "zoe@theirs.example"}
    assert theirs["categories"] == ["Red category"] and theirs["isOnlineMeeting"]
    assert "Another agenda" in theirs["body"]["content"] and "Join the meeting now" in theirs["body"]["content"]
    assert theirs["start"]["dateTime"].startswith("2030-03-05T09:00:00")

    assert ada.delete(event["id"])["success"]
    eventually(lambda: outlook.titled(event["title"]), lambda found: found == [], 60)


def test_a_description_that_could_cost_the_teams_meeting_is_refused(ada, outlook):
    outlook.steer("conference", delayMilliseconds=0, outcome="success", block="unrecognizable")
    event = ada.created(ada.meeting("MICROSOFT", conferenceProviderId="MICROSOFT_TEAMS"))
    outlook.steer("conference", delayMilliseconds=1500, outcome="success")
    eventually(lambda: ada.event(event["id"]), lambda e: e["conferenceStatus"] == "SUCCESS", 60)
    result = ada.update(event["id"], description="New")
    assert not result["success"] and "Change the description in Outlook." in result["error"]
    title = unique("Renamed")
    assert ada.update(event["id"], title=title)["success"]
    ada.arrived(event["id"])
    (theirs,) = outlook.titled(title)
    assert theirs["isOnlineMeeting"] and theirs["onlineMeeting"] and "New" not in theirs["body"]["content"]


def test_a_series_in_a_zone_that_only_exchange_knows_stays_where_it_is(ada, outlook):
    event = ada.created(ada.meeting("MICROSOFT", recurrence=["RRULE:FREQ=WEEKLY;COUNT=8"]))
    event = ada.arrived(event["id"])
    outlook.steer("events/zone", email=outlook.email, id=event["externalId"], name="tzone://Microsoft/Custom")
    title = unique("Renamed")
    result = ada.update(event["id"], title=title)
    assert result["success"], result
    event = ada.arrived(event["id"])
    assert event["timeZone"] == "Europe/Berlin" and event["startsAt"].startswith("2030-03-04T")
    # 1 April is in summer: an hour earlier in UTC.
    result = ada.update(f"{event['id']}_20300401T080000Z", title=title + " special")
    assert result["success"], result
    (theirs,) = outlook.titled(title)
    starts = [i["start"]["dateTime"][:16] for i in outlook.get(
        f"/events/{theirs['id']}/instances", startDateTime="2030-03-01T00:00:00Z", endDateTime="2030-05-01T00:00:00Z")["value"]]
    assert starts[3:5] == ["2030-03-25T09:00", "2030-04-01T08:00"]


def test_a_whole_day_is_in_the_zone_of_the_mailbox(ada, outlook):
    event = ada.created(ada.meeting("MICROSOFT", isFullDay=True, startsAt="2030-03-09T00:00:00Z", endsAt="2030-03-10T00:00:00Z"))
    assert event["isFullDay"] and event["startsAt"].startswith("2030-03-09")
    (theirs,) = outlook.titled(event["title"])
    assert theirs["originalStartTimeZone"] == outlook.get("/mailboxSettings")["timeZone"] != "UTC"
    assert theirs["start"]["dateTime"].startswith("2030-03-09T00:00")


def test_a_rule_that_outlook_cannot_hold_is_refused_before_anything_is_saved(ada, outlook):
    meeting = ada.meeting("MICROSOFT", recurrence=["RRULE:FREQ=MONTHLY;BYMONTHDAY=4,15"])
    result = ada.create(meeting)
    assert not result["success"] and result["errorCode"] == "VALIDATION_FAILED"
    assert "Microsoft 365" in result["error"]
    assert outlook.titled(meeting["title"]) == []


def test_teams_is_greyed_out_where_it_cannot_be_had(ada):
    def reason(account):
        providers = ada.ask("query($a: ID) { getAvailableConferenceProviders(connectedAccountId: $a) "
                            "{ providerId isAvailable unavailableReason } }",
                            a=account["id"])["getAvailableConferenceProviders"]
        return next(p for p in providers if p["providerId"] == "MICROSOFT_TEAMS")

    assert reason(ada.account("MICROSOFT"))["isAvailable"]
    assert reason(ada.account("GOOGLE")) == {
        "providerId": "MICROSOFT_TEAMS", "isAvailable": False,
        "unavailableReason": "Microsoft Teams needs a Microsoft 365 account."}
