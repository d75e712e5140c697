"""Settings of the report. The notebooks come executed; nothing runs here."""

import os
from pathlib import Path

import centralasia  # noqa: F401  which names the catalogues
from datacontract.language import _
from datacontract.language import language as spoken

project = "centralasia"
author = str(_("the centralasia contributors"))
copyright = f"2026, {author}"
language = spoken()
locale_dirs = [str(Path(__file__).parent / "locale")]  # words of the theme and of its search

# The report in other languages is in a folder of its own, with the same pages.
LANGUAGES = {"en": "English", "ru": "Русский", "kk": "Қазақша"}
made = os.environ.get("REPORT_LANGUAGES", "").split()
top = "" if language == "en" else "../"
folders = {code: "" if code == language else top if code == "en" else f"{top}{code}/" for code in made}

extensions = ["myst_nb", "notebookcollection.publishing.formulas"]
html_math_renderer = "mathml"
nb_execution_mode = "off"
exclude_patterns = ["downloads", "project", "locale"]
nb_merge_streams = True
myst_enable_extensions = ["colon_fence", "dollarmath"]
myst_heading_anchors = 3
numfig = True
numfig_format = {"figure": str(_("Fig. %s."))}
smartquotes = False  # captions and cells say the same, to the letter

html_theme = "pydata_sphinx_theme"
html_title = str(_("Priority hierarchy and regional convergence in Central Asia"))
html_static_path = [
    "style.css", "scroll.js", "sort.js", "filter.js", "code.js", "explore.js", "compare.js", "map.js", "marks.js",
]  # fmt: skip
html_css_files = ["style.css"]
html_js_files = ["scroll.js", "sort.js", "filter.js", "code.js", "marks.js"]
html_copy_source = False
html_show_sourcelink = False
html_show_search_summary = False  # summaries would have to be fetched, which pages from disk may not
html_use_index = False
html_context = {
    "default_mode": "auto",
    "contents": str(_("Contents")),
    "languages_label": str(_("Languages")),
    "languages": {code: LANGUAGES[code] for code in made},
    "folders": folders,
}
html_sidebars = {"**": ["chapters.html"]}
templates_path = ["templates"]
nb_code_prompt_show = str(_("Code"))
nb_code_prompt_hide = str(_("Hide code"))
html_theme_options = {
    "logo": {"text": "centralasia"},
    "navbar_center": [],
    "navbar_end": ["languages", "theme-switcher"],
    "search_bar_text": str(_("Search the report")),
    "secondary_sidebar_items": ["page-toc"],
    "footer_start": ["copyright"],
    "footer_end": [],
    "show_nav_level": 2,
    "pygments_light_style": "a11y-high-contrast-light",
    "pygments_dark_style": "a11y-high-contrast-dark",
}
