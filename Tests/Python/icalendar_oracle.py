"""What other implementations make of our iCalendar texts and times, for the Swift tests to compare with.

Usage: icalendar_oracle.py MODE INPUT OUTPUT, both JSON. Modes:
  events  {"texts": [...]}                 -> fields that python icalendar reads
  messages {"texts": [...]}                -> what it reads from scheduling messages, event by event
  zones   {"zones": {name: {instants, locals}}} -> offsets of zoneinfo, and what it makes of wall clocks
  components {"texts": [...]}              -> all components and properties, and how icalendar writes them
  rules   {"cases": [{text, tzid, instants}]}   -> offsets that dateutil and icalendar read off a VTIMEZONE
"""

import datetime
import io
import json
import sys
import zoneinfo

import dateutil.tz
import icalendar

UTC = datetime.timezone.utc
EPOCH = datetime.datetime(1970, 1, 1, tzinfo=UTC)


def instant(moment):
    return round((moment - EPOCH).total_seconds())


def at(second):
    return EPOCH + datetime.timedelta(seconds=second)


def offset(second, zone):
    return round(at(second).astimezone(zone).utcoffset().total_seconds())


def time(prop):
    value = prop.dt
    if not isinstance(value, datetime.datetime):
        return {"date": value.isoformat()}
    return {"local": value.replace(tzinfo=None).isoformat(), "instant": instant(value), "tzid": prop.params.get("TZID")}


def user(address):
    params = {name: value if isinstance(value, str) else ",".join(value) for name, value in address.params.items()}
    return {"uri": str(address), "parameters": params}


def many(event, name):
    value = event.get(name, [])
    return value if isinstance(value, list) else [value]


def event_fields(text):
    calendar = icalendar.Calendar.from_ical(text)
    event = calendar.walk("VEVENT")[0]
    result = {
        "method": calendar.get("METHOD"),
        "zones": [str(zone["TZID"]) for zone in calendar.walk("VTIMEZONE")],
        "errors": [str(error) for component in calendar.walk() for error in component.errors],
        "names": [name for name, _ in event.property_items(recursive=False) if name not in ("BEGIN", "END")],
        "dtstamp": instant(event["DTSTAMP"].dt),
        "sequence": int(event["SEQUENCE"]),
        "start": time(event["DTSTART"]),
        "end": time(event["DTEND"]),
        "organizer": user(event["ORGANIZER"]) if "ORGANIZER" in event else None,
        "attendees": [user(attendee) for attendee in many(event, "ATTENDEE")],
        "conferences": [user(conference) for conference in many(event, "CONFERENCE")],
        "rules": [rule.to_ical().decode() for rule in many(event, "RRULE")],
    }
    for name in ("UID", "SUMMARY", "DESCRIPTION", "LOCATION", "URL", "STATUS", "TRANSP"):
        result[name.lower()] = str(event[name]) if name in event else None
    return result


def message_event(event):
    recurrence = event.get("RECURRENCE-ID")
    return {
        "names": sorted({name for name, _ in event.property_items(recursive=False) if name not in ("BEGIN", "END")}),
        "uid": str(event["UID"]),
        "dtstamp": instant(event["DTSTAMP"].dt),
        "sequence": int(event["SEQUENCE"]) if "SEQUENCE" in event else None,
        "organizer": user(event["ORGANIZER"]) if "ORGANIZER" in event else None,
        "attendees": [user(attendee) for attendee in many(event, "ATTENDEE")],
        "instance": time(recurrence) if recurrence is not None else None,
        "range": recurrence.params.get("RANGE") if recurrence is not None else None,
        "status": str(event["STATUS"]) if "STATUS" in event else None,
        "comment": str(event["COMMENT"]) if "COMMENT" in event else None,
        "start": time(event["DTSTART"]) if "DTSTART" in event else None,
    }


def message_fields(text):
    calendar = icalendar.Calendar.from_ical(text)
    return {
        "method": calendar.get("METHOD"),
        "zones": [str(zone["TZID"]) for zone in calendar.walk("VTIMEZONE")],
        "errors": [str(error) for component in calendar.walk() for error in component.errors],
        "events": [message_event(event) for event in calendar.walk("VEVENT")],
    }


def plain(value):
    if isinstance(value, icalendar.prop.vCategory):
        return "\x1f".join(str(word) for word in value.cats)
    if isinstance(value, str):
        return str(value)
    written = value.to_ical()
    return written.decode() if isinstance(written, bytes) else written


def component_fields(component):
    properties = []
    for name, value in component.property_items(recursive=False, sorted=False):
        if name in ("BEGIN", "END"):
            continue
        parameters = {key: [words] if isinstance(words, str) else list(words) for key, words in value.params.items()}
        properties.append({"name": name, "parameters": parameters, "value": plain(value)})
    return {
        "name": component.name,
        "errors": [str(error) for error in component.errors],
        "properties": properties,
        "parts": [component_fields(part) for part in component.subcomponents],
    }


def components(text):
    calendar = icalendar.Calendar.from_ical(text)
    return {"read": component_fields(calendar), "written": calendar.to_ical(sorted=False).decode()}


def wall_clock(text, zone):
    local = datetime.datetime.fromisoformat(text)
    first, second = (local.replace(tzinfo=zone, fold=fold) for fold in (0, 1))
    offsets = [round(moment.utcoffset().total_seconds()) for moment in (first, second)]
    # fold=0 in a gap is the offset before it (PEP 495), which is what RFC 5545 asks for.
    exists = first.astimezone(UTC).astimezone(zone).replace(tzinfo=None) == local
    return {"first": offsets[0], "second": offsets[1], "exists": exists}


def zone_offsets(cases):
    result = {}
    for name, case in cases.items():
        zone = zoneinfo.ZoneInfo(name)
        result[name] = {
            "offsets": [offset(second, zone) for second in case["instants"]],
            "clocks": [wall_clock(text, zone) for text in case["locals"]],
        }
    return result


def rule_offsets(case):
    zones = dateutil.tz.tzical(io.StringIO(case["text"]))
    component = next(iter(icalendar.Calendar.from_ical(case["text"]).walk("VTIMEZONE")))
    by_dateutil, by_icalendar = zones.get(case["tzid"]), component.to_tz(lookup_tzid=False)
    return {
        "dateutil": [offset(second, by_dateutil) for second in case["instants"]],
        "icalendar": [offset(second, by_icalendar) for second in case["instants"]],
    }


def main():
    mode, source, target = sys.argv[1:]
    with open(source, encoding="utf-8") as file:
        given = json.load(file)
    if mode == "events":
        result = [event_fields(text) for text in given["texts"]]
    elif mode == "messages":
        result = [message_fields(text) for text in given["texts"]]
    elif mode == "components":
        result = [components(text) for text in given["texts"]]
    elif mode == "zones":
        result = zone_offsets(given["zones"])
    elif mode == "rules":
        result = [rule_offsets(case) for case in given["cases"]]
    else:
        sys.exit(f"no mode {mode}")
    with open(target, "w", encoding="utf-8") as file:
        json.dump(result, file)


if __name__ == "__main__":
    main()
