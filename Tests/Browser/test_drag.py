"""Moving events in the week, with the mouse and with the keyboard."""

import datetime
import itertools

from playwright.sync_api import expect

from composer import Details
from test_edit import BERLIN, make, start_of
from week import Week
from world import coming_weekday, unique_title, until


own_weeks = itertools.count(2)


def early_weekday():
    """A Tuesday of a week that no other caller gets, with room on both sides, wherever the week begins.

    Events that other tests leave at the same hour would make this one too narrow to take hold of.
    """
    day = coming_weekday(days=7 * next(own_weeks))
    return day + datetime.timedelta(days=(1 - day.weekday()) % 7)


def at(day, hour, minute=0):
    return datetime.datetime(day.year, day.month, day.day, hour, minute, tzinfo=BERLIN)


def test_an_event_is_dragged_to_another_day_and_hour(page, world, google):
    title, day = unique_title("Drag me"), early_weekday()
    make(page, world, title, day).close()
    (event,) = google.events_titled(title)
    week = Week(page)
    week.drag(week.event(title), days=1, hours=2)
    expect(week.event(title)).to_contain_text("12:00 – 1:00 PM")
    next_day = day + datetime.timedelta(days=1)
    until(lambda: start_of(google.read(event)) == at(next_day, 12))

    week.drag(week.event(title), hours=0.5, from_edge=True)
    expect(week.event(title)).to_contain_text("12:00 – 1:30 PM")
    until(lambda: google.read(event)["end"]["dateTime"].startswith(f"{next_day}T13:30"))
    # Letting go was no click, neither on the event nor on the free time below it.
    expect(page.get_by_role("dialog")).to_have_count(0)


def test_escape_leaves_an_event_where_it_was_and_a_click_opens_it(page, world, google):
    title, day = unique_title("Stay"), early_weekday()
    make(page, world, title, day).close()
    week = Week(page)
    event = week.event(title)
    week.drag(event, hours=3, drop=False)
    expect(page.locator(".week-ghost")).to_contain_text("1:00 – 2:00 PM")
    page.keyboard.press("Escape")
    expect(page.locator(".week-ghost")).to_have_count(0)
    page.mouse.up()
    expect(event).to_contain_text("10:00 – 11:00 AM")
    expect(page.get_by_role("dialog")).to_have_count(0)
    event.click()
    Details(page, title)
    (unchanged,) = google.events_titled(title)
    assert start_of(unchanged) == at(day, 10)


def test_the_arrow_keys_move_and_stretch_an_event(page, world, google):
    title, day = unique_title("By keys"), early_weekday()
    make(page, world, title, day).close()
    (event,) = google.events_titled(title)
    week = Week(page)
    week.event(title).focus()
    page.keyboard.down("Alt")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    expect(page.get_by_role("status").filter(has_text="10:30")).to_have_count(1)
    page.keyboard.up("Alt")
    next_day = day + datetime.timedelta(days=1)
    until(lambda: start_of(google.read(event)) == at(next_day, 10, 30))
    expect(week.event(title)).to_be_focused()
    page.keyboard.press("Alt+Shift+ArrowDown")
    until(lambda: google.read(event)["end"]["dateTime"].startswith(f"{next_day}T11:45"))


def test_a_colleagues_event_does_not_move(new_page, world, google):
    owner, colleague = new_page(), new_page()
    world.sign_in(owner)
    title = unique_title("Fixed")
    make(owner, world, title, early_weekday())
    world.sign_in(colleague, world.other_member)
    week = Week(colleague)
    event = week.event(title)
    assert "Only the person who created this meeting" in event.get_attribute("title")
    week.drag(event, days=1, drop=False)
    expect(colleague.locator(".week-ghost")).to_have_count(0)
    colleague.mouse.up()
