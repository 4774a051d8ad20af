"""A calendar that is removed from its server, and comes back."""

from api import eventually
from caldav_server import CalDAVServer

CHANNELS = "{ calendarChannels { handle lastError } }"
GONE = "The calendar no longer exists. Check the account in Settings."


def test_its_events_are_kept_and_its_owner_is_told(ada, tmp_path):
    def error():
        return next(c["lastError"] for c in ada.ask(CHANNELS)["calendarChannels"] if "work" in c["handle"].lower())

    with CalDAVServer(tmp_path) as server, ada.caldav_account(server) as account:
        meeting = ada.meeting("GOOGLE") | {"connectedAccountId": account["id"]}
        event = ada.created(meeting)
        shelf = [path for path in (tmp_path / "collections").rglob("work") if path.is_dir()]
        assert len(shelf) == 1
        away = shelf[0].rename(tmp_path / "away")

        for result in (ada.update(event["id"], title="Elsewhere"), ada.create(meeting | {"title": "New"})):
            assert not result["success"] and result["error"] == GONE
        kept = ada.event(event["id"])
        assert kept["title"] == meeting["title"] and kept["pushStatus"] == "SYNCED"
        assert error() == GONE

        # Its share is restored, and everything goes on.
        away.rename(shelf[0])
        assert ada.update(event["id"], title="Back")["success"]
        eventually(server.events, lambda events: any("SUMMARY:Back" in lines for lines in events))
        assert error() is None
