// The search page: asks Material's search worker and shows a plain list of results.
// The index is fetched here only, so that no other page pays for it.
(() => {
  const SETUP = 0, READY = 1, QUERY = 2, RESULT = 3;   // the messages of Material's worker; a browser test watches them
  const SHOWN = 20, EXCERPT = 220;
  const config = JSON.parse(document.getElementById("__config").textContent);
  const root = new URL(config.base + "/", location.href);
  const input = document.getElementById("find-q");
  const status = document.getElementById("find-status");
  const list = document.getElementById("find-results");
  const worker = new Worker(new URL(config.search, location.href));
  let ready = false;

  // Text with its <mark>s, and nothing else of what the index holds.
  function marked(html, limit) {
    const fragment = document.createDocumentFragment();
    const body = new DOMParser().parseFromString(html, "text/html").body;
    let room = limit;
    for (const node of body.querySelectorAll("*")) if (node.localName !== "mark") node.replaceWith(...node.childNodes, " ");
    body.normalize();
    for (const node of body.childNodes) {
      if (room <= 0) { fragment.append("…"); break; }
      const text = node.textContent.replace(/\s+/g, " ").slice(0, room);
      room -= text.length;
      const part = node.localName === "mark" ? document.createElement("mark") : document.createTextNode("");
      part.textContent = text;
      fragment.append(part);
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

  // An entry whose name, acronym or other name is exactly what was asked stands before those that mention it.
  const plain = text => text.replace(/<[^>]*>/g, "").trim().toLowerCase();
  function named(found, words) {
    const names = found.flatMap(part => [part.location.includes("#") ? "" : part.title, ...(part.tags ?? [])]);
    return names.some(name => plain(name) === words) ? 0 : 1;
  }

  function show({ items }) {
    const words = plain(input.value);
    items.sort((a, b) => named(a, words) - named(b, words));   // stable: otherwise the order of the search stays
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
    .then(index => worker.postMessage({ type: SETUP, data: { ...index, options: { suggest: false } } }))
    .catch(() => { status.textContent = "The search index could not be loaded."; });

  input.value = new URLSearchParams(location.search).get("q") ?? "";
  status.textContent = input.value ? "Searching…" : "";
  document.getElementById("find").addEventListener("submit", event => { event.preventDefault(); ask(); });
  input.addEventListener("input", ask);
  if (!input.value) input.focus();
})();
