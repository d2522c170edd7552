"""The one meaning of a filter: within a facet any of the terms, between facets all of them."""

from collections.abc import Collection, Iterable, Mapping

from kb.entries import Entry


def select(entries: Iterable[Entry], where: Mapping[str, Collection[str]]) -> tuple[Entry, ...]:
    """The entries that match `where`, in the order given.

    `where` maps the name of a vocabulary to the ids of terms. A facet without terms asks for nothing. An entry that
    carries no term of a facet that is asked for does not match.
    """
    asked = {vocabulary: set(terms) for vocabulary, terms in where.items() if terms}
    return tuple(entry for entry in entries if all(terms.intersection(entry.terms(name)) for name, terms in asked.items()))
