"""The composer as a person uses it: by what its controls are called."""

import contextlib
import re

from playwright.sync_api import TimeoutError, expect


class Composer:
    name = "New Calendar Event"

    def __init__(self, page):
        self.page = page
        self.dialog = page.get_by_role("dialog", name=self.name)

    @classmethod
    def open(cls, page):
        page.get_by_role("button", name="New Event").click()
        composer = cls(page)
        expect(composer.dialog).to_be_visible()
        return composer

    def field(self, label):
        return self.dialog.get_by_label(label, exact=True)

    @property
    def title(self):
        return self.dialog.get_by_role("textbox", name=re.compile("^Title"))

    @property
    def create_button(self):
        return self.dialog.get_by_role("button", name=re.compile("^(Create Event|Creating…|Try again)$"))

    def times(self, day, start="10:00", end="11:00", last_day=None):
        self.field("Start date").fill(day.isoformat())
        if start:
            self.field("Start time").fill(start)
            self.field("End time").fill(end)
        self.field("End date").fill((last_day or day).isoformat())

    def time_zone(self, search, name):
        box = self.dialog.get_by_role("combobox", name="Time zone")
        box.click()
        box.fill(search)
        self.dialog.get_by_role("option", name=name).first.click()
        expect(box).to_have_value(re.compile(name))

    def invite(self, *addresses):
        box = self.dialog.get_by_role("combobox", name="Attendees")
        for address in addresses:
            box.fill(address)
            box.press("Enter")
            expect(self.dialog.get_by_role("button", name=f"Remove {address}")).to_be_visible()

    def calendar(self, account_id):
        """Chooses the calendar, which is a question only for someone who has several."""
        select = self.field("Calendar")
        if select.count():
            select.select_option(account_id)

    def conference(self, name):
        self.dialog.get_by_role("radio", name=name).check()

    def repeat(self, choice, times=None):
        """Every day or week or so, and how many times in all."""
        self.field("Repeats").select_option(label=choice)
        if times:
            self.field("Ends").select_option("after")
            self.field("Number of occurrences").fill(str(times))

    def submit(self):
        self.create_button.click()

    def expect_error(self, control, pattern):
        """The sentence stands at the field: the control points to it for those who cannot see it."""
        expect(control).to_have_attribute("aria-invalid", "true")
        expect(control).to_have_accessible_description(re.compile(pattern))


class Editor(Composer):
    name = "Edit Calendar Event"

    @classmethod
    def open(cls, page):
        page.get_by_role("dialog").get_by_role("button", name="Edit", exact=True).click()
        editor = cls(page)
        expect(editor.dialog).to_be_visible()
        return editor

    def save(self, which=None):
        """Which meetings, where the event is one of several."""
        self.dialog.get_by_role("button", name=re.compile("^(Save|Try again)$")).click()
        if which:
            choose_meetings(self.page, which)
        expect(self.dialog).to_have_count(0)


def choose_meetings(page, which):
    question = page.get_by_role("alertdialog", name=re.compile("which meetings"))
    question.get_by_role("radio", name=which).check()
    question.get_by_role("button", name=re.compile("^(Save|Move|Delete)$")).click()


class Details:
    def __init__(self, page, title):
        self.page = page
        self.dialog = page.get_by_role("dialog", name=title)
        expect(self.dialog).to_be_visible()
        # /calendar/ID, or ?event=ID over another page
        self.event_id = re.split("/|event=", page.url)[-1]

    def expect_sent(self, timeout=60_000):
        """No word of waiting is left."""
        expect(self.dialog.get_by_text(re.compile("Saving…|Waiting for|is not in"))).to_have_count(0, timeout=timeout)

    def retry_now(self):
        """Tries the delivery again, unless the worker was sooner, which tries by itself."""
        with contextlib.suppress(TimeoutError):
            self.dialog.get_by_role("button", name="Retry now").click(timeout=5_000)

    def close(self):
        self.dialog.get_by_role("button", name="Close").click()
        expect(self.dialog).to_have_count(0)
