"""Messages, numbers, lists and dates in the language of the reader."""

import json

import pytest

from centralasia import using
from datacontract import catalogues
from datacontract.catalogues import languages
from datacontract.errors import DataError
from datacontract.language import _, format_number, join_list, language, ngettext, pgettext, sort_key
from datacontract.phrases import (
    date_span,
    date_words,
    dates_in_words,
    ordinal,
    ordinal_span,
    percent,
    span,
    unbroken,
    years_between,
)
from datacontract.words import MarkdownText, sentence

HEAD = """msgid ""
msgstr ""
"Content-Type: text/plain; charset=utf-8\\n"
"Plural-Forms: nplurals=3; plural=(n%10==1 && n%100!=11 ? 0 : n%10>=2 && n%10<=4 && (n%100<10 || n%100>=20) ? 1 : 2);\\n"
"""


@pytest.fixture
def known(tmp_path, monkeypatch):
    """A language with few messages."""
    folder = tmp_path / "ru" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    entries = [
        'msgid "{n} pair"\nmsgid_plural "{n} pairs"\nmsgstr[0] "{n} пара"\nmsgstr[1] "{n} пары"\nmsgstr[2] "{n} пар"\n',
        'msgid "It is {x:.2f} for {names}."\nmsgstr "{names}: {x:.2f}."\n',
        'msgctxt "month"\nmsgid "May"\nmsgstr "май"\n',
        '#, fuzzy\nmsgid "unsure"\nmsgstr "неточно"\n',
        'msgid "none"\nmsgstr "нет"\n',
    ]
    (folder / "one.po").write_text("\n".join([HEAD, *entries]), encoding="utf-8")
    monkeypatch.setattr(catalogues, "_folders", [tmp_path])
    with using(language="ru"):
        yield folder


def test_english_is_what_the_code_says():
    assert _("It is {x:,.1f} for {names}.", x=-1234.5, names=["a", "b", "c"]) == "It is −1,234.5 for a, b and c."
    assert _("braces {stay}") == "braces {stay}"
    assert ngettext("{n} pair", "{n} pairs", 1) == "1 pair"
    assert (ngettext("{n:,} pair", "{n:,} pairs", 1200), pgettext("month", "May")) == ("1,200 pairs", "May")
    assert _("text").language == "en"


def test_a_blank_stays_blank(known):
    assert _("") == ""


def test_a_message_is_translated_with_marks_of_the_language(known):
    said = _("It is {x:.2f} for {names}.", x=-1234.5, names=["a", "b", "c"])
    assert (said, said.language) == ("a, b и c: −1234,50.", "ru")
    assert said._repr_markdown_() == said
    assert (pgettext("month", "May"), _("May")) == ("май", "May")


@pytest.mark.parametrize(
    ("number", "said"),
    [
        (0, "0 пар"),
        (1, "1 пара"),
        (3, "3 пары"),
        (5, "5 пар"),
        (11, "11 пар"),
        (12, "12 пар"),
        (21, "21 пара"),
        (22, "22 пары"),
    ],
)
def test_a_noun_takes_the_form_of_its_number(known, number, said):
    assert ngettext("{n} pair", "{n} pairs", number) == said


def test_what_is_missing_or_unsure_is_english_and_says_so(known):
    for message in ("something else", "unsure"):
        said = _(message)
        assert (said, said.language) == (message, "en")
        assert said._repr_markdown_() == f'<span lang="en">{message}</span>'
    assert ngettext("{n} state", "{n} states", 2) == "2 states"


@pytest.mark.parametrize("text", ["{names}: {x:.2q}", "{names}: {y:.2f}", "{names}: {x"])
def test_a_translation_that_does_not_fit_is_named(known, text):
    path = next(known.rglob("*.po"))
    path.write_text(path.read_text().replace("{names}: {x:.2f}.", text), encoding="utf-8")
    with using(language="ru"), pytest.raises(DataError, match="^ru: .* does not have the fields of 'It is {x:.2f} for"):
        _("It is {x:.2f} for {names}.", x=1.5, names=["a"])


def test_composed_text_is_in_the_language_of_the_reader(known):
    assert MarkdownText("а и б")._repr_markdown_() == "а и б"
    assert MarkdownText("a and b", "en")._repr_markdown_() == '<span lang="en">a and b</span>'


def test_the_first_catalogue_counts(known):
    other = known.parents[1] / "ru" / "LC_MESSAGES" / "two.po"
    other.write_text(HEAD + '\nmsgid "none"\nmsgstr "ничего"\n\nmsgid "more"\nmsgstr "ещё"\n', encoding="utf-8")
    catalogues._joined.cache_clear()
    assert (_("none"), _("more")) == ("нет", "ещё")


def test_lists_numbers_and_dates_follow_the_language():
    assert (join_list([]), join_list(["a"]), join_list(["a", "b"], "or")) == ("none", "a", "a or b")
    assert (format_number(53130.25, ",.1f"), percent(0.123, 1), span(-1, 2, "+d")) == (
        "53,130.2",
        "12.3\u00a0%",
        "−1 to +2",
    )
    assert [format_number(number, "+.1f") for number in (-0.04, 0.04, -0.06)] == ["0.0", "0.0", "−0.1"]
    assert (date_words("2020"), date_words("2020-03"), date_words("2020-03-06")) == (
        "2020",
        "March 2020",
        "6 March 2020",
    )
    assert (ordinal_span(2, 2), ordinal_span(2, 5)) == ("2nd", "2nd to 5th")
    assert (years_between(2020, 2020), years_between(2018, 2020), ordinal(22)) == (
        "in 2020",
        "from 2018 to 2020",
        "22nd",
    )
    with using(language="ru"):
        assert (join_list(["a", "b", "c"]), join_list(["a", "b"], "or")) == ("a, b и c", "a или b")
        assert (format_number(53130.25, ",.1f"), percent(0.5)) == ("53\u00a0130,2", "50\u00a0%")
        assert (date_words("2020-03"), date_words("2020-03-06")) == ("март 2020\u202fг.", "6 марта 2020\u202fг.")
        assert (ordinal(2), ordinal_span(2, 2), ordinal_span(2, 5)) == ("2‑е", "2‑е", "2–5‑е")
    with using(language="kk"):
        assert date_words("2020-03-06") == "2020\u202fж. 6 наурыз"
        assert (ordinal(2), ordinal_span(2, 5)) == ("2‑", "2–5‑")


def test_dates_in_a_text_are_put_into_words_and_nothing_else():
    text = "On 2019-12-25, in 2020-03; https://a.org/2019-12-24, doi 10.1/a-2020-11-12, 2019-02-31."
    assert dates_in_words(text) == text.replace("2019-12-25", "25 December 2019").replace("2020-03", "March 2020")
    years = "Programme for 2025-2027, 1998-0012; https://a.org/2014-2020, concept-2014-2020, ISSN 1726-5479"
    assert dates_in_words(years) == years.replace("2025-2027", "2025–2027")
    with using(language="ru"):
        assert dates_in_words("Подписано 2019-12-25.") == "Подписано 25 декабря 2019\u202fг."


@pytest.mark.parametrize(
    ("language", "days", "dates", "years"),
    [
        ("en", "13 to 14 June 2013", "13 June to 2 July 2013", "31 December 2013 to 1 January 2014"),
        (
            "ru", "13–14 июня 2013\u202fг.", "13 июня – 2 июля 2013\u202fг.",
            "31 декабря 2013\u202fг. – 1 января 2014\u202fг.",
        ),
        (
            "kk", "2013\u202fж. 13–14 маусым", "2013\u202fж. 13 маусым – 2 шілде",
            "2013\u202fж. 31 желтоқсан – 2014\u202fж. 1 қаңтар",
        ),
    ],
)  # fmt: skip
def test_two_dates_say_once_what_both_share(language, days, dates, years):
    with using(language=language):
        assert dates_in_words(date_span("2013-06-13", "2013-06-14")) == days
        assert dates_in_words(date_span("2013-06-13", "2013-07-02")) == dates
        assert dates_in_words(date_span("2013-12-31", "2014-01-01")) == years
        for whole in (("2013-06", "2013-07"), ("2013-06", "2013-07-02")):
            assert dates_in_words(date_span(*whole)) == date_span(*map(date_words, whole))
        assert dates_in_words(date_span("2013-06-13", "2013-07-02") + ".") == dates.removesuffix(".") + "."


def test_each_of_two_dates_is_marked_as_its_own():
    marked = dates_in_words("2013-06-13 to 2013-07-02", lambda date, words: f"[{date}: {words}]")
    assert marked == "[2013-06-13: 13 June] to [2013-07-02: 2 July 2013]"
    assert dates_in_words("2013-06-31 to 2013-07-02") == "2013-06-31 to 2 July 2013"
    assert dates_in_words("2013-06-13 to 2013-09-31") == "13 June 2013 to 2013-09-31"
    assert dates_in_words("2013-06-13 to 2013-07-31") == "13 June to 31 July 2013"
    assert dates_in_words("2013-06-13 to 2013-06-13") == "13 June 2013"


def test_an_abbreviation_ends_a_sentence_with_its_own_stop():
    """Whether it comes from a message, a date or a name."""
    with using(language="ru"):
        years = years_between(2018, 2020)
        assert years.endswith("г.")
        assert _("It was {years}.", years=years) == "It was с 2018 по 2020 г."
        assert sentence(years) == years
        assert dates_in_words("2019-12-25. Затем") == "25 декабря 2019\u202fг. Затем"
    assert (sentence("in 2020"), sentence(sentence("in 2020"))) == ("in 2020.", "in 2020.")
    assert _("{text}…", text="a.") == "a.…" and _("{text}...", text="a") == "a..."


@pytest.mark.parametrize(
    ("language", "names"),
    [
        ("en", ["Chile", "Türkiye", "Turkmenistan", "Ukraine"]),
        ("ru", ["USA", "Ежово", "Ёлкино", "Ельня", "Жуков"]),
        ("kk", ["Армения", "Әзербайжан", "Германия", "Ғана", "Корея", "Қазақстан", "Өзбекстан", "Польша", "Үндістан"]),
    ],
)
def test_names_stand_in_the_order_of_the_alphabet(language, names):
    with using(language=language):
        shuffled = names[1:] + names[:1]
        assert sorted(shuffled, key=sort_key) == names
    assert sorted(names) != names, "by code point they would not"


def test_what_belongs_to_a_number_stays_on_its_line():
    assert unbroken("https://a.org/до-15-дней") == "https://a.org/до-15-дней"
    assert unbroken("АҚШ-тың ЕАЭО-ға, Орта-Азия, кто-то") == "АҚШ\u2011тың ЕАЭО\u2011ға, Орта-Азия, кто-то"
    assert unbroken("в 2018–2025 гг. – 8 %-ға, 2-орын, n = 5, a-b 2-3") == (
        "в 2018–2025\u00a0гг. – 8\u00a0%\u2011ға, 2\u2011орын, n\u00a0=\u00a05, a-b 2-3"
    )
    assert unbroken("2 млн, 5 раз, 5 разных, 9 ішінен 7") == "2\u00a0млн, 5\u00a0раз, 5 разных, 9 ішінен\u00a07"
    assert unbroken("№ 741 жарлық, 95 пайыздық аралық") == "№\u00a0741 жарлық, 95\u00a0пайыздық аралық"
    assert unbroken("линия 458 км, n − 1; дом — открыто — 6 из 19") == (
        "линия 458\u00a0км, n\u00a0−\u00a01; дом — открыто\u00a0—\u00a06 из\u00a019"
    )


def test_an_unknown_language_is_refused_with_those_there_are(monkeypatch):
    monkeypatch.setenv("CENTRALASIA_LANGUAGE", "rus")
    with pytest.raises(DataError, match=r"there is no language 'rus'; did you mean 'ru'\? allowed: en, kk, ru"):
        _("text")
    with using(language="kk"):
        assert language() == "kk"
    assert languages() == ["en", "kk", "ru"]


def test_a_language_that_is_none_ends_the_command(centralasia):
    done = centralasia("run", "01_priority_hierarchy", "--language", "ruu")
    assert done.returncode == 2
    assert done.stderr == "centralasia: there is no language 'ruu'; did you mean 'ru'? allowed: en, kk, ru\n"


def test_catalogues_of_a_language_agree(root):
    """No message has one translation in one catalogue and another in the next."""
    from babel.messages.pofile import read_po

    for name in ("ru", "kk"):
        known: dict = {}
        for path in sorted((root / "locale" / name / "LC_MESSAGES").glob("*.po")):
            with path.open(encoding="utf-8") as file:
                for message in read_po(file, locale=name):
                    if message.id and any(message.string):
                        said = known.setdefault((message.context, json.dumps(message.id)), (message.string, path.name))
                        assert said[0] == message.string, (path.name, said[1], message.id)
