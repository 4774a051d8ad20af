"""What tools of others make of our API: clients that read the schema from it, and one that tries to break it."""

import json
import os
import pathlib
import subprocess
import tempfile

import graphql
import hypothesis
import pytest
import schemathesis

from api import Member
from programs import ROOT, DemoProcess

# The codes with which a server says that it is to blame.
OURS = {"INTERNAL_SERVER_ERROR", "REQUEST_TIMEOUT"}
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


def operations():
    schema = graphql.build_schema(SDL.read_text())
    return [(kind.name, name) for kind in (schema.query_type, schema.mutation_type) for name in kind.fields]


@pytest.mark.parametrize("kind, name", operations(), ids=lambda value: value)
def test_generated_requests_find_no_server_error(generated, kind, name):
    """Whatever Schemathesis makes of the schema is answered, or refused for a reason that the caller can mend."""
    schema, headers = generated
    operation = schema[kind][name]

    @hypothesis.settings(max_examples=100, derandomize=True, deadline=None, database=None,
                         suppress_health_check=list(hypothesis.HealthCheck))
    @hypothesis.given(operation.as_strategy())
    def ask(case):
        response = case.call(timeout=30, headers=headers)
        assert response.status_code == 200, response.text
        answer = response.json()
        for error in answer.get("errors", []):
            assert error["extensions"]["code"] not in OURS, (case.body, error)
        result = (answer.get("data") or {}).get(name)
        if isinstance(result, dict):
            assert result.get("errorCode") not in OURS, (case.body, result)

    ask()


@pytest.fixture(scope="module")
def generated():
    """A demo of its own: what is generated fills it with nonsense."""
    with tempfile.TemporaryDirectory(prefix="phos-generated-") as folder:
        process = DemoProcess(pathlib.Path(folder) / "data").start()
        headers = {"Authorization": f"Bearer {process.world['members'][0]['token']}"}
        yield schemathesis.graphql.from_url(process.world["graphqlUrl"], headers=headers), headers
        log = process.log_text()
        process.stop()
    assert "A resolver failed" not in log and "A mutation failed" not in log, log[-4000:]
