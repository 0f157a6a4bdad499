"""A browser for tests: Debian's chromium, and a watch over what a page asks for."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Page

from auditor.model.check import Audit
from auditor.report import html

CHROMIUM = Path("/usr/bin/chromium")
QUIET = [
    *("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"),
    *("--disable-background-networking", "--disable-component-update", "--disable-sync"),
]
needs_chromium = pytest.mark.skipif(not CHROMIUM.exists(), reason=f"needs Debian's chromium at {CHROMIUM}")


class Watch:
    """What a page asks the network for and complains about, besides its own file and its empty icon."""

    def __init__(self, page: Page, file: Path) -> None:
        self.events: list[str] = []
        self.own = {file.as_uri(), "data:,"}
        page.on("request", lambda request: self.note(request.url.partition("#")[0].partition("?")[0]))
        page.on("console", lambda message: self.note(message.text))
        page.on("pageerror", lambda error: self.note(str(error)))

    def note(self, event: str) -> None:
        if event not in self.own:
            self.events.append(event)


def show(page: Page, audit: Audit, folder: Path, query: str = "") -> Watch:
    file = folder / "index.html"
    file.write_bytes(html.render(audit, "en"))
    watch = Watch(page, file)
    page.goto(file.as_uri() + query)
    return watch
