"""Meetings that repeat: made, and changed one by one, from one on, and all together."""

import datetime

from playwright.sync_api import expect

from composer import Composer, Details, Editor, choose_meetings
from test_drag import early_weekday
from week import Week
from world import unique_title, until


def make_series(page, world, title, day, times=4):
    composer = Composer.open(page)
    composer.title.fill(title)
    composer.calendar(world.google_account["id"])
    composer.times(day)
    composer.repeat("Every week on Tuesday", times=times)
    composer.submit()
    details = Details(page, title)
    details.expect_sent()
    return details


def standing(google, tag):
    """Title and day of each meeting in the calendar."""
    return [(e["summary"], e["start"]["dateTime"][:10]) for e in google.meetings_with(tag)]


def weeks(day, *numbers):
    return [(day + datetime.timedelta(weeks=number)).isoformat() for number in numbers]


def test_a_weekly_meeting_is_made_with_its_rule_and_said_in_words(page, world, google):
    title, day = unique_title("Weekly"), early_weekday()
    details = make_series(page, world, title, day)
    expect(details.dialog.get_by_text("Repeats every Tuesday, 4 times")).to_be_visible()
    (series,) = google.events_titled(title)
    (rule,) = series["recurrence"]
    assert set(rule.removeprefix("RRULE:").split(";")) == {"FREQ=WEEKLY", "BYDAY=TU", "COUNT=4"}
    assert [day for _, day in standing(google, title)] == weeks(day, 0, 1, 2, 3)
    details.close()
    # An occurrence has an address of its own.
    Week(page).event(title).click()
    occurrence = Details(page, title)
    assert occurrence.event_id.startswith(f"{details.event_id}_")
    expect(occurrence.dialog.get_by_text("Repeats every Tuesday, 4 times")).to_be_visible()


def test_one_those_that_follow_and_all_are_changed_as_asked(page, world, google):
    title, day = unique_title("Standup"), early_weekday()
    make_series(page, world, title, day).close()

    def edit(number, words, which):
        id = world.occurrence(title, weeks(day, number)[0])
        page.goto(f"{world.url}/calendar/{id}")
        expect(page.get_by_role("dialog")).to_be_visible()
        editor = Editor.open(page)
        editor.title.fill(f"{title} {words}")
        editor.save(which)
        Details(page, f"{title} {words}").expect_sent()

    edit(1, "once", "Only this meeting")
    until(lambda: [t for t, _ in standing(google, title)]
          == [title, f"{title} once", title, title])
    edit(2, "from here", "This and following meetings")
    until(lambda: [t for t, _ in standing(google, title)]
          == [title, f"{title} once", f"{title} from here", f"{title} from here"])
    assert [day for _, day in standing(google, title)] == weeks(day, 0, 1, 2, 3)
    edit(0, "all", "All meetings")
    until(lambda: [t for t, _ in standing(google, title)][0] == f"{title} all")
    assert len(standing(google, title)) == 4


def test_a_series_that_is_dragged_asks_for_which_and_takes_its_weekday_along(page, world, google):
    title, day = unique_title("Moves along"), early_weekday()
    make_series(page, world, title, day).close()
    week = Week(page)
    week.drag(week.event(title), days=1)
    choose_meetings(page, "All meetings")
    moved = day + datetime.timedelta(days=1)
    until(lambda: [day for _, day in standing(google, title)] == weeks(moved, 0, 1, 2, 3))


def test_weekdays_that_leave_the_start_out_move_it_and_say_so(page):
    day = early_weekday()
    composer = Composer.open(page)
    composer.times(day)
    composer.repeat("Custom…")
    days = composer.dialog.get_by_role("group", name="On these days")
    days.get_by_role("button", name="Thursday").click()
    days.get_by_role("button", name="Tuesday").click()
    expect(composer.field("Start date")).to_have_value((day + datetime.timedelta(days=2)).isoformat())
    expect(composer.dialog.get_by_text("The start moved from Tuesday")).to_be_visible()


def test_one_of_a_series_is_deleted_and_the_others_stay(page, world, google):
    title, day = unique_title("One less"), early_weekday()
    make_series(page, world, title, day)
    page.goto(f"{world.url}/calendar/{world.occurrence(title, weeks(day, 1)[0])}")
    Details(page, title)
    page.keyboard.press("Delete")
    choose_meetings(page, "Only this meeting")
    expect(page.get_by_text("Meeting deleted")).to_be_visible()
    until(lambda: [day for _, day in standing(google, title)] == weeks(day, 0, 2, 3))
