"""What the reader's own pages show."""

from kb import KnowledgeBase
from kb.select import select
from kb.web.reader import helps, serving, sizes, stretches


def test_the_ten_actions_stand_in_three_stretches(kb: KnowledgeBase) -> None:
    assert [[action.number for action in stretch.actions] for stretch in stretches(kb)] == [[1, 2, 3], [4, 5], [6, 7, 8, 9, 10]]


def test_the_finder_counts_the_pair_as_select_does(kb: KnowledgeBase) -> None:
    found = {(size.term.id, kind.id): number for size in sizes(kb) for kind, number in size.kinds}
    assert len(found) == 4 * len(kb.vocabularies["violence-type"].terms)
    for (size, kind), number in found.items():
        assert number == len(select(kb.of("strategies"), {"population": [size], "violence-type": [kind]}))
    assert 0 in found.values(), "a pair without a strategy is said, not hidden"


def test_every_action_has_something_to_begin_with(kb: KnowledgeBase) -> None:
    for action in kb.of("actions"):
        assert serving(kb, action) and len(helps(kb, action, 3)) == 3, action.id
    key = {item.resource for item in kb.find("actions", "identify-key-people-and-places").resources if item.group.id == "key"}
    assert {entry.id for entry in helps(kb, kb.find("actions", "identify-key-people-and-places"), 3)} <= key
