"""How long a person waits for a meeting: `createCalendarEvent` against a provider that answers in 50 ms.

Prints milliseconds and, since machines differ, ratios to the provider's own answer in the same run.
"""

import argparse
import datetime
import json
import os
import pathlib
import signal
import socket
import statistics
import subprocess
import tempfile
import time
import urllib.request

CREATE = """mutation($input: CreateCalendarEventInput!) {
  createCalendarEvent(input: $input) { success error calendarEvent { pushStatus } }
}"""


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def send(url, body=None, token=None):
    headers = {"Content-Type": "application/json"}
    if token:
        headers["Authorization"] = f"Bearer {token}"
    data = None if body is None else json.dumps(body).encode()
    with urllib.request.urlopen(urllib.request.Request(url, data, headers), timeout=30) as answer:
        return json.loads(answer.read() or b"null")


def resident_megabytes(pid):
    for line in pathlib.Path(f"/proc/{pid}/status").read_text().splitlines():
        if line.startswith("VmRSS:"):
            return int(line.split()[1]) / 1024
    return float("nan")


def timed(call):
    start = time.perf_counter()
    call()
    return (time.perf_counter() - start) * 1000


def line(name, samples, base):
    ordered = sorted(samples)
    median, p99 = statistics.median(ordered), ordered[min(len(ordered) - 1, int(len(ordered) * 0.99))]
    print(f"{name:<34} median {median:7.1f} ms   p99 {p99:7.1f} ms   {median / base:5.2f} × the provider")


def measure(binary, creates, delay):
    with tempfile.TemporaryDirectory(prefix="phos-bench-") as folder:
        data = pathlib.Path(folder) / "data"
        command = [binary, "demo", "--port", str(free_port()), "--data", str(data)]
        started = time.perf_counter()
        process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
        try:
            while not (data / "demo.json").exists():
                if process.poll() is not None:
                    raise SystemExit("phos demo ended before it was ready")
                time.sleep(0.01)
            ready = time.perf_counter() - started
            world = json.loads((data / "demo.json").read_text())
            memory = resident_megabytes(process.pid)
            google, token = world["emulators"]["google"], world["members"][0]["token"]
            account = next(a for a in world["connectedAccounts"] if a.get("emulatorToken"))
            send(f"{google}/_emulator/answer-delay", {"milliseconds": delay})
            calendar = f"{google}/calendar/v3/calendars/primary"
            provider = [timed(lambda: send(calendar, token=account["emulatorToken"])) for _ in range(50)]
            base = statistics.median(provider)
            start = datetime.datetime(2030, 1, 7, 9, tzinfo=datetime.timezone.utc)

            def create(number):
                begin = start + datetime.timedelta(hours=number)
                made = send(world["graphqlUrl"], {"query": CREATE, "variables": {"input": {
                    "title": f"Meeting {number}", "startsAt": begin.isoformat(),
                    "endsAt": (begin + datetime.timedelta(hours=1)).isoformat(), "timeZone": "Europe/Berlin",
                    "attendees": [{"email": "guest@client.example"}], "connectedAccountId": account["id"],
                    "idempotencyKey": f"bench-{number}"}}}, token)["data"]["createCalendarEvent"]
                if not made["success"] or made["calendarEvent"]["pushStatus"] != "SYNCED":
                    raise SystemExit(f"a create was not delivered: {made}")

            samples = [timed(lambda: create(number)) for number in range(creates)]
            print(f"binary {os.path.getsize(binary) / 1e6:.1f} MB, ready after {ready:.2f} s, "
                  f"{memory:.0f} MB resident then, {resident_megabytes(process.pid):.0f} MB after the creates "
                  "(emulators included)")
            line(f"the provider itself ({delay} ms)", provider, base)
            line(f"createCalendarEvent ({creates})", samples, base)
        finally:
            process.send_signal(signal.SIGTERM)
            process.wait(timeout=30)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--binary", default=".build/release/phos")
    parser.add_argument("--creates", type=int, default=200)
    parser.add_argument("--delay", type=int, default=50)
    options = parser.parse_args()
    measure(options.binary, options.creates, options.delay)
