"""What the tests of the Microsoft emulator share: its official client, and events to send."""

import asyncio
import concurrent.futures
import uuid

import pytest
from kiota_abstractions.authentication import AccessTokenProvider, AllowedHostsValidator
from kiota_abstractions.authentication import BaseBearerTokenAuthenticationProvider
from msgraph import GraphRequestAdapter, GraphServiceClient
from msgraph.generated.models.attendee import Attendee
from msgraph.generated.models.body_type import BodyType
from msgraph.generated.models.date_time_time_zone import DateTimeTimeZone
from msgraph.generated.models.email_address import EmailAddress
from msgraph.generated.models.event import Event
from msgraph.generated.models.item_body import ItemBody
from msgraph.generated.models.o_data_errors.o_data_error import ODataError


class ScriptToken(AccessTokenProvider):
    def __init__(self, token):
        self.token = token

    async def get_authorization_token(self, uri, additional_authentication_context={}):
        return self.token

    def get_allowed_hosts_validator(self):
        return AllowedHostsValidator([])


class Graph:
    """The client, and a way to ask it without `async`: every question has a client and a loop of its own."""

    def __init__(self, emulator, token):
        self.emulator, self.token = emulator, token

    def __call__(self, ask):
        async def once():
            adapter = GraphRequestAdapter(BaseBearerTokenAuthenticationProvider(ScriptToken(self.token)))
            adapter.base_url = self.emulator + "/v1.0"
            return await ask(GraphServiceClient(request_adapter=adapter).me)

        # In a thread of its own: the browser tests of the same run keep an event loop going in this one.
        with concurrent.futures.ThreadPoolExecutor(1) as thread:
            return thread.submit(asyncio.run, once()).result()

    def create(self, event):
        return self(lambda me: me.events.post(event))

    def get(self, id, configuration=None):
        return self(lambda me: me.events.by_event_id(id).get(request_configuration=configuration))

    def patch(self, id, event, configuration=None):
        return self(lambda me: me.events.by_event_id(id).patch(event, request_configuration=configuration))

    def delete(self, id):
        return self(lambda me: me.events.by_event_id(id).delete())


def at(text, zone="Romance Standard Time"):
    return DateTimeTimeZone(date_time=text, time_zone=zone)


def timed(day="2031-03-04", **more):
    event = Event(
        subject="Offer", transaction_id=uuid.uuid4().hex,
        start=at(f"{day}T10:00:00"), end=at(f"{day}T11:00:00"),
        body=ItemBody(content_type=BodyType.Html, content="<p>Agenda</p>"),
    )
    for name, value in more.items():
        setattr(event, name, value)
    return event


def guest(address):
    return Attendee(email_address=EmailAddress(address=address, name=address))


def refusal(call):
    with pytest.raises(ODataError) as caught:
        call()
    error = caught.value.error
    assert error.message and error.inner_error.request_id
    return caught.value.response_status_code, error.code
