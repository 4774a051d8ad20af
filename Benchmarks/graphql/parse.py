"""Parsing and validating GraphQL: this engine beside graphql-js and graphql-core, in one run, as ratios.

Usage: parse.py --swift PROGRAM [--rounds 3] [--milliseconds 4]; needs node, node-graphql and graphql-core. The
documents are the web app's own, the full introspection query, kitchen-sink.graphql and the server's SDL; the three
programs take turns. Of each the best of many short stretches counts, which other programs on the machine disturb
least, and of the rounds the median.
"""

import argparse
import json
import os
import pathlib
import statistics
import subprocess
import tempfile
import time

import graphql

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parent.parent


def web_documents():
    """The operations that the web app sends, each with the fragments that it needs, as they are written."""
    sources = [graphql.Source(path.read_text()) for path in sorted(ROOT.glob("Web/src/**/*.graphql"))]
    whole = graphql.concat_ast([graphql.parse(source) for source in sources])
    return {
        name: "\n\n".join(node.loc.source.body[node.loc.start : node.loc.end] for node in document.definitions)
        for name, document in graphql.separate_operations(whole).items()
    }


def measured(task, work):
    best = float("inf")
    for _ in range(task["stretches"]):
        calls, start = 0, time.perf_counter()
        while (passed := (time.perf_counter() - start) * 1e9) < task["milliseconds"] * 0.5e6 or calls == 0:
            work()
            calls += 1
        best = min(best, passed / calls)
    return best


def python(task):
    schema = graphql.build_schema(task["schema"])
    parsed = [measured(task, lambda: graphql.parse(text)) for text in task["documents"]]
    validated = []
    for number in task["valid"]:
        document = graphql.parse(task["documents"][number])
        validated.append(measured(task, lambda: graphql.validate(schema, document)))
    return {"parse": parsed, "validate": validated}


def run(*command):
    environment = os.environ | {"NODE_PATH": "/usr/share/nodejs"}
    return json.loads(subprocess.run(command, check=True, capture_output=True, env=environment).stdout)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--swift", required=True, help="the built Parse program")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--milliseconds", type=float, default=4)
    options = parser.parse_args()
    sdl = (ROOT / "Sources/PhosServer/GraphQL/schema.graphql").read_text()
    schema = graphql.build_schema(sdl)
    documents = web_documents() | {
        "introspection": graphql.get_introspection_query(),
        "kitchen sink": (HERE / "kitchen-sink.graphql").read_text(),
        "SDL": sdl,
    }
    texts = list(documents.values())
    valid = [n for n, text in enumerate(texts[:-2]) if not graphql.validate(schema, graphql.parse(text))]
    task = {"schema": sdl, "documents": texts, "valid": valid, "milliseconds": options.milliseconds, "stretches": 10}
    rounds = {"swift": [], "js": [], "python": []}
    with tempfile.TemporaryDirectory() as folder:
        path = pathlib.Path(folder, "task.json")
        path.write_text(json.dumps(task))
        for _ in range(options.rounds):
            rounds["swift"].append(run(options.swift, path))
            rounds["js"].append(run("node", HERE / "parse.js", path))
            rounds["python"].append(python(task))
    version = rounds["js"][0]["version"]
    print(f"Nanoseconds, medians of {options.rounds}; graphql-js {version}, graphql-core {graphql.version}")
    for mode, names in (("parse", list(documents)), ("validate", [list(documents)[n] for n in valid])):
        ratios = []
        print(f"\n{mode:26} {'bytes':>6} {'here':>9} {'js':>10} {'core':>11}  js/here  core/here")
        for number, name in enumerate(names):
            ours, js, core = (
                statistics.median(answer[mode][number] for answer in rounds[who]) for who in ("swift", "js", "python")
            )
            ratios.append((js / ours, core / ours))
            size = len(documents[name].encode())
            print(f"{name:26} {size:6} {ours:9.0f} {js:10.0f} {core:11.0f} {js / ours:8.1f} {core / ours:10.1f}")
        means = [statistics.geometric_mean(ratio) for ratio in zip(*ratios)]
        print(f"{'geometric mean':26} {'':38} {means[0]:9.1f} {means[1]:10.1f}")


if __name__ == "__main__":
    main()
