"""What a schema cannot say. One function a rule; its name states the fact that must hold, its docstring says it.

identity     names, titles, numbers, aliases
addresses    pages, former addresses, what is retired
references   what one entry says of another, and of its own sources
text         prose and the links in it
charts       what a chart needs: years in order, one unit on an axis
evidence     findings, studies, places: what must stand beside a figure
guides       guides that somebody writes
"""

from kb.model import KnowledgeBase
from kb.problems import Problem
from kb.rules import addresses, charts, evidence, guides, identity, references, text  # each adds its rules to the registry
from kb.rules.registry import RULES
from kb.shape import violations

__all__ = ["RULES", "addresses", "charts", "check", "evidence", "guides", "identity", "references", "text"]


def check(kb: KnowledgeBase) -> tuple[Problem, ...]:
    """Every problem of the knowledge base, by file and line: of reading, of shape, and of the rules."""
    shapes = (problem for entry in kb.every for problem in violations(entry))
    ruled = (problem for one in RULES for problem in one(kb))
    found = dict.fromkeys([*kb.unread, *shapes, *ruled])
    return tuple(sorted(found, key=lambda problem: (problem.path, problem.line, problem.column)))
