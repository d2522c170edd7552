"""The built site, served on loopback, and a real browser."""

import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from paths import ROOT
from playwright.sync_api import Browser, Page
from visiting import Visit

from pictures import chromium


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the site, built from the real content as `make site` builds it."""
    out = tmp_path_factory.mktemp("built") / "site"
    done = subprocess.run([sys.executable, str(ROOT / "scripts/build.py"), "--out", str(out)], cwd=ROOT, capture_output=True, text=True, env=os.environ)
    assert done.returncode == 0, done.stdout + done.stderr
    return out


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        """Says nothing."""

    def send_error(self, code: int, *arguments: object, **named: object) -> None:
        """Answers a lost address with the site's own page, as static hosts do."""
        page = Path(self.directory) / "404.html"
        body = page.read_bytes()
        self.send_response(code)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


@pytest.fixture(scope="session")
def served(site: Path) -> Iterator[str]:
    """The address of the served site, without a slash at its end."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Quiet, directory=str(site)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """The Chromium that `make pictures` uses too."""
    with chromium() as found:
        yield found


@pytest.fixture
def visit(browser: Browser, served: str) -> Iterator[Visit]:
    """A fresh page; at the end it must have met no console error and asked no other host."""
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    visit = Visit(context, served)
    yield visit
    context.close()
    assert visit.errors == []
    assert visit.foreign == []


@pytest.fixture
def plain(browser: Browser, served: str) -> Iterator[Page]:
    """A page without JavaScript, on a phone; it takes addresses that begin with a slash."""
    context = browser.new_context(java_script_enabled=False, viewport={"width": 360, "height": 740}, base_url=served)
    yield context.new_page()
    context.close()
