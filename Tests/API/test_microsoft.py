"""A meeting in Outlook with Teams: made, changed, its series, and deleted."""

import pytest
import requests

from api import eventually, mails, unique


class Outlook:
    """Looks into a mailbox as its owner could."""

    def __init__(self, world, account):
        self.url = world["emulators"]["microsoft"] + "/v1.0/me"
        self.headers = {"Authorization": f"Bearer {account['emulatorToken']}", "Prefer": 'IdType="ImmutableId"'}

    def get(self, path, **parameters):
        answer = requests.get(self.url + path, params=parameters, headers=self.headers, timeout=10)
        answer.raise_for_status()
        return answer.json()

    def patch(self, event_id, body):
        answer = requests.patch(f"{self.url}/events/{event_id}", json=body, headers=self.headers, timeout=10)
        answer.raise_for_status()

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

    # Somebody adds a guest in Outlook; what is changed here leaves that guest, and the Teams block.
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
