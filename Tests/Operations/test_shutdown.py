"""SIGTERM: requests in flight are answered, jobs are handed back."""

import concurrent.futures
import socket
import urllib.parse

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
        # New connections are no longer accepted.
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


def test_a_client_that_takes_nothing_of_its_stream_does_not_keep_the_program(world):
    node = world.node("serve", world.port).start().ready()
    member = Member(world.world)
    fields = " ".join(f"d{number}: description" for number in range(90))
    with socket.socket() as stalled:
        # What the system keeps for a client that does not read is little, and soon full.
        stalled.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        stalled.connect(("127.0.0.1", world.port))
        query = urllib.parse.quote(f"subscription {{ calendarEventChanged {{ {fields} }} }}")
        stalled.sendall((f"GET /graphql/stream?query={query} HTTP/1.1\r\nHost: phos\r\nAccept: text/event-stream\r\n"
                         f"Authorization: Bearer {member.token}\r\n\r\n").encode())
        stalled.recv(16)
        for _ in range(8):
            member.created(member.meeting("LOCAL", description="x" * 8000))
        assert node.end() == 0, node.log_text()
