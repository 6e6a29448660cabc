"""Asks a running suite what an inspector asks, in a real browser, and counts the clicks from the home page to the answer.

Every question must be answered within three clicks, and what is found is held against what it must be. A click is a link that is
followed, a button that is pressed or an option that is chosen; typing is none.

    ask.py BASE --token TOKEN     (`make look` calls it)
"""

import argparse
import csv
import io
import re
import shutil
import sys
import unicodedata
import zipfile
from collections.abc import Callable

from playwright.sync_api import BrowserContext, Locator, Page, sync_playwright
from pypdf import PdfReader

CLICKS_MAX = 3
SETTLE_MS = 15_000
FINE = 10_000


class Inspector:
    """Somebody before the pages, whose clicks are counted."""

    def __init__(self, page: Page, base: str) -> None:
        self.page = page
        self.base = base
        self.clicks = 0
        page.goto(base + "/")

    def follow(self, link: Locator) -> None:
        self.clicks += 1
        link.first.click()
        self.page.wait_for_load_state()

    def room(self, path: str) -> None:
        self.follow(self.page.locator(f"nav.rail a[href='{path}']"))

    def choose(self, name: str, value: str) -> None:
        self.clicks += 1
        self.page.select_option(f"form.filters select[name='{name}']", value)

    def type(self, name: str, text: str) -> None:
        self.page.fill(f"form.filters input[name='{name}']", text)

    def press(self) -> None:
        self.follow(self.page.locator("form.filters button"))

    def rows(self) -> list[list[str]]:
        """The rows of the page's list, as they are read."""
        cells = "rows => rows.map(row => [...row.children].map(cell => cell.innerText.trim()))"
        return self.page.eval_on_selector_all("main table tbody tr", cells)

    def total(self) -> int:
        """How many rows the list has, as it says."""
        said = self.page.inner_text(".pager > span:first-child")
        return int(re.sub(r"\D", "", said))

    def get(self, href: str) -> bytes:
        """A file behind a link, whose click is counted."""
        self.clicks += 1
        answer = self.page.request.get(self.base + href)
        assert answer.ok, f"{href}: {answer.status}"
        return answer.body()


def number(text: str) -> float:
    return float(text.replace(",", ""))


def fines_without_review(i: Inspector) -> str:
    """Fines over 10,000 without legal review."""
    i.room("/cases")
    i.choose("without", "legal_review")
    i.type("fine_from", f"{FINE}.01")
    i.press()
    rows, total = i.rows(), i.total()
    assert total > 0, "the demonstration has such cases"
    assert all(number(row[6]) > FINE for row in rows), rows
    # The first of them, looked at whole: nothing of a legal review is in its course. It is another question, and not counted.
    page = i.page.request.get(i.base + i.page.locator("main tbody th a").first.get_attribute("href")).text()
    assert 'id="timeline"' in page, "a whole file"
    reviewed = re.search(r'<li class="(\w+)"><b><svg[^>]*><use[^>]*/></svg>Legal review</b>', page)
    assert reviewed and reviewed[1] != "done", reviewed
    return f"{total} cases"


def taken_away(i: Inspector) -> str:
    """This list in my report."""
    i.room("/cases")
    total = i.total()
    first = i.rows()[0][0]
    href = i.page.locator(".take a", has_text="XLSX").get_attribute("href")
    assert href
    book = zipfile.ZipFile(io.BytesIO(i.get(href)))
    cells = book.read("xl/worksheets/sheet1.xml").decode()
    rows = len(re.findall(r"<row ", cells)) - 1
    assert rows == total, f"{rows} rows of {total}"
    assert first in book.read("xl/sharedStrings.xml").decode(), first
    text = i.page.request.get(i.base + href.replace(".xlsx", ".csv")).text()
    records = list(csv.reader(io.StringIO(text.removeprefix("\ufeff"))))
    assert len(records) == total + 1 and first in records[1], records[:2]
    return f"{rows} rows"


def agencies_by_month(i: Inspector) -> str:
    """Agencies by month."""
    i.room("/agencies")
    i.follow(i.page.locator("a[href='/agencies/months']"))
    rows = i.rows()
    assert len(rows) > 1 and all(len(row) == len(rows[0]) for row in rows)
    # The columns of the months add up to the last one.
    for row in rows:
        assert sum(number(n) for n in row[1:-1]) == number(row[-1]), row
    cell = i.page.locator("main tbody td a").first
    counted = int(number(cell.inner_text()))
    i.follow(cell)
    assert i.total() == counted, f"{i.total()} rows behind {counted}"
    return f"{len(rows)} agencies; {counted} opens {counted} rows"


def item_on_a_past_day(i: Inspector) -> str:
    """An item as it was on a past day."""
    i.room("/items")
    code = i.rows()[0][0]
    i.follow(i.page.locator("main tbody td a"))
    asked = i.page.input_value("form.filters input[name='on']")
    day = f"{int(asked[:4]) - 1}{asked[4:8]}15"
    i.type("on", day)
    i.press()
    assert i.page.input_value("form.filters input[name='on']") == day
    assert code in i.page.inner_text("main"), code
    return f"{code} on {day}"


def printed(i: Inspector) -> str:
    """A case on paper."""
    i.room("/cases")
    # The largest fine first: a case with a decision.
    i.follow(i.page.locator("thead a.sort[href*='sort=-fine']"))
    number = i.rows()[0][0]
    i.follow(i.page.locator("main tbody th a"))
    # Fonts draw a character by any of its forms.
    read = PdfReader(io.BytesIO(i.page.pdf(format="A4"))).pages
    sheets = [unicodedata.normalize("NFKC", sheet.extract_text()) for sheet in read]
    for at, sheet in enumerate(sheets, start=1):
        assert f"{at} / {len(sheets)}" in sheet, f"sheet {at} of {len(sheets)} says which it is: {sheet[-80:]!r}"
    first = sheets[0]
    assert unicodedata.normalize("NFKC", number) in first, first
    decided, course = first.find("Decision number"), first.find("Investigation")
    assert 0 <= decided < course, "the decision comes first, then what follows"
    # A piece of evidence opens from the page of its case. It is another question, and not counted.
    file = i.page.request.get(i.base + i.page.locator("#evidence th a").first.get_attribute("href"))
    assert file.ok and file.headers["x-content-type-options"] == "nosniff", file.status
    assert "Sign out" not in first and "Search" not in first, "nothing to click on"
    return f"{len(sheets)} sheets"


def uncertified_who_acted(i: Inspector) -> str:
    """Officers without a certificate who acted, with their agency."""
    i.follow(i.page.locator("section:has(h2:text-is('Indicators')) a[href^='/officers?'][href*='behind=failed']"))
    rows = i.rows()
    assert rows, "the demonstration has such officers"
    assert len(rows) <= i.total()
    for row in rows:
        assert row[2] and row[2] != "—", f"with an agency: {row}"
    return f"{i.total()} officers, the first of {rows[0][2]}"


QUESTIONS: list[Callable[[Inspector], str]] = [
    fines_without_review,
    taken_away,
    agencies_by_month,
    item_on_a_past_day,
    printed,
    uncertified_who_acted,
]


def ask(context: BrowserContext, base: str, question: Callable[[Inspector], str]) -> bool:
    page = context.new_page()
    page.set_default_timeout(SETTLE_MS)
    inspector = Inspector(page, base)
    try:
        answer = question(inspector)
        assert inspector.clicks <= CLICKS_MAX, f"{inspector.clicks} clicks"
        print(f"{question.__doc__} {inspector.clicks} clicks: {answer}", flush=True)
        return True
    except Exception as problem:  # Whatever went wrong, the other questions are asked.
        print(f"{question.__doc__} NOT ANSWERED at {page.url}: {problem}", flush=True)
        return False
    finally:
        page.close()


def main() -> int:
    arguments = argparse.ArgumentParser()
    arguments.add_argument("base")
    arguments.add_argument("--token", required=True, help="of a supervisor")
    arguments.add_argument("--browser", default="chromium", help="the program, or where it is")
    options = arguments.parse_args()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which(options.browser), args=["--no-sandbox"])
        context = browser.new_context(viewport={"width": 1280, "height": 900}, locale="en-GB")
        cookies = {"fazhi_session": options.token, "fazhi_lang": "en"}
        context.add_cookies([{"name": name, "value": value, "url": options.base} for name, value in cookies.items()])
        answered = [ask(context, options.base, question) for question in QUESTIONS]
        browser.close()
    return 0 if all(answered) else 1


if __name__ == "__main__":
    sys.exit(main())
