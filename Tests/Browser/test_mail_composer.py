"""Writing a mail with a meeting in it, from a record to what its readers get."""

import email
import email.policy
import re

import icalendar
import pytest
from playwright.sync_api import expect

from composer import Composer
from http_client import send_json
from world import coming_weekday, unique_title, until

CREATE = "mutation($input: PersonInput!) { createPerson(input: $input) { id } }"
FLAG = "mutation($on: Boolean!) { setFeatureFlag(key: IS_CALENDAR_EMAIL_INVITE_ENABLED, enabled: $on) { enabled } }"


class MailForm:
    def __init__(self, page):
        self.page = page
        self.dialog = page.get_by_role("dialog", name="New Email")
        expect(self.dialog).to_be_visible()

    @property
    def subject(self):
        return self.dialog.get_by_label("Subject")

    @property
    def text(self):
        return self.dialog.get_by_role("textbox", name="Text")

    def button(self, name):
        return self.dialog.get_by_role("button", name=name, exact=True)

    def write(self, *lines):
        self.text.click()
        for number, line in enumerate(lines):
            if number:
                self.page.keyboard.press("Enter")
            self.page.keyboard.type(line)

    def expect_kept(self):
        expect(self.dialog.get_by_text("Draft saved")).to_be_visible()


@pytest.fixture
def person(world):
    """A person of the CRM to whom nobody has written: name and address."""
    name = unique_title("Guest").replace(" ", "")
    address = f"{name.lower()}@client.example"
    answer = world.ask(CREATE, {"input": {"firstName": "Gwen", "lastName": name, "emails": [address]}})
    world.ask(FLAG, {"on": True})
    return answer["createPerson"]["id"], f"Gwen {name}", address


@pytest.fixture
def form(page, world, person):
    world.sign_in(page, path=f"/people/{person[0]}")
    page.get_by_role("button", name="New Email").click()
    return MailForm(page)


def mails(world, address):
    return [email.message_from_string(mail["raw"], policy=email.policy.default)
            for mail in send_json("GET", world.demo["mailbox"]) if address in mail["to"]]


def test_a_mail_with_a_meeting_is_the_one_invitation(page, world, google, person, form):
    google.conferences("success", 1500)
    _, name, address = person
    subject = unique_title("Project Discussion")
    expect(form.dialog.get_by_role("button", name=f"Remove {address}")).to_be_visible()
    form.subject.fill(subject)
    form.write("Hi Gwen,", "Shall we meet?")
    form.button("Add Meeting Invite").click()

    composer = Composer(page)
    expect(composer.title).to_have_value(f"Meeting: {subject}")
    expect(composer.field("Description")).to_have_value(re.compile("Shall we meet"))
    expect(composer.dialog.get_by_role("button", name=f"Remove {address}")).to_be_visible()
    expect(composer.dialog.get_by_text("Send invitations")).to_have_count(0)
    composer.times(coming_weekday())
    composer.conference("Google Meet")
    composer.submit()
    expect(composer.dialog).to_have_count(0)

    expect(form.button("Remove invite.ics")).to_be_visible()
    link = form.text.get_by_role("link")
    expect(link).to_have_text(re.compile("^https://meet.google.com/"))
    expect(form.text).to_contain_text("Join meeting:")
    form.button("Send").click()
    expect(page.get_by_text("Email sent")).to_be_visible()
    row = page.get_by_role("region", name="Emails").get_by_role("listitem")
    expect(row).to_contain_text(subject)

    (message,) = until(lambda: mails(world, address))
    assert message["subject"] == subject and message["to"].addresses[0].display_name == name
    body = message.get_body(("html",)).get_content()
    assert link.count() == 0 and "Hi Gwen," in body and "https://meet.google.com/" in body
    part = next(p for p in message.walk() if p.get_content_type() == "text/calendar")
    (component,) = icalendar.Calendar.from_ical(part.get_content()).walk("VEVENT")
    (event,) = google.events_titled(f"Meeting: {subject}")
    assert component["UID"] == event["iCalUID"] and part.get_param("method") == "REQUEST"
    assert event["hangoutLink"] in body and event["hangoutLink"] in part.get_content().replace("\r\n ", "")
    expect(row).to_contain_text("Sent", timeout=20_000)
    assert len(mails(world, address)) == 1


def test_nothing_is_lost_on_reload_and_discarding_asks(page, form):
    subject = unique_title("Half written")
    form.subject.fill(subject)
    form.write("One", "Two")
    form.dialog.get_by_label("Files to attach").set_input_files(
        {"name": "plan.txt", "mimeType": "text/plain", "buffer": b"plan"})
    expect(form.button("Remove plan.txt")).to_be_visible()
    form.expect_kept()
    page.reload()
    again = MailForm(page)
    expect(again.subject).to_have_value(subject)
    expect(again.text).to_have_text("OneTwo")
    expect(again.button("Remove plan.txt")).to_be_visible()
    again.button("Close").click()
    expect(again.dialog).to_have_count(0)
    page.get_by_role("button", name="New Email").click()
    expect(again.subject).to_have_value(subject)
    again.button("Discard").click()
    question = page.get_by_role("alertdialog", name="Discard this email?")
    question.get_by_role("button", name="Keep writing").click()
    expect(again.subject).to_have_value(subject)
    again.button("Discard").click()
    question.get_by_role("button", name="Discard").click()
    page.get_by_role("button", name="New Email").click()
    expect(again.subject).to_have_value("")


def test_a_sent_mail_can_be_taken_back_for_a_moment(page, world, person, form):
    subject = unique_title("Too soon")
    form.subject.fill(subject)
    form.write("Oops")
    page.keyboard.press("Control+Enter")
    page.get_by_role("button", name="Undo", exact=True).click()
    expect(form.subject).to_have_value(subject)
    expect(form.text).to_have_text("Oops")
    expect(page.get_by_role("region", name="Emails")).to_contain_text("No emails yet")
    assert mails(world, person[2]) == []


def test_taking_the_invitation_off_asks_about_the_meeting(page, world, google, person, form):
    for choice, left in (("Keep the meeting", 1), ("Cancel the meeting", 0)):
        subject = unique_title("Changed my mind")
        form.subject.fill(subject)
        form.button("Add Meeting Invite").click()
        composer = Composer(page)
        composer.times(coming_weekday())
        composer.conference("Google Meet")
        composer.submit()
        expect(form.text.get_by_role("link").first).to_be_visible()
        form.button("Remove invite.ics").click()
        page.get_by_role("alertdialog", name="Cancel the meeting too?").get_by_role("button", name=choice).click()
        expect(form.button("Remove invite.ics")).to_have_count(0)
        until(lambda: len(google.events_titled(f"Meeting: {subject}")) == left)
    # With the second meeting its link is gone, and nobody was told of a meeting that they never heard of.
    expect(form.text.get_by_role("link")).to_have_count(1)
    assert mails(world, person[2]) == []


def test_leaving_the_meeting_leaves_the_mail_as_it_was(page, form):
    form.subject.fill("Same")
    form.write("Same text")
    form.button("Add Meeting Invite").click()
    Composer(page).dialog.get_by_role("button", name="Discard").click()
    expect(form.subject).to_have_value("Same")
    expect(form.text).to_have_text("Same text")
    expect(form.dialog.get_by_role("group", name="Attachments")).to_have_count(0)


def test_what_is_wrong_is_said_where_it_is(page, form):
    form.dialog.get_by_role("button", name="Add Cc and Bcc").click()
    box = form.dialog.get_by_role("combobox", name="Bcc")
    box.fill("nobody")
    form.button("Send").click()
    expect(form.dialog.get_by_text("nobody: ")).to_be_visible()
    expect(form.dialog).to_be_visible()


def test_text_is_formatted_and_what_is_pasted_is_made_harmless(page, world, person, form):
    form.subject.fill(unique_title("Formatted"))
    form.text.click()
    form.button("Bulleted list").click()
    page.keyboard.type("first")
    form.text.evaluate("""area => {
      const data = new DataTransfer();
      data.setData('text/html', '<p class="x" data-x="1">pasted <img src=x><script>window.broken=1</script>'
        + '<a href="javascript:alert(1)">bad</a> <a href="https://good.example">good</a></p>');
      area.dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }));
    }""")
    form.button("Send").click()
    (message,) = until(lambda: mails(world, person[2]))
    html = message.get_body(("html",)).get_content()
    assert "<li>first" in html and '<a href="https://good.example">good</a>' in html
    assert "class" not in html and "script" not in html and "img" not in html
    assert page.evaluate("window.broken") is None


def test_a_mail_that_the_server_refuses_is_told_and_can_be_sent_again(page, world, google, person, form):
    google.break_operation("messages.send", "status", status=400, reason="invalidArgument", count=1)
    form.subject.fill(unique_title("Refused"))
    form.button("Send").click()
    expect(page.get_by_text(re.compile("The email was rejected")).first).to_be_visible(timeout=30_000)
    row = page.get_by_role("region", name="Emails").get_by_role("listitem")
    expect(row).to_contain_text("Not sent")
    row.get_by_role("button", name="Send again").click()
    expect(row).to_contain_text(re.compile("Sent"))
    assert len(mails(world, person[2])) == 1


def test_without_its_flag_there_is_no_meeting_in_a_mail(new_page, world, person):
    world.ask(FLAG, {"on": False})
    try:
        page = new_page()
        world.sign_in(page, path="/calendar")
        page.get_by_role("button", name="Write an email").click()
        form = MailForm(page)
        expect(form.button("Attach")).to_be_visible()
        expect(form.button("Add Meeting Invite")).to_have_count(0)
    finally:
        world.ask(FLAG, {"on": True})
