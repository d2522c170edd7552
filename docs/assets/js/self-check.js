// The self-check: progress, a list of where to begin, and the answers in the address fragment (#1=y&2=p). Nothing is
// stored or sent. Without this script the page is a worksheet to print.
(() => {
  const find = id => document.getElementById(id);
  const form = find("check"), list = find("result"), items = [...list.children], total = items.length;
  const words = { y: "Yes", p: "Partly", n: "Not yet", u: "Not sure" }, rank = { n: 0, u: 0, p: 1 };
  document.documentElement.classList.add("js");

  const said = n => form.elements[`a${n}`].value;
  const fragment = () => "#" + items.map(({ dataset: { n } }) => [n, said(n)]).filter(([, value]) => value)
    .sort(([a], [b]) => a - b).map(pair => pair.join("=")).join("&");

  // The answers of an address; none where its fragment leads to a place on the page.
  function given() {
    const pairs = [...new URLSearchParams(location.hash.slice(1))].filter(([n, value]) => words[value] && form.elements[`a${n}`]);
    return pairs.length ? new Map(pairs) : null;
  }

  function update() {
    const order = item => rank[said(item.dataset.n)] ?? 9;
    items.sort((a, b) => order(a) - order(b) || a.dataset.n - b.dataset.n);
    for (const item of items) {
      item.hidden = order(item) === 9;
      item.querySelector("[data-said]").textContent = words[said(item.dataset.n)] ?? "";
    }
    list.append(...items);
    const answered = items.filter(item => said(item.dataset.n)).length, begin = items.filter(item => !item.hidden).length;
    find("begin-none").hidden = answered > 0;
    find("begin-yes").hidden = answered === 0 || begin > 0;
    find("begin-some").hidden = list.hidden = begin === 0;
    find("share").hidden = answered === 0;
    find("copied").textContent = "";
    find("done").textContent = `${answered} of ${total} answered` + (answered ? `, ${begin} to begin with` : "");
  }

  const remember = () => history.replaceState(null, "", fragment() === "#" ? location.pathname + location.search : fragment());

  function restore() {
    const answers = given();
    if (!answers) return;
    for (const { dataset: { n } } of items) for (const box of form.elements[`a${n}`]) box.checked = box.value === answers.get(n);
    update();
  }

  form.addEventListener("change", () => { remember(); update(); });
  form.addEventListener("submit", event => event.preventDefault());
  // A pasted address brings its answers; a jump inside the page (“Skip to content”) must not lose ours.
  addEventListener("hashchange", () => given() ? restore() : remember());
  find("show").addEventListener("click", () => { find("begin").focus(); find("begin").scrollIntoView(); });
  find("print").addEventListener("click", () => print());
  find("clear").addEventListener("click", () => { form.reset(); remember(); update(); form.querySelector("input").focus(); });
  find("copy").addEventListener("click", async () => {
    const address = location.href.split("#")[0] + fragment();
    try { await navigator.clipboard.writeText(address); find("copied").textContent = "Copied."; }
    catch { find("copied").textContent = `Copy this: ${address}`; }
  });
  update();
  restore();
})();
