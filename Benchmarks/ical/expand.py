"""Ten everyday rules over ten years: our library beside libical and dateutil, in one run, as ratios.

Usage: expand.py --swift PROGRAM [--seconds 1]; needs libical-dev and a C compiler.
PROGRAM is built from Expand.swift; dateutil is run here. Each reads the rule, expands it in
Europe/Berlin and resolves every instance to an instant; the sums of the instants have to be the same.
"""

import argparse
import datetime
import pathlib
import subprocess
import tempfile
import time
import zoneinfo

import dateutil.rrule
import read_write

HERE = pathlib.Path(__file__).parent
RULES = HERE / "expand.rules"
ZONE = zoneinfo.ZoneInfo("Europe/Berlin")
END = datetime.datetime(2036, 1, 5, tzinfo=ZONE).timestamp()


def by_program(program, seconds):
    lines = subprocess.run([program, RULES, str(seconds)], check=True, capture_output=True, text=True).stdout.splitlines()
    return [(rule, int(count), int(total), float(speed)) for rule, count, total, speed in (line.split("\t") for line in lines)]


def by_dateutil(seconds):
    for line in RULES.read_text().splitlines():
        start, rule = line.split(" ")
        start = datetime.datetime.fromisoformat(start)
        runs, began = 0, time.monotonic()
        while time.monotonic() - began < seconds:
            count = total = 0
            for local in dateutil.rrule.rrulestr(rule, dtstart=start):
                instant = local.replace(tzinfo=ZONE).timestamp()
                if instant >= END:
                    break
                count += 1
                total += int(instant)
            runs += 1
        yield rule, count, total, runs / (time.monotonic() - began)


def harmonic(speeds):
    return len(speeds) / sum(1 / speed for speed in speeds)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--swift", required=True)
    parser.add_argument("--seconds", type=float, default=1)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        reference = pathlib.Path(folder, "expand")
        subprocess.run(["cc", "-O2", HERE / "expand.c", "-o", reference, "-lical"], check=True)
        print(f"beside {read_write.libical_name(reference)}")
        ours, libical = by_program(given.swift, given.seconds), by_program(reference, given.seconds)
    dateutil_ = list(by_dateutil(given.seconds))
    print(f"{'rule':48}{'instances':>10}{'ours/s':>12}{'libical/s':>12}{'dateutil/s':>12}")
    for one, other, third in zip(ours, libical, dateutil_):
        if one[:3] != third[:3]:
            raise SystemExit(f"{one[0]}: ours gives {one[1:3]}, dateutil {third[1:3]}")
        note = "" if one[:3] == other[:3] else f"  libical differs: {other[1:3]}"
        print(f"{one[0]:48}{one[1]:10}{one[3]:12.0f}{other[3]:12.0f}{third[3]:12.0f}{note}")
    means = [harmonic([row[3] for row in rows]) for rows in (ours, libical, dateutil_)]
    print(f"{'harmonic mean':58}{means[0]:12.0f}{means[1]:12.0f}{means[2]:12.0f}")
    print(f"ours is {means[0] / means[1]:.1f} x libical, {means[0] / means[2]:.1f} x dateutil")


if __name__ == "__main__":
    main()
