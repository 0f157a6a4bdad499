"""The HTML report in a real browser: nothing leaves the page, jumps work, and hostile text stays text."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from auditor.model.check import Audit, Reading
from auditor.model.document import Document
from tests.browsing import needs_chromium, show
from tests.test_report_sample import sample

HOSTILE = (
    "12 hộ <script>document.title='owned'</script></script><img src=x onerror=\"document.title='owned'\">\n"
    "<a href=\"javascript:document.title='owned'\">34</a> {{ 7*7 }} &lt;b&gt; ]]> <!-- </style></title>\n"
    "\u202e56\u202c hộ\u200b \u2066nghèo\u2069 \ufeff--> \x00\x1b[2J"
)

PARTS = (".masthead", ".findings", ".extras", ".documents", "footer")  # as they stand on paper
NUMERAL = ".text :is(i, u, b)"

pytestmark = needs_chromium


def hostile() -> Audit:
    """The sample with a document that tries to break out of the page, in its text and in its name."""
    document = Document("<img src=x onerror=alert(1)>.txt", HOSTILE, "0" * 64, "text/plain")
    audit = sample()
    message = {"vi": HOSTILE, "en": HOSTILE}
    findings = (replace(audit.findings[0], message=message), *audit.findings[1:])
    return replace(audit, readings=(*audit.readings, Reading(document, (), (), ())), findings=findings)


def test_nothing_leaves_the_page(page: Page, tmp_path: Path) -> None:
    watch = show(page, sample(), tmp_path)
    for link in page.locator("a[href^='#']").all():
        link.focus()
    for folded in page.locator("summary").all():
        folded.click()
    page.locator(NUMERAL).first.click()
    page.locator("#language").click()
    page.locator("#search").fill("x")
    assert watch.events == []


def test_a_figure_leads_to_the_text_and_back(page: Page, tmp_path: Path) -> None:
    show(page, sample(), tmp_path)
    finding = page.locator(".finding").first
    mark = finding.locator(".mark.suspect").first
    mark.click()
    target = page.locator(".text :target")
    expect(target).to_be_in_viewport()
    expect(target).to_have_text("120,0")
    assert mark.inner_text().startswith("120,0")
    target.click()
    expect(page.locator(".finding:target")).to_be_in_viewport()
    expect(page.locator(".finding:target")).to_have_attribute("id", finding.get_attribute("id") or "")


def test_every_link_has_its_target_and_every_id_is_one(page: Page, tmp_path: Path) -> None:
    show(page, sample(), tmp_path)
    ids = page.evaluate("[...document.querySelectorAll('[id]')].map((one) => one.id)")
    links = page.evaluate("[...document.querySelectorAll('a')].map((one) => one.getAttribute('href'))")
    assert len(ids) == len(set(ids))
    assert {link for link in links if link.removeprefix("#") not in ids} == set()


def test_every_numeral_is_marked_once(page: Page, tmp_path: Path) -> None:
    show(page, sample(), tmp_path)
    checked, figures = sample().checked(), [one for reading in sample().readings for one in reading.figures]
    ignored = sum(len(reading.ignored) for reading in sample().readings)
    numbers = {"i": len(checked), "u": len(figures) - len(checked), "b": ignored}
    assert {tag: page.locator(f".text {tag}:not([data-on])").count() for tag in numbers} == numbers


def test_the_text_is_the_documents_own(page: Page, tmp_path: Path) -> None:
    show(page, sample(), tmp_path)
    for number, reading in enumerate(sample().readings[:2], 1):
        lines = page.locator(f"#doc{number} .text p").all()
        assert [line.text_content() for line in lines] == reading.document.text.removesuffix("\n").split("\n")


def test_hostile_text_is_text(page: Page, tmp_path: Path) -> None:
    watch = show(page, hostile(), tmp_path)
    assert watch.events == []
    assert page.title() == "Consistency of figures"
    assert page.locator("script:not([type])").count() == 1
    assert page.locator("img").count() == 0
    lines = [line.text_content() for line in page.locator("#doc4 .text p").all()]
    # Control characters have no place in HTML; all the others stay, each with its name beside it.
    assert "\n".join(line or "" for line in lines) == HOSTILE.replace("\x00", "").replace("\x1b", "")
    assert page.locator("#doc4 .hidden").evaluate_all("all => all.map((one) => one.dataset.code)") == [
        *("U+202E", "U+202C", "U+200B", "U+2066", "U+2069", "U+FEFF", "U+0000", "U+001B"),
    ]


def test_a_direction_override_does_not_turn_a_number(page: Page, tmp_path: Path) -> None:
    show(page, hostile(), tmp_path)
    five, six = (
        page.evaluate(
            """(digit) => {
              const walker = document.createTreeWalker(document.querySelector("#doc4 .text"), NodeFilter.SHOW_TEXT);
              while (walker.nextNode()) {
                const at = walker.currentNode.data.indexOf("56");
                if (at < 0) continue;
                const range = document.createRange();
                range.setStart(walker.currentNode, at + digit);
                range.setEnd(walker.currentNode, at + digit + 1);
                return range.getBoundingClientRect().left;
              }
            }""",
            digit,
        )
        for digit in (0, 1)
    )
    assert five < six


def test_keys_filters_and_notes(page: Page, tmp_path: Path) -> None:
    show(page, sample(), tmp_path)
    ids = [one.get_attribute("id") for one in page.locator(".finding").all()]
    for key, expected in (("j", 0), ("j", 1), ("k", 0), ("k", 0)):
        page.keyboard.press(key)
        expect(page.locator(f"#{ids[expected]}")).to_be_focused()
    page.locator("#show-warning").uncheck()
    expect(page.locator(".finding:visible")).to_have_count(len(ids) - 1)
    page.locator(".text u").first.click()
    expect(page.locator("#tip")).to_contain_text("Not compared: the text states no relation")
    page.keyboard.press("Escape")
    expect(page.locator("#tip")).to_be_hidden()


@pytest.mark.parametrize("width", [360, 800, 1400])
def test_the_page_fits_the_screen(page: Page, tmp_path: Path, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    show(page, hostile(), tmp_path)
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_everything_is_on_paper(page: Page, tmp_path: Path) -> None:
    show(page, sample(), tmp_path)
    page.emulate_media(media="print")
    page.evaluate("window.dispatchEvent(new Event('beforeprint'))")
    expect(page.locator(".why p").first).to_be_visible()
    expect(page.locator(".documents .text").first).to_be_visible()
    expect(page.locator(".filters")).to_be_hidden()
    tops = [page.locator(part).evaluate("(one) => one.getBoundingClientRect().top") for part in PARTS]
    assert tops == sorted(tops)
