"""Accounts: the banner when one refuses us, disconnecting, and what meetings are held with."""

import re

from playwright.sync_api import expect

from composer import Composer, Details
from http_client import send_json
from world import coming_weekday, unique_title


def test_a_banner_on_every_page_leads_back_to_an_account_that_works(new_page, world):
    page, member = new_page(), world.other_member
    account = world.account_id("OAUTH", member)
    send_json("POST", f"{world.demo['emulators']['google']}/_emulator/consents/revoke", {"email": member["email"]}, {})
    result = world.ask(
        """mutation($i: CreateCalendarEventInput!) { createCalendarEvent(input: $i) { success errorCode } }""",
        {"i": {"title": "Refused", "startsAt": "2031-03-04T10:00:00Z", "endsAt": "2031-03-04T11:00:00Z",
               "connectedAccountId": account}}, member)["createCalendarEvent"]
    assert result == {"success": False, "errorCode": "RECONNECT_REQUIRED"}

    world.sign_in(page, member)
    banner = page.get_by_role("alert").filter(has_text="Google Calendar")
    expect(banner).to_contain_text(member["email"])
    page.get_by_role("link", name="People").click()
    expect(banner).to_be_visible()
    banner.get_by_role("button", name="Not now").click()
    expect(banner).to_have_count(0)
    page.reload()
    banner.get_by_role("button", name="Reconnect").click()
    expect(page.get_by_text("Your account is connected.")).to_be_visible()
    expect(banner).to_have_count(0)


def test_an_account_is_disconnected_and_connected_again(new_page, world):
    page, member = new_page(), world.member
    world.sign_in(page, member, "/settings/accounts")
    card = page.get_by_role("article", name="Zoom")
    card.get_by_role("button", name="Disconnect").press("Enter")
    dialog = page.get_by_role("alertdialog")
    expect(dialog).to_contain_text("Meetings keep their links")
    dialog.get_by_role("button", name="Keep it").click()
    expect(card).to_be_visible()
    card.get_by_role("button", name="Disconnect").click()
    dialog.get_by_role("button", name="Disconnect").click()
    expect(card).to_have_count(0)
    page.get_by_role("button", name="Connect Zoom", exact=True).click()
    expect(page.get_by_text("Your account is connected.")).to_be_visible()
    expect(card).to_have_count(1)
    # The built-in calendar belongs to everyone.
    builtin = page.get_by_role("article", name="Built-in calendar")
    expect(builtin.get_by_role("button", name="Disconnect")).to_have_count(0)


def test_providers_show_their_drivers_icons(new_page, world):
    page = new_page()
    world.sign_in(page, path="/settings/accounts")

    def expect_icon(place, key):
        icon = place.locator(f'img[src="/icons/{key}.svg"]')
        expect(icon).to_be_visible()
        page.wait_for_function("(image) => image.complete && image.naturalWidth > 0", arg=icon.element_handle())

    expect_icon(page.get_by_role("article", name="Zoom"), "zoom")
    expect_icon(page.get_by_role("article", name="Built-in calendar"), "calendar")
    offered = page.get_by_role("region", name="Connect an account")
    expect_icon(offered, "google-calendar")
    expect_icon(offered, "microsoft-calendar")
    page.get_by_role("button", name="Connect CalDAV").click()
    expect_icon(page.get_by_role("dialog"), "caldav")
    page.keyboard.press("Escape")
    page.get_by_role("link", name="Calendar", exact=True).click()
    composer = Composer.open(page)
    for name, key in (("Zoom", "zoom"), ("Jitsi Meet", "jitsi"), ("Custom link", "link")):
        expect_icon(composer.dialog.locator("label", has_text=name), key)


def test_what_is_proposed_is_chosen_and_made(new_page, world):
    page = new_page()
    world.sign_in(page, path="/settings/accounts")
    mine = page.get_by_label("Default for my meetings")
    expect(mine.locator("option", has_text="Jitsi Meet")).to_have_count(1)
    try:
        mine.select_option("ZOOM")
        expect(mine).to_be_enabled()
        page.get_by_role("link", name="Calendar", exact=True).click()
        composer = Composer.open(page)
        expect(page.get_by_role("radio", name="Zoom")).to_be_checked()
        title = unique_title("Proposed")
        composer.title.fill(title)
        composer.times(coming_weekday(days=12), "15:10", "15:50")
        composer.submit()
        details = Details(page, title)
        expect(details.dialog.get_by_role("link", name="Join")).to_have_attribute("href", re.compile("zoom"))
        expect(details.dialog.locator('img[src="/icons/zoom.svg"]')).to_be_visible()
    finally:
        world.ask("mutation { updateWorkspaceMember(input: { defaultConferenceProviderId: null }) { id } }")


def test_who_has_no_zoom_account_is_told_what_to_do(new_page, world):
    page = new_page()
    world.sign_in(page, world.other_member)
    Composer.open(page)
    expect(page.get_by_text("Connect a Zoom account in Settings first.")).to_be_visible()
    expect(page.get_by_role("radio", name="Zoom")).to_have_count(0)
