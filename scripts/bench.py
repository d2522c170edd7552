"""Times the project over synthetic knowledge bases made from the real content: check, generate, PDFs and engine apart.

Each step runs as a process of its own, so that its peak memory is its own.
"""

import argparse
import json
import os
import re
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable
from pathlib import Path

import project

STEPS = ("check", "generate", "pdfs", "engine")
HIDDEN = ("charts",)
ALONE = ("actions", "resources")
"""The types that need no other: the base where the real content is more than what is asked for."""
LINKED = ("actions", "strategies", "results", "guides", "glossary")
"""The types that are not copied: another entry must name theirs, nothing may be called the same, or each would need new charts."""
_LINK = re.compile(r"\[([^\]]+)\]\([a-z-]+/[^)]*\.md[^)]*\)")
COPIED = ("content/schemas", "content/actions", "docs", "overrides", "scripts", "mkdocs.yml")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("sizes", type=int, nargs="*", default=[100, 1000, 5000], help="numbers of entries (default: 100 1000 5000)")
    parser.add_argument("--step", choices=(*STEPS, *HIDDEN), help=argparse.SUPPRESS)   # what a child process does
    options = parser.parse_args()
    if options.step:
        print(json.dumps(draw_charts() if options.step in HIDDEN else run(options.step)))
        return 0
    print(f"{'entries':>8} {'check s':>8} {'generate s':>11} {'PDFs s':>7} {'engine s':>9} {'peak MB':>8} {'pages':>7} {'site MB':>8}")
    print("  charts …", file=sys.stderr, flush=True)
    drawn = charts()
    for size in options.sizes:
        print(measure(size), flush=True)
    print(drawn)
    return 0


def measure(size: int) -> str:
    """One line of the table for a knowledge base of `size` entries."""
    with tempfile.TemporaryDirectory() as name:
        root = Path(name)
        size = synthesize(root, size)
        shutil.copytree(project.CACHE / "charts", root / ".cache" / "charts", dirs_exist_ok=True)   # charts are timed apart
        results = {}
        for step in STEPS:
            print(f"  {size:,} entries: {step} …", file=sys.stderr, flush=True)
            results[step] = _child(root, step, root / ".cache")
        site = [path for path in (root / "site").rglob("*") if path.is_file()]
        pages = sum(path.name == "index.html" for path in site)
        megabytes = sum(path.stat().st_size for path in site) / 1e6
    engine = results["engine"]["seconds"] - results["generate"]["seconds"] - results["check"]["seconds"]
    peak = max(result["peak"] for result in results.values())
    return f"{size:>8,} {results['check']['seconds']:>8.2f} {results['generate']['seconds']:>11.2f} {results['pdfs']['seconds']:>7.2f} {engine:>9.2f} {peak:>8.0f} {pages:>7,} {megabytes:>8.1f}"


def charts() -> str:
    """What drawing all charts of the real content costs: with an empty cache, and with a full one."""
    with tempfile.TemporaryDirectory() as name:
        cold, warm = (_child(project.ROOT, "charts", Path(name)) for _ in range(2))
    return f"All {cold['pictures']:,.0f} pictures of the charts: {cold['seconds']:.1f} s and {cold['peak']:.0f} MB with an empty cache, {warm['seconds']:.2f} s and {warm['peak']:.0f} MB from the cache."


def draw_charts() -> dict[str, float]:
    """Seconds, peak megabytes and number of pictures of all charts of the project at hand."""
    from kb import load
    from kb.charts import charts

    kb, draw = load(project.ROOT), project.drawer()
    started = time.perf_counter()
    pictures = {picture for chart in charts(kb) for picture in (chart.whole.as_json(), *(picture.as_json() for panel in chart.panels for picture in panel.pictures))}
    for chart in charts(kb):
        for picture in (chart.whole, *(picture for panel in chart.panels for picture in panel.pictures)):
            draw(picture)
    return {"seconds": time.perf_counter() - started, "peak": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024, "pictures": len(pictures)}


def synthesize(root: Path, size: int) -> int:
    """A project in `root` with `size` entries: the real ones (or those of ALONE) first, then copies of them under other names.

    Returns how many they are: no fewer than those of ALONE.
    """
    for part in COPIED:
        source, target = project.ROOT / part, root / part
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copytree(source, target) if source.is_dir() else shutil.copy(source, target)
    real = _entries(_types())
    if size < len(real):
        real = _entries(ALONE)
        for page in (root / "docs").glob("*.md"):   # they link to entries that are not there now
            page.write_text(_LINK.sub(r"\1", page.read_text("utf-8")), "utf-8")
    for path in real:
        target = root / path.relative_to(project.ROOT)
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(path, target)
    copied = [path for path in real if path.parent.name not in LINKED]
    for number in range(max(0, size - len(real))):
        path = copied[number % len(copied)]
        text = path.read_text("utf-8")
        text = re.sub(r"^title: .*\n(  .*\n)*", f"title: Copy {number} of {path.stem}\n", text, count=1, flags=re.M)
        text = re.sub(r"^aliases:\n(  - .*\n)+", "", text, flags=re.M)
        (root / "content" / path.parent.name / f"{path.stem}-copy-{number}.yml").write_text(text, "utf-8")
    return max(size, len(real))


def run(step: str) -> dict[str, float]:
    """Seconds and peak megabytes of one step over the project at hand."""
    import pdf
    from kb import check, generate, load
    from kb.sheets import sheets

    started = time.perf_counter()
    if step == "engine":
        os.environ["NO_MKDOCS_2_WARNING"] = "1"
        from build import build
        build(project.ROOT / "site")
    else:
        kb = load(project.ROOT)
        if step == "check":
            assert not check(kb), "the synthetic content has problems"
        elif step == "pdfs":
            started = time.perf_counter()
            pdf.write_all(list(sheets(kb, project.site())), project.ROOT / "pdfs", lambda _: None)
        else:
            started = time.perf_counter()
            sum(len(made.content) for made in generate(kb, project.site(), project.drawer()))
    return {"seconds": time.perf_counter() - started, "peak": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024}


def _entries(types: Iterable[str]) -> list[Path]:
    return sorted(path for type_ in types for path in (project.ROOT / "content" / type_).glob("*.yml"))


def _types() -> list[str]:
    return sorted(path.name.split(".")[0] for path in (project.ROOT / "content/schemas").glob("*.json") if path.name.split(".")[0] not in ("common", "vocabulary"))


def _child(root: Path, step: str, cache: Path) -> dict[str, float]:
    done = subprocess.run([sys.executable, str(root / "scripts/bench.py"), "--step", step], cwd=root, capture_output=True, text=True, env=os.environ | {"KB_CACHE": str(cache)})
    if done.returncode:
        sys.exit(done.stdout + done.stderr)
    return json.loads(done.stdout.splitlines()[-1])


if __name__ == "__main__":
    sys.exit(main())
