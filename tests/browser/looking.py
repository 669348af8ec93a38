"""What can be seen to be wrong with a page: what axe finds, what does not fit, and more than one filled button."""

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

DESK = {"width": 1280, "height": 900}
PHONE = {"width": 390, "height": 844}
ZOOMED = {"width": 320, "height": 640}  # 1280 pixels at 400 %
WCAG = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"], "resultTypes": ["violations"]}
FIT = {"runOnly": {"type": "rule", "values": ["target-size"]}, "resultTypes": ["violations"]}
COLOURS = {"runOnly": {"type": "rule", "values": ["color-contrast"]}, "resultTypes": ["violations"]}
FILLED = """() => [...document.querySelectorAll('.ds-button:is(:not([data-variant]), [data-variant=primary])')]
    .filter(one => one.checkVisibility()).map(one => one.innerText.trim())"""


def violations(page: Page, rules: dict) -> list[str]:
    """One line for every rule of axe that the page breaks as it stands."""
    still(page)
    if not page.evaluate("'axe' in window"):
        page.evaluate(Axe().axe_script)
    found = page.evaluate("rules => axe.run(document, rules)", rules)["violations"]
    return [f"{one['id']}: {one['nodes'][0]['html'][:160]}" for one in found]


def misfits(page: Page) -> list[str]:
    """The page is no wider than its window and has one main heading."""
    found = []
    if page.evaluate("document.documentElement.scrollWidth > window.innerWidth + 1"):
        found.append("is wider than the window")
    if (headings := page.locator("h1").count()) != 1:
        found.append(f"has {headings} main headings")
    return found


def wrong_at(page: Page, what: str, sizes: list[dict]) -> list[str]:
    """What is wrong with the page at each of the sizes, without loading it again."""
    found = []
    for size in sizes:
        page.set_viewport_size(size)
        rules = FIT if size == ZOOMED else WCAG
        found += [f"{what} at {size['width']}: {one}" for one in misfits(page) + violations(page, rules)]
    page.set_viewport_size(sizes[0])
    return found


def wrong_in_the_dark(page: Page, what: str) -> list[str]:
    """What cannot be read in dark colours."""
    page.emulate_media(color_scheme="dark")
    found = [f"{what} in the dark: {one}" for one in violations(page, COLOURS)]
    page.emulate_media(color_scheme="light")
    return found


def wrong_with_buttons(page: Page, what: str, allowed: int = 1) -> list[str]:
    """More filled buttons in sight than the screen may have."""
    filled = page.evaluate(FILLED)
    return [f"{what} has {len(filled)} filled buttons: {', '.join(filled)}"] if len(filled) > allowed else []


def still(page) -> None:
    """Nothing is fading in any more: half shown, a text has no contrast."""
    page.evaluate(
        """Promise.all(document.getAnimations()
            .filter((one) => one.effect.getComputedTiming().endTime < Infinity)
            .map((one) => one.finished.catch(() => null)))"""
    )
