"""A disk that is full, and then has space again."""

import resource
import uuid

from api import Member, Provider


def limit_files(node, size):
    """No file of the process may grow beyond so many bytes."""
    _, most = resource.prlimit(node.process.pid, resource.RLIMIT_FSIZE)
    resource.prlimit(node.process.pid, resource.RLIMIT_FSIZE, (size, most))


def test_what_cannot_be_stored_is_refused_and_goes_when_there_is_room(own_world):
    world = own_world.start()
    node = world.node("serve", world.port).start().ready()
    member = Member(world.world)
    google = Provider(world.world, member)
    accepted = [member.created(member.meeting())]
    journal = world.data / "phos.db-wal"
    limit_files(node, journal.stat().st_size + 20_000)
    refused = None
    while refused is None:
        assert len(accepted) < 100, "the limit has no effect"
        meeting = member.meeting(idempotencyKey=str(uuid.uuid4()), description="x" * 8000)
        answer = member.post({"query": "mutation($input: CreateCalendarEventInput!) { createCalendarEvent(input: $input)"
                                       " { success error errorCode calendarEvent { id title pushStatus } } }",
                              "variables": {"input": meeting}})
        assert answer.status_code == 200, answer.text
        result = answer.json()["data"]["createCalendarEvent"]
        if result["success"]:
            accepted.append(result["calendarEvent"])
        else:
            refused = result
    assert refused["errorCode"] == "INTERNAL_SERVER_ERROR" and refused["calendarEvent"] is None, refused
    assert "try again" in refused["error"].lower() and "sql" not in refused["error"].lower()
    # Reading goes on.
    assert {e["id"] for e in accepted} <= {id for id, _ in member.events()}
    limit_files(node, resource.RLIM_INFINITY)
    accepted.append(member.created(meeting))
    for event in accepted:
        assert member.arrived(event["id"])["externalId"]
        assert len(google.titled(event["title"])) == 1
    assert node.end() == 0, node.log_text()
    # The file is whole.
    node.start().ready()
    assert {e["id"] for e in accepted} <= {id for id, _ in member.events()}
