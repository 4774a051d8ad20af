"""The reference implementation's own test cases, and what it says of each.

Runs the tests in graphql-core's source distribution (they are ports of graphql-js') while every text that they read
and every document that they validate is recorded, then writes all of that with graphql-core's verdicts as JSON:

  documents: {schema, text, errors}, the schema by its index
  schemas: {text, errors, printed}

The distribution is fetched once into `.build/reference`; nothing of it is kept here.
"""

import importlib
import inspect
import json
import pathlib
import re
import subprocess
import sys
import tarfile
import warnings

import graphql
from graphql import GraphQLError, build_ast_schema, build_schema, parse, print_schema, validate
from graphql.language import DocumentNode, Source, lexer
from graphql.type import validate_schema
from graphql.validation import validation_context
from graphql.validation.validate import validate_sdl

VERSION = "3.2.8"
CACHE = pathlib.Path(__file__).resolve().parents[3] / ".build/reference"
PACKAGES = ["language", "validation", "utilities", "type", "execution"]


def fetched():
    """The unpacked source distribution."""
    if graphql.version != VERSION:
        sys.exit(f"graphql-core {VERSION} is needed, {graphql.version} is installed.")
    folder = CACHE / f"graphql_core-{VERSION}"
    if not (folder / "tests").exists():
        CACHE.mkdir(parents=True, exist_ok=True)
        command = ["download", "--quiet", "--no-deps", "--no-binary", ":all:", f"graphql-core=={VERSION}"]
        if subprocess.run([sys.executable, "-m", "pip", *command, "-d", CACHE], stdout=sys.stderr).returncode:
            sys.exit(f"The source distribution of graphql-core {VERSION} cannot be had from the package index.")
        with tarfile.open(CACHE / f"graphql_core-{VERSION}.tar.gz") as archive:
            archive.extractall(CACHE, filter="data")
    return folder


class Recorder:
    """Remembers what the tests read and validate, in order and once."""

    def __init__(self):
        self.texts, self.pairs = {}, {}
        self.on = False

    def __enter__(self):
        self.read, self.begun = lexer.Lexer.__init__, validation_context.ValidationContext.__init__

        def read(instance, source):
            # Half a surrogate pair is no text outside Python and JavaScript.
            if self.on and source.body == source.body.encode(errors="ignore").decode():
                self.texts.setdefault(source.body)
            self.read(instance, source)

        def begin(instance, schema, document, *rest):
            if self.on and isinstance(document, DocumentNode) and document.loc:
                self.pairs.setdefault((id(schema), document.loc.source.body), schema)
            self.begun(instance, schema, document, *rest)

        lexer.Lexer.__init__, validation_context.ValidationContext.__init__ = read, begin
        self.on = True
        return self

    def __exit__(self, *_):
        self.on = False


def run(function):
    """Calls a test, or the tests within a block of them; what comes of it does not matter here."""
    found = {}

    def keep(frame, event, _):
        if event == "return" and frame.f_code is function.__code__:
            found.update(frame.f_locals)

    if inspect.signature(function).parameters or inspect.iscoroutinefunction(function):
        return
    sys.setprofile(keep if function.__name__.startswith("describe_") else None)
    try:
        function()
    except Exception:
        pass
    finally:
        sys.setprofile(None)
    for name, inner in found.items():
        if inspect.isfunction(inner) and inner.__name__ == name and not name.startswith(("_", "assert", "expect")):
            run(inner)


def recorded(folder):
    sys.path.insert(0, str(folder))
    # Some tests leave coroutines that nobody awaits here.
    warnings.simplefilter("ignore")
    sys.unraisablehook = lambda _: None
    with Recorder() as recorder:
        for package in PACKAGES:
            for path in sorted((folder / "tests" / package).glob("test_*.py")):
                if "fuzz" in path.name or "strip_ignored" in path.name:
                    continue
                module = importlib.import_module(f"tests.{package}.{path.stem}")
                for name, block in list(vars(module).items()):
                    if name.startswith("describe_") and inspect.isfunction(block):
                        run(block)
        for path in sorted((folder / "tests/fixtures").glob("*.graphql")):
            recorder.texts.setdefault(path.read_text())
    return recorder


def place(source, position):
    """Where a position is, columns in UTF-16 units.

    graphql-core counts code points, and gives what begins a line the number of the line before.
    """
    lines = re.split(r"\r\n|[\n\r]", source.body[:position])
    return {"line": len(lines), "column": len(lines[-1].encode("utf-16-le")) // 2 + 1}


def told(errors):
    return [
        {
            "message": error.message,
            "locations": [place(error.source, position) for position in error.positions or []],
        }
        for error in errors
    ]


def schema_verdict(text, document):
    errors = validate_sdl(document)
    printed = None
    if not errors:
        try:
            schema = build_ast_schema(document, assume_valid_sdl=True)
        except Exception:
            return None
        errors = validate_schema(schema)
        printed = None if errors else print_schema(schema)
    return {"text": text, "errors": told(errors), "printed": printed}


def is_executable(document):
    kinds = {definition.kind for definition in document.definitions}
    return bool(kinds & {"operation_definition", "fragment_definition"})


def main():
    recorder = recorded(fetched())
    harness = importlib.import_module("tests.validation.harness").test_schema
    sdls, documents, schemas = {}, {}, {}

    def number(schema):
        """The index of a schema, as rebuilt from its printed form; None when that form builds none."""
        text = print_schema(schema)
        if text not in sdls:
            try:
                again = build_schema(text)
                valid = not validate_schema(again)
            except Exception:
                valid = False
            sdls[text] = (len(schemas), again) if valid else None
            if valid:
                schemas[text] = {"text": text, "errors": [], "printed": print_schema(again)}
        return sdls[text]

    def add(schema, text):
        if (known := number(schema)) is None:
            return
        try:
            errors = validate(known[1], parse(text))
        except GraphQLError as error:
            errors = [error]
        documents.setdefault((known[0], text), {"schema": known[0], "text": text, "errors": told(errors)})

    for (_, text), schema in recorder.pairs.items():
        add(schema, text)
    later = {}
    for text in recorder.texts:
        try:
            document = parse(Source(text))
        except GraphQLError:
            add(harness, text)
            continue
        if is_executable(document):
            add(harness, text)
        elif text not in schemas and (verdict := schema_verdict(text, document)):
            later[text] = verdict
    schemas.update(later)
    json.dump({"documents": list(documents.values()), "schemas": list(schemas.values())}, sys.stdout)


if __name__ == "__main__":
    main()
