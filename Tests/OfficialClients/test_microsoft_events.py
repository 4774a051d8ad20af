"""Events of the Microsoft emulator, by Microsoft's own client."""

import uuid

import pytest
from kiota_abstractions.base_request_configuration import RequestConfiguration
from kiota_abstractions.headers_collection import HeadersCollection
from msgraph.generated.models.event import Event
from msgraph.generated.models.item_body import ItemBody
from msgraph.generated.models.body_type import BodyType
from msgraph.generated.models.location import Location
from msgraph.generated.models.online_meeting_provider_type import OnlineMeetingProviderType
from msgraph.generated.users.item.events.item.accept.accept_post_request_body import AcceptPostRequestBody
from msgraph.generated.users.item.events.item.cancel.cancel_post_request_body import CancelPostRequestBody

from google_client import calendar_part, mails
from microsoft_client import at, guest, refusal, timed


# The client warns of its own classes.
pytestmark = pytest.mark.filterwarnings("ignore:This class is deprecated:DeprecationWarning")


def preferring(*values, **more):
    headers = HeadersCollection()
    for value in values:
        headers.add("Prefer", value)
    for name, value in more.items():
        headers.add(name.replace("_", "-"), value)
    return RequestConfiguration(headers=headers)


def test_a_person_and_their_calendars(graph, account):
    me = graph(lambda me: me.get())
    assert me.mail == account["handle"]
    own, birthdays = graph(lambda me: me.calendars.get()).value
    assert own.is_default_calendar and own.can_edit and not birthdays.can_edit
    assert own.allowed_online_meeting_providers == [OnlineMeetingProviderType.TeamsForBusiness]
    assert graph(lambda me: me.calendar.get()).id == own.id
    assert graph(lambda me: me.calendars.by_calendar_id(own.id).events.post(timed())).subject == "Offer"


def test_an_event_is_made_changed_and_deleted(graph):
    made = graph.create(timed(location=Location(display_name="Room 1")))
    assert made.start.date_time.startswith("2031-03-04T09:00:00") and made.start.time_zone == "UTC"
    assert made.location.display_name == made.locations[0].display_name == "Room 1"
    changed = graph.patch(made.id, Event(subject="Moved"))
    assert (changed.subject, changed.id) == ("Moved", made.id)
    assert changed.change_key != made.change_key
    graph.delete(made.id)
    assert refusal(lambda: graph.get(made.id)) == (404, "ErrorItemNotFound")


def test_a_repeated_transaction_is_the_same_event(graph):
    event = timed(transaction_id=uuid.uuid4().hex)
    assert graph.create(event).id == graph.create(event).id


def test_preferences_of_several_headers_count(graph):
    made = graph.create(timed())
    seen = graph.get(made.id, preferring(
        'outlook.timezone="Tokyo Standard Time"', 'IdType="ImmutableId"', 'outlook.body-content-type="text"',
    ))
    assert seen.start.date_time.startswith("2031-03-04T18:00:00") and seen.start.time_zone == "Tokyo Standard Time"
    assert seen.id != made.id
    assert seen.body.content_type == BodyType.Text and seen.body.content == "Agenda"


def test_a_stale_version_is_refused(graph):
    made = graph.create(timed())
    tag = made.additional_data["@odata.etag"]
    graph.patch(made.id, Event(subject="First"), preferring(If_Match=tag))
    assert refusal(lambda: graph.patch(made.id, Event(subject="Second"), preferring(If_Match=tag))) == (
        412, "ErrorIrresolvableConflict")


def test_what_is_wrong_is_refused_with_a_code(graph):
    assert refusal(lambda: graph.create(timed(end=at("2031-03-04T09:00:00")))) == (
        400, "ErrorPropertyValidationFailure")
    assert refusal(lambda: graph.create(timed(start=at("2031-03-04T10:00:00", "Mars")))) == (
        400, "TimeZoneNotSupportedException")


def test_the_link_to_teams_comes_later_and_goes_with_its_block(graph, microsoft_control):
    microsoft_control("POST", "conference", {"delayMilliseconds": 600_000, "outcome": "success"})
    late = graph.create(timed(is_online_meeting=True))
    assert late.is_online_meeting and late.online_meeting is None
    microsoft_control("POST", "conference", {"delayMilliseconds": 0, "outcome": "success"})
    made = graph.create(timed(
        is_online_meeting=True, online_meeting_provider=OnlineMeetingProviderType.TeamsForBusiness))
    seen = graph.get(made.id)
    link = seen.online_meeting.join_url
    assert link in seen.body.content
    kept = graph.patch(made.id, Event(body=seen.body, subject="Moved"))
    assert kept.online_meeting.join_url == link
    text = ItemBody(content_type=BodyType.Html, content="<p>New agenda</p>")
    assert graph.patch(made.id, Event(body=text)).online_meeting is None


def test_guests_are_mailed_and_a_cancelled_event_is_gone(graph, demo):
    address = f"{uuid.uuid4().hex}@example.org"
    made = graph.create(timed(attendees=[guest(address)]))
    part, text = calendar_part(mails(demo, address)[-1])
    assert part.get_param("method") == "REQUEST" and made.i_cal_u_id in text.replace("\r\n ", "")
    graph(lambda me: me.events.by_event_id(made.id).cancel.post(CancelPostRequestBody(comment="Sorry")))
    part, _ = calendar_part(mails(demo, address)[-1])
    assert part.get_param("method") == "CANCEL"
    assert refusal(lambda: graph.get(made.id))[0] == 404


def test_an_invitation_is_accepted(graph, demo, account, microsoft_control):
    organizer = f"{uuid.uuid4().hex}@example.net"
    event = {
        "subject": "Theirs", "start": {"dateTime": "2031-05-06T10:00:00", "timeZone": "UTC"},
        "end": {"dateTime": "2031-05-06T11:00:00", "timeZone": "UTC"},
    }
    id = microsoft_control("POST", "invitations", {
        "email": account["handle"], "organizer": {"name": "Olga", "address": organizer}, "event": event})["id"]
    body = AcceptPostRequestBody(comment="Fine", send_response=True)
    graph(lambda me: me.events.by_event_id(id).accept.post(body))
    part, text = calendar_part(mails(demo, organizer)[-1])
    assert part.get_param("method") == "REPLY" and "PARTSTAT=ACCEPTED" in text
    assert graph.get(id).response_status.response.value == "accepted"
    assert refusal(lambda: graph(
        lambda me: me.events.by_event_id(id).cancel.post(CancelPostRequestBody()))) == (400, "ErrorInvalidRequest")


def test_a_throttled_client_waits_and_tries_again(graph, microsoft_control):
    microsoft_control("POST", "faults", {
        "match": "events.create", "mode": "status", "status": 429, "retryAfter": 1, "count": 1})
    assert graph.create(timed()).subject == "Offer"
    log = microsoft_control("GET", "requests")
    assert [r["status"] for r in log if r["operation"] == "events.create"][-2:] == [429, 201]
