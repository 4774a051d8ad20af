"""Three servers and three workers on one PostgreSQL, killed and restarted at random while meetings are made."""

import collections
import concurrent.futures
import os
import random
import subprocess
import threading
import uuid

import requests

from api import Member, Provider, eventually
from programs import free_port

SERVERS, WORKERS, MEMBERS, CLIENTS, MEETINGS = 3, 3, 6, 8, 240
# How many meetings are accepted between two kills.
KILL_EVERY = 12


class Cluster:
    def __init__(self, world, postgres, seed):
        self.postgres = postgres
        self.random = random.Random(seed)
        self.servers = [world.node("serve --no-worker", free_port()) for _ in range(SERVERS)]
        self.nodes = self.servers + [world.node("worker", free_port()) for _ in range(WORKERS)]
        self.accepted, self.kills, self.retries = 0, 0, 0
        self.lock = threading.Lock()

    def count(self):
        """One more meeting was accepted; now and then a node pays for it."""
        with self.lock:
            self.accepted += 1
            if self.accepted == MEETINGS // 2:
                restart_postgres(self.postgres)
            if self.accepted % KILL_EVERY == 0:
                self.kills += 1
                node = self.random.choice(self.nodes)
                node.kill()
                node.start()

    def create(self, world, number):
        """Asks, with one key, one server after another until one accepts."""
        member = Member(world, number % MEMBERS)
        meeting = member.meeting(title=f"Meeting {number}", idempotencyKey=str(uuid.uuid4()),
                                 attendees=[{"email": f"guest{number}@customer.example"}])
        chooser = random.Random(number)

        def attempt():
            server = chooser.choice(self.servers)
            member.world = {**world, "graphqlUrl": f"{server.url}/graphql"}
            try:
                result = member.create(meeting)
            except (requests.ConnectionError, AssertionError):
                result = {"success": False, "errorCode": "INTERNAL_SERVER_ERROR"}
            if not result["success"]:
                # Nothing but that it is not there, at the moment.
                assert result["errorCode"] == "INTERNAL_SERVER_ERROR", result
                self.retries += 1
            return result

        event = eventually(attempt, lambda result: result["success"])["calendarEvent"]
        self.count()
        return event["id"]


def restart_postgres(server):
    as_other = ["setpriv", "--reuid=nobody", "--regid=nogroup", "--clear-groups"] if os.geteuid() == 0 else []
    subprocess.run([*as_other, f"{server['PHOS_TEST_POSTGRES_BIN']}/pg_ctl", "restart", "-s", "-w", "-m", "fast",
                    "-D", server["PHOS_TEST_POSTGRES_DATA"]], cwd="/", check=True, timeout=60,
                   stdout=subprocess.DEVNULL)


def test_nothing_is_lost_and_nothing_twice_while_nodes_are_killed(own_world, own_postgres):
    seed = int(os.environ.get("PHOS_SCHEDULE_SEED", random.randrange(1 << 30)))
    print(f"PHOS_SCHEDULE_SEED={seed}")
    own_world.environment["PHOS_DATABASE_URL"] = own_postgres["PHOS_TEST_POSTGRES_URL"]
    own_world.options += ["--members", str(MEMBERS)]
    world = own_world.start().world
    requests.post(f"{world['emulators']['google']}/_emulator/answer-delay", json={"milliseconds": 20}, timeout=10)
    cluster = Cluster(own_world, own_postgres, seed)
    for node in cluster.nodes:
        node.start()
    for server in cluster.servers:
        server.ready()
    with concurrent.futures.ThreadPoolExecutor(CLIENTS) as pool:
        ids = list(pool.map(lambda number: cluster.create(world, number), range(MEETINGS)))
    print(f"{cluster.kills} kills, {cluster.retries} requests asked again")
    assert len(set(ids)) == MEETINGS and cluster.kills == MEETINGS // KILL_EVERY
    for server in cluster.servers:
        server.ready()
    member = Member({**world, "graphqlUrl": f"{cluster.servers[0].url}/graphql"})
    for event_id in ids:
        member.arrived(event_id)
    wanted = collections.Counter(f"Meeting {number}" for number in range(MEETINGS))
    assert collections.Counter(t for _, t in member.events() if t.startswith("Meeting ")) == wanted
    at_provider = collections.Counter()
    for index in range(MEMBERS):
        events = Provider(world, Member(world, index)).events()
        at_provider.update(e["summary"] for e in events if e["summary"].startswith("Meeting "))
    assert at_provider == wanted
    invitations = collections.Counter(to for mail in requests.get(world["mailbox"], timeout=30).json()
                                      for to in mail["to"] if to.startswith("guest"))
    assert set(invitations.values()) == {1} and len(invitations) == MEETINGS
    for node in cluster.nodes:
        assert node.end() == 0, node.log_text()


def test_many_that_start_at_once_bring_the_tables_up_to_date_once(own_world, empty_postgres):
    own_world.start()
    nodes = [own_world.node(kind, free_port()) for kind in ["serve --no-worker"] * SERVERS]
    for node in nodes:
        # A database that nobody has prepared.
        node.environment["PHOS_DATABASE_URL"] = empty_postgres
        node.start()
    for node in nodes:
        node.ready()
    address, schema = empty_postgres.split("?options=-csearch_path%3D")
    found = subprocess.run(["psql", address, "-Atc", f"SELECT version FROM {schema}.schema_migration ORDER BY version"],
                           check=True, capture_output=True, text=True).stdout.split()
    assert found == [str(number + 1) for number in range(len(found))] and found
