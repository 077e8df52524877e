// Asks every half minute whether live coverage has new entries, says how many there are, and shows them on a click. A page
// without this is as complete as when it was loaded.
const live = document.querySelector(".live[data-live]");
const bar = live.querySelector(".live-bar");
const list = live.querySelector(".live-entries");
const status = bar.querySelector("[role=status]");
const button = bar.querySelector("button");
const words = button.textContent;
const every = 30_000;
const longest = 600_000;
const silence = 172_800_000;
let wait = every;
let timer;
let isAsking = false;
let isOver = false;

const own = () => new Map([...list.children].map((entry) => [entry.id, entry]));

function later() {
  clearTimeout(timer);
  if (!isOver && !document.hidden) timer = setTimeout(ask, wait * (0.9 + Math.random() / 5));
}

async function ask() {
  if (isAsking || isOver) return;
  isAsking = true;
  try {
    const answer = await fetch(live.dataset.live, { cache: "no-cache" });
    if (answer.ok) {
      const { entries, ended, ends, updated } = await answer.json();
      const shown = own();
      say(entries.filter(({ id }) => !shown.has(id)).length);
      // Nobody may have said that it has ended.
      isOver = ended || Date.now() > (ends === null ? Date.parse(updated) + silence : Date.parse(ends));
      wait = every;
    } else if (answer.status === 404 || answer.status === 410) {
      isOver = true;
    } else {
      throw new Error(answer.statusText);
    }
  } catch {
    wait = Math.min(wait * 2, longest);
  }
  isAsking = false;
  later();
}

function say(count) {
  const text = count > 0 ? words.replace("#", count) : "";
  bar.classList.toggle("has-new", count > 0);
  button.hidden = count === 0;
  button.textContent = text;
  if (status.textContent !== text) status.textContent = text;
}

async function show() {
  button.disabled = true;
  try {
    const answer = await fetch(location.pathname, { cache: "no-cache" });
    if (!answer.ok) throw new Error(answer.statusText);
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const added = update(page.querySelector(".live"));
    if (added) {
      say(0);
      added.scrollIntoView();
      added.querySelector("a").focus({ preventScroll: true });
    }
  } catch {
    // The button stays, for another try.
  }
  button.disabled = false;
}

// Puts in what is new and what was corrected. Returns the first new entry.
function update(fresh) {
  for (const part of live.querySelectorAll("[data-part]")) {
    const other = fresh.querySelector(`[data-part="${part.dataset.part}"]`);
    if (other) part.replaceWith(document.importNode(other, true));
  }
  const shown = own();
  let first;
  let next = list.firstElementChild;
  for (const entry of fresh.querySelector(".live-entries").children) {
    let here = shown.get(entry.id);
    if (!here) {
      here = document.importNode(entry, true);
      here.classList.add("is-new");
      list.insertBefore(here, next);
      first ??= here;
    } else if (!here.isEqualNode(entry) && !here.querySelector(".embed") && !here.classList.contains("is-new")) {
      const corrected = document.importNode(entry, true);
      here.replaceWith(corrected);
      here = corrected;
    }
    next = here.nextElementSibling;
  }
  return first;
}

button.addEventListener("click", show);
document.addEventListener("visibilitychange", () => (document.hidden ? clearTimeout(timer) : ask()));
addEventListener("online", ask);
later();
