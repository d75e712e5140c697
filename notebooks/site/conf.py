"""Settings of the report. The notebooks come executed; nothing runs here."""

project = "centralasia"
author = "the centralasia contributors"
copyright = f"2026, {author}"
language = "en"

extensions = ["myst_nb", "notebookcollection.publishing.formulas"]
html_math_renderer = "mathml"
nb_execution_mode = "off"
exclude_patterns = ["downloads", "project"]
nb_merge_streams = True
myst_enable_extensions = ["colon_fence", "dollarmath"]
myst_heading_anchors = 3
numfig = True
smartquotes = False  # captions and cells say the same, to the letter

html_theme = "pydata_sphinx_theme"
html_title = "Priority hierarchy and regional convergence in Central Asia"
html_static_path = ["style.css", "scroll.js"]
html_css_files = ["style.css"]
html_js_files = ["scroll.js"]
html_copy_source = False
html_show_sourcelink = False
html_show_search_summary = False  # summaries would have to be fetched, which pages from disk may not
html_use_index = False
html_context = {"default_mode": "auto"}
html_sidebars = {"**": ["chapters.html"]}
templates_path = ["templates"]
nb_code_prompt_show = "Code"
nb_code_prompt_hide = "Hide code"
html_theme_options = {
    "logo": {"text": "centralasia"},
    "navbar_center": [],
    "search_bar_text": "Search the report",
    "secondary_sidebar_items": ["page-toc"],
    "footer_start": ["copyright"],
    "footer_end": [],
    "show_nav_level": 2,
    "pygments_light_style": "a11y-high-contrast-light",
    "pygments_dark_style": "a11y-high-contrast-dark",
}
