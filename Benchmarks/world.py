"""A world to measure in: `phos demo --no-server`, servers in it, and requests to them."""

import contextlib
import http.client
import json
import os
import pathlib
import random
import signal
import socket
import sqlite3
import statistics
import subprocess
import tempfile
import threading
import time
import urllib.request

START_SECONDS = 120


def free_port():
    """Below the range from which the kernel hands out ports: nobody is given it before the server takes it."""
    while True:
        port = random.randrange(20_000, 30_000)
        with socket.socket() as probe:
            try:
                probe.bind(("127.0.0.1", port))
                return port
            except OSError:
                pass


def engines():
    """SQLite, and PostgreSQL in an empty schema of its own where scripts/throwaway-postgres has started one."""
    yield "SQLite", None
    address = os.environ.get("PHOS_TEST_POSTGRES_URL")
    if address:
        yield "PostgreSQL", address


def empty_schema(address):
    schema = f"bench_{random.randrange(1 << 60):x}"
    subprocess.run(["psql", address, "-qc", f"CREATE SCHEMA {schema}"], check=True)
    return f"{address}?options=-csearch_path%3D{schema}"


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


def milliseconds(call):
    start = time.perf_counter()
    call()
    return (time.perf_counter() - start) * 1000


def median_and_p99(samples):
    ordered = sorted(samples)
    return statistics.median(ordered), ordered[min(len(ordered) - 1, int(len(ordered) * 0.99))]


@contextlib.contextmanager
def process(command, environment=None):
    running = subprocess.Popen(command, stdout=subprocess.DEVNULL, env=os.environ | (environment or {}))
    try:
        yield running
    finally:
        running.send_signal(signal.SIGTERM)
        running.wait(timeout=60)


def until(is_there, running):
    limit = time.monotonic() + START_SECONDS
    while not is_there():
        if running.poll() is not None:
            raise SystemExit(f"{running.args[1]} ended before it was ready")
        if time.monotonic() > limit:
            raise SystemExit(f"{running.args[1]} was not ready in {START_SECONDS} s")
        time.sleep(0.02)


class World:
    """What `demo.json` says, and how to reach the database."""

    def __init__(self, binary, data, database):
        self.binary, self.data, self.database = binary, data, database
        self.description = json.loads((data / "demo.json").read_text())
        self.members = self.description["members"]

    def account(self, member, provider="GOOGLE"):
        return next(a for a in self.description["connectedAccounts"]
                    if a["member"] == member["email"] and a["provider"] == provider)

    def sql(self, statement):
        """Runs a statement on the database, past the program; the first column of its answer."""
        if self.database:
            command = ["psql", self.database, "-qAt", "-v", "ON_ERROR_STOP=1", "-c", statement]
            return subprocess.run(command, check=True, capture_output=True, text=True).stdout.splitlines()
        with contextlib.closing(sqlite3.connect(self.data / "phos.db", timeout=30)) as database, database:
            return [row[0] for row in database.execute(statement)]

    def megabytes(self):
        """What the tables and their indexes take on disk."""
        if self.database:
            return int(self.sql("SELECT SUM(pg_total_relation_size(c.oid)) FROM pg_class c"
                                " WHERE relnamespace = current_schema()::regnamespace AND relkind = 'r'")[0]) / 1e6
        return (self.data / "phos.db").stat().st_size / 1e6

    @contextlib.contextmanager
    def server(self, *options):
        port = free_port()
        command = [self.binary, "serve", "--config", str(self.data / "phos.env"), *options]
        with process(command, {"PHOS_PORT": str(port)}) as running:
            until(lambda: answers(port), running)
            yield Server(port, running.pid)


def answers(port):
    try:
        return urllib.request.urlopen(f"http://127.0.0.1:{port}/health/ready", timeout=5).status == 200
    except OSError:
        return False


class Server:
    def __init__(self, port, pid):
        self.port, self.pid = port, pid
        self.connections = threading.local()

    def processor_milliseconds(self, call):
        """How much processor time the server used, in all its threads, until the call was over."""
        clock = ~self.pid << 3 | 2  # what clock_getcpuclockid(3) returns for a process
        start = time.clock_gettime_ns(clock)
        call()
        return (time.clock_gettime_ns(clock) - start) / 1e6

    def ask(self, member, query, **variables):
        """The data of the answer; a connection is kept for each thread."""
        if not hasattr(self.connections, "own"):
            self.connections.own = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        connection = self.connections.own
        connection.request("POST", "/graphql", json.dumps({"query": query, "variables": variables}),
                           {"Content-Type": "application/json", "Authorization": f"Bearer {member['token']}"})
        answer = json.loads(connection.getresponse().read())
        if "errors" in answer:
            raise SystemExit(f"refused: {answer['errors']}")
        return answer["data"]


@contextlib.contextmanager
def world(binary, database=None, members=2):
    """A seeded world without a server; `database` is an address of PostgreSQL."""
    with tempfile.TemporaryDirectory(prefix="phos-bench-") as folder:
        data = pathlib.Path(folder) / "data"
        command = [binary, "demo", "--no-server", "--members", str(members), "--data", str(data)]
        with process(command, {"PHOS_DATABASE_URL": database} if database else None) as running:
            until((data / "demo.json").exists, running)
            yield World(binary, data, database)
