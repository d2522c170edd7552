// In the offline copy, before every other script. A page on a disk may load scripts but may not fetch, start a worker from
// a file or, in some browsers, change its address. So what the site's scripts fetch stands in the copy as a script of the
// same name with ".js" at its end, which hands its text to kbFile.
(() => {
  if (location.protocol !== "file:") return;
  const waiting = new Map();
  window.kbFile = text => waiting.get(document.currentScript.src)(text);

  const read = address => new Promise((resolve, reject) => {
    const script = document.createElement("script");
    script.src = `${new URL(address, location.href)}.js`;
    script.onerror = () => reject(new TypeError(`${address} is not in the offline copy`));
    waiting.set(script.src, resolve);
    document.head.append(script);
  });

  window.fetch = address => read(address).then(text => new Response(text));

  const Thread = window.Worker;
  window.Worker = class {
    constructor(address) {
      this.thread = read(address).then(text => {
        const thread = new Thread(URL.createObjectURL(new Blob([text], { type: "text/javascript" })));
        thread.onmessage = event => this.onmessage?.(event);
        return thread;
      });
    }
    postMessage(message) { this.thread.then(thread => thread.postMessage(message)); }
  };

  for (const name of ["replaceState", "pushState"]) {
    const change = history[name].bind(history);
    history[name] = (...given) => { try { change(...given); } catch { /* the address stays, the page works on */ } };
  }
})();
