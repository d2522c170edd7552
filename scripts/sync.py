"""Writes everything that is derived from the schemas and committed; with --check only says what is stale."""

import argparse
import json
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

import project
from kb.types import ContentType, find_types


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true", help="write nothing; end with 1 where a file is stale")
    options = parser.parse_args()
    types, _ = find_types(project.ROOT / "content" / "schemas")
    stale = [(path, text) for path, text in derived(types) if not _same(project.ROOT / path, text)]
    for path, text in stale:
        if options.check:
            print(f"{path} is stale. Run: .venv/bin/python scripts/sync.py")
        else:
            target = project.ROOT / path
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(text, "utf-8")
            print(f"Wrote {path}.")
    return 1 if stale and options.check else 0


def derived(types: Mapping[str, ContentType]) -> Iterator[tuple[str, str]]:
    """The derived files: path and content."""
    yield ".vscode/settings.json", _json({
        "yaml.schemas": {f"./content/schemas/{name}.schema.json": f"content/{name}/*.yml" for name in types},
        "yaml.customTags": ["!ENV sequence"],
        "yaml.schemaStore.enable": False,
        "files.insertFinalNewline": True,
        "[yaml]": {"editor.insertSpaces": True, "editor.tabSize": 2},
    })
    yield ".vscode/extensions.json", _json({"recommendations": ["redhat.vscode-yaml"]})


def _json(data: object) -> str:
    return json.dumps(data, indent=2) + "\n"


def _same(path: Path, text: str) -> bool:
    return path.is_file() and path.read_text("utf-8") == text


if __name__ == "__main__":
    sys.exit(main())
