"""The demo's API as a script uses it, and the provider behind it as seen from the other side."""

import contextlib
import datetime
import email
import email.policy
import time
import uuid

import requests

RESULT = """success error errorCode errorField conferenceLink icsFileUrl icsFileName icsFileContent
  calendarEvent { id title description location startsAt endsAt timeZone isFullDay iCalUid externalId
    conferenceProviderId conferenceStatus conferenceLink pushStatus pushError providerUrl version createdFromCrm
    crmCreatorId connectedAccountId isRedacted participants { handle displayName isOrganizer responseStatus
    person { id lastName } } linkedPeople { id } linkedCompany { id name } linkedOpportunity { id } icsFileUrl }"""
CREATE = "mutation($input: CreateCalendarEventInput!) { createCalendarEvent(input: $input) { %s } }" % RESULT
UPDATE = ("mutation($id: ID!, $input: UpdateCalendarEventInput!) {"
          " updateCalendarEvent(eventId: $id, input: $input) { %s } }" % RESULT)
CONNECT = "mutation($fields: [ConnectionFieldInput!]!) { connectAccount(provider: CALDAV, fields: $fields) { id } }"
DISCONNECT = "mutation($id: ID!) { disconnectAccount(connectedAccountId: $id) }"
DELETE = """mutation($id: ID!, $window: Int, $scope: RecurrenceScope) {
  deleteCalendarEvent(eventId: $id, undoWindow: $window, scope: $scope) { success error errorCode errorField undoUntil } }"""


def unique(words):
    return f"{words} {uuid.uuid4().hex[:8]}"


def mails(world, to):
    """What was mailed to an address, oldest first."""
    return [email.message_from_string(m["raw"], policy=email.policy.default)
            for m in requests.get(world["mailbox"], timeout=10).json() if to in m["to"]]


def invitations(world, to, method):
    """How many of them carry an invitation with this method."""
    parts = [part for mail in mails(world, to) for part in mail.walk()]
    return sum(p.get_content_type() == "text/calendar" and p.get_param("method", "").upper() == method for p in parts)


def eventually(look, is_there, seconds=60):
    """What `look` finds once it is there. Waits for the product's own background work, of which nothing tells us."""
    limit = time.monotonic() + seconds
    while True:
        found = look()
        if is_there(found):
            return found
        assert time.monotonic() < limit, f"not within {seconds} s; last seen: {found}"
        time.sleep(0.1)


class Member:
    """One member's way to the API, with their token."""

    def __init__(self, world, index=0):
        self.world = world
        self.email = world["members"][index]["email"]
        self.password = world["members"][index]["password"]
        self.token = world["members"][index]["token"]

    def post(self, body, **headers):
        return requests.post(self.world["graphqlUrl"], json=body, timeout=30,
                             headers={"Authorization": f"Bearer {self.token}", **headers})

    def answer(self, query, **variables):
        return self.post({"query": query, "variables": variables}).json()

    def ask(self, query, **variables):
        answer = self.answer(query, **variables)
        assert "errors" not in answer, answer["errors"]
        return answer["data"]

    def account(self, provider):
        return next(a for a in self.world["connectedAccounts"]
                    if a["provider"] == provider and a["member"] == self.email)

    def meeting(self, provider="GOOGLE", **more):
        """An hour in the member's calendar."""
        return {"title": unique("Meeting"), "startsAt": "2030-03-04T10:00:00+01:00",
                "endsAt": "2030-03-04T11:00:00+01:00", "timeZone": "Europe/Berlin",
                "connectedAccountId": self.account(provider)["id"], **more}

    def create(self, meeting):
        return self.ask(CREATE, input=meeting)["createCalendarEvent"]

    def created(self, meeting):
        result = self.create(meeting)
        assert result["success"], result
        assert result["error"] is None and result["errorCode"] is None
        return result["calendarEvent"]

    def update(self, event_id, **changes):
        return self.ask(UPDATE, id=event_id, input=changes)["updateCalendarEvent"]

    def delete(self, event_id, window=0, scope=None):
        return self.ask(DELETE, id=event_id, window=window, scope=scope)["deleteCalendarEvent"]

    @contextlib.contextmanager
    def caldav_account(self, server, **more):
        """An account on a CalDAV server, connected for a while."""
        fields = {"serverUrl": server.url, "username": server.user, "password": server.password,
                  "handle": "berta@phos.example", **more}
        account = self.ask(CONNECT, fields=[{"id": name, "value": value} for name, value in fields.items()])["connectAccount"]
        yield account
        self.ask(DISCONNECT, id=account["id"])

    def event(self, event_id):
        fields = RESULT[RESULT.index("calendarEvent {") + len("calendarEvent {"):].rstrip("}")
        return self.ask("query($id: ID!) { getCalendarEventById(eventId: $id) { %s } }" % fields,
                        id=event_id)["getCalendarEventById"]

    def arrived(self, event_id, seconds=60):
        return eventually(lambda: self.event(event_id), lambda e: e["pushStatus"] == "SYNCED", seconds)

    def events(self):
        """Every event from the demo's first day to the year in which the tests meet, as (id, title)."""
        found, start = [], datetime.date.today() - datetime.timedelta(days=10)
        while start.year < 2032:
            end = start + datetime.timedelta(days=399)
            found += self._events(f"{start}T00:00:00Z", f"{end}T00:00:00Z")
            start = end
        return found

    def _events(self, start, end):
        found, after = [], None
        while True:
            page = self.ask(
                """query($from: DateTime!, $to: DateTime!, $after: String) {
                     calendarEvents(from: $from, to: $to, first: 200, after: $after) {
                       edges { node { id title } } pageInfo { hasNextPage endCursor } } }""",
                **{"from": start, "to": end, "after": after})["calendarEvents"]
            found += [(edge["node"]["id"], edge["node"]["title"]) for edge in page["edges"]]
            if not page["pageInfo"]["hasNextPage"]:
                return found
            after = page["pageInfo"]["endCursor"]

    def set_flag(self, key, enabled):
        self.ask("mutation($key: FeatureFlagKey!, $on: Boolean!) { setFeatureFlag(key: $key, enabled: $on) { key } }",
                 key=key, on=enabled)


class Provider:
    """The emulator, read with the account's own token and steered from outside."""

    def __init__(self, world, member):
        self.base = world["emulators"]["google"].rstrip("/")
        self.token = member.account("GOOGLE")["emulatorToken"]

    def events(self):
        found, page = [], None
        while True:
            answer = requests.get(
                f"{self.base}/calendar/v3/calendars/primary/events", timeout=10,
                params={"maxResults": 250, **({"pageToken": page} if page else {})},
                headers={"Authorization": f"Bearer {self.token}"})
            answer.raise_for_status()
            found += answer.json().get("items", [])
            page = answer.json().get("nextPageToken")
            if not page:
                return found

    def titled(self, title):
        return [e for e in self.events() if e.get("summary") == title]

    def inserts(self):
        """How many requests for a new event there were."""
        return len(self.asked("events.insert"))

    def asked(self, operation):
        """The status of each such request since the emulator was started; None for one that it left unanswered."""
        answer = requests.get(f"{self.base}/_emulator/requests", timeout=10)
        return [r.get("status") for r in answer.json() if r["operation"] == operation]

    def fail(self, mode, match="events.insert", **more):
        answer = requests.post(f"{self.base}/_emulator/faults", timeout=10,
                               json={"match": match, "mode": mode, **more})
        assert answer.status_code == 201, answer.text

    def conferences(self, outcome="success", delay_milliseconds=0):
        requests.post(f"{self.base}/_emulator/conference", timeout=10, json={
            "delayMilliseconds": delay_milliseconds, "outcome": outcome}).raise_for_status()

    def answer_delay(self, milliseconds):
        """How long every answer takes."""
        requests.post(f"{self.base}/_emulator/answer-delay", timeout=10,
                      json={"milliseconds": milliseconds}).raise_for_status()

    def mend(self):
        requests.delete(f"{self.base}/_emulator/faults", timeout=10).raise_for_status()
        self.conferences()
