"""The data of the execution benchmark, the same for every implementation: JSON on standard output."""

import json
import sys


def person(number: int) -> dict:
    return {
        "id": f"person-{number}",
        "firstName": f"First {number}",
        "lastName": None if number % 5 == 0 else f"Last {number}",
        "emails": [f"guest{number}@example.com", f"g{number}@home.example"][: 1 + number % 2],
        "company": None if number % 3 == 0 else {"id": f"company-{number % 7}", "name": f"Company {number % 7}"},
    }


def event(number: int) -> dict:
    people = [person(number * 3 + offset) for offset in range(3)]
    return {
        "id": f"3f2b1c00-0000-4000-8000-{number:012d}",
        "title": f"Meeting {number}: planning, \"next\" steps",
        "description": None if number % 2 else "Agenda:\n1. Numbers\n2. Next quarter\n" * 3,
        "location": f"Room {number % 12}",
        "startsAt": f"2026-{1 + number % 12:02d}-10T09:00:00+01:00",
        "endsAt": f"2026-{1 + number % 12:02d}-10T10:00:00+01:00",
        "isFullDay": number % 9 == 0,
        "timeZone": "Europe/Berlin",
        "isCanceled": False,
        "version": number % 4,
        "recurrence": ["RRULE:FREQ=WEEKLY"] if number % 10 == 0 else [],
        "conferenceStatus": "SUCCESS" if number % 2 else "NONE",
        "conferenceLink": f"https://meet.example/{number}" if number % 2 else None,
        "pushStatus": "SYNCED",
        "participants": [
            {
                "handle": guest["emails"][0],
                "displayName": guest["firstName"],
                "isOrganizer": offset == 0,
                "responseStatus": ["ACCEPTED", "NEEDS_ACTION", "DECLINED"][offset],
                "person": guest,
            }
            for offset, guest in enumerate(people)
        ],
        "linkedPeople": people[:1],
        "linkedCompany": people[1]["company"],
    }


json.dump([event(number) for number in range(int(sys.argv[1]))], sys.stdout)
