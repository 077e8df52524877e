// Keeps a page of the preview up to date: reloads it when it has changed, swaps its style sheets in place, and shows
// what is wrong with the site over it.
(() => {
  "use strict";
  const { page, sheets, preview } = document.currentScript.dataset;
  const place = "dateline scroll " + location.pathname;

  const element = (name, style, ...children) => {
    const host = document.createElement(name);
    const root = host.attachShadow({ mode: "open" });
    const sheet = document.createElement("style");
    sheet.textContent = style;
    root.append(sheet, ...children);
    return host;
  };
  const make = (tag, text, attributes = {}) => {
    const node = document.createElement(tag);
    node.textContent = text;
    for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, value);
    return node;
  };

  const kept = sessionStorage.getItem(place);
  if (kept !== null) {
    sessionStorage.removeItem(place);
    const [left, top] = kept.split(" ").map(Number);
    const back = () => scrollTo({ left, top, behavior: "instant" });
    back();
    addEventListener("load", back, { once: true });
  }
  const reload = () => {
    sessionStorage.setItem(place, `${scrollX} ${scrollY}`);
    location.reload();
  };

  const swap = (addresses) => {
    const links = [...document.querySelectorAll("link[rel=stylesheet]")];
    addresses.forEach((address, at) => {
      const old = links[at];
      if (!old || old.getAttribute("href") === address) return;
      const link = old.cloneNode();
      link.href = address;
      link.addEventListener("load", () => old.remove(), { once: true });
      old.after(link);
    });
  };

  let overlay = null;
  const hide = () => {
    overlay?.remove();
    overlay = null;
  };
  const show = (problems) => {
    hide();
    const errors = problems.filter((problem) => problem.severity === "error");
    const others = problems.length - errors.length;
    const box = make("section", "", { role: "alertdialog", "aria-label": "Problems in the site", tabindex: "-1" });
    box.append(make("h1", errors.length === 1 ? "1 error" : `${errors.length} errors`));
    for (const { code, message, place, help } of errors) {
      box.append(make("h2", message));
      if (place) {
        box.append(make("p", place.line ? `${place.file}:${place.line}:${place.column}` : place.file, { class: "place" }));
        if (place.text) {
          const caret = " ".repeat(place.column - 1) + "^".repeat(Math.max(1, place.end_column - place.column));
          box.append(make("pre", `${place.text}\n${caret}`));
        }
      }
      if (help) box.append(make("p", help));
      box.append(make("p", code, { class: "code" }));
    }
    if (others) box.append(make("p", others === 1 ? "and 1 warning" : `and ${others} warnings`));
    const close = make("button", "Hide (Esc)");
    close.addEventListener("click", hide);
    box.append(close);
    overlay = element("dateline-overlay", STYLE, box);
    document.body.append(overlay);
    box.focus();
  };
  addEventListener("keydown", (event) => event.key === "Escape" && hide());

  const STYLE = `
    :host { all: initial; color-scheme: light dark; }
    section { position: fixed; inset: auto 0 0 0; max-height: 75vh; overflow: auto; z-index: 2147483647;
      box-sizing: border-box; padding: 1rem clamp(1rem, 4vw, 3rem) 1.5rem; border-top: 4px solid #c62828;
      background: light-dark(#fffdfb, #1b1917); color: light-dark(#1d1b19, #efebe6); outline: none;
      font: 16px/1.5 system-ui, sans-serif; box-shadow: 0 -4px 24px rgb(0 0 0 / 25%); }
    h1 { font-size: 1.1rem; margin: 0 0 .5rem; color: light-dark(#b71c1c, #ff8a80); }
    h2 { font-size: 1rem; margin: 1rem 0 .25rem; }
    p { margin: .25rem 0; }
    pre { margin: .5rem 0; padding: .5rem .75rem; overflow: auto; font: 14px/1.45 ui-monospace, monospace;
      background: light-dark(#f3efea, #262320); }
    .place { font: 14px ui-monospace, monospace; }
    .code { font: 12px ui-monospace, monospace; opacity: .75; }
    button { position: absolute; top: .75rem; right: clamp(1rem, 4vw, 3rem); font: inherit; padding: .15rem .6rem; }`;

  if (preview) {
    document.body.append(element("dateline-banner", `
      :host { all: initial; }
      p { position: fixed; right: 1rem; bottom: 1rem; z-index: 2147483646; margin: 0; padding: .4rem .8rem;
        font: 600 14px/1.4 system-ui, sans-serif; background: #8a4b00; color: #fff; border-radius: .3rem; }`,
    make("p", `${preview}: readers do not see this page`, { role: "status" })));
  }

  const asked = new URLSearchParams({ route: location.pathname, page, sheets });
  const connect = () => {
    const news = new EventSource("/_dateline/events?" + asked);
    news.addEventListener("reload", reload);
    news.addEventListener("css", (event) => {
      asked.set("sheets", event.data);
      swap(JSON.parse(event.data));
    });
    news.addEventListener("errors", (event) => show(JSON.parse(event.data)));
    news.addEventListener("fixed", hide);
    // The server is gone: look for it again, with what this tab shows by then.
    news.addEventListener("error", () => {
      news.close();
      setTimeout(connect, 500);
    });
    addEventListener("pagehide", () => news.close(), { once: true });
  };
  connect();
})();
