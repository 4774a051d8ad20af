"""What libical expands in whole files, for the Swift tests to compare with; needs Debian's libical-dev.

Usage: libical_oracle.py instances INPUT OUTPUT, both JSON: of {"files": [text, ...]} the UIDs and starts of all
instances from 2024 to 2032, at most 200 of each event; null where it reads nothing. RANGE=THISANDFUTURE is not known to it.
"""

import collections
import ctypes
import datetime
import json
import sys

EPOCH = datetime.datetime(1970, 1, 1)
# icalcomponent_kind of libical 3; several outermost components are given in one of the kind XROOT.
ANY, XROOT, VEVENT, VCALENDAR = 1, 2, 4, 7
# Of its icalproperty_kind.
RECURRENCE_ID = 66


class Time(ctypes.Structure):
    """icaltimetype of libical 3."""

    _fields_ = [(name, ctypes.c_int) for name in "year month day hour minute second is_date is_daylight".split()]
    _fields_ += [("zone", ctypes.c_void_p)]


class Span(ctypes.Structure):
    """icaltime_span of libical 3."""

    _fields_ = [("start", ctypes.c_long), ("end", ctypes.c_long), ("is_busy", ctypes.c_int)]


Callback = ctypes.CFUNCTYPE(None, ctypes.c_void_p, ctypes.POINTER(Span), ctypes.c_void_p)


def library():
    ical = ctypes.CDLL("libical.so.3")
    pointer, number = ctypes.c_void_p, ctypes.c_int
    for name, result, *arguments in [
        ("icalerror_set_errors_are_fatal", None, number),
        ("icalparser_parse_string", pointer, ctypes.c_char_p),
        ("icalcomponent_free", None, pointer),
        ("icalcomponent_isa", number, pointer),
        ("icalcomponent_get_first_component", pointer, pointer, number),
        ("icalcomponent_get_next_component", pointer, pointer, number),
        ("icalcomponent_get_uid", ctypes.c_char_p, pointer),
        ("icalcomponent_get_dtstart", Time, pointer),
        ("icalcomponent_get_first_property", pointer, pointer, number),
        ("icalproperty_get_datetime_with_component", Time, pointer, pointer),
        ("icalcomponent_foreach_recurrence", None, pointer, Time, Time, Callback, pointer),
        ("icaltime_from_string", Time, ctypes.c_char_p),
        ("icaltime_as_timet_with_zone", ctypes.c_long, Time, pointer),
        ("icaltime_is_null_time", number, Time),
    ]:
        function = getattr(ical, name)
        function.restype, function.argtypes = result, arguments
    ical.icalerror_set_errors_are_fatal(0)
    return ical


ICAL = library()
FIRST, LAST = (ICAL.icaltime_from_string(text) for text in (b"20240101T000000Z", b"20320101T000000Z"))


def children(component, kind):
    child = ICAL.icalcomponent_get_first_component(component, kind)
    while child:
        yield child
        child = ICAL.icalcomponent_get_next_component(component, kind)


def events(root):
    kind = ICAL.icalcomponent_isa(root)
    if kind == VEVENT:
        yield root
    elif kind in (VCALENDAR, XROOT):
        for child in children(root, ANY):
            yield from events(child)


def seconds(time):
    return ICAL.icaltime_as_timet_with_zone(time, time.zone)


def described(second, start):
    moment = EPOCH + datetime.timedelta(seconds=second)
    if start.is_date:
        return moment.date().isoformat()
    return moment.isoformat() + ("Z" if start.zone else "")


def original(event):
    """RECURRENCE-ID, in the zone that its TZID names in the file; None where there is none, or it cannot be read."""
    line = ICAL.icalcomponent_get_first_property(event, RECURRENCE_ID)
    time = ICAL.icalproperty_get_datetime_with_component(line, event) if line else None
    return None if time is None or ICAL.icaltime_is_null_time(time) else time


def starts(event):
    found = []
    ICAL.icalcomponent_foreach_recurrence(event, FIRST, LAST, Callback(lambda _, span, __: found.append(span.contents.start)), None)
    return found[:200]


def instances(text):
    root = ICAL.icalparser_parse_string(text.encode())
    if not root:
        return None
    try:
        by_uid = collections.defaultdict(list)
        for event in events(root):
            by_uid[ICAL.icalcomponent_get_uid(event) or b""].append(event)
        found = []
        for uid, group in by_uid.items():
            originals = [original(event) for event in group]
            changed = {seconds(time) for time in originals if time is not None}
            for event, time in zip(group, originals):
                start = ICAL.icalcomponent_get_dtstart(event)
                if ICAL.icaltime_is_null_time(start):
                    continue
                # libical expands each component by itself: what is changed stands in one of its own.
                own = [seconds(start)] if time is not None else [second for second in starts(event) if second not in changed]
                found += [f"{uid.decode()} {described(second, start)}" for second in own]
        return sorted(found)
    finally:
        ICAL.icalcomponent_free(root)


def main():
    mode, source, target = sys.argv[1:]
    if mode != "instances":
        sys.exit(f"no mode {mode}")
    with open(source, encoding="utf-8") as file:
        given = json.load(file)
    with open(target, "w", encoding="utf-8") as file:
        json.dump([instances(text) for text in given["files"]], file)


if __name__ == "__main__":
    main()
