"""What a guide says of itself: its heading, its counts, its date, its address."""

from kb.charts.panels import why_not_drawn
from kb.entries import Entry
from kb.guides import KIND, SIZE, Group, Guide, Item, Where
from kb.links import IN_USE
from kb.model import KnowledgeBase
from kb.phrases import ended, lower_first, plural
from kb.problems import listed

HOW_BARS = "A bar restates a percentage: 23% less is 77 for every 100. A hollow bar is what the finding compares with; a pale one is not the confirmed estimate of a study."


def heading(kb: KnowledgeBase, where: Where) -> str:
    """What a filter asks for, as a phrase: “group or gang shootings in places of 51,000 to 200,000 people”."""
    def phrases(name: str) -> str:
        labels = [kb.find("actions", id_).title for id_ in where[name]] if name == "action" else [term.phrase or term.label for term in (kb.vocabularies[name].terms[id_] for id_ in where[name])]
        return listed(labels, "or")

    asked = [name for name, ids in where.items() if ids]
    start = phrases(KIND) if KIND in asked else "strategies"
    place = f" {'in' if KIND in asked else 'for'} {phrases(SIZE)}" if SIZE in asked else ""
    others = [f"{kb.vocabularies[name].title if name in kb.vocabularies else name}: {phrases(name)}" for name in asked if name not in (KIND, SIZE)]
    return start + place + (f" ({'; '.join(others)})" if others else "")


def counted(guide: Guide) -> str:
    """How many strategies a guide holds, and for which reason, in sentences."""
    if not guide.found and not guide.wanting:
        return "No strategy is listed for this, and none is on record in a place of this size."
    text = _reasons(guide) + _strength(guide)
    if guide.beyond:
        text += f" {len(guide.beyond)} more may fit, with no place of this size on record."
    if guide.wanting:
        text += f" {len(guide.wanting)} {'was' if len(guide.wanting) == 1 else 'were'} tried and found wanting."
    return text


def needs(entry: Entry) -> dict[str, str]:
    """What a strategy takes, by kind: {"Staff": "A coordinator.", "Money": "About $1 million a year."}."""
    by_kind: dict[str, list[str]] = {}
    for need in entry.needs or ():
        by_kind.setdefault(need.kind.label, []).append(ended(need.text))
    return {label: " ".join(texts) for label, texts in by_kind.items()}


def takes(entry: Entry) -> str:
    """The same as one text: “Staff: A coordinator. Money: About $1 million a year.” Empty where nothing is said."""
    return " ".join(f"{label}: {text}" for label, text in needs(entry).items())


def same_study(item: Item) -> str:
    """The other figures of the study that a strategy’s finding comes from, in a sentence; empty where there are none."""
    told = "; ".join(f"{sister.headline} ({sister.title})" for sister in item.sisters)
    return f"In the same study: {told}." if told else ""


def why(guide: Guide, group: Group) -> str:
    """Why the strategies of a group stand in a guide, and in which order."""
    one, order = len(group.items) == 1, "" if len(group.items) == 1 else " In the order of the evidence."
    if SIZE not in guide.where:
        return (_listing(guide, group) + order).strip()
    if group.id == "listed":
        return f"CityGRIP lists {'this one' if one else 'these'} for places of this size.{_listing(guide, group, also=True)}{order}"
    if group.id == IN_USE:
        return f"No source lists {'this one' if one else 'these'} for this size. At least one place of this size uses or used {'it' if one else 'each'}.{order}"
    return f"That {'it fits' if one else 'they fit'} places of this size is our judgment.{order}"


def why_start(guide: Guide) -> str:
    """Why a guide begins with these actions."""
    one = len(guide.start) == 1
    return f"The strategies in this guide serve {'this action' if one else 'these actions'} most. Ask yourselves {'this question' if one else 'these questions'} first."


def why_beyond(guide: Guide) -> str:
    """Why strategies stand in a guide that nothing ties to its size of place."""
    one = len(guide.beyond) == 1
    return f"{'This one fits' if one else 'These fit'} this kind of violence. But no source lists {'it' if one else 'them'} for places of this size, and no place of this size is on record here. Ask what would have to change."


def why_wanting(guide: Guide) -> str:
    """What “tried and found wanting” means, or that it is empty."""
    if not guide.wanting:
        return "None of the strategies in this guide has the level “no effect found”."
    one = len(guide.wanting) == 1
    return f"Controlled studies looked at {'this one' if one else 'these'} and found no clear effect on violence. That is no proof that there is none. Read why before you pay for it."


def has_bars(guide: Guide) -> bool:
    """Whether a bar may be drawn for a finding of a guide, so that it says how to read one."""
    return any(one and not why_not_drawn(one) for item in guide.shown for one in (item.finding, item.contrary))


def dated(guide: Guide) -> str:
    """The day on which the newest of what a guide holds was reviewed: the date of its content. Empty where it holds nothing."""
    return max((entry.reviewed for item in guide.shown for entry in (item.strategy, item.finding, item.contrary) if entry), default="")


def page(where: Where) -> str:
    """The Markdown file of the guide for a filter that is a pair of size and kind; empty for any other filter."""
    pair = set(where) == {SIZE, KIND} and all(len(ids) == 1 for ids in where.values())
    return f"guides/{where[SIZE][0]}/{where[KIND][0]}.md" if pair else ""


def filter_of(entry: Entry) -> Where:
    """The filter of a guide that somebody wrote."""
    return {name.replace("_", "-"): tuple(ids) for name, ids in entry.data["where"].items()}


def _reasons(guide: Guide) -> str:
    """How many strategies fit, and why, as a sentence."""
    number, groups = len(guide.found), guide.groups if SIZE in guide.where else ()
    labels = {"listed": "listed for places of this size", IN_USE: "in use in places of this size", "editorial": "by our judgment"}
    why = ""
    if len(groups) == 1:
        why = f", {'' if number == 1 else 'both ' if number == 2 else 'all '}{labels[groups[0].id]}"
    elif groups:
        why = f": {listed([f'{len(group.items)} {labels[group.id]}' for group in groups])}"
    return f"{plural(number, 'strategy', 'strategies')} {'fits' if number == 1 else 'fit'}{why}." if number else "No strategy fits."


def _strength(guide: Guide) -> str:
    """How many of the strategies that fit have strong evidence, as a sentence that follows their number."""
    levels = [item.strategy.evidence_level for item in guide.found]
    if len(levels) < 2:
        return "".join(f" Its level of evidence is “{lower_first(level.label)}”." for level in levels)
    strong = [level.id for level in levels].count("strong")
    return f" {['None', 'One'][strong] if strong < 2 else strong} of them {'has' if strong < 2 else 'have'} strong evidence."


def _listing(guide: Guide, group: Group, also: bool = False) -> str:
    """Whether CityGRIP lists the strategies of a group for the kind of violence, or whether that is our reading."""
    if KIND not in guide.where:
        return ""
    number, both, several = len(group.items), sum(item.listed for item in group.items), len(guide.where[KIND]) > 1
    who, kind = "It also" if also else "CityGRIP", "one of these kinds of violence" if several else "this kind of violence"
    if both == number:
        return f" {who} lists {'them' if number > 1 else 'it'} for {kind}."
    if both:
        return f" {who} lists {both} of them for {kind}; that the others fit is our reading."
    return f" That {'they fit' if number > 1 else 'it fits'} {'these kinds' if several else 'this kind'} of violence is our reading."
