"""The same changed on both sides: a person chooses."""

import pytest
from playwright.sync_api import expect

from composer import Details, Editor
from test_edit import make
from world import coming_weekday, unique_title, until


@pytest.fixture
def asks(world):
    """The provider's calendar leaves what was changed twice to a person."""
    account = world.google_account["id"]
    accounts = world.ask("{ connectedAccounts { id calendarChannels { id conflictResolution } } }")
    channels = next(a["calendarChannels"] for a in accounts["connectedAccounts"] if a["id"] == account)

    def set_to(channel, strategy):
        world.ask("""mutation ($id: ID!, $strategy: ConflictResolutionStrategy) {
                       updateCalendarChannel(id: $id, input: { conflictResolution: $strategy }) { id } }""",
                  {"id": channel["id"], "strategy": strategy})

    for channel in channels:
        set_to(channel, "MANUAL")
    yield
    for channel in channels:
        set_to(channel, channel["conflictResolution"])


@pytest.mark.parametrize("choice, kept", [("Keep mine", "ours"), ("Keep the calendar’s", "theirs")])
def test_two_titles_stand_side_by_side_and_the_chosen_one_counts(page, world, google, asks, choice, kept):
    title = unique_title("Disputed")
    make(page, world, title, coming_weekday())
    (event,) = google.events_titled(title)
    google.change(event, summary=f"{title} theirs", location="Their room")
    editor = Editor.open(page)
    editor.title.fill(f"{title} ours")
    editor.save()
    details = Details(page, f"{title} ours")
    expect(details.dialog.get_by_role("button", name="Compare")).to_be_visible(timeout=30_000)
    row = page.locator(f".week [data-event-id='{details.event_id}']")
    if row.count():
        expect(row.first).to_have_accessible_name(r"changed in two places")

    details.dialog.get_by_role("button", name="Compare").click()
    comparison = page.get_by_role("dialog", name="Two versions of this event")
    contested = comparison.get_by_role("row").filter(has_text="Changed on both sides")
    expect(contested).to_have_count(1)
    expect(contested).to_contain_text(f"{title} ours")
    expect(contested).to_contain_text(f"{title} theirs")
    comparison.get_by_role("button", name=choice).click()
    chosen = Details(page, f"{title} {kept}")
    chosen.expect_sent()
    expect(chosen.dialog.get_by_role("button", name="Compare")).to_have_count(0)
    until(lambda: google.read(event)["summary"] == f"{title} {kept}")
    assert google.read(event)["location"] == "Their room"


def test_who_was_slower_sees_both_versions_and_loses_nothing(page, world, asks):
    title = unique_title("Overtaken")
    details = make(page, world, title, coming_weekday())
    editor = Editor.open(page)
    editor.title.fill(f"{title} slow")
    answer = world.ask("""mutation ($id: ID!, $title: String) {
                            updateCalendarEvent(eventId: $id, input: { title: $title }) { success error } }""",
                       {"id": details.event_id, "title": f"{title} fast"})
    assert answer["updateCalendarEvent"] == {"success": True, "error": None}
    editor.save()
    comparison = page.get_by_role("dialog", name="This event has changed")
    expect(comparison).to_contain_text(f"{title} slow")
    expect(comparison).to_contain_text(f"{title} fast")
    comparison.get_by_role("button", name="Keep mine").click()
    Details(page, f"{title} slow").expect_sent()
    assert len(world.events_titled(f"{title} slow")) == 1
