"""Variants of the small project's resource."""

from pathlib import Path

UNDATED = """
  - text: The copies that we have read are undated.
    standing: seen
    source: page
"""
NOTES = """
  - text: The first report.
    standing: editorial
    date: '2025-08-18'
  - text: A later report.
    standing: editorial
    date: '2026-01'
  - text: An undated page.
    standing: editorial
"""


def resource(root: Path, id_: str, *changed: tuple[str, str]) -> None:
    """A copy of the small project's resource under another id, with lines replaced."""
    text = (root / "content/resources/a-guide.yml").read_text("utf-8").replace("title: A guide", f"title: The {id_}")
    for old, new in changed:
        assert old in text, old
        text = text.replace(old, new)
    (root / f"content/resources/{id_}.yml").write_text(text, "utf-8")


def ended(notes: str = NOTES) -> tuple[tuple[str, str], ...]:
    return (("availability: not-checked", "availability: ended"), (UNDATED, notes))
