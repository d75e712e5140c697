"""A real browser for the tests: the system's Chromium, driven by Playwright. Nothing is downloaded.

Fixtures live for a module, since Playwright keeps an event loop running in which kernels could not be driven.
"""

import os

import pytest

from notebookcollection.publishing.printing import NO_CHROMIUM, chromium


@pytest.fixture(scope="module")
def browser():
    """A Playwright browser. Without Chromium the tests are skipped, and under CI, where it belongs, they fail."""
    if not chromium():
        (pytest.fail if os.environ.get("CI") else pytest.skip)(NO_CHROMIUM)
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        offline = ["--disable-background-networking", "--disable-component-update", "--disable-sync", "--disable-quic"]
        yield playwright.chromium.launch(executable_path=chromium(), args=["--no-sandbox", "--disable-gpu", *offline])


@pytest.fixture
def new_page(browser):
    """Opens pages: ``new_page(width=390, dark=True)``, each in a context of its own, closed after the test."""
    contexts = []

    def new(width=1280, height=900, dark=False, **more):
        scheme = "dark" if dark else "light"
        context = browser.new_context(viewport={"width": width, "height": height}, color_scheme=scheme, **more)
        contexts.append(context)
        return context.new_page()

    yield new
    for context in contexts:
        context.close()
