"""Writes a new entry: its fields with their meaning and an example, ready to fill in."""

import argparse
import json
import re
import sys
import textwrap
import unicodedata
from collections.abc import Iterator

import yaml

import project
from kb.types import ContentType, Field, find_types, terms


def main() -> int:
    types, _ = find_types(project.ROOT / "content" / "schemas")
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("type", choices=types, help="the kind of entry: a folder of content/")
    parser.add_argument("title", help="its title, in quotes")
    options = parser.parse_args()
    path = project.ROOT / "content" / options.type / f"{id_from(options.title)}.yml"
    if path.exists():
        parser.error(f"{path.relative_to(project.ROOT)} is there already")
    path.write_text("\n".join(skeleton(types[options.type], options.title)) + "\n", "utf-8")
    print(f"Wrote {path.relative_to(project.ROOT)}. Its name is its address for good: rename it now if you must. Once published, a rename needs the old name under “aliases”.")
    print("Fill in the fields, then run: make check")
    return 0


def id_from(title: str) -> str:
    """An id made from a title: lower-case letters, digits and hyphens."""
    plain = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode().lower().replace("'", "")
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-") or "entry"


def skeleton(type_: ContentType, title: str) -> Iterator[str]:
    """The lines of a new entry. Required fields stand empty, so that the checker lists what is left to do."""
    known = {"title": title, "added": project.today().isoformat(), "reviewed": project.today().isoformat()}
    yield f"# yaml-language-server: $schema=../schemas/{type_.name}.schema.json"
    yield f"# {type_.description}"
    yield "# Fields that begin with “#” may be left out. Delete the comments when you are done."
    for field in type_.fields.values():
        yield ""
        yield from (f"# {line}" for line in textwrap.wrap(field.schema["description"], 78))
        if choices := terms(field.schema.get("items", field.schema)):
            yield from (f"#   {line}" for line in textwrap.wrap("Terms: " + ", ".join(choices), 76))
        yield from _field(field, known)


def _field(field: Field, known: dict[str, str]) -> Iterator[str]:
    if field.name in known:
        yield _dump({field.name: known[field.name]})[0]
        return
    example = _dump({field.name: field.schema["examples"][0]})
    if field.required:
        yield "# Example:"
        yield from (f"#   {line}" for line in example)
        yield f"{field.name}:"
    else:
        yield from (f"# {line}" for line in example)


def _dump(data: object) -> list[str]:
    return yaml.safe_dump(json.loads(json.dumps(data)), allow_unicode=True, sort_keys=False, width=76).rstrip().split("\n")


if __name__ == "__main__":
    sys.exit(main())
