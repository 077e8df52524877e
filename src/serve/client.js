// Live reload for the pages of `dateline serve`: reloads the page when it has changed, replaces style sheets in place,
// and shows errors in an overlay. The server injects this script into each page; no output of a build contains it.
(() => {
  "use strict";

  const { page, sheets, preview } = document.currentScript.dataset;
  const path = location.pathname;
  const isPlain = document.body.dataset.dateline === "plain";
  const KEY = "dateline scroll";
  // The state of this tab, sent with the request for events, by which even a restarted server knows whether the page
  // changed.
  const shows = new URLSearchParams({ route: path, page, sheets });
  let source = null;
  let wait = 250;

  // The event stream ------------------------------------------------------------------------------------------------

  function connect() {
    if (source || document.hidden) return;
    source = new EventSource(`/_dateline/events?${shows}`);
    source.onopen = () => { wait = 250; };
    // The delay doubles up to two seconds, so that a restarted server is found soon without a flood of requests.
    source.onerror = () => {
      disconnect();
      setTimeout(connect, wait);
      wait = Math.min(wait * 2, 2000);
    };
    source.addEventListener("reload", reload);
    source.addEventListener("css", (event) => swap(JSON.parse(event.data)));
    source.addEventListener("errors", (event) => showErrors(JSON.parse(event.data)));
    source.addEventListener("fixed", hideErrors);
  }

  function disconnect() {
    source?.close();
    source = null;
  }

  // Browsers allow few connections per host, so that a hidden tab closes its own and connects again when it is shown.
  document.addEventListener("visibilitychange", () => (document.hidden ? disconnect() : connect()));
  window.addEventListener("pagehide", disconnect);
  window.addEventListener("pageshow", connect);

  // Reloading at the same scroll position ---------------------------------------------------------------------------

  function reload() {
    disconnect();
    sessionStorage.setItem(KEY, JSON.stringify({ path, x: scrollX, y: scrollY }));
    location.reload();
  }

  function restore() {
    const kept = JSON.parse(sessionStorage.getItem(KEY) || "null");
    sessionStorage.removeItem(KEY);
    if (kept?.path !== path) return;
    const go = () => scrollTo({ left: kept.x, top: kept.y, behavior: "instant" });
    go();
    // Pictures without dimensions shift the text when they are loaded, so that the position is restored again after
    // them.
    window.addEventListener("load", go, { once: true });
  }

  // Style sheets ----------------------------------------------------------------------------------------------------

  function swap(addresses) {
    const links = [...document.querySelectorAll("link[rel=stylesheet]")].filter((link) => !("leaving" in link.dataset));
    const known = JSON.parse(shows.get("sheets"));
    if (links.length !== addresses.length) return reload();
    shows.set("sheets", JSON.stringify(addresses));
    links.forEach((link, at) => {
      if (addresses[at] === known[at]) return;
      const fresh = link.cloneNode();
      fresh.href = addresses[at];
      link.dataset.leaving = "";
      // The old style sheet is removed only when the new one is loaded, so that the page is never unstyled.
      fresh.onload = () => link.remove();
      fresh.onerror = reload;
      link.after(fresh);
    });
  }

  // The error overlay -----------------------------------------------------------------------------------------------

  const STYLE = `
    :host { all: initial; }
    * { box-sizing: border-box; }
    .over, .strip, .again {
      --paper: #ffffff; --ink: #1c1c1e; --soft: #5e5e66; --rule: #dcdce1; --code: #f5f5f7; --red: #b3261e; --blue: #1f5fbf;
      color-scheme: light dark; color: var(--ink); font: 15px/1.5 ui-sans-serif, system-ui, -apple-system, "Segoe UI", Roboto, sans-serif;
    }
    @media (prefers-color-scheme: dark) {
      .over, .strip, .again {
        --paper: #1d1d20; --ink: #ececf0; --soft: #a5a5af; --rule: #3a3a40; --code: #131315; --red: #ff8a80; --blue: #8ab4f8;
      }
    }
    .over { position: fixed; inset: 0; z-index: 2147483647; display: grid; place-items: start center; overflow: auto;
      padding: clamp(8px, 5vh, 64px) clamp(8px, 4vw, 48px); background: rgb(10 10 14 / 0.45); }
    .box { width: min(100%, 860px); background: var(--paper); border-radius: 8px; border-top: 4px solid var(--red);
      box-shadow: 0 12px 48px rgb(0 0 0 / 0.35); outline: none; overflow: hidden; }
    header { display: flex; gap: 16px; align-items: baseline; justify-content: space-between; padding: 14px 20px 12px;
      border-bottom: 1px solid var(--rule); }
    h2 { margin: 0; font-size: 16px; font-weight: 650; }
    h2 span { color: var(--soft); font-weight: 400; }
    h3 { margin: 0; font-size: 15px; font-weight: 600; overflow-wrap: anywhere; }
    button { font: inherit; font-size: 13px; color: var(--soft); background: none; border: 1px solid var(--rule);
      border-radius: 5px; padding: 2px 10px; cursor: pointer; white-space: nowrap; }
    button:hover { color: var(--ink); border-color: var(--soft); }
    button:focus-visible, a:focus-visible { outline: 2px solid var(--blue); outline-offset: 2px; }
    ol { list-style: none; margin: 0; padding: 0; }
    li { padding: 14px 20px 16px; }
    li + li { border-top: 1px solid var(--rule); }
    .place { margin: 2px 0 0; font: 13px/1.5 ui-monospace, "SF Mono", Menlo, Consolas, monospace; color: var(--soft);
      overflow-wrap: anywhere; }
    pre { margin: 10px 0 0; padding: 10px 14px; background: var(--code); border-radius: 5px; overflow-x: auto;
      font: 13px/1.5 ui-monospace, "SF Mono", Menlo, Consolas, monospace; tab-size: 4; }
    pre b, h3 b { color: var(--red); font-weight: 600; }
    pre i { color: var(--soft); font-style: normal; user-select: none; }
    .help { margin: 10px 0 0; } .help b { font-weight: 600; color: var(--blue); }
    footer { padding: 10px 20px; border-top: 1px solid var(--rule); color: var(--soft); font-size: 13px; }
    a { color: var(--blue); }
    .again { position: fixed; right: 12px; bottom: 12px; z-index: 2147483647; }
    .again button { color: #fff; background: #b3261e; border: 0; padding: 6px 14px; border-radius: 999px; font-weight: 600;
      box-shadow: 0 2px 12px rgb(0 0 0 / 0.3); }
    .strip { position: fixed; inset: auto 0 0 0; z-index: 2147483646; display: flex; flex-wrap: wrap; gap: 0 16px;
      justify-content: center; padding: 6px 16px; font-size: 13px; color: #fff; background: #8a4b00; }
    .strip p { margin: 0; } .strip a { color: #fff; }
    @media print { .over, .strip, .again { display: none; } }`;

  // A shadow root, so that neither the page's styles apply to our elements nor ours to the page.
  function host(name) {
    let element = document.querySelector(name);
    if (!element) {
      element = document.createElement(name);
      element.attachShadow({ mode: "open" }).innerHTML = `<style>${STYLE}</style><div></div>`;
      document.documentElement.append(element);
    }
    return element.shadowRoot.querySelector("div");
  }

  function make(tag, properties, ...children) {
    const element = Object.assign(document.createElement(tag), properties);
    element.append(...children.filter((child) => child !== null));
    return element;
  }

  // Text in backticks becomes bold.
  const words = (text) => text.split("`").map((part, at) => (at % 2 ? make("b", {}, part) : part));

  function describe({ message, place: spot, help, code }) {
    const { file, line, column, end_column: end, text } = spot ?? {};
    const place = file && make("p", { className: "place" }, line ? `${file}:${line}:${column}` : file, `  ${code}`);
    let quoted = null;
    if (line) {
      const letters = [...text];
      const [before, marked] = [letters.slice(0, column - 1), letters.slice(column - 1, end - 1)];
      const gutter = `${line} │ `;
      const blank = `${" ".repeat(String(line).length)} │ `;
      // A tab is kept, so that the carets stand below the text that they mark.
      const space = before.map((letter) => (letter === "\t" ? "\t" : " ")).join("");
      quoted = make("pre", {},
        make("i", {}, gutter), before.join(""), make("b", {}, marked.join("")), letters.slice(end - 1).join(""), "\n",
        make("i", {}, blank), space, make("b", {}, "^".repeat(Math.max(1, end - column))));
    }
    const advice = help && make("p", { className: "help" }, make("b", {}, "help: "), ...words(help));
    return make("li", {}, make("h3", {}, ...words(message)), place || null, quoted, advice || null);
  }

  // The most errors shown at once; the desk lists more.
  const MOST = 20;
  let before = null;
  let onKey = null;

  function showErrors(problems) {
    const errors = problems.filter((problem) => problem.severity === "error");
    const warnings = problems.filter((problem) => problem.severity === "warning").length;
    const many = (number, one) => `${number} ${one}${number === 1 ? "" : "s"}`;
    const title = make("h2", { id: "title" }, many(errors.length, "error"));
    if (warnings) title.append(make("span", {}, ` and ${many(warnings, "warning")}`));
    const hide = make("button", { type: "button" }, "Hide (Esc)");
    const box = make("section", { className: "box", tabIndex: -1 },
      make("header", {}, title, hide),
      make("ol", {}, ...errors.slice(0, MOST).map(describe)),
      make("footer", {}, isPlain ? "" : "Below is the last good page. ", "All findings are listed on ", make("a", { href: "/_dateline/#findings" }, "the desk"), "."));
    box.setAttribute("role", "alertdialog");
    box.setAttribute("aria-labelledby", "title");
    const over = make("div", { className: "over" }, box);
    const fold = () => {
      stopKeys();
      const again = make("button", { type: "button", onclick: () => showErrors(problems) }, many(errors.length, "error"));
      host("dateline-overlay").replaceChildren(make("div", { className: "again" }, again));
      before?.focus?.();
    };
    hide.onclick = fold;
    over.onclick = (event) => { if (event.target === over) fold(); };
    stopKeys();
    onKey = (event) => { if (event.key === "Escape") fold(); };
    document.addEventListener("keydown", onKey);
    before = document.activeElement;
    host("dateline-overlay").replaceChildren(over);
    box.focus({ preventScroll: true });
  }

  function stopKeys() {
    if (onKey) document.removeEventListener("keydown", onKey);
    onKey = null;
  }

  function hideErrors() {
    stopKeys();
    document.querySelector("dateline-overlay")?.remove();
    before?.focus?.();
    before = null;
  }

  // Previews --------------------------------------------------------------------------------------------------------

  if (preview) {
    const text = make("p", {}, make("strong", {}, preview), ". Readers do not see this page.");
    const strip = make("div", { className: "strip" }, text, make("a", { href: "/_dateline/" }, "The desk"));
    strip.setAttribute("role", "note");
    host("dateline-banner").replaceChildren(strip);
  }

  restore();
  connect();
})();
