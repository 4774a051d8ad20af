"""SIGTERM: requests in flight are answered, jobs are handed back."""

import concurrent.futures

import pytest
import requests

from api import Member, Provider, eventually
from programs import free_port


def hanging(google):
    return requests.get(f"{google.base}/_emulator/faults", timeout=10).json()["hanging"]


@pytest.fixture
def world(own_world):
    return own_world.start()


def test_a_request_in_flight_is_answered_before_the_program_ends(world):
    node = world.node("serve", world.port).start().ready()
    member = Member(world.world)
    google = Provider(world.world, member)
    google.fail("hang")
    with concurrent.futures.ThreadPoolExecutor(2) as pool:
        creating = pool.submit(member.created, member.meeting())
        eventually(lambda: hanging(google), lambda count: count == 1)
        ending = pool.submit(node.end)
        # New ones are not taken any more.
        eventually(lambda: refuses(node), lambda refused: refused)
        assert not creating.done()
        google.mend()
        event = creating.result()
        assert event["pushStatus"] == "SYNCED"
        assert ending.result() == 0, node.log_text()
    assert [e["id"] for e in google.titled(event["title"])] == [event["externalId"]]


def refuses(node):
    try:
        requests.get(f"{node.url}/health/live", timeout=5)
        return False
    except requests.ConnectionError:
        return True


def test_a_job_that_cannot_be_finished_is_handed_back_at_once(world):
    server = world.node("serve --no-worker", world.port).start().ready()
    worker = world.node("worker", free_port()).start()
    member = Member(world.world)
    google = Provider(world.world, member)
    google.fail("hang")
    event = member.created(member.meeting())
    assert event["pushStatus"] == "PENDING"
    eventually(lambda: hanging(google), lambda count: count >= 1)
    assert worker.end() == 0, worker.log_text()
    google.mend()
    # Far less than the lease would have kept it.
    world.node("worker", free_port()).start()
    assert member.arrived(event["id"])["externalId"]
    assert len(google.titled(event["title"])) == 1
    assert server.end() == 0, server.log_text()
