"""Back-up and restore of either engine, and the way from one to the other."""

import concurrent.futures
import os
import stat
import subprocess
import threading

import pytest

from api import Member, Provider


def meetings(member):
    return sorted(title for _, title in member.events() if title.startswith("Meeting"))


@pytest.fixture
def world(own_world):
    return own_world.start()


def creating(member, until):
    """Makes meetings until it is told to stop; the titles with how far each got before its request was answered."""
    made = {}
    while not until.is_set() or len(made) < 3:
        event = member.created(member.meeting())
        made[event["title"]] = event["pushStatus"]
    return made


def test_a_back_up_made_while_meetings_are_made_is_restored_and_makes_none_twice(world, tmp_path):
    node = world.node("serve", world.port).start().ready()
    member = Member(world.world)
    google = Provider(world.world, member)
    # Some are stored, some on their way, some not told to the provider yet.
    google.fail("status", status=503, count=5)
    stop = threading.Event()
    with concurrent.futures.ThreadPoolExecutor(4) as pool:
        makers = [pool.submit(creating, member, stop) for _ in range(3)]
        first = member.created(member.meeting())["title"]
        backup = tmp_path / "backup.sqlite"
        done = world.run("backup", str(backup))
        assert done.returncode == 0, done.stderr
        stop.set()
        made = {title: status for maker in makers for title, status in maker.result().items()}
    assert stat.S_IMODE(os.stat(backup).st_mode) == 0o600
    refused = world.run("restore", str(backup))
    assert refused.returncode != 0 and "in use" in refused.stderr and not refused.stdout
    assert node.end() == 0
    restored = world.run("restore", str(backup))
    assert restored.returncode == 0 and "kept as" in restored.stdout, restored.stderr
    node.start().ready()
    found = meetings(member)
    assert first in found and len(found) == len(set(found)) and set(found) <= {first, *made}
    for event_id, title in member.events():
        if title in found:
            member.arrived(event_id)
    titles = [e["summary"] for e in google.events()]
    # What was delivered after the back-up is still in the calendar, what was not is forgotten; nothing is there twice.
    lost = {title for title, status in made.items() if status != "SYNCED"} - set(found)
    assert all(titles.count(title) == 1 for title in {first, *made} - lost)
    assert all(titles.count(title) <= 1 for title in lost)


def test_a_back_up_is_never_written_over(world, tmp_path):
    existing = tmp_path / "mine"
    existing.write_text("mine")
    done = world.run("backup", str(existing))
    assert done.returncode != 0 and "already exists" in done.stderr and existing.read_text() == "mine"


def test_a_database_on_a_server_is_backed_up_with_its_own_tools(own_world, empty_postgres, tmp_path):
    own_world.environment["PHOS_DATABASE_URL"] = empty_postgres
    own_world.start()
    done = own_world.run("backup", str(tmp_path / "backup"))
    assert done.returncode != 0 and "pg_dump" in done.stderr
    node = own_world.node("serve", own_world.port).start().ready()
    member = Member(own_world.world)
    before = [member.created(member.meeting())["title"] for _ in range(3)]
    # As in docs/guides/operations.md.
    address, schema = empty_postgres.split("?options=-csearch_path%3D")
    dump = tmp_path / "phos.dump"
    subprocess.run(["pg_dump", "--format=custom", f"--schema={schema}", f"--file={dump}", address], check=True)
    member.created(member.meeting())
    assert node.end() == 0
    subprocess.run(["pg_restore", "--clean", "--if-exists", "--exit-on-error", f"--dbname={address}", str(dump)],
                   check=True)
    node.start().ready()
    assert meetings(member) == sorted(before)
    again = member.created(member.meeting())
    assert again["pushStatus"] == "SYNCED"


def test_a_workspace_moves_from_a_file_to_a_server(world, empty_postgres):
    node = world.node("serve", world.port).start().ready()
    member = Member(world.world)
    google = Provider(world.world, member)
    delivered = member.created(member.meeting())
    google.fail("status", status=503)
    pending = member.created(member.meeting())
    assert pending["pushStatus"] == "PENDING"
    assert node.end() == 0
    google.mend()
    copied = subprocess.run(
        [node.command[0], "copy", "--from", f"sqlite:{world.data}/phos.db", "--to", empty_postgres],
        capture_output=True, text=True, timeout=60)
    assert copied.returncode == 0 and copied.stdout.startswith("Copied"), copied.stderr
    node.environment["PHOS_DATABASE_URL"] = empty_postgres
    node.start().ready()
    # Signed in as before, with what was stored, and what was on its way goes on.
    assert member.event(delivered["id"])["externalId"] == delivered["externalId"]
    assert member.arrived(pending["id"])["externalId"]
    assert len(google.titled(pending["title"])) == len(google.titled(delivered["title"])) == 1
    again = subprocess.run(copied.args, capture_output=True, text=True, timeout=60)
    assert again.returncode != 0 and "already contains a workspace" in again.stderr
    assert "phos:" not in again.stderr + again.stdout
