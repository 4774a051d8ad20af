"""Mail as its readers get it: read back by Python's email and icalendar, and by a calendar server's importer."""

import base64
import subprocess
import sys

import icalendar
import pytest
import requests
from xandikos import imip

from api import Member, eventually, invitations, mails, unique

NAME = "Größe “5” " + "日本" * 60 + ".bin"
SEND = """mutation($input: SendEmailInput!) { sendEmail(input: $input) { success messageId error errorCode errorField
  email { id status error text html isRedacted attachments { name type size } to { handle displayName } } } }"""
MEETING = """mutation($input: CreateCalendarEventInput!) { createCalendarEvent(input: $input) { success error
  calendarEvent { id iCalUid emailAttachment { name type contentBase64 isInvitation } } } }"""


@pytest.fixture
def guest():
    return f"{unique('guest').replace(' ', '-')}@customer.example"


@pytest.fixture
def invites(ada):
    ada.set_flag("IS_CALENDAR_EMAIL_INVITE_ENABLED", True)


def mail(member, guest, provider="GOOGLE", **more):
    return {"connectedAccountId": member.account(provider)["id"], "to": [guest], "subject": unique("Hello"),
            "body": "Hello", **more}


def send(member, input):
    return member.ask(SEND, input=input)["sendEmail"]


def sent(member, input):
    result = send(member, input)
    assert result["success"] and result["email"]["status"] == "SENT", result
    return result


def meeting(member, guest, provider):
    """A meeting whose guests were not notified, and the file for an email about it."""
    input = member.meeting(provider, attendees=[{"email": guest}], sendInvitations=False)
    result = member.ask(MEETING, input=input)["createCalendarEvent"]
    assert result["success"], result
    return result["calendarEvent"]


def attached(file):
    return [{key: file[key] for key in ("name", "type", "contentBase64")}]


@pytest.mark.parametrize("provider", ["GOOGLE", "MICROSOFT", "LOCAL"])
def test_every_letter_arrives_by_every_way(demo, ada, guest, provider):
    subject = unique("Grüße aus 日本 🎈 =?x?= " + "long " * 30).strip()
    body = "<p>Größe: <b>5</b> &lt; 6</p><ul><li>日本</li></ul><p>" + "word " * 300 + '<a href="https://x.example/?a=1&amp;b=2">here</a></p>'
    content = bytes(range(256)) * 20
    result = sent(ada, mail(
        ada, guest, provider, subject=subject, body=body, to=[f'"Müller, Jörg" <{guest}>'], cc=["cc@customer.example"],
        bcc=["hidden@customer.example"], inReplyTo="<earlier@customer.example>",
        attachments=[{"name": NAME, "type": "application/x-test", "contentBase64": base64.b64encode(content).decode()}]))
    (message,) = mails(demo, guest)
    assert message["subject"] == subject
    assert [(a.display_name, a.addr_spec) for a in message["to"].addresses] == [("Müller, Jörg", guest)]
    assert message["from"].addresses[0].addr_spec == ada.email and message["bcc"] is None
    assert message["message-id"] == result["messageId"]
    assert message["in-reply-to"] == message["references"] == "<earlier@customer.example>"
    assert "hidden" not in message.as_string()
    assert len(mails(demo, "hidden@customer.example")) >= 1
    text = message.get_body(("plain",)).get_content().replace("\r\n", "\n")
    assert text.startswith("Größe: 5 < 6\n\n- 日本\n") and text.rstrip().endswith("here <https://x.example/?a=1&b=2>")
    assert '<li>日本</li>' in message.get_body(("html",)).get_content()
    (file,) = message.iter_attachments()
    assert file.get_filename() == NAME and file.get_content() == content
    assert file.get_content_type() == "application/x-test"


@pytest.mark.parametrize("provider", ["GOOGLE", "LOCAL"])
def test_an_invitation_in_a_mail_is_the_one_invitation(demo, ada, invites, guest, provider, tmp_path):
    event = meeting(ada, guest, provider)
    file = event["emailAttachment"]
    assert file["isInvitation"] and mails(demo, guest) == []
    sent(ada, mail(ada, guest, provider, attachments=attached(file), calendarEventId=event["id"]))
    (message,) = mails(demo, guest)
    # RFC 6047 §2.4, and what mail programs show a card for: the last alternative, its method the calendar's.
    alternatives = next(p for p in message.walk() if p.get_content_type() == "multipart/alternative")
    calendar_part = alternatives.get_payload()[-1]
    assert calendar_part.get_content_type() == "text/calendar"
    assert calendar_part.get_param("method") == "REQUEST" and calendar_part.get_content_charset() == "utf-8"
    assert [p.get_content_type() for p in message.walk()].count("text/calendar") == 1
    assert [p.get_filename() for p in message.walk() if p.get_content_type() == "application/ics"] == ["invite.ics"]
    calendar = icalendar.Calendar.from_ical(calendar_part.get_content())
    (component,) = calendar.walk("VEVENT")
    assert calendar["METHOD"] == "REQUEST" and component["UID"] == event["iCalUid"]
    assert component["ORGANIZER"].email == message["from"].addresses[0].addr_spec == ada.email
    assert guest in [attendee.email for attendee in component["ATTENDEE"]]
    # A calendar server's importer takes it, and puts the meeting into the guest's inbox.
    assert imip.extract_payload(message).method == "REQUEST"
    imported = subprocess.run(
        [sys.executable, "-m", "xandikos", "import-imip", "-d", tmp_path, "--principal", "/guest/", "--autocreate"],
        input=message.as_bytes(), capture_output=True, timeout=60)
    assert imported.returncode == 0, imported.stderr
    assert len(list((tmp_path / "guest/inbox").glob("*.ics"))) == 1
    # Nothing else has invited the guest, nor does it later.
    assert invitations(demo, guest, "REQUEST") == 1


def test_where_the_calendar_insists_on_inviting_the_mail_carries_a_plain_file(demo, ada, invites, guest):
    event = meeting(ada, guest, "MICROSOFT")
    file = event["emailAttachment"]
    assert not file["isInvitation"] and "method" not in file["type"]
    sent(ada, mail(ada, guest, "MICROSOFT", attachments=attached(file), calendarEventId=event["id"]))
    mine = [m for m in mails(demo, guest) if any(p.get_filename() == "invite.ics" for p in m.walk())]
    (message,) = [m for m in mine if m["subject"].startswith("Hello")]
    (part,) = message.iter_attachments()
    calendar = icalendar.Calendar.from_ical(part.get_payload(decode=True))
    assert "METHOD" not in calendar and calendar.walk("VEVENT")[0]["UID"] == event["iCalUid"]
    assert invitations(demo, guest, "REQUEST") == 1


def test_guests_of_the_built_in_calendar_hear_of_each_change_once(demo, ada, guest):
    event = ada.created(ada.meeting("LOCAL", attendees=[{"email": guest}]))
    eventually(lambda: invitations(demo, guest, "REQUEST"), lambda count: count == 1)
    assert ada.update(event["id"], startsAt="2030-03-05T10:00:00+01:00", endsAt="2030-03-05T11:00:00+01:00")["success"]
    eventually(lambda: invitations(demo, guest, "REQUEST"), lambda count: count == 2)
    assert ada.delete(event["id"])["success"]
    eventually(lambda: invitations(demo, guest, "CANCEL"), lambda count: count == 1)
    messages = mails(demo, guest)
    calendars = [icalendar.Calendar.from_ical(imip.extract_payload(m).calendar.to_ical()) for m in messages]
    assert [(c["METHOD"], c.walk("VEVENT")[0]["SEQUENCE"], c.walk("VEVENT")[0]["UID"]) for c in calendars] == [
        ("REQUEST", 0, event["iCalUid"]), ("REQUEST", 1, event["iCalUid"]), ("CANCEL", 2, event["iCalUid"])]
    assert [m["subject"].split(":")[0] for m in messages] == ["Invitation", "Updated invitation", "Canceled"]
    assert messages[1]["references"] == messages[0]["message-id"]


def test_a_lost_answer_sends_no_second_mail(demo, ada, google, guest):
    google.fail("lostAnswer", match="messages.send", count=1)
    result = send(ada, mail(ada, guest))
    assert not result["success"] and result["email"]["status"] == "UNCERTAIN" and len(mails(demo, guest)) == 1


def test_a_colleague_does_not_see_hidden_recipients(demo, ada, ben, guest):
    person = ada.ask("mutation($email: String!) { createPerson(input: { lastName: \"G\", emails: [$email] }) { id } }",
                     email=guest)["createPerson"]["id"]
    input = mail(ada, guest, bcc=["hidden@customer.example"], linkedPersonIds=[person])
    sent(ada, input)
    query = "query($id: ID!) { emails(personId: $id) { edges { node { subject bcc { handle } to { person { id } } } } } }"
    (seen,) = ben.ask(query, id=person)["emails"]["edges"]
    assert seen["node"] == {"subject": input["subject"], "bcc": [], "to": [{"person": {"id": person}}]}
    (own,) = ada.ask(query, id=person)["emails"]["edges"]
    assert own["node"]["bcc"] == [{"handle": "hidden@customer.example"}]


def test_without_the_flag_no_invitation_leaves(demo, ada, invites, guest):
    event = meeting(ada, guest, "LOCAL")
    ada.set_flag("IS_CALENDAR_EMAIL_INVITE_ENABLED", False)
    try:
        result = send(ada, mail(ada, guest, "LOCAL", attachments=attached(event["emailAttachment"])))
    finally:
        ada.set_flag("IS_CALENDAR_EMAIL_INVITE_ENABLED", True)
    assert result["errorCode"] == "FEATURE_DISABLED" and mails(demo, guest) == []


def test_who_did_not_allow_mail_is_told_what_to_do(demo, ada, google, guest):
    query = "{ connectedAccounts { provider canSendEmail cannotSendEmailReason largestEmail } }"
    accounts = {a["provider"]: a for a in ada.ask(query)["connectedAccounts"]}
    assert accounts["GOOGLE"]["canSendEmail"] and accounts["GOOGLE"]["largestEmail"] > 20_000_000
    assert not accounts["ZOOM"]["canSendEmail"] and accounts["ZOOM"]["cannotSendEmailReason"]
    result = send(ada, mail(ada, guest, "ZOOM"))
    assert not result["success"] and result["errorField"] == "connectedAccountId"
    assert requests.get(demo["mailbox"], timeout=10).ok


def test_a_large_file_goes_where_it_is_taken(demo, ada, guest):
    file = {"name": "large.bin", "type": "application/octet-stream",
            "contentBase64": base64.b64encode(bytes(5 << 20)).decode()}
    refused = send(ada, mail(ada, guest, "MICROSOFT", attachments=[file]))
    assert refused["errorField"] == "attachments" and "MB" in refused["error"]
    sent(ada, mail(ada, guest, "GOOGLE", attachments=[file]))
    (message,) = mails(demo, guest)
    assert len(next(message.iter_attachments()).get_content()) == 5 << 20
