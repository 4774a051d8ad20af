"""The composer as a person uses it: by what its controls are called."""

import re

from playwright.sync_api import expect


class Composer:
    def __init__(self, page):
        self.page = page
        self.dialog = page.get_by_role("dialog", name="New Calendar Event")

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

    def submit(self):
        self.create_button.click()

    def expect_error(self, control, pattern):
        """The sentence stands at the field: the control points to it for those who cannot see it."""
        expect(control).to_have_attribute("aria-invalid", "true")
        expect(control).to_have_accessible_description(re.compile(pattern))


class Details:
    def __init__(self, page, title):
        self.page = page
        self.dialog = page.get_by_role("dialog", name=title)
        expect(self.dialog).to_be_visible()
        # /calendar/ID, or ?event=ID over another page
        self.event_id = re.split("/|event=", page.url)[-1]

    def expect_sent(self, timeout=60_000):
        """No word of waiting is left."""
        expect(self.dialog.get_by_text(re.compile("Waiting for|is not in"))).to_have_count(0, timeout=timeout)

    def close(self):
        self.dialog.get_by_role("button", name="Close").click()
        expect(self.dialog).to_have_count(0)
