"""The figures of what lies behind agreement: who stays away from which votes, and where states stand."""

from centralasia.figures.figure import figure
from centralasia.figures.marks import band, draw_title, name_sources
from centralasia.figures.style import WIDTH
from centralasia.names import colour, short_name
from centralasia.votes import alignment, cohesion
from centralasia.votes import measures as votes
from centralasia.votes.marks import (
    MARKS_WORDS,
    draw_series,
    label_ends,
    last_value,
    measure_name,
    range_words,
    year_axis,
)
from datacontract.labels import translate_figure
from datacontract.sources import source_keys
from datacontract.words import format_number, pluralize

__all__ = ["vote_absence", "vote_ideal_points"]


@figure
def vote_absence(canvas, region, measure, first_year, last_year):
    """How often the members stay away (above), and what counting that changes in the mean of the region (below).

    Years without any vote of a state are gaps: it may have had no seat or no right to vote.
    """
    frames = {a: cohesion.region_years(region, measure, a, first_year, last_year) for a in votes.ABSENCE}
    away = alignment.region_absences(region, first_year, last_year)
    canvas.set_size_inches(WIDTH, 5.4)
    above, below = canvas.subplots(2, 1, sharex=True)
    ends = []
    for state, part in away.groupby("state"):
        draw_series(above, part, colour(state), size=12)
        ends.append((last_value(part), short_name(state), colour(state), False))
    above.set(ylabel=translate_figure("absence.axis"), ylim=(-3, 103))
    label_ends(above, ends, 2.0)
    looks = {"left_out": "-", "counted": (0, (4, 1.5))}
    looks = {absence: (translate_figure(f"absence.{absence}"), dash) for absence, dash in looks.items()}
    ends = []
    for absence, (words, dash) in looks.items():
        draw_series(below, frames[absence], colour(region), bold=absence == "left_out", size=16, dash=dash)
        ends.append((last_value(frames[absence]), words, colour(region), absence == "left_out"))
    below.set(
        xlabel=translate_figure("axis.year"), ylabel=translate_figure("absence.mean", measure=measure_name(measure))
    )
    label_ends(below, ends, 2.0)
    for axes in (above, below):
        year_axis(axes, frames["counted"]["year"])
    title = _absence_title(away, region)
    draw_title(canvas, title)
    words = " ".join(f"{short_name(s)} stayed away from {_percent_words(p)}." for s, p in away.groupby("state"))
    mean = f"Mean {measure_name(measure)}"
    words += " " + " ".join(f"{mean}, {looks[a][0]}: {range_words(f)}." for a, f in frames.items())
    caption = (
        "Above: share of the year's roll calls in which a member cast no vote. Below: mean over the pairs of "
        f"the region with and without absence as a behaviour of its own. {MARKS_WORDS} "
        f"{_sources(first_year, last_year)}"
    )
    return title, f"Two line charts. {words}", caption, away


def _percent_words(part):
    known = part[part["status"] == votes.OK]
    if known.empty:
        return "an unknown share of votes"
    most, least = known.loc[known["value"].idxmax()], known.loc[known["value"].idxmin()]
    last = known.iloc[-1]
    return (
        f"{last['value']:.0f} % in {last['year']}, least {least['value']:.0f} % in {least['year']}, "
        f"most {most['value']:.0f} % in {most['year']}"
    )


def _absence_title(away, region):
    known = away[away["status"] == votes.OK]
    if known.empty:
        return translate_figure("absence.title_none", name=short_name(region))
    last = known[known["year"] == known["year"].max()]
    most, least = last.loc[last["value"].idxmax()], last.loc[last["value"].idxmin()]
    told = {"year": most["year"], "most": short_name(most["state"]), "high": most["value"]}
    if len(last) == 1:
        return translate_figure("absence.title_one", **told)
    return translate_figure("absence.title", least=short_name(least["state"]), low=least["value"], **told)


@figure
def vote_ideal_points(canvas, region, partners, first_year, last_year):
    """The ideal points of a region's members and of partner states by year, with their 90 % bands.

    `partners` is a list of codes; those that are regions have no ideal point and are left out. Points from fewer than
    `votes.FEW` votes are hollow and stand off the lines.
    """
    years = votes.period(first_year, last_year).index
    inside = cohesion.states_of(region, first_year, last_year)
    outside = [p for p in dict.fromkeys(partners) if p in votes.voters() and p not in inside]
    rows = alignment.ideal_points([*inside, *outside], first_year, last_year)
    canvas.set_size_inches(WIDTH, 4.8)
    axes, ends = canvas.subplots(), []
    for state, part in rows.groupby("state", sort=False):
        shade, bold = colour(state), state in inside
        part = part.set_index("year").reindex(years)
        firm = part[["ideal_point", "low90", "high90"]].where(part["few"].eq(False).fillna(False))
        axes.fill_between(years, firm["low90"], firm["high90"], **band(shade), zorder=1)
        axes.plot(
            years,
            firm["ideal_point"],
            color=shade,
            lw=1.8 if bold else 1.2,
            ls="-" if bold else (0, (5, 1.5)),
            zorder=3,
        )
        few = part[part["few"].eq(True).fillna(False)]
        axes.errorbar(
            few.index, few["ideal_point"], yerr=[few["ideal_point"] - few["low90"], few["high90"] - few["ideal_point"]],
            fmt="o", color=shade, mfc="white", ms=4, lw=0.8, ls="none", zorder=4,
        )  # fmt: skip
        alone = firm["ideal_point"].notna() & firm["ideal_point"].shift().isna() & firm["ideal_point"].shift(-1).isna()
        axes.scatter(years[alone], firm.loc[alone, "ideal_point"], s=9, color=shade, zorder=4)
        last = firm["ideal_point"].dropna()
        ends.append((last.iloc[-1] if len(last) else float("nan"), short_name(state), shade, bold))
    year_axis(axes, rows["year"] if len(rows) else years)
    axes.set(xlabel=translate_figure("axis.year"), ylabel=translate_figure("ideal.axis"))
    label_ends(axes, ends, 3.8)
    title = _ideal_title(alignment.ideal_spread(region, first_year, last_year), region)
    draw_title(canvas, title)
    words = " ".join(f"{short_name(s)}: {_point_words(part)}." for s, part in rows.groupby("state", sort=False))
    caption = (
        f"Ideal points (Bailey, Strezhnev and Voeten 2017), {pluralize(len(inside), 'member')} of the region with full "
        f"lines, partners dashed. Band: 90 % interval. Hollow with bar: fewer than {votes.FEW} votes. "
        f"{name_sources(source_keys(rows['source']))}"
    )
    return title, f"Line chart of ideal points. {words or 'No point in these years.'}", caption, rows


def _two(value):
    return format_number(value, ".2f")


def _point_words(part):
    firm, few = part[~part["few"]], part[part["few"]]
    text = "no point from enough votes"
    if len(firm):
        ends = [firm.iloc[0], firm.iloc[-1]] if len(firm) > 1 else [firm.iloc[0]]
        text = ", ".join(f"{_two(r.ideal_point)} ({_two(r.low90)} to {_two(r.high90)}) in {r.year}" for r in ends)
    tail = ", ".join(f"{_two(r.ideal_point)} in {r.year} from {r.votes} votes" for r in few.itertuples())
    return f"{text}; few votes: {tail}" if tail else text


def _ideal_title(spread, region):
    name = short_name(region)
    if len(spread) < 2:
        return translate_figure("ideal.title_short", name=name)
    first, last, widest = spread.iloc[0], spread.iloc[-1], spread.loc[spread["spread"].idxmax()]
    side = "ideal.narrowed" if last["spread"] < first["spread"] else "ideal.widened"
    peak = ""
    if widest["year"] not in (first["year"], last["year"]):
        peak = translate_figure("ideal.peak", widest=widest["spread"], year=int(widest["year"]))
    told = {"first": int(first["year"]), "before": first["spread"], "last": int(last["year"]), "after": last["spread"]}
    return translate_figure(side, name=name, peak=peak, **told)


def _sources(first_year, last_year):
    return name_sources(source_keys(votes.period(first_year, last_year)["source"]))
