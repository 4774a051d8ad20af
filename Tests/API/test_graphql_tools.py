"""What tools of others make of our API: clients that read the schema from it, and one that tries to break it."""

import json
import os
import pathlib
import subprocess
import sys

import graphql
import pytest
import requests

from api import Member
from programs import ROOT

SDL = ROOT / "Sources/PhosServer/GraphQL/schema.graphql"


@pytest.fixture
def ada(demo):
    return Member(demo)


def test_a_client_builds_the_schema_from_introspection(ada):
    query = graphql.get_introspection_query(descriptions=True, specified_by_url=True, directive_is_repeatable=True,
                                            schema_description=True, input_value_deprecation=True)
    built = graphql.build_client_schema(ada.ask(query))
    source = graphql.build_schema(SDL.read_text())
    # But for the enums of providers, which are composed from what is installed.
    for name in ("CalendarProviderId", "ConferenceProviderId"):
        assert set(built.type_map[name].values) != set(source.type_map[name].values)
        source.type_map[name].values = built.type_map[name].values
    assert graphql.print_schema(graphql.lexicographic_sort_schema(built)) == graphql.print_schema(
        graphql.lexicographic_sort_schema(source))


def test_graphql_js_and_so_graphiql_build_it_too(demo, ada):
    script = """
      const { buildClientSchema, getIntrospectionQuery, validateSchema, printSchema } = require('graphql');
      const options = { descriptions: true, specifiedByUrl: true, directiveIsRepeatable: true, schemaDescription: true,
                        inputValueDeprecation: true, oneOf: true };
      const [url, token] = process.argv.slice(1);
      const headers = { 'Content-Type': 'application/json', Authorization: `Bearer ${token}` };
      fetch(url, { method: 'POST', headers, body: JSON.stringify({ query: getIntrospectionQuery(options) }) })
        .then((answer) => answer.json())
        .then(({ data }) => {
          const schema = buildClientSchema(data);
          const problems = validateSchema(schema).map((problem) => problem.message);
          console.log(JSON.stringify({ problems, fields: Object.keys(schema.getQueryType().getFields()).length,
                                       printed: printSchema(schema).length }));
        });
    """
    finished = subprocess.run(["node", "-e", script, demo["graphqlUrl"], ada.token], capture_output=True, text=True,
                              timeout=60, env={**os.environ, "NODE_PATH": "/usr/share/nodejs"})
    assert finished.returncode == 0, finished.stderr
    report = json.loads(finished.stdout)
    assert report["problems"] == [] and report["fields"] > 10 and report["printed"] > 5000


def test_generated_requests_find_no_server_error(own_demo):
    """Schemathesis makes queries and mutations from the schema; none may end in a 500, or in an error of ours."""
    own_demo.start()
    token = own_demo.world["members"][0]["token"]
    program = pathlib.Path(sys.executable).parent / "schemathesis"
    finished = subprocess.run(
        [program, "run", own_demo.world["graphqlUrl"], "--header", f"Authorization: Bearer {token}",
         "--checks", "not_a_server_error", "--phases", "fuzzing", "--max-examples", "25", "--seed", "20261125",
         "--workers", "1", "--continue-on-failure", "--no-color", "--suppress-health-check", "all"],
        capture_output=True, text=True, timeout=900, cwd=own_demo.data)
    assert finished.returncode == 0, finished.stdout[-6000:] + finished.stderr[-2000:]
    # Every operation there is was tried.
    operations = graphql.build_schema(SDL.read_text())
    count = len(operations.query_type.fields) + len(operations.mutation_type.fields)
    assert f"{count} selected / {count} total" in finished.stdout, finished.stdout[-3000:]
    assert "A resolver failed" not in own_demo.log_text(), own_demo.log_text()[-4000:]
    assert requests.get(f"{own_demo.world['url']}/health/ready", timeout=10).ok
