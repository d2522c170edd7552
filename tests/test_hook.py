"""The MkDocs adapter, where a build does not show it: the PDFs of a preview."""

import logging
from pathlib import Path
from types import SimpleNamespace

import mkdocs_hook
import pytest
from mkdocs.livereload import LiveReloadServer

from kb import KnowledgeBase
from kb.sheets import action_sheet


def test_a_preview_makes_a_pdf_when_it_is_asked_for(kb: KnowledgeBase, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    sheet = action_sheet(kb, mkdocs_hook.project.site(), kb.find("actions", "emphasize-healing"))
    monkeypatch.setattr(mkdocs_hook, "_waiting", [sheet])
    config = SimpleNamespace(site_dir=str(tmp_path))
    server = LiveReloadServer(lambda: None, "127.0.0.1", 0, str(tmp_path), mount_path="/kb/", polling_interval=1)
    logging.getLogger("mkdocs.livereload").disabled = True
    try:
        app = mkdocs_hook.on_serve(server, config=config, builder=None).get_app()
        assert list(tmp_path.iterdir()) == []
        told = []
        answer = app({"PATH_INFO": f"/kb/{sheet.path}", "REQUEST_METHOD": "GET"}, lambda status, headers: told.append(status))
        body = b"".join(answer)
        answer.close()
    finally:
        server.server_close()
    assert told == ["200 OK"] and body.startswith(b"%PDF-")
