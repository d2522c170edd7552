"""The MkDocs adapter: hands the generated files to MkDocs, in memory."""

import sys
from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.structure.files import File, Files, InclusionLevel

sys.path.insert(0, str(Path(__file__).parent))

import project
from kb import check, generate, load
from kb.problems import as_text, closing_line


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Adds every generated page to those of docs/. Refuses while there are problems."""
    kb = load(project.ROOT)
    if problems := check(kb):
        raise PluginError("\n\n" + as_text(problems) + "\n\n" + closing_line(problems, len(kb.files)))
    for made in generate(kb, project.site(), project.drawer()):
        files.append(File.generated(config, made.path, content=made.content, inclusion=InclusionLevel.NOT_IN_NAV))
    return files
