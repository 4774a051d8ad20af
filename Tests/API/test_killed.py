"""The program is killed with SIGKILL at every step between a request and its answer, on both engines."""

import signal
import uuid

import pytest
import requests

from api import Member, Provider, eventually, invitations, unique

# Sources/CalendarCore/FailPoint.swift, in the order in which a request comes to them.
STEPS = ["received", "storing", "stored", "jobLeased", "beforeProvider", "afterProvider",
         "storingResult", "storedResult", "beforeAnswer"]
# From here on what was asked for is stored: it arrives even if nobody asks again.
STORED = STEPS[STEPS.index("stored"):]
# From here on the provider has it.
ARRIVED = STEPS[STEPS.index("afterProvider"):]


@pytest.fixture(params=["SQLite", "PostgreSQL"])
def demo_on_engine(request, own_demo):
    if request.param == "PostgreSQL":
        own_demo.environment["PHOS_DATABASE_URL"] = request.getfixturevalue("empty_postgres")
    return own_demo


def killed_at(demo, step, request, prepare=lambda member: None):
    """A request during which the program was killed, and the program running again; what was prepared before it."""
    # The first start makes meetings of its own.
    demo.start()
    prepared = prepare(Member(demo.world))
    demo.stop()
    demo.environment["PHOS_FAIL_POINT"] = step
    demo.start()
    with pytest.raises(requests.ConnectionError):
        request(Member(demo.world), prepared)
    assert demo.process.wait(timeout=20) == -signal.SIGKILL
    del demo.environment["PHOS_FAIL_POINT"]
    demo.start()
    member = Member(demo.world)
    return member, Provider(demo.world, member), prepared


@pytest.mark.parametrize("step", STEPS)
def test_a_kill_neither_loses_a_meeting_nor_makes_a_second(demo_on_engine, step):
    wish = {"idempotencyKey": str(uuid.uuid4()), "attendees": [{"email": "guest@customer.example"}],
            "title": unique("Meeting")}
    member, provider, _ = killed_at(demo_on_engine, step, lambda member, _: member.create(member.meeting(**wish)))
    meeting = member.meeting(**wish)
    mine = [id for id, title in member.events() if title == meeting["title"]]
    assert len(mine) == (1 if step in STORED else 0)
    for event_id in mine:
        member.arrived(event_id)
    # The caller who got no answer asks again.
    event = member.arrived(member.created(meeting)["id"])
    assert mine in ([], [event["id"]])
    assert [title for _, title in member.events()].count(meeting["title"]) == 1
    assert [e["id"] for e in provider.titled(meeting["title"])] == [event["externalId"]]


def invited(guest):
    def prepare(member):
        event = member.created(member.meeting(attendees=[{"email": guest}]))
        return member.arrived(event["id"])
    return prepare


@pytest.mark.parametrize("step", STEPS)
def test_a_kill_neither_loses_a_change_nor_makes_it_twice(demo_on_engine, step):
    guest, title = f"{unique('guest').replace(' ', '-')}@customer.example", unique("Changed")
    member, provider, event = killed_at(
        demo_on_engine, step, lambda member, event: member.update(event["id"], title=title), invited(guest))
    now = eventually(lambda: member.event(event["id"]), lambda e: e["pushStatus"] == "SYNCED")
    assert now["title"] == (title if step in STORED else event["title"])
    # The caller who got no answer asks again.
    assert member.update(event["id"], title=title)["success"]
    now = member.arrived(event["id"])
    (theirs,) = [e for e in provider.events() if e["id"] == event["externalId"]]
    assert now["title"] == theirs["summary"] == title
    # The log of requests is the emulator's since it runs again.
    assert provider.asked("events.patch") == ([] if step in ARRIVED else [200])
    assert invitations(demo_on_engine.world, guest, "REQUEST") == 2
    assert provider.inserts() == 0


@pytest.mark.parametrize("step", STEPS)
def test_a_kill_neither_loses_a_deletion_nor_tells_guests_twice(demo_on_engine, step):
    guest = f"{unique('guest').replace(' ', '-')}@customer.example"
    member, provider, event = killed_at(
        demo_on_engine, step, lambda member, event: member.delete(event["id"]), invited(guest))
    there = lambda: [e for e in provider.events() if e["id"] == event["externalId"]]
    if step in STORED:
        assert member.event(event["id"]) is None
        eventually(there, lambda found: not found)
    else:
        assert there() and member.event(event["id"])["pushStatus"] == "SYNCED"
    # The caller who got no answer asks again.
    again = member.delete(event["id"])
    assert again["success"] or (step in STORED and again["errorCode"] == "NOT_FOUND")
    eventually(there, lambda found: not found)
    eventually(lambda: invitations(demo_on_engine.world, guest, "CANCEL"), lambda count: count > 0)
    assert member.event(event["id"]) is None
    assert event["id"] not in [id for id, _ in member.events()]
    assert invitations(demo_on_engine.world, guest, "CANCEL") == 1
    assert [status for status in provider.asked("events.delete") if status < 300] == ([] if step in ARRIVED else [204])
