"""One event however often one presses, none when something is wrong."""

import datetime
import re

from playwright.sync_api import expect

from composer import Composer, Details
from http_client import send
from world import coming_weekday, unique_title


def is_create(request):
    return "/graphql" in request.url and "createCalendarEvent(" in (request.post_data or "")


def test_a_double_click_makes_one_event(page, world, google):
    title = unique_title("Pressed twice")
    composer = Composer.open(page)
    composer.title.fill(title)
    composer.calendar(world.google_account["id"])
    composer.times(coming_weekday())
    composer.create_button.dblclick()
    Details(page, title).expect_sent()
    assert len(google.events_titled(title)) == 1
    assert len(world.events_titled(title)) == 1


def test_an_answer_that_is_lost_keeps_the_form_and_trying_again_makes_no_second_event(page, world, google):
    title = unique_title("Lost answer")
    keys = []

    def lose_the_first_answer(route):
        if not is_create(route.request):
            return route.continue_()
        keys.append(route.request.post_data_json["variables"]["input"]["idempotencyKey"])
        if len(keys) > 1:
            return route.continue_()
        route.fetch()  # The server does the work …
        route.abort()  # … and the browser never hears of it.

    page.route("**/graphql", lose_the_first_answer)
    composer = Composer.open(page)
    composer.title.fill(title)
    composer.calendar(world.google_account["id"])
    composer.times(coming_weekday())
    composer.submit()
    expect(composer.dialog.get_by_role("alert")).to_contain_text("Can’t reach")
    expect(composer.title).to_have_value(title)
    composer.submit()
    Details(page, title).expect_sent()
    assert len(keys) == 2 and keys[0] == keys[1]
    assert len(google.events_titled(title)) == 1
    assert len(world.events_titled(title)) == 1


def test_an_expired_session_keeps_the_form_and_shows_it_to_nobody_else(new_page, world):
    page = new_page()

    def send_without_the_session(route):
        """So that it ends for the form, and for none of the requests that the page makes of its own accord."""
        if not is_create(route.request):
            return route.continue_()
        headers = {name: route.request.headers[name] for name in ("content-type", "x-phos-client")}
        status, text = send("POST", route.request.url, route.request.post_data.encode(), headers)
        route.fulfill(status=status, content_type="application/json", body=text)

    page.route("**/graphql", send_without_the_session)
    world.type_password(page, world.member)
    title = unique_title("Half done")
    composer = Composer.open(page)
    composer.title.fill(title)
    composer.times(coming_weekday())
    composer.submit()
    expect(page.get_by_role("button", name="Sign in")).to_be_visible()
    world.fill_in_password(page, world.member)
    expect(composer.title).to_have_value(title)

    composer.submit()
    world.fill_in_password(page, world.other_member)
    expect(page.get_by_role("button", name="New Event")).to_be_visible()
    expect(composer.dialog).to_have_count(0)
    assert world.events_titled(title) == []


def test_each_mistake_is_named_at_its_field_and_nothing_is_created(page, world, google):
    title, day = unique_title("Wrong"), coming_weekday()
    composer = Composer.open(page)
    composer.calendar(world.google_account["id"])
    composer.times(day, "10:00", "09:00")
    composer.invite("nonsense")
    composer.conference("Custom Link")
    composer.field("Meeting link").fill("http://video.example/1")
    composer.submit()
    composer.expect_error(composer.title, "title")
    composer.expect_error(composer.field("End time"), "after the start")
    composer.expect_error(composer.dialog.get_by_role("combobox", name="Attendees"), "nonsense.*@ is missing")
    composer.expect_error(composer.field("Meeting link"), "https://")

    # Mended one by one, the last mistake still keeps it from being created.
    composer.title.fill(title)
    composer.dialog.get_by_role("button", name="Remove nonsense").click()
    composer.field("Meeting link").fill("https://video.example/1")
    composer.submit()
    expect(composer.title).not_to_have_attribute("aria-invalid", "true")
    composer.expect_error(composer.field("End time"), "after the start")
    assert world.events_titled(title) == []
    assert google.events_titled(title) == []


def test_what_only_the_server_can_refuse_is_said_at_the_field_too(page, world, google):
    title = unique_title("Too long") + "x" * 5000
    composer = Composer.open(page)
    composer.calendar(world.google_account["id"])
    composer.title.fill(title)
    composer.times(coming_weekday())
    composer.submit()
    composer.expect_error(composer.title, r"\w")
    expect(composer.dialog).to_be_visible()
    assert world.events_titled(title) == []
    assert google.events_titled(title) == []


def test_a_time_that_does_not_exist_is_pointed_out(page):
    composer = Composer.open(page)
    composer.time_zone("berlin", "Europe/Berlin")
    # The last Sunday of next March: Berlin's clocks skip from 02:00 to 03:00.
    year = datetime.date.today().year + 1
    day = datetime.date(year, 3, 31)
    while day.weekday() != 6:
        day -= datetime.timedelta(days=1)
    composer.times(day, "02:30", "04:00")
    expect(composer.dialog.get_by_text(re.compile("02:30 doesn’t exist"))).to_be_visible()


def test_a_sign_in_that_the_next_request_does_not_know_is_not_just_an_empty_form_again(new_page, world):
    page = new_page()
    page.route("**/graphql", lambda route: route.fulfill(status=200, content_type="application/json", body=(
        '{"errors":[{"message":"Sign in first.","extensions":{"code":"UNAUTHENTICATED"}}]}')))
    page.goto(world.url)
    world.fill_in_password(page, world.member)
    expect(page.get_by_role("alert")).to_contain_text("check PHOS_PUBLIC_URL")
    expect(page.get_by_label("Email")).to_have_value(world.member["email"])
