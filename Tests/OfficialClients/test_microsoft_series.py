"""Series and synchronization of the Microsoft emulator, by Microsoft's own client."""

import datetime

import pytest
from kiota_abstractions.base_request_configuration import RequestConfiguration
from kiota_abstractions.headers_collection import HeadersCollection
from msgraph.generated.models.day_of_week import DayOfWeek
from msgraph.generated.models.event import Event
from msgraph.generated.models.event_type import EventType
from msgraph.generated.models.patterned_recurrence import PatternedRecurrence
from msgraph.generated.models.recurrence_pattern import RecurrencePattern
from msgraph.generated.models.recurrence_pattern_type import RecurrencePatternType
from msgraph.generated.models.recurrence_range import RecurrenceRange
from msgraph.generated.models.recurrence_range_type import RecurrenceRangeType
from msgraph.generated.users.item.calendar_view.calendar_view_request_builder import CalendarViewRequestBuilder
from msgraph.generated.users.item.calendar_view.delta.delta_request_builder import DeltaRequestBuilder
from msgraph.generated.users.item.events.item.instances.instances_request_builder import InstancesRequestBuilder

from microsoft_client import refusal, timed


# The client warns of its own classes.
pytestmark = pytest.mark.filterwarnings("ignore:This class is deprecated:DeprecationWarning")


def weekly(year, count=4):
    """Tuesdays from the first one in March of that year."""
    first = datetime.date(year, 3, 1)
    first += datetime.timedelta((1 - first.weekday()) % 7)
    return timed(first.isoformat(), recurrence=PatternedRecurrence(
        pattern=RecurrencePattern(
            type=RecurrencePatternType.Weekly, interval=1, days_of_week=[DayOfWeek.Tuesday]),
        range=RecurrenceRange(
            type=RecurrenceRangeType.Numbered, start_date=first, number_of_occurrences=count),
    ))


def window(builder, year):
    parameters = getattr(builder, builder.__name__ + "GetQueryParameters")
    return parameters(start_date_time=f"{year}-01-01T00:00:00Z", end_date_time=f"{year}-12-31T00:00:00Z")


def instances(graph, id, year):
    configuration = RequestConfiguration(query_parameters=window(InstancesRequestBuilder, year))
    return graph(lambda me: me.events.by_event_id(id).instances.get(request_configuration=configuration)).value


def rounds(graph, year, link=None, page=50):
    """The items of a whole round, and the link of the next."""
    headers = HeadersCollection()
    headers.add("Prefer", f"odata.maxpagesize={page}")
    configuration = RequestConfiguration(headers=headers)
    if link is None:
        configuration.query_parameters = window(DeltaRequestBuilder, year)
    items = []
    while True:
        answer = graph(lambda me: (me.calendar_view.delta.with_url(link) if link else me.calendar_view.delta)
                       .get(request_configuration=configuration))
        items += answer.value
        if answer.odata_delta_link:
            return items, answer.odata_delta_link
        link, configuration = answer.odata_next_link, RequestConfiguration(headers=headers)


def test_a_series_its_occurrences_and_its_exceptions(graph):
    series = graph.create(weekly(2032))
    assert series.type == EventType.SeriesMaster
    assert series.recurrence.range.recurrence_time_zone == "Romance Standard Time"
    found = instances(graph, series.id, 2032)
    # Europe's clocks go forward on 28 March 2032.
    assert [e.start.date_time[5:16] for e in found] == [
        "03-02T09:00", "03-09T09:00", "03-16T09:00", "03-23T09:00"]
    assert all(e.series_master_id == series.id and e.type == EventType.Occurrence for e in found)
    assert graph.patch(found[1].id, Event(subject="Special")).type == EventType.Exception
    graph.delete(found[2].id)
    assert [e.subject for e in instances(graph, series.id, 2032)] == ["Offer", "Special", "Offer"]
    configuration = RequestConfiguration(query_parameters=window(CalendarViewRequestBuilder, 2032))
    view = graph(lambda me: me.calendar_view.get(request_configuration=configuration)).value
    assert [e.subject for e in view] == ["Offer", "Special", "Offer"]
    graph.delete(series.id)
    assert refusal(lambda: graph.get(found[0].id))[0] == 404


def test_delta_tells_what_is_new_and_what_is_gone(graph, microsoft_control):
    series = graph.create(weekly(2033))
    alone = graph.create(timed("2033-06-01"))
    items, link = rounds(graph, 2033, page=2)
    assert {e.id for e in items if e.type != EventType.Occurrence} == {series.id, alone.id}
    bare = [e for e in items if e.type == EventType.Occurrence]
    assert len(bare) == 4 and all(e.subject is None and e.series_master_id == series.id for e in bare)
    assert rounds(graph, 2033, link)[0] == []
    graph.delete(alone.id)
    graph.patch(bare[0].id, Event(subject="Special"))
    items, link = rounds(graph, 2033, link)
    removed = [e for e in items if "@removed" in e.additional_data]
    assert [e.id for e in removed] == [alone.id]
    assert next(e for e in items if e.id == bare[0].id).subject == "Special"
    microsoft_control("POST", "sync-states/expire")
    assert refusal(lambda: rounds(graph, 2033, link)) == (410, "SyncStateNotFound")
