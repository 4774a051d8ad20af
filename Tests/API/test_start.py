"""Bad or missing values stop the start with one line that names the key."""

import base64
import os
import pathlib
import socket
import subprocess

import pytest

BINARY = os.environ.get("PHOS_BIN", str(pathlib.Path(__file__).resolve().parents[2] / ".build/debug/phos"))
KEY = base64.b64encode(bytes(32)).decode()


def start(folder, values, *arguments):
    """Exit status and what was said; it must end by itself."""
    environment = {"PATH": os.environ["PATH"], "PHOS_DATABASE_URL": f"sqlite:{folder}/phos.db",
                   "PHOS_ENCRYPTION_KEY": KEY, "PHOS_PORT": "0", **values}
    ended = subprocess.run([BINARY, "serve", *arguments], cwd=folder, env=environment, capture_output=True,
                           text=True, timeout=60)
    return ended.returncode, (ended.stdout + ended.stderr).strip()


@pytest.mark.parametrize("key, value", [
    ("PHOS_ENCRYPTION_KEY", "c2hvcnQ="), ("PHOS_ENCRYPTION_KEY", "not base64"), ("PHOS_PORT", "99999"),
    ("PHOS_PUBLIC_URL", "phos.example"), ("PHOS_ALLOW_PRIVATE_NETWORKS", "maybe"),
    ("PHOS_DATABASE_URL", "postgres://phos:hush@db.example/phos"), ("PHOS_DATABASE_URL", "phos.db"),
    ("PHOS_DATABASE_URL", "postgres://phos:hush@hush/hush@db.example/phos"),
    ("PHOS_DATABASE_URL", "postgres://phos:hush%hush@db.example/phos"),
    ("PHOS_DATABASE_URL", "sqlite:/nowhere/at/all/phos.db"),
])
def test_a_bad_value_is_one_line_that_names_its_key(tmp_path, key, value):
    status, said = start(tmp_path, {key: value})
    assert status not in (0, None) and status > 0, said
    assert len(said.splitlines()) == 1, said
    assert key in said
    assert "hush" not in said and "c2hvcnQ" not in said


@pytest.mark.parametrize("values, key", [
    ({"PHOS_GOOGLE_CLIENT_ID": "id"}, "PHOS_GOOGLE_CLIENT_SECRET"),
    ({"PHOS_GOOGLE_CLIENT_ID": "id", "PHOS_GOOGLE_CLIENT_SECRET": "hush", "PHOS_GOOGLE_API_URL": "nowhere"},
     "PHOS_GOOGLE_API_URL"),
])
def test_a_driver_that_cannot_be_set_up_names_its_key(tmp_path, values, key):
    status, said = start(tmp_path, values)
    assert status > 0 and len(said.splitlines()) == 1 and key in said, said
    assert "hush" not in said


def test_a_port_that_is_taken_is_one_line_that_names_its_key(tmp_path):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        status, said = start(tmp_path, {"PHOS_PORT": str(taken.getsockname()[1])})
    assert status > 0 and said.splitlines()[-1].startswith("Error: PHOS_PORT: ") and "in use" in said, said


def test_the_key_is_asked_for_when_it_is_missing(tmp_path):
    status, said = start(tmp_path, {"PHOS_ENCRYPTION_KEY": ""})
    assert status > 0 and "PHOS_ENCRYPTION_KEY" in said and len(said.splitlines()) == 1, said


def test_a_file_that_is_not_there_is_named_as_such(tmp_path):
    status, said = start(tmp_path, {}, "--config", str(tmp_path / "none.conf"))
    assert status > 0 and "--config" in said and len(said.splitlines()) == 1, said


def test_every_setting_is_listed_by_help():
    said = subprocess.run([BINARY, "help", "configuration"], capture_output=True, text=True, check=True).stdout
    for key in ("PHOS_DATABASE_URL (secret)", "PHOS_PORT", "PHOS_GOOGLE_CLIENT_ID", "PHOS_WHEREBY_API_KEY (secret)"):
        assert f"\n  {key}\n" in said, said


def test_several_mistakes_are_told_at_once(tmp_path):
    status, said = start(tmp_path, {"PHOS_PORT": "99999", "PHOS_PUBLIC_URL": "phos.example"})
    lines = said.splitlines()
    assert status > 0 and len(lines) == 2, said
    assert lines[0].startswith("Error: PHOS_PORT: ") and lines[1].startswith("PHOS_PUBLIC_URL: "), said
