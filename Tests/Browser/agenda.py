"""The months of the agenda."""


def show_month(page, day):
    """The agenda of the day's month, this one or a later one."""
    page.get_by_role("button", name="Agenda").click()
    # Names match in part, and the agenda's days name their month, too: only the heading of the page is one of level 2.
    while page.get_by_role("heading", name=f"{day:%B} {day.year}", level=2).count() == 0:
        page.get_by_role("button", name="Next month").click()
