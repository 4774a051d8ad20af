"""How long a person waits for a meeting to be made, changed and deleted, with a provider that answers in 50 ms.

Prints milliseconds and, since machines differ, ratios to the provider's own answer in the same run.
"""

import argparse
import datetime
import json
import os
import pathlib
import statistics
import tempfile
import time

from world import free_port, median_and_p99, milliseconds, process, resident_megabytes, send, until

CREATE = """mutation($input: CreateCalendarEventInput!) {
  createCalendarEvent(input: $input) { success error calendarEvent { id pushStatus } }
}"""
UPDATE = """mutation($id: ID!, $input: UpdateCalendarEventInput!) {
  updateCalendarEvent(eventId: $id, input: $input) { success error calendarEvent { pushStatus } }
}"""
DELETE = "mutation($id: ID!) { deleteCalendarEvent(eventId: $id) { success error } }"


def line(name, samples, base):
    median, p99 = median_and_p99(samples)
    print(f"{name:<34} median {median:7.1f} ms   p99 {p99:7.1f} ms   {median / base:5.2f} × the provider")


def measure(binary, creates, delay):
    with tempfile.TemporaryDirectory(prefix="phos-bench-") as folder:
        data = pathlib.Path(folder) / "data"
        command = [binary, "demo", "--port", str(free_port()), "--data", str(data)]
        started = time.perf_counter()
        with process(command) as running:
            until((data / "demo.json").exists, running)
            ready = time.perf_counter() - started
            world = json.loads((data / "demo.json").read_text())
            memory = resident_megabytes(running.pid)
            google, token = world["emulators"]["google"], world["members"][0]["token"]
            account = next(a for a in world["connectedAccounts"] if a.get("emulatorToken"))
            send(f"{google}/_emulator/answer-delay", {"milliseconds": delay})
            calendar = f"{google}/calendar/v3/calendars/primary"
            provider = [milliseconds(lambda: send(calendar, token=account["emulatorToken"])) for _ in range(50)]
            base = statistics.median(provider)
            start = datetime.datetime(2030, 1, 7, 9, tzinfo=datetime.timezone.utc)

            def create(number):
                begin = start + datetime.timedelta(hours=number)
                made = send(world["graphqlUrl"], {"query": CREATE, "variables": {"input": {
                    "title": f"Meeting {number}", "startsAt": begin.isoformat(),
                    "endsAt": (begin + datetime.timedelta(hours=1)).isoformat(), "timeZone": "Europe/Berlin",
                    "attendees": [{"email": "guest@client.example"}], "connectedAccountId": account["id"],
                    "idempotencyKey": f"bench-{number}"}}}, token)["data"]["createCalendarEvent"]
                if not made["success"] or made["calendarEvent"]["pushStatus"] != "SYNCED":
                    raise SystemExit(f"a create was not delivered: {made}")
                ids.append(made["calendarEvent"]["id"])

            def update(id):
                changed = send(world["graphqlUrl"], {"query": UPDATE, "variables": {
                    "id": id, "input": {"title": "Changed"}}}, token)["data"]["updateCalendarEvent"]
                if not changed["success"] or changed["calendarEvent"]["pushStatus"] != "SYNCED":
                    raise SystemExit(f"an update was not delivered: {changed}")

            def delete(id):
                answer = send(world["graphqlUrl"], {"query": DELETE, "variables": {"id": id}}, token)
                if not answer["data"]["deleteCalendarEvent"]["success"]:
                    raise SystemExit(f"a deletion was not delivered: {answer}")

            ids = []
            samples = [milliseconds(lambda: create(number)) for number in range(creates)]
            updates = [milliseconds(lambda: update(id)) for id in ids]
            deletions = [milliseconds(lambda: delete(id)) for id in ids]
            print(f"binary {os.path.getsize(binary) / 1e6:.1f} MB, ready after {ready:.2f} s, "
                  f"{memory:.0f} MB resident then, {resident_megabytes(running.pid):.0f} MB after the creates "
                  "(emulators included)")
            line(f"the provider itself ({delay} ms)", provider, base)
            line(f"createCalendarEvent ({creates})", samples, base)
            line(f"updateCalendarEvent ({creates})", updates, base)
            line(f"deleteCalendarEvent ({creates})", deletions, base)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--binary", default=".build/release/phos")
    parser.add_argument("--creates", type=int, default=200)
    parser.add_argument("--delay", type=int, default=50)
    options = parser.parse_args()
    measure(options.binary, options.creates, options.delay)
