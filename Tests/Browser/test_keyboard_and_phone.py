"""Working without a mouse, on a phone, and signing in and out."""

import re

from playwright.sync_api import expect

from composer import Composer, Details
from world import coming_weekday, unique_title


def tab_to(page, locator, limit=60):
    for _ in range(limit):
        if locator.evaluate("element => element === document.activeElement"):
            return
        page.keyboard.press("Tab")
    raise AssertionError("the keyboard does not get there")


def test_the_whole_way_with_the_keyboard_only(page, world, google):
    title = unique_title("Hands on keys")
    button = page.get_by_role("button", name="New Event")
    expect(button).to_be_visible()

    # Nothing typed: Escape closes at once, and the focus is back where it was.
    tab_to(page, button)
    page.keyboard.press("Enter")
    composer = Composer(page)
    expect(composer.title).to_be_focused()
    page.keyboard.press("Escape")
    expect(composer.dialog).to_have_count(0)
    expect(button).to_be_focused()

    page.keyboard.press("Enter")
    page.keyboard.type(title)
    attendees = composer.dialog.get_by_role("combobox", name="Attendees")
    tab_to(page, attendees)
    page.keyboard.type("ann@client.example, bob@client.example,wrong@client.example,")
    page.keyboard.press("Backspace")
    expect(composer.dialog.get_by_role("button", name="Remove wrong@client.example")).to_have_count(0)

    # The focus never leaves the dialog.
    for _ in range(40):
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.closest('[role=dialog]') !== null")

    # Something typed: Escape asks, and staying loses nothing.
    page.keyboard.press("Escape")
    question = page.get_by_role("alertdialog", name="Discard this event?")
    expect(question.get_by_role("button", name="Keep editing")).to_be_focused()
    page.keyboard.press("Enter")
    expect(question).to_have_count(0)
    expect(composer.title).to_have_value(title)

    page.keyboard.press("Control+Enter")
    details = Details(page, title)
    details.expect_sent()
    (event,) = google.events_titled(title)
    guests = {a["email"] for a in event["attendees"] if not a.get("self") and not a.get("organizer")}
    assert guests == {"ann@client.example", "bob@client.example"}
    page.keyboard.press("Escape")
    expect(details.dialog).to_have_count(0)
    expect(button).to_be_focused()



def test_a_few_letters_and_enter_invite_the_person_they_stand_for(page):
    composer = Composer.open(page)
    box = composer.dialog.get_by_role("combobox", name="Attendees")
    box.fill("grac")
    expect(composer.dialog.get_by_role("option", name="Grace Oduya")).to_be_visible()
    box.press("Enter")
    expect(composer.dialog.get_by_role("button", name="Remove grace@northwind.example")).to_be_visible()
    expect(box).to_have_value("")


def test_it_works_on_a_phone(new_page, world):
    page = new_page(viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True)
    world.sign_in(page)
    title = unique_title("On the road")
    composer = Composer.open(page)
    composer.title.fill(title)
    composer.times(coming_weekday())
    composer.submit()
    Details(page, title)
    # Nothing sticks out at the side.
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


def test_a_wrong_password_signs_nobody_in(new_page, world):
    page = new_page()
    page.goto(world.url)
    page.get_by_label("Email").fill(world.member["email"])
    page.get_by_label("Password").fill("not the password")
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("alert")).to_contain_text(re.compile(r"\w+"))
    expect(page.get_by_role("navigation", name="Main")).to_have_count(0)


def test_signing_out_ends_the_session(new_page, world):
    page = new_page()
    world.type_password(page, world.member)
    page.get_by_role("button", name="Sign out").click()
    expect(page.get_by_role("button", name="Sign in")).to_be_visible()
    page.goto(f"{world.url}/people")
    expect(page.get_by_role("button", name="Sign in")).to_be_visible()
