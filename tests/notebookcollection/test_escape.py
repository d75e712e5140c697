"""Tables of a notebook as a page lets them through."""

from centralasia import using
from notebookcollection.publishing.escape import escape_inline, sanitize_table


def test_scopes_by_hand():
    table = '<style scoped>x</style><table border="1"><thead><tr><th></th></tr></thead><tbody><tr><th>a</th></tr></tbody></table>'
    wanted = '<table><thead><tr><td></td></tr></thead><tbody><tr><th scope="row">a</th></tr></tbody></table>'
    assert sanitize_table(table) == wanted


def test_a_head_of_a_row_that_is_a_page_leads_there():
    table = "<table><thead><tr><th>A–B</th></tr></thead><tbody><tr><th>A–B</th><td>A–B</td></tr></tbody></table>"
    assert sanitize_table(table, {"A–B": "pair_A-B.html"}) == (
        '<table><thead><tr><th scope="col">A–B</th></tr></thead><tbody><tr><th scope="row">'
        '<a href="pair_A-B.html">A–B</a></th><td>A–B</td></tr></tbody></table>'
    )


def test_dates_in_cells_are_in_words_and_spans_of_years_are_not_dates():
    table = "<table><tr><td>2019-12-01 to 2020-03, as in 2014-2020 &amp; A-12-01</td></tr></table>"
    assert sanitize_table(table) == (
        '<table><tr><td><time datetime="2019-12-01">1 December 2019</time> to <time datetime="2020-03">March 2020</time>, '
        "as in 2014–2020 &amp; A-12-01</td></tr></table>"
    )
    with using(language="ru"):
        assert ">1 декабря 2019\u202fг.</time>" in sanitize_table(table)
        ended = sanitize_table("<table><tr><td>Подписано 2019-12-01.</td></tr></table>")
    assert "2019\u202fг.</time></td>" in ended, "no second stop"
    days = sanitize_table("<table><tr><td>2019-12-01 to 2019-12-02</td></tr></table>")
    assert '<time datetime="2019-12-01">1 to 2 December 2019</time>' in days


def test_a_number_keeps_its_unit_on_its_line():
    assert escape_inline("47\u00a0%  of\n2020\u202fг.") == "47\u00a0% of 2020\u202fг."
    assert sanitize_table("<table><tr><td>5.5 % (2 to 3)</td></tr></table>") == (
        "<table><tr><td>5.5\u00a0% (2 to 3)</td></tr></table>"
    )
