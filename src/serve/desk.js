// The desk without this script is a page to read; with it, it keeps itself up to date, sorts, searches as one types, and
// counts down.
(() => {
  "use strict";

  const form = document.querySelector("#search");
  const FIELDS = ["q", "status"];
  let sorting = null;
  let asked = 0;
  // The parts as the server sent them: what is counted down or sorted here is no change.
  const parts = () => document.querySelectorAll("[data-part]");
  const sent = new Map([...parts()].map((part) => [part.dataset.part, part.innerHTML]));

  // Keeping up to date ----------------------------------------------------------------------------------------------

  // Takes over the parts of the page that have changed. Fields, focus and scroll position stay.
  async function refresh() {
    const ticket = ++asked;
    const answer = await fetch(location.href, { headers: { accept: "text/html" } }).catch(() => null);
    if (!answer?.ok) return;
    const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
    if (ticket !== asked) return;
    // A page that was made when there was no site has no search.
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

  // What has the focus or is chosen in a part has it again in the part's next form, where it is still there.
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
