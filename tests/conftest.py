"""One browser for all tests that need one, and a look at the interpreter behind all of them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page


@pytest.fixture(scope="session", autouse=True)
def bytes_stay_what_they_are() -> Iterator[None]:
    """What reading numbers from text with the compiled rationals would spoil (docs/decisions/093)."""
    yield
    assert [code for code in range(256) if bytes([code])[0] != code] == []


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    from playwright.sync_api import sync_playwright

    from tests.browsing import CHROMIUM, QUIET

    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        yield started
        started.close()


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    opened = browser.new_page(viewport={"width": 1400, "height": 800})
    yield opened
    opened.close()
