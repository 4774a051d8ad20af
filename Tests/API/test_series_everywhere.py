"""Series with exceptions on every calendar: after each change both sides have the same, occurrence by occurrence."""

import datetime
import zoneinfo

import pytest

from api import eventually, unique
from caldav_server import CalDAVServer
from calendars import at_google, at_microsoft, exported, here, in_files

@pytest.fixture(params=["LOCAL", "GOOGLE", "MICROSOFT", "CALDAV"])
def calendar(request, demo, ada, tmp_path):
    """A member's account, and a function that reads the other side of it."""
    if request.param == "CALDAV":
        with CalDAVServer(tmp_path) as server, ada.caldav_account(server) as account:
            yield account, lambda words: in_files(server.request("GET", server.calendar)[1], words)
        return
    account = ada.account(request.param)
    there = {"GOOGLE": at_google, "MICROSOFT": at_microsoft, "LOCAL": exported}[request.param]
    yield account, lambda words: there(demo if request.param != "LOCAL" else ada, account, words)


class Series:
    """Mondays at ten from 4 March 2030, eight times; the 2nd is moved, the 3rd deleted, the 4th renamed, and so again."""

    def __init__(self, ada, calendar):
        self.ada, (self.account, self.there) = ada, calendar
        self.title = unique("Lens series")
        made = ada.created({
            "title": self.title, "startsAt": "2030-03-04T10:00:00+01:00", "endsAt": "2030-03-04T11:00:00+01:00",
            "timeZone": "Europe/Berlin", "connectedAccountId": self.account["id"],
            "recurrence": ["RRULE:FREQ=WEEKLY;COUNT=8"]})
        self.id = made["id"]
        for first in (1, 5):
            self.delete(first + 1, "THIS")
            # Behind the place of the one that is gone.
            self.update(first, startsAt=self.at(first, 8, "12:00"), endsAt=self.at(first, 8, "12:30"), scope="THIS")
            if first + 2 < 8:
                self.update(first + 2, title=f"{self.title}, renamed", scope="THIS")

    @staticmethod
    def day(week, days=0):
        return datetime.date(2030, 3, 4) + datetime.timedelta(weeks=week, days=days)

    def at(self, week, days, clock):
        """The wall clock in Berlin, some days after the Monday of a week."""
        hour, minute = map(int, clock.split(":"))
        day = self.day(week, days)
        return datetime.datetime(day.year, day.month, day.day, hour, minute, tzinfo=BERLIN).isoformat()

    def name(self, week):
        start = datetime.datetime.fromisoformat(self.at(week, 0, "10:00")).astimezone(datetime.timezone.utc)
        return f"{self.id}_{start:%Y%m%dT%H%M%SZ}"

    def update(self, week, **changes):
        result = self.ada.update(self.name(week), **changes)
        assert result["success"], result
        return result["calendarEvent"]["id"]

    def delete(self, week, scope):
        result = self.ada.delete(self.name(week), scope=scope)
        assert result["success"], result

    def sides(self):
        """What takes place, once everything has arrived."""
        shown, _ = eventually(lambda: here(self.ada, self.account, self.title), lambda found: not found[1])
        found = eventually(lambda: self.there(self.title), lambda there: there == shown, 20)
        assert found == shown
        return [(start, title.removeprefix(self.title)) for start, _, title in shown]


BERLIN = zoneinfo.ZoneInfo("Europe/Berlin")
BEFORE = [("2030-03-04T09:00", ""), ("2030-03-19T11:00", ""), ("2030-03-25T09:00", ", renamed")]
MIDDLE = [("2030-04-01T08:00", "")]
AFTER = [("2030-04-16T10:00", ""), ("2030-04-22T08:00", ", renamed")]


@pytest.fixture
def series(ada, calendar):
    made = Series(ada, calendar)
    assert made.sides() == BEFORE + MIDDLE + AFTER
    return made


def renamed(lines, words):
    return [(start, title or words) for start, title in lines]


def test_one_occurrence_is_changed(series):
    series.update(4, title=f"{series.title}, own", scope="THIS")
    assert series.sides() == BEFORE + renamed(MIDDLE, ", own") + AFTER


def test_this_and_following_are_changed(series):
    series.update(4, title=f"{series.title}, second", scope="THIS_AND_FOLLOWING")
    assert series.sides() == BEFORE + renamed(MIDDLE + AFTER, ", second")


def test_this_and_following_are_moved(series):
    series.update(4, startsAt=series.at(4, 0, "15:00"), endsAt=series.at(4, 0, "16:00"), scope="THIS_AND_FOLLOWING")
    later = [("2030-04-01T13:00", ""), ("2030-04-16T10:00", ""), ("2030-04-22T13:00", ", renamed")]
    assert series.sides() == BEFORE + later


def test_this_and_following_are_deleted(series):
    series.delete(4, "THIS_AND_FOLLOWING")
    assert series.sides() == BEFORE


def test_all_are_changed(series):
    series.update(4, title=f"{series.title}, all", scope="ALL")
    assert series.sides() == renamed(BEFORE + MIDDLE + AFTER, ", all")


def test_all_are_moved(series):
    series.update(4, startsAt=series.at(4, 0, "15:00"), endsAt=series.at(4, 0, "16:00"), scope="ALL")
    assert series.sides() == [
        ("2030-03-04T14:00", ""), ("2030-03-19T11:00", ""), ("2030-03-25T14:00", ", renamed"),
        ("2030-04-01T13:00", ""), ("2030-04-16T10:00", ""), ("2030-04-22T13:00", ", renamed")]


def test_all_get_another_end(series):
    series.update(4, recurrence=["RRULE:FREQ=WEEKLY;COUNT=7"], scope="ALL")
    assert series.sides() == BEFORE + MIDDLE + AFTER[:1]


def test_all_are_deleted(series):
    series.delete(4, "ALL")
    assert series.sides() == []
