"""Colors and alignment that one module's styles must not take from another."""

import pytest
from playwright.sync_api import expect

from agenda import show_month
from composer import Composer, Details
from world import coming_weekday, unique_title

SIZES = [(1440, 900), (390, 844)]

LOOK = """badge => {
  const probe = document.createElement('i');
  badge.append(probe);
  const token = name => { probe.style.color = `var(--${name})`; return getComputedStyle(probe).color };
  const { color, backgroundColor } = getComputedStyle(badge);
  const named = [color, backgroundColor].map(value =>
    ['warning', 'warning-soft', 'danger', 'danger-soft', 'muted', 'hover'].find(name => token(name) === value));
  probe.remove();
  return named;
}"""


def phos_page(new_page, world, size, path="/"):
    page = new_page(viewport={"width": size[0], "height": size[1]})
    world.sign_in(page, path=path)
    return page


@pytest.mark.parametrize("size", SIZES, ids=str)
@pytest.mark.parametrize("tone, look", [
    ("badge-warning", ["warning", "warning-soft"]),
    ("badge-danger", ["danger", "danger-soft"]),
    ("", ["muted", "hover"]),
])
def test_a_badge_has_the_colors_of_its_tone(new_page, world, size, tone, look):
    page = phos_page(new_page, world, size)
    page.evaluate("tone => { document.body.insertAdjacentHTML('beforeend', `<span class='badge ${tone}' id='b'>x</span>`) }",
                  tone)
    assert page.locator("#b").evaluate(LOOK) == look


def test_an_event_that_waits_has_a_warning_in_the_agenda(new_page, world, google):
    google.break_inserts("status", status=503, reason="backendError")
    page, title = phos_page(new_page, world, SIZES[0]), unique_title("Amber")
    composer = Composer.open(page)
    composer.title.fill(title)
    composer.calendar(world.google_account["id"])
    composer.times(coming_weekday())
    composer.submit()
    details = Details(page, title)
    expect(details.dialog.get_by_role("button", name="Retry now")).to_be_visible(timeout=20_000)
    details.close()
    show_month(page, coming_weekday())
    row = page.locator(".event-row").filter(has_text=title)
    badge = row.get_by_text("Waiting", exact=True)
    expect(badge).to_be_visible()
    assert badge.evaluate(LOOK) == ["warning", "warning-soft"]


@pytest.mark.parametrize("size", SIZES, ids=str)
def test_the_cards_of_the_settings_are_aligned(new_page, world, size):
    page = phos_page(new_page, world, size, path="/settings/accounts")
    cards = page.locator(".provider-card")
    expect(cards.first).to_be_visible()
    boxes = [card.bounding_box() for card in cards.all()]
    assert len(boxes) > 1
    pairs = [(left, right) for left, right in zip(boxes, boxes[1:]) if right["x"] > left["x"]]
    assert pairs or size[0] < 1000
    assert all(left["y"] == right["y"] for left, right in pairs), "cards of one row begin at one height"
    accounts = [card.bounding_box() for card in page.locator(".account-card").all()]
    gaps = {round(below["y"] - above["y"] - above["height"]) for above, below in zip(accounts, accounts[1:])}
    assert gaps <= {12}


@pytest.mark.parametrize("size", SIZES, ids=str)
def test_the_cards_of_a_record_keep_their_distance(new_page, world, size):
    page = phos_page(new_page, world, size, path="/people")
    page.locator(".record-table a").first.click()
    details, events, emails = (page.get_by_role("region", name=name) for name in ("Details", "Events", "Emails"))
    expect(emails.get_by_text("No emails yet")).to_be_visible()
    page.get_by_text("Loading").first.wait_for(state="hidden")
    first, second, third = (card.bounding_box() for card in (details, events, emails))
    assert third["y"] - second["y"] - second["height"] == pytest.approx(18, abs=1)
    if size[0] > 900:
        assert first["y"] == second["y"]
    else:
        assert second["y"] - first["y"] - first["height"] == pytest.approx(18, abs=1)
