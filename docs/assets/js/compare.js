// Compare: shows the columns of two to four strategies, which the address names: ?strategies=a,b (or the name repeated,
// as a plain form sends it). Every column stands in the page; nothing is fetched.
(() => {
  const MOST = 4, LEAST = 2;
  const find = id => document.getElementById(id);
  const form = find("choose"), region = find("compare"), status = find("compared");
  const boxes = [...form.elements].filter(element => element.type === "checkbox");
  const rows = [...region.querySelectorAll("tr")];
  const ids = [...rows[0].querySelectorAll("th")].map(cell => cell.dataset.id);
  document.documentElement.classList.add("js");

  function update(remember = true) {
    const chosen = boxes.filter(box => box.checked), names = new Set(chosen.map(box => box.value));
    for (const row of rows) ids.forEach((id, n) => { row.cells[n + 1].hidden = !names.has(id); });
    for (const box of boxes) box.disabled = chosen.length >= MOST && !box.checked;
    region.hidden = chosen.length < LEAST;
    status.textContent = chosen.length >= LEAST ? `${chosen.length} strategies side by side`
      : chosen.length ? "Choose one strategy more below." : "Choose two to four strategies below.";
    if (!remember) return;
    history.replaceState(null, "", names.size ? `?strategies=${[...names].join(",")}` : location.pathname);
  }

  function restore() {
    const asked = new URLSearchParams(location.search).getAll("strategies").join(",").split(",");
    const known = new Set(asked.filter(id => ids.includes(id)).slice(0, MOST));
    for (const box of boxes) box.checked = known.has(box.value);
    update(known.size > 0);
  }

  form.addEventListener("change", () => update());
  form.addEventListener("submit", event => event.preventDefault());
  addEventListener("pageshow", event => { if (event.persisted) restore(); });
  restore();
})();
