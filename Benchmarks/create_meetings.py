"""How long a person waits for a meeting to be made, changed and deleted, with a provider that answers in 50 ms.

Prints milliseconds, how many more they are than an insert at the provider itself takes, and the processor time that the
server used, which other programs on the machine disturb least. One request at a time; the emulators are another process,
and the members take turns, since the requests of one account are limited to what its provider allows.
"""

import argparse
import datetime
import http.client
import json
import math
import os
import statistics
import time
import urllib.parse

from world import median_and_p99, milliseconds, resident_megabytes, send, world

CREATE = """mutation($input: CreateCalendarEventInput!) {
  createCalendarEvent(input: $input) { success error calendarEvent { id pushStatus } }
}"""
UPDATE = """mutation($id: ID!, $input: UpdateCalendarEventInput!) {
  updateCalendarEvent(eventId: $id, input: $input) { success error calendarEvent { pushStatus } }
}"""
# A third of what Google allows an account in a minute, so that a faster machine is not stopped either.
REQUESTS_PER_ACCOUNT = 66
DELETE = "mutation($id: ID!) { deleteCalendarEvent(eventId: $id) { success error } }"


def line(name, samples, base):
    median, p99 = median_and_p99(samples)
    print(f"{name:<34} median {median:7.1f} ms   p99 {p99:7.1f} ms   {median - base:5.1f} ms above the provider, "
          f"{median / base:5.2f} ×")


def measure(binary, creates, delay):
    count = max(2, math.ceil(3 * creates / REQUESTS_PER_ACCOUNT))
    with world(binary, members=count) as demo:
        google, members = demo.description["emulators"]["google"], demo.members
        send(f"{google}/_emulator/answer-delay", {"milliseconds": delay})
        provider = provider_milliseconds(demo, google)
        started = time.perf_counter()
        with demo.server() as server:
            ready, memory = time.perf_counter() - started, resident_megabytes(server.pid)
            base = statistics.median(provider)
            start = datetime.datetime(2030, 1, 7, 9, tzinfo=datetime.timezone.utc)
            accounts = [demo.account(member)["id"] for member in members]

            def ask(number, query, **variables):
                return server.ask(members[number % count], query, **variables)

            def create(number):
                begin = start + datetime.timedelta(hours=number)
                made = ask(number, CREATE, input={
                    "title": f"Meeting {number}", "startsAt": begin.isoformat(),
                    "endsAt": (begin + datetime.timedelta(hours=1)).isoformat(), "timeZone": "Europe/Berlin",
                    "attendees": [{"email": "guest@client.example"}],
                    "connectedAccountId": accounts[number % count],
                    "idempotencyKey": f"bench-{number}"})["createCalendarEvent"]
                if not made["success"] or made["calendarEvent"]["pushStatus"] != "SYNCED":
                    raise SystemExit(f"a create was not delivered: {made}")
                ids.append(made["calendarEvent"]["id"])

            def update(number):
                changed = ask(number, UPDATE, id=ids[number], input={"title": "Changed"})["updateCalendarEvent"]
                if not changed["success"] or changed["calendarEvent"]["pushStatus"] != "SYNCED":
                    raise SystemExit(f"an update was not delivered: {changed}")

            def delete(number):
                answer = ask(number, DELETE, id=ids[number])
                if not answer["deleteCalendarEvent"]["success"]:
                    raise SystemExit(f"a deletion was not delivered: {answer}")

            def processor(change):
                return [server.processor_milliseconds(lambda: waits.append(milliseconds(lambda: change(number))))
                        for number in range(creates)]

            ids = []
            results = []
            for name, change in [("create", create), ("update", update), ("delete", delete)]:
                waits = []
                results.append((f"{name}CalendarEvent ({creates})", processor(change), waits))
            print(f"binary {os.path.getsize(binary) / 1e6:.1f} MB, ready after {ready:.2f} s, "
                  f"{memory:.0f} MB resident then, {resident_megabytes(server.pid):.0f} MB after the creates")
            line(f"an insert at the provider ({delay} ms)", provider, base)
            for name, _, waits in results:
                line(name, waits, base)
            for name, used, _ in results:
                print(f"{name:<34} median {statistics.median(used):7.1f} ms   mean {statistics.mean(used):7.1f} ms   "
                      "of the server's processor time")


def provider_milliseconds(demo, google):
    """How long the provider takes to insert such a meeting, on a connection that is kept as the server keeps its own."""
    address = urllib.parse.urlsplit(google)
    connection = http.client.HTTPConnection(address.hostname, address.port, timeout=30)
    headers = {"Authorization": f"Bearer {demo.account(demo.members[0])['emulatorToken']}",
               "Content-Type": "application/json"}
    start = datetime.datetime(2031, 1, 7, 9)

    def insert(number):
        def time(hours):
            return {"dateTime": (start + datetime.timedelta(hours=hours)).isoformat(), "timeZone": "Europe/Berlin"}

        connection.request("POST", "/calendar/v3/calendars/primary/events?sendUpdates=all", json.dumps({
            "summary": f"Meeting {number}", "start": time(number), "end": time(number + 1),
            "attendees": [{"email": "guest@client.example"}]}), headers)
        answer = connection.getresponse()
        answer.read()
        if answer.status != 200:
            raise SystemExit(f"the provider refused a meeting: {answer.status}")

    return [milliseconds(lambda: insert(number)) for number in range(50)]


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--binary", default=".build/release/phos")
    parser.add_argument("--creates", type=int, default=200)
    parser.add_argument("--delay", type=int, default=50)
    options = parser.parse_args()
    measure(options.binary, options.creates, options.delay)
