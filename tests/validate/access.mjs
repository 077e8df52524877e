// access.mjs FOLDER: pages of every kind of the sites in FOLDER, in a real browser, by axe-core: no violation, and no
// contrast that it cannot tell, in light and dark, wide and narrow. And what axe does not see: that no page scrolls
// sideways, that each has one first heading, that the skip link works by keyboard, and all that without scripts. What is
// measured is measured with other fonts again: those of a reader are known to nobody.

import { createServer } from "node:http";
import { readdirSync, readFileSync, statSync } from "node:fs";
import { extname, join, resolve } from "node:path";
import { FONTS, start } from "../browser/machine.mjs";

const [folder] = process.argv.slice(2);
const tools = resolve(import.meta.dirname, "../../.tools/node_modules");
const axe = readFileSync(join(tools, "axe-core/axe.min.js"), "utf8");
const ALL_RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
// What depends on colours alone, and on measures alone.
const COLOUR_RULES = { type: "rule", values: ["color-contrast", "link-in-text-block"] };
const TARGET_RULES = { type: "rule", values: ["target-size"] };
const [NARROWEST, NARROW, WIDE] = [320, 360, 1280];
const TYPES = {
  ".html": "text/html; charset=utf-8", ".css": "text/css", ".svg": "image/svg+xml", ".png": "image/png", ".js": "text/javascript",
  ".json": "application/json", ".mp3": "audio/mpeg", ".xml": "application/xml",
};

const files = (root, below = "") => readdirSync(join(root, below), { withFileTypes: true }).flatMap((entry) => {
  const path = join(below, entry.name);
  if (entry.isDirectory()) return entry.name === ".dateline" ? [] : files(root, path);
  return entry.name.endsWith(".html") ? [path] : [];
});

// The elements of a page with their classes: what style sheets tell apart.
const elements = (source, kind) => {
  const found = new Set();
  for (const [, tag, attributes] of source.matchAll(/<([a-z][a-z0-9-]*)((?:\s[^<>]*)?)>/g)) {
    for (const name of (attributes.match(/\sclass="([^"]*)"/)?.[1] ?? "").split(/\s+/)) found.add(`${kind} ${tag}.${name}`);
  }
  return found;
};

// The pages to look at. Every element that a kind of page has, with each of its classes, is on one that is looked at `wholly`, at
// each width, in each colour scheme and with each set of fonts: a greedy set cover. Another page differs from those in its texts,
// and is looked at narrow and light: of each kind the one of middle size, and all articles of the hostile site, which are odd on purpose.
const chosen = (root, allArticles) => {
  const kinds = new Map();
  for (const file of files(root)) {
    const source = readFileSync(join(root, file), "utf8");
    const family = source.match(/<body class="page-([a-z-]+)/)?.[1] ?? "other";
    if (family === "redirect") continue;
    const kind = source.includes("story-withdrawn") ? "withdrawn" : file.startsWith("corrections/") ? "corrections" : family;
    kinds.set(kind, [...(kinds.get(kind) ?? []), { kind, file, size: source.length, elements: elements(source, kind), wholly: false }]);
  }
  return [...kinds.values()].flatMap((pages) => {
    pages.sort((one, other) => other.size - one.size || (one.file < other.file ? -1 : 1));
    const missing = new Set(pages.flatMap((page) => [...page.elements]));
    while (missing.size > 0) {
      const gain = (page) => [...page.elements].filter((element) => missing.has(element)).length;
      const best = pages.reduce((best, page) => (gain(page) > gain(best) ? page : best));
      best.wholly = true;
      for (const element of best.elements) missing.delete(element);
    }
    return pages.filter((page, at) => page.wholly || at === Math.floor(pages.length / 2) || (allArticles && page.kind === "article"));
  });
};

// What can be pressed and is less than 24 pixels high or wide, but for the words of a running text. axe is content with a
// small one that has space around it; that space depends on the fonts, so the theme does without.
const small = () => [...document.querySelectorAll("a[href], summary, button")]
  .filter((target) => !target.matches(".skip") && !target.closest(".prose :is(p, li, td, dd)"))
  .map((target) => ({ target, box: target.getBoundingClientRect() }))
  .filter(({ box }) => box.height > 0 && (box.height < 24 || box.width < 24))
  .map(({ target, box }) => `${Math.floor(box.width)} by ${Math.floor(box.height)} pixels: ${target.outerHTML.slice(0, 160)}`);
const sideways = () => document.documentElement.scrollWidth - document.documentElement.clientWidth;
// Where every element stands.
const layout = () => [...document.querySelectorAll("*")].map((element) => Object.values(element.getBoundingClientRect().toJSON()).join()).join(" ");

let checked = 0;
const wrong = [];
const seen = new Set();
const browsers = {};
await Promise.all(Object.keys(FONTS).map(async (set) => {
  browsers[set] = await start(set);
}));

const measure = async (tab, where) => {
  const wide = await tab.evaluate(sideways);
  if (wide > 0) wrong.push(`${where}: it scrolls sideways by ${wide} pixels`);
  for (const target of (await tab.evaluate(small)).slice(0, 3)) wrong.push(`${where}: a target of ${target}`);
  checked += 1;
};

// axe, with some of its rules.
const ask = async (tab, where, runOnly) => {
  const { violations, incomplete } = await tab.evaluate((rules) => axe.run(document, { runOnly: rules, resultTypes: ["violations", "incomplete"] }), runOnly);
  // A cell of a table that scrolls within itself may be out of sight: it is brought in, and looked at once more.
  const unsure = incomplete.filter((rule) => rule.id === "color-contrast").flatMap((rule) => rule.nodes.map((node) => node.target[0]));
  for (const target of unsure) {
    const again = await tab.evaluate(async (selector) => {
      const element = document.querySelector(selector);
      const whole = element.innerHTML;
      // A line of code that is wider than the screen is never wholly in sight: it is cut, which no contrast hangs on.
      if (element.matches("pre > code")) element.textContent = element.textContent.slice(0, 20);
      element.scrollIntoView({ block: "center", inline: "center" });
      const result = await axe.run(selector, { runOnly: { type: "rule", values: ["color-contrast"] } });
      element.innerHTML = whole;
      return result;
    }, target);
    violations.push(...again.violations, ...again.incomplete);
  }
  await tab.evaluate(() => scrollTo(0, 0));
  for (const rule of violations) {
    for (const node of rule.nodes.slice(0, 3)) wrong.push(`${where}: ${rule.id}: ${node.target.join(" ")}: ${node.html.slice(0, 160)}`);
  }
};

// The keyboard: its first stop is the skip link, which can be seen and leads past the masthead.
const press = async (tab, where) => {
  await tab.keyboard.press("Tab");
  const skip = await tab.evaluate(() => ({ href: document.activeElement.getAttribute("href"), top: document.activeElement.getBoundingClientRect().top }));
  if (skip.href !== "#main" || skip.top < -4) wrong.push(`${where}: the first stop of the keyboard is no visible skip link: ${JSON.stringify(skip)}`);
  await tab.keyboard.press("Enter");
  await tab.keyboard.press("Tab");
  const after = await tab.evaluate(() => ({
    hash: location.hash,
    isInside: Boolean(document.activeElement.closest("main, footer")) || document.activeElement === document.body,
  }));
  if (after.hash !== "#main" || !after.isInside) wrong.push(`${where}: the skip link does not lead past the masthead`);
};

// A site behind a server: its pages to look at, with their addresses.
const serve = async (name) => {
  const root = join(folder, name);
  const home = readFileSync(join(root, "index.html"), "utf8").match(/rel="canonical" href="([^"]+)"/)[1];
  const path = new URL(home).pathname;
  const server = createServer((request, response) => {
    const asked = decodeURIComponent(new URL(request.url, "http://localhost").pathname);
    let file = join(root, asked.startsWith(path) ? asked.slice(path.length) : asked);
    try {
      if (statSync(file).isDirectory()) file = join(file, "index.html");
      response.writeHead(200, { "Content-Type": TYPES[extname(file)] ?? "application/octet-stream" }).end(readFileSync(file));
    } catch {
      response.writeHead(404).end();
    }
  });
  await new Promise((ready) => server.listen(0, "127.0.0.1", ready));
  const address = `http://127.0.0.1:${server.address().port}${path}`;
  // Below a path nothing looks different: a few pages tell whether its style sheet is found.
  const pages = name === "path" ? chosen(root).slice(0, 3).map((page) => ({ ...page, wholly: false })) : chosen(root, name === "hostile");
  return { server, pages: pages.map((page) => ({ ...page, name: `${name}/${page.file}`, url: address + page.file.split("/").map(encodeURIComponent).join("/") })) };
};

// A tab in a process of its own, which is led to one page after the other. What a page misses is noted in `missing`.
const open = async (set, options = {}) => {
  const context = await browsers[set].context({ bypassCSP: true, ...options });
  context.setDefaultTimeout(60_000);
  await context.route("**/*", (route) => (new URL(route.request().url()).hostname === "127.0.0.1" ? route.continue() : route.abort()));
  const tab = await context.newPage();
  const missing = [];
  tab.on("response", (response) => response.status() >= 400 && missing.push(response.url()));
  const go = async (url) => {
    missing.length = 0;
    await tab.goto(url);
    // axe comes through the debugger, which works on pages whose own scripts are off.
    if (options.javaScriptEnabled !== false) await tab.evaluate(axe);
  };
  return { set, tab, missing, go };
};

const look = async ({ set, tab, missing, go }, { kind, name, url, wholly }) => {
  await go(url);
  for (const width of [NARROWEST, NARROW, WIDE]) {
    await tab.setViewportSize({ width, height: 800 });
    const where = (scheme) => `${name} (${set} fonts, ${scheme}, ${width})`;
    if (width === NARROWEST) {
      await ask(tab, where("light"), TARGET_RULES);
    } else if (wholly || width === NARROW) {
      await ask(tab, where("light"), ALL_RULES);
    }
    await measure(tab, where("light"));
    if (wholly && width !== NARROWEST) {
      const light = await tab.evaluate(layout);
      await tab.emulateMedia({ colorScheme: "dark" });
      // Only what depends on colours is asked again, so nothing else may change.
      if (await tab.evaluate(layout) !== light) wrong.push(`${where("dark")}: something stands elsewhere than in light`);
      await ask(tab, where("dark"), COLOUR_RULES);
      await tab.emulateMedia({ colorScheme: "light" });
      checked += 1;
    }
  }
  const state = await tab.evaluate(() => ({
    headings: document.querySelectorAll("h1").length,
    styled: [...document.styleSheets].some((sheet) => sheet.cssRules.length > 0),
  }));
  if (state.headings !== 1) wrong.push(`${name}: ${state.headings} first headings`);
  if (!state.styled) wrong.push(`${name}: it has no style`);
  const own = missing.filter((url) => !/\/(x|favicon\.ico)$/.test(url));
  if (own.length) wrong.push(`${name}: not found: ${own.join(", ")}`);
  await press(tab, `${name} (${WIDE})`);
  seen.add(kind);
};

// The same with other fonts, where lines are short.
const lookNarrow = async ({ set, tab, go }, { name, url }) => {
  await go(url);
  for (const width of [NARROWEST, NARROW]) {
    const where = `${name} (${set} fonts, light, ${width})`;
    await tab.setViewportSize({ width, height: 800 });
    await ask(tab, where, TARGET_RULES);
    await measure(tab, where);
  }
  await press(tab, `${name} (${set} fonts, ${NARROW})`);
};

// Without scripts there is the same to read.
const read = async ({ tab, go }, { name, url }) => {
  await go(url);
  const text = (await tab.locator("main").innerText()).trim();
  if (text.length < 20 || !(await tab.locator("h1").first().isVisible())) wrong.push(`${name}: nothing to read without scripts`);
  checked += 1;
};

const sites = await Promise.all(readdirSync(folder).map(serve));
const pages = sites.flatMap((site) => site.pages);
const few = pages.filter((page) => page.wholly);
// Tabs side by side; those that do the same take pages from one list.
const work = async (tab, list, see) => {
  const opened = await tab;
  for (const page of list) await see(opened, page);
};
const list = pages.values();
await Promise.all([
  work(open("wide"), list, look),
  work(open("wide"), list, look),
  work(open("narrow"), few, lookNarrow),
  work(open("tall"), few, lookNarrow),
  work(open("wide", { javaScriptEnabled: false }), pages, read),
]);
for (const { server } of sites) {
  server.close();
  server.closeAllConnections();
}
await Promise.all(Object.values(browsers).map((browser) => browser.close()));

for (const kind of ["front", "article", "topic", "topics", "briefing", "person", "archive", "month", "thread", "not-found", "withdrawn", "corrections"]) {
  if (!seen.has(kind) && process.argv[3] !== "--any") wrong.push(`there is no page of the kind ${kind}`);
}
for (const line of wrong.sort().slice(0, 80)) console.log(line);
if (wrong.length || !checked) {
  console.log(`${wrong.length} faults in ${checked} looks`);
  process.exit(1);
}
console.log(`${checked} looks at pages of ${seen.size} kinds, and nothing is in anybody's way`);
