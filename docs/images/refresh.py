"""Brings what the README shows of a run up to date: its terminal excerpt and, where there is a chromium, its pictures.

    python docs/images/refresh.py

Look at the pictures before they land, and at the words of the README around the excerpt.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).parent
ROOT = HERE.parent.parent
README = ROOT / "README.md"
CHROMIUM = Path("/usr/bin/chromium")
OPTIONS = ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"]
WIDTH, TOP = 1080, 440
# A fenced block; the first one without a language is what `audit run seeds/` prints.
BLOCK = re.compile(r"^```(\w*)\n(.*?)^```$", re.DOTALL | re.MULTILINE)


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        printed = run(Path(folder) / "vi", "vi")
        run(Path(folder) / "en", "en")
        excerpt(printed.replace(f"{folder}/vi/", "reports/"))
        if CHROMIUM.exists():
            pictures(Path(folder))


def run(folder: Path, language: str) -> str:
    command = [sys.executable, "-m", "auditor", "run", "seeds/", "--ui", language, "--output", str(folder)]
    plain = os.environ | {"NO_COLOR": "1"}
    done = subprocess.run(
        command, cwd=ROOT, env=plain, stdout=subprocess.PIPE, text=True, encoding="utf-8", check=False
    )
    if done.returncode not in (0, 1):
        raise SystemExit(f"the run failed with status {done.returncode}")
    return done.stdout


def excerpt(printed: str) -> None:
    text = README.read_text(encoding="utf-8")
    first = next(block for block in BLOCK.finditer(text) if not block[1])
    text = text[: first.start(2)] + printed + text[first.end(2) :]
    README.write_text(text, encoding="utf-8", newline="\n")


def pictures(folder: Path) -> None:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=OPTIONS)
        page = browser.new_page(viewport={"width": WIDTH, "height": TOP}, color_scheme="light")
        page.goto((folder / "en" / "index.html").as_uri())
        page.screenshot(path=HERE / "report-top.png")
        page.goto((folder / "vi" / "index.html").as_uri())
        page.locator(".finding").first.screenshot(path=HERE / "report-finding.png")
        browser.close()


if __name__ == "__main__":
    main()
