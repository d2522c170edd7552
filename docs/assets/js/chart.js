/* The interactive view of a chart, on its own page and only when asked for. Without it nothing is lost: the picture and
   the table stand on the page. Vega comes from this site; the specification was compiled when the site was built. */
(function () {
  "use strict";
  var place = document.querySelector("[data-vega]");
  if (!place) return;

  var start = button("Interactive view", function () {
    start.disabled = true;
    load(place.dataset.runtime).then(function () {
      return fetch(place.dataset.vega).then(function (answer) {
        if (!answer.ok) throw new Error(String(answer.status));
        return answer.json();
      });
    }).then(show).catch(function () {
      start.disabled = false;
      say("The interactive view could not be loaded. The picture and the table below say the same.");
    });
  });
  var status = document.createElement("p");
  status.className = "kb-small";
  status.setAttribute("role", "status");
  place.append(start, status);

  function show(specification) {
    var view = document.createElement("div");
    view.className = "kb-live-view kb-picture";
    view.tabIndex = 0;
    view.setAttribute("role", "region");
    view.setAttribute("aria-label", "Interactive view");
    delete specification.title;   // title and caption stand on the page already
    var runtime = window.vega;
    start.remove();
    place.insertBefore(view, status);
    return new runtime.View(runtime.parse(specification), { renderer: "svg", container: view, hover: true })
      .tooltip(function (_, event, item, value) { if (value) say(String(value)); })
      .runAsync().then(function () { keyboard(view); });
  }

  /* The same facts by keyboard: two buttons walk through the marks and their words are read aloud. */
  function keyboard(view) {
    var facts = [];
    document.querySelectorAll(".kb-chart-table tbody tr").forEach(function (row) {
      var names = row.closest("table").querySelectorAll("thead th");
      var known = Array.prototype.map.call(row.children, function (cell, number) { return cell.querySelector(".kb-quiet") ? "" : names[number].textContent.trim() + ": " + cell.textContent.trim(); });
      facts.push(known.concat((place.dataset.facts || "").split("|")).filter(Boolean).join("\n"));   // what a large picture is about stands beneath it, not in its table
    });
    var at = -1;
    function step(by) { return function () { at = (at + by + facts.length) % facts.length; say(at + 1 + " of " + facts.length + "\n" + facts[at]); }; }
    var next = button("Next fact", step(1));
    place.insertBefore(button("Previous fact", step(-1)), status);
    place.insertBefore(next, status);
    status.tabIndex = 0;   // it scrolls where there is much to say
    next.focus();
    say("Point at a mark, or step through the facts with the buttons.");
  }

  function load(address) {
    return window.vega ? Promise.resolve() : new Promise(function (resolve, reject) {
      var script = document.createElement("script");
      script.src = address;
      script.onload = resolve;
      script.onerror = reject;
      document.head.append(script);
    });
  }

  function button(text, act) {
    var made = document.createElement("button");
    made.type = "button";
    made.className = "kb-button kb-second";
    made.textContent = text;
    made.addEventListener("click", act);
    return made;
  }

  function say(text) { status.textContent = text; }
})();
