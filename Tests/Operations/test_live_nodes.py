"""Three servers on one PostgreSQL: what changes on one reaches those who watch on all, also when one is killed."""

import subprocess

from api import Member
from live import Stream
from programs import free_port


def test_a_change_on_one_node_reaches_the_watchers_of_all(own_world, empty_postgres):
    own_world.environment = {"PHOS_DATABASE_URL": empty_postgres}
    world = own_world.start().world
    servers = [own_world.node("serve --no-worker", free_port()).start() for _ in range(3)]
    # Nobody who serves: what it does reaches the watchers, too.
    own_world.node("worker", free_port()).start()
    for server in servers:
        server.ready()
    ada = Member(world)

    def create_on(server, **more):
        ada.world = {**world, "graphqlUrl": f"{server.url}/graphql"}
        return ada.created(ada.meeting("LOCAL", **more))["id"]

    streams = [Stream(server.url, ada.token).opened() for server in servers]
    for maker in servers:
        made = create_on(maker)
        for stream in streams:
            assert stream.changed(lambda e: e["id"] == made and e["pushStatus"] == "SYNCED")

    # A node dies with its watcher, who goes on at another one where they were.
    servers[0].kill()
    streams[0].ended()
    missed = [create_on(servers[1]) for _ in range(3)]
    resumed = Stream(servers[2].url, ada.token, last_id=streams[0].last_id).opened()
    after = create_on(servers[1])
    seen = []
    while after not in seen:
        seen.append(resumed.changed()["id"])
    assert set(missed) <= set(seen), "A change was missed on the way from one node to the other."
    for stream in streams[1:]:
        assert stream.changed(lambda e: e["id"] == after)


def test_watchers_hear_again_after_the_database_dropped_every_connection(own_world, own_postgres):
    address = own_postgres["PHOS_TEST_POSTGRES_URL"]
    own_world.environment = {"PHOS_DATABASE_URL": address}
    world = own_world.start().world
    first, second = (own_world.node("serve --no-worker", free_port()).start().ready() for _ in range(2))
    ada = Member({**world, "graphqlUrl": f"{first.url}/graphql"})
    stream = Stream(second.url, ada.token).opened()
    made = ada.created(ada.meeting("LOCAL"))["id"]
    assert stream.changed(lambda e: e["id"] == made)
    terminate_connections(address)
    made = ada.created(ada.meeting("LOCAL"))["id"]
    assert stream.changed(lambda e: e["id"] == made)


def terminate_connections(address):
    """Ends every connection to the database but the one that does so, the listening ones among them."""
    subprocess.run(
        ["psql", address.partition("?")[0], "-qAtc",
         "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity "
         "WHERE datname = current_database() AND pid <> pg_backend_pid() AND backend_type = 'client backend'"],
        check=True, capture_output=True)
