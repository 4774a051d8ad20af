"""Reading and writing a large calendar: this library beside libical and python icalendar, in one run, as ratios.

Usage: read_write.py --swift PROGRAM [--events 100000] [--rounds 3] [--record]; needs libical-dev, a C compiler,
valgrind and, for its column, python icalendar. Each program reads the same file and must find the same number of
events. There are two files: "uniform", of like events in one zone, and "varied", of what calendars have side by side;
and two invitations, as mail brings them, of which each is read and written many times.

Instructions for an event, by callgrind, hardly differ from run to run. They are compared with those in
instructions.json, and more than 5 % above these is a failure; --record writes them, for a reason that the commit says.
"""

import argparse
import json
import pathlib
import random
import re
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


def uniform_event(number, source):
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


ZONES = ["Europe/Berlin", "America/New_York", "Asia/Tokyo", "Australia/Sydney"]
NAMES = ["Ann Organizer", '"Doe; John: Sales"', '"Miller, Zoë"', "Jean ^'JJ^' Dupont", "山田 太郎"]


def varied_event(number, source):
    """An event as calendars have them side by side: four zones, days, durations, rules, exceptions, names of all kinds."""
    zone = source.choice(ZONES)
    month, day, hour = source.randint(1, 12), source.randint(1, 27), source.randint(7, 17)
    words = ["Planung", "Übergabe", "Angebot", "Vertrag", "café", "日本", "Review", "weekly"]
    text = " ".join(source.choice(words) for _ in range(source.randint(0, 12)))
    lines = ["BEGIN:VEVENT", f"UID:{number:08}-{source.getrandbits(64):016x}@example.com", "DTSTAMP:20260120T083000Z"]
    kind = source.random()
    if kind < 0.12:
        lines += [f"DTSTART;VALUE=DATE:2026{month:02}{day:02}", f"DTEND;VALUE=DATE:2026{month:02}{day + 1:02}"]
    elif kind < 0.24:
        lines += [f"DTSTART:2026{month:02}{day:02}T{hour:02}0000Z", f"DTEND:2026{month:02}{day:02}T{hour + 1:02}0000Z"]
    elif kind < 0.36:
        lines += [f"DTSTART;TZID={zone}:2026{month:02}{day:02}T{hour:02}0000", "DURATION:PT45M"]
    else:
        lines += [f"DTSTART;TZID={zone}:2026{month:02}{day:02}T{hour:02}0000", f"DTEND;TZID={zone}:2026{month:02}{day:02}T{hour:02}3000"]
    if kind >= 0.24 and source.random() < 0.15:
        lines.append("RRULE:" + source.choice(["FREQ=WEEKLY;BYDAY=MO,WE;COUNT=20", "FREQ=MONTHLY;BYDAY=2TU", "FREQ=DAILY;UNTIL=20270101T000000Z"]))
        lines.append(f"EXDATE;TZID={zone}:2026{month:02}{day + 1:02}T{hour:02}0000")
    lines.append(f"SUMMARY:{source.choice(words)} {number}\\, {source.choice(words)}")
    if text:
        lines.append(f"DESCRIPTION:{text}\\n{text}")
    if source.random() < 0.5:
        lines.append("LOCATION:Raum 1\\, Haus 2")
    lines += [f"SEQUENCE:{source.randint(0, 3)}", f"STATUS:{source.choice(['CONFIRMED', 'TENTATIVE'])}"]
    if source.random() < 0.3:
        lines.append("TRANSP:TRANSPARENT")
    if source.random() < 0.3:
        lines.append(f"CATEGORIES:{source.choice(words)},Arbeit")
    guests = source.choice([0, 0, 1, 2, 3])
    if guests:
        lines.append(f"ORGANIZER;CN={source.choice(NAMES)}:mailto:ann@example.com")
    for guest in range(guests):
        status = source.choice(["ACCEPTED", "NEEDS-ACTION", "DECLINED", "TENTATIVE"])
        lines.append(f"ATTENDEE;CN={source.choice(NAMES)};PARTSTAT={status};RSVP=TRUE:mailto:guest{guest}@example.com")
    if source.random() < 0.3:
        lines += ["BEGIN:VALARM", "ACTION:DISPLAY", "DESCRIPTION:Reminder", "TRIGGER:-PT15M", "END:VALARM"]
    lines.append("END:VEVENT")
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


def generate(path, count, event):
    source = random.Random(5545)
    with open(path, "wb") as file:
        file.write(b"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Phos//Benchmark//EN\r\n")
        file.write(ZONE.replace("\n", "\r\n").encode())
        for number in range(count):
            file.write(event(number, source))
        file.write(b"END:VCALENDAR\r\n")


def run(*command):
    return json.loads(subprocess.run([str(part) for part in command], check=True, capture_output=True).stdout)


def python_rates(folder, count, event):
    """On a tenth or less of the calendar: the rate does not depend on the size, and the whole takes minutes."""
    import icalendar

    small = folder / "small.ics"
    generate(small, min(count, 2000), event)
    data = small.read_bytes()
    start = time.process_time()
    calendar = icalendar.Calendar.from_ical(data)
    read = time.process_time() - start
    start = time.process_time()
    calendar.to_ical()
    written = time.process_time() - start
    return len(data) / 1e6 / read, len(data) / 1e6 / written


def libical_name(program):
    """The version of libical, and whether it has ICU, with which it expands rules many times more slowly."""
    version = subprocess.run(["pkg-config", "--modversion", "libical"], check=True, capture_output=True, text=True).stdout.strip()
    libraries = subprocess.run(["ldd", program], check=True, capture_output=True, text=True).stdout
    return f"libical {version} {'with' if 'libicu' in libraries else 'without'} ICU"


def collected(program, mode, path):
    command = ["valgrind", "--tool=callgrind", "--callgrind-out-file=/dev/null", program, mode, path, 1]
    done = subprocess.run([str(part) for part in command], check=True, capture_output=True, text=True)
    return int(re.search(r"Collected : (\d+)", done.stderr).group(1))


def instructions(folder, program, modes, event):
    """Instructions for one event, from two sizes, so that starting is no part of it.

    Letting go of the result is, and so is reading what is written.
    """
    paths = {count: folder / f"{count}.ics" for count in (1000, 3000)}
    for count, path in paths.items():
        generate(path, count, event)
    return {mode: round((collected(program, mode, paths[3000]) - collected(program, mode, paths[1000])) / 2000) for mode in modes}


def rates(folder, reference, options, kind, event):
    path = folder / "calendar.ics"
    generate(path, options.events, event)
    # One round alone tells the peak; more would count what the allocator keeps.
    ours = {mode: run(options.swift, mode, path, options.rounds) for mode in MODES}
    peaks = {mode: run(options.swift, mode, path, 1)["peak"] / 1e6 for mode in MODES}
    libical = {mode: run(reference, mode, path, options.rounds) for mode in ("read", "write")}
    libical_peak = {mode: run(reference, mode, path, 1)["peak"] / 1e6 for mode in ("read", "write")}
    for mode in ("tree", "model", "stream"):
        if ours[mode]["count"] != libical["read"]["count"]:
            sys.exit(f"{mode} found {ours[mode]['count']} events, libical {libical['read']['count']}")
    size = path.stat().st_size / 1e6
    print(f"\n{kind}: {options.events} events, {size:.1f} MB; MB a second of processor time, best of {options.rounds}")
    try:
        python = python_rates(folder, options.events, event)
    except ImportError:
        python = None
    for name, modes, theirs in (("read", ("tree", "model", "stream"), "read"), ("write", ("write", "write-model"), "write")):
        rate = libical[theirs]["rate"]
        print(f"{name:5} libical      {rate:7.1f}  1.0 x   peak {libical_peak[theirs]:6.0f} MB")
        if python:
            slow = python[0 if theirs == "read" else 1]
            print(f"{name:5} icalendar    {slow:7.2f}  {slow / rate:.2f} x")
        for mode in modes:
            ratio, peak = ours[mode]["rate"] / rate, peaks[mode] / libical_peak[theirs]
            print(f"{name:5} {mode:12} {ours[mode]['rate']:7.1f}  {ratio:.1f} x   peak {peaks[mode]:6.0f} MB, {peak:.2f} x")


def small_message():
    """An invitation in UTC to one guest."""
    return [
        "BEGIN:VEVENT", "UID:0f7c2a51-6a40-4c1e-9d1d-2b6a7e1f9c35@example.com", "DTSTAMP:20260120T083000Z",
        "DTSTART:20260203T100000Z", "DTEND:20260203T103000Z", "SEQUENCE:0", "SUMMARY:Review of the offer\\, second round",
        "LOCATION:Room 1\\, Building 2", "DESCRIPTION:Please have a look at the draft before. Thank you!",
        "ORGANIZER;CN=Ann Organizer:mailto:ann@example.com",
        "ATTENDEE;CN=Ben Guest;ROLE=REQ-PARTICIPANT;PARTSTAT=NEEDS-ACTION;RSVP=TRUE:mailto:ben@example.com",
        "STATUS:CONFIRMED", "TRANSP:OPAQUE", "CLASS:PUBLIC", "END:VEVENT"]


def series_message():
    """An invitation in a zone to a weekly series, with seven guests and a reminder."""
    lines = [line.replace(":2026", ";TZID=Europe/Berlin:2026").removesuffix("Z") if line.startswith(("DTSTART", "DTEND")) else line
             for line in small_message() if not line.startswith(("ATTENDEE", "END:VEVENT"))]
    names = ["Ben Guest", '"Doe, Jane"', "Zoë Miller", "Carl Client", "Dora Buyer", "Emil Seller", "Fay Partner"]
    lines += [f"ATTENDEE;CN={name};ROLE=REQ-PARTICIPANT;PARTSTAT=NEEDS-ACTION;RSVP=TRUE:mailto:guest{number}@example.com"
              for number, name in enumerate(names)]
    return lines + ["RRULE:FREQ=WEEKLY;BYDAY=TU,TH;COUNT=20", "BEGIN:VALARM", "ACTION:DISPLAY", "DESCRIPTION:Reminder",
                    "TRIGGER:-PT15M", "END:VALARM", "END:VEVENT"]


def messages(folder, reference, options):
    """Prints microseconds for one message; letting go of the result is a part of them."""
    repeats = max(10, options.events // 5)
    for kind, zone, lines in (("one guest", "", small_message()), ("series", ZONE, series_message())):
        path = folder / "message.ics"
        head = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Phos//Benchmark//EN\r\nMETHOD:REQUEST\r\n"
        body = b"".join(folded(line) for line in lines)
        path.write_bytes((head + zone.replace("\n", "\r\n")).encode() + body + b"END:VCALENDAR\r\n")
        size = path.stat().st_size
        print(f"\ninvitation, {kind}: {size} octets; µs of processor time, best of {options.rounds}")
        for name, modes, theirs in (("read", ("tree", "model"), "read"), ("write", ("write", "write-model"), "write")):
            libical = run(reference, theirs, path, options.rounds, repeats)["rate"]
            print(f"{name:5} libical      {size / libical:6.1f}  1.0 x")
            for mode in modes:
                rate = run(options.swift, mode, path, options.rounds, repeats)["rate"]
                print(f"{name:5} {mode:12} {size / rate:6.1f}  {rate / libical:.1f} x")


def counts(folder, reference, options, kind, event, known):
    """Prints the instructions of both; gives ours, and says which have grown."""
    ours = instructions(folder, options.swift, MODES, event)
    theirs = instructions(folder, reference, ("read", "write"), event)
    print(f"{kind}: instructions for an event; libical: read {theirs['read']}, write {theirs['write']}")
    grown = []
    for mode, number in ours.items():
        before = known.get(f"{kind} {mode}")
        print(f"      {mode:12} {number:7}" + (f"  {number / before:.3f} of what is recorded" if before else ""))
        if before and number > before * 1.05:
            grown.append(f"{kind} {mode}: {before} -> {number}")
    return {f"{kind} {mode}": number for mode, number in ours.items()}, grown


MODES = ("tree", "model", "stream", "write", "write-model")
RECORD = HERE / "instructions.json"


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--swift", required=True, help="the built ReadWrite program")
    parser.add_argument("--events", type=int, default=100_000)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--record", action="store_true", help="keep the instructions that are counted")
    options = parser.parse_args()
    known = json.loads(RECORD.read_text()) if RECORD.exists() else {}
    found, grown = {}, []
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        reference = folder / "read_write"
        subprocess.run(["cc", "-O2", HERE / "read_write.c", "-o", reference, "-lical"], check=True)
        print(f"beside {libical_name(reference)}")
        for kind, event in (("uniform", uniform_event), ("varied", varied_event)):
            if options.events:
                rates(folder, reference, options, kind, event)
            numbers, more = counts(folder, reference, options, kind, event, known)
            found |= numbers
            grown += more
        if options.events:
            messages(folder, reference, options)
    if options.record:
        RECORD.write_text(json.dumps(found, indent=2) + "\n")
    elif grown:
        sys.exit("more instructions than are recorded: " + "; ".join(grown))


if __name__ == "__main__":
    main()
