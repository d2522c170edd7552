"""What describes the tables: the Data Package descriptor, and the code book as two tables."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from kb.data.spreadsheet import SEPARATOR
from kb.data.tables import Column, Table, text
from kb.types import Schema, terms

_STRING_FORMATS = {"email": "email", "web-address": "uri"}
LICENSE = {"name": "CC-BY-4.0", "path": "https://creativecommons.org/licenses/by/4.0/", "title": "Creative Commons Attribution 4.0"}


def descriptor(tables: Sequence[Table], about: Mapping[str, Any]) -> dict[str, Any]:
    """The Frictionless Data Package of the tables: `about` the whole, then each table with its columns and keys."""
    ids = {table.name: {row[0] for row in table.rows} for table in tables if not table.is_of_items}
    return {"profile": "tabular-data-package", **about, "licenses": [LICENSE], "resources": [_resource(table, ids) for table in tables]}


def code_book(tables: Sequence[Table]) -> tuple[Table, Table]:
    """Every column of every table with what it holds, and every value that a column with a closed list may hold."""
    listed = [(table, column) for table in tables for column in table.columns]
    columns = tuple(
        (table.name, column.name, column.title, column.description, kind(column), column.required, column.many, tuple(terms(column.schema)) or None, _of(table, column) or None)
        for table, column in listed
    )
    values = tuple(
        (table.name, column.name, term.id, term.label, term.description, term.low, term.high)
        for table, column in listed for term in terms(column.schema).values()
    )
    return (
        Table("columns", "Columns", "Every column of every table: the code book.", _COLUMNS, ("table", "column"), columns, "columns"),
        Table("values", "Values", "What each value of a column with a closed list means.", _VALUES, ("table", "column", "value"), values, "values"),
    )


def kind(column: Column) -> str:
    """The type of a cell, as Table Schema names it."""
    if column.many:
        return "string"
    return "date" if column.schema.get("format") == "date" else column.schema.get("type", "string")


def _resource(table: Table, ids: Mapping[str, set[str]]) -> dict[str, Any]:
    keys = list(_foreign_keys(table, ids))
    return {
        "name": table.name.replace("/", "-"), "path": f"{table.name}.csv", "profile": "tabular-data-resource", "title": table.title, "description": table.description,
        "format": "csv", "mediatype": "text/csv", "encoding": "utf-8", "dialect": {"lineTerminator": "\r\n", "delimiter": ",", "quoteChar": '"', "doubleQuote": True},
        "schema": {"fields": [_field(column) for column in table.columns], "missingValues": [""], "primaryKey": list(table.key), **({"foreignKeys": keys} if keys else {})},
    }


def _field(column: Column) -> dict[str, Any]:
    enum = [] if column.many else list(terms(column.schema))
    several = f" Several values, with “{SEPARATOR}” between them." if column.many else ""
    form = _STRING_FORMATS.get(column.schema.get("format", "")) if not column.many else None
    limits = {"required": True} if column.required else {}
    return {
        "name": column.name, "title": column.title, "description": column.description + several, "type": kind(column),
        **({"format": form} if form else {}), **({"constraints": limits | ({"enum": enum} if enum else {})} if limits or enum else {}),
    }


def _foreign_keys(table: Table, ids: Mapping[str, set[str]]) -> Iterator[dict[str, Any]]:
    """The columns whose ids all stand in the table that they point to; one that names a retired entry is no key."""
    for place, column in enumerate(table.columns):
        target = _of(table, column)
        if target and not column.many and {row[place] for row in table.rows} - {None} <= ids[target]:
            yield {"fields": column.name, "reference": {"resource": "" if target == table.name else target, "fields": "id"}}


def _of(table: Table, column: Column) -> str:
    """The table whose ids a column holds; empty where it holds none."""
    target = column.schema.get("x-entry", "")
    return table.owner if target == "." else target


def _column(name: str, description: str, **more: Any) -> Column:
    schema: Schema = {**text(name.replace("_", " "), description), **more}
    return Column(name, schema, (), name not in ("values", "ids_of", "min", "max"), many=name == "values")


_COLUMNS = (
    _column("table", "The table: its path without “.csv”."), _column("column", "The name of the column."), _column("title", "The column in words."),
    _column("description", "What it holds."), _column("type", "The type of its cells: string, integer, number, boolean or date."),
    _column("required", "Whether every row has it.", type="boolean"), _column("several", f"Whether a cell may hold several values, with “{SEPARATOR}” between them.", type="boolean"),
    _column("values", "The values that it may hold, where that is a closed list; values.csv says what they mean."), _column("ids_of", "The table whose ids it holds."),
)
_VALUES = (
    _column("table", "The table: its path without “.csv”."), _column("column", "The name of the column."), _column("value", "The value as it stands in the cell."),
    _column("label", "The value in words."), _column("description", "What it means."),
    _column("min", "The smallest number that it covers, where it is a bracket.", type="integer"), _column("max", "The largest number that it covers, where it has one.", type="integer"),
)
