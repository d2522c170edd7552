"""The tables: what a spreadsheet and a program read from them, the Data Package that describes them, and the zip of everything."""

import csv
import io
import json
import os
import subprocess
import sys
import zipfile
from datetime import date
from pathlib import Path
from typing import Any

import frictionless
import pandas
import pytest
from paths import ROOT

from kb import KnowledgeBase, Site, data, load
from kb.data.spreadsheet import as_csv, plain
from kb.data.tables import tables

SITE = Site("A site", "https://site.example/", "", "main", date(2026, 11, 21))


@pytest.fixture(scope="module")
def made() -> dict[str, Any]:
    """Every file of the data of the real content."""
    return dict(data.files(load(ROOT), SITE))


@pytest.fixture(scope="module")
def folder(made: dict[str, Any], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The zip of everything, unpacked."""
    root = tmp_path_factory.mktemp("zip")
    zipfile.ZipFile(io.BytesIO(made["api/v1/violence-reduction-roadmap.zip"])).extractall(root)
    return root / "violence-reduction-roadmap"


def rows(made: dict[str, Any], name: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(made[f"api/v1/{name}.csv"].removeprefix("\ufeff"), newline=""), strict=True))


@pytest.mark.parametrize(("value", "cell"), [
    ("=1+1", "'=1+1"), ("+1 202", "'+1 202"), ("-5", "'-5"), ("@x", "'@x"), ("\tx", "'\tx"), ("\rx", "'\rx"), ("  =1", "'  =1"), ("＝1", "'＝1"),
    ("a=b", "a=b"), (-5, "-5"), (-10.6, "-10.6"), (22.0, "22.0"), (None, ""), (0, "0"), (True, "true"), (False, "false"),
    (("a", "b|c"), "a | b/c"), (("a", "=b"), "a | =b"), (("=a", "b"), "'=a | b"), ((), ""),
])
def test_a_cell(value: Any, cell: str) -> None:
    assert plain(value) == cell


def test_a_file_is_as_rfc_4180_asks_and_marks_its_encoding() -> None:
    assert as_csv(["a", "b"], [('say "hi"', "x,y"), ("two\nlines", "“é”")]) == '\ufeffa,b\r\n"say ""hi""","x,y"\r\n"two\nlines",“é”\r\n'


def test_no_cell_of_the_content_begins_as_a_formula_and_numbers_stay_numbers(made: dict[str, Any]) -> None:
    found = 0
    for path, content in made.items():
        if not path.endswith(".csv"):
            continue
        assert content.startswith("\ufeff") and content.endswith("\r\n")
        for row in csv.reader(io.StringIO(content, newline=""), strict=True):
            for cell in row:
                found += 1
                if cell.lstrip(" ").startswith(("=", "+", "-", "@", "\t", "\r")):
                    float(cell)
    assert found > 10_000


def test_figures_stand_in_the_tables_exactly_as_somebody_wrote_them(kb: KnowledgeBase, made: dict[str, Any]) -> None:
    found = {row["id"]: row for row in rows(made, "results")}
    for entry in kb.of("results"):
        for name in ("value", "value_min", "value_max", "interval_low", "interval_high", "before_value", "after_value"):
            path = tuple(name.split("_", 1)) if name.startswith(("interval", "before", "after")) else (name,)
            mark = entry.document.values.get(path)
            assert found[entry.id][name] == (mark.text if mark else ""), (entry.id, name)
    series = [(entry.id, str(item.year), entry.document.values["series", number, "value"].text) for entry in kb.of("results") for number, item in enumerate(entry.series or ())]
    assert [(row["entry"], row["year"], row["value"]) for row in rows(made, "results/series")] == series


def test_a_finding_of_no_clear_effect_has_no_value_and_never_0(made: dict[str, Any]) -> None:
    null = [row for row in rows(made, "results") if row["direction"] in ("no-clear-effect", "inconclusive")]
    assert len(null) > 5
    assert not [row["id"] for row in null if row["value"] and float(row["value"]) == 0]
    assert any(row["value"] == "" for row in null)


def test_the_items_inside_entries_have_tables_of_their_own(kb: KnowledgeBase, made: dict[str, Any]) -> None:
    placed = [(action.id, item.resource, item.group.id, item.standing.id) for action in kb.of("actions") for item in action.resources or ()]
    assert [(row["entry"], row["resource"], row["group"], row["standing"]) for row in rows(made, "actions/resources")] == placed
    served = [(strategy.id, item.action, item.weight.id) for strategy in kb.of("strategies") for item in strategy.actions]
    assert [(row["entry"], row["action"], row["weight"]) for row in rows(made, "strategies/actions")] == served
    sizes = [(strategy.id, item.term.id, item.standing.id) for strategy in kb.of("strategies") for item in strategy.populations or ()]
    assert [(row["entry"], row["term"], row["standing"]) for row in rows(made, "strategies/populations")] == sizes
    notes = [(resource.id, note.date or "", note.text) for resource in kb.of("resources") for note in resource.availability_notes]
    assert [(row["entry"], row["date"], row["text"]) for row in rows(made, "resources/availability_notes")] == notes


def test_the_tables_together_hold_every_value_of_the_content(kb: KnowledgeBase, made: dict[str, Any]) -> None:
    """What the JSON holds, the tables hold too: no field is lost on the way."""

    def leaves(value: Any) -> list[Any]:
        inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else None
        return [value] if inner is None else [leaf for item in inner for leaf in leaves(item)]

    for type_ in kb.types:
        cells = {cell for name in made if name.startswith((f"api/v1/{type_}.csv", f"api/v1/{type_}/")) and name.endswith(".csv") for row in rows(made, name[7:-4]) for cell in row.values()}
        cells |= {part for cell in cells for part in cell.removeprefix("'").split(" | ")}
        lost = [(entry.id, leaf) for entry in kb.of(type_) for leaf in leaves(entry.data) if plain(leaf) not in cells and str(leaf).replace("|", "/") not in cells]
        assert lost == []


def test_pandas_reads_a_table_without_being_told_how(folder: Path, kb: KnowledgeBase) -> None:
    results = pandas.read_csv(folder / "results.csv")
    assert list(results.columns[:2]) == ["id", "title"]
    assert len(results) == len(kb.of("results"))
    assert results["value"].dtype == "float64" and results["interval_low"].min() == 0.22
    assert set(results["place"].dropna()) <= set(pandas.read_csv(folder / "places.csv")["id"])


def test_frictionless_finds_no_error_in_the_data_package_or_in_any_row(folder: Path) -> None:
    report = validated(folder)
    assert len(report.tasks) == len(list(folder.rglob("*.csv")))
    assert report.flatten(["name", "rowNumber", "fieldName", "message"]) == [] and report.errors == [] and report.valid


def test_frictionless_finds_a_key_that_leads_nowhere_and_a_value_that_is_not_in_its_list(folder: Path, tmp_path: Path) -> None:
    package = json.loads((folder / "datapackage.json").read_text("utf-8"))
    package["resources"] = [resource for resource in package["resources"] if resource["name"] in ("studies", "places")]
    for resource in package["resources"]:
        (tmp_path / resource["path"]).write_bytes((folder / resource["path"]).read_bytes())
    (tmp_path / "datapackage.json").write_text(json.dumps(package), "utf-8")
    studies = (folder / "studies.csv").read_bytes().decode("utf-8-sig")
    broken = studies.replace(",randomized", ",by-hand", 1)
    place = next(row["place"] for row in csv.DictReader(io.StringIO(studies, newline="")) if row["place"])
    broken = broken.replace(f",{place},", ",atlantis,", 1)
    (tmp_path / "studies.csv").write_bytes(broken.encode("utf-8-sig"))

    assert {kind for kind, in validated(tmp_path).flatten(["type"])} == {"foreign-key", "constraint-error"}


def validated(folder: Path) -> frictionless.Report:
    with frictionless.system.use_context(trusted=True):
        return frictionless.Package(str(folder / "datapackage.json")).validate()


def test_the_keys_between_the_tables_are_told(made: dict[str, Any]) -> None:
    package = json.loads(made["api/v1/datapackage.json"])
    keys = {(resource["name"], key["fields"]): key["reference"]["resource"] for resource in package["resources"] for key in resource["schema"].get("foreignKeys", ())}
    assert keys["results", "study"] == "studies" and keys["results", "place"] == "places"
    assert keys["actions-resources", "resource"] == "resources" and keys["strategies-actions", "entry"] == "strategies"
    assert keys["resources", "part_of"] == "", "a table that points to itself"


def test_the_code_book_tells_every_column_and_every_value(made: dict[str, Any]) -> None:
    columns, values = rows(made, "columns"), rows(made, "values")
    told = {(row["table"], row["column"]) for row in columns}
    for path in made:
        if path.endswith(".csv"):
            name = path[7:-4]
            header = next(csv.reader(io.StringIO(made[path].removeprefix("\ufeff"))))
            assert name in ("columns", "values") or {(name, column) for column in header} <= told
    assert all(row["description"] and row["title"] for row in columns)
    assert ("results", "direction", "no-clear-effect") in {(row["table"], row["column"], row["value"]) for row in values}


def test_no_two_columns_of_a_table_have_one_name_and_no_two_rows_one_key(kb: KnowledgeBase, made: dict[str, Any]) -> None:
    from kb.data.documents import Documents
    for table in tables(kb, Documents(kb, SITE.url)):
        names = [column.name for column in table.columns]
        assert len(set(names)) == len(names), table.name
        keys = [tuple(row[names.index(part)] for part in table.key) for row in table.rows]
        assert len(set(keys)) == len(keys), table.name


def test_the_zip_holds_everything_with_license_and_readme(made: dict[str, Any], folder: Path) -> None:
    packed = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}
    served = {path.removeprefix("api/v1/") for path in made if not path.endswith(".zip") and not path.startswith("guides/") and path.count("/") <= (3 if path.endswith(".csv") else 2)}
    assert packed == served | {"README.txt"}
    readme = (folder / "README.txt").read_text("utf-8")
    assert "CC BY 4.0" in readme and json.loads(made["api/v1/index.json"])["result"]["content_version"] in readme and "{" not in readme
    items = zipfile.ZipFile(io.BytesIO(made["api/v1/violence-reduction-roadmap.zip"])).infolist()
    assert {item.date_time for item in items} == {(1980, 1, 1, 0, 0, 0)} and [item.filename for item in items] == sorted(item.filename for item in items)


def test_the_same_content_gives_the_same_bytes_whatever_the_order_of_hashes() -> None:
    code = (
        "import sys, hashlib; sys.path[:0] = ['scripts', 'tests']\n"
        "from test_tables import SITE, ROOT; from kb import data, load\n"
        "print(hashlib.sha256(b''.join(path.encode() + (content if isinstance(content, bytes) else content.encode()) for path, content in data.files(load(ROOT), SITE))).hexdigest())"
    )
    seen = [subprocess.run([sys.executable, "-c", code], cwd=ROOT, env=os.environ | {"PYTHONHASHSEED": seed, "TZ": zone}, capture_output=True, text=True, check=True).stdout for seed, zone in (("0", "UTC"), ("4711", "Asia/Tokyo"))]
    assert seen[0] == seen[1] != ""


def test_the_version_changes_with_the_content_only(kb: KnowledgeBase, made: dict[str, Any]) -> None:
    from dataclasses import replace

    from kb.data.index import version
    assert version(kb) == json.loads(made["api/v1/index.json"])["result"]["content_version"]
    assert version(replace(kb, every=kb.every[:-1])) != version(kb)
