"""What lists cost in a workspace of 1,000,000 events, as a ratio to the same lists in one of 10,000.

The events of five years, one in twenty a whole day and one in a thousand longer than a month, of twenty members. Both
servers run side by side and are asked in turn, so that whatever else the machine does falls on both.
"""

import argparse
import contextlib
import datetime

import world

FIELDS = "id title startsAt endsAt pushStatus conferenceStatus participants { handle responseStatus }"
LIST = """query($from: DateTime!, $to: DateTime!, $account: ID, $after: String) {
  calendarEvents(from: $from, to: $to, connectedAccountId: $account, first: 50, after: $after) {
    edges { node { %s } } pageInfo { hasNextPage endCursor } } }""" % FIELDS
TIMELINE = """query($id: ID!) { getTimelineCalendarEventsFromPersonId(personId: $id, page: 1, pageSize: 20) {
  totalNumberOfCalendarEvents timelineCalendarEvents { %s } } }""" % FIELDS
FIRST_DAY = datetime.datetime(2025, 1, 1, tzinfo=datetime.timezone.utc)
DAY, YEARS = 86_400, 5


def fill(place, count):
    """Writes events past the program, each a copy of one that the program made."""
    postgres = place.database is not None
    if postgres:
        columns = place.sql("SELECT column_name FROM information_schema.columns WHERE table_schema = current_schema()"
                            " AND table_name = 'calendar_event' ORDER BY ordinal_position")
        hexadecimal = lambda number, width: f"lpad(to_hex({number}), {width}, '0')"
        text = lambda instant: (f"to_char(to_timestamp({instant}) AT TIME ZONE 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS')"
                                " || '+00:00[UTC]'")
    else:
        columns = place.sql("SELECT name FROM pragma_table_info('calendar_event')")
        hexadecimal = lambda number, width: f"printf('%0{width}x', {number})"
        text = lambda instant: f"strftime('%Y-%m-%dT%H:%M:%S', {instant}, 'unixepoch') || '+00:00[UTC]'"
    accounts = [place.account(member) for member in place.members]
    account = "CASE n % {} {} END".format(len(accounts), " ".join(
        f"WHEN {index} THEN '{account['id']}'" for index, account in enumerate(accounts)))
    start = f"({int(FIRST_DAY.timestamp())} + CAST(n AS BIGINT) * {YEARS * 365 * DAY} / {count})"
    length = f"(CASE WHEN n % 20 = 7 THEN {DAY} WHEN n % 1000 = 21 THEN {40 * DAY} ELSE 1800 * (1 + n % 4) END)"
    identifier = "{} || '-0000-4000-8000-' || {}".format(
        hexadecimal("CAST(n AS BIGINT) * 2654435761 % 4294967296", 8), hexadecimal("n", 12))
    values = {
        "id": identifier, "title": "'Meeting ' || n", "ical_uid": f"{identifier} || '@bench.example'",
        "account_id": account, "channel_id": "NULL", "idempotency_key": "NULL", "fingerprint": "NULL",
        "external_id": "'x' || n", "starts_at": f"{start} * 1000", "ends_at": f"({start} + {length}) * 1000",
        "starts_time": text(start), "ends_time": text(f"({start} + {length})"),
        "listing_bucket": f"CASE WHEN {length} <= 21600 THEN 0 WHEN {length} <= {DAY} THEN 1 ELSE 3 END",
    }
    numbers = f"WITH RECURSIVE s(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM s WHERE n < {count})"
    chosen = ", ".join(f"{values.get(name, 'e.' + name)} AS {name}" for name in columns)
    place.sql(f"""INSERT INTO calendar_event ({', '.join(columns)}) {numbers}
      SELECT {chosen} FROM s, (SELECT * FROM calendar_event ORDER BY id LIMIT 1) AS e""")
    # Of every size of workspace each person meets as often: twenty times.
    place.sql(f"""INSERT INTO calendar_event_participant
        (workspace_id, event_id, position, handle, address, display_name, is_organizer, response_status)
      {numbers}, w(id) AS (SELECT id FROM workspace), g(n, address) AS (
        SELECT n, CASE WHEN n % {count // 20} = 3 THEN 'grace@northwind.example'
          ELSE 'guest' || (n % {max(1, count // 20)}) || '@customer.example' END FROM s)
      SELECT w.id, {identifier}, 0, address, address, NULL, 0, 'ACCEPTED' FROM g, w""")
    place.sql("ANALYZE")


def questions(place, server):
    """The lists by name, as calls."""
    member = place.members[1]
    middle = FIRST_DAY + datetime.timedelta(days=365 * YEARS // 2)

    def page(days, account=None, after=None):
        return server.ask(member, LIST, **{
            "from": middle.isoformat(), "to": (middle + datetime.timedelta(days=days)).isoformat(),
            "account": account, "after": after})["calendarEvents"]

    people = server.ask(member, 'query { people(search: "grace@northwind", first: 1) { edges { node { id } } } }')
    person = people["people"]["edges"][0]["node"]["id"]
    own = place.account(member)["id"]
    second = page(31)["pageInfo"]["endCursor"]
    for found in (page(31), page(31, after=second), page(365, own)):
        assert len(found["edges"]) == 50, len(found["edges"])
    timeline = server.ask(member, TIMELINE, id=person)["getTimelineCalendarEventsFromPersonId"]
    assert timeline["totalNumberOfCalendarEvents"] in (20, 21, 22), timeline["totalNumberOfCalendarEvents"]
    return {
        "a month, first 50": lambda: page(31),
        "a month, the next 50": lambda: page(31, after=second),
        "one account's year, first 50": lambda: page(365, own),
        "a person's timeline": lambda: server.ask(member, TIMELINE, id=person),
    }


def measure(binary, engine, address, counts, members, rounds):
    with contextlib.ExitStack() as stack:
        asked = []
        for count in counts:
            database = world.empty_schema(address) if address else None
            place = stack.enter_context(world.world(binary, database, members))
            fill(place, count)
            server = stack.enter_context(place.server("--no-worker"))
            asked.append((questions(place, server), server))
            size = place.megabytes()
        for name in asked[0][0]:
            samples = [[], []]
            for number in range(rounds + 20):
                for which, (calls, _) in enumerate(asked):
                    taken = world.milliseconds(calls[name])
                    # The first ones fill caches.
                    if number >= 20:
                        samples[which].append(taken)
            few, many = (world.median_and_p99(of)[0] for of in samples)
            print(f"{engine:<11} {name:<30} {counts[0]:>9,}: {few:6.2f} ms   {counts[1]:>9,}: {many:6.2f} ms"
                  f"   {many / few:5.2f} ×", flush=True)
        memory = [world.resident_megabytes(server.pid) for _, server in asked]
        print(f"{engine:<11} memory of the server {memory[0]:.0f} MB and {memory[1]:.0f} MB; database of {counts[1]:,} events "
              f"with a guest each {size:,.0f} MB")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--binary", default=".build/release/phos")
    parser.add_argument("--few", type=int, default=10_000)
    parser.add_argument("--many", type=int, default=1_000_000)
    parser.add_argument("--members", type=int, default=20)
    parser.add_argument("--rounds", type=int, default=200)
    options = parser.parse_args()
    for engine, address in world.engines():
        measure(options.binary, engine, address, (options.few, options.many), options.members, options.rounds)
