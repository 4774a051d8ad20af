"""A Zoom room for a meeting in another calendar: made once, moved and deleted with it."""

import pytest
import requests

from api import eventually, unique


class Zoom:
    """Looks into an account at the emulator as its owner could."""

    def __init__(self, world, account):
        self.url = world["emulators"]["zoom"]
        self.headers = {"Authorization": f"Bearer {account['emulatorToken']}"}

    def titled(self, title):
        answer = requests.get(f"{self.url}/v2/users/me/meetings", params={"type": "scheduled", "page_size": 300},
                              headers=self.headers, timeout=10)
        answer.raise_for_status()
        return [m for m in answer.json()["meetings"] if m["topic"] == title]

    def fault(self, **fault):
        requests.post(f"{self.url}/_emulator/faults", json=fault, timeout=10).raise_for_status()


@pytest.fixture
def zoom(demo, ada):
    return Zoom(demo, ada.account("ZOOM"))


def test_the_room_follows_its_meeting(ada, google, zoom):
    event = ada.created(ada.meeting(conferenceProviderId="ZOOM"))
    assert event["conferenceStatus"] == "SUCCESS"
    (room,) = zoom.titled(event["title"])
    assert room["join_url"] == event["conferenceLink"] and room["start_time"] == "2030-03-04T09:00:00Z"
    (theirs,) = google.titled(event["title"])
    assert event["conferenceLink"] in theirs["description"] and theirs["location"] == event["conferenceLink"]

    title = unique("Renamed")
    result = ada.update(event["id"], title=title, startsAt="2030-03-05T10:00:00+01:00",
                        endsAt="2030-03-05T10:30:00+01:00")
    assert result["success"], result
    (moved,) = eventually(lambda: zoom.titled(title), lambda rooms: len(rooms) == 1, 30)
    assert moved["id"] == room["id"] and moved["start_time"] == "2030-03-05T09:00:00Z" and moved["duration"] == 30

    assert ada.delete(event["id"])["success"]
    eventually(lambda: zoom.titled(title), lambda rooms: rooms == [], 30)


def test_a_lost_answer_makes_no_second_room(ada, google, zoom):
    zoom.fault(match="meetings.create", mode="lostAnswer", count=1)
    event = ada.created(ada.meeting(conferenceProviderId="ZOOM"))
    event = ada.arrived(event["id"])
    assert event["conferenceStatus"] == "SUCCESS"
    assert len(zoom.titled(event["title"])) == 1 and len(google.titled(event["title"])) == 1


def test_who_has_no_account_there_is_told_what_to_do(demo, ada):
    from api import Member

    ben = Member(demo, 1)
    result = ben.create(ben.meeting(conferenceProviderId="ZOOM"))
    assert not result["success"] and result["errorCode"] == "VALIDATION_FAILED"
    assert result["error"] == "Connect a Zoom account in Settings first."


def test_a_hosts_secret_is_nowhere(ada, zoom):
    event = ada.created(ada.meeting(conferenceProviderId="ZOOM"))
    result = ada.update(event["id"], description="Agenda")
    assert "zak=" not in str(result) and "zak=" not in str(event)
