"""Makes PDFs of sheets with Typst, on all cores, keeping each in a cache under the hash of all that it is made from."""

import hashlib
import io
import json
import os
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from importlib.metadata import version
from pathlib import Path

import project
from kb.sheets import FONTS, TEMPLATE, TYPST, Sheet

CACHE = project.CACHE / "pdf"


def write_all(sheets: Sequence[Sheet], folder: Path, tell: Callable[[str], None]) -> None:
    """Writes the PDF of every sheet below `folder`; tells how far it is with those that are not in the cache."""
    base = _base()
    missing = [sheet for sheet in sheets if not _cached(sheet, base).is_file()]
    if missing:
        tell(f"Making {len(missing)} of {len(sheets)} PDFs with Typst …")
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        progress = project.paced(tell)
        for done, _ in enumerate(pool.map(pdf, missing), 1):
            progress(f"  {done} of {len(missing)} PDFs")
    for sheet in sheets:
        for name in (sheet.path, *sheet.also):
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(_cached(sheet, base).read_bytes())


def pdf(sheet: Sheet) -> bytes:
    """The PDF of a sheet: PDF/UA-1, the same bytes for the same sheet."""
    path = _cached(sheet, _base())
    if not path.is_file():
        path.parent.mkdir(parents=True, exist_ok=True)
        part = path.with_suffix(f".{os.getpid()}.part")
        part.write_bytes(_compiled(sheet))
        part.replace(path)   # at once, so that no half file is ever read
    return path.read_bytes()


def _compiled(sheet: Sheet) -> bytes:
    import segno
    import typst

    code = io.BytesIO()
    segno.make(json.loads(sheet.content)["url"], error="m").save(code, kind="svg", xmldecl=False, border=0, nl=False)
    inputs = {"data": sheet.content, "qr": code.getvalue().decode()}
    return typst.compile(str(TEMPLATE), font_paths=[str(FONTS)], ignore_system_fonts=True, sys_inputs=inputs, pdf_standards=["ua-1"], format="pdf", timestamp=0)


def _base() -> bytes:
    """What every PDF depends on beside its sheet: templates, fonts, versions."""
    parts = [*(path.read_bytes() for path in (*sorted(TYPST.glob("*.typ")), *sorted(FONTS.glob("*.ttf")))), *(version(name).encode() for name in ("typst", "segno"))]
    return hashlib.sha256(b"\0".join(hashlib.sha256(part).digest() for part in parts)).digest()


def _cached(sheet: Sheet, base: bytes) -> Path:
    return CACHE / f"{hashlib.sha256(base + sheet.content.encode()).hexdigest()}.pdf"
