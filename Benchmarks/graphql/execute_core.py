"""graphql-core on the execution benchmark: prints what execute.js prints."""

import hashlib
import json
import sys
import time
from pathlib import Path

from graphql import build_schema, execute_sync, parse

folder, data_file, runs = Path(sys.argv[1]), sys.argv[2], int(sys.argv[3])
schema = build_schema((folder / "events.graphql").read_text())
document = parse((folder / "events.query.graphql").read_text())
events = json.loads(Path(data_file).read_text())


def connection(_, first):
    shown = events[:first]
    return {
        "edges": [{"node": node, "cursor": node["id"]} for node in shown],
        "pageInfo": {"hasNextPage": len(shown) < len(events), "endCursor": shown[-1]["id"] if shown else None},
    }


times = {"execute": [], "json": []}
text = ""
for _ in range(runs):
    start = time.perf_counter()
    answer = execute_sync(schema, document, {"events": connection}, variable_values={"first": len(events)})
    middle = time.perf_counter()
    text = json.dumps({"data": answer.data}, separators=(",", ":"), ensure_ascii=False)
    end = time.perf_counter()
    assert answer.errors is None, answer.errors
    times["execute"].append((middle - start) * 1000)
    times["json"].append((end - middle) * 1000)
data = text.encode()
print(json.dumps({**times, "digest": hashlib.sha256(data).hexdigest(), "bytes": len(data)}))
