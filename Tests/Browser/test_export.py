"""What the calendar shows, as a file for other programs."""

import icalendar
from playwright.sync_api import expect

from agenda import show_month
from composer import Composer, Details
from world import coming_weekday, unique_title


def test_the_month_that_is_shown_can_be_taken_along(page, tmp_path):
    title, day = unique_title("Taken along"), coming_weekday()
    composer = Composer.open(page)
    composer.title.fill(title)
    composer.times(day, "10:00", "11:00")
    composer.submit()
    Details(page, title).close()
    show_month(page, day)
    expect(page.get_by_text(title)).to_be_visible()
    with page.expect_download() as download:
        page.get_by_role("link", name="Export .ics").click()
    assert download.value.suggested_filename == "calendar.ics"
    path = tmp_path / "calendar.ics"
    download.value.save_as(path)
    calendar = icalendar.Calendar.from_ical(path.read_bytes())
    (event,) = [e for e in calendar.walk("VEVENT") if str(e["SUMMARY"]) == title]
    assert event["DTSTART"].dt.strftime("%H:%M") == "10:00" and "METHOD" not in calendar
