"""No retry, double click, lost answer or crash makes a second meeting, or loses one that was accepted."""

import concurrent.futures
import time
import uuid

import pytest

from api import Member, Provider, eventually

# NFR-1: with the provider down, a person waits no longer.
LONGEST_ANSWER = 3.0


def create_timed(member, meeting):
    start = time.monotonic()
    event = member.created(meeting)
    return event, time.monotonic() - start


def test_the_same_request_again_is_the_same_event(ada, google):
    meeting = ada.meeting(idempotencyKey=str(uuid.uuid4()), attendees=[{"email": "a@customer.example"}])
    first, second = ada.created(meeting), ada.created(meeting)
    assert first["id"] == second["id"] and first["externalId"] == second["externalId"]
    assert len(google.titled(meeting["title"])) == 1


@pytest.mark.parametrize("change", [
    {"title": "Something else"}, {"endsAt": "2030-03-04T12:00:00+01:00"}, {"location": "Elsewhere"},
    {"attendees": [{"email": "b@customer.example"}]}, {"sendInvitations": False}, {"isFullDay": True,
                                                                                    "endsAt": "2030-03-05T00:00:00Z"},
], ids=["title", "end", "location", "attendees", "invitations", "all day"])
def test_a_key_that_was_used_for_something_else_is_refused(ada, google, change):
    meeting = ada.meeting(idempotencyKey=str(uuid.uuid4()))
    ada.created(meeting)
    before = (len(ada.events()), google.inserts())
    result = ada.create(meeting | change)
    assert result["success"] is False and result["calendarEvent"] is None
    assert (result["errorCode"], result["errorField"]) == ("CONFLICT", "idempotencyKey")
    assert (len(ada.events()), google.inserts()) == before


def test_a_colleague_with_the_same_key_is_not_shown_the_meeting(ada, ben):
    meeting = ada.meeting(idempotencyKey=str(uuid.uuid4()))
    ada.created(meeting)
    result = ben.create(ben.meeting(title=meeting["title"], idempotencyKey=meeting["idempotencyKey"]))
    assert result["errorCode"] == "CONFLICT" and result["calendarEvent"] is None


def test_twenty_requests_at_once_with_one_key_make_one_event(ada, google):
    meeting = ada.meeting(idempotencyKey=str(uuid.uuid4()))
    with concurrent.futures.ThreadPoolExecutor(20) as pool:
        events = list(pool.map(ada.created, [meeting] * 20))
    assert len({e["id"] for e in events}) == 1
    assert ada.arrived(events[0]["id"])["externalId"]
    assert len(google.titled(meeting["title"])) == 1
    assert [title for _, title in ada.events()].count(meeting["title"]) == 1


def test_twenty_requests_at_once_with_keys_of_their_own_make_twenty(ada, google):
    meetings = [ada.meeting(idempotencyKey=str(uuid.uuid4())) for _ in range(20)]
    with concurrent.futures.ThreadPoolExecutor(20) as pool:
        events = list(pool.map(ada.created, meetings))
    assert len({ada.arrived(e["id"])["externalId"] for e in events}) == 20
    titles = [e.get("summary") for e in google.events()]
    assert [titles.count(m["title"]) for m in meetings] == [1] * 20


@pytest.mark.parametrize("fault", [
    {"mode": "refuse"}, {"mode": "hang"}, {"mode": "status", "status": 503, "reason": "backendError"},
    {"mode": "status", "status": 429, "reason": "rateLimitExceeded", "retryAfter": 1},
    {"mode": "garbage"}, {"mode": "lostAnswer"},
], ids=["refuses", "hangs", "answers 503", "asks to slow down", "answers half", "loses the answer"])
def test_a_provider_that_is_down_is_not_us_down(ada, google, fault):
    google.fail(**fault)
    meeting = ada.meeting(attendees=[{"email": "patient@customer.example"}])
    event, seconds = create_timed(ada, meeting)
    assert seconds < LONGEST_ANSWER
    assert event["pushStatus"] == "PENDING"
    assert event["pushError"] and event["pushError"].endswith(".")
    assert "127.0.0.1" not in event["pushError"] and "error" not in event["pushError"].lower()
    # A file with a UID that the provider has not confirmed would make a second event at the guest's.
    assert event["icsFileUrl"] is None
    google.mend()
    later = ada.arrived(event["id"])
    assert later["pushError"] is None and later["externalId"]
    (theirs,) = google.titled(meeting["title"])
    assert theirs["id"] == later["externalId"]


def test_an_answer_that_is_lost_once_makes_one_event(ada, google):
    google.fail("lostAnswer", count=1)
    meeting = ada.meeting()
    event = ada.created(meeting)
    assert ada.arrived(event["id"])["externalId"]
    assert len(google.titled(meeting["title"])) == 1


def test_a_waiting_meeting_can_be_sent_again_by_hand(ada, google):
    google.fail("status", status=503, reason="backendError")
    event = ada.created(ada.meeting())
    google.mend()
    result = ada.ask("mutation($id: ID!) { retryCalendarEvent(eventId: $id) { success error } }", id=event["id"])
    assert result["retryCalendarEvent"] == {"success": True, "error": None}
    ada.arrived(event["id"], seconds=20)


def test_a_refusal_for_good_stores_nothing(ada, google):
    before = sorted(ada.events())
    google.fail("status", status=400, reason="invalid")
    result = ada.create(ada.meeting())
    assert result["success"] is False and result["errorCode"] == "PROVIDER_REJECTED"
    assert result["error"].startswith("The calendar rejected the meeting: ")
    assert sorted(ada.events()) == before


@pytest.mark.parametrize("fault", [{"mode": "hang"}, {"mode": "status", "status": 503, "reason": "backendError"},
                                   {"mode": "lostAnswer"}], ids=["hanging", "down", "losing answers"])
def test_what_was_answered_as_pending_survives_a_kill(own_demo, fault):
    member, provider, meeting = kill_while_pending(own_demo, fault)
    event_id = next(id for id, title in member.events() if title == meeting["title"])
    assert member.arrived(event_id, seconds=90)["externalId"]
    assert len(provider.titled(meeting["title"])) == 1
    # Another request with the key is still the same one.
    assert member.created(meeting)["id"] == event_id
    assert len(provider.titled(meeting["title"])) == 1


def kill_while_pending(own_demo, fault):
    own_demo.start()
    member = Member(own_demo.world)
    provider = Provider(own_demo.world, member)
    provider.fail(**fault)
    meeting = member.meeting(idempotencyKey=str(uuid.uuid4()))
    assert member.created(meeting)["pushStatus"] == "PENDING"
    own_demo.kill()
    own_demo.start()
    member = Member(own_demo.world)
    return member, Provider(own_demo.world, member), meeting


def test_a_pending_meet_link_survives_a_kill(own_demo):
    own_demo.start()
    member = Member(own_demo.world)
    Provider(own_demo.world, member).conferences(delay_milliseconds=2000)
    event = member.created(member.meeting(conferenceProviderId="GOOGLE_MEET"))
    assert event["conferenceStatus"] == "PENDING"
    own_demo.kill()
    own_demo.start()
    again = Member(own_demo.world)
    later = eventually(lambda: again.event(event["id"]), lambda e: e["conferenceStatus"] != "PENDING", 90)
    assert later["conferenceStatus"] == "SUCCESS" and later["conferenceLink"].startswith("https://meet.google.com/")
