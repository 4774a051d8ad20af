"""The week as a person moves things in it."""

from playwright.sync_api import expect

HOUR = 48
"""Pixels."""


class Week:
    def __init__(self, page):
        self.page = page

    def event(self, title):
        """The event, in the week that has it."""
        found = self.page.locator(".week [data-event-id]").filter(has_text=title).first
        heading = self.page.get_by_role("heading", level=2).first
        for _ in range(26):
            self.page.get_by_text("Loading").first.wait_for(state="hidden")
            if found.count():
                return found
            before = heading.inner_text(), self._days()
            self.page.get_by_role("button", name="Next week").click()
            expect(self.page.locator(".week-head .day-number").first).not_to_have_text(before[1][0])
        expect(found).to_be_visible()
        return found

    def _days(self):
        return self.page.locator(".week-head .day-number").all_inner_texts()

    def grab(self, event, from_edge=False):
        """Presses the button on an event that has stopped moving and is not covered; answers where."""
        self.page.get_by_text("Loading").first.wait_for(state="hidden")
        handle = event.locator(".week-event-edge") if from_edge else event
        # Not below the hours that stay at the left.
        handle.evaluate("handle => handle.scrollIntoView({ block: 'nearest', inline: 'center' })")
        box = handle.bounding_box()
        x, y = box["width"] / 2, 3 if from_edge else 8
        handle.hover(position={"x": x, "y": y})
        box = handle.bounding_box()
        self.page.mouse.down()
        return box["x"] + x, box["y"] + y

    def drag(self, event, days=0, hours=0, from_edge=False, drop=True):
        """Takes an event by its top, or by its lower edge, and lets it go elsewhere."""
        x, y = self.grab(event, from_edge)
        width = self.page.locator(".week-day").first.bounding_box()["width"]
        mouse = self.page.mouse
        mouse.move(x + days * width / 2, y + hours * HOUR / 2)
        mouse.move(x + days * width, y + hours * HOUR, steps=4)
        if drop:
            mouse.up()
