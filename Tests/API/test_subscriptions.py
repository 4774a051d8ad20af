"""Subscriptions as a script sees them: what changes arrives, and nothing is missed in between."""

import pytest
import requests

from api import Member, Provider, unique
from live import EVENT_CHANGED, Stream


@pytest.fixture
def ada(demo):
    return Member(demo)


@pytest.fixture
def watch(demo):
    """Opens streams and closes them in the end."""
    streams = []

    def open_stream(member, **more):
        streams.append(Stream(demo["url"], member.token, **more).opened())
        return streams[-1]

    yield open_stream
    for stream in streams:
        stream.close()


def test_a_meeting_is_followed_from_its_making_to_its_link(demo, ada, watch):
    provider = Provider(demo, ada)
    provider.conferences("success", 1500)
    try:
        stream = watch(ada)
        made = ada.created(ada.meeting(conferenceProviderId="GOOGLE_MEET"))
        linked = stream.changed(lambda e: e["id"] == made["id"] and e["conferenceStatus"] == "SUCCESS")
        assert linked["conferenceLink"].startswith("https://")
        assert linked["pushStatus"] == "SYNCED" and linked["title"] == made["title"]
    finally:
        provider.mend()


def test_one_event_is_watched_alone(ada, watch):
    watched, other = ada.created(ada.meeting("LOCAL")), ada.meeting("LOCAL")
    stream, all_events = watch(ada, id=watched["id"]), watch(ada)
    ada.created(other)
    assert all_events.changed()["title"] == other["title"]
    ada.ask("mutation($id: ID!) { retryCalendarEvent(eventId: $id) { success } }", id=watched["id"])
    assert stream.received.empty()


def test_what_happened_in_between_comes_first(ada, watch):
    stream = watch(ada)
    before = ada.created(ada.meeting("LOCAL"))
    stream.changed(lambda e: e["id"] == before["id"] and e["pushStatus"] == "SYNCED")
    stream.close()
    missed = [ada.created(ada.meeting("LOCAL"))["id"] for _ in range(5)]
    resumed = watch(ada, last_id=stream.last_id)
    after = ada.created(ada.meeting("LOCAL"))["id"]
    seen = []
    while after not in seen:
        seen.append(resumed.changed()["id"])
    assert set(missed) <= set(seen)
    # Each of them once for all that had become of it, and before what is new.
    assert [seen.count(event) for event in missed] == [1] * 5
    assert seen.index(after) >= 5


def test_a_colleague_is_told_only_what_they_may_see(demo, ada, watch):
    colleague = Member(demo, 1)
    theirs = watch(colleague)
    made = ada.created(ada.meeting("LOCAL", title=unique("Between us")))
    seen = theirs.changed(lambda e: e["id"] == made["id"])
    assert seen["isRedacted"] == colleague.event(made["id"])["isRedacted"]
    if seen["isRedacted"]:
        assert seen["title"] is None


def test_a_place_that_is_no_longer_known_is_said_in_the_stream(demo, ada):
    stream = Stream(demo["url"], ada.token, last_id="1-1")
    errors = stream.take()["errors"]
    assert errors[0]["extensions"]["code"] == "RESUME_POSITION_EXPIRED"
    stream.take("complete")
    stream.take("closed")


def test_a_meeting_that_the_calendar_refuses_after_all_is_told_to_be_gone(demo, ada, watch):
    provider, stream = Provider(demo, ada), watch(Member(demo, 1))
    # Slow to refuse: the meeting is seen while it waits for the answer.
    provider.answer_delay(800)
    provider.fail("status", status=400, reason="invalid")
    try:
        title = unique("Phantom")
        assert not ada.create(ada.meeting(title=title))["success"]
        seen = {}
        while True:
            answer = stream.take()
            if "errors" in answer:
                gone = answer["errors"][0]["extensions"]
                assert gone["code"] == "EVENT_GONE"
                if gone["eventId"] in seen or not seen:
                    break
            else:
                event = answer["data"]["calendarEventChanged"]
                seen[event["id"]] = event
        assert title not in [name for _, name in ada.events()]
    finally:
        provider.answer_delay(0)
        provider.mend()


def test_a_place_is_free_again_as_soon_as_a_client_has_gone(demo, ada):
    """Three times as many, one after another, as a member may have at a time."""
    for _ in range(100):
        Stream(demo["url"], ada.token).opened().close()


def test_clients_that_asked_by_post_and_have_gone_do_no_harm(demo, ada):
    address = demo["graphqlUrl"] + "/stream"
    headers = {"Authorization": f"Bearer {ada.token}", "Accept": "text/event-stream"}
    for _ in range(30):
        with requests.post(address, json={"query": EVENT_CHANGED}, headers=headers, stream=True, timeout=30) as answer:
            assert next(answer.iter_lines()) == b": welcome"
    # Their places are free again, and the server is there.
    Stream(demo["url"], ada.token).opened().close()


def test_a_member_who_signs_out_gets_no_more_updates(demo, ada):
    session = requests.Session()
    session.headers["X-Phos-Client"] = "test"
    answer = session.post(f"{demo['url']}/auth/sign-in", json={"email": ada.email, "password": ada.password}, timeout=20)
    cookie = answer.headers["Set-Cookie"].partition(";")[0]
    stream = Stream(demo["url"], None, cookie=cookie).opened()
    ada.created(ada.meeting("LOCAL"))
    stream.changed()
    assert session.post(f"{demo['url']}/auth/sign-out", timeout=20).ok
    # What is on its way may still arrive, what happens from now on may not.
    secret = ada.created(ada.meeting("LOCAL"))["id"]
    while True:
        kind, data = stream.received.get(timeout=20)
        if kind in ("complete", "closed"):
            break
        assert kind != "next" or data["data"]["calendarEventChanged"]["id"] != secret


def test_a_member_may_have_only_so_many_streams(demo, ada, watch):
    def ask():
        return requests.get(f"{demo['url']}/graphql/stream", stream=True, timeout=10, params={"query": EVENT_CHANGED},
                            headers={"Authorization": f"Bearer {ada.token}", "Accept": "text/event-stream"})

    answers = [ask()]
    while answers[-1].status_code == 200:
        answers.append(ask())
    assert answers[-1].status_code == 429
    assert answers[-1].json()["errors"][0]["extensions"]["code"] == "DOCUMENT_LIMIT_EXCEEDED"
    # Those of the tests before may still be counted: that nobody listens shows only when something is sent.
    assert 16 < len(answers) <= 33
    watch(Member(demo, 1))
    for answer in answers:
        answer.close()
