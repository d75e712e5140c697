"""Sentences on votes in the UN General Assembly."""

import math

from centralasia.names import short_name
from centralasia.regions import pair_name
from centralasia.votes import alignment, cohesion
from centralasia.votes import measures as votes
from centralasia.votes.marks import measure_name, status_words, years
from datacontract.labels import localized, translate
from datacontract.words import MarkdownText, join_list, pluralize

__all__ = [
    "votes_absent",
    "votes_among_sets",
    "votes_answer",
    "votes_ideal",
    "votes_marked",
    "votes_pairs",
    "votes_partners",
    "votes_united",
]

WINDOW = 5  # years at each end that sentences compare
GAP = 0.05  # a larger difference in shares of yes is called selection


@localized
def votes_answer(region, measure, absence, first_year, last_year):
    """Whether a region votes as one: its mean in the last comparable year, its rank among sets, and how it changed."""
    frame = cohesion.among_sets(region, measure, absence, first_year, last_year)
    name, firm = short_name(region), frame[frame["status"] == votes.OK]
    if firm.empty:
        return translate("votes.none", name=name)
    last = firm.iloc[-1]
    spread = translate("votes.spread", low=last["low"], high=last["high"]) if last["pairs"] > 1 else ""
    told = {"measure": translate(f"measure.{measure}"), "absence": translate(f"absence.{absence}")}
    told |= {"place": _place(last), "trend": _trend(firm), "spread": spread}
    return translate("votes.answer", name=name, year=last["year"], pairs=last["pairs"], value=last["value"], **told)


def _trend(firm):
    """``From the first … comparable years to the last the mean rose from 0.91 to 0.97.``"""
    if len(firm) < 2 * WINDOW:
        return translate("votes.few_years", years=2 * WINDOW)
    ends = {"before": firm.iloc[:WINDOW], "after": firm.iloc[-WINDOW:]}
    mean = {end: part["value"].mean() for end, part in ends.items()}
    if f"{mean['before']:.2f}" == f"{mean['after']:.2f}":
        moved = translate("votes.stayed", after=mean["after"])
    else:
        moved = translate("votes.rose" if mean["after"] > mean["before"] else "votes.fell", **mean)
    spans = {end: years(part["year"]) for end, part in ends.items()}
    return translate("votes.trend", window=WINDOW, moved=moved, **spans)


def _place(row):
    if math.isnan(row["percentile"]):
        return translate("votes.beside_none")
    share = math.floor(10 * max(row["percentile"], 100 - row["percentile"])) / 10
    side = "votes.more" if row["percentile"] >= 50 else "votes.less"
    return translate(side, share=share, sets=row["sets"], size=row["size"])


def votes_among_sets(region, measure, absence, first_year, last_year):
    """Between which percentiles of all sets of its size a region stood over the comparable years."""
    frame = cohesion.among_sets(region, measure, absence, first_year, last_year)
    firm = frame[(frame["status"] == votes.OK) & frame["percentile"].notna()]
    if firm.empty:
        return MarkdownText("In no comparable year can the region be compared with other sets.")
    low, high = firm.loc[firm["percentile"].idxmin()], firm.loc[firm["percentile"].idxmax()]
    if len(firm) == 1:
        where = f"at percentile {low['percentile']:.1f}"
    else:
        where = (
            f"between percentile {low['percentile']:.1f} ({low['year']}) and "
            f"{math.floor(high['percentile'] * 10) / 10:.1f} ({high['year']})"
        )
    above = int((firm["value"] > firm["set_high"]).sum())
    first, last = firm.iloc[0], firm.iloc[-1]
    moved = f"was at {first['set_median']:.2f} in {first['year']}"
    if len(firm) > 1:
        moved += f" and at {last['set_median']:.2f} in {last['year']}"
    return MarkdownText(
        f"Over {pluralize(len(firm), 'comparable year')} the region stood {where} of all sets of its size, in "
        f"{_all(above, len(firm))} of them above the band that holds the middle 90 %. The median set itself {moved}."
    )


def _all(number, of):
    return "none" if not number else "all" if number == of else number


def votes_united(region, first_year, last_year, seed):
    """How often a counted group did not split, and how its agreement index changed."""
    name = short_name(region)
    if region not in cohesion.groups():
        counted = join_list(short_name(group) for group in cohesion.groups())
        return MarkdownText(
            f"{name}: not one of the groups whose splits were counted ({counted}), so it has no agreement index."
        )
    frame = cohesion.group_years(region, first_year, last_year, seed)
    firm = frame[frame["status"] == votes.OK]
    if firm.empty:
        return MarkdownText(f"{name}: no comparable year with enough votes for an agreement index.")
    # A first year in which few members voted would be compared with a last one in which all did.
    every = cohesion.region_years(region, "agreement", "left_out", first_year, last_year)
    whole = firm[firm["year"].isin(every.loc[every["status"] == votes.OK, "year"])]
    last = firm.iloc[-1]
    text = (
        f"{name}: of {pluralize(last['n'], 'roll call')} of {last['year']} in which two or more members voted, "
        f"{100 * last['united']:.0f} % found no split among those who voted; the agreement index was {_index(last)}"
    )
    if len(whole) > 1:
        first = whole.iloc[0]
        text += f", after {_index(first)} in {first['year']}, the first year in which all pairs can be compared"
    text += ". "
    return MarkdownText(
        f"{text}One voice it is not as long as any split remains." if last["united"] < 1 else text.strip()
    )


def _index(row):
    return f"{row['value']:.2f} ({row['low']:.2f} to {row['high']:.2f})"


def votes_pairs(region, measure, absence, first_year, last_year, seed):
    """The closest and the farthest pair in the last comparable year, with intervals and numbers of votes."""
    rows = cohesion.region_pairs(region, measure, absence, first_year, last_year)
    firm = rows[rows["status"] == votes.OK]
    if firm.empty:
        return MarkdownText("No pair has a comparable year with enough votes.")
    year = int(firm["year"].max())
    pairs = list(firm.loc[firm["year"] == year, "pair"])
    last = votes.pair_intervals(pairs, measure, absence, year, year, seed).sort_values("value")
    low, high = last.iloc[0], last.iloc[-1]
    text = f"In {year} {pair_name(low['pair'])} agreed least: {_interval(low)}"
    if len(last) == 1:
        return MarkdownText(f"In {year} the one pair that can be told, {pair_name(low['pair'])}, had {_interval(low)}.")
    apart = (
        "One of the intervals is unknown, so their order is not certain"
        if math.isnan(low["high"]) or math.isnan(high["low"])
        else "The two intervals do not overlap"
        if low["high"] < high["low"]
        else "The two intervals overlap, so their order is not certain"
    )
    return MarkdownText(f"{text}; {pair_name(high['pair'])} most: {_interval(high)}. {apart}.")


def _interval(row):
    span = "interval unknown" if math.isnan(row["low"]) else f"{row['low']:.2f} to {row['high']:.2f}"
    return f"{row['value']:.2f} ({span}, n = {row['n']})"


def votes_partners(state, region, partners, measure, absence, first_year, last_year):
    """A state's agreement with each partner against that with the region, over the years in which both can be told."""
    beside = alignment.beside_region(state, region, partners, measure, absence, first_year, last_year)
    name = short_name(state)
    if beside.empty:
        return MarkdownText(f"There is no year in which {name} can be compared with a partner and with the region.")
    order = beside.sort_values("partner", ascending=False)
    if order["years"].nunique() == 1:
        each = [f"{short_name(code)} {row['partner']:.2f}" for code, row in order.iterrows()]
        years_of, rest = pluralize(int(order["years"].iloc[0]), "year"), order["region"].iloc[0]
        home = f"over {years_of}, with the other members of the region {rest:.2f}; "
    else:
        each = [
            f"{short_name(code)} {row['partner']:.2f} (the other members of the region {row['region']:.2f}, over "
            f"{pluralize(int(row['years']), 'year')})"
            for code, row in order.iterrows()
        ]
        home = ""
    text = f"Mean {measure_name(measure)} of **{name}**: {home}with {join_list(each)}. "
    above = order[order["above"] > 0]
    if above.empty:
        text += f"In no such year did {name} vote more like any of these partners than like the region."
    else:
        each = [f"{short_name(c)} in {int(r['above'])} of {int(r['years'])}" for c, r in above.iterrows()]
        text += f"In single years {name} voted more like a partner than like the region: {join_list(each)}."
    return MarkdownText(text + _group_members(state, order.index, last_year))


def _group_members(state, partners, year):
    """Which states a group among the partners stands for."""
    known = votes.voters()
    groups = {p: alignment.counterparts(state, p, year) for p in partners if p not in known}
    parts = [f"{short_name(p)} stands for {join_list(short_name(m) for m in m_s)}" for p, m_s in groups.items()]
    return f" {'; '.join(parts)}." if parts else ""


def votes_absent(region, measure, first_year, last_year):
    """Who stays away most, from which kind of votes, and what counting absence does to the mean of the region."""
    chosen = alignment.absence_selection(region, first_year, last_year)
    away = alignment.region_absences(region, first_year, last_year)
    firm = away[away["status"] == votes.OK]
    if firm.empty:
        return MarkdownText("No member has a comparable year with votes.")
    totals = firm.groupby("state")[["absent", "n"]].sum()
    share = (100 * totals["absent"] / totals["n"]).sort_values()
    most, least = share.index[-1], share.index[0]
    text = f"Over the comparable years **{short_name(most)}** stayed away from {share[most]:.0f} % of the roll calls"
    text += f", {short_name(least)}, the most present, from {share[least]:.0f} %. " if most != least else ". "
    row = chosen.loc[most]
    if row["voted"] and row["absent"]:
        pick = (
            "so its agreement on shared votes rests on the less contested texts"
            if row["yes_voted"] - row["yes_absent"] > GAP
            else "which does not show that it stays away from contested votes"
        )
        text += (
            f"Where it voted, {100 * row['yes_voted']:.0f} % of the other members' votes were yes; where it stayed "
            f"away, {100 * row['yes_absent']:.0f} %, {pick}. "
        )
    values = [cohesion.region_years(region, measure, a, first_year, last_year) for a in votes.ABSENCE]
    out, counted = (frame[frame["status"] == votes.OK].set_index("year")["value"] for frame in values)
    both = out.index.intersection(counted.index)
    if len(both):
        year = both.max()
        text += (
            f"The mean {measure_name(measure)} of {year} is {out[year]:.2f} with absence left out and "
            f"{counted[year]:.2f} with it counted."
        )
    return MarkdownText(text.strip())


def votes_ideal(region, first_year, last_year):
    """How far the ideal points of a region's members lie apart, first, last and at most."""
    spread = alignment.ideal_spread(region, first_year, last_year)
    if spread.empty:
        return MarkdownText("There is no year in which every member has an ideal point from enough votes.")
    first, last, widest = spread.iloc[0], spread.iloc[-1], spread.loc[spread["spread"].idxmax()]
    bands = "overlap, so that they differ is not certain" if last["outermost_overlap"] else "do not overlap"
    text = f"{short_name(region)}: in {last['year']} the ideal points span {last['spread']:.2f}"
    if len(spread) > 1:
        text += f", in {first['year']} {first['spread']:.2f}, at most {widest['spread']:.2f} ({widest['year']})"
    return MarkdownText(f"{text}. The 90 % bands of the two outermost members of {last['year']} {bands}.")


def votes_marked(region, measure, absence, first_year, last_year):
    """Which years of a region are marked, and why, with the notes on years."""
    frame = cohesion.region_years(region, measure, absence, first_year, last_year)
    found = votes.period(first_year, last_year)
    marked = status_words(frame) or "Every year is comparable, with enough votes of every pair."
    notes = [f"{year}: {note}" for year, note in found["note"].dropna().items()]
    return MarkdownText(f"{marked}{' On the years: ' + '; '.join(notes) + '.' if notes else ''}")
