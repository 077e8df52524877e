// Progressive enhancement of the desk, which works without scripts: live updates, sorting, search as one types, and
// countdowns.
(() => {
  "use strict";

  const form = document.querySelector("#search");
  const FIELDS = ["q", "status"];
  let sorting = null;
  let asked = 0;
  // The parts as received, for comparison: sorting and countdowns change the document, but are no change of the site.
  const parts = () => document.querySelectorAll("[data-part]");
  const sent = new Map([...parts()].map((part) => [part.dataset.part, part.innerHTML]));

  // Keeping up to date ----------------------------------------------------------------------------------------------

  // Replaces the parts of the page that have changed; form fields, focus and scroll position are kept.
  async function refresh() {
    const ticket = ++asked;
    const answer = await fetch(location.href, { headers: { accept: "text/html" } }).catch(() => null);
    if (!answer?.ok) return;
    const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
    if (ticket !== asked) return;
    // A page rendered while there was no site has no search form.
    if (!form && fresh.querySelector("#search")) return location.reload();
    document.title = fresh.title;
    document.body.dataset.now = fresh.body.dataset.now ?? "";
    for (const part of parts()) {
      const next = fresh.querySelector(`[data-part="${part.dataset.part}"]`);
      if (next && sent.get(part.dataset.part) !== next.innerHTML) {
        sent.set(part.dataset.part, next.innerHTML);
        replace(part, next.innerHTML);
      }
    }
    sort();
    count();
  }

  // Replaces the contents of a part, and restores its selected value and the focus if the element still exists.
  function replace(part, html) {
    const { value } = part;
    const held = part !== document.activeElement && part.contains(document.activeElement) ? document.activeElement : null;
    const like = () => [...part.querySelectorAll(held.tagName)].filter((other) =>
      other.textContent === held.textContent && other.getAttribute("href") === held.getAttribute("href"));
    const at = held ? like().indexOf(held) : 0;
    part.innerHTML = html;
    if (held) (like()[at] ?? like()[0])?.focus({ preventScroll: true });
    if (value !== undefined) part.value = value;
  }

  function connect() {
    const source = new EventSource("/_dateline/events?route=/_dateline/");
    let isLost = false;
    source.addEventListener("remade", refresh);
    source.onopen = () => { if (isLost) refresh(); isLost = false; };
    source.onerror = () => {
      isLost = true;
      if (source.readyState === EventSource.CLOSED) setTimeout(() => { connect(); refresh(); }, 1000);
    };
    window.addEventListener("pagehide", () => source.close(), { once: true });
  }

  // Searching -------------------------------------------------------------------------------------------------------

  let pause = 0;

  function search() {
    const values = new FormData(form);
    const query = new URLSearchParams(FIELDS.map((name) => [name, values.get(name) ?? ""]).filter(([, value]) => value));
    history.replaceState(null, "", `${location.pathname}${query.size ? `?${query}` : ""}${location.hash}`);
    return refresh();
  }

  if (form) {
    form.addEventListener("input", () => { clearTimeout(pause); pause = setTimeout(search, 120); });
    form.addEventListener("submit", (event) => { event.preventDefault(); clearTimeout(pause); search(); });
    document.addEventListener("keydown", (event) => {
      const isTyping = event.target.matches("input, textarea, select");
      if (event.key === "/" && !isTyping) { event.preventDefault(); form.elements.q.focus(); }
    });
  }

  // Sorting ---------------------------------------------------------------------------------------------------------

  document.addEventListener("click", (event) => {
    const button = event.target.closest("th button");
    if (!button) return;
    const column = button.closest("th").cellIndex;
    const isSame = sorting?.column === column;
    if (isSame && sorting.down) sorting = null;
    else sorting = { column, down: isSame };
    if (sorting) sort();
    else refresh().then(unmark);
    document.querySelectorAll("#stories th button")[column]?.focus();
  });

  const value = (row, column) => row.cells[column].dataset.sort ?? row.cells[column].textContent.trim();

  function sort() {
    const body = document.querySelector("#stories tbody");
    if (!sorting || !body) return;
    const rows = [...body.rows];
    const order = new Intl.Collator(undefined, { numeric: true, sensitivity: "base" });
    rows.sort((a, b) => order.compare(value(a, sorting.column), value(b, sorting.column)) * (sorting.down ? -1 : 1));
    body.append(...rows);
    unmark();
    const head = document.querySelectorAll("#stories th")[sorting.column];
    head?.setAttribute("aria-sort", sorting.down ? "descending" : "ascending");
  }

  function unmark() {
    document.querySelectorAll("#stories th").forEach((head) => head.removeAttribute("aria-sort"));
    // Restores the server's order of the rows.
    const body = document.querySelector("#stories tbody");
    if (!sorting && body) [...body.rows].sort((a, b) => a.dataset.at - b.dataset.at).forEach((row) => body.append(row));
  }

  // Counting down ---------------------------------------------------------------------------------------------------

  const UNITS = [["y", 31_536_000], ["d", 86400], ["h", 3600], ["min", 60], ["s", 1]];

  function left(seconds) {
    if (seconds <= 0) return "now";
    const at = UNITS.findIndex(([, size]) => seconds >= size);
    const [unit, size] = UNITS[at];
    const rest = UNITS[at + 1];
    const more = rest && seconds < 10 * size ? Math.floor((seconds % size) / rest[1]) : 0;
    return `in ${Math.floor(seconds / size)} ${unit}${more ? ` ${more} ${rest[0]}` : ""}`;
  }

  function count() {
    // With a fixed instant instead of the clock, countdowns do not move.
    const now = document.body.dataset.now ? Date.parse(document.body.dataset.now) : Date.now();
    for (const time of document.querySelectorAll("time[data-countdown]")) {
      const text = left(Math.ceil((Date.parse(time.dateTime) - now) / 1000));
      if (time.textContent !== text) time.textContent = text;
    }
  }

  count();
  setInterval(count, 1000);
  connect();
})();
