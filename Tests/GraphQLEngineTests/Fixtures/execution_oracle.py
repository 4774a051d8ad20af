"""What graphql-core answers: reads {"schema", "documents"} from standard input, executes these documents and generated ones.

The world is made up: what a field gives follows from its path in a way that `MadeUpWorld` in ExecutionDifferentialTests.swift
follows, too. Writes [{"document", "answer"}] as JSON.
"""

import json
import sys

import hypothesis
from graphql import (
    GraphQLEnumType,
    GraphQLError,
    GraphQLList,
    GraphQLNonNull,
    GraphQLScalarType,
    OperationType,
    build_schema,
    execute_sync,
    get_named_type,
    is_abstract_type,
    parse,
    validate,
)
from hypothesis import strategies
from hypothesis_graphql import from_schema, nodes

task = json.load(sys.stdin)
schema = build_schema(task["schema"])


def checksum(text):
    total = 7
    for byte in text.encode():
        total = (total * 31 + byte) % 1_000_003
    return total


def made_up(type_, seed):
    number = checksum(seed)
    if isinstance(type_, GraphQLNonNull):
        # Now and then the world breaks its promise.
        return None if number % 41 == 0 else made_up(type_.of_type, seed)
    if number % 23 == 0:
        raise GraphQLError(f"Broken at {seed}")
    if number % 7 == 0:
        return None
    if isinstance(type_, GraphQLList):
        return [element(type_.of_type, f"{seed}.{index}") for index in range(number % 4)]
    if isinstance(type_, GraphQLEnumType):
        return sorted(type_.values)[number % len(type_.values)]
    if isinstance(type_, GraphQLScalarType):
        leaves = {"Int": number, "Float": number + 0.5, "Boolean": number % 2 == 0, "ID": f"id{number}"}
        return leaves.get(type_.name, seed)
    return seed


def element(type_, seed):
    try:
        return made_up(type_, seed)
    except GraphQLError:
        return None


def shape(value):
    """Of an argument's value what both languages write alike: what is there, and what is null."""
    if value is None:
        return "0"
    if isinstance(value, list):
        return "[" + ",".join(shape(item) for item in value) + "]"
    if isinstance(value, dict):
        return "{" + ",".join(f"{name}:{shape(value[name])}" for name in sorted(value)) + "}"
    return "1"


def resolve(source, info, **arguments):
    return made_up(info.return_type, f"{source}.{info.field_name}{shape(arguments) if arguments else ''}")


def resolve_type(value, info, abstract):
    possible = sorted(type_.name for type_ in info.schema.get_possible_types(abstract))
    return possible[checksum(value) % len(possible)]


def answer(text):
    result = execute_sync(schema, parse(text), "root", field_resolver=resolve, type_resolver=resolve_type)
    return {
        "data": result.data,
        "errors": [
            {
                "message": error.message,
                "locations": [{"line": place.line, "column": place.column} for place in error.locations or []],
                "path": error.path,
            }
            for error in result.errors or []
        ],
    }


def is_valid(text):
    # Types may come in any order; DifferentialTests compares introspection.
    if "__schema" in text:
        return False
    try:
        document = parse(text)
    except GraphQLError:
        return False
    return not validate(schema, document) and not any(
        getattr(definition, "operation", None) == OperationType.SUBSCRIPTION for definition in document.definitions)


documents = [text for text in task["documents"] if is_valid(text)]


scalars = {
    name: strategies.just(nodes.String("made up"))
    for name, type_ in schema.type_map.items()
    if isinstance(type_, GraphQLScalarType) and name not in ("Int", "Float", "String", "Boolean", "ID")
}


@hypothesis.settings(
    max_examples=task["generated"], derandomize=True, database=None, deadline=None,
    phases=[hypothesis.Phase.generate], suppress_health_check=list(hypothesis.HealthCheck))
@hypothesis.given(from_schema(task["schema"], custom_scalars=scalars))
def generate(text):
    # The generator does not know of OneOf.
    if is_valid(text):
        documents.append(text)


generate()
unique = list(dict.fromkeys(documents))
json.dump([{"document": text, "answer": answer(text)} for text in unique], sys.stdout)
