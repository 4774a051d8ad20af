"""The week scrolls inside its frame: it opens at working hours, and the days stay in sight."""

import pytest
from playwright.sync_api import expect

from test_drag import early_weekday
from test_edit import make
from week import HOUR, Week
from world import unique_title

SIZES = [(1440, 900), (1024, 768), (390, 844)]


def open_week(new_page, world, size):
    page = new_page(viewport={"width": size[0], "height": size[1]})
    # The time of day decides where the week opens.
    page.clock.set_fixed_time("2026-12-02T10:00:00+01:00")
    world.sign_in(page)
    page.get_by_role("button", name="Week", exact=True).click()
    page.get_by_text("Loading").first.wait_for(state="hidden")
    frame = page.get_by_role("region", name="Week")
    expect(frame).to_be_visible()
    return page, frame


def top(locator):
    return locator.bounding_box()["y"]


@pytest.mark.parametrize("size", SIZES, ids=str)
def test_the_week_opens_at_working_hours_and_its_heads_stay(new_page, world, size):
    page, frame = open_week(new_page, world, size)
    assert frame.evaluate("frame => frame.scrollTop") == 7.5 * HOUR
    assert page.evaluate("document.documentElement.scrollHeight <= innerHeight")
    head, lane = page.locator(".week-head").nth(1), page.locator(".week-above").nth(1)
    before = top(head), top(lane)
    frame.evaluate("frame => frame.scrollTop = frame.scrollHeight")
    assert frame.evaluate("frame => frame.scrollTop") > 7.5 * HOUR
    assert (top(head), top(lane)) == before


def test_on_a_phone_today_stands_beside_the_hours(new_page, world):
    page, _ = open_week(new_page, world, (390, 844))
    hours, today = page.locator(".week-hours").bounding_box(), page.locator(".week-day.is-today").bounding_box()
    assert today["x"] == pytest.approx(hours["x"] + hours["width"], abs=1)


@pytest.mark.parametrize("size", [(1440, 900), (390, 844)], ids=str)
def test_an_event_that_is_held_at_the_lower_edge_scrolls_to_later_hours(new_page, world, google, size):
    title = unique_title("To the evening")
    page = new_page(viewport={"width": size[0], "height": size[1]})
    world.sign_in(page)
    make(page, world, title, early_weekday()).close()
    page.get_by_role("button", name="Week", exact=True).click()
    week, frame = Week(page), page.get_by_role("region", name="Week")
    event = week.event(title)
    before = frame.evaluate("frame => frame.scrollTop")
    x, _ = week.grab(event)
    box = frame.bounding_box()
    page.mouse.move(x, box["y"] + box["height"] - 4, steps=4)
    page.wait_for_function("""before => document.querySelector('.week').scrollTop > before + 100""", arg=before)
    page.keyboard.press("Escape")
    page.mouse.up()
