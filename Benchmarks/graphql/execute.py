"""A list of a thousand events, executed by this engine, by graphql-js and by graphql-core: same schema, document, data.

    python execute.py --swift .build/release/Execute

The three take turns, and their answers must be the same octets. Prints the medians, in milliseconds a run, and how many
times as long the others take.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from statistics import median

FOLDER = Path(__file__).parent


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--swift", required=True, help="the built program Execute")
    options.add_argument("--events", type=int, default=1000)
    options.add_argument("--turns", type=int, default=5)
    options.add_argument("--runs", type=int, default=30, help="of each in a turn; the first third only warms up")
    options = options.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        data = Path(folder) / "events.json"
        made = subprocess.run(
            [sys.executable, FOLDER / "make_events.py", str(options.events)], check=True, stdout=subprocess.PIPE
        )
        data.write_bytes(made.stdout)
        programs = {
            "this engine": [options.swift],
            "graphql-js": ["node", FOLDER / "execute.js"],
            "graphql-core": [sys.executable, FOLDER / "execute_core.py"],
        }
        measured = {name: {"execute": [], "json": []} for name in programs}
        digests = set()
        for _ in range(options.turns):
            for name, command in programs.items():
                runs = options.runs if name != "graphql-core" else max(3, options.runs // 10)
                report = run([*command, FOLDER, data, str(runs)])
                digests.add(report["digest"])
                for part in ("execute", "json"):
                    measured[name][part] += report[part][runs // 3 :]
        if len(digests) != 1:
            sys.exit("The answers differ.")
        print(f"{options.events} events, {report['bytes']:,} octets of JSON; the same from all three")
        ours = {part: median(times) for part, times in measured["this engine"].items()}
        for name, parts in measured.items():
            execute, text = median(parts["execute"]), median(parts["json"])
            ratio = execute / ours["execute"]
            whole = (execute + text) / (ours["execute"] + ours["json"])
            print(
                f"{name:>13}: execute {execute:8.2f} ms ({ratio:5.1f} x)   JSON {text:7.2f} ms   "
                f"both {execute + text:8.2f} ms ({whole:5.1f} x)"
            )


def run(command: list) -> dict:
    environment = {**os.environ, "NODE_PATH": os.environ.get("NODE_PATH", "/usr/share/nodejs")}
    finished = subprocess.run([str(part) for part in command], check=True, stdout=subprocess.PIPE, env=environment)
    return json.loads(finished.stdout)


main()
