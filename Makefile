# Two commands do everything on a fresh Debian or Ubuntu machine with Swift: `make demo` and `make test`.
SHELL := bash
# Nothing here reads debug information, and a first build is sooner done without it.
SWIFT_FLAGS := --explicit-target-dependency-import-check error -debug-info-format none
RUNTIME_PACKAGES := libsqlite3-dev libpq-dev libcurl4-openssl-dev tzdata nodejs node-react node-react-dom esbuild node-typescript node-graphql
TEST_PACKAGES := python3 python3-venv chromium postgresql openssl dovecot-imapd libical-dev
PYTHON := .venv/bin/python
# Three tests at a time: enough to keep two cores busy, and few enough that the servers among them are answered in time.
SWIFT_TEST := SWT_EXPERIMENTAL_MAXIMUM_PARALLELIZATION_WIDTH=3 timeout --kill-after=30 20m swift test $(SWIFT_FLAGS) --skip-build
# Tests in worlds of their own go wherever a worker is free; they wait for leases most of the time.
PYTEST := $(PYTHON) -m pytest -q -p no:cacheprovider -n 3 --dist loadgroup --timeout=300
PORT ?= 8080
DATA ?= .phos-demo
FUZZ_SECONDS ?= 60

.PHONY: demo test test-swift test-web test-python lint configuration-guide format bench bench-smoke bench-ical bench-graphql bench-libraries-smoke example fuzz fuzz-reader fuzz-rules fuzz-zones fuzz-messages fuzz-graphql build web packages test-packages
.DEFAULT_GOAL := demo

## Builds what is needed, then runs a whole world on this machine.
# A debug build is the sooner one, and a newcomer does not notice the difference.
demo: packages web
	@echo "Building the server. The first time takes about ten minutes on two cores; later, seconds."
	swift build $(SWIFT_FLAGS) --product phos
	swift build $(SWIFT_FLAGS) --product phos-demo
	@.build/debug/phos demo --port $(PORT) --data $(DATA)

## The program as it is deployed: .build/release/phos, and the web app beside it.
build: packages web
	swift build $(SWIFT_FLAGS) -c release --product phos

## Every test there is.
test: test-packages test-web test-swift test-python bench-smoke bench-libraries-smoke example
	@echo "All tests passed."

test-web: packages web
	$(MAKE) -C Web check test

# Stores are tested on both engines, use cases first on SQLite, then on PostgreSQL.
test-swift: $(PYTHON)
	swift build $(SWIFT_FLAGS) --build-tests
	scripts/check-api
	PHOS_PYTHON=$(CURDIR)/$(PYTHON) scripts/failures-last scripts/throwaway-postgres env $(SWIFT_TEST)
	PHOS_TEST_ENGINE=postgresql scripts/failures-last scripts/throwaway-postgres env $(SWIFT_TEST) --filter CalendarServiceTests

# The browser, the providers' official clients, and a real CalDAV server, against the program itself.
test-python: $(PYTHON) web
	swift build $(SWIFT_FLAGS) --product phos
	swift build $(SWIFT_FLAGS) --product phos-demo
	scripts/throwaway-postgres $(PYTEST) Tests

## Formatting, types, module boundaries, and what the documents say.
lint: packages
	swift format lint --strict -rp Package.swift Sources Tests
	$(MAKE) -C Web check
	scripts/lint-boundaries
	scripts/lint-functions
	scripts/lint-messages
	scripts/lint-words
	scripts/lint-tests
	scripts/check-manifest
	scripts/check-templates
	scripts/check-documents

## The tables of docs/guides/configuration.md, from what the program and its drivers declare.
configuration-guide:
	swift build $(SWIFT_FLAGS) --product phos
	scripts/write-configuration-guide

format:
	swift format -irp Package.swift Sources Tests

## What a person waits for: see Benchmarks/README.md.
bench: $(PYTHON) web
	swift build $(SWIFT_FLAGS) -c release --product phos
	swift build $(SWIFT_FLAGS) -c release --product phos-demo
	$(PYTHON) Benchmarks/create_meetings.py --binary .build/release/phos
	scripts/throwaway-postgres $(PYTHON) Benchmarks/lists.py --binary .build/release/phos
	scripts/throwaway-postgres $(PYTHON) Benchmarks/load.py --binary .build/release/phos

## The same scripts with small numbers and the debug build: whether they still run, not how fast anything is.
bench-smoke: $(PYTHON) web
	swift build $(SWIFT_FLAGS) --product phos
	swift build $(SWIFT_FLAGS) --product phos-demo
	$(PYTHON) Benchmarks/create_meetings.py --binary .build/debug/phos --creates 5
	scripts/throwaway-postgres $(PYTHON) Benchmarks/lists.py --binary .build/debug/phos --few 10000 --many 12000 --members 2 --rounds 1
	scripts/throwaway-postgres $(PYTHON) Benchmarks/load.py --binary .build/debug/phos --meetings 12 --clients 4

## The library of iCalendar beside libical and python icalendar; its figures are in Benchmarks/README.md.
bench-ical: $(PYTHON)
	@scripts/install-debian-packages libical-dev pkg-config gcc libc6-dev valgrind
	swift build -c release --package-path Benchmarks/ical
	$(PYTHON) Benchmarks/ical/read_write.py --swift Benchmarks/ical/.build/release/ReadWrite $(READ_WRITE_OPTIONS)
	$(PYTHON) Benchmarks/ical/expand.py --swift Benchmarks/ical/.build/release/Expand $(EXPAND_OPTIONS)
	Benchmarks/ical/.build/release/ExpandSeries Benchmarks/ical/expand.rules

## The library of GraphQL beside graphql-js and graphql-core: parsing, and executing a list of a thousand events.
bench-graphql: $(PYTHON)
	@scripts/install-debian-packages nodejs node-graphql
	swift build -c release --package-path Benchmarks/graphql
	$(PYTHON) Benchmarks/graphql/parse.py --swift Benchmarks/graphql/.build/release/Parse $(PARSE_OPTIONS)
	$(PYTHON) Benchmarks/graphql/execute.py --swift Benchmarks/graphql/.build/release/Execute $(EXECUTE_OPTIONS)

## Both with small numbers. What the library of iCalendar executes for an event must not have grown.
bench-libraries-smoke:
	$(MAKE) bench-ical READ_WRITE_OPTIONS="--events 500 --rounds 1" EXPAND_OPTIONS="--seconds 0.02"
	$(MAKE) bench-graphql PARSE_OPTIONS="--rounds 1 --milliseconds 1" EXECUTE_OPTIONS="--events 50 --turns 1 --runs 3"

## What a user of the iCalendar library writes: reading, expanding, answering. See Examples/ICalendar/README.md.
example: packages
	swift build --package-path Examples/ICalendar -debug-info-format none
	cd Examples/ICalendar && .build/debug/Example invitation.ics bob@example.com 2026-03-20 40 | diff - expected.txt
	@cat Examples/ICalendar/expected.txt

## Looks for inputs that break the reader of iCalendar, rules, zones, messages and GraphQL: see Fuzz/README.md.
fuzz: fuzz-reader fuzz-rules fuzz-zones fuzz-messages fuzz-graphql

FUZZ = SWIFT_BACKTRACE=enable=no Fuzz/.build/release
FUZZ_OPTIONS = -max_total_time=$(FUZZ_SECONDS) -timeout=10 -rss_limit_mb=2048 -artifact_prefix=Fuzz/

fuzz-reader:
	swift build -c release --package-path Fuzz --product FuzzReader
	@mkdir -p Fuzz/.build/found
	$(FUZZ)/FuzzReader $(FUZZ_OPTIONS) -max_len=4096 -dict=Fuzz/calendar.dict Fuzz/.build/found Tests/ICalendarTests/Corpus

fuzz-rules:
	swift build -c release --package-path Fuzz --product FuzzRules
	@mkdir -p Fuzz/.build/rules
	$(FUZZ)/FuzzRules $(FUZZ_OPTIONS) -max_len=200 -dict=Fuzz/rules.dict Fuzz/.build/rules

fuzz-zones:
	swift build -c release --package-path Fuzz --product FuzzZones
	@mkdir -p Fuzz/.build/zones
	$(FUZZ)/FuzzZones $(FUZZ_OPTIONS) -max_len=500 Fuzz/.build/zones

fuzz-messages:
	swift build -c release --package-path Fuzz --product FuzzMessages
	@mkdir -p Fuzz/.build/messages
	$(FUZZ)/FuzzMessages $(FUZZ_OPTIONS) -max_len=500 Fuzz/.build/messages

fuzz-graphql:
	swift build -c release --package-path Fuzz --product FuzzGraphQL
	@mkdir -p Fuzz/.build/graphql Fuzz/.build/graphql-seeds
	@for file in Tests/GraphQLEngineTests/Fixtures/*.documents; do \
	  csplit -sz -n 3 -f Fuzz/.build/graphql-seeds/$$(basename $$file)- $$file '/^---$$/' '{*}'; done
	@sed -i '/^---$$/d' Fuzz/.build/graphql-seeds/*
	@cp Tests/GraphQLEngineTests/Fixtures/*.graphql Fuzz/.build/graphql-seeds
	$(FUZZ)/FuzzGraphQL $(FUZZ_OPTIONS) -max_len=4096 -dict=Fuzz/graphql.dict Fuzz/.build/graphql Fuzz/.build/graphql-seeds

web: packages
	@$(MAKE) --no-print-directory -C Web

packages:
	@scripts/install-debian-packages $(RUNTIME_PACKAGES)

test-packages: packages
	@scripts/install-debian-packages $(TEST_PACKAGES)

$(PYTHON): Tests/requirements.txt | test-packages
	python3 -m venv .venv
	.venv/bin/pip install --quiet --disable-pip-version-check -r Tests/requirements.txt
	@touch $(PYTHON)
