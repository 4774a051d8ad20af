"""Guests at internationalized domains: their servers are written to in ASCII, people see what they typed."""

import pytest
import requests

from api import eventually, invitations, mails, unique

PROVIDERS = ["LOCAL", "GOOGLE", "MICROSOFT"]


def guests(event):
    return [p["handle"] for p in event["participants"] if not p["isOrganizer"]]


@pytest.fixture
def without_smtputf8(demo):
    """The mail server knows no addresses beyond ASCII."""
    def offer(is_offered):
        answer = requests.post(f"{demo['mailbox']}/_emulator/smtputf8", json={"isOffered": is_offered}, timeout=10)
        answer.raise_for_status()

    offer(False)
    yield
    offer(True)


@pytest.mark.parametrize("provider", PROVIDERS)
def test_a_guest_keeps_the_spelling_and_gets_one_invitation(demo, ada, without_smtputf8, provider):
    name = unique("info").replace(" ", "-")
    typed, sent = f"{name}@Bücher.example", f"{name}@xn--bcher-kva.example"
    event = ada.created(ada.meeting(provider, attendees=[{"email": typed}, {"email": sent}]))
    assert guests(event) == [typed]
    ada.arrived(event["id"])
    eventually(lambda: mails(demo, sent), lambda found: len(found) == 1)
    result = ada.update(event["id"], description="Agenda", sendInvitations=False)
    assert result["success"] and guests(result["calendarEvent"]) == [typed], result
    result = ada.update(event["id"], attendees=[{"email": sent}], sendInvitations=False)
    assert result["success"] and guests(result["calendarEvent"]) == [typed], result
    ada.arrived(event["id"])

    # The cancellation comes last: whatever else was mailed is there by then.
    assert ada.delete(event["id"])["success"]
    eventually(lambda: invitations(demo, sent, "CANCEL"), lambda count: count == 1)
    # Microsoft mails its guests at every write.
    assert provider == "MICROSOFT" or invitations(demo, sent, "REQUEST") == 1
    for mail in mails(demo, sent):
        assert sent in mail["To"] and "ü" not in mail["To"].split("@")[-1]
        files = [p.get_payload(decode=True).decode() for p in mail.walk() if p.get_content_type() == "text/calendar"]
        assert all(sent in text.replace("\r\n ", "") and "@bücher" not in text.lower() for text in files)


@pytest.mark.parametrize("provider", ["GOOGLE", "MICROSOFT"])
def test_a_calendar_that_knows_no_such_guest_says_which_one(ada, provider):
    meeting = ada.meeting(provider, attendees=[{"email": "ann@x.example"}, {"email": "jörg@bücher.example"}])
    result = ada.create(meeting)
    assert not result["success"] and result["errorCode"] == "PROVIDER_REJECTED"
    assert result["errorField"] == "attendees" and "jörg@bücher.example" in result["error"]
    assert "ann@" not in result["error"]
    assert meeting["title"] not in [title for _, title in ada.events()]
    event = ada.arrived(ada.created({**meeting, "attendees": [{"email": "ann@x.example"}]})["id"])
    result = ada.update(event["id"], attendees=meeting["attendees"])
    assert not result["success"] and result["errorField"] == "attendees"
    assert "jörg@bücher.example" in result["error"]
    assert guests(ada.event(event["id"])) == ["ann@x.example"]


def test_a_mail_server_that_knows_no_such_guest_says_which_one(demo, ada, without_smtputf8):
    guest, plain = f"jörg-{unique('x')[2:]}@bücher.example", f"{unique('ann').replace(' ', '-')}@x.example"
    event = ada.created(ada.meeting("LOCAL", attendees=[{"email": plain}, {"email": guest}]))
    jobs = eventually(
        lambda: [j for j in ada.ask("{ failedJobs { reason } }")["failedJobs"] if guest in j["reason"]], bool)
    assert len(jobs) == 1 and plain not in jobs[0]["reason"]
    eventually(lambda: invitations(demo, plain, "REQUEST"), lambda count: count == 1)
    assert guests(event) == [plain, guest]


@pytest.mark.parametrize("domain", ["-bücher.example", "bücher-.example", "bücher",
                                    "一佋傖凡匬呷嗂圍塘妣嫮尹嶄廏怚慥抰揻敆暑.example"])
def test_a_domain_that_cannot_be_one_is_refused(ada, domain):
    result = ada.create(ada.meeting("LOCAL", attendees=[{"email": f"info@{domain}"}]))
    assert not result["success"] and result["errorCode"] == "VALIDATION_FAILED"
    assert result["errorField"] == "attendees" and f"info@{domain}" in result["error"]
