// The desk without this script is a page to read; with it, it keeps itself up to date, sorts, searches as one types, and
// counts down.
(() => {
  "use strict";

  const form = document.querySelector("#search");
  const FIELDS = ["q", "status"];
  let sorting = null;
  let asked = 0;

  // Keeping up to date ----------------------------------------------------------------------------------------------

  // Takes over the parts of the page that have changed. Fields, focus and scroll position stay.
  async function refresh() {
    const ticket = ++asked;
    const answer = await fetch(location.href, { headers: { accept: "text/html" } }).catch(() => null);
    if (!answer || ticket !== asked) return;
    const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
    document.title = fresh.title;
    document.body.dataset.now = fresh.body.dataset.now ?? "";
    for (const part of document.querySelectorAll("[data-part]")) {
      const next = fresh.querySelector(`[data-part="${part.dataset.part}"]`);
      if (next && part.innerHTML !== next.innerHTML) {
        const open = [...part.querySelectorAll("details")].map((details) => details.open);
        part.innerHTML = next.innerHTML;
        part.querySelectorAll("details").forEach((details, at) => { details.open = open[at] ?? details.open; });
      }
    }
    sort();
    count();
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
    // The rows come in the server's order again.
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
    // A site as of an instant of its own stands still.
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
