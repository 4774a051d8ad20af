"""Random changes of a series, as its guests hear of them: one message for a change, and their calendars show ours.

The guests' calendars know nothing but the messages, and are read by other libraries than the product's.
"""

import collections
import datetime
import email
import email.policy
import os
import random
import zoneinfo

import icalendar
import pytest
import recurring_ical_events

from api import eventually, mails, unique
from caldav_server import CalDAVServer
from calendars import WINDOW, listed, moment, written
from mail_server import Mailbox, mail_server

BERLIN = zoneinfo.ZoneInfo("Europe/Berlin")
STEPS = 10
HISTORIES = int(os.environ.get("PHOS_GUEST_HISTORIES", "1"))


class BuiltIn:
    def __init__(self, world, ada):
        self.world, self.account = world, ada.account("LOCAL")

    def messages(self, guest):
        return mails(self.world, guest)


class CalDAV:
    def __init__(self, account, mailbox):
        self.account, self.mailbox = account, mailbox

    def messages(self, guest):
        return [email.message_from_bytes(content, policy=email.policy.default)
                for _, to, content, _ in list(self.mailbox.mails) if guest in to]


@pytest.fixture(params=["LOCAL", "CALDAV"])
def calendar(request, demo, ada, tmp_path):
    if request.param == "LOCAL":
        yield BuiltIn(demo, ada)
        return
    mailbox = Mailbox("correct horse")
    with (CalDAVServer(tmp_path) as server, mail_server(mailbox, login=True, starttls=False) as port,
          ada.caldav_account(server, smtpUrl=f"smtp://127.0.0.1:{port}") as account):
        yield CalDAV(account, mailbox)


class GuestCalendar:
    """What a guest's messages come to (RFC 5546 §3.2)."""

    def __init__(self, address):
        self.address = address
        self.events = {}

    def receive(self, calendar):
        method = str(calendar["METHOD"])
        components = calendar.walk("VEVENT")
        uid = str(components[0]["UID"])
        assert {str(c["UID"]) for c in components} == {uid}
        if any("RECURRENCE-ID" not in c for c in components):
            self.events[uid] = {}
        for component in components:
            start = component.get("RECURRENCE-ID")
            if method == "CANCEL" and start is None:
                # One occurrence may follow again, by itself.
                continue
            if method == "CANCEL":
                component["STATUS"] = "CANCELLED"
            self.events.setdefault(uid, {})[start and start.dt] = component
        return method, uid

    def shown(self, words):
        found = set()
        for components in self.events.values():
            master = components.get(None)
            whole = icalendar.Calendar()
            for component in components.values():
                whole.add_component(component)
            # Occurrences of a series that the guest does not have stand alone.
            taking_place = recurring_ical_events.of(whole).between(*WINDOW) if master is not None else components.values()
            found |= {(written(e["DTSTART"].dt), str(e["SUMMARY"])) for e in taking_place
                      if e.get("STATUS") != "CANCELLED" and self.address in guests(e) and words in str(e["SUMMARY"])}
        return found


def guests(event):
    attendees = event.get("ATTENDEE", [])
    return {str(a).lower().removeprefix("mailto:") for a in (attendees if isinstance(attendees, list) else [attendees])}


class History:
    def __init__(self, ada, calendar, seed):
        self.ada, self.calendar, self.random = ada, calendar, random.Random(seed)
        self.title = unique("Guest series")
        words = self.title.split()[-1]
        self.guests = [GuestCalendar(f"{name}-{words}@client.example") for name in "abc"]
        self.seen = collections.Counter()
        self.marker = f"marker-{words}@client.example"
        ada.created({
            "title": self.title, "startsAt": "2030-03-04T10:00:00+01:00", "endsAt": "2030-03-04T11:00:00+01:00",
            "timeZone": "Europe/Berlin", "connectedAccountId": calendar.account["id"],
            "recurrence": ["RRULE:FREQ=WEEKLY;COUNT=9"], "attendees": [{"email": self.guests[0].address}]})

    def listed(self):
        return listed(self.ada, self.calendar.account, self.title)

    def settle(self):
        """Waits for a message that was requested last: an account's messages leave in their order."""
        count = len(self.calendar.messages(self.marker))
        self.ada.created({
            "title": unique("Marker"), "startsAt": "2031-03-04T10:00:00+01:00", "endsAt": "2031-03-04T11:00:00+01:00",
            "timeZone": "Europe/Berlin", "connectedAccountId": self.calendar.account["id"],
            "attendees": [{"email": self.marker}]})
        eventually(lambda: len(self.calendar.messages(self.marker)), lambda now: now > count)

    def check(self, change):
        self.settle()
        shown = self.listed()
        for guest in self.guests:
            messages = self.calendar.messages(guest.address)[self.seen[guest.address]:]
            self.seen[guest.address] += len(messages)
            told = collections.Counter()
            for message in messages:
                part = next(p for p in message.walk() if p.get_content_type() == "text/calendar")
                told[guest.receive(icalendar.Calendar.from_ical(part.get_content()))] += 1
            subjects = [m["subject"] for m in messages]
            assert all(count == 1 for count in told.values()), (change, guest.address, subjects)
            ours = {(moment(e["startsAt"]), e["title"]) for e in shown
                    if guest.address in {p["handle"] for p in e["participants"]}}
            assert guest.shown(self.title) == ours, (change, guest.address, subjects)

    def change(self, step):
        """Changes something, and says what."""
        shown = self.listed()
        if not shown:
            return "nothing is left"
        event = self.random.choice(shown)
        scope = self.random.choice(["THIS", "THIS", "ALL", "THIS_AND_FOLLOWING"]) if "_" in event["id"] else None
        words = f"{scope} {event['id']}"
        kind = self.random.choices(["delete", "rename", "move", "invite"], [2, 3, 2, 3])[0]
        if kind == "delete":
            if scope in ("ALL", None):
                return "left alone"
            result = self.ada.delete(event["id"], scope=scope)
        elif kind == "rename":
            result = self.ada.update(event["id"], title=f"{self.title}, {step}", scope=scope)
        elif kind == "move":
            hours = datetime.timedelta(hours=self.random.randint(1, 3))
            times = {side: (datetime.datetime.fromisoformat(event[side].replace("Z", "+00:00")) + hours)
                     .astimezone(BERLIN).isoformat() for side in ("startsAt", "endsAt")}
            result = self.ada.update(event["id"], scope=scope, **times)
        else:
            invited = [g.address for g in self.guests if self.random.random() < 0.5]
            words += f" {invited}"
            result = self.ada.update(event["id"], attendees=[{"email": a} for a in invited], scope=scope)
        assert result["success"], (kind, words, result)
        return f"{kind} {words}"


@pytest.mark.parametrize("history", range(HISTORIES))
def test_each_change_is_told_once(ada, calendar, history):
    seed = int(os.environ.get("PHOS_GUEST_SEED") or random.randrange(1 << 30)) + history
    it = History(ada, calendar, seed)
    it.check(f"creation, seed {seed}")
    for step in range(STEPS):
        it.check(f"seed {seed}, step {step}: {it.change(step)}")
