"""The program as processes: a demo, and servers and workers beside it."""

import json
import os
import pathlib
import random
import signal
import socket
import subprocess
import time

import requests

ROOT = pathlib.Path(__file__).resolve().parent.parent
BINARY = os.environ.get("PHOS_BIN", str(ROOT / ".build/debug/phos"))
START_SECONDS = 60


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


def wait_until_it_listens(process, port, log, seconds=20):
    """Of being ready, servers of others tell nobody: they are asked until they answer."""
    limit = time.monotonic() + seconds
    while time.monotonic() < limit:
        assert process.poll() is None, log.read_text()
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
            return
        except OSError:
            time.sleep(0.05)
    raise RuntimeError(f"it does not listen: {log.read_text()}")


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
        """Ends the process as a power failure does, without giving it time to do anything."""
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
