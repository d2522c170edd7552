// Share: a button that copies beside each link and citation, and headings that copy the link to their section. What was
// done is said in a live region. Escape leaves the explanation of a word. Without this script the texts are there to select.
(() => {
  const page = document.querySelector("link[rel=canonical]").href;
  const said = Object.assign(document.createElement("p"), { className: "kb-said" });
  said.setAttribute("role", "status");
  document.getElementById("main").append(said);
  let timer;

  function say(words, stays) {
    clearTimeout(timer);
    said.textContent = "";   // so that the same words are said again
    timer = setTimeout(() => {
      said.textContent = words;
      if (!stays) timer = setTimeout(() => { said.textContent = ""; }, 6000);
    }, 50);
  }

  async function copy(text, what) {
    try { await navigator.clipboard.writeText(text); say(`${what} copied.`); }
    catch { say(`Copy this: ${text}`, true); }
  }

  for (const text of document.querySelectorAll(".kb-share dd")) {
    const what = text.previousElementSibling.textContent.trim(), button = document.createElement("button");
    button.type = "button";
    button.className = "kb-linkish";
    button.textContent = "Copy";
    button.setAttribute("aria-label", `Copy: ${what}`);
    button.onclick = () => copy(text.firstChild.data, what);
    text.append(" ", button);
  }

  // Escape puts the explanation of a word away, as “Back to the text” does.
  document.addEventListener("keydown", event => { if (event.key === "Escape") document.querySelector(".kb-words > :target .kb-back")?.click(); });

  document.addEventListener("click", event => {
    const heading = event.target.closest('h2 > a[href^="#"]');
    if (heading && !event.ctrlKey && !event.metaKey && !event.shiftKey) copy(page + heading.hash, "Link to this section");
  });
})();
