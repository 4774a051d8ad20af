"""What takes place in a member's calendars, read from the providers' side."""

import datetime

import icalendar
import recurring_ical_events
import requests

UTC = datetime.timezone.utc
WINDOW = (datetime.datetime(2030, 3, 1, tzinfo=UTC), datetime.datetime(2030, 6, 1, tzinfo=UTC))
EVENTS = """query($from: DateTime!, $to: DateTime!, $account: ID) {
  calendarEvents(from: $from, to: $to, connectedAccountId: $account, first: 200) {
    edges { node { id title startsAt endsAt pushStatus pushError participants { handle } } } } }"""


def written(instant):
    return instant.astimezone(UTC).strftime("%Y-%m-%dT%H:%M")


def moment(text):
    return written(datetime.datetime.fromisoformat(text.replace("Z", "+00:00")))


def listed(member, account, words):
    """The occurrences in the CRM whose title has these words."""
    page = member.ask(EVENTS, account=account["id"], **{"from": written(WINDOW[0]) + ":00Z", "to": written(WINDOW[1]) + ":00Z"})
    edges = page["calendarEvents"]["edges"]
    assert len(edges) < 200, "there may be more events than were asked for"
    return [edge["node"] for edge in edges if words in edge["node"]["title"]]


def here(member, account, words):
    """The CRM's side: start, end and title of each occurrence whose title has these words, and why some have not arrived."""
    nodes = listed(member, account, words)
    lines = sorted((moment(n["startsAt"]), moment(n["endsAt"]), n["title"]) for n in nodes)
    return lines, [(n["id"], n["pushStatus"], n["pushError"]) for n in nodes if n["pushStatus"] != "SYNCED"]


def at_google(world, account, words):
    answer = requests.get(
        world["emulators"]["google"].rstrip("/") + "/calendar/v3/calendars/primary/events", timeout=10,
        params={"singleEvents": "true", "maxResults": 2500, "timeMin": WINDOW[0].isoformat(), "timeMax": WINDOW[1].isoformat()},
        headers={"Authorization": f"Bearer {account['emulatorToken']}"})
    answer.raise_for_status()
    return sorted((moment(e["start"]["dateTime"]), moment(e["end"]["dateTime"]), e["summary"])
                  for e in answer.json()["items"] if words in e.get("summary", ""))


def at_microsoft(world, account, words):
    url = world["emulators"]["microsoft"].rstrip("/") + "/v1.0/me/calendarView"
    parameters = {"startDateTime": WINDOW[0].isoformat(), "endDateTime": WINDOW[1].isoformat(), "$top": 100}
    found = []
    while url:
        answer = requests.get(url, params=parameters, timeout=10,
                              headers={"Authorization": f"Bearer {account['emulatorToken']}"})
        answer.raise_for_status()
        page = answer.json()
        found += page["value"]
        url, parameters = page.get("@odata.nextLink"), None
    assert all(e[side]["timeZone"] == "UTC" for e in found for side in ("start", "end"))
    return sorted((e["start"]["dateTime"][:16], e["end"]["dateTime"][:16], e["subject"])
                  for e in found if words in e["subject"])


def exported(member, account, words):
    """The built-in calendar as its invitations' files have it."""
    series = {event["id"].split("_")[0] for event in listed(member, account, words)}
    return sorted(line for one in series for line in in_files(requests.get(member.event(one)["icsFileUrl"], timeout=10).text, words))


def in_files(files, words):
    """As a reader of iCalendar files sees it."""
    calendar = icalendar.Calendar.from_ical(files)
    return sorted((written(e["DTSTART"].dt), written(e["DTEND"].dt), str(e["SUMMARY"]))
                  for e in recurring_ical_events.of(calendar).between(*WINDOW) if words in str(e["SUMMARY"]))
