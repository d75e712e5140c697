"""Where the system's Chromium is."""

import os
import shutil

NAMES = ("chromium", "chromium-browser", "google-chrome")
MISSING = (
    "Chromium is not on this machine; on Debian and Ubuntu: apt install chromium, "
    "elsewhere name one with CHROMIUM=/path/to/it"
)


def executable():
    """The path of Chromium; None where there is none."""
    return next(filter(None, map(shutil.which, (os.environ.get("CHROMIUM", ""), *NAMES))), None)
