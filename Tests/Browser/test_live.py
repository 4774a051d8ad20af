"""What others do and what providers answer appears by itself, also after the server was away."""

import concurrent.futures
import json
import re

from playwright.sync_api import expect

from agenda import show_month
from composer import Composer, Details
from world import World, coming_weekday, unique_title

MOMENT = 5_000


def go_live(page, world, member=None):
    """The calendar of a member, with the connection on which changes arrive."""
    world.sign_in(page, member)
    with page.expect_response(lambda response: "/graphql/stream" in response.url) as opened:
        page.goto(world.url)
    assert opened.value.status == 200
    assert opened.value.headers["content-type"].startswith("text/event-stream")
    # Whatever shows from now on shows without loading the page.
    page.evaluate("window.isThePageOfBefore = true")


def make_meeting(world, title, day, member):
    """In the member's built-in calendar, through the API."""
    answer = world.ask("""mutation ($input: CreateCalendarEventInput!) {
                            createCalendarEvent(input: $input) { success error } }""",
                       {"input": {"title": title, "startsAt": f"{day}T10:00:00Z", "endsAt": f"{day}T11:00:00Z",
                                  "connectedAccountId": world.account_id("BUILT_IN", member)}}, member)
    assert answer["createCalendarEvent"] == {"success": True, "error": None}


class Asked:
    """The operations that a page sends to the API, by name."""

    def __init__(self, page):
        self.operations = []
        page.on("request", self._note)

    def _note(self, request):
        if request.method == "POST" and request.url.endswith("/graphql"):
            query = json.loads(request.post_data)["query"]
            self.operations.append(re.match(r"\w+ (\w+)", query)[1])


def test_a_colleagues_meeting_appears_and_its_state_follows(new_page, world, google):
    watcher, maker, day = new_page(), new_page(), coming_weekday()
    go_live(watcher, world, world.other_member)
    show_month(watcher, day)
    world.sign_in(maker)
    google.break_inserts("status", status=503, reason="backendError")
    title = unique_title("Seen at once")
    composer = Composer.open(maker)
    composer.title.fill(title)
    composer.calendar(world.google_account["id"])
    composer.times(day)
    composer.submit()
    details = Details(maker, title)

    row = watcher.get_by_role("link", name=title)
    expect(row).to_be_visible(timeout=MOMENT)
    expect(row.get_by_text("Waiting")).to_be_visible()
    expect(details.dialog.get_by_role("button", name="Retry now")).to_be_visible()
    google.mend()
    details.retry_now()
    details.expect_sent()
    expect(row.get_by_text("Waiting")).to_have_count(0, timeout=MOMENT)
    assert watcher.evaluate("window.isThePageOfBefore") is True


def test_a_video_link_settles_in_open_details_without_asking_again(page, world, google):
    google.conferences("success", 4000)
    go_live(page, world)
    title = unique_title("Link to come")
    composer = Composer.open(page)
    composer.title.fill(title)
    composer.calendar(world.google_account["id"])
    composer.times(coming_weekday())
    composer.conference("Google Meet")
    composer.submit()
    details = Details(page, title)
    expect(details.dialog.get_by_text("Creating the Google Meet link…")).to_be_visible()
    asked = Asked(page)
    expect(details.dialog.get_by_role("link", name="Join Google Meet")).to_be_visible(timeout=30_000)
    details.expect_sent()
    # The name of the conference may still be on its way when its link already is.
    assert set(asked.operations) <= {"ConferenceProviders"}


def test_what_arrives_leaves_an_open_form_alone(page, world):
    day = coming_weekday()
    go_live(page, world)
    show_month(page, day)
    composer = Composer.open(page)
    composer.title.fill("Half typed")
    title = unique_title("Behind the form")
    make_meeting(world, title, day, world.other_member)
    expect(page.locator("[data-event-id]").filter(has_text=title)).to_be_visible(timeout=MOMENT)
    expect(composer.title).to_have_value("Half typed")
    expect(composer.title).to_be_focused()


def test_a_calendar_that_is_hidden_disappears_from_open_pages(page, world):
    title, day = unique_title("Between us"), coming_weekday()
    account = world.account_id("BUILT_IN", world.member)
    channel = next(a["calendarChannels"][0]["id"] for a in world.ask(
        "{ connectedAccounts { id calendarChannels { id } } }", member=world.member)["connectedAccounts"]
        if a["id"] == account)

    def share(visibility):
        world.ask("""mutation ($id: ID!, $visibility: CalendarChannelVisibility) {
                       updateCalendarChannel(id: $id, input: { visibility: $visibility }) { id } }""",
                  {"id": channel, "visibility": visibility}, world.member)

    make_meeting(world, title, day, world.member)
    go_live(page, world, world.other_member)
    show_month(page, day)
    row = page.locator("[data-event-id]").filter(has_text=title)
    expect(row).to_be_visible(timeout=MOMENT)
    try:
        share("METADATA")
        expect(row).to_have_count(0, timeout=MOMENT)
        expect(page.locator("[data-event-id]").filter(has_text="Not shared").first).to_be_visible()
    finally:
        share("SHARE_EVERYTHING")
    expect(row).to_be_visible(timeout=MOMENT)


def test_a_meeting_that_is_refused_after_all_is_not_left_on_a_colleagues_page(page, world, google):
    title, day = unique_title("Phantom"), coming_weekday()
    go_live(page, world, world.other_member)
    show_month(page, day)
    google.answer_delay(2000)
    google.break_inserts("status", status=400, reason="invalid")
    row = page.locator("[data-event-id]").filter(has_text=title)
    meeting = {"title": title, "startsAt": f"{day}T10:00:00Z", "endsAt": f"{day}T11:00:00Z",
               "connectedAccountId": world.google_account["id"]}
    try:
        with concurrent.futures.ThreadPoolExecutor(1) as pool:
            creating = pool.submit(world.ask, """mutation ($input: CreateCalendarEventInput!) {
                                                   createCalendarEvent(input: $input) { success } }""",
                                   {"input": meeting})
            expect(row).to_be_visible(timeout=MOMENT)
            assert creating.result()["createCalendarEvent"]["success"] is False
        expect(row).to_have_count(0, timeout=MOMENT)
    finally:
        google.answer_delay(0)


def test_a_server_that_was_away_is_said_and_nothing_is_missed(new_page, own_demo):
    own_demo.start()
    world, page, day = World(own_demo.world), new_page(), coming_weekday()
    go_live(page, world)
    show_month(page, day)
    before = unique_title("Before")
    # With something heard of, the page has a position that it asks to go on from.
    make_meeting(world, before, day, world.other_member)
    expect(page.get_by_role("link", name=before)).to_be_visible(timeout=MOMENT)
    own_demo.stop()
    notice = page.get_by_role("status").filter(has_text="Live updates are paused. Reconnecting…")
    expect(notice).to_be_visible(timeout=20_000)

    own_demo.start()
    world = World(own_demo.world)
    first, second = unique_title("Right after the restart"), unique_title("Live again")
    make_meeting(world, first, day, world.other_member)
    # The page tries again after half a minute at the latest.
    expect(notice).to_have_count(0, timeout=40_000)
    expect(page.get_by_role("link", name=first)).to_be_visible(timeout=MOMENT)
    make_meeting(world, second, day, world.other_member)
    expect(page.get_by_role("link", name=second)).to_be_visible(timeout=MOMENT)
    assert page.evaluate("window.isThePageOfBefore") is True
