"""What other implementations make of our recurrences, for the Swift tests to compare with.

Usage: recurrence_oracle.py MODE INPUT OUTPUT, both JSON. Modes:
  rules   {"cases": [{start, rule, count}]} -> the first wall clocks by dateutil, or null where it takes too long
  sets    {"cases": [{start, tzid, lines, count}]} -> the first instants of RRULE, RDATE, EXDATE by dateutil and zoneinfo
  events  {"cases": [{text, from, to}]} -> [start, end, summary] of each event by recurring-ical-events
"""

import datetime
import itertools
import json
import signal
import sys
import zoneinfo

import dateutil.rrule
import icalendar
import recurring_ical_events

UTC = datetime.timezone.utc
EPOCH = datetime.datetime(1970, 1, 1, tzinfo=UTC)


class TooLong(Exception):
    pass


def ring(*_):
    raise TooLong


def wall_clocks(case):
    start = datetime.datetime.fromisoformat(case["start"])
    found = []
    try:
        # Of processor time: what dateutil says must not depend on what else the machine does.
        signal.setitimer(signal.ITIMER_VIRTUAL, 0.03)
        rule = dateutil.rrule.rrulestr(case["rule"], dtstart=start)
        for moment in itertools.islice(rule, case["count"]):
            found.append(moment.isoformat())
        return {"walls": found, "ended": len(found) < case["count"]}
    except ValueError as error:
        # "Invalid rrule byxxx generates an empty set.", "Invalid combination of ... resulting in empty rule."
        if "empty" not in str(error):
            raise
        return {"walls": [], "ended": True}
    except (TooLong, IndexError):
        # dateutil looks for the 53rd Monday beyond the end of its list.
        return {"walls": found, "ended": False}
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)


def instant(moment, zone):
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=zone)
    return round((moment.astimezone(UTC) - EPOCH).total_seconds())


def instants(case):
    """The wall clocks by dateutil, each resolved by zoneinfo: fold=0 is what RFC 5545 asks for (PEP 495)."""
    zone = zoneinfo.ZoneInfo(case["tzid"])
    walls = wall_clocks(case)
    walls["instants"] = [instant(datetime.datetime.fromisoformat(text), zone) for text in walls["walls"]]
    return walls


def moment(value):
    if not isinstance(value, datetime.datetime):
        return value.isoformat()
    if value.tzinfo is None:
        return value.isoformat()
    return instant(value, UTC)


def events(case):
    calendar = icalendar.Calendar.from_ical(case["text"])
    start, end = (EPOCH + datetime.timedelta(seconds=case[name]) for name in ("from", "to"))
    found = recurring_ical_events.of(calendar).between(start, end)
    return [
        {"start": moment(event["DTSTART"].dt), "end": moment(event["DTEND"].dt), "summary": str(event.get("SUMMARY", ""))}
        for event in found
    ]


def main():
    mode, source, target = sys.argv[1:]
    signal.signal(signal.SIGVTALRM, ring)
    # A program that Foundation starts can have all signals blocked.
    signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGVTALRM, signal.SIGTERM})
    with open(source, encoding="utf-8") as file:
        given = json.load(file)
    answer = {"rules": wall_clocks, "sets": instants, "events": events}[mode]
    with open(target, "w", encoding="utf-8") as file:
        json.dump([answer(case) for case in given["cases"]], file)


if __name__ == "__main__":
    main()
