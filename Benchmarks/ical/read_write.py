"""Reading and writing a large calendar: this library beside libical and python icalendar, in one run, as ratios.

Usage: read_write.py --swift PROGRAM [--events 100000] [--rounds 3]; needs libical-dev, a C compiler and, for
its column, python icalendar. Each program reads the same file and must find the same number of events.
"""

import argparse
import json
import pathlib
import random
import subprocess
import sys
import tempfile
import time

HERE = pathlib.Path(__file__).resolve().parent


def folded(line):
    """Folds at 75 octets, never within a character."""
    parts, room = [], 75
    data = line.encode()
    while len(data) > room:
        end = room
        while data[end] & 0xC0 == 0x80:
            end -= 1
        parts.append(data[:end])
        data, room = data[end:], 74
    parts.append(data)
    return b"\r\n ".join(parts) + b"\r\n"


def event(number, source):
    start = f"2026{source.randint(1, 12):02}{source.randint(1, 28):02}T{source.randint(7, 17):02}"
    words = ["Planung", "Übergabe", "Angebot", "Vertrag", "café", "日本", "Review", "weekly"]
    text = " ".join(source.choice(words) for _ in range(18))
    lines = [
        "BEGIN:VEVENT",
        f"UID:{number:08}-{source.getrandbits(64):016x}@example.com",
        "DTSTAMP:20260120T083000Z",
        f"DTSTART;TZID=Europe/Berlin:{start}0000",
        f"DTEND;TZID=Europe/Berlin:{start}3000",
        "SEQUENCE:2",
        f"SUMMARY:{source.choice(words)} {number}\\, {source.choice(words)}",
        f"DESCRIPTION:{text}",
        "LOCATION:Raum 1\\, Haus 2",
        "STATUS:CONFIRMED",
        "ORGANIZER;CN=Ann Organizer:mailto:ann@example.com",
    ]
    for guest in range(2):
        status = source.choice(["ACCEPTED", "NEEDS-ACTION", "DECLINED"])
        lines.append(
            f'ATTENDEE;CN="Guest, {guest}";ROLE=REQ-PARTICIPANT;PARTSTAT={status};RSVP=TRUE:mailto:guest{guest}@example.com'
        )
    if number % 10 == 0:
        lines.append("RRULE:FREQ=WEEKLY;COUNT=10")
    lines += ["BEGIN:VALARM", "ACTION:DISPLAY", "DESCRIPTION:Reminder", "TRIGGER:-PT15M", "END:VALARM", "END:VEVENT"]
    return b"".join(folded(line) for line in lines)


ZONE = """BEGIN:VTIMEZONE
TZID:Europe/Berlin
BEGIN:STANDARD
DTSTART:19961027T030000
RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU
TZOFFSETFROM:+0200
TZOFFSETTO:+0100
TZNAME:CET
END:STANDARD
BEGIN:DAYLIGHT
DTSTART:19960331T020000
RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU
TZOFFSETFROM:+0100
TZOFFSETTO:+0200
TZNAME:CEST
END:DAYLIGHT
END:VTIMEZONE
"""


def generate(path, count):
    source = random.Random(5545)
    with open(path, "wb") as file:
        file.write(b"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Phos//Benchmark//EN\r\n")
        file.write(ZONE.replace("\n", "\r\n").encode())
        for number in range(count):
            file.write(event(number, source))
        file.write(b"END:VCALENDAR\r\n")


def run(*command):
    return json.loads(subprocess.run([str(part) for part in command], check=True, capture_output=True).stdout)


def python_rates(path, count):
    """On a tenth or less of the calendar: the rate does not depend on the size, and the whole takes minutes."""
    import icalendar

    small = path.with_name("small.ics")
    generate(small, min(count, 2000))
    data = small.read_bytes()
    start = time.process_time()
    calendar = icalendar.Calendar.from_ical(data)
    read = time.process_time() - start
    start = time.process_time()
    calendar.to_ical()
    written = time.process_time() - start
    return len(data) / 1e6 / read, len(data) / 1e6 / written


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--swift", required=True, help="the built ReadWrite program")
    parser.add_argument("--events", type=int, default=100_000)
    parser.add_argument("--rounds", type=int, default=3)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        path = pathlib.Path(folder, "calendar.ics")
        generate(path, options.events)
        size = path.stat().st_size / 1e6
        reference = pathlib.Path(folder, "read_write")
        subprocess.run(["cc", "-O2", HERE / "read_write.c", "-o", reference, "-lical"], check=True)
        modes = ["tree", "model", "stream", "write", "write-model"]
        # One round alone tells the peak; more would count what the allocator keeps.
        ours = {mode: run(options.swift, mode, path, options.rounds) for mode in modes}
        peaks = {mode: run(options.swift, mode, path, 1)["peak"] / 1e6 for mode in modes}
        libical = {mode: run(reference, mode, path, options.rounds) for mode in ("read", "write")}
        libical_peak = {mode: run(reference, mode, path, 1)["peak"] / 1e6 for mode in ("read", "write")}
        for mode in ("tree", "model", "stream"):
            if ours[mode]["count"] != libical["read"]["count"]:
                sys.exit(f"{mode} found {ours[mode]['count']} events, libical {libical['read']['count']}")
        print(f"{options.events} events, {size:.1f} MB; MB a second of processor time, best of {options.rounds}\n")
        try:
            python = python_rates(path, options.events)
        except ImportError:
            python = None
        for name, reading, theirs in (("read", ("tree", "model", "stream"), "read"), ("write", ("write", "write-model"), "write")):
            rate = libical[theirs]["rate"]
            print(f"{name:5} libical      {rate:7.1f}  1.0 x   peak {libical_peak[theirs]:6.0f} MB")
            if python:
                slow = python[0 if theirs == "read" else 1]
                print(f"{name:5} icalendar    {slow:7.2f}  {slow / rate:.2f} x")
            for mode in reading:
                ratio, peak = ours[mode]["rate"] / rate, peaks[mode] / libical_peak[theirs]
                print(f"{name:5} {mode:12} {ours[mode]['rate']:7.1f}  {ratio:.1f} x   peak {peaks[mode]:6.0f} MB, {peak:.2f} x")


if __name__ == "__main__":
    main()
