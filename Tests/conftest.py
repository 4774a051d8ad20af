"""What every Python test shares: one running `phos demo`, and how to start others of the test's own."""

import json
import os
import pathlib
import random
import signal
import socket
import subprocess
import sys
import tempfile
import time

import pytest
import requests

ROOT = pathlib.Path(__file__).resolve().parent.parent
BINARY = os.environ.get("PHOS_BIN", str(ROOT / ".build/debug/phos"))
START_SECONDS = 60

# What speaks to the API serves the tests of other folders too.
sys.path.append(str(ROOT / "Tests/API"))


def free_port():
    """Below the range from which the kernel hands out ports: nobody is given it before the demo takes it."""
    while True:
        port = random.randrange(20_000, 30_000)
        with socket.socket() as probe:
            try:
                probe.bind(("127.0.0.1", port))
                return port
            except OSError:
                pass


class DemoProcess:
    """`phos demo` on a data folder; `world` is its demo.json."""

    def __init__(self, data, port=None):
        self.environment = {}
        self.options = []
        self.data = pathlib.Path(data)
        self.port = port or free_port()
        self.log = self.data.parent / (self.data.name + ".log")
        self.process = None
        self.world = None

    def command(self):
        return [BINARY, "demo", "--port", str(self.port), "--data", str(self.data), *self.options]

    def node(self, kind, port):
        """A server or worker, not started yet, in the world of a demo with `--no-server`."""
        return Node(self, kind, port)

    def run(self, *arguments):
        """A command of the program in this world, to its end."""
        return subprocess.run([BINARY, *arguments, "--config", str(self.data / "phos.env")], cwd=ROOT,
                              capture_output=True, text=True, timeout=60)

    def start(self):
        described = self.data / "demo.json"
        described.unlink(missing_ok=True)
        with open(self.log, "ab") as log:
            self.process = subprocess.Popen(self.command(), cwd=ROOT, stdout=log, stderr=subprocess.STDOUT,
                                            env=os.environ | self.environment)
        limit = time.monotonic() + START_SECONDS
        while True:
            try:
                # Half-written JSON is not JSON yet.
                self.world = json.loads(described.read_text())
                return self
            except (FileNotFoundError, json.JSONDecodeError):
                pass
            if self.process.poll() is not None:
                raise RuntimeError(f"phos demo ended with {self.process.returncode}:\n{self.log_text()}")
            if time.monotonic() > limit:
                self.stop()
                raise RuntimeError(f"phos demo wrote no demo.json in {START_SECONDS} s:\n{self.log_text()}")
            time.sleep(0.05)

    def stop(self):
        if self.process is None or self.process.poll() is not None:
            return
        self.process.send_signal(signal.SIGTERM)
        try:
            self.process.wait(timeout=15)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()

    def kill(self):
        """Ends it as a power cut does: it gets to do nothing any more."""
        self.process.kill()
        self.process.wait()

    def log_text(self):
        return self.log.read_text(errors="replace") if self.log.exists() else ""


class Node:
    """A process `phos serve` or `phos worker`."""

    def __init__(self, world, kind, port):
        self.command = [BINARY, *kind.split(), "--config", str(world.data / "phos.env")]
        self.url = f"http://127.0.0.1:{port}"
        self.environment = os.environ | {"PHOS_PORT": str(port)}
        self.log = world.data.parent / f"{kind.split()[0]}-{port}.log"
        self.process = None

    def start(self):
        with open(self.log, "ab") as log:
            # SIGXFSZ stays ignored, as it is in Python: a file that may not grow is an error and no end.
            self.process = subprocess.Popen(self.command, cwd=ROOT, stdout=log, stderr=subprocess.STDOUT,
                                            env=self.environment, restore_signals=False)
        return self

    def ready(self):
        """Waits until it answers."""
        limit = time.monotonic() + START_SECONDS
        while True:
            assert self.process.poll() is None, f"it ended with {self.process.returncode}:\n{self.log_text()}"
            assert time.monotonic() < limit, f"no answer in {START_SECONDS} s:\n{self.log_text()}"
            try:
                if requests.get(f"{self.url}/health/ready", timeout=5).ok:
                    return self
            except requests.ConnectionError:
                pass
            time.sleep(0.05)

    def kill(self):
        self.process.kill()
        self.process.wait()

    def end(self):
        """Tells it to stop; its exit status."""
        self.process.send_signal(signal.SIGTERM)
        try:
            return self.process.wait(timeout=30)
        except subprocess.TimeoutExpired:
            self.kill()
            return "it did not stop"

    def log_text(self):
        return self.log.read_text(errors="replace") if self.log.exists() else ""


@pytest.fixture(scope="session")
def demo(request):
    """The demo's `demo.json` as a dictionary; PHOS_DEMO_JSON names one that runs already."""
    running = os.environ.get("PHOS_DEMO_JSON")
    if running:
        yield json.loads(pathlib.Path(running).read_text())
        return
    with tempfile.TemporaryDirectory(prefix="phos-demo-") as folder:
        process = DemoProcess(pathlib.Path(folder) / "data")
        process.start()
        yield process.world
        process.stop()
        if request.session.testsfailed:
            print(f"\n--- phos demo ---\n{process.log_text()[-20000:]}")


@pytest.fixture
def empty_postgres():
    """The address of an empty schema on the server of scripts/throwaway-postgres."""
    address = os.environ.get("PHOS_TEST_POSTGRES_URL")
    assert address, "run the tests with: scripts/throwaway-postgres .venv/bin/python -m pytest Tests"
    schema = f"test_{random.randrange(1 << 60):x}"
    subprocess.run(["psql", address, "-qc", f"CREATE SCHEMA {schema}"], check=True)
    return f"{address}?options=-csearch_path%3D{schema}"


@pytest.fixture
def own_demo():
    """A demo of the test's own, not started yet: to be stopped, killed and continued."""
    with tempfile.TemporaryDirectory(prefix="phos-own-demo-") as folder:
        process = DemoProcess(pathlib.Path(folder) / "data")
        yield process
        process.stop()


@pytest.fixture
def own_world(own_demo):
    """A demo of the test's own without a server, not started yet; nodes that are left running are killed."""
    own_demo.options = ["--no-server"]
    nodes, make = [], own_demo.node

    def node(*arguments):
        nodes.append(make(*arguments))
        return nodes[-1]

    own_demo.node = node
    yield own_demo
    for node in nodes:
        if node.process and node.process.poll() is None:
            node.kill()
