"""What every Python test shares: one running `phos demo`, and how to start others of the test's own."""

import json
import os
import pathlib
import random
import subprocess
import sys
import tempfile

import pytest

from programs import ROOT, DemoProcess

# What speaks to the API serves the tests of other folders too.
sys.path.append(str(ROOT / "Tests/API"))


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


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items):
    """Tells pytest-xdist what stays together: the tests of a file, unless they run in worlds of their own."""
    for item in items:
        if not {"own_demo", "own_world"} & set(item.fixturenames):
            item.add_marker(pytest.mark.xdist_group(item.path.stem))


@pytest.fixture
def empty_postgres():
    """The address of an empty schema on the server of scripts/throwaway-postgres, which all tests share."""
    address = os.environ.get("PHOS_TEST_POSTGRES_URL")
    assert address, "run the tests with: scripts/throwaway-postgres .venv/bin/python -m pytest Tests"
    return empty_schema(address)


@pytest.fixture
def own_postgres():
    """The environment of a PostgreSQL server of the test's own, to be restarted and cut off."""
    command = [ROOT / "scripts/throwaway-postgres", "sh", "-c", "env | grep ^PHOS_TEST_POSTGRES_; echo; exec cat"]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as server:
        described = dict(line.rstrip("\n").split("=", 1) for line in iter(server.stdout.readline, "\n") if line)
        yield described
        # The server ends when nothing more can be written to the command beside it.
        server.stdin.close()


def empty_schema(address):
    schema = f"test_{random.randrange(1 << 60):x}"
    subprocess.run(["psql", address, "-qc", f"CREATE SCHEMA {schema}"], check=True)
    return f"{address}?options=-csearch_path%3D{schema}"


@pytest.fixture
def own_demo():
    """A demo of the test's own, not started yet: to be stopped, killed and continued."""
    with tempfile.TemporaryDirectory(prefix="phos-own-demo-") as folder:
        process = DemoProcess(pathlib.Path(folder) / "data")
        # What was killed is continued by others soon.
        process.environment["PHOS_JOB_LEASE"] = "3"
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
