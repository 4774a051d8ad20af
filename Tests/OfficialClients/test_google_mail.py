"""Google's own client sends mail through the emulator, as a script would through Gmail."""

import base64
import email.message
import email.policy

import google.oauth2.credentials
import pytest
from googleapiclient.discovery import build

from google_client import mails, new_id, refusal


@pytest.fixture
def gmail(emulator, account):
    credentials = google.oauth2.credentials.Credentials(token=account["emulatorToken"])
    return build("gmail", "v1", static_discovery=True, credentials=credentials,
                 client_options={"api_endpoint": emulator + "/"}).users().messages()


def message(to, **headers):
    text = email.message.EmailMessage()
    text["To"], text["Subject"] = to, "Offer"
    for name, value in headers.items():
        text[name] = value
    text.set_content("Grüße", cte="base64")
    return text


def raw(text):
    return {"raw": base64.urlsafe_b64encode(text.as_bytes(policy=email.policy.SMTP)).decode()}


def test_a_message_arrives_and_hidden_recipients_are_hidden(demo, gmail):
    guest, hidden = f"{new_id()}@customer.example", f"{new_id()}@customer.example"
    sent = gmail.send(userId="me", body=raw(message(guest, Bcc=hidden))).execute()
    assert sent["id"] and sent["labelIds"] == ["SENT"]
    (arrived,), (other,) = mails(demo, guest), mails(demo, hidden)
    assert arrived.get_content().strip() == "Grüße" and arrived["Bcc"] is None and other.as_string() == arrived.as_string()


def test_nobody_sends_in_anothers_name(demo, gmail):
    guest = f"{new_id()}@customer.example"
    gmail.send(userId="me", body=raw(message(guest, From="Boss <boss@elsewhere.example>"))).execute()
    (arrived,) = mails(demo, guest)
    assert arrived["From"].addresses[0].domain == "phos.example"


def test_what_gmail_refuses_is_refused(gmail):
    nobody = email.message.EmailMessage()
    nobody["Subject"] = "Offer"
    assert refusal(gmail.send(userId="me", body=raw(nobody))) == (400, "invalidArgument")
    assert refusal(gmail.send(userId="me", body={})) == (400, "invalidArgument")
    assert refusal(gmail.send(userId="me", body={"raw": "+/+/"})) == (400, "invalidArgument")
