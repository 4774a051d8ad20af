"""The quick action on a person's page."""

import re

from playwright.sync_api import expect

from composer import Composer, Details
from world import coming_weekday, unique_title


def find_person(world):
    answer = world.ask("{ people(first: 50) { edges { node { id firstName lastName emails } } } }")
    person = next(e["node"] for e in answer["people"]["edges"] if e["node"]["emails"] and e["node"]["firstName"])
    return person, f"{person['firstName']} {person['lastName'] or ''}".strip()


def test_a_meeting_made_on_a_persons_page_invites_them_and_stands_on_their_timeline(page, world):
    person, name = find_person(world)
    title = unique_title("Catching up")
    page.get_by_role("link", name="People").click()
    page.get_by_role("searchbox").fill(name)
    page.get_by_role("link", name=name).first.click()
    expect(page.get_by_role("heading", name=name, level=1)).to_be_visible()

    composer = Composer.open(page)
    expect(composer.dialog.get_by_role("button", name=f"Remove {person['emails'][0]}")).to_be_visible()
    expect(composer.dialog.get_by_role("button", name=f"Unlink {name}")).to_be_visible()
    composer.title.fill(title)
    composer.times(coming_weekday())
    composer.submit()
    details = Details(page, title)
    expect(details.dialog.get_by_text(person["emails"][0])).to_be_visible()
    details.close()
    timeline = page.get_by_role("region", name="Events")
    expect(timeline.get_by_role("link", name=title)).to_have_count(1)

    answer = world.ask("""query ($id: ID!) {
        getTimelineCalendarEventsFromPersonId(personId: $id, page: 1, pageSize: 50) {
          timelineCalendarEvents { title linkedPeople { id } } } }""", {"id": person["id"]})
    events = answer["getTimelineCalendarEventsFromPersonId"]["timelineCalendarEvents"]
    assert [e["linkedPeople"] for e in events if e["title"] == title] == [[{"id": person["id"]}]]


def test_a_person_without_an_address_cannot_be_invited_and_the_page_says_why(page, world):
    first_name = unique_title("Nora")
    page.get_by_role("link", name="People").click()
    page.get_by_role("button", name="Add person").click()
    form = page.get_by_role("dialog", name="Add person")
    form.get_by_label("First name").fill(first_name)
    form.get_by_role("button", name="Save").click()
    expect(page.get_by_role("heading", name=first_name, level=1)).to_be_visible()
    button = page.get_by_role("button", name="New Event")
    expect(button).to_be_disabled()
    expect(button).to_have_accessible_description("Add an email to this person first")


def test_two_spellings_of_a_domain_are_one_guest(page, world):
    composer = Composer.open(page)
    composer.invite("info@bücher.example")
    box = composer.dialog.get_by_role("combobox", name="Attendees")
    box.fill("info@xn--bcher-kva.example")
    box.press("Enter")
    expect(box).to_have_value("")
    chip = composer.dialog.get_by_role("button", name=re.compile("^Remove info@"))
    expect(chip).to_have_count(1)
    expect(chip).to_have_accessible_name("Remove info@bücher.example")


def test_suggestions_complete_a_name_to_an_address(page, world):
    person, name = find_person(world)
    composer = Composer.open(page)
    box = composer.dialog.get_by_role("combobox", name="Attendees")
    box.press_sequentially(name)
    composer.dialog.get_by_role("option", name=person["emails"][0]).click()
    expect(composer.dialog.get_by_role("button", name=f"Remove {person['emails'][0]}")).to_be_visible()
    expect(box).to_have_value("")
