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
const TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
const TYPES = {
  ".html": "text/html; charset=utf-8", ".css": "text/css", ".svg": "image/svg+xml", ".png": "image/png", ".js": "text/javascript",
  ".json": "application/json", ".mp3": "audio/mpeg", ".xml": "application/xml",
};

const files = (root, below = "") => readdirSync(join(root, below), { withFileTypes: true }).flatMap((entry) => {
  const path = join(below, entry.name);
  if (entry.isDirectory()) return entry.name === ".dateline" ? [] : files(root, path);
  return entry.name.endsWith(".html") ? [path] : [];
});

// Of each kind of page two: the largest, on which most stands, and the one in the middle. The hostile site has odd ones
// on purpose, so all of its articles are looked at, the others narrow and light alone.
const chosen = (root, all) => {
  const kinds = new Map();
  for (const file of files(root)) {
    const source = readFileSync(join(root, file), "utf8");
    const family = source.match(/<body class="page-([a-z-]+)/)?.[1] ?? "other";
    if (family === "redirect") continue;
    const kind = source.includes("story-withdrawn") ? "withdrawn" : file.startsWith("corrections/") ? "corrections" : family;
    kinds.set(kind, [...(kinds.get(kind) ?? []), { kind, file, size: source.length }]);
  }
  return [...kinds.values()].flatMap((pages) => {
    pages.sort((one, other) => other.size - one.size || (one.file < other.file ? -1 : 1));
    const few = pages.filter((page, at) => at === 0 || at === Math.floor(pages.length / 2));
    return all && pages[0].kind === "article" ? pages.map((page) => ({ ...page, isExtra: !few.includes(page) })) : few;
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

let checked = 0;
const wrong = [];
const seen = new Set();
const browsers = {};
for (const set of Object.keys(FONTS)) browsers[set] = await start(set);

const measure = async (tab, where) => {
  const wide = await tab.evaluate(sideways);
  if (wide > 0) wrong.push(`${where}: it scrolls sideways by ${wide} pixels`);
  for (const target of (await tab.evaluate(small)).slice(0, 3)) wrong.push(`${where}: a target of ${target}`);
};

for (const name of readdirSync(folder).sort()) {
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
  const address = `http://127.0.0.1:${server.address().port}`;
  // Below a path nothing looks different: a few pages tell whether its style sheet is found.
  const pages = chosen(root, name === "hostile").slice(0, name === "path" ? 3 : undefined);
  const look = async ({ colorScheme, width }) => {
    // axe comes through the debugger, which works on pages whose own scripts are off.
    const context = await browsers.wide.context({ colorScheme, viewport: { width, height: 800 }, bypassCSP: true });
    context.setDefaultTimeout(20_000);
    await context.route("**/*", (route) => (route.request().url().startsWith(address) ? route.continue() : route.abort()));
    for (const { kind, file, isExtra } of pages) {
      if (isExtra && (width > 360 || colorScheme === "dark")) continue;
      const where = `${name}/${file} (${colorScheme}, ${width})`;
      const tab = await context.newPage();
      const missing = [];
      tab.on("response", (response) => response.status() >= 400 && missing.push(response.url()));
      await tab.goto(address + path + file.split("/").map(encodeURIComponent).join("/"));
      await tab.evaluate(axe);
      const result = await tab.evaluate((tags) => axe.run(document, { runOnly: tags, resultTypes: ["violations", "incomplete"] }), TAGS);
      // A cell of a table that scrolls within itself may be out of sight: it is brought in, and looked at once more.
      const unsure = result.incomplete.filter((rule) => rule.id === "color-contrast").flatMap((rule) => rule.nodes.map((node) => node.target[0]));
      for (const target of unsure) {
        const again = await tab.evaluate((selector) => {
          const element = document.querySelector(selector);
          // A line of code that is wider than the screen is never wholly in sight: it is cut, which no contrast hangs on.
          if (element.matches("pre > code")) element.textContent = element.textContent.slice(0, 20);
          element.scrollIntoView({ block: "center", inline: "center" });
          return axe.run(selector, { runOnly: { type: "rule", values: ["color-contrast"] } });
        }, target);
        result.violations.push(...again.violations, ...again.incomplete);
      }
      await tab.evaluate(() => scrollTo(0, 0));
      for (const rule of result.violations) {
        for (const node of rule.nodes.slice(0, 3)) wrong.push(`${where}: ${rule.id}: ${node.target.join(" ")}: ${node.html.slice(0, 160)}`);
      }
      const state = await tab.evaluate(() => ({
        headings: document.querySelectorAll("h1").length,
        styled: [...document.styleSheets].some((sheet) => sheet.cssRules.length > 0),
      }));
      await measure(tab, where);
      if (state.headings !== 1) wrong.push(`${where}: ${state.headings} first headings`);
      if (!state.styled) wrong.push(`${where}: it has no style`);
      const own = missing.filter((url) => !/\/(x|favicon\.ico)$/.test(url));
      if (own.length) wrong.push(`${where}: not found: ${own.join(", ")}`);
      if (colorScheme === "light") {
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
      }
      checked += 1;
      seen.add(kind);
      await tab.close();
    }
    await context.close();
  };
  // A context has a process of its own, so the four of a site are looked at side by side.
  await Promise.all(["light", "dark"].flatMap((colorScheme) => [1280, 360].map((width) => look({ colorScheme, width }))));
  // The largest page of each kind, where lines are short, with all fonts.
  const largest = [...new Map(pages.toReversed().map((page) => [page.kind, page])).values()];
  const lookNarrow = async (set, width) => {
    const context = await browsers[set].context({ viewport: { width, height: 800 }, bypassCSP: true });
    await context.route("**/*", (route) => (route.request().url().startsWith(address) ? route.continue() : route.abort()));
    for (const { file } of largest) {
      const where = `${name}/${file} (${set} fonts, ${width})`;
      const tab = await context.newPage();
      await tab.goto(address + path + file.split("/").map(encodeURIComponent).join("/"));
      await tab.evaluate(axe);
      const { violations } = await tab.evaluate(() => axe.run(document, { runOnly: { type: "rule", values: ["target-size"] }, resultTypes: ["violations"] }));
      for (const { nodes } of violations) wrong.push(...nodes.slice(0, 3).map((node) => `${where}: target-size: ${node.html.slice(0, 160)}`));
      await measure(tab, where);
      checked += 1;
      await tab.close();
    }
    await context.close();
  };
  await Promise.all(Object.keys(browsers).flatMap((set) => [360, 320].map((width) => lookNarrow(set, width))));
  // Without scripts there is the same to read.
  const context = await browsers.wide.context({ javaScriptEnabled: false });
  await context.route("**/*", (route) => (route.request().url().startsWith(address) ? route.continue() : route.abort()));
  for (const { file } of pages) {
    const tab = await context.newPage();
    await tab.goto(address + path + file.split("/").map(encodeURIComponent).join("/"));
    const text = (await tab.locator("main").innerText()).trim();
    if (text.length < 20 || !(await tab.locator("h1").first().isVisible())) wrong.push(`${name}/${file}: nothing to read without scripts`);
    checked += 1;
    await tab.close();
  }
  await context.close();
  server.close();
  server.closeAllConnections();
}
await Promise.all(Object.values(browsers).map((browser) => browser.close()));

for (const kind of ["front", "article", "topic", "topics", "briefing", "person", "archive", "month", "thread", "not-found", "withdrawn", "corrections"]) {
  if (!seen.has(kind) && process.argv[3] !== "--any") wrong.push(`there is no page of the kind ${kind}`);
}
for (const line of wrong.slice(0, 80)) console.log(line);
if (wrong.length || !checked) {
  console.log(`${wrong.length} faults in ${checked} looks`);
  process.exit(1);
}
console.log(`${checked} looks at pages of ${seen.size} kinds, and nothing is in anybody's way`);
