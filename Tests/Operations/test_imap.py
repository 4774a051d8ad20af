"""Answers to invitations, read from a real inbox: how it is secured, what is taken, and that nothing in it changes."""

import email
import email.message
import email.policy

import pytest

from api import Member, eventually
from caldav_server import CalDAVServer
from guest_answers import answer_to
from inbox_server import inbox_server
from mail_server import Mailbox, certificate, mail_server

CONNECT = """mutation($fields: [ConnectionFieldInput!]!) { connectAccount(provider: CALDAV, fields: $fields) {
  id readsReplies repliesProblem } }"""
CREATE = """mutation($input: CreateCalendarEventInput!) { createCalendarEvent(input: $input) {
  success error calendarEvent { id } } }"""
EVENT = "query($id: ID!) { getCalendarEventById(eventId: $id) { participants { handle responseStatus } } }"
ACCOUNTS = "{ connectedAccounts { id provider readsReplies repliesReadAt repliesProblem } }"
FAILED = "{ failedJobs { id kind reason } }"


@pytest.fixture
def world(own_world):
    return own_world.start()


@pytest.fixture
def caldav(tmp_path):
    with CalDAVServer(tmp_path) as server:
        yield server


@pytest.fixture
def inbox(tmp_path, caldav):
    key, cert = certificate(tmp_path, "localhost")
    with inbox_server((key, cert), caldav.user, caldav.password) as server:
        server.cert = cert
        yield server


@pytest.fixture
def member(world, inbox):
    path = world.data / "phos.env"
    path.write_text(path.read_text() + f"\nPHOS_IMAP_CA_FILE={inbox.cert}\nPHOS_INBOX_INTERVAL=1\n")
    node = world.node("serve", world.port).start().ready()
    yield Member(world.world)
    if node.process.poll() is None:
        node.kill()


def connection(caldav, mail_port, imap_url):
    typed = {"serverUrl": caldav.url, "username": caldav.user, "password": caldav.password, "handle": "berta@phos.example",
             "smtpUrl": f"smtp://127.0.0.1:{mail_port}", "imapUrl": imap_url}
    return [{"id": field, "value": value} for field, value in typed.items()]


def mail_with(calendar):
    """As a mail program sends it, whatever it looks like."""
    calendar.walk("VEVENT")[0]["SUMMARY"] = "Zugesagt: Übergabe"
    message = email.message.EmailMessage()
    message["From"], message["To"], message["Subject"] = "guest@customer.example", "berta@phos.example", "Zugesagt: Übergabe"
    message.set_content("Ich komme – bis dann.")
    message.add_alternative(calendar.to_ical().decode(), subtype="calendar", params={"method": "REPLY"}, cte="base64")
    message.add_attachment(calendar.to_ical(), maintype="application", subtype="ics", filename="invite.ics")
    return message


def plain():
    message = email.message.EmailMessage()
    message["From"], message["Subject"] = "spam@customer.example", "Hello"
    message.set_content("Nothing in it")
    return message


@pytest.mark.parametrize("kind", ["STARTTLS", "TLS"])
def test_an_answer_in_the_inbox_is_the_guests(member, caldav, inbox, kind):
    mailbox = Mailbox(caldav.password)
    url = f"imaps://localhost:{inbox.tls_port}" if kind == "TLS" else f"imap://localhost:{inbox.port}"
    inbox.deliver(plain())
    with mail_server(mailbox, login=True, starttls=False) as port:
        account = member.ask(CONNECT, fields=connection(caldav, port, url))["connectAccount"]
        assert account["readsReplies"]
        created = member.ask(CREATE, input={
            "title": "Übergabe", "connectedAccountId": account["id"], "startsAt": "2030-06-03T10:00:00+02:00",
            "endsAt": "2030-06-03T11:00:00+02:00", "timeZone": "Europe/Berlin",
            "attendees": [{"email": "guest@customer.example"}]})["createCalendarEvent"]
        assert created["success"], created
        (_, _, content, _) = eventually(lambda: mailbox.mails, bool)[0]
    inbox.deliver(plain())
    invitation = email.message_from_bytes(content, policy=email.policy.default)
    inbox.deliver(mail_with(answer_to(invitation, "guest@customer.example", "ACCEPTED")))
    status = lambda: next(p["responseStatus"] for p in member.ask(EVENT, id=created["calendarEvent"]["id"])["getCalendarEventById"]["participants"]
                          if p["handle"] == "guest@customer.example")
    eventually(status, lambda answer: answer == "ACCEPTED", seconds=20)
    # The calendar has it, too.
    eventually(caldav.events, lambda events: any("PARTSTAT=ACCEPTED" in line for event in events for line in event))
    # Nobody has seen these mails: they are as new as they came.
    assert all(b"\\Seen" not in flags for flags in inbox.flags()) and len(inbox.flags()) == 3
    # Only the invitation went out.
    assert len(mailbox.mails) == 1


def test_what_is_wrong_with_an_inbox_is_said(member, caldav, inbox):
    mailbox = Mailbox(caldav.password)
    with mail_server(mailbox, login=True, starttls=False) as port:
        def refusal(url):
            answer = member.answer(CONNECT, fields=connection(caldav, port, url))["errors"]
            return answer[0]["extensions"]["field"], answer[0]["message"]

        assert refusal("https://mail.localhost") == ("imapUrl", "Enter an address such as imaps://mail.example.com.")
        wrong = f"imaps://berta:wrong@localhost:{inbox.tls_port}"
        assert refusal(wrong) == ("imapUrl", "The mail server rejected the user name or password.")
        # Another name than the certificate is for.
        assert refusal(f"imaps://127.0.0.1:{inbox.tls_port}")[1] == "The mail server's certificate isn't valid for its name."
        url = f"imaps://localhost:{inbox.tls_port}"
        member.ask(CONNECT, fields=connection(caldav, port, url))
        account = lambda: next(a for a in member.ask(ACCOUNTS)["connectedAccounts"] if a["provider"] == "CALDAV")
        eventually(account, lambda found: found["repliesReadAt"])
        inbox.set_password("another one")
        (failed,) = eventually(lambda: member.ask(FAILED)["failedJobs"], bool)
        assert failed["kind"] == "READ_REPLIES"
        assert failed["reason"] == account()["repliesProblem"] == "The mail server rejected the user name or password."
        inbox.set_password(caldav.password)
        member.ask("mutation($id: ID!) { retryFailedJob(id: $id) }", id=failed["id"])
        eventually(account, lambda found: found["repliesProblem"] is None)
        assert member.ask(FAILED)["failedJobs"] == []
