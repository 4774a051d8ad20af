"""Google's own client opens and stops notification channels at the emulator, and a real receiver gets what they send."""

import http.server
import queue
import threading
import time

import google.oauth2.credentials
import pytest
from googleapiclient.errors import HttpError

from google_client import client, insert, new_id, refusal, timed


class Receiver(http.server.ThreadingHTTPServer):
    """A receiver that acknowledges every notification and stores its headers."""

    daemon_threads = True

    def __init__(self):
        received = self.received = queue.Queue()

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_POST(self):
                body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
                received.put((dict((k.lower(), v) for k, v in self.headers.items()), body))
                self.send_response(204)
                self.end_headers()

            def log_message(self, *_):
                pass

        super().__init__(("127.0.0.1", 0), Handler)

    @property
    def url(self):
        return f"http://127.0.0.1:{self.server_port}/webhooks/google"

    def next(self, state):
        """The next notification of that state.

        A conference of an earlier test, which is made now, is a change as well.
        """
        while True:
            headers, body = self.received.get(timeout=30)
            assert headers["x-goog-resource-state"] in ("sync", "exists") and body == b""
            if headers["x-goog-resource-state"] == state:
                return headers


@pytest.fixture
def receiver():
    with Receiver() as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield server
        server.shutdown()


@pytest.fixture
def opened(calendar):
    """Opens channels that are stopped after the test."""
    channels = []

    def watch(**body):
        channel = calendar.events().watch(calendarId="primary", body={"id": new_id(), "type": "web_hook"} | body)
        channels.append(channel.execute())
        return channels[-1]

    yield watch
    for channel in channels:
        try:
            stop(calendar, channel).execute()
        except HttpError as error:
            assert error.resp.status == 404


def stop(calendar, channel):
    return calendar.channels().stop(body={"id": channel["id"], "resourceId": channel["resourceId"]})


def test_a_channel_tells_of_changes_until_it_is_stopped(calendar, events, receiver, opened):
    channel = opened(address=receiver.url, token="a secret")
    assert channel["kind"] == "api#channel" and channel["token"] == "a secret"
    assert 0 < int(channel["expiration"]) / 1000 - time.time() <= 604_800
    first = receiver.next("sync")
    assert first["x-goog-channel-id"] == channel["id"] and first["x-goog-message-number"] == "1"
    assert first["x-goog-channel-token"] == "a secret"
    event = insert(events, timed())
    second = receiver.next("exists")
    assert second["x-goog-resource-id"] == channel["resourceId"] and second["x-goog-channel-token"] == "a secret"
    events.patch(calendarId="primary", eventId=event["id"], body={"summary": "Moved"}).execute()
    third = receiver.next("exists")
    numbers = [int(told["x-goog-message-number"]) for told in (first, second, third)]
    assert numbers[0] + 1 < numbers[1] and numbers[1] + 1 < numbers[2]
    # An empty answer is what the client makes of 204.
    assert not stop(calendar, channel).execute()
    assert refusal(stop(calendar, channel)) == (404, "notFound")
    other = opened(address=receiver.url)
    assert receiver.next("sync")["x-goog-channel-id"] == other["id"]
    events.delete(calendarId="primary", eventId=event["id"]).execute()
    # Only the channel that is open is told.
    assert receiver.next("exists")["x-goog-channel-id"] == other["id"]


def test_channels_that_google_would_not_open_are_refused(calendar, receiver, opened):
    def watch(**body):
        return calendar.events().watch(calendarId="primary", body={"id": new_id(), "type": "web_hook",
                                                                    "address": receiver.url} | body)

    channel = opened(address=receiver.url)
    assert refusal(watch(id=channel["id"])) == (400, "channelIdNotUnique")
    assert refusal(watch(id="x" * 65)) == (400, "push.channelIdInvalid")
    assert refusal(watch(token="x" * 257)) == (400, "invalid")
    assert refusal(watch(type="carrier_pigeon")) == (400, "push.channelTypeNotSupported")
    assert refusal(watch(address="http://crm.example/hook")) == (400, "push.webhookUrlNotHttps")
    assert refusal(watch(expiration=str(int(time.time() * 1000) - 1))) == (400, "invalid")


def test_a_channel_ends_after_a_week_whatever_is_asked_for(receiver, opened):
    ends = int(opened(address=receiver.url, expiration=str(int(time.time() * 1000) + 10**10))["expiration"])
    assert ends / 1000 - time.time() <= 604_800
    ends = int(opened(address=receiver.url, params={"ttl": "60"})["expiration"])
    assert ends / 1000 - time.time() <= 60


def test_a_channel_belongs_to_the_client_who_opened_it(emulator, sign_in, account, calendar, receiver, opened):
    channel = opened(address=receiver.url)
    wrong = dict(channel, resourceId="another")
    assert refusal(stop(calendar, wrong)) == (404, "notFound")
    scope = "https://www.googleapis.com/auth/calendar.events"
    token = sign_in.exchange(sign_in.allow(account["handle"], [scope], [scope]))[1]["access_token"]
    other = client(emulator, google.oauth2.credentials.Credentials(token=token))
    assert refusal(stop(other, channel)) == (404, "notFound")


def test_notifications_are_repeated_on_request(events, receiver, opened, control):
    opened(address=receiver.url)
    receiver.next("sync")
    control("POST", "notifications/faults", {"mode": "repeat"})
    try:
        insert(events, timed())
        numbers = [receiver.next("exists")["x-goog-message-number"] for _ in range(2)]
    finally:
        control("DELETE", "notifications/faults")
    assert numbers[0] == numbers[1]
