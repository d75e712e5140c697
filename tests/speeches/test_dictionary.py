import pytest

from centralasia import DataError, using
from centralasia.speeches import Dictionary, partners_of, speaks_of_region, themes_of
from datacontract import contract

# Sentences of our own, with the themes that a reader of the coding frame would give them.
SENTENCES = {
    "We are laying rails and roads to a seaport, and landlocked developing countries gain.": ["TRN"],
    "Customs tariffs fell and our exports grew, thanks to the World Trade Organization.": ["TRD"],
    "Foreign investors come where the business climate is good.": ["INV"],
    "A gas pipeline and solar power give electricity.": ["ENE"],
    "E-government and artificial intelligence change how offices work.": ["DIG"],
    "Upstream reservoirs let less water into the rivers.": ["WAT"],
    "Glaciers melt as the climate changes, and the Aral Sea dries.": ["ENV"],
    "Terrorists and drug traffickers arm themselves.": ["SEC"],
    "The two sides agreed on the delimitation of the State border.": ["BOR"],
    "Students, museums and young people bring cultures closer.": ["CUL"],
    "Vaccines ended the pandemic.": ["HEA"],
    "The Afghan people must decide on their own future.": ["AFG"],
    "The Consultative Meeting of the Heads of State of Central Asia has met twice.": ["REG"],
    "Our bilateral relations with our neighbours rest on trust and dialogue.": ["POL"],
    "I congratulate the President on his election.": [],
    "The United Nations keeps international peace and security through its Security Council.": [],
    "A healthy investment climate is what we want.": ["INV", "HEA"],
    "By its nature the question is a political one.": [],
    "A culture of peace is a common wish.": [],
    "The political climate has changed since the cold war.": [],
}


@pytest.mark.parametrize(("sentence", "themes"), SENTENCES.items())
def test_themes_of_a_sentence(sentence, themes):
    assert themes_of(sentence) == themes


@pytest.mark.parametrize(
    ("sentence", "actors"),
    [
        ("The Russian Federation and the Russians, and Moscow too, agreed.", ["RUS"]),
        ("We met in Moscow.", []),
        ("Turkey and Türkiye are one, a turkey is a bird.", ["TUR"]),
        ("The United States of America, the U.S. and the American people.", ["USA"]),
        ("Latin American and South American States.", []),
        ("Georgia and the Georgian coast, not South Georgia.", ["GEO"]),
        ("South Georgia alone.", []),
        ("The river Jordan is no state, Jordan is.", ["JOR"]),
        ("Nigeria and the Nigerian army.", ["NGA"]),
        ("Niger, not the Niger Delta.", ["NER"]),
        ("Equatorial Guinea, Guinea-Bissau and Papua New Guinea.", ["GNB", "GNQ", "PNG"]),
        ("The Democratic People’s Republic of Korea.", ["PRK"]),
        ("The Republic of Korea and South Koreans.", ["KOR"]),
        ("The Democratic Republic of the Congo.", ["COD"]),
        ("The Republic of the Congo.", ["COG"]),
        ("The Paris Agreement and the Beijing Platform for Action.", []),
        ("Afghans, Kyrgyz, Tajiks, Turkmens, Uzbeks and Kazakhs.", ["KAZ", "KGZ", "TJK", "TKM", "UZB", "AFG"]),
        ("Central Asia, the C5+ formats and the Central Asian States.", ["C5"]),
        ("The Dominican Republic is not Dominica.", ["DMA", "DOM"]),
        ("The Polish delegation will polish the text.", ["POL"]),
        ("Shanghai Cooperation Organization, NATO and the OSCE.", ["OSCE", "SCO", "NATO"]),
    ],
)
def test_actors_of_a_sentence(sentence, actors):
    assert sorted(partners_of(sentence)) == sorted(actors)


def test_codes_come_in_the_order_of_their_tables():
    assert themes_of("Health, water, roads.") == ["TRN", "WAT", "HEA"]
    assert partners_of("Iran and China.") == sorted(["IRN", "CHN"], key=contract.distinct("actors.actor").index)


@pytest.mark.parametrize(
    ("sentence", "state", "regional"),
    [
        ("Central Asia grows.", None, True),
        ("Aid for the Aral Sea.", "AZE", True),
        ("Our region grows.", None, False),
        ("Our region grows.", "KAZ", True),
        ("Our region grows.", "AZE", False),
        ("We met the Uzbek minister.", "KGZ", True),
        ("We met the Uzbek minister.", "UZB", False),
        ("Every region of the world grows.", "KAZ", False),
        ("The region of the Middle East burns.", "KAZ", False),
    ],
)
def test_what_speaks_of_the_region(sentence, state, regional):
    assert speaks_of_region(sentence, state) is regional


def labels(sentence, *patterns):
    return Dictionary([("A", p.removeprefix("not "), p.startswith("not ")) for p in patterns]).labels(sentence)


@pytest.mark.parametrize(
    ("pattern", "found", "passed"),
    [
        ("road", ["A Road here.", "road,"], ["roads", "broad", "railroad"]),
        ("road*", ["roads", "roadside"], ["broad"]),
        ("*covid*", ["ofCOVID-19", "covid"], ["cov id"]),
        ("Turkey", ["Turkey's"], ["turkey", "TURKEY"]),
        ("Silk road", ["Silk Road", "Silk road"], ["silk road"]),
        ("anti-terror*", ["antiterrorist", "anti terror", "anti- terrorism"], ["terror"]),
        ("good neighbour*", ["good, “neighbourly”", "good-neighbourly"], ["goodneighbour"]),
        ("treaty … border", ["treaty on the border", "treaty border", "treaty a b c d e f g h border"], ["treaty a b c d e f g h i border"]),
        ("C5+*", ["“C5+”", "C5+1"], ["C5", "c5+"]),
        ("U.S.", ["the U.S. side"], ["us", "U S"]),
    ],
)  # fmt: skip
def test_the_language_of_patterns(pattern, found, passed):
    assert [s for s in found if labels(s, pattern) != {"A"}] == []
    assert [s for s in passed if labels(s, pattern)] == []


def test_an_ignored_pattern_hides_those_that_begin_in_it():
    patterns = ["climate", "not investment climate", "not climate of"]
    assert labels("the investment climate", *patterns) == set()
    assert labels("a climate of trust", *patterns) == set()
    assert labels("the investment climate and the climate", *patterns) == {"A"}
    assert Dictionary([("A", "climate", False), ("B", "climate of", True)]).labels("climate of") == {"A"}


@pytest.mark.parametrize("pattern", ["", "…", "… road", "road …", "+"])
def test_a_pattern_without_words_is_refused(pattern):
    with pytest.raises(DataError, match="allowed: words"):
        labels("x", pattern)


@pytest.mark.slow
def test_a_new_row_counts_at_once(edit):
    assert themes_of("Falconry unites us.") == []
    with using(
        edit("theme_terms.csv", "CUL,cultur*,names,,UNGDC\n", "CUL,cultur*,names,,UNGDC\nCUL,falconr*,names,,UNGDC\n")
    ):
        assert themes_of("Falconry unites us.") == ["CUL"]


def test_every_pattern_of_the_tables_can_be_found():
    """A pattern that hides others aside, what it says in words is found as its own code."""
    lost = []
    for table, code, find in (("theme_terms", "theme", themes_of), ("partner_terms", "actor", partners_of)):
        for row in contract.rows(table):
            said = row["pattern"].replace("*", "").replace(" … ", " of the ")
            if row["use"] == "names" and row[code] not in find(f"So {said} it is."):
                lost.append((row[code], row["pattern"]))
    assert lost == []
