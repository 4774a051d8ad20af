"""Bad input gets a clear error that names the field, and nothing is stored or sent."""

import contextlib
import urllib.parse

import pytest
import requests

from api import unique

LONG = "x" * 9000
INVALID = "VALIDATION_FAILED"

BAD = {
    "an empty title": (
        {"title": ""}, INVALID, "title", "Give the meeting a title."),
    "a title of blanks": (
        {"title": " \n\t "}, INVALID, "title", "Give the meeting a title."),
    "a title too long": (
        {"title": LONG}, INVALID, "title", "The title can have at most 1000 characters."),
    "a description too long": (
        {"description": LONG}, INVALID, "description", "The description can have at most 8000 characters."),
    "a location too long": (
        {"location": LONG}, INVALID, "location", "The location can have at most 1000 characters."),
    "an end before the start": (
        {"endsAt": "2030-03-04T09:00:00+01:00"}, INVALID, "endsAt", "The end must be after the start."),
    "an end at the start": (
        {"endsAt": "2030-03-04T09:00:00Z"}, INVALID, "endsAt", "The end must be after the start."),
    "a last day before the first": (
        {"isFullDay": True, "endsAt": "2030-03-04T00:00:00Z"}, INVALID, "endsAt",
        "The last day can't be before the first day."),
    "a meeting of two years": (
        {"endsAt": "2032-03-04T09:00:00Z"}, INVALID, "endsAt", "A meeting can last at most 366 days."),
    "a year before time began": (
        {"startsAt": "1969-03-04T09:00:00Z"}, INVALID, "startsAt", "Choose a date between 1970 and 2200."),
    "an unknown zone": (
        {"timeZone": "Mars/Olympus"}, INVALID, "timeZone",
        "Unknown time zone. Choose one such as America/New_York."),
    "a zone that is a way out of a folder": (
        {"timeZone": "../../etc/passwd"}, INVALID, "timeZone",
        "Unknown time zone. Choose one such as America/New_York."),
    "a malformed attendee": (
        {"attendees": [{"email": "nobody"}]}, INVALID, "attendees", "“nobody” isn't a valid email address."),
    "an attendee with a header in it": (
        {"attendees": [{"email": "a@b.example\r\nBcc: x@y.example"}]}, INVALID, "attendees", "isn't a valid email address."),
    "an attendee without an address": (
        {"attendees": [{"email": " "}]}, INVALID, "attendees", "A guest has no email address."),
    "an attendee with a name too long": (
        {"attendees": [{"email": "a@b.example", "displayName": LONG}]}, INVALID, "attendees",
        "A guest's name can have at most 200 characters."),
    "too many attendees": (
        {"attendees": [{"email": f"g{n}@b.example"} for n in range(201)]}, INVALID, "attendees",
        "This calendar allows at most 200 guests."),
    "someone else as organizer": (
        {"attendees": [{"email": "boss@b.example", "isOrganizer": True}]}, INVALID, "attendees",
        "The organizer is always the owner of the calendar account."),
    "a custom link without https": (
        {"conferenceProviderId": "CUSTOM_LINK", "customConferenceLink": "http://talk.example/"}, INVALID,
        "customConferenceLink", "The video link must start with https://."),
    "a custom link that is a script": (
        {"conferenceProviderId": "CUSTOM_LINK", "customConferenceLink": "javascript:alert(1)//https://"}, INVALID,
        "customConferenceLink", "The video link must start with https://."),
    "no custom link": (
        {"conferenceProviderId": "CUSTOM_LINK"}, INVALID, "customConferenceLink",
        "Enter the address of the video meeting."),
    "a custom link with another choice": (
        {"customConferenceLink": "https://talk.example/"}, INVALID, "customConferenceLink",
        "A link can only be given with a custom video conference."),
    "an unknown account": (
        {"connectedAccountId": "00000000-0000-4000-8000-000000000000"}, "NOT_FOUND", "connectedAccountId",
        "This calendar account doesn't exist, or you don't have access to it."),
    "an account that is no id": (
        {"connectedAccountId": "1 OR 1=1"}, "NOT_FOUND", "connectedAccountId",
        "This calendar account doesn't exist, or you don't have access to it."),
    "an unknown person": (
        {"linkedPersonIds": ["00000000-0000-4000-8000-000000000000"]}, "NOT_FOUND", "linkedPersonIds",
        "A linked person doesn't exist, or you don't have access to it."),
    "an unknown company": (
        {"linkedCompanyId": "none"}, "NOT_FOUND", "linkedCompanyId",
        "The linked company doesn't exist, or you don't have access to it."),
    "an unknown opportunity": (
        {"linkedOpportunityId": ""}, "NOT_FOUND", "linkedOpportunityId",
        "The linked opportunity doesn't exist, or you don't have access to it."),
    "too many people": (
        {"linkedPersonIds": [f"00000000-0000-4000-8000-{n:012}" for n in range(101)]}, INVALID, "linkedPersonIds",
        "A meeting can be linked to at most 100 people."),
    "an empty key": (
        {"idempotencyKey": ""}, INVALID, "idempotencyKey", "The idempotency key must have between 1 and 200 characters."),
}


@contextlib.contextmanager
def nothing_happens(member, provider):
    before = (sorted(member.events()), len(provider.events()), provider.inserts())
    yield
    assert (sorted(member.events()), len(provider.events()), provider.inserts()) == before


def expect_refused(result, code, field, sentence):
    assert result["success"] is False
    assert (result["errorCode"], result["errorField"]) == (code, field)
    assert result["error"].endswith(sentence)
    assert result["calendarEvent"] is None and result["icsFileUrl"] is None and result["icsFileContent"] is None


@pytest.mark.parametrize("change, code, field, sentence", BAD.values(), ids=BAD.keys())
def test_a_meeting_that_cannot_be_is_refused(ada, google, change, code, field, sentence):
    with nothing_happens(ada, google):
        expect_refused(ada.create(ada.meeting(**change)), code, field, sentence)


def test_a_colleagues_account_is_refused(ada, ben, google):
    meeting = ada.meeting(connectedAccountId=ben.account("GOOGLE")["id"])
    with nothing_happens(ada, google):
        expect_refused(ada.create(meeting), "FORBIDDEN", "connectedAccountId",
                       "This calendar account belongs to another member. Choose one of your own.")


def test_a_conference_that_the_account_does_not_offer_is_refused(ada, google):
    offered = ada.ask("""query($id: ID) { getAvailableConferenceProviders(connectedAccountId: $id) {
                           providerId isAvailable unavailableReason } }""", id=ada.account("LOCAL")["id"])
    reasons = {p["providerId"]: p["unavailableReason"] for p in offered["getAvailableConferenceProviders"]}
    assert reasons["NONE"] is None and reasons["CUSTOM_LINK"] is None and reasons["GOOGLE_MEET"]
    with nothing_happens(ada, google):
        expect_refused(ada.create(ada.meeting("LOCAL", conferenceProviderId="GOOGLE_MEET")),
                       INVALID, "conferenceProviderId", reasons["GOOGLE_MEET"])


@pytest.mark.parametrize("flag, more, sentence", [
    ("IS_CALENDAR_COMPOSE_ENABLED", {}, "Calendar editing isn't enabled for this workspace."),
    ("IS_CALENDAR_EVENT_CREATE_ENABLED", {}, "Creating meetings isn't enabled for this workspace."),
    ("IS_CALENDAR_MEET_INTEGRATION_ENABLED", {"conferenceProviderId": "GOOGLE_MEET"},
     "This kind of video conference isn't enabled for this workspace."),
])
def test_what_is_switched_off_is_refused(ada, google, flag, more, sentence):
    ada.set_flag(flag, False)
    try:
        with nothing_happens(ada, google):
            expect_refused(ada.create(ada.meeting(**more)), "FEATURE_DISABLED", None, sentence)
        if more:
            ada.created(ada.meeting())
    finally:
        ada.set_flag(flag, True)


def test_an_account_that_may_only_read_must_be_reconnected(demo, ben, google):
    """Ben connects his account again and unticks writing; afterwards he allows it."""
    connect(demo, ben, untick="calendar.events")
    try:
        account = google_account(ben)
        assert account["canWrite"] is False and account["needsReconnect"] is True
        with nothing_happens(ben, google):
            expect_refused(
                ben.create(ben.meeting()), "RECONNECT_REQUIRED", "connectedAccountId",
                "This account is connected as read-only. Reconnect it in Settings and allow changes.")
    finally:
        connect(demo, ben)
    assert google_account(ben)["canWrite"] is True
    ben.created(ben.meeting())


def google_account(member):
    accounts = member.ask("{ connectedAccounts { provider canWrite needsReconnect reconnectReason } }")
    return next(a for a in accounts["connectedAccounts"] if a["provider"] == "GOOGLE")


def connect(demo, member, untick=None):
    """Goes through the provider's consent page as the member's browser does."""
    browser = requests.Session()
    browser.post(f"{demo['url']}/auth/sign-in", timeout=10,
                 json={"email": member.email, "password": member.password}).raise_for_status()
    page = member.ask("mutation { startOAuthConnection(provider: GOOGLE) }")["startOAuthConnection"]
    wish = dict(urllib.parse.parse_qsl(urllib.parse.urlsplit(page).query))
    granted = [s for s in wish["scope"].split(" ") if untick is None or not s.endswith(untick)]
    form = [(k, v) for k, v in wish.items() if k != "login_hint"]
    form += [("account", member.email), ("decision", "allow")] + [("granted", s) for s in granted]
    back = requests.post(page.split("?")[0], data=form, timeout=10, allow_redirects=False).headers["Location"]
    answer = browser.get(back, timeout=10, allow_redirects=False)
    outcome = "problem=missing_scope" if untick else "connected=1"
    assert answer.headers["Location"] == f"/settings/accounts?{outcome}"


@pytest.mark.parametrize("body, status, code", [
    (b"", 400, "BAD_REQUEST"), (b"{", 400, "BAD_REQUEST"), (b"[]", 400, "BAD_REQUEST"),
    (b'{"query": "\xff"}', 400, "BAD_REQUEST"), (b'{"query": 1}', 400, "BAD_REQUEST"),
    (b'{"query": "{ me {"}', 200, "GRAPHQL_PARSE_FAILED"),
    (b'{"query": "{ you }"}', 200, "GRAPHQL_VALIDATION_FAILED"),
    (b'{"query": "query A { me { id } } query B { me { id } }"}', 200, "OPERATION_RESOLUTION_FAILURE"),
    (b'{"query": "query($a: Int!) { people(first: $a) { edges { cursor } } }"}', 200, "BAD_USER_INPUT"),
    (b'{"query": "' + b"{ me " * 3000 + b'"}', 200, "DOCUMENT_LIMIT_EXCEEDED"),
    (b'{"query": "{' + b"a: me { id } " * 30000 + b'}"}', 200, "DOCUMENT_LIMIT_EXCEEDED"),
    (b"[" * 200_000, 400, "BAD_REQUEST"),
], ids=["nothing", "half", "a list", "no UTF-8", "a number", "no document", "no such field", "no operation chosen",
        "no variable", "too deep", "too wide", "deep JSON"])
def test_a_malformed_request_gets_its_code(ada, body, status, code):
    answer = requests.post(ada.world["graphqlUrl"], data=body, timeout=30, headers={
        "Authorization": f"Bearer {ada.token}", "Content-Type": "application/json"})
    assert answer.status_code == status
    (error, *_) = answer.json()["errors"]
    assert error["extensions"]["code"] == code and error["message"]


def test_a_body_over_the_limit_is_refused(ada, google):
    meeting = ada.meeting(description="x" * (15 << 20))
    with nothing_happens(ada, google):
        answer = ada.post({"query": "mutation($input: CreateCalendarEventInput!) { createCalendarEvent(input: $input)"
                                    " { success } }", "variables": {"input": meeting}})
        assert answer.status_code == 413
        assert answer.json()["errors"][0]["extensions"]["code"] == "DOCUMENT_LIMIT_EXCEEDED"


def test_a_document_over_the_limit_is_refused(ada):
    answer = ada.post({"query": "{ me { email } } #" + "x" * (513 << 10)})
    assert answer.status_code == 413
    assert answer.json()["errors"][0]["extensions"]["code"] == "DOCUMENT_LIMIT_EXCEEDED"


def test_a_time_without_an_offset_is_refused_before_anything_is_done(ada, google):
    with nothing_happens(ada, google):
        answer = ada.answer(
            "mutation($input: CreateCalendarEventInput!) { createCalendarEvent(input: $input) { success } }",
            input=ada.meeting(startsAt="2030-03-04T10:00:00"))
    assert answer["errors"][0]["extensions"]["code"] == "BAD_USER_INPUT"
    assert "with an offset (RFC 3339)" in answer["errors"][0]["message"]


def test_a_request_without_a_sign_in_is_refused(ada, google):
    title = unique("Stranger")
    with nothing_happens(ada, google):
        for headers in ({}, {"Authorization": "Bearer nonsense"}):
            answer = requests.post(ada.world["graphqlUrl"], timeout=10, headers=headers, json={
                "query": "mutation($input: CreateCalendarEventInput!) "
                         "{ createCalendarEvent(input: $input) { success } }",
                "variables": {"input": ada.meeting(title=title)}})
            assert answer.status_code == 401
            assert answer.json()["errors"][0]["extensions"]["code"] == "UNAUTHENTICATED"
