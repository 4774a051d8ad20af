"""What graphql-core says: reads {"schema", "documents"} from standard input, writes its verdicts as JSON."""

import json
import sys

from graphql import (
    GraphQLBoolean,
    GraphQLDeprecatedDirective,
    GraphQLNonNull,
    GraphQLString,
    GraphQLSyntaxError,
    build_schema,
    get_introspection_query,
    graphql_sync,
    parse,
    print_schema,
    validate,
)
from graphql.type.introspection import introspection_types

# What the edition of September 2025 changed in the introspection types (§4.2) and in @deprecated (§3.13.3).
for kind in introspection_types.values():
    for field in getattr(kind, "fields", {}).values():
        if "includeDeprecated" in field.args:
            field.args["includeDeprecated"].type = GraphQLNonNull(GraphQLBoolean)
GraphQLDeprecatedDirective.args["reason"].type = GraphQLNonNull(GraphQLString)

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
