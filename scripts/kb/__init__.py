"""The knowledge base as a pure library: load(folder), check(kb), generate(kb, site).

It reads files and returns values. It imports no site engine and no git, and asks no clock: what it needs of the
outside world comes in as a Site.
"""

from kb.entries import Entry
from kb.model import KnowledgeBase, load
from kb.outputs import generate
from kb.problems import Problem
from kb.render import Site
from kb.rules import check
from kb.web.pages import SiteFile

__all__ = ["Entry", "KnowledgeBase", "Problem", "Site", "SiteFile", "check", "generate", "load"]
