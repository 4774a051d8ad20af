"""Many people at once: 10,000 meetings through the API by 64 clients, each with an account of their own.

The provider answers in 50 ms. A meeting is accepted when the server has answered; it is delivered when the provider
has it. We ask a provider no more often than its quota allows, so delivery takes as long as that says.
"""

import argparse
import concurrent.futures
import datetime
import itertools
import time

import world

CREATE = """mutation($input: CreateCalendarEventInput!) {
  createCalendarEvent(input: $input) { success error calendarEvent { pushStatus } } }"""
START = datetime.datetime(2030, 1, 7, 9, tzinfo=datetime.timezone.utc)


def measure(binary, engine, address, meetings, clients, delay):
    database = world.empty_schema(address) if address else None
    with world.world(binary, database, clients) as place, place.server() as server:
        world.send(f"{place.description['emulators']['google']}/_emulator/answer-delay", {"milliseconds": delay})
        before = int(place.sql("SELECT COUNT(*) FROM calendar_event")[0])
        numbers = itertools.count()
        samples, delivered = [], []

        def client(member):
            account = place.account(member)["id"]
            while (number := next(numbers)) < meetings:
                begin = START + datetime.timedelta(hours=number)
                started = time.perf_counter()
                made = server.ask(member, CREATE, input={
                    "title": f"Meeting {number}", "startsAt": begin.isoformat(),
                    "endsAt": (begin + datetime.timedelta(hours=1)).isoformat(), "timeZone": "Europe/Berlin",
                    "attendees": [{"email": "guest@client.example"}], "connectedAccountId": account,
                    "idempotencyKey": f"load-{number}"})["createCalendarEvent"]
                samples.append((time.perf_counter() - started) * 1000)
                if not made["success"]:
                    raise SystemExit(f"refused: {made['error']}")
                delivered.append(made["calendarEvent"]["pushStatus"] == "SYNCED")

        started = time.perf_counter()
        with concurrent.futures.ThreadPoolExecutor(clients) as pool:
            for ended in [pool.submit(client, member) for member in place.members]:
                ended.result()
        accepting = time.perf_counter() - started
        memory = world.resident_megabytes(server.pid)
        while int(place.sql("SELECT COUNT(*) FROM job")[0]):
            time.sleep(0.5)
        delivering = time.perf_counter() - started
        stored = int(place.sql("SELECT COUNT(*) FROM calendar_event WHERE push_status = 'SYNCED'")[0]) - before
        if stored != meetings:
            raise SystemExit(f"{stored} of {meetings} meetings are at the provider")
        median, p99 = world.median_and_p99(samples)
        print(f"{engine:<11} {meetings:,} meetings, {clients} clients: accepted {meetings / accepting:.0f}/s, median "
              f"{median:.0f} ms, p99 {p99:.0f} ms; {sum(delivered) / meetings:.0%} delivered with the answer, all after "
              f"{delivering:.0f} s ({meetings / delivering:.0f}/s); {memory:.0f} MB", flush=True)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--binary", default=".build/release/phos")
    parser.add_argument("--meetings", type=int, default=10_000)
    parser.add_argument("--clients", type=int, default=64)
    parser.add_argument("--delay", type=int, default=50)
    options = parser.parse_args()
    for engine, address in world.engines():
        measure(options.binary, engine, address, options.meetings, options.clients, options.delay)
