"""What a guide says of itself: its heading, its counts, its date, its address."""

from kb.guides import KIND, SIZE, Group, Guide, Where
from kb.links import IN_USE
from kb.model import Entry, KnowledgeBase
from kb.problems import listed


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
    number = len(guide.found)
    labels = {"listed": "listed for places of this size", IN_USE: "in use in places of this size", "editorial": "by our judgment"}
    groups = [f"{len(group.items)} {labels[group.id]}" for group in guide.groups] if SIZE in guide.where else []
    text = f"{_strategies(number)} {'fits' if number == 1 else 'fit'}{': ' + listed(groups) if groups else ''}."
    if guide.beyond:
        text += f" {len(guide.beyond)} more may fit, with no place of this size on record."
    if guide.wanting:
        text += f" {len(guide.wanting)} {'was' if len(guide.wanting) == 1 else 'were'} tried and found wanting."
    strong = sum(item.strategy.evidence_level.id == "strong" for item in guide.found)
    return text + (f" {strong} {'has' if strong == 1 else 'have'} strong evidence." if strong else " None has strong evidence.")


def listing(guide: Guide, group: Group) -> str:
    """Whether the source also lists the strategies of a group for the kind of violence, or whether that is our reading."""
    if KIND not in guide.where:
        return ""
    both = sum(item.listed for item in group.items)
    if both == len(group.items):
        return "It also lists them for this kind of violence." if both > 1 else "It also lists it for this kind of violence."
    if both:
        return f"It also lists {both} of them for this kind of violence; that the others fit it is our reading."
    return f"That {'they fit' if len(group.items) > 1 else 'it fits'} this kind of violence is our reading."


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


def _strategies(number: int) -> str:
    return f"{number} {'strategy' if number == 1 else 'strategies'}"
