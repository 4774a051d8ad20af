"""A client of server-sent events, as scripts write one: GraphQL over SSE, distinct connections mode."""

import contextlib
import http.client
import json
import queue
import socket
import threading
import urllib.parse

EVENT_CHANGED = """subscription($id: ID) { calendarEventChanged(eventId: $id) {
  id title isRedacted pushStatus conferenceStatus conferenceLink version } }"""


class Stream:
    """One subscription, read in a thread of its own; `last_id` is where it may go on from."""

    def __init__(self, url, token, query=EVENT_CHANGED, last_id=None, cookie=None, **variables):
        caller = {"Cookie": cookie} if cookie else {"Authorization": f"Bearer {token}"}
        headers = {**caller, "Accept": "text/event-stream"}
        if last_id:
            headers["Last-Event-ID"] = last_id
        self.last_id = last_id
        self.received = queue.Queue()
        self.connection = http.client.HTTPConnection(urllib.parse.urlsplit(url).netloc, timeout=60)
        parameters = urllib.parse.urlencode({"query": query, "variables": json.dumps(variables)})
        self.connection.request("GET", f"/graphql/stream?{parameters}", headers=headers)
        self.answer = self.connection.getresponse()
        assert self.answer.status == 200, self.answer.read()
        assert self.answer.headers["Content-Type"] == "text/event-stream; charset=utf-8"
        threading.Thread(target=self._read, daemon=True).start()

    def _read(self):
        event = {}
        try:
            while line := self.answer.readline():
                name, _, value = line.decode().rstrip("\n").partition(":")
                if line != b"\n":
                    event[name] = value.removeprefix(" ")
                    continue
                self._dispatch(event)
                event = {}
        except (OSError, http.client.HTTPException):
            pass
        self.received.put(("closed", None))

    def _dispatch(self, event):
        if "id" in event:
            self.last_id = event["id"]
            self.received.put(("position", event["id"]))
        if "event" in event:
            self.received.put((event["event"], json.loads(event["data"]) if event.get("data") else None))

    def take(self, kind="next", seconds=30):
        """What the next event of a kind carries."""
        while True:
            name, data = self.received.get(timeout=seconds)
            if name == kind:
                return data
            assert name == "position", f"{name} instead of {kind}: {data}"

    def changed(self, is_wanted=lambda event: True, seconds=30):
        """The next event of the calendar that is wanted."""
        while True:
            event = self.take(seconds=seconds)["data"]["calendarEventChanged"]
            if is_wanted(event):
                return event

    def ended(self, seconds=30):
        """Waits until the server is gone, and passes over what it said before."""
        while self.received.get(timeout=seconds)[0] != "closed":
            pass

    def opened(self):
        """Waits for the position with which every subscription begins; from there on nothing is missed."""
        self.take("position")
        return self

    def close(self):
        # Closing alone would wait for the thread that reads.
        with contextlib.suppress(OSError):
            self.connection.sock.shutdown(socket.SHUT_RDWR)
