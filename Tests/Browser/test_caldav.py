"""An account on a real CalDAV server, connected and used in the browser."""

import re

from playwright.sync_api import expect

from composer import Composer, Details
from world import coming_weekday, unique_title


def connect(page, caldav, email, password=None):
    page.get_by_role("link", name="Settings").click()
    page.get_by_role("button", name="Connect CalDAV", exact=True).click()
    form = page.get_by_role("dialog", name="Connect CalDAV")
    form.get_by_label("Server address").fill(caldav.url)
    form.get_by_label("User name").fill(caldav.user)
    form.get_by_label("Password").fill(password or caldav.password)
    form.get_by_label("Your email address").fill(email)
    form.get_by_role("button", name="Connect", exact=True).click()
    return form


def test_a_meeting_arrives_at_a_caldav_server_with_its_zone(new_page, world, caldav):
    page, member = new_page(), world.other_member
    world.sign_in(page, member)
    expect(connect(page, caldav, "berta@phos.example")).to_have_count(0, timeout=30_000)
    card = page.get_by_role("article", name="berta@phos.example")
    expect(card).to_be_visible()

    title, day = unique_title("Lens review"), coming_weekday()
    page.get_by_role("link", name="Calendar", exact=True).click()
    composer = Composer.open(page)
    composer.title.fill(title)
    composer.calendar(world.account_id("CALDAV", member))
    composer.times(day, "14:00", "15:15")
    composer.time_zone("lisbon", "Europe/Lisbon")
    composer.invite("john@client.example")
    expect(composer.dialog.get_by_role("radio", name="Google Meet")).to_have_count(0)
    composer.submit()
    details = Details(page, title)
    details.expect_sent()

    found = [event for event in caldav.events() if f"SUMMARY:{title}" in event]
    assert len(found) == 1
    (event,) = found
    assert f"DTSTART;TZID=Europe/Lisbon:{day:%Y%m%d}T140000" in event
    assert f"DTEND;TZID=Europe/Lisbon:{day:%Y%m%d}T151500" in event
    assert any(line.startswith("ATTENDEE") and line.endswith(":mailto:john@client.example") for line in event)


def test_a_wrong_password_is_said_and_connects_nothing(new_page, world, caldav):
    page, member = new_page(), world.other_member
    world.sign_in(page, member)
    form = connect(page, caldav, "nobody@phos.example", password="wrong")
    expect(form.get_by_role("alert")).to_be_visible(timeout=30_000)
    expect(form).to_be_visible()
    form.get_by_role("button", name="Cancel").click()
    expect(page.get_by_role("article", name="nobody@phos.example")).to_have_count(0)


def test_a_user_name_that_is_no_address_is_asked_for_one_at_the_field(new_page, world, caldav):
    page, member = new_page(), world.other_member
    world.sign_in(page, member)
    form = connect(page, caldav, "")
    address = form.get_by_label("Your email address")
    expect(address).to_have_attribute("aria-invalid", "true")
    expect(address).to_have_accessible_description(re.compile("the user name is not one"))
    expect(address).to_be_focused()
