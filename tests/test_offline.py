"""The offline copy: links that end at files, fetched files as scripts, and a zip that depends on nothing else."""

import zipfile
from datetime import date
from pathlib import Path

import pytest
from offline import pack

from kb import Site
from kb.web.offline import as_file, as_page, offline

SITE = Site("A site", "https://site.example/", "", "main", date(2026, 11, 21))
FOLDER = "a-site-2026-11-21"


@pytest.mark.parametrize(("link", "file"), [
    ("../../resources/cvipi/", "../../resources/cvipi/index.html"), ("cvipi/#facts", "cvipi/index.html#facts"),
    ("../browse/?type=news&amp;size=x", "../browse/index.html?type=news&amp;size=x"), (".", "./index.html"), ("..", "../index.html"),
    ("../..#top", "../../index.html#top"), ("./", "./index.html"), ("guide.pdf", "guide.pdf"), ("../chart.csv?x=1/", "../chart.csv?x=1/"),
    ("#facts", "#facts"), ("?q=a/b/", "?q=a/b/"), ("", ""), ("https://site.example/a/", "https://site.example/a/"), ("//host/a/", "//host/a/"), ("mailto:a@b.example", "mailto:a@b.example"),
])
def test_a_link_that_ends_in_a_folder_leads_to_the_page_in_it(link: str, file: str) -> None:
    assert as_file(link) == file


def test_a_page_has_its_links_led_to_files_and_says_what_it_is() -> None:
    page = (
        '<head><link rel="canonical" href="https://site.example/a/"><link rel="search" href="../opensearch.xml">\n<link rel="preload" href="../f.woff2">\n'
        '<link rel="stylesheet" href="../a.css"></head><body><form action="../search/"></form><a class="x" title="a > b" href="../b/">href="c/"</a>\n'
        '<footer><div>\n<p>Independent.</p>\n</div>\n</footer><script src="../assets/js/browse.js"></script>'
    )
    assert as_page(page, SITE) == (
        '<head><link rel="canonical" href="https://site.example/a/"><link rel="stylesheet" href="../a.css"></head><body>'
        '<form action="../search/index.html"></form><a class="x" title="a > b" href="../b/index.html">href="c/"</a>\n<footer><div>\n<p>Independent.</p>\n'
        '<p>An offline copy, made on November 21, 2026. Help and money change; the site itself is at <a href="https://site.example/">https://site.example/</a></p>\n'
        '</div>\n</footer><script src="../assets/js/offline.js"></script>\n<script src="../assets/js/browse.js"></script>'
    )


def test_a_page_that_only_leads_on_leads_to_a_file() -> None:
    stub = '<script>location.replace("../../resources/cvipi/"+location.search)</script><noscript><meta http-equiv="refresh" content="0; url=../../resources/cvipi/"></noscript>'
    assert as_page(stub, SITE) == stub.replace("cvipi/", "cvipi/index.html")


def test_what_scripts_fetch_becomes_a_script_and_what_servers_read_is_left_out() -> None:
    built = {
        "search/search_index.json": b'{"docs":[{"location":"a/#b"},{"location":""}]}', "charts/x.vega.json": '{"a":"“\\n"}'.encode(), "charts/x.json": b"{}",
        "404.html": b"", "sitemap.xml": b"", "sitemap.xml.gz": b"", "robots.txt": b"", "opensearch.xml": b"", "assets/x.js.map": b"", "a/guide.pdf": b"%PDF",
    }
    made = dict(offline(built.items(), SITE))
    assert sorted(name.removeprefix(f"{FOLDER}/") for name in made) == [
        "Open me.html", "README.txt", "site/a/guide.pdf", "site/assets/js/offline.js", "site/charts/x.json", "site/charts/x.vega.json.js", "site/search/search_index.json.js",
    ]
    assert made[f"{FOLDER}/site/search/search_index.json.js"] == b'kbFile("{\\"docs\\":[{\\"location\\":\\"./a/index.html#b\\"},{\\"location\\":\\"./index.html\\"}]}")\n'
    assert made[f"{FOLDER}/site/charts/x.vega.json.js"].decode() == 'kbFile("{\\"a\\":\\"“\\\\n\\"}")\n'
    words = made[f"{FOLDER}/README.txt"].decode() + made[f"{FOLDER}/Open me.html"].decode()
    assert "Offline copy of November 21, 2026" in words and 'href="site/index.html"' in words and "[" not in words


def test_the_same_files_give_the_same_zip(tmp_path: Path) -> None:
    files = [("a/Open me.html", b"<p>x</p>"), ("a/b.pdf", b"%PDF" * 1000)]
    for name in ("one.zip", "two.zip"):
        assert pack(iter(files), tmp_path / name, (2026, 11, 21, 0, 0, 0)) == 2
    assert (tmp_path / "one.zip").read_bytes() == (tmp_path / "two.zip").read_bytes()
    with zipfile.ZipFile(tmp_path / "one.zip") as archive:
        assert archive.testzip() is None and archive.read("a/b.pdf") == b"%PDF" * 1000
    assert sorted(path.name for path in tmp_path.iterdir()) == ["one.zip", "two.zip"]
