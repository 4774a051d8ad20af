"""A delivery that was given up is listed with its reason, and can be tried again or taken off the list."""

import re

from playwright.sync_api import expect

from composer import Composer, Details
from world import coming_weekday, unique_title


def give_up(page, world, google, title):
    """Makes a meeting that is accepted while the provider is down, and refused for good afterwards.

    The provider goes on refusing: the retry may come on top of one in the background, and would deliver it otherwise.
    """
    google.break_inserts("status", status=503, reason="backendError")
    composer = Composer.open(page)
    composer.title.fill(title)
    composer.calendar(world.google_account["id"])
    composer.times(coming_weekday())
    composer.submit()
    details = Details(page, title)
    expect(details.dialog.get_by_role("button", name="Retry now")).to_be_visible(timeout=20_000)
    google.mend()
    google.break_inserts("status", status=400, reason="invalid")
    details.dialog.get_by_role("button", name="Retry now").click()
    expect(details.dialog.get_by_text(re.compile("The calendar rejected the meeting"))).to_be_visible(timeout=60_000)


def test_a_failed_delivery_is_listed_and_arrives_when_it_is_tried_again(page, world, google):
    title = unique_title("Given up")
    give_up(page, world, google, title)
    page.goto(f"{world.url}/settings/failures")
    failed = page.get_by_role("article", name=title)
    expect(failed).to_contain_text("The calendar rejected the meeting")
    google.mend()
    failed.get_by_role("button", name="Try again").click()
    expect(failed).to_have_count(0)
    assert len(google.events_titled(title)) == 1


def test_a_failed_delivery_can_be_taken_off_the_list(page, world, google):
    title = unique_title("Never mind")
    give_up(page, world, google, title)
    page.goto(f"{world.url}/settings/failures")
    failed = page.get_by_role("article", name=title)
    failed.get_by_role("button", name="Discard").click()
    page.get_by_role("button", name="Keep").click()
    expect(failed).to_be_visible()
    failed.get_by_role("button", name="Discard").click()
    page.get_by_role("button", name="Take off").click()
    expect(failed).to_have_count(0)
    # The meeting stays, and says what became of it.
    (event,) = world.events_titled(title)
    assert event["pushStatus"] == "FAILED" and google.events_titled(title) == []
