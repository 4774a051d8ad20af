"""How long a person waits for a meeting to be made, changed and deleted, with a provider that answers in 50 ms.

Prints milliseconds and, since machines differ, ratios to the provider's own answer in the same run. One request at a
time; the members take turns, since the requests of one account are limited to what its provider allows.
"""

import argparse
import datetime
import json
import math
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
# A third of what Google allows an account in a minute, so that a faster machine is not stopped either.
REQUESTS_PER_ACCOUNT = 66
DELETE = "mutation($id: ID!) { deleteCalendarEvent(eventId: $id) { success error } }"


def line(name, samples, base):
    median, p99 = median_and_p99(samples)
    print(f"{name:<34} median {median:7.1f} ms   p99 {p99:7.1f} ms   {median / base:5.2f} × the provider")


def measure(binary, creates, delay):
    with tempfile.TemporaryDirectory(prefix="phos-bench-") as folder:
        data = pathlib.Path(folder) / "data"
        count = max(2, math.ceil(3 * creates / REQUESTS_PER_ACCOUNT))
        command = [binary, "demo", "--port", str(free_port()), "--data", str(data), "--members", str(count)]
        started = time.perf_counter()
        with process(command) as running:
            until((data / "demo.json").exists, running)
            ready = time.perf_counter() - started
            world = json.loads((data / "demo.json").read_text())
            memory = resident_megabytes(running.pid)
            google, members = world["emulators"]["google"], world["members"]
            accounts = {a["member"]: a for a in world["connectedAccounts"] if a["provider"] == "GOOGLE"}
            send(f"{google}/_emulator/answer-delay", {"milliseconds": delay})
            calendar = f"{google}/calendar/v3/calendars/primary"
            emulator_token = accounts[members[0]["email"]]["emulatorToken"]
            provider = [milliseconds(lambda: send(calendar, token=emulator_token)) for _ in range(50)]
            base = statistics.median(provider)
            start = datetime.datetime(2030, 1, 7, 9, tzinfo=datetime.timezone.utc)

            def ask(number, query, **variables):
                return send(world["graphqlUrl"], {"query": query, "variables": variables},
                            members[number % count]["token"])["data"]

            def create(number):
                account = accounts[members[number % count]["email"]]
                begin = start + datetime.timedelta(hours=number)
                made = ask(number, CREATE, input={
                    "title": f"Meeting {number}", "startsAt": begin.isoformat(),
                    "endsAt": (begin + datetime.timedelta(hours=1)).isoformat(), "timeZone": "Europe/Berlin",
                    "attendees": [{"email": "guest@client.example"}], "connectedAccountId": account["id"],
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

            ids = []
            samples = [milliseconds(lambda: create(number)) for number in range(creates)]
            updates = [milliseconds(lambda: update(number)) for number in range(creates)]
            deletions = [milliseconds(lambda: delete(number)) for number in range(creates)]
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
