"""A demo's data folder is continued, never reset."""

import json
import stat
import subprocess

import pytest
import requests

from api import Member, Provider


def sign_in(world, member):
    return requests.post(f"{world['url']}/auth/sign-in", timeout=10,
                         json={"email": member.email, "password": member.password}).status_code


@pytest.mark.parametrize("end", ["stop", "kill"])
def test_everything_is_there_again(own_demo, end):
    own_demo.start()
    first = own_demo.world
    ada, ben = Member(first), Member(first, 1)
    event = ada.created(ada.meeting())
    person = ada.ask('mutation { createPerson(input: { lastName: "Kept", emails: [] }) { id } }')["createPerson"]["id"]
    events, theirs = sorted(ada.events()), sorted(e["id"] for e in Provider(first, ada).events())
    getattr(own_demo, end)()
    second = own_demo.start().world

    assert [(m["email"], m["password"]) for m in second["members"]] == [
        (m["email"], m["password"]) for m in first["members"]]
    assert second["connectedAccounts"] == first["connectedAccounts"]
    # The new tokens work, and those that a script was given before do so still.
    for member in (ada, ben, Member(second), Member(second, 1)):
        member.world = second
        assert member.ask("{ me { email } }")["me"]["email"] == member.email
        assert sign_in(second, member) == 200
    assert sorted(ada.events()) == events
    assert ada.event(event["id"])["externalId"] == event["externalId"]
    assert ada.ask("query($id: ID!) { person(id: $id) { lastName } }", id=person)["person"] == {"lastName": "Kept"}
    assert sorted(e["id"] for e in Provider(second, ada).events()) == theirs
    # And it goes on: the account still opens at the provider.
    meeting = ada.meeting()
    ada.created(meeting)
    assert len(Provider(second, ada).titled(meeting["title"])) == 1


@pytest.mark.parametrize("flag", ["IS_CALENDAR_COMPOSE_ENABLED", "IS_CALENDAR_EVENT_CREATE_ENABLED"])
def test_a_demo_in_which_something_is_switched_off_starts_again_and_leaves_it_off(own_demo, flag):
    own_demo.start()
    Member(own_demo.world).set_flag(flag, False)
    own_demo.stop()
    own_demo.start()
    flags = Member(own_demo.world).ask("{ featureFlags { key enabled } }")["featureFlags"]
    assert [f["key"] for f in flags if not f["enabled"]] == [flag]


def test_the_description_is_there_only_while_the_server_answers(own_demo):
    own_demo.start()
    description = own_demo.data / "demo.json"
    assert requests.get(f"{own_demo.world['url']}/health/ready", timeout=10).status_code == 200
    world = json.loads(description.read_text())
    assert set(world) == {"url", "graphqlUrl", "members", "connectedAccounts", "emulators", "mailbox"}
    assert stat.S_IMODE(own_demo.data.stat().st_mode) == 0o700
    own_demo.stop()
    assert not description.exists()


def test_a_folder_is_for_one_demo_at_a_time(own_demo):
    own_demo.start()
    second = subprocess.run(own_demo.command(), capture_output=True, text=True, timeout=60)
    assert second.returncode != 0
    assert "Another demo is running" in second.stderr
    assert json.loads((own_demo.data / "demo.json").read_text()) == own_demo.world
    assert requests.get(f"{own_demo.world['url']}/health/ready", timeout=10).status_code == 200


def test_no_secret_is_in_the_log(own_demo):
    own_demo.start()
    member = Member(own_demo.world)
    provider = Provider(own_demo.world, member)
    provider.fail("status", status=503, reason="backendError", count=1)
    meeting = member.meeting(title="Confidential title", attendees=[{"email": "private@customer.example"}])
    member.arrived(member.created(meeting)["id"])
    own_demo.stop()
    log = own_demo.log_text()
    secrets = json.loads((own_demo.data / "secrets.json").read_text())
    for secret in (secrets["encryptionKey"], secrets["clientSecret"], member.token, provider.token,
                   "Confidential title", "private@customer.example"):
        assert secret not in log
