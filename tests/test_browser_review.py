"""The reviewer's work in a real browser: filters, search, the other language, readings, decisions."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe  # type: ignore[import-untyped]
from playwright.sync_api import Browser, Page, expect
from typer.testing import CliRunner

from auditor import audit, cli
from auditor.frames.decimals import plain
from auditor.model.check import Audit
from auditor.model.review import Entry, Waiver
from auditor.model.version import VERSION
from auditor.report import html
from auditor.report.messages import messages
from auditor.report.where import where
from auditor.review import decisions
from tests.browsing import needs_chromium, show
from tests.test_report_sample import sample
from tests.writers import as_xlsx

SEEDS = Path(__file__).parent.parent / "seeds"

pytestmark = needs_chromium


def decided() -> Audit:
    """The sample with one waived, one new and one known finding, and one that is fixed."""
    one, two, three = sample().findings
    waiver = Waiver("0" * 16, "later", "<b>wait</b>", owner="Lan", date="2026-11-22")
    found = replace(one, waiver=waiver), replace(two, standing="new", turns=True), replace(three, standing="known")
    gone = Entry("1" * 16, "reports/economy.txt", "total-of-parts", "error", {"vi": "<i>", "en": "<i>"})
    return replace(sample(), findings=found, fixed=(gone,))


def shows(page: Page, n: int, which: str = ".finding") -> None:
    """Waits until ``n`` elements can be seen."""
    expect(page.locator(f"{which}:visible")).to_have_count(n)


def address_holds(page: Page, *parts: str) -> None:
    """Waits until the address holds each part."""
    for part in parts:
        page.wait_for_function("(part) => location.search.includes(part)", arg=part)


def test_search_needs_no_accents(page: Page, tmp_path: Path) -> None:
    show(page, sample(), tmp_path)
    for words, n in (("nong nghiep", 2), ("Nông Nghiệp 48", 2), ("KE HOACH", 1), ("dich vu", 2), ("zzz", 0), ("", 3)):
        page.locator("#search").fill(words)
        shows(page, n)
    expect(page.locator("#shown")).to_have_text("3 of 3 shown")


def test_filters_stand_in_the_address(page: Page, tmp_path: Path) -> None:
    show(page, decided(), tmp_path)
    page.locator("#facet-rule").select_option("date-order")
    shows(page, 1)
    shows(page, 0, ".group")
    page.locator("#show-warning").uncheck()
    page.locator("#search").fill("ke hoach")
    address_holds(page, "rule=date-order", "without=warning", "q=ke+hoach")
    page.reload()
    shows(page, 1)
    expect(page.locator("#search")).to_have_value("ke hoach")
    page.locator("#clear").click()
    shows(page, 3)
    page.wait_for_function("location.search === ''")
    page.locator("#facet-document").select_option("2")
    shows(page, 1)
    shows(page, 1, ".document")


def test_decided_known_and_fixed_are_marked(page: Page, tmp_path: Path) -> None:
    show(page, decided(), tmp_path)
    for standing, n in (("waived", 1), ("new", 1), ("known", 1)):
        page.locator("#facet-standing").select_option(standing)
        shows(page, n)
        shows(page, n, f".finding.{standing}")
    expect(page.locator(".waiver").first).to_have_text("Later: <b>wait</b> — Lan, 2026-11-22")
    expect(page.locator(".fixed li")).to_contain_text("Fixed <i> reports/economy.txt")


def test_keys_lead_through_the_page(page: Page, tmp_path: Path) -> None:
    show(page, sample(), tmp_path)
    page.keyboard.press("j")
    page.keyboard.press("Enter")
    expect(page.locator(".text :target")).to_be_in_viewport()
    expect(page.locator(".text :target")).to_be_focused()  # the browser moves the focus a frame later
    page.keyboard.press("/")
    expect(page.locator("#search")).to_be_focused()
    page.keyboard.type("j?")
    expect(page.locator("#search")).to_have_value("j?")
    page.keyboard.press("Escape")
    expect(page.locator("#search")).not_to_be_focused()
    page.keyboard.press("f")
    expect(page.locator("#facet-verdict")).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.locator("#facet-verdict")).not_to_be_focused()
    page.keyboard.press("?")
    expect(page.locator("#help")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator("#help")).to_be_hidden()
    page.keyboard.press("n")
    expect(page.locator("#tip")).to_be_visible()


def test_a_figure_shows_its_reading_and_its_relations(page: Page, tmp_path: Path) -> None:
    show(page, sample(), tmp_path)
    page.locator(".text i", has_text="48,0").hover()
    tip = page.locator("#tip")
    expect(tip).to_contain_text("48,000,000,000 VND")
    expect(tip).to_contain_text("Contradiction: A share equals its part over the total")
    expect(tip).to_contain_text("42,0% = 100 × 48,0 tỷ đồng / 120,0 tỷ đồng")
    expect(page.locator(".kin")).to_have_text(["120,0", "48,0", "42,0%", "73,5"])
    page.locator(".text b", has_text="2020").hover()
    expect(tip).to_have_text("Not a figure: year")
    page.locator("h1").hover()
    expect(tip).to_be_hidden()


def test_the_language_can_be_switched_and_back(page: Page, tmp_path: Path) -> None:
    show(page, sample(), tmp_path)
    before = page.locator("body").inner_text()
    page.locator("#language").click()
    expect(page.locator("#findings-heading")).to_have_text("Phát hiện")
    expect(page.locator(".finding .message").first).to_have_text("48,0 / 120,0 = 40,0%, văn bản ghi 42,0%")
    expect(page.locator("#search")).to_have_attribute("placeholder", "Tìm trong các phát hiện")
    expect(page.locator("#facet-verdict option").nth(1)).to_contain_text("Mâu thuẫn")
    expect(page.locator("html")).to_have_attribute("lang", "vi")
    address_holds(page, "lang=vi")
    page.locator(".text i", has_text="48,0").hover()
    expect(page.locator("#tip")).to_contain_text("48.000.000.000 VND")
    page.reload()
    expect(page.locator("#findings-heading")).to_have_text("Phát hiện")
    page.locator("#language").click()
    page.locator("h1").hover()
    page.wait_for_function("(before) => document.body.innerText === before", arg=before)


def test_both_languages_say_what_a_page_of_their_own_says(page: Page, tmp_path: Path) -> None:
    show(page, sample(), tmp_path, "?lang=vi")
    expect(page.locator("html")).to_have_attribute("lang", "vi")
    switched = page.locator("main").inner_text()
    file = tmp_path / "vi.html"
    file.write_bytes(html.render(sample(), "vi"))
    page.goto(file.as_uri())
    assert page.locator("main").inner_text() == switched


def test_the_text_follows_the_finding(page: Page, tmp_path: Path) -> None:
    show(page, sample(), tmp_path)
    page.set_viewport_size({"width": 1400, "height": 500})
    for finding in page.locator(".finding").all():
        page.keyboard.press("j")
        expect(finding).to_be_focused()
        marks = finding.locator(".mark").evaluate_all("all => [...new Set(all.map((one) => one.hash))].sort()")
        beside = page.locator(".hit.here").evaluate_all("all => all.map((one) => `#${one.id}`).sort()")
        assert beside == marks
        expect(page.locator(".hit.here").first).to_be_in_viewport()
        expect(finding).to_be_in_viewport()


def test_the_head_says_what_was_read_and_by_what(page: Page, tmp_path: Path) -> None:
    show(page, decided(), tmp_path)
    head = page.locator(".masthead")
    expect(head).to_contain_text(f"auditor {VERSION} · rule set {sample().rules_hash[:12]}")
    for name, number in (("Documents", "3"), ("Contradiction", "2"), ("Consistent", "1"), ("Not a figure", "5")):
        expect(head.locator("dl div", has_text=name).locator("dd")).to_have_text(number)
    expect(page.locator(".badge.turns")).to_have_text("turns the statement")


def test_decisions_are_kept_and_exported(page: Page, tmp_path: Path) -> None:
    watch = show(page, sample(), tmp_path)
    first, *_, last = page.locator(".finding").all()
    first.locator("[data-decision=false-alarm]").click()
    page.locator("#export").click()
    expect(page.locator("#note")).to_have_text("Every decision needs a reason.")
    first.locator(".reason-text").fill("đọc nhầm </script>")
    first.locator("[data-confirm]", has_text="48,0").click()
    last.locator("[data-decision=later]").click()
    last.locator(".reason-text").fill("chờ")
    page.reload()
    expect(first.locator("[data-decision=false-alarm]")).to_have_attribute("aria-pressed", "true")
    expect(page.locator("#export b")).to_have_text("3")
    with page.expect_download() as download:
        page.locator("#export").click()
    target = tmp_path / "decisions.json"
    download.value.save_as(target)
    found = decisions.load(target)
    assert [(one["decision"], one["note"]) for one in found] == [
        *(("false-alarm", "đọc nhầm </script>"), ("confirmed", "đọc nhầm </script>"), ("later", "chờ")),
    ]
    assert found[0]["fingerprint"] == sample().findings[0].fingerprint
    assert found[1]["quote"] == "48,0"
    assert [event for event in watch.events if not event.startswith("blob:")] == []


def test_the_reason_for_a_rule_is_shown_where_it_is_asked_for(page: Page, tmp_path: Path) -> None:
    show(page, sample(), tmp_path)
    page.locator(".finding .why summary").first.click()
    expect(page.locator(".finding .why .because").first).to_contain_text("share == 100 * part / total")
    page.locator(".finding .why .rule a").first.click()
    expect(page.locator("#r-share-of-total")).to_be_visible()


def test_the_heat_map_leads_to_findings(page: Page, tmp_path: Path) -> None:
    show(page, sample(), tmp_path)
    page.locator("#heat summary").click()
    page.locator(".heat td.error button").first.click()
    shows(page, 1)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [390, 1280])
def test_axe_finds_no_violation(browser: Browser, tmp_path: Path, scheme: str, width: int) -> None:
    context = browser.new_context(color_scheme=scheme, viewport={"width": width, "height": 900})  # type: ignore[arg-type]
    page = context.new_page()
    show(page, decided(), tmp_path)
    page.evaluate("for (const one of document.querySelectorAll('details')) one.open = true")
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()
    page.keyboard.press("?")
    expect(page.locator("#help")).to_be_visible()
    assert Axe().run(page).violations_count == 0
    context.close()


def table_of_figures(rows: int) -> str:
    """A table of nothing but figures: every row a plan, a result and a percentage that is checked, and a total."""
    every = [(400 + 7 * row % 300, 350 + 11 * row % 400) for row in range(rows)]
    every.insert(0, (sum(plan for plan, _ in every), sum(result for _, result in every)))
    lines = [
        f"| Xã Số {n} | {plan},0 | {result},0 | {100 * result / plan:.1f} |" for n, (plan, result) in enumerate(every)
    ]
    lines[0] = lines[0].replace("Xã Số 0", "Tổng cộng")
    head = "| Xã | Kế hoạch (ha) | Thực hiện (ha) | Tỷ lệ hoàn thành (%) |\n|---|---|---|---|\n"
    return head + "\n".join(lines).replace(".", ",") + "\n"


def test_the_page_keeps_its_size(tmp_path: Path) -> None:
    seeds = audit(SEEDS)
    assert len(html.render(seeds)) <= html.most(seeds)
    (tmp_path / "dense.md").write_text(table_of_figures(1200))
    dense = audit(tmp_path)
    assert len(dense.readings[0].figures) == 3603
    assert len([check for check in dense.checks if check.verdict == "consistent"]) > 1200
    assert len(html.render(dense)) <= html.most(dense)


def test_documents_that_one_page_cannot_hold_have_their_own(monkeypatch: pytest.MonkeyPatch) -> None:
    assert list(html.files(many(20, 5), "en")) == ["index.html"]
    monkeypatch.setattr(html, "ROOM", 60_000)
    made = html.files(many(20, 5), "en")
    assert len(made) == 21
    assert max(map(len, made.values())) <= html.most(many(20, 5))


def test_readings_in_the_page_are_those_of_the_audit(page: Page, tmp_path: Path) -> None:
    (tmp_path / "table.md").write_text(table_of_figures(3))
    (tmp_path / "words.txt").write_text(
        "Thu ngân sách đạt 1.234,50 triệu đồng, chi 0,75 tỷ đồng; có hai mươi xã và 1.020 hộ, tăng 3,0%.\n"
        "Năm 2021 trồng 12 nghìn cây, gần 7,05 nghìn ha, giảm 5 trường so với 2.500.000 m2.\n"
    )
    (tmp_path / "page.html").write_text("<p>Xã có 12 thôn.</p><table><tr><td>Năm<td>2020<tr><td>Thôn<td>12</table>")
    rows: list[list[Any]] = [["Xã", "Số hộ"], ["Tân An", 120], ["Phú Lộc", 80], ["Tổng cộng", 200]]
    (tmp_path / "sheet.xlsx").write_bytes(as_xlsx({"Hộ": rows}))
    result = audit([SEEDS, tmp_path])
    show(page, result, tmp_path)
    shown = page.evaluate(
        """() => [...document.querySelectorAll(".text :is(i, u):not([data-on])")].map((one) => {
          one.dispatchEvent(new PointerEvent("pointerover", { bubbles: true }));
          const lines = (query) => [...document.querySelectorAll(`#tip ${query}`)].map((line) => line.textContent);
          return [lines("p"), lines(":is(.value, .equation)")];
        })"""
    )
    figures = [figure for reading in result.readings for figure in sorted(reading.figures, key=lambda one: one.start)]
    equations: dict[str, list[str]] = {}
    for check in result.checks:
        if check.verdict != "not-checkable" and check.equation:
            for one in dict.fromkeys(one.id for one in check.relation.figures()):
                equations.setdefault(one, []).append(check.equation)
    documents = {reading.document.path: reading.document for reading in result.readings}
    number, told = messages("en").number, set()
    for figure, (lines, (value, *equation)) in zip(figures, shown, strict=True):
        stands = where(documents[figure.document], figure.start, figure.end)
        told |= {stands.said(messages("en"))} if stands else set()
        assert stands is None or f"Stands at: {stands.said(messages('en'))}" in lines
        bound, unit = figure.quantity.bound or "", figure.quantity.unit or ""
        assert value == f"{bound} {number(plain(figure.quantity.value))} {unit}".strip(), figure
        assert sorted(equation) == sorted(equations.get(figure.id, [])), figure
    assert len(told) > 4


def many(documents: int, findings: int) -> Audit:
    """A synthetic run: copies of one document, with findings spread over them."""
    first = sample().readings[0]
    readings, found = [], []
    for number in range(documents):
        path = f"archive/{number:04}.txt"
        readings.append(replace(first, document=replace(first.document, path=path)))
    for number in range(findings):
        one = sample().findings[number % 2]
        path = readings[number % documents].document.path
        spots = tuple(replace(spot, document=path) for spot in one.locations)
        members = (replace(item, filler=replace(item.filler, document=path)) for item in one.check.relation.members)
        relation = replace(one.check.relation, document=path, members=tuple(members))
        check = replace(one.check, id=f"c{number}", relation=relation)
        found.append(replace(one, id=f"f{number}", fingerprint=f"{number:016x}", check=check, locations=spots,
                             cause=None, suspects=()))  # fmt: skip
    return replace(sample(), readings=tuple(readings), findings=tuple(found), checks=tuple(f.check for f in found))


def test_a_thousand_documents_open_and_filter_quickly(page: Page, tmp_path: Path) -> None:
    made = html.files(many(1000, 2000), "en")
    assert len(made) == 1001
    for name in ("index.html", "documents/0007.html"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes(made[name])
    page.goto((tmp_path / "index.html").as_uri())
    expect(page.locator("#shown")).to_have_text("2,000 of 2,000 shown")
    shows(page, 300)
    page.locator("#further").click()
    shows(page, 600)
    # The quickest of three: what a busy machine adds is not the page's.
    took = page.evaluate(
        """async () => {
          const frame = () => new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
          const steps = ["tong", "0007", "khong", ""].map((word) => ["#search", "value", word]);
          for (const facet of document.querySelectorAll("[data-facet]"))
            steps.push([`#${facet.id}`, "selectedIndex", 1], [`#${facet.id}`, "selectedIndex", 0]);
          const times = steps.map(() => Infinity);
          for (let round = 0; round < 3; round += 1)
            for (const [step, [field, key, value]] of steps.entries()) {
              const start = performance.now();
              document.querySelector(field)[key] = value;
              document.querySelector(field).dispatchEvent(new Event("input", { bubbles: true }));
              await frame();
              times[step] = Math.min(times[step], performance.now() - start);
            }
          return times;
        }"""
    )
    assert max(took) < 300, took
    page.locator("#search").fill("archive/0006")
    shows(page, 2)
    page.locator(".finding:visible h3 a").first.click()
    expect(page.locator(".finding:target")).to_be_in_viewport()
    expect(page.locator("#doc1 h3")).to_have_text("archive/0006.txt")
    assert json.loads(page.locator("#data").text_content() or "")["d"]["1"]["f"]
    page.locator(".kicker a").click()
    page.wait_for_url("**/index.html")


def test_exported_decisions_turn_the_next_run_green(
    page: Page, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "wrong.txt").write_text("Xã có 9 chi bộ, gồm: 5 chi bộ thôn và 2 chi bộ cơ quan.\n")

    def run(*arguments: str) -> int:
        return CliRunner().invoke(cli.app, arguments).exit_code

    assert run("run", "wrong.txt") == 1
    page.goto((tmp_path / "reports" / "index.html").as_uri())
    page.locator("[data-decision=accepted]").click()
    page.locator(".reason-text").fill("đã hỏi xã")
    with page.expect_download() as download:
        page.locator("#export").click()
    download.value.save_as(tmp_path / "decisions.json")
    assert [run("review", "apply", "decisions.json"), run("run", "wrong.txt")] == [0, 0]
    page.reload()
    expect(page.locator(".finding.waived .waiver")).to_contain_text("đã hỏi xã")
    (tmp_path / "wrong.txt").write_text("Xã có 9 chi bộ, gồm: 5 chi bộ thôn và 3 chi bộ cơ quan.\n")
    assert run("run", "wrong.txt") == 1
