"""What a page says of itself to search engines: schema.org in JSON-LD. It claims nothing that the entry does not state.

A resource that ended or is reported ended is not offered as a service; of any other its availability stands with it. Findings
are no claims that somebody reviewed, and strategies no products: their pages have only their place in the site.
"""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from kb.charts import Chart
from kb.data.package import LICENSE
from kb.entries import Entry
from kb.render import Site

Node = Mapping[str, Any]
CONTEXT = "https://schema.org"
_SERVICES = ("grant-program", "training-and-technical-assistance", "clearinghouse", "data-system")
_ENDED = ("ended", "reported-ended")
_ARTICLES = {"journal-article": "ScholarlyArticle", "review": "ScholarlyArticle", "dissertation": "Thesis", "report": "Report", "brief": "Report", "working-paper": "Report"}
_UNTITLED = "title is not known"
"""Stands in the title of a study whose own title nobody has read."""
_PERSON = re.compile(r"[^,]+, (?:[A-Z][.’'-]? ?-?)+(?:, (?:Jr|Sr|II|III)\.?)?")
"""An author as a person is cited: “Braga, A. A.”. Others are organizations."""


def of_entry(entry: Entry, site: Site) -> str:
    """The JSON-LD of the page of an entry: its place in the site, and the thing that it is about where a type fits."""
    trail = crumbs(site, [(f"{entry.type.name}/", entry.type.name.replace("-", " ").capitalize()), ("", entry.title)])
    return script([trail] if entry.is_retired else [trail, *thing(entry)])


def of_chart(chart: Chart, site: Site) -> str:
    """The JSON-LD of the page of a chart: a data set with its table."""
    page = f"{site.url}charts/{chart.id}/"
    return script([dataset(chart.title, chart.sentence, page, {"distribution": [download(f"{page[:-1]}.csv", "text/csv")], "isPartOf": f"{site.url}data/"})])


def of_data(index: Mapping[str, Any]) -> str:
    """The JSON-LD of the page of all data, from its index."""
    files = [download(index["archive"], "application/zip")]
    files += [download(type_[form], media) for type_ in index["types"] for form, media in (("csv", "text/csv"), ("json", "application/json"))]
    more = {"version": index["content_version"], "dateModified": index["content_date"], "distribution": files}
    return script([dataset(index["title"], index["description"], index["documentation"], more)])


def thing(entry: Entry) -> Iterator[Node]:
    """What an entry is about, where schema.org has a type that fits it."""
    match entry.type.name:
        case "studies" if (kind := _ARTICLES.get(entry.kind.id)) and _UNTITLED not in entry.title:
            yield _study(entry, kind)
        case "resources" if entry.kind.id in _SERVICES and entry.availability.id not in _ENDED:
            yield _service(entry)
        case "organizations":
            kind = "GovernmentOrganization" if entry.role.id == "federal-office" else "Organization"
            yield {"@type": kind, "name": entry.title, **_named(entry), **_said("url", entry.url)}


def crumbs(site: Site, steps: Sequence[tuple[str, str]]) -> Node:
    """The way to a page from the front of its type: each step with its address after the site's; the page itself has none."""
    way = [{"@type": "ListItem", "position": number, "name": name, **({"item": site.url + address} if address else {})} for number, (address, name) in enumerate(steps, 1)]
    return {"@type": "BreadcrumbList", "itemListElement": way}


def dataset(name: str, description: str, url: str, more: Node) -> Node:
    """A data set of this site."""
    return {"@type": "Dataset", "name": name, "description": description, "url": url, "license": LICENSE["path"], "isAccessibleForFree": True, **more}


def download(url: str, media: str) -> Node:
    """A file to download."""
    return {"@type": "DataDownload", "contentUrl": url, "encodingFormat": media}


def script(nodes: Sequence[Node]) -> str:
    """Nodes as the text of a script element: nothing in it ends the element."""
    whole = {"@context": CONTEXT, **nodes[0]} if len(nodes) == 1 else {"@context": CONTEXT, "@graph": nodes}
    return json.dumps(whole, ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c")


def _study(entry: Entry, kind: str) -> Node:
    authors = [{"@type": "Person" if _PERSON.fullmatch(name) else "Organization", "name": name} for name in entry.authors]
    pages = [f"https://doi.org/{entry.doi}"] if entry.doi else []
    pages += [entry.url] if entry.url else []
    return {"@type": kind, "name": entry.title, "author": authors, **_said("datePublished", entry.year and str(entry.year)), **_said("sameAs", pages)}


def _service(entry: Entry) -> Node:
    """A service with who provides it; how available it is stands in words, with the date."""
    offices = [{"@type": "GovernmentOrganization", "name": office.label} for office in entry.offices or ()]
    state = f"{entry.availability.label}, as of {entry.availability_as_of}. {entry.availability_notes[0].text}"
    kind = "GovernmentService" if offices else "Service"
    return {"@type": kind, "name": entry.title, **_named(entry), "description": entry.summary, "disambiguatingDescription": state, **({"provider": offices} if offices else {}), **_said("url", entry.url)}


def _named(entry: Entry) -> Node:
    return _said("alternateName", list(entry.names))


def _said(name: str, value: Any) -> Node:
    """The property, where the entry states it."""
    return {name: value} if value else {}
