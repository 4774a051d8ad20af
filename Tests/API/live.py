"""A client of server-sent events, as scripts write one: GraphQL over SSE, distinct connections mode."""

import json
import queue
import threading

import requests

EVENT_CHANGED = """subscription($id: ID) { calendarEventChanged(eventId: $id) {
  id title isRedacted pushStatus conferenceStatus conferenceLink version } }"""


class Stream:
    """One subscription, read in a thread of its own; `last_id` is where it may go on from."""

    def __init__(self, url, token, query=EVENT_CHANGED, last_id=None, **variables):
        headers = {"Authorization": f"Bearer {token}", "Accept": "text/event-stream"}
        if last_id:
            headers["Last-Event-ID"] = last_id
        self.last_id = last_id
        self.received = queue.Queue()
        self.answer = requests.get(f"{url}/graphql/stream", headers=headers, stream=True, timeout=(10, 60),
                                   params={"query": query, "variables": json.dumps(variables)})
        assert self.answer.status_code == 200, self.answer.text
        assert self.answer.headers["Content-Type"] == "text/event-stream; charset=utf-8"
        threading.Thread(target=self._read, daemon=True).start()

    def _read(self):
        event = {}
        try:
            for line in self.answer.iter_lines(chunk_size=1):
                name, _, value = line.decode().partition(":")
                if line:
                    event[name] = value.removeprefix(" ")
                    continue
                self._dispatch(event)
                event = {}
        except (requests.RequestException, AttributeError):
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

    def opened(self):
        """Waits for the position with which every subscription begins; from there on nothing is missed."""
        self.take("position")
        return self

    def close(self):
        self.answer.close()
