"""From "New Event" to the provider's own calendar."""

import datetime
import re
from zoneinfo import ZoneInfo

from playwright.sync_api import expect

from agenda import show_month
from composer import Composer, Details
from world import coming_weekday, unique_title


def instant(google_time):
    """Google's dateTime may bear an offset, or mean its timeZone."""
    moment = datetime.datetime.fromisoformat(google_time["dateTime"].replace("Z", "+00:00"))
    return moment if moment.tzinfo else moment.replace(tzinfo=ZoneInfo(google_time["timeZone"]))


def test_a_meeting_with_a_video_link_arrives_in_the_calendar(page, world, google):
    google.conferences("success", 2500)
    title, day = unique_title("Project kickoff"), coming_weekday()
    composer = Composer.open(page)
    composer.title.fill(title)
    composer.calendar(world.google_account["id"])
    composer.times(day, "10:00", "11:30")
    composer.time_zone("new york", "America/New York")
    composer.invite("john@client.example", "sarah@company.example")
    composer.conference("Google Meet")
    composer.field("Location").fill("Conference Room A")
    composer.field("Description").fill("Discuss the timeline.\nBring the <plan>.")
    composer.submit()

    details = Details(page, title)
    expect(details.dialog.get_by_text("Creating the Google Meet link…")).to_be_visible()
    link = details.dialog.get_by_role("link", name="Join Google Meet")
    expect(link).to_be_visible()
    expect(link).to_have_attribute("href", re.compile(r"^https://meet\.google\.com/"))
    expect(details.dialog.get_by_text("Creating the Google Meet link…")).to_have_count(0)
    details.expect_sent()

    events = google.events_titled(title)
    assert len(events) == 1
    event = events[0]
    assert event["start"]["timeZone"] == event["end"]["timeZone"] == "America/New_York"
    new_york = ZoneInfo("America/New_York")
    assert instant(event["start"]) == datetime.datetime(day.year, day.month, day.day, 10, 0, tzinfo=new_york)
    assert instant(event["end"]) == datetime.datetime(day.year, day.month, day.day, 11, 30, tzinfo=new_york)
    guests = {a["email"] for a in event["attendees"] if not a.get("self") and not a.get("organizer")}
    assert guests == {"john@client.example", "sarah@company.example"}
    assert event["location"] == "Conference Room A"
    # Google shows descriptions as HTML; what was typed stays text there.
    assert event["description"] == "Discuss the timeline.\nBring the &lt;plan&gt;."
    expect(details.dialog.get_by_text("Bring the <plan>.")).to_be_visible()
    assert event["hangoutLink"] == link.get_attribute("href")

    details.close()
    show_month(page, day)
    expect(page.get_by_role("link", name=title)).to_be_visible()


def test_a_video_link_that_fails_is_said_and_the_meeting_stands(page, world, google):
    google.conferences("failure", 0)
    title = unique_title("No link today")
    composer = Composer.open(page)
    composer.title.fill(title)
    composer.calendar(world.google_account["id"])
    composer.times(coming_weekday())
    composer.conference("Google Meet")
    composer.submit()
    details = Details(page, title)
    expect(details.dialog.get_by_text("The Google Meet link couldn’t be created.")).to_be_visible(timeout=30_000)
    expect(details.dialog.get_by_text("enter a meeting link of your own")).to_be_visible()
    assert len(google.events_titled(title)) == 1


def test_whole_days_arrive_as_dates_with_the_end_after_the_last_day(page, world, google):
    title, first = unique_title("Trade fair"), coming_weekday()
    last = first + datetime.timedelta(days=2)
    composer = Composer.open(page)
    composer.title.fill(title)
    composer.calendar(world.google_account["id"])
    composer.field("All day").check()
    composer.times(first, start=None, last_day=last)
    composer.submit()
    details = Details(page, title)
    details.expect_sent()
    (event,) = google.events_titled(title)
    assert event["start"] == {"date": first.isoformat()}
    assert event["end"] == {"date": (last + datetime.timedelta(days=1)).isoformat()}


def test_the_built_in_calendar_needs_no_provider(new_page, world):
    member = world.other_member
    page = new_page()
    world.sign_in(page, member)
    title = unique_title("First meeting")
    composer = Composer.open(page)
    composer.title.fill(title)
    composer.calendar(world.account_id("BUILT_IN", member))
    composer.times(coming_weekday())
    composer.invite("guest@client.example")
    expect(composer.dialog.get_by_role("radio", name="None")).to_be_checked()
    expect(composer.dialog.get_by_role("radio", name="Google Meet")).to_have_count(0)
    composer.submit()
    details = Details(page, title)
    details.expect_sent()
    expect(details.dialog.get_by_text("guest@client.example")).to_be_visible()
    (event,) = world.events_titled(title, member)
    assert event["pushStatus"] == "SYNCED"


def test_a_link_of_ones_own_is_shown_with_the_meeting(page, world):
    title = unique_title("Own room")
    composer = Composer.open(page)
    composer.title.fill(title)
    composer.calendar(world.account_id("BUILT_IN"))
    composer.times(coming_weekday())
    composer.conference("Custom Link")
    composer.field("Meeting link").fill("https://video.example/room/42")
    composer.submit()
    details = Details(page, title)
    expect(details.dialog.locator('a[href="https://video.example/room/42"]')).to_be_visible()
