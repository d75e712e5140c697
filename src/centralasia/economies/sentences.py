"""Sentences on the economies of a region."""

from decimal import Decimal

from centralasia.economies import measures as economy
from centralasia.economies.growth import beta
from centralasia.economies.measures import change, definition, panel
from centralasia.economies.tables import cross_section, dispersion_choices, number
from centralasia.names import region_name, short_name
from centralasia.sensitivity.measures import by_option
from datacontract.labels import localized, translate
from datacontract.words import MarkdownText, format_number, join_list, pluralize

__all__ = ["choices_found", "economies_answer", "growth_found", "names_of", "panels_used", "sigma_path", "water_found"]


@localized
def economies_answer(indicators, region, first_year, last_year, doubtful="kept"):
    """In which indicators the members of a region drew together and in which apart, and how firm that is."""
    groups = {"together": [], "apart": [], "neither": [], "unknown": []}
    for indicator in indicators:
        found = change(panel(indicator, region, first_year, last_year, doubtful))
        groups[_direction(found)].append(_told(indicator, found))
    parts = [translate(f"economies.{kind}", told=told) for kind, told in groups.items() if told]
    parts[1:] = [translate("economies.further", part=part) for part in parts[1:]]
    who = region_name(region)
    return translate("economies.answer", first=first_year, last=last_year, region=who, parts="; ".join(parts))


def _direction(found):
    if found is None:
        return "unknown"
    return "neither" if found.after == found.before else "together" if found.after < found.before else "apart"


def _told(indicator, found):
    """``income per person (0.50 in 1991, 0.73 in 2023)``, with a warning where one member decides."""
    title = definition(indicator)["title"]
    title = title[:1].lower() + title[1:]
    if found is None:
        return title
    hangs = translate("economies.hangs", names=names_of(found.against)) if found.against else ""
    if found.after == found.before:
        hangs = ""
    ends = {"before": Decimal(number(found.before)), "after": Decimal(number(found.after))}
    return translate("economies.told", title=title, first=found.first, last=found.last, hangs=hangs, **ends)


def sigma_path(indicator, region, first_year, last_year, doubtful="kept"):
    """The dispersion of one indicator at first, at its highest and at last, and who decides what came after that."""
    one = panel(indicator, region, first_year, last_year, doubtful)
    path, title = economy.sigma(one)["value"], definition(indicator)["title"]
    if path.empty:
        return MarkdownText(f"{title}: {_no_panel(region)}")
    first, last, top = (int(y) for y in (path.index[0], path.index[-1], path.idxmax()))
    text = f"{title}: the {economy.MEASURES[one.measure]} is {number(path[first])} in {first} and {number(path[last])}"
    text += f" in {last}"
    if top in (first, last):
        return MarkdownText(f"{text}; it is highest in {top}.")
    since = change(one, since=top)
    text += f"; it is highest in {top} ({number(path[top])}) and then falls by {number(path[top] - path[last])}"
    if since.against:
        text += f", but without {join_list(names_of(since.against), 'or')} it does not fall after {top}"
    else:
        text += f", whichever member is left out ({since.agree} of {since.n})"
    return MarkdownText(f"{text}. A fall after the highest value is no surprise; what counts is its size.")


def panels_used(indicators, region, first_year, last_year, doubtful="kept"):
    """On how many years and members each indicator rests, who left, and where doubtful values went in."""
    lines = []
    for indicator in indicators:
        one, title = (
            panel(indicator, region, first_year, last_year, doubtful),
            definition(indicator)["title"],
        )
        if one.values.empty:
            lines.append(f"- {title}: {_no_panel(region)}")
            continue
        text = f"- {title}: {pluralize(one.values.shape[1], 'member')}, {pluralize(len(one.values), 'year')}"
        text += f" from {one.values.index[0]} to {one.values.index[-1]}"
        text += f", without {join_list(names_of(one.left))} (too few values)" if one.left else ""
        text += f"; {pluralize(len(one.unknown), 'year')} unknown for some of them" if one.unknown else ""
        low = [s for s in one.values if one.doubtful[s].any()]
        text += f"; doubtful values of {join_list(names_of(low))}" if low else ""
        text += f"; z-scores over {one.compared} states" if one.measure == "relative" else ""
        lines.append(f"{text}.")
    return MarkdownText("\n".join(lines))


def growth_found(indicator, region, first_year, last_year, doubtful="kept"):
    """The slope of growth on the starting level with its n, what it leaves open, and the check for Galton's fallacy."""
    found = beta(panel(indicator, region, first_year, last_year, doubtful))
    if found is None:
        return MarkdownText(f"Growth cannot be compared: {_no_panel(region)}")
    slower = "slower" if found.slope < 0 else "faster"
    text = (
        f"From {found.first} to {found.last} the members that started higher grew {slower}: the slope is "
        f"{_points(found.slope)} of yearly growth for each unit of the logarithm (n = {found.n}, too few to infer from)"
    )
    same = found.lowest * found.highest > 0
    span = f"from {_signed(found.lowest)} to {_signed(found.highest)}"
    text += f". With one member left out it lies {span}{'' if same else ', so one member decides its sign'}. "
    if found.slope < 0:
        galton = found.slope_on_last
        text += f"On the level at the end instead, the slope is {_signed(galton)}: " + (
            "also negative, which mere regression to the mean would not give."
            if galton < 0
            else "not negative, and mere regression to the mean would look the same (Galton's fallacy)."
        )
    else:
        text += "Over the whole period there is no catching up to explain."
    return MarkdownText(text)


def choices_found(indicator, region, first_year, last_year, doubtful="kept"):
    """In how many combinations of choices the dispersion fell, and from which years, members and measures it hangs."""
    frame = dispersion_choices(indicator, region, first_year, last_year, doubtful)
    told, held = int(frame["holds"].count()), int(frame["holds"].sum())
    title = definition(indicator)["title"]
    if not told:
        return MarkdownText(f"Whether the dispersion fell cannot be told: {_no_panel(region)}")
    options = by_option(frame)
    options["share"] = options["holds"] / (options["holds"] + options["fails"])
    text = f"{title}: up to the last common year the dispersion fell in {held} of {pluralize(told, 'combination')} of choices"
    since = options[options["choice"] == "start"].dropna(subset="share")
    text += "; by the year to start from: "
    text += join_list(f"{r.holds} of {r.holds + r.fails} from {r.option}" for r in since.itertuples()) + "."
    spread = options[options["choice"] != "start"].groupby("choice")["share"].agg(lambda s: s.max() - s.min())
    if len(spread) and spread.max() > 0:
        most = options[options["choice"] == spread.idxmax()].dropna(subset="share")
        low, high = most.loc[most["share"].idxmin()], most.loc[most["share"].idxmax()]
        text += f" Of the other choices, “{spread.idxmax().replace('_', ' ')}” matters most "
        text += f"({low['option']}: {_part(low)}; {high['option']}: {_part(high)})."
    return MarkdownText(text)


def _part(option):
    return f"{option['holds']} of {option['holds'] + option['fails']}"


def water_found(indicator, region, state, last_year):
    """Whose water comes from abroad: the state, the highest, the lowest, and for whom it is unknown."""
    found = cross_section(indicator, region, last_year)
    known, title = found["value"].dropna().sort_values(), definition(indicator)["title"]
    unknown = [s for s in found.index if s not in known.index]
    if known.empty:
        return MarkdownText(f"{title} is unknown for every member of {region_name(region)}.")
    ranked = [f"{short_name(s)} {v:.0f} %" for s, v in known[::-1].items()]
    text = f"{title}, from most to least: {join_list(ranked)}."
    if state in known.index:
        above = [short_name(s) for s in known.index[known > known[state]]]
        text += f" More dependent than {short_name(state)}: {join_list(above) if above else 'nobody'}."
    text += f" Unknown: {join_list(names_of(unknown))}." if unknown else ""
    return MarkdownText(f"{text} These are long-term means, one cross-section: they say nothing about change.")


def names_of(states):
    """The short names of states, as a list."""
    return [short_name(s) for s in states]


def _no_panel(region):
    return f"fewer than {economy.LEAST} members of {region_name(region)} have values in two common years."


def _signed(slope):
    return format_number(100 * slope, "+.1f")


def _points(slope):
    return f"{_signed(slope)} percentage points"
