"""The program is killed with SIGKILL at every step between a request and its answer, on both engines."""

import signal
import uuid

import pytest
import requests

from api import Member, Provider

# Sources/CalendarCore/FailPoint.swift, in the order in which a request comes to them.
STEPS = ["received", "storing", "stored", "jobLeased", "beforeProvider", "afterProvider",
         "storingResult", "storedResult", "beforeAnswer"]
# From here on the meeting is stored: it arrives even if nobody asks again.
STORED = STEPS[STEPS.index("stored"):]


@pytest.fixture(params=["SQLite", "PostgreSQL"])
def demo_on_engine(request, own_demo):
    if request.param == "PostgreSQL":
        own_demo.environment["PHOS_DATABASE_URL"] = request.getfixturevalue("empty_postgres")
    return own_demo


def killed_at(demo, step):
    """A request during which the program was killed, and the program running again."""
    # The first start makes meetings of its own.
    demo.start()
    demo.stop()
    demo.environment["PHOS_FAIL_POINT"] = step
    demo.start()
    member = Member(demo.world)
    meeting = member.meeting(idempotencyKey=str(uuid.uuid4()), attendees=[{"email": "guest@customer.example"}])
    with pytest.raises(requests.ConnectionError):
        member.create(meeting)
    assert demo.process.wait(timeout=20) == -signal.SIGKILL
    del demo.environment["PHOS_FAIL_POINT"]
    demo.start()
    member = Member(demo.world)
    return member, Provider(demo.world, member), meeting


@pytest.mark.parametrize("step", STEPS)
def test_a_kill_neither_loses_a_meeting_nor_makes_a_second(demo_on_engine, step):
    member, provider, meeting = killed_at(demo_on_engine, step)
    mine = [id for id, title in member.events() if title == meeting["title"]]
    assert len(mine) == (1 if step in STORED else 0)
    for event_id in mine:
        member.arrived(event_id)
    # Whoever got no answer asks again.
    event = member.arrived(member.created(meeting)["id"])
    assert mine in ([], [event["id"]])
    assert [title for _, title in member.events()].count(meeting["title"]) == 1
    assert [e["id"] for e in provider.titled(meeting["title"])] == [event["externalId"]]
