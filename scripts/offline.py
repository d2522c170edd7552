"""Makes one zip of the built site that opens from the file system by double click, search and filters included.

The same site gives the same zip, byte for byte, on the same day.
"""

import argparse
import sys
import zipfile
from collections.abc import Iterable
from pathlib import Path

import project
from kb.web.offline import START, offline


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--site", type=Path, default=project.ROOT / "site", help="the built site (default: site)")
    parser.add_argument("-o", "--output", type=Path, default=project.ROOT / "offline.zip", help="the zip to write (default: offline.zip)")
    options = parser.parse_args()
    if not (options.site / "index.html").is_file():
        parser.error(f"there is no site in {options.site}. Build it first: make site")
    print("Packing the site …", flush=True)
    site = project.site()
    found = sorted(path for path in options.site.rglob("*") if path.is_file())
    files = offline(((path.relative_to(options.site).as_posix(), path.read_bytes()) for path in found), site)
    count = pack(files, options.output, (site.today.year, site.today.month, site.today.day, 0, 0, 0))
    print(f"Packed {count} files into {options.output} ({options.output.stat().st_size / 1e6:.1f} MB).")
    print(f"To use it: extract it, then open “{START}” in its folder.")
    return 0


def pack(files: Iterable[tuple[str, bytes]], path: Path, when: tuple[int, int, int, int, int, int]) -> int:
    """Writes a zip whose bytes depend on the files and `when` alone, whole or not at all; gives the number of files."""
    fresh, count, progress = path.with_name(f"{path.name}.new"), 0, project.paced(lambda text: print(text, flush=True))
    with zipfile.ZipFile(fresh, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for name, content in files:
            info = zipfile.ZipInfo(name, when)
            info.compress_type, info.create_system, info.external_attr = zipfile.ZIP_DEFLATED, 3, 0o644 << 16
            archive.writestr(info, content, compresslevel=9)
            count += 1
            progress(f"  {count:,} files packed")
    fresh.replace(path)
    return count


if __name__ == "__main__":
    sys.exit(main())
