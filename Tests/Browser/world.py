"""The demo as a test sees it: its members, its API and its provider emulator."""

import datetime
import time
import uuid

from playwright.sync_api import expect

from http_client import send_json


class World:
    def __init__(self, demo):
        self.demo = demo
        self.url = demo["url"].rstrip("/")
        self.cookies = {}

    @property
    def member(self):
        """The member with an account at the emulator."""
        return next(m for m in self.demo["members"] if m["email"] == self.google_account["member"])

    @property
    def google_account(self):
        return next(account for account in self.demo["connectedAccounts"] if account["provider"] == "GOOGLE")

    @property
    def other_member(self):
        return next(m for m in self.demo["members"] if m["email"] != self.member["email"])

    def sign_in(self, page, member=None, path="/"):
        """Opens a page as a member, who typed their password the first time only: hashing it takes a second."""
        member = member or self.member
        if member["email"] not in self.cookies:
            self.type_password(page, member)
            self.cookies[member["email"]] = page.context.cookies()
        page.context.add_cookies(self.cookies[member["email"]])
        page.goto(self.url + path)
        expect(page.get_by_role("navigation", name="Main")).to_be_visible()

    def type_password(self, page, member):
        page.context.clear_cookies()  # Another member may be signed in.
        page.goto(self.url)
        self.fill_in_password(page, member)
        expect(page.get_by_role("navigation", name="Main")).to_be_visible()

    def fill_in_password(self, page, member):
        page.get_by_label("Email").fill(member["email"])
        page.get_by_label("Password").fill(member["password"])
        page.get_by_role("button", name="Sign in").click()

    def ask(self, query, variables=None, member=None):
        token = (member or self.member)["token"]
        answer = send_json("POST", self.demo["graphqlUrl"], {"query": query, "variables": variables or {}},
                           {"Authorization": f"Bearer {token}"})
        assert not answer.get("errors"), answer["errors"]
        return answer["data"]

    def _own_accounts(self, member):
        """Ids of the member's accounts, each with the way its provider is connected."""
        answer = self.ask("""{ calendarProviders { providerId connection } me { id }
                               connectedAccounts { id provider ownerId } }""", member=member)
        kinds = {p["providerId"]: p["connection"] for p in answer["calendarProviders"]}
        return [(a["id"], kinds[a["provider"]]) for a in answer["connectedAccounts"]
                if a["ownerId"] == answer["me"]["id"]]

    def own_account_ids(self, member=None):
        return [id for id, _ in self._own_accounts(member)]

    def account_id(self, connection, member=None):
        """The member's first account of a provider that is connected in this way."""
        return next(id for id, kind in self._own_accounts(member) if kind == connection)

    def events_titled(self, title, member=None):
        """What Phos itself has of this title, within the coming year."""
        now = datetime.datetime.now(datetime.timezone.utc)
        answer = self.ask("""query ($from: DateTime!, $to: DateTime!) {
              calendarEvents(from: $from, to: $to, first: 500) { edges { node {
                id title startsAt endsAt timeZone isFullDay pushStatus pushError connectedAccountId
                recurringEventId version } } } }""",
                          {"from": now.isoformat(), "to": (now + datetime.timedelta(days=365)).isoformat()}, member)
        return [e["node"] for e in answer["calendarEvents"]["edges"] if e["node"]["title"] == title]


    def occurrence(self, words, day):
        """The id of the meeting of that day whose title has these words in it."""
        answer = self.ask("""query ($from: DateTime!, $to: DateTime!) {
              calendarEvents(from: $from, to: $to, first: 500) { edges { node { id title } } } }""",
                          {"from": f"{day}T00:00:00Z", "to": f"{day}T23:59:59Z"})
        return next(e["node"]["id"] for e in answer["calendarEvents"]["edges"] if words in (e["node"]["title"] or ""))


class Google:
    """The emulator behind the first Google account, read and steered from outside."""

    def __init__(self, world):
        self.base = world.demo["emulators"]["google"].rstrip("/")
        self.token = world.google_account["emulatorToken"]

    def events_titled(self, title):
        found, page_token = [], ""
        while True:
            url = f"{self.base}/calendar/v3/calendars/primary/events?maxResults=250" + (
                f"&pageToken={page_token}" if page_token else "")
            answer = send_json("GET", url, headers={"Authorization": f"Bearer {self.token}"})
            found += [e for e in answer.get("items", []) if e.get("summary") == title]
            page_token = answer.get("nextPageToken")
            if not page_token:
                return found

    def meetings_with(self, words):
        """What stands in the calendar, series written out: its title, start and event, by start."""
        answer = self._ask("GET", "?singleEvents=true&orderBy=startTime&maxResults=2500&timeMin="
                           + datetime.datetime.now(datetime.timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ"))
        return [e for e in answer.get("items", []) if words in e.get("summary", "")]

    def change(self, event, **fields):
        """Changes the event as its owner does in the calendar itself."""
        return self._ask("PATCH", f"/{event['id']}", fields)

    def read(self, event):
        return self._ask("GET", f"/{event['id']}")

    def _ask(self, method, rest, body=None):
        url = f"{self.base}/calendar/v3/calendars/primary/events{rest}"
        return send_json(method, url, body, {"Authorization": f"Bearer {self.token}"})

    def break_inserts(self, mode, **more):
        self.break_operation("events.insert", mode, **more)

    def break_changes(self, mode, **more):
        for operation in ("events.patch", "events.update"):
            self.break_operation(operation, mode, **more)

    def break_operation(self, operation, mode, **more):
        send_json("POST", f"{self.base}/_emulator/faults", {"match": operation, "mode": mode, **more})

    def mend(self):
        send_json("DELETE", f"{self.base}/_emulator/faults")
        self.conferences("success", 0)

    def answer_delay(self, milliseconds):
        send_json("POST", f"{self.base}/_emulator/answer-delay", {"milliseconds": milliseconds})

    def conferences(self, outcome, delay_milliseconds):
        send_json("POST", f"{self.base}/_emulator/conference",
                  {"delayMilliseconds": delay_milliseconds, "outcome": outcome})


def unique_title(words):
    return f"{words} {uuid.uuid4().hex[:8]}"


def until(condition, seconds=30):
    """Waits for what happens behind the page, where nothing on it tells; answers what the condition did."""
    limit = time.monotonic() + seconds
    while not (answer := condition()):
        assert time.monotonic() < limit, "it did not happen"
        time.sleep(0.1)
    return answer


def coming_weekday(days=8):
    """A day far enough away to be in the future everywhere, never one when clocks change."""
    day = datetime.date.today() + datetime.timedelta(days=days)
    while day.weekday() >= 5:
        day += datetime.timedelta(days=1)
    return day
