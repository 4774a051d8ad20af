"""A calendar whose server keeps neither CONFERENCE nor URL of an event."""

import pytest

from api import unique
from caldav_server import CalDAVServer

LINK = "https://video.example/room/1"


@pytest.mark.parametrize("location", ["Room 1, upstairs", None])
def test_a_meeting_keeps_its_link_and_its_place(ada, tmp_path, location):
    with CalDAVServer(tmp_path, storage="forgetful_storage") as server, ada.caldav_account(server) as account:
        event = ada.created(ada.meeting("GOOGLE", location=location, conferenceProviderId="CUSTOM_LINK",
                                        customConferenceLink=LINK) | {"connectedAccountId": account["id"]})
        changes = [{"title": unique("Renamed")}, {"location": "Room 2"}, {"location": location}]
        for change in [{}, *changes]:
            if change:
                result = ada.update(event["id"], **change)
                assert result["success"], result
            event = ada.arrived(event["id"])
            assert event["conferenceLink"] == LINK and event["conferenceProviderId"] == "CUSTOM_LINK"
            assert event["location"] == change.get("location", location)
            (lines,) = server.events()
            assert not any(line.startswith(("CONFERENCE", "URL")) for line in lines)
            assert any(line.startswith("LOCATION:") and line.endswith(LINK) for line in lines)

        result = ada.update(event["id"], conferenceProviderId="NONE")
        assert result["success"] and result["calendarEvent"]["conferenceLink"] is None
        (lines,) = server.events()
        assert not any(LINK in line for line in lines)
        assert ada.event(event["id"])["location"] == location
