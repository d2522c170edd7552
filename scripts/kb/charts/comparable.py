"""Which findings may share a value axis. Nothing else on the site may put two figures on one scale."""

from collections.abc import Iterable

from kb.entries import Entry

KEYS = ("chart_group", "outcome_detail", "metric", "percent_basis")
UNKNOWN = frozenset({"", "unknown", "not-known"})


def comparable(a: Entry, b: Entry) -> bool:
    """Whether two findings may stand on one axis: all four keys are known and match."""
    key = _key(a)
    return key is not None and key == _key(b)


def comparable_sets(results: Iterable[Entry]) -> tuple[tuple[Entry, ...], ...]:
    """The findings in sets that may share an axis, in the order given; most sets hold a single finding."""
    sets: dict[object, list[Entry]] = {}
    for result in results:
        sets.setdefault(_key(result) or result.id, []).append(result)
    return tuple(map(tuple, sets.values()))


def _key(result: Entry) -> tuple[str, ...] | None:
    values = tuple(value if isinstance(value := result.data.get(name), str) else "" for name in KEYS)   # safe on data that breaks its schema
    return None if UNKNOWN.intersection(values) else values
