// Browse: turns the facet links into checkboxes and narrows the list. Without it every value stays a link to its own page.
// Within a facet any of the ticked values, between facets all of them: the same meaning as select() in scripts/kb/select.py;
// tests/select_cases.json holds the cases that both must pass.
(() => {
  // What is asked ({vocabulary: [terms]}) as a test of an entry's terms ("vocabulary/term"). One facet may be left out.
  function matcher(asked) {
    const wanted = Object.entries(asked).map(([facet, values]) => [facet, values.map(value => `${facet}/${value}`)]).filter(([, terms]) => terms.length);
    return (terms, except) => wanted.every(([facet, ids]) => facet === except || ids.some(id => terms.has(id)));
  }
  window.kbMatches = (terms, asked) => matcher(asked)(terms);

  const form = document.getElementById("facets"), list = document.getElementById("list");
  if (!form || !list) return;
  const count = document.getElementById("count"), chosen = document.getElementById("chosen"), none = document.getElementById("none");
  const items = Array.from(list.children, element => ({ element, shown: true, terms: new Set(element.dataset.terms.trim().split(" ")) }));
  const facetOf = new Map();   // "office/bja" to "office", worked out once
  for (const { terms } of items) for (const term of terms) facetOf.set(term, term.slice(0, term.indexOf("/")));
  document.documentElement.classList.add("js");

  const wide = matchMedia("(min-width: 64em)").matches;   // on a phone the list comes first: facets stay folded
  const boxes = [], counters = new Map();
  for (const facet of form.querySelectorAll("[data-facet]")) {
    const name = facet.dataset.facet;
    facet.open = wide && boxes.length < 40;
    for (const row of facet.querySelectorAll("li[data-value]")) {
      const link = row.querySelector("a"), value = row.dataset.value;
      const box = Object.assign(document.createElement("input"), { type: "checkbox", name, value, id: `${name}-${value}` });
      const label = Object.assign(document.createElement("label"), { htmlFor: box.id, textContent: link.textContent });
      link.replaceWith(box, label);
      boxes.push(box);
      counters.set(`${name}/${value}`, row.querySelector(".kb-n"));
    }
  }

  function asked() {
    const picked = {};
    for (const box of boxes) if (box.checked) (picked[box.name] ??= []).push(box.value);
    return picked;
  }

  // How many entries each value would leave, given the choices in the other facets.
  function tally(want, fitting, fits) {
    const totals = new Map();
    const add = (entries, keep) => {
      for (const { terms } of entries)
        for (const term of terms) if (keep(facetOf.get(term))) totals.set(term, (totals.get(term) ?? 0) + 1);
    };
    add(fitting, facet => !(facet in want));
    for (const name of Object.keys(want)) add(items.filter(({ terms }) => fits(terms, name)), facet => facet === name);
    for (const [term, counter] of counters) {
      const total = String(totals.get(term) ?? 0);
      if (counter.textContent !== total) counter.textContent = total;
    }
  }

  // The texts of “Share this view” are those of the whole list; the choice goes into title and address.
  const view = document.getElementById("view"), whole = JSON.parse(view.dataset.csl);
  const [link, cited] = Array.from(view.querySelectorAll("dd"), field => field.firstChild), citation = cited.data;
  const [mail, file] = view.querySelectorAll("a");

  function share(query, labels) {
    const URL = whole.URL + (query && `?${query}`), title = [whole.title, labels.join("; ")].filter(Boolean).join(": ");
    link.data = URL;
    cited.data = citation.replace(whole.title, () => title).replace(whole.URL, () => URL);
    mail.href = `mailto:?subject=${encodeURIComponent(title)}&body=${encodeURIComponent(URL)}`;
    file.href = `data:application/json,${encodeURIComponent(JSON.stringify([{ ...whole, id: `${whole.id}?${query}`, title, URL }], null, 1))}`;
    file.download = "cite.json";
  }

  function update(remember = true) {
    const want = asked(), fits = matcher(want), fitting = [];
    for (const item of items) {
      const fit = fits(item.terms);
      if (item.shown !== fit) item.element.hidden = !(item.shown = fit);
      if (fit) fitting.push(item);
    }
    tally(want, fitting, fits);
    count.textContent = fitting.length === 1 ? "1 entry" : `${fitting.length.toLocaleString("en-US")} entries`;
    none.hidden = fitting.length > 0;
    const ticked = boxes.filter(box => box.checked);
    chosen.hidden = ticked.length === 0;
    chosen.replaceChildren(...ticked.map(box => {
      const item = document.createElement("li"), button = document.createElement("button");
      button.type = "button";
      button.textContent = box.labels[0].textContent;   // the cross is drawn by the style sheet, and not on paper
      button.setAttribute("aria-label", `Take away: ${box.labels[0].textContent}`);
      button.onclick = () => { box.checked = false; update(); box.focus(); };
      item.append(button);
      return item;
    }));
    const query = new URLSearchParams(ticked.map(box => [box.name, box.value])).toString();
    share(query, ticked.map(box => box.labels[0].textContent));
    if (!remember) return;
    history.replaceState(null, "", query ? `?${query}` : location.pathname);
  }

  function restore() {
    const start = new URLSearchParams(location.search);
    for (const box of boxes) {
      box.checked = start.getAll(box.name).includes(box.value);
      if (box.checked && wide) box.closest("details").open = true;
    }
    update(false);
  }

  form.addEventListener("change", () => update());
  form.addEventListener("reset", () => setTimeout(update));
  form.addEventListener("submit", event => event.preventDefault());
  addEventListener("pageshow", event => { if (event.persisted) restore(); });
  restore();
})();
