"""Sentences on votes in the General Assembly of the United Nations: the region, when it changed, and pairs of it."""

from functools import reduce

import pandas as pd

from centralasia import sensitivity
from centralasia.names import short_name
from centralasia.regions import pair_name, states_of
from centralasia.votes import alignment, cohesion, measures, pairs, periods, words
from centralasia.votes.measures import Choice, voting_years
from centralasia.votes.words import certain_sign, interval_words, two
from datacontract.words import MarkdownText, join_list, pluralize

__all__ = [
    "answer", "break_summary", "change_summary", "course_summary", "marked_years", "pair_summary", "pairs_summary",
]  # fmt: skip


def answer(region: str, choice: Choice, seed: int = 1) -> MarkdownText:
    """Whether a region votes more alike than it did, also beyond chance, and whether that is its own."""
    name, frame = short_name(region), periods.region_periods(region, choice, seed)
    if frame.empty:
        return MarkdownText(f"**{name}**: there is no comparable year in which two members voted.")
    first, last, measure = frame.iloc[0], frame.iloc[-1], words.measure_name(choice.measure)
    rows, base = frame.set_index("period"), str(pairs.base_period(region, choice, seed))
    text = f"**{name}**: {measure} among its members was {two(last['value'])} in {last['period']}."
    if shift := pairs.level_shift(region, choice, seed):
        moved = "more" if shift.after > shift.before else "less"
        text = (
            f"**{name}** has voted {moved} alike since {shift.year}: {measure} was {two(first['value'])} in "
            f"{first['period']} and {two(rows.loc[base, 'value'])} in {base}."
        )
        if base != last["period"]:
            row = _change(region, choice, seed, base, last["period"])
            since = {1: "It has risen since", -1: "It has fallen since"}.get(certain_sign(row["low"], row["high"]))
            text += f" {since or 'Since then no change is certain'} ({two(last['value'])} in {last['period']})."
    elif len(frame) > 1:
        text = (
            f"**{name}**: {measure} among its members was {two(first['value'])} in {first['period']} and "
            f"{two(last['value'])} in {last['period']}; when and whether it moved is not certain."
        )
    return MarkdownText(f"{text} {_corrected(region, choice, seed, rows['alpha'], base)}{_own(region, choice)}")


def _corrected(region: str, choice: Choice, seed: int, alpha: pd.Series, base: str) -> str:
    """``Corrected for chance it went up and down: Krippendorff's alpha was 0.72 in …, 0.53 in … and 0.69 in ….``"""
    if alpha.isna().all():
        return "Its agreement corrected for chance is not known."
    chosen = sorted({alpha.index[0], base, alpha[base:].idxmin(), alpha.index[-1]})
    levels = join_list(f"{two(alpha[period])} in {period}" for period in chosen)
    if len(alpha) < 2:
        return f"Corrected for chance (Krippendorff's alpha), it was {levels}."
    course = words.course(periods.period_changes(region, choice, seed))
    return f"Corrected for chance, {course}: Krippendorff's alpha was {levels}."


def _own(region: str, choice: Choice) -> str:
    """``This is not peculiar to the region: its members agree with Azerbaijan as much as with each other.``"""
    known = alignment.other_states(region, choice).dropna(subset="value")
    if known.empty:
        return ""
    closest = known.iloc[0]
    who, each = (two(closest[column]) for column in ("value", "within"))
    who, than = f"{short_name(closest['state'])} ({who})", words.beside(*closest[["gap", "low", "high"]])
    if than == "less than":
        return (
            f" With every other state here its members agree less than with each other ({each}); the closest is {who}."
        )
    return f" This is not peculiar to the region: its members agree with {who} {than} with each other ({each})."


def _change(region: str, choice: Choice, seed: int, before: str, after: str, repeated: bool = False) -> pd.Series:
    rows = periods.period_changes(region, choice, seed, repeated).set_index(["before", "after"])
    return rows.loc[(before, after)]


def break_summary(region: str, choice: Choice, seed: int = 1) -> MarkdownText:
    """When the yearly mean of a region moved to another level, how sure that is, and what it did since."""
    broke, base = periods.break_year(region, choice, seed), str(pairs.base_period(region, choice, seed))
    if broke is None:
        return MarkdownText(f"{short_name(region)} has too few comparable years to date a change.")
    text = (
        f"One step describes the yearly values best: in {broke.year}{interval_words(broke.low, broke.high, '.0f')}, "
        f"from a mean of {two(broke.before)} to {two(broke.after)}."
    )
    if broke.with_doubtful != broke.year:
        text += f" With the years of few votes or missing pairs it would be in {broke.with_doubtful}."
    last = str(periods.region_spans(region, choice)[-1])
    if base == last:
        return MarkdownText(text)
    row = _change(region, choice, seed, base, last)
    return MarkdownText(
        f"{text} From {base} to {last} {words.measure_name(choice.measure)} changed by {words.signed(row['value'])}"
        f"{interval_words(row['low'], row['high'])} and alpha by {words.signed(row['alpha'])}"
        f"{interval_words(row['alpha_low'], row['alpha_high'])}."
    )


def course_summary(region: str, choice: Choice, seed: int = 1) -> MarkdownText:
    """From which period to the next alpha surely moved, what repeated texts would change, and the habit of yes."""
    frame = periods.region_periods(region, choice, seed)
    if len(frame) < 2:
        return MarkdownText(f"{short_name(region)} has too few periods to compare.")
    moves, firm = [], 0
    for step in zip(frame["period"], frame["period"].iloc[1:], strict=False):
        row, wide = (_change(region, choice, seed, *step, repeated) for repeated in (False, True))
        if sign := certain_sign(row["alpha_low"], row["alpha_high"]):
            ends = interval_words(*sorted((abs(row["alpha_low"]), abs(row["alpha_high"]))))
            by = f"{two(abs(row['alpha']))}{ends}"
            moves.append(f"{'rose' if sign > 0 else 'fell'} by {by} from {step[0]} to {step[1]}")
            firm += certain_sign(wide["alpha_low"], wide["alpha_high"]) != 0
    text = f"Alpha {join_list(moves)}." if moves else "From no period to the next did alpha move for certain."
    if firm < len(moves):
        kept = f"only {firm} of these {len(moves)} moves" if firm else "none of these moves"
        text += f" Many texts come back every year: if a period had only those of one year, {kept} would be certain."
        if pairs.level_shift(region, choice, seed):
            base = str(pairs.base_period(region, choice, seed))
            wide = _change(region, choice, seed, frame["period"].iloc[0], base, repeated=True)
            still = "still would" if certain_sign(wide["low"], wide["high"]) else "would not be, either"
            text = f"{text[:-1]}; the change of agreement from {frame['period'].iloc[0]} to {base} {still}."
    first, last = frame.iloc[0], frame.iloc[-1]
    return MarkdownText(
        f"{text} The share of yes among the votes of the members was {100 * first['yes']:.0f} % in {first['period']} "
        f"and {100 * last['yes']:.0f} % in {last['period']}: a habit of yes lifts agreement, but not alpha."
    )


def pairs_summary(region: str, choice: Choice, seed: int = 1) -> MarkdownText:
    """Which pairs surely came closer and which moved apart, and why they are not ranked."""
    from scipy import stats  # only here, since it costs more than all else

    rows, base = pairs.pair_changes(region, choice, seed), pairs.base_period(region, choice, seed)
    spans, measure = periods.region_spans(region, choice), words.measure_name(choice.measure)
    if base is None or base == spans[-1]:
        return MarkdownText("There is no earlier period to compare the pairs with.")
    rows["sign"] = [certain_sign(row.change_low, row.change_high) for row in rows.itertuples()]
    parts = []
    for sign, moved in ((1, "rose"), (-1, "fell")):
        own = rows[rows["sign"] == sign]
        if len(own):
            each = (f"{pair_name(row.pair)} ({words.signed(row.change)})" for row in own.itertuples())
            parts.append(f"{moved} in {join_list(each)}")
    text = f"From {base} to {spans[-1]} {measure} {' and '.join(parts) or 'moved for certain in no pair'}"
    if rest := int((rows["sign"] == 0).sum()) if parts else 0:
        text += f"; in the other {pluralize(rest, 'pair')} it may not have moved"
    risen = [set(states_of(pair)) for pair in rows.loc[rows["sign"] > 0, "pair"]]
    if len(risen) > 1 and (shared := reduce(set.intersection, risen)):
        text += f". All that rose are pairs of {join_list(map(short_name, shared))}"
    if rows["alpha"].count() > 2:
        order = stats.spearmanr(rows["after"], rows["alpha"], nan_policy="omit").statistic
        text += f". By alpha the pairs come in {'another' if order < 0.5 else 'much the same'} order"
        text += f" (rank correlation {two(order)})"
    return MarkdownText(
        f"{text}. The pairs rest on different votes ({rows['n'].min()} to {rows['n'].max()}) and are not to be ranked; "
        f"of {pluralize(len(rows), 'such interval')}, one may mislead by chance."
    )


def pair_summary(pair: str, first_year: int, last_year: int, seed: int = 1) -> MarkdownText:
    """How alike a pair votes in the last period, also beyond chance, and in the first."""
    rows = pairs.pair_periods((pair,), Choice("agreement", "left_out", first_year, last_year), seed)
    rows, name = rows[rows["n"] >= measures.FEW], pair_name(pair, " and ")
    if rows.empty:
        return MarkdownText(f"In no period did {name} both cast {measures.FEW} votes or more in the General Assembly.")
    first, last = rows.iloc[0], rows.iloc[-1]
    text = (
        f"In the General Assembly **{name}** had an agreement of {two(last['value'])}"
        f"{interval_words(last['low'], last['high'])} in {last['period']}, over "
        f"{pluralize(last['n'], 'roll call')} in which both voted; corrected for chance (Krippendorff's "
        f"alpha), {two(last['alpha'])}"
        f"{interval_words(last['alpha_low'], last['alpha_high'])}."
    )
    if len(rows) > 1:
        text += f" In {first['period']} it was {two(first['value'])}; corrected for chance, {two(first['alpha'])}."
    return MarkdownText(text)


def change_summary(curve: pd.DataFrame) -> MarkdownText:
    """By which measures a region votes more alike than in the first period, and than in that which matters most.

    `curve` is from `change_specifications`.
    """
    if curve["holds"].isna().all():
        return MarkdownText("There are too few periods to say whether the region votes more alike than it did.")
    plain, away = curve["measure"] == "agreement", curve["absence"] == "counted"
    kinds = plain.map({True: "by plain agreement", False: "corrected for chance"}).mask(away, "with absence counted")
    blocks = sensitivity.count_blocks(curve.assign(kind=kinds), "earlier_period", "kind")
    by_period = sensitivity.count_blocks(curve, "earlier_period")["share"]
    text = []
    for period in dict.fromkeys([by_period.index[0], by_period.idxmin()]):
        rows = blocks.loc[period]
        first, *others = (f"in {_of(row.holds, row.holds + row.fails)}{{}} {row.Index}" for row in rows.itertuples())
        each = join_list([first.format(" computations"), *(other.format("") for other in others)])
        when = each if rows["fails"].any() else "by every computation"
        text.append(f"Compared with {period}, the region votes more alike {when}.")
    return MarkdownText(
        f"{' '.join(text)} Each computation takes one measure, with the whole region or without one state; any rise "
        "counts, however small."
    )


def _of(part: int, whole: int) -> str:
    """``3 of 6``, ``all 6``, ``none of 6``."""
    return f"all {whole}" if part == whole else f"{part or 'none'} of {whole}"


def marked_years(region: str, choice: Choice) -> MarkdownText:
    """Which years of a region are marked, and why, with the notes on years."""
    marked = words.status_words(cohesion.region_mean(region, choice))
    text = marked or "Every year is comparable, with enough votes of every pair."
    notes = [f"{year}: {note}" for year, note in voting_years(*choice.period)["note"].dropna().items()]
    return MarkdownText(f"{text} Notes: {'; '.join(notes)}." if notes else text)
