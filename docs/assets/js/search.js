// The search page: asks Material's search worker and shows a plain list of results.
// The index is fetched here only, so that no other page pays for it.
(() => {
  const SETUP = 0, READY = 1, QUERY = 2, RESULT = 3;   // the messages of Material's worker; a browser test watches them
  const SHOWN = 20, EXCERPT = 220, EVERY = 98;
  const config = JSON.parse(document.getElementById("__config").textContent);
  const root = new URL(config.base + "/", location.href);
  const input = document.getElementById("find-q");
  const status = document.getElementById("find-status");
  const list = document.getElementById("find-results");
  const worker = new Worker(new URL(config.search, location.href));
  let ready = false, weights = new Map();   // of pages, by address

  // Text with its <mark>s, and nothing else of what the index holds.
  function marked(html, limit) {
    const fragment = document.createDocumentFragment();
    const body = new DOMParser().parseFromString(html, "text/html").body;
    let room = limit;
    for (const node of body.querySelectorAll("*")) if (node.localName !== "mark") node.replaceWith(...node.childNodes, " ");
    body.normalize();
    for (const node of body.childNodes) {
      const whole = node.textContent.replace(/\s+/g, " ");
      const text = whole.length > room ? whole.slice(0, whole.lastIndexOf(" ", room) + 1) + "…" : whole;   // ends with a word
      room -= whole.length;
      const part = node.localName === "mark" ? document.createElement("mark") : document.createTextNode("");
      part.textContent = text;
      fragment.append(part);
      if (room <= 0) break;
    }
    return fragment;
  }

  function row(found) {
    const page = found.find(part => !part.location.includes("#")) ?? found[0];
    const sections = found.filter(part => part !== page);
    const item = document.createElement("li"), heading = document.createElement("p"), link = document.createElement("a"), text = document.createElement("p");
    link.href = new URL(page.location, root);
    link.append(marked(page.title, 200));
    heading.append(link);
    heading.className = "kb-row-title";
    const telling = [page, ...sections].find(part => part.text.includes("<mark>")) ?? page;
    text.append(marked(telling.text, EXCERPT));
    item.append(heading, text);
    return item;
  }

  // What is called what was asked stands before what mentions it: by name, then by how a name begins, then by how many of
  // the words a name lacks, where a finding counts one more, and a study two, than what
  // they are about. Then comes what has every word
  // somewhere. Among equals the weight of the kind of page decides, then the search's own order. A word of the glossary
  // counts as a beginning, so that the entry itself comes first.
  const plain = text => text.replace(/<[^>]*>/g, "").toLowerCase().replace(/[^\p{L}\p{N}]+/gu, " ").trim();
  const stem = word => word.length > 3 ? word.replace(/s$/, "") : word;
  const begins = (part, word) => word.length > 3 ? part.startsWith(word) : part === word;
  const LITTLE = new Set("a an and are at by for in is of on or the to who with".split(" "));
  const pageOf = found => found[0].location.split("#")[0];
  const weight = found => weights.get(pageOf(found)) ?? 1;
  function place(found, words) {
    const page = pageOf(found), own = found.find(part => part.location === page);
    const titles = own ? [own.title, ...(own.tags ?? [])].map(plain) : [], names = titles.map(name => name.replace(/^glossary /, ""));
    if (names.includes(words)) return titles[0] === names[0] ? 0 : 1;
    if (names.some(name => name.startsWith(words))) return 1;
    const asked = words.split(" ").filter(word => !LITTLE.has(word)).map(stem);
    const most = Math.max(0, ...names.map(name => asked.filter(word => name.split(" ").some(part => begins(part, word))).length));
    if (2 * most > asked.length) return 2 + asked.length - most + (weight(found) <= 1) + (weight(found) < 1);
    return Object.keys(found[0].terms).every(term => found.some(part => part.terms[term])) ? EVERY : EVERY + 1;
  }

  function show({ items }) {
    const words = plain(input.value), placed = new Map(items.map(found => [found, place(found, words)]));
    items.sort((a, b) => placed.get(a) - placed.get(b) || (placed.get(a) < EVERY && weight(b) - weight(a)));
    list.replaceChildren(...items.slice(0, SHOWN).map(row));
    const asked = input.value.trim();
    const found = items.length === 1 ? "1 page" : `${items.length} pages`;
    status.textContent = !asked ? "" : items.length === 0 ? `Nothing found for “${asked}”. Try fewer or other words.`
      : `${found} found for “${asked}”${items.length > SHOWN ? `; the first ${SHOWN} are shown` : ""}.`;
  }

  function ask() {
    const words = input.value.trim();
    history.replaceState(null, "", words ? `?q=${encodeURIComponent(words)}` : location.pathname);
    if (ready) worker.postMessage({ type: QUERY, data: words });
  }

  worker.onmessage = ({ data }) => {
    if (data.type === READY) { ready = true; status.textContent = ""; if (input.value) ask(); }
    if (data.type === RESULT) show(data.data);
  };
  fetch(new URL("search/search_index.json", root))
    .then(response => response.json())
    .then(index => {
      weights = new Map(index.docs.map(doc => [doc.location, doc.boost]));
      worker.postMessage({ type: SETUP, data: { ...index, options: { suggest: false } } });
    })
    .catch(() => { status.textContent = "The search index could not be loaded."; });

  input.value = new URLSearchParams(location.search).get("q") ?? "";
  status.textContent = input.value ? "Searching…" : "";
  document.getElementById("find").addEventListener("submit", event => { event.preventDefault(); ask(); });
  input.addEventListener("input", ask);
  if (!input.value) input.focus();
})();
