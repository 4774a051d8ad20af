"""What graphql-core says: reads {"schema", "documents"} from standard input, writes its verdicts as JSON."""

import json
import sys

from graphql import (
    GraphQLSyntaxError,
    build_schema,
    get_introspection_query,
    graphql_sync,
    parse,
    print_schema,
    validate,
)

task = json.load(sys.stdin)
schema = build_schema(task["schema"])


def verdict(text):
    try:
        errors = validate(schema, parse(text))
    except GraphQLSyntaxError as error:
        errors = [error]
    return [
        {
            "message": error.message,
            "locations": [{"line": l.line, "column": l.column} for l in error.locations or []],
        }
        for error in errors
    ]


introspection = get_introspection_query(
    descriptions=True,
    specified_by_url=True,
    directive_is_repeatable=True,
    schema_description=True,
    input_value_deprecation=True,
)
json.dump(
    {
        "printed": print_schema(schema),
        "introspectionQuery": introspection,
        "introspection": graphql_sync(schema, introspection).data,
        "verdicts": [verdict(text) for text in task["documents"]],
    },
    sys.stdout,
)
