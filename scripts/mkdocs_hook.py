"""The MkDocs adapter: hands the generated files to MkDocs, in memory, and writes the PDFs beside the built pages."""

import logging
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.livereload import LiveReloadServer
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.pages import Page

sys.path.insert(0, str(Path(__file__).parent))

import pdf
import project
from kb import check, generate, load
from kb.outputs import explaining
from kb.problems import as_text, closing_line, errors
from kb.sheets import Sheet, sheets
from kb.web.markup import squeezed, without_implied_ends

_log = logging.getLogger("mkdocs.kb")   # of MkDocs’s family, so that `mkdocs serve` shows it
# MkDocs hands nothing of ours from one event to the next.
_waiting: list[Sheet] = []
_serving = False
_pages = _converted = _written = 0
_progress: project.Say
_explain: Callable[[str, str], str]


def on_startup(command: str, dirty: bool) -> None:
    """Notes whether this is a preview."""
    global _serving
    _serving = command == "serve"


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Adds every generated page to those of docs/. Refuses while there are problems."""
    global _explain, _progress, _pages, _converted, _written
    _log.info("Reading the content and making the pages …")
    kb = load(project.ROOT)
    if problems := errors(check(kb)):
        raise PluginError("\n\n" + as_text(problems) + "\n\n" + closing_line(problems, kb.files))
    _progress = project.paced(_log.info)
    _waiting[:] = sheets(kb, project.site())
    for count, made in enumerate(generate(kb, project.site(), project.drawer(say=_log.info, progress=_progress), _waiting), 1):
        _progress(f"  {count:,} files made")
        files.append(File.generated(config, made.path, content=made.content, inclusion=InclusionLevel.NOT_IN_NAV))
    _explain = explaining(kb, project.site())
    _pages, _converted, _written = len(files.documentation_pages()), 0, 0
    _log.info(f"Building {_pages:,} pages with MkDocs …")
    return files


def on_page_markdown(markdown: str, page: Page, **_: object) -> str:
    """A hand-written page with its words explained; a generated one explains them already."""
    return markdown if page.file.generated_by or page.meta.get("template") else _explain(page.file.src_uri, markdown)


def on_page_content(html: str, **_: object) -> str:
    """The content of a page in fewer bytes."""
    global _converted
    _converted += 1
    _progress(f"  {_converted:,} of {_pages:,} pages converted")
    return squeezed(html)


def on_post_page(output: str, **_: object) -> str:
    """A page without the end tags that HTML implies; says how far the writing is."""
    global _written
    _written += 1
    _progress(f"  {_written:,} of {_pages:,} pages written")
    return without_implied_ends(output)


def on_post_build(config: MkDocsConfig) -> None:
    """Makes the PDFs. While previewing none, which would slow every change down: see on_serve."""
    if not _serving:
        pdf.write_all(_waiting, Path(config.site_dir), _log.info)


def on_serve(server: LiveReloadServer, config: MkDocsConfig, builder: object) -> LiveReloadServer:
    """Makes a PDF in the preview when somebody asks for it, from the content as it is then."""
    pages = server.get_app()

    def app(environ: dict[str, Any], respond: Any) -> Any:
        asked = [sheet for sheet in _waiting if environ["PATH_INFO"] == server.mount_path + sheet.path]
        pdf.write_all(asked, Path(config.site_dir), _log.info)
        return pages(environ, respond)

    server.set_app(app)
    return server
