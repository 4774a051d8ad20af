"""The settings: features, what colleagues see, and connecting an account."""

from playwright.sync_api import expect

from composer import Composer, Details
from world import coming_weekday, unique_title


def test_an_account_is_connected_on_the_providers_page_and_stands_there_once(new_page, world):
    page, member = new_page(), world.other_member
    world.sign_in(page, member)
    page.get_by_role("link", name="Settings").click()
    page.get_by_role("button", name="Connect Google Calendar", exact=True).click()
    expect(page.get_by_text("Your account is connected.")).to_be_visible()
    # The word that said so is gone from the address, so that a reload does not say it again.
    expect(page).to_have_url(f"{world.url}/settings/accounts")
    expect(page.get_by_role("article", name=f"{member['email']}, Google Calendar")).to_have_count(1)


def test_a_sentence_in_the_address_is_not_repeated_on_the_page(new_page, world):
    page = new_page()
    world.sign_in(page, path="/settings/accounts?problem=Call%20this%20number")
    expect(page.get_by_role("alert")).to_contain_text("The account wasn’t connected.")
    expect(page.get_by_text("Call this number")).to_have_count(0)


def test_switching_creation_off_takes_new_event_away(page, world):
    expect(page.get_by_role("button", name="New Event")).to_be_visible()
    page.get_by_role("link", name="Settings").click()
    page.get_by_role("link", name="Features").click()
    switch = page.get_by_role("switch", name="Create events")
    expect(switch).to_be_checked()
    try:
        switch.click()
        expect(switch).not_to_be_checked()
        page.get_by_role("link", name="Calendar", exact=True).click()
        expect(page.get_by_text("Creating events is switched off")).to_be_visible()
        expect(page.get_by_role("button", name="New Event")).to_have_count(0)
        page.reload()
        expect(page.get_by_text("Creating events is switched off")).to_be_visible()
    finally:
        world.ask("""mutation { setFeatureFlag(key: IS_CALENDAR_EVENT_CREATE_ENABLED, enabled: true) { enabled } }""")
    page.reload()
    expect(page.get_by_role("button", name="New Event")).to_be_visible()


def test_what_is_not_shared_shows_a_lock_and_its_hours_only(new_page, world):
    owner, colleague = new_page(), new_page()
    world.sign_in(owner)
    owner.get_by_role("link", name="Settings").click()
    account = owner.get_by_role("article", name="Built-in calendar")
    account.get_by_label("Colleagues see").select_option("METADATA")
    expect(owner.get_by_text("Saved.")).to_be_visible()
    try:
        title, day = unique_title("Salary talk"), coming_weekday(days=15)
        owner.get_by_role("link", name="Calendar", exact=True).click()
        composer = Composer.open(owner)
        composer.title.fill(title)
        composer.calendar(world.account_id("BUILT_IN"))
        composer.times(day, "16:10", "16:50")
        composer.field("Location").fill("Behind closed doors")
        composer.submit()
        event = Details(owner, title).event_id
        world.sign_in(colleague, world.other_member, path=f"/calendar/{event}")
        details = Details(colleague, "Not shared")
        expect(details.dialog.get_by_text("The owner shares only the times")).to_be_visible()
        expect(details.dialog.get_by_text("4:10 PM")).to_be_visible()
        assert title not in colleague.content() and "closed doors" not in colleague.content()
    finally:
        owner.goto(f"{world.url}/settings/accounts")
        account.get_by_label("Colleagues see").select_option("SHARE_EVERYTHING")
        expect(owner.get_by_text("Saved.")).to_be_visible()
