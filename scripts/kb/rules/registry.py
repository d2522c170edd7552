"""Where rules are kept, and what several of them share."""

from collections.abc import Callable, Iterator
from typing import Any

from kb.model import KnowledgeBase
from kb.problems import Problem

Rule = Callable[[KnowledgeBase], Iterator[Problem]]
RULES: list[Rule] = []


def rule(function: Rule) -> Rule:
    """Adds a rule to those that `check` runs."""
    RULES.append(function)
    return function


def items(value: Any) -> list[Any]:
    """The items of a list; none of what is no list, so that a rule is safe on data that breaks its schema."""
    return value if isinstance(value, list) else []


def groups(value: Any) -> list[dict[str, Any]]:
    """The items of a list that are groups of fields."""
    return [item for item in items(value) if isinstance(item, dict)]
