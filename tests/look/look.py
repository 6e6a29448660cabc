"""Looks at every page of a running suite in a real browser, as each kind of reader, in both languages, wide, middling and narrow.

Each page must load, keep within its width, be usable by keyboard alone, load nothing from elsewhere, and pass axe-core without a
serious finding. What it looked like is kept as pictures.

    look.py BASE OUT [--role ROLE=TOKEN ...]     (`make look` calls it)
"""

import argparse
import itertools
import pathlib
import re
import shutil
import sys

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, sync_playwright

WIDTHS = {"wide": (1280, 900), "middle": (768, 1024), "narrow": (390, 844)}
LANGUAGES = ("zh", "en")
# Pages that a reader is sent to from a list: the first link there of each kind.
BEHIND = re.compile(r"^/(cases|items|agencies|trail)/[^?#]+")
# More stops than any page has.
TAB_STOPS_MAX = 1_000
BLOCKING = ("serious", "critical")
SETTLE_MS = 15_000


def links(page: Page) -> list[str]:
    return page.eval_on_selector_all("a[href^='/']", "links => links.map(a => a.getAttribute('href'))")


def addresses(page: Page, base: str) -> list[str]:
    """The rooms linked on the start page, the boards and tables, the search, and of every kind of page behind them the first one found."""
    page.goto(base + "/")
    boards = ["/board", "/board?kind=complaint", "/board?kind=appeal", "/agencies/months", "/search?text=%E5%B8%82"]
    elsewhere = ("/logout", "/assets")
    rooms = [a for a in links(page) if "?" not in a and not a.startswith(elsewhere) and not BEHIND.match(a)]
    found = list(dict.fromkeys(rooms + boards))
    kinds: dict[str, str] = {}
    for address in found:
        page.goto(base + address)
        for href in links(page):
            if match := BEHIND.match(href):
                # A case, a report and an application are pages of one kind; each service's first one is looked at.
                service = re.search(r"service=(\w+)", href)
                kinds.setdefault(f"{match[1]} {service[1] if service else ''}", href)
    for href in list(kinds.values()):
        page.goto(base + href)
        for trail in [a for a in links(page) if a.startswith("/trail/")][:1]:
            kinds.setdefault(f"trail of {href}", trail)
    return found + list(kinds.values())


def keyboard(page: Page) -> list[str]:
    """Walks through the page with the tab key: every control is reached once, visibly, and the page is left again."""
    wanted = page.evaluate(
        """() => [...document.querySelectorAll('a[href],button,input:not([type=hidden]),select,textarea,summary')]
        .filter(e => !e.disabled && e.tabIndex >= 0 && e.checkVisibility({checkOpacity: false}) &&
                     !(e.type === 'radio' && !e.checked && document.querySelector(`input[name="${e.name}"]:checked`)))
        .map((e, i) => { e.dataset.stop = i; return e.outerHTML.slice(0, 80) })"""
    )
    seen: set[int] = set()
    problems = []
    page.evaluate("document.activeElement.blur(); window.scrollTo(0, 0)")
    for _ in range(TAB_STOPS_MAX):
        page.keyboard.press("Tab")
        stop = page.evaluate(
            """() => { const e = document.activeElement; if (!e || e === document.body) return null;
            const s = getComputedStyle(e);
            return [Number(e.dataset.stop ?? -1), s.outlineStyle !== 'none' || s.boxShadow !== 'none', e.outerHTML.slice(0, 80)] }"""
        )
        if stop is None or len(seen) > 1 and stop[0] == 0:
            break
        if stop[0] >= 0 and stop[0] not in seen and not stop[1]:
            problems.append(f"focus is not to be seen on {stop[2]}")
        seen.add(stop[0])
    return problems + [f"not reached by keyboard: {html}" for at, html in enumerate(wanted) if at not in seen]


def look(page: Page, base: str, address: str) -> list[str]:
    elsewhere: list[str] = []
    page.on("request", lambda request: None if request.url.startswith((base, "data:")) else elsewhere.append(request.url))
    answer = page.goto(base + address, wait_until="load", timeout=SETTLE_MS)
    # A room that its reader may not enter says so on a page of its own.
    status = answer.status if answer else 0
    problems = [] if status in (200, 403) else [f"status {status}"]
    over = page.evaluate("document.scrollingElement.scrollWidth - window.innerWidth")
    if over > 0:
        problems.append(f"{over} px wider than the window")
    # A list folds where it has no room; a table of numbers may be moved within its box.
    wide = "boxes => Math.max(0, ...boxes.map(box => box.scrollWidth - box.clientWidth))"
    over = page.eval_on_selector_all(".box:has(table.fold)", wide)
    if over > 0:
        problems.append(f"a list {over} px wider than its place")
    # The pages forbid scripts; the check is evaluated by the browser itself.
    for violation in Axe().run(page).response["violations"]:
        if violation["impact"] in BLOCKING:
            where = violation["nodes"][0]
            problems.append(f"axe {violation['impact']} {violation['id']}: {where['html'][:140]} ({len(violation['nodes'])}x)")
    problems += keyboard(page)
    return problems + [f"loads {url}" for url in elsewhere]


def main() -> int:
    arguments = argparse.ArgumentParser()
    arguments.add_argument("base")
    arguments.add_argument("out", type=pathlib.Path)
    arguments.add_argument("--role", action="append", default=[], metavar="ROLE=TOKEN")
    arguments.add_argument("--browser", default="chromium", help="the program, or where it is")
    arguments.add_argument("--only", default="", help="addresses that begin so")
    options = arguments.parse_args()
    roles = {"public": None} | dict(role.split("=", 1) for role in options.role)
    options.out.mkdir(parents=True, exist_ok=True)
    bad = looked = 0
    with sync_playwright() as playwright:
        # Pages of the suite's own only are opened; as root the browser has no sandbox.
        browser = playwright.chromium.launch(executable_path=shutil.which(options.browser), args=["--no-sandbox"])
        for role, token in roles.items():
            cookies = [{"name": "fazhi_session", "value": token, "url": options.base}] if token else []
            scout = browser.new_context()
            scout.add_cookies(cookies)
            pages = [a for a in addresses(scout.new_page(), options.base) if a.startswith(options.only)]
            scout.close()
            for language, (width, size) in itertools.product(LANGUAGES, WIDTHS.items()):
                context = browser.new_context(
                    viewport={"width": size[0], "height": size[1]}, locale={"zh": "zh-CN", "en": "en-GB"}[language]
                )
                context.add_cookies([*cookies, {"name": "fazhi_lang", "value": language, "url": options.base}])
                page = context.new_page()
                for address in pages:
                    looked += 1
                    problems = look(page, options.base, address)
                    name = re.sub(r"[^a-z0-9]+", "-", address.lower()).strip("-")[:60] or "start"
                    page.screenshot(path=options.out / f"{role}-{language}-{width}-{name}.png", full_page=True)
                    for problem in problems:
                        bad += 1
                        print(f"{role} {language} {width} {address}: {problem}", flush=True)
                    page.close()
                    page = context.new_page()
                if sys.stderr.isatty():
                    print(f"\r{looked} pages", end="", file=sys.stderr)
                context.close()
        browser.close()
    print(f"looked at {looked} pages, {bad} problems; pictures in {options.out}")
    return 1 if bad or not looked else 0


if __name__ == "__main__":
    sys.exit(main())
