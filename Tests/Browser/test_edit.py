"""Changing an event that is there."""

import datetime
import json
import re
from zoneinfo import ZoneInfo

from playwright.sync_api import expect

from composer import Composer, Details, Editor
from http_client import send_json
from week import Week
from world import coming_weekday, unique_title, until

BERLIN = ZoneInfo("Europe/Berlin")


def make(page, world, title, day, *guests, start="10:00", end="11:00"):
    """A meeting in the provider's calendar, its details open."""
    composer = Composer.open(page)
    composer.title.fill(title)
    composer.calendar(world.google_account["id"])
    composer.times(day, start, end)
    composer.invite(*guests)
    composer.submit()
    details = Details(page, title)
    details.expect_sent()
    return details


def start_of(google_event):
    return datetime.datetime.fromisoformat(google_event["start"]["dateTime"].replace("Z", "+00:00"))


def test_an_edit_reaches_the_calendar_and_keeps_what_others_did_there(page, world, google):
    title, day = unique_title("Draft agenda"), coming_weekday()
    make(page, world, title, day, "ann@client.example")
    (event,) = google.events_titled(title)
    google.change(event, attendees=event["attendees"] + [{"email": "outside@client.example"}], colorId="5")

    editor = Editor.open(page)
    expect(editor.title).to_have_value(title)
    expect(editor.field("Start time")).to_have_value("10:00")
    expect(editor.field("Calendar")).to_be_disabled()
    editor.title.fill(f"{title} final")
    editor.field("Start time").fill("14:30")
    editor.save()
    Details(page, f"{title} final").expect_sent()

    changed = google.read(event)
    assert changed["summary"] == f"{title} final"
    assert start_of(changed) == datetime.datetime(day.year, day.month, day.day, 14, 30, tzinfo=BERLIN)
    guests = {a["email"] for a in changed["attendees"] if not a.get("organizer")}
    assert guests == {"ann@client.example", "outside@client.example"}
    assert changed["colorId"] == "5"


def test_an_edit_that_the_calendar_refuses_is_taken_back_with_the_reason(page, world, google):
    title = unique_title("Stays as it was")
    details = make(page, world, title, coming_weekday())
    google.break_changes("status", status=400, reason="invalid")
    editor = Editor.open(page)
    editor.title.fill("Not to be")
    editor.save()
    toast = page.get_by_text(re.compile("The calendar rejected"))
    expect(toast).to_be_visible()
    expect(details.dialog).to_be_visible()
    assert [e["title"] for e in world.events_titled(title)] == [title]
    assert world.events_titled("Not to be") == []

    # Nothing of what was typed is lost.
    google.mend()
    page.get_by_role("button", name="Edit again").click()
    expect(editor.title).to_have_value("Not to be")
    again = f"{title} after all"
    editor.title.fill(again)
    editor.save()
    Details(page, again).expect_sent()
    assert len(google.events_titled(again)) == 1


def test_a_meeting_without_a_length_is_seen_renamed_and_moved(page, world):
    """Outlook can make one that ends when it starts."""
    account = next(a for a in world.demo["connectedAccounts"]
                   if a["provider"] == "MICROSOFT" and a["member"] == world.member["email"])
    title, day = unique_title("Deadline"), coming_weekday()
    ten = datetime.datetime(day.year, day.month, day.day, 10, tzinfo=BERLIN)
    event = world.ask("""mutation ($input: CreateCalendarEventInput!) {
          createCalendarEvent(input: $input) { calendarEvent { id externalId } } }""", {"input": {
        "title": title, "startsAt": ten.isoformat(), "endsAt": ten.replace(hour=11).isoformat(),
        "timeZone": "Europe/Berlin", "connectedAccountId": account["id"]}})["createCalendarEvent"]["calendarEvent"]
    url = f"{world.demo['emulators']['microsoft']}/v1.0/me/events/{event['externalId']}"
    headers = {"Authorization": f"Bearer {account['emulatorToken']}", "Prefer": 'IdType="ImmutableId"'}

    def outlook():
        found = send_json("GET", url, headers=headers)
        return found["subject"], found["start"]["dateTime"][:16], found["end"]["dateTime"][:16]

    start = send_json("GET", url, headers=headers)["start"]
    send_json("PATCH", url, {"end": start}, headers)
    world.ask("""mutation ($id: ID!) {
          updateCalendarEvent(eventId: $id, input: { location: "Desk" }) { success } }""", {"id": event["id"]})

    page.goto(f"{world.url}/calendar/{event['id']}")
    details = Details(page, title)
    expect(details.dialog.get_by_text(re.compile("10:00 AM$"))).to_be_visible()
    editor = Editor.open(page)
    expect(editor.field("End time")).to_have_value("10:00")
    editor.title.fill(f"{title} final")
    editor.save()
    Details(page, f"{title} final").expect_sent()
    assert outlook() == (f"{title} final", start["dateTime"][:16], start["dateTime"][:16])

    editor = Editor.open(page)
    editor.field("Start time").fill("23:55")
    expect(editor.field("End time")).to_have_value("23:55")
    editor.save()
    details = Details(page, f"{title} final")
    details.expect_sent()
    assert outlook()[1] == outlook()[2] != start["dateTime"][:16]
    details.close()

    shown = Week(page).event(title)
    expect(shown).to_have_accessible_name(re.compile(", 11:55 PM(,|$)"))
    shown.click()
    expect(Details(page, f"{title} final").dialog).to_be_visible()


def test_an_edit_shows_at_once_and_is_sent_once(page, world, google):
    title = unique_title("Slow calendar")
    make(page, world, title, coming_weekday())
    sent = []
    page.on("request", lambda request: sent.append(request.post_data) if "/graphql" in request.url
            and "updateCalendarEvent(" in (request.post_data or "") else None)
    google.answer_delay(1500)
    try:
        editor = Editor.open(page)
        editor.title.fill(f"{title} now")
        editor.dialog.get_by_role("button", name="Save").dblclick()
        details = page.get_by_role("dialog", name=f"{title} now")
        expect(details.get_by_text("Saving…")).to_be_visible(timeout=1000)
        row = page.locator(f"[data-event-id='{page.url.split('/')[-1]}']")
        if row.count():
            expect(row.first).to_contain_text(f"{title} now", timeout=1000)
        expect(details.get_by_text("Saving…")).to_have_count(0)
    finally:
        google.answer_delay(0)
    Details(page, f"{title} now").expect_sent()
    assert len(sent) == 1
    changed = json.loads(sent[0])["variables"]["input"]
    assert set(changed) == {"title", "sendInvitations", "expectedVersion"}


def test_closing_the_form_without_a_change_sends_nothing(page, world):
    title = unique_title("Only looked")
    make(page, world, title, coming_weekday())
    (before,) = world.events_titled(title)
    page.keyboard.press("e")
    editor = Editor(page)
    expect(editor.dialog).to_be_visible()
    editor.save()
    (after,) = world.events_titled(title)
    assert after["version"] == before["version"]


def test_a_colleagues_meeting_cannot_be_edited_and_says_why(new_page, world, google):
    page, colleague = new_page(), new_page()
    world.sign_in(page)
    title = unique_title("Not yours")
    details = make(page, world, title, coming_weekday())
    world.sign_in(colleague, world.other_member, path=f"/calendar/{details.event_id}")
    seen = Details(colleague, title).dialog
    for name in ("Edit", "Delete"):
        button = seen.get_by_role("button", name=name, exact=True)
        expect(button).to_be_disabled()
        expect(button).to_have_accessible_description(re.compile("Only the person who created this meeting"))


def test_an_edit_waits_while_the_provider_is_down_and_arrives_by_itself(page, world, google):
    title = unique_title("In bad weather again")
    make(page, world, title, coming_weekday())
    google.break_operation("events.*", "status", status=503, reason="backendError")
    editor = Editor.open(page)
    editor.title.fill(f"{title} later")
    editor.save()
    details = Details(page, f"{title} later")
    expect(details.dialog.get_by_text(re.compile("Waiting for"))).to_be_visible(timeout=20_000)
    google.mend()
    details.expect_sent(timeout=120_000)
    until(lambda: google.events_titled(f"{title} later"))
