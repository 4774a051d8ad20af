"""`phos ics check | normalize | expand` as the contract has them."""

import json
import subprocess

import icalendar
import pytest

from programs import BINARY

ZONE = """BEGIN:VTIMEZONE
TZID:Europe/Berlin
BEGIN:STANDARD
DTSTART:20251026T030000
TZOFFSETFROM:+0200
TZOFFSETTO:+0100
END:STANDARD
BEGIN:DAYLIGHT
DTSTART:20260329T020000
TZOFFSETFROM:+0100
TZOFFSETTO:+0200
END:DAYLIGHT
END:VTIMEZONE
"""
NIGHT = """BEGIN:VEVENT
UID:night
DTSTAMP:20260101T000000Z
DTSTART;TZID=Europe/Berlin:20260327T023000
DTEND;TZID=Europe/Berlin:20260327T033000
RRULE:FREQ=DAILY
SUMMARY:Night
END:VEVENT
"""
MOVED = """BEGIN:VEVENT
UID:night
RECURRENCE-ID;TZID=Europe/Berlin:20260328T023000
DTSTAMP:20260101T000000Z
DTSTART;TZID=Europe/Berlin:20260328T103000
DTEND;TZID=Europe/Berlin:20260328T113000
SUMMARY:Morning
END:VEVENT
"""
TASK = """BEGIN:VTODO
UID:task
DTSTAMP:20260101T000000Z
DUE;VALUE=DATE:20260401
END:VTODO
"""
FLOATING = """BEGIN:VEVENT
UID:floating
DTSTAMP:20260101T000000Z
DTSTART:20260327T023000
DURATION:PT1H
RRULE:FREQ=WEEKLY;COUNT=2
END:VEVENT
"""


def file(tmp_path, *parts):
    path = tmp_path / "calendar.ics"
    text = "BEGIN:VCALENDAR\nVERSION:2.0\nPRODID:-//test//EN\n" + "".join(parts) + "END:VCALENDAR\n"
    path.write_bytes(text.replace("\n", "\r\n").encode())
    return path


def ics(*arguments):
    return subprocess.run([BINARY, "ics", *map(str, arguments)], capture_output=True, text=True, timeout=60)


def occurrences(*arguments):
    done = ics("expand", "--json", *arguments)
    assert done.returncode == 0, done.stderr
    return [json.loads(line) for line in done.stdout.splitlines()]


def test_a_file_without_defects_has_a_summary(tmp_path):
    done = ics("check", file(tmp_path, ZONE, NIGHT, TASK))
    assert (done.returncode, done.stdout) == (0, "1 calendar: 1 VTIMEZONE, 1 VEVENT, 1 VTODO. No defects.\n")


def test_each_defect_is_a_line_with_its_place_and_its_section(tmp_path):
    done = ics("check", file(tmp_path, NIGHT.replace("FREQ=DAILY", "FREQ=NEVER")))
    assert done.returncode == 1
    lines = done.stdout.splitlines()
    assert any("line 7" in line and "DTSTART" in line and "RFC 5545 §" in line for line in lines), lines
    assert any("line 9" in line and "RRULE" in line for line in lines), lines


@pytest.mark.parametrize("content", [b"", b"no calendar", b"\xff\xfe\x00", b"BEGIN:VCALENDAR\r\n" * 100])
def test_what_is_no_calendar_is_one_line_and_no_crash(tmp_path, content):
    path = tmp_path / "bad.ics"
    path.write_bytes(content)
    for command in ["normalize", "expand"]:
        done = ics(command, path)
        assert done.returncode == 1 and not done.stdout, done
        assert len(done.stderr.strip().splitlines()) == 1, done.stderr
    assert ics("check", path).returncode == 1
    assert "can't be read" in ics("check", tmp_path / "missing.ics").stderr


def test_a_file_is_written_again_in_canonical_form_and_nothing_is_lost(tmp_path):
    untidy = (ZONE + NIGHT + FLOATING + TASK).replace("SUMMARY:Night", "summary:A very long title, " + "ä" * 60)
    path = file(tmp_path, untidy, "BEGIN:VTODO\nX-ODD:1\nEND:VTODO\n")
    path.write_bytes(path.read_bytes().replace(b"\r\n", b"\n"))
    done = subprocess.run([BINARY, "ics", "normalize", str(path)], capture_output=True, timeout=60)
    assert done.returncode == 0, done.stderr
    assert all(len(line) <= 75 for line in done.stdout.split(b"\r\n")) and done.stdout.endswith(b"END:VCALENDAR\r\n")
    calendar = icalendar.Calendar.from_ical(done.stdout)
    events = {str(event["UID"]): event for event in calendar.walk("VEVENT")}
    assert str(events["night"]["SUMMARY"]) == "A very long title, " + "ä" * 60
    assert events["floating"]["DTSTART"].to_ical() == b"20260327T023000"
    assert len(calendar.walk("VTODO")) == 2 and b"X-ODD:1" in done.stdout
    again = tmp_path / "again.ics"
    again.write_bytes(done.stdout)
    assert subprocess.run([BINARY, "ics", "normalize", str(again)], capture_output=True).stdout == done.stdout


def test_occurrences_are_in_file_order_with_offsets_dates_and_floating_times(tmp_path):
    found = occurrences(file(tmp_path, ZONE, NIGHT, TASK, FLOATING, MOVED), "--limit", 4)
    assert found == [
        {"uid": "night", "recurrenceId": "2026-03-27T02:30:00+01:00", "start": "2026-03-27T02:30:00+01:00",
         "end": "2026-03-27T03:30:00+01:00", "allDay": False, "tzid": "Europe/Berlin"},
        {"uid": "night", "recurrenceId": "2026-03-28T02:30:00+01:00", "start": "2026-03-28T10:30:00+01:00",
         "end": "2026-03-28T11:30:00+01:00", "allDay": False, "tzid": "Europe/Berlin"},
        # The clock skips half past two: RFC 5545 §3.3.5.
        {"uid": "night", "recurrenceId": "2026-03-29T02:30:00+01:00", "start": "2026-03-29T03:30:00+02:00",
         "end": "2026-03-29T04:30:00+02:00", "allDay": False, "tzid": "Europe/Berlin"},
        {"uid": "night", "recurrenceId": "2026-03-30T02:30:00+02:00", "start": "2026-03-30T02:30:00+02:00",
         "end": "2026-03-30T03:30:00+02:00", "allDay": False, "tzid": "Europe/Berlin"},
        {"uid": "task", "recurrenceId": None, "start": "2026-04-01", "end": "2026-04-02", "allDay": True,
         "tzid": None},
        {"uid": "floating", "recurrenceId": "2026-03-27T02:30:00", "start": "2026-03-27T02:30:00",
         "end": "2026-03-27T03:30:00", "allDay": False, "tzid": None},
        {"uid": "floating", "recurrenceId": "2026-04-03T02:30:00", "start": "2026-04-03T02:30:00",
         "end": "2026-04-03T03:30:00", "allDay": False, "tzid": None},
    ]


def test_a_span_leaves_out_what_is_over_before_and_begins_after(tmp_path):
    path = file(tmp_path, ZONE, NIGHT)
    starts = [o["start"] for o in occurrences(path, "--from", "2036-01-01T02:00:00Z", "--to", "2036-01-03")]
    assert starts == ["2036-01-01T02:30:00+01:00", "2036-01-02T02:30:00+01:00"]
    assert len(occurrences(path, "--from", "2036-01-01")) == 100
    assert occurrences(path, "--to", "2026-03-27") == []


@pytest.mark.parametrize("rule", ["FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30", "FREQ=SECONDLY;BYMONTH=2;BYMONTHDAY=30",
                                  "FREQ=SECONDLY;INTERVAL=7;BYYEARDAY=366;BYMONTH=1"])
def test_a_rule_that_never_matches_comes_to_an_end(tmp_path, rule):
    path = file(tmp_path, ZONE, NIGHT.replace("FREQ=DAILY", rule))
    for span in [[], ["--from", "2026-01-01", "--to", "2500-01-01"]]:
        done = ics("expand", path, *span)
        assert len(done.stdout.splitlines()) == 1
        assert done.returncode == 0 or "abandoned" in done.stderr


def test_a_title_cannot_steer_the_terminal(tmp_path):
    done = ics("expand", file(tmp_path, ZONE, NIGHT.replace("SUMMARY:Night", "SUMMARY:Night\x1b[31m\\nred")), "--limit", 1)
    assert "\x1b" not in done.stdout and len(done.stdout.splitlines()) == 1


def test_what_cannot_be_read_is_told_with_line_and_uid_and_the_rest_is_listed(tmp_path):
    broken = NIGHT.replace("UID:night", "UID:broken").replace("FREQ=DAILY", "FREQ=NEVER")
    done = ics("expand", "--json", file(tmp_path, ZONE, broken, FLOATING))
    assert done.returncode == 1
    assert [json.loads(line)["uid"] for line in done.stdout.splitlines()] == ["broken", "floating", "floating"]
    assert len(done.stderr.splitlines()) == 1, done.stderr
    assert all(word in done.stderr for word in ["line 22", "RRULE", "UID broken"]), done.stderr
    assert "line 22, VEVENT RRULE" in ics("check", tmp_path / "calendar.ics").stdout


def test_an_instance_that_comes_alone_says_which_it_is(tmp_path):
    # RFC 5545 §3.8.4.4: the original start, not the new one.
    found = occurrences(file(tmp_path, ZONE, MOVED))
    assert [(o["recurrenceId"], o["start"]) for o in found] == [
        ("2026-03-28T02:30:00+01:00", "2026-03-28T10:30:00+01:00")]


def test_events_are_in_file_order_whatever_their_uids(tmp_path):
    single = "BEGIN:VEVENT\n{}DTSTAMP:20260101T000000Z\nDTSTART:2026010{}T080000Z\nEND:VEVENT\n"
    parts = [single.format("UID:one\n", 1), single.format("", 2), TASK, single.format("UID:one\n", 3),
             single.format("", 4)]
    assert [o["uid"] for o in occurrences(file(tmp_path, *parts))] == ["one", "", "task", "one", ""]
    done = ics("check", tmp_path / "calendar.ics")
    assert done.returncode == 1
    assert sum("has no UID" in line for line in done.stdout.splitlines()) == 2, done.stdout
    assert sum("Another component has this UID" in line for line in done.stdout.splitlines()) == 1, done.stdout


def test_a_zone_of_the_calendar_counts_in_expand_and_normalize_alike(tmp_path):
    path = file(tmp_path, "X-WR-TIMEZONE:Europe/Berlin\n", FLOATING.replace(
        "COUNT=2", "UNTIL=20260410T003000Z").replace("DURATION", "EXDATE:20260403T023000\nDURATION"))
    # Half past two on 10 April is 00:30Z, which UNTIL includes.
    expected = ["2026-03-27T02:30:00+01:00", "2026-04-10T02:30:00+02:00"]
    assert [o["start"] for o in occurrences(path)] == expected
    again = tmp_path / "again.ics"
    again.write_text(ics("normalize", path).stdout)
    assert [o["start"] for o in occurrences(again)] == expected
