"""A provider that is down is not us down."""

import re

import pytest
from playwright.sync_api import expect

from composer import Composer, Details
from world import coming_weekday, unique_title


@pytest.mark.parametrize("fault", [
    {"mode": "status", "status": 503, "reason": "backendError"}, {"mode": "refuse"}, {"mode": "hang"},
], ids=["answers 503", "refuses", "hangs"])
def test_a_meeting_waits_while_the_provider_is_down_and_arrives_by_itself(page, world, google, fault):
    google.break_inserts(**fault)
    title = unique_title("In bad weather")
    composer = Composer.open(page)
    composer.title.fill(title)
    composer.calendar(world.google_account["id"])
    composer.times(coming_weekday())
    composer.submit()

    details = Details(page, title)
    waiting = details.dialog.get_by_text(re.compile(r"Waiting for .+ — \w+"))
    expect(waiting).to_be_visible(timeout=20_000)
    expect(details.dialog.get_by_role("button", name="Retry now")).to_be_visible()
    assert google.events_titled(title) == []
    (event,) = world.events_titled(title)
    assert event["pushStatus"] == "PENDING" and event["pushError"]
    # The server's sentence stands alone: it knows whether the event goes out by itself.
    assert waiting.inner_text().endswith(event["pushError"])

    google.mend()
    details.expect_sent(timeout=120_000)
    assert len(google.events_titled(title)) == 1


def test_retry_now_does_not_wait_for_the_next_turn(page, world, google):
    google.break_inserts("status", status=503, reason="backendError")
    title = unique_title("Impatient")
    composer = Composer.open(page)
    composer.title.fill(title)
    composer.calendar(world.google_account["id"])
    composer.times(coming_weekday())
    composer.submit()
    details = Details(page, title)
    expect(details.dialog.get_by_role("button", name="Retry now")).to_be_visible()
    google.mend()
    details.retry_now()
    details.expect_sent()
    assert len(google.events_titled(title)) == 1


def test_only_who_made_the_meeting_can_retry_it(new_page, world, google):
    google.break_inserts("status", status=503, reason="backendError")
    owner, colleague = new_page(), new_page()
    world.sign_in(owner)
    title = unique_title("Hands off")
    composer = Composer.open(owner)
    composer.title.fill(title)
    composer.calendar(world.google_account["id"])
    composer.times(coming_weekday())
    composer.submit()
    details = Details(owner, title)
    expect(details.dialog.get_by_role("button", name="Retry now")).to_be_visible()
    world.sign_in(colleague, world.other_member, path=f"/calendar/{details.event_id}")
    seen = Details(colleague, title).dialog
    expect(seen.get_by_text("Waiting for")).to_be_visible()
    expect(seen.get_by_role("button", name="Retry now")).to_have_count(0)
    google.mend()
    details.expect_sent(timeout=120_000)
