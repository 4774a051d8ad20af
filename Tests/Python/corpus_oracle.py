"""What python icalendar counts and recurring-ical-events expands in whole files, for the Swift tests to compare with.

Usage: corpus_oracle.py MODE INPUT OUTPUT, both JSON. Modes, of {"files": [text, ...]}:
  counts     -> how often each component and each of its properties is there, as {"VCALENDAR/VEVENT/UID": 2}
  instances  -> the UIDs and starts of all instances from 2024 to 2032, at most 200 a file; null where it fails
"""

import collections
import datetime
import itertools
import json
import sys

import icalendar
import recurring_ical_events


def calendars(text):
    return [part for part in icalendar.Calendar.from_ical(text, multiple=True)]


def count(component, path, counts):
    path = f"{path}/{component.name}" if path else component.name
    counts[path] += 1
    for name, value in component.property_items(recursive=False):
        if name not in ("BEGIN", "END"):
            counts[f"{path}/{name}"] += 1
    for part in component.subcomponents:
        count(part, path, counts)


def counts(text):
    found = collections.Counter()
    try:
        for calendar in calendars(text):
            # Beside a calendar or without one, a component is as good as within.
            count(calendar, "" if calendar.name == "VCALENDAR" else "VCALENDAR", found)
    except ValueError:
        return None
    return dict(found)


def start(event):
    value = event["DTSTART"].dt
    if isinstance(value, datetime.datetime):
        if value.tzinfo is None:
            return value.isoformat()
        return value.astimezone(datetime.timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ")
    return value.isoformat()


def instances(text):
    found = []
    try:
        for calendar in calendars(text):
            if calendar.name != "VCALENDAR":
                continue
            between = recurring_ical_events.of(calendar).between(datetime.date(2024, 1, 1), datetime.date(2032, 1, 1))
            found += [f"{event.get('UID', '')} {start(event)}" for event in itertools.islice(between, 200)]
    except Exception:  # whatever it stumbles over, it gives no answer for the file
        return None
    return sorted(found)


def main():
    mode, source, target = sys.argv[1:]
    with open(source, encoding="utf-8") as file:
        given = json.load(file)
    answer = {"counts": counts, "instances": instances}[mode]
    with open(target, "w", encoding="utf-8") as file:
        json.dump([answer(text) for text in given["files"]], file)


if __name__ == "__main__":
    main()
