"""A browser, a signed-in page, the provider emulator's control, and a real CalDAV server.

`demo`, the running `phos demo`, comes from Tests/conftest.py.
"""

import contextlib
import os
import pathlib
import re
import shutil

import pytest
from playwright.sync_api import expect, sync_playwright

from caldav_server import CalDAVServer
from world import Google, World

# The CalDAV server of these tests runs on loopback, which the address guard otherwise refuses.
os.environ.setdefault("PHOS_ALLOW_PRIVATE_NETWORKS", "true")

RESULTS = pathlib.Path(__file__).resolve().parents[2] / "test-results"
CHROMIUM = os.environ.get("PHOS_CHROMIUM") or shutil.which("chromium") or "/usr/bin/chromium"
expect.set_options(timeout=15_000)


@pytest.fixture(scope="session")
def world(demo):
    return World(demo)


@pytest.fixture(scope="session")
def browser():
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.hookimpl(hookwrapper=True)
def pytest_runtest_makereport(item, call):
    report = (yield).get_result()
    setattr(item, f"report_{report.when}", report)


@pytest.fixture
def new_page(browser, request):
    """Opens pages as a member in Berlin sees them; keeps a picture of each when the test fails."""
    contexts, pages, complaints = [], [], []

    def open_page(**options):
        context = browser.new_context(**{
            "viewport": {"width": 1280, "height": 900}, "timezone_id": "Europe/Berlin", "locale": "en-US", **options})
        contexts.append(context)
        page = context.new_page()
        pages.append(page)
        page.on("pageerror", lambda error: complaints.append(f"uncaught: {error}"))
        page.on("console", lambda message: complaints.append(message.text)
                if "Content Security Policy" in message.text else None)
        return page

    yield open_page
    report = getattr(request.node, "report_call", None)
    if report and report.failed:
        RESULTS.mkdir(exist_ok=True)
        for number, page in enumerate(pages):
            name = re.sub(r"\W+", "-", request.node.name)
            with contextlib.suppress(Exception):
                page.screenshot(path=RESULTS / f"{name}-{number}.png")
    for context in contexts:
        context.close()
    assert complaints == [], "the page complained"


@pytest.fixture
def page(new_page, world):
    """The calendar page, signed in as the first member."""
    page = new_page()
    world.sign_in(page)
    return page


@pytest.fixture
def google(world):
    """The emulator's control; whatever a test breaks is mended after it."""
    control = Google(world)
    control.mend()
    yield control
    control.mend()


@pytest.fixture
def caldav(tmp_path):
    with CalDAVServer(tmp_path) as server:
        yield server
