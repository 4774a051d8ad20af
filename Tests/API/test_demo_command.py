"""`phos demo` hands over to the executable next to it, and says how to get it when there is none."""

import pathlib
import shutil
import signal
import subprocess

from programs import BINARY


def run(binary, *arguments):
    return subprocess.run([binary, "demo", *arguments], capture_output=True, text=True, timeout=60)


def test_without_its_executable_one_sentence_says_how_to_get_it(tmp_path):
    alone = shutil.copy(BINARY, tmp_path / "phos")
    for arguments in ([], ["--help"], ["--port", "8080"]):
        ended = run(alone, *arguments)
        assert ended.returncode == 1 and ended.stdout == ""
        assert len(ended.stderr.splitlines()) == 1 and ended.stderr.endswith(".\n"), ended.stderr
        assert "swift build --product phos-demo" in ended.stderr and str(tmp_path) in ended.stderr


def test_a_link_to_the_command_finds_the_executable_next_to_the_command(tmp_path):
    link = tmp_path / "phos"
    link.symlink_to(pathlib.Path(BINARY).resolve())
    ended = run(link, "--help")
    assert ended.returncode == 0 and "--no-server" in ended.stdout


def test_arguments_and_exit_status_are_those_of_the_demo():
    ended = run(BINARY, "--members", "1")
    assert ended.returncode == 64 and "--members must be from 2 to 1000." in ended.stderr


def test_signals_reach_the_demo(own_demo):
    for number in (signal.SIGTERM, signal.SIGINT):
        own_demo.start()
        own_demo.process.send_signal(number)
        assert own_demo.process.wait(timeout=30) == 0
        assert not (own_demo.data / "demo.json").exists()


def test_the_emulators_are_no_part_of_the_command():
    command = pathlib.Path(BINARY)
    assert b"ProviderEmulators" not in command.read_bytes()
    assert b"ProviderEmulators" in (command.parent / "phos-demo").read_bytes()
