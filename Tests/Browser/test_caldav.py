"""An account on a real CalDAV server, connected and used in the browser."""

import datetime
import email
import email.policy
import re

from playwright.sync_api import expect

from composer import Composer, Details
from guest_answers import answer_to
from inbox_server import inbox_server
from mail_server import Mailbox, certificate, mail_server
from world import coming_weekday, unique_title, until


def connect(page, caldav, address, password=None, mail_server="", inbox_server=""):
    page.get_by_role("link", name="Settings").click()
    page.get_by_role("button", name="Connect CalDAV", exact=True).click()
    form = page.get_by_role("dialog", name="Connect CalDAV")
    form.get_by_label("Server address").fill(caldav.url)
    form.get_by_label("User name").fill(caldav.user)
    form.get_by_label("Password").fill(password or caldav.password)
    form.get_by_label("Your email address").fill(address)
    form.get_by_label("Mail server").fill(mail_server)
    form.get_by_label("Inbox server").fill(inbox_server)
    form.get_by_role("button", name="Connect", exact=True).click()
    return form


def test_a_meeting_arrives_at_a_caldav_server_with_its_zone(new_page, world, caldav):
    page, member = new_page(), world.other_member
    world.sign_in(page, member)
    expect(connect(page, caldav, "berta@phos.example")).to_have_count(0, timeout=30_000)
    card = page.get_by_role("article", name="berta@phos.example")
    expect(card).to_be_visible()

    title, day = unique_title("Lens review"), coming_weekday()
    page.get_by_role("link", name="Calendar", exact=True).click()
    composer = Composer.open(page)
    composer.title.fill(title)
    composer.calendar(world.account_id("FORM", member))
    composer.times(day, "14:00", "15:15")
    composer.time_zone("lisbon", "Europe/Lisbon")
    composer.invite("john@client.example")
    expect(composer.dialog.get_by_role("radio", name="Google Meet")).to_have_count(0)
    composer.submit()
    details = Details(page, title)
    details.expect_sent()

    found = [event for event in caldav.events() if f"SUMMARY:{title}" in event]
    assert len(found) == 1
    (event,) = found
    assert f"DTSTART;TZID=Europe/Lisbon:{day:%Y%m%d}T140000" in event
    assert f"DTEND;TZID=Europe/Lisbon:{day:%Y%m%d}T151500" in event
    assert any(line.startswith("ATTENDEE") and line.endswith(":mailto:john@client.example") for line in event)


def invited(mailbox, title):
    """The invitation to the meeting, as its guest's mail program reads it."""
    messages = [email.message_from_bytes(content, policy=email.policy.default) for _, _, content, _ in mailbox.mails]
    return [m for m in messages if m["subject"] == f"Invitation: {title}"]


def test_guests_are_invited_through_the_accounts_own_mail_server_and_their_answers_added(new_page, world, caldav):
    page, member, mailbox = new_page(), world.other_member, Mailbox(caldav.password)
    world.sign_in(page, member)
    with mail_server(mailbox, login=True, starttls=False) as port:
        address = f"{unique_title('berta').replace(' ', '-')}@phos.example"
        form = connect(page, caldav, address, mail_server="https://mail.example")
        expect(form.get_by_label("Mail server")).to_have_accessible_description(re.compile("smtps://"), timeout=30_000)
        form.get_by_label("Mail server").fill(f"smtp://127.0.0.1:{port}")
        mailbox.password = b"another one"
        form.get_by_role("button", name="Connect", exact=True).click()
        refused = re.compile("rejected the user name or password")
        expect(form.get_by_label("Mail server")).to_have_accessible_description(refused, timeout=30_000)
        mailbox.password = caldav.password.encode()
        form.get_by_role("button", name="Connect", exact=True).click()
        expect(form).to_have_count(0, timeout=30_000)
        account = next(a["id"] for a in world.ask("{ connectedAccounts { id handle } }", member=member)["connectedAccounts"]
                       if a["handle"] == address)

        title = unique_title("Lens review")
        page.get_by_role("link", name="Calendar", exact=True).click()
        composer = Composer.open(page)
        composer.title.fill(title)
        composer.calendar(account)
        composer.times(coming_weekday())
        composer.invite("john@client.example")
        composer.submit()
        details = Details(page, title)
        details.expect_sent()
        (message,) = until(lambda: invited(mailbox, title))
    assert message["from"].addresses[0].addr_spec == address
    assert {login for _, login in mailbox.logins} == {caldav.user}
    answer = answer_to(message, "john@client.example", "ACCEPTED")
    (event,) = answer.walk("VEVENT")
    nowhere = event.copy(recursive=True)
    nowhere.add("RECURRENCE-ID", datetime.datetime(2020, 1, 1, tzinfo=datetime.timezone.utc))
    answer.add_component(nowhere)

    details.dialog.get_by_role("button", name="Add a reply").click()
    form = page.get_by_role("dialog", name="Add a reply")
    form.get_by_role("button", name="Add", exact=True).click()
    expect(form.get_by_label("Or paste its text")).to_have_attribute("aria-invalid", "true")
    form.get_by_label("File").set_input_files(
        {"name": "invite.ics", "mimeType": "text/calendar", "buffer": answer.to_ical()})
    expect(form.get_by_label("Or paste its text")).to_have_value(re.compile("METHOD:REPLY"))
    form.get_by_role("button", name="Add", exact=True).click()
    expect(form).to_have_count(0)
    expect(details.dialog.get_by_text("Accepted")).to_be_visible()
    expect(page.get_by_text("Not all of the reply was added: The series has no meeting")).to_be_visible()
    theirs = lambda: [event for event in caldav.events() if f"SUMMARY:{title}" in event]
    until(lambda: any("PARTSTAT=ACCEPTED" in line and "john@" in line
                      for line in theirs()[0]))


def test_an_inbox_is_said_to_be_read_and_why_it_cannot_be(new_page, world, caldav, tmp_path):
    page, member = new_page(), world.other_member
    world.sign_in(page, member)
    address = f"{unique_title('berta').replace(' ', '-')}@phos.example"
    with inbox_server(certificate(tmp_path, "localhost"), caldav.user, "another one") as inbox:
        form = connect(page, caldav, address, inbox_server="https://mail.example")
        field = form.get_by_label("Inbox server")
        expect(field).to_have_accessible_description(re.compile("imaps://mail.example.com"), timeout=30_000)
        field.fill(f"imap://127.0.0.1:{inbox.port}")
        form.get_by_role("button", name="Connect", exact=True).click()
        expect(field).to_have_accessible_description(re.compile("rejected the user name or password"), timeout=30_000)
        inbox.set_password(caldav.password)
        form.get_by_role("button", name="Connect", exact=True).click()
        expect(form).to_have_count(0, timeout=30_000)
        card = page.get_by_role("article", name=address)
        expect(card.get_by_text("Answers to your invitations are read from your inbox")).to_be_visible()


def test_a_wrong_password_is_said_and_connects_nothing(new_page, world, caldav):
    page, member = new_page(), world.other_member
    world.sign_in(page, member)
    form = connect(page, caldav, "nobody@phos.example", password="wrong")
    expect(form.get_by_role("alert")).to_be_visible(timeout=30_000)
    expect(form).to_be_visible()
    form.get_by_role("button", name="Cancel").click()
    expect(page.get_by_role("article", name="nobody@phos.example")).to_have_count(0)


def test_a_user_name_that_is_no_address_is_asked_for_one_at_the_field(new_page, world, caldav):
    page, member = new_page(), world.other_member
    world.sign_in(page, member)
    form = connect(page, caldav, "")
    address = form.get_by_label("Your email address")
    expect(address).to_have_attribute("aria-invalid", "true")
    expect(address).to_have_accessible_description(re.compile("user name isn't an email address"))
    expect(address).to_be_focused()
