"""Another encryption key, while accounts stay connected."""

import base64
import os

import pytest

from api import Member


@pytest.fixture
def world(own_world):
    return own_world.start()


def set_keys(world, current, previous=""):
    """Writes both keys into the configuration that servers and commands of this world read."""
    path = world.data / "phos.env"
    lines = [line for line in path.read_text().splitlines() if not line.startswith("PHOS_ENCRYPTION_KEY")]
    path.write_text("\n".join([*lines, f"PHOS_ENCRYPTION_KEY={current}", f"PHOS_ENCRYPTION_KEY_PREVIOUS={previous}", ""]))


def delivered(world):
    """Whether a server that is started now can reach the calendar of an account that was connected before."""
    node = world.node("serve", world.port).start().ready()
    member = Member(world.world)
    event = member.created(member.meeting())
    assert node.end() == 0
    return event["pushStatus"] == "SYNCED"


def test_accounts_go_on_under_another_key(world):
    old = next(line.partition("=")[2] for line in (world.data / "phos.env").read_text().splitlines()
               if line.startswith("PHOS_ENCRYPTION_KEY="))
    new = base64.b64encode(os.urandom(32)).decode()

    set_keys(world, new)
    missing = world.run("rotate-keys")
    assert missing.returncode == 1 and "can't be opened" in missing.stdout
    assert old not in missing.stdout + missing.stderr and new not in missing.stdout + missing.stderr

    set_keys(world, new, old)
    assert delivered(world)
    done = world.run("rotate-keys")
    assert done.returncode == 0 and "resealed" in done.stdout, done.stderr
    again = world.run("rotate-keys")
    assert again.returncode == 0 and again.stdout.startswith("0 resealed")

    set_keys(world, new)
    assert delivered(world)


def test_a_key_that_is_none_stops_the_start(world):
    set_keys(world, base64.b64encode(os.urandom(32)).decode(), "short")
    refused = world.run("rotate-keys")
    assert refused.returncode != 0 and "PHOS_ENCRYPTION_KEY_PREVIOUS" in refused.stderr
