"""Deleting an event, and taking that back."""

import re

from playwright.sync_api import expect

from composer import Details
from test_edit import make
from world import coming_weekday, unique_title, until


def delete(page):
    page.get_by_role("dialog").get_by_role("button", name="Delete", exact=True).click()


def test_a_deletion_that_is_taken_back_never_reaches_the_calendar(page, world, google):
    title = unique_title("Second thoughts")
    details = make(page, world, title, coming_weekday())
    (before,) = google.events_titled(title)
    delete(page)
    expect(details.dialog).to_have_count(0)
    undo = page.get_by_role("button", name="Undo", exact=True)
    expect(undo).to_be_visible()
    assert world.events_titled(title) == []
    undo.click()
    expect(page.get_by_text("The meeting was restored.")).to_be_visible()
    (event,) = world.events_titled(title)
    assert event["id"] == details.event_id
    (after,) = google.events_titled(title)
    assert after["etag"] == before["etag"]


def test_a_deletion_takes_the_event_off_the_calendar_when_it_can_no_longer_be_taken_back(page, world, google):
    title = unique_title("Good bye")
    make(page, world, title, coming_weekday(), "ann@client.example")
    page.keyboard.press("Delete")
    question = page.get_by_role("alertdialog", name="Delete this meeting?")
    expect(question).to_contain_text("1 guest will be told.")
    question.get_by_role("button", name="Delete").click()
    expect(page.get_by_role("button", name="Undo", exact=True)).to_be_visible()
    expect(page.locator("[data-event-id]").filter(has_text=title)).to_have_count(0)
    assert len(google.events_titled(title)) == 1
    expect(page.get_by_role("button", name="Undo", exact=True)).to_have_count(0, timeout=12_000)
    until(lambda: google.events_titled(title) == [])
    assert world.events_titled(title) == []


def test_a_deletion_that_is_refused_brings_the_event_back_and_says_why(page, world, google):
    title = unique_title("Still here")
    details = make(page, world, title, coming_weekday())
    page.route("**/graphql", lambda route: route.fulfill(json={"data": {"deleteCalendarEvent": {
        "success": False, "error": "This meeting is locked.", "errorCode": "FORBIDDEN", "errorField": None,
        "undoUntil": None}}}) if "deleteCalendarEvent(" in (route.request.post_data or "") else route.fallback())
    delete(page)
    expect(page.get_by_text("This meeting is locked.")).to_be_visible()
    page.goto(f"{world.url}/calendar/{details.event_id}")
    expect(Details(page, title).dialog.get_by_text(re.compile("Waiting"))).to_have_count(0)
