// Nothing scrolls sideways, nothing lies over something else, and no text is cut: on a page of each family of a site that
// is hard to set, in five widths and five languages. Run by run.sh, with the program; further words are the languages to
// look at.

import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, readdirSync, rmSync, statSync } from "node:fs";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { check, conclude, holds } from "./checks.mjs";
import { LANGUAGES, write } from "./hostile.mjs";
import { start } from "./machine.mjs";

const WIDTHS = [320, 390, 768, 1280, 1920];
const [program, ...asked] = process.argv.slice(2);
const folder = mkdtempSync(join(tmpdir(), "dateline-layout-"));
const TYPES = { html: "text/html; charset=utf-8", css: "text/css", svg: "image/svg+xml", js: "text/javascript" };

// The addresses of a page of each family, the longest page of the family.
const families = (root) => {
  const found = new Map();
  for (const path of readdirSync(root, { recursive: true })) {
    if (!path.endsWith(".html")) continue;
    const html = readFileSync(join(root, path), "utf8");
    const family = html.match(/<body class="page-([a-z0-9-]+)/)?.[1];
    // A page that leads on is gone before it is measured.
    if (family && family !== "redirect" && html.length > (found.get(family)?.length ?? 0)) {
      found.set(family, { length: html.length, address: `/${path.replace(/index\.html$/, "")}` });
    }
  }
  return [...found].map(([family, { address }]) => ({ family, address }));
};

const host = async (root) => {
  const server = createServer((request, response) => {
    const path = join(root, decodeURIComponent(new URL(request.url, "http://a").pathname));
    try {
      const file = statSync(path).isDirectory() ? join(path, "index.html") : path;
      response.setHeader("content-type", TYPES[file.split(".").at(-1)] ?? "application/octet-stream");
      response.end(readFileSync(file));
    } catch {
      response.statusCode = 404;
      response.end();
    }
  });
  await new Promise((ready) => server.listen(0, "127.0.0.1", ready));
  return { server, address: `http://127.0.0.1:${server.address().port}` };
};

// What is wrong with the page that is shown. Runs in the browser.
const faults = () => {
  const found = [];
  const wide = document.documentElement.clientWidth;
  const name = (element) => {
    const parts = [];
    for (let at = element; at && at !== document.body && parts.length < 3; at = at.parentElement) {
      parts.unshift(at.localName + (at.classList.length ? `.${at.classList[0]}` : ""));
    }
    return parts.join(" > ");
  };
  const say = (what, node) => found.push(`${what}: ${name(node.parentElement)}: ${node.data.trim().slice(0, 30)}`);
  if (document.documentElement.scrollWidth > wide) found.push(`scrolls sideways: ${document.documentElement.scrollWidth} > ${wide}`);

  const lines = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    if (!node.data.trim() || node.parentElement.closest("script, style, svg, .skip, .unseen, details:not([open]) > :not(summary)")) continue;
    if (!node.parentElement.checkVisibility()) continue;
    const range = document.createRange();
    range.selectNodeContents(node);
    const rects = [...range.getClientRects()].filter((rect) => rect.width > 1 && rect.height > 1);
    let clip = null;
    let block = null;
    let clamped = false;
    for (let at = node.parentElement; at && at !== document.body; at = at.parentElement) {
      const style = getComputedStyle(at);
      if (!block && !style.display.startsWith("inline") && style.display !== "contents") block = at;
      if (style.webkitLineClamp !== "none") clamped = true;
      if (!clip && style.overflowX !== "visible") clip = { element: at, scrolls: ["auto", "scroll"].includes(style.overflowX) };
    }
    if (clamped) continue;
    const scrolls = clip?.scrolls;
    for (const rect of rects) {
      if (!scrolls && (rect.left < -1 || rect.right > wide + 1)) say("cut at the edge of the window", node);
      if (clip && !scrolls) {
        const edge = clip.element.getBoundingClientRect();
        if (rect.left < edge.left - 1 || rect.right > edge.right + 1 || rect.bottom > edge.bottom + 3) say("cut by its box", node);
      }
      const edge = block?.getBoundingClientRect();
      if (edge && !scrolls && (rect.left < edge.left - 2 || rect.right > edge.right + 2)) say("beyond its block", node);
      if (!scrolls) lines.push({ node, rect });
    }
  }

  // Glyphs fill about two thirds of the height of their line.
  lines.sort((a, b) => a.rect.top - b.rect.top);
  for (let first = 0; first < lines.length; first += 1) {
    for (let second = first + 1; second < lines.length && lines[second].rect.top < lines[first].rect.bottom; second += 1) {
      const [a, b] = [lines[first], lines[second]];
      if (a.node === b.node) continue;
      const across = Math.min(a.rect.right, b.rect.right) - Math.max(a.rect.left, b.rect.left);
      const down = Math.min(a.rect.bottom, b.rect.bottom) - b.rect.top;
      if (across > 2 && down > 0.4 * Math.min(a.rect.height, b.rect.height)) say(`lies over "${a.node.data.trim().slice(0, 20)}"`, b.node);
    }
  }
  return [...new Set(found)];
};

const browser = await start("wide");
for (const language of asked.length ? asked : Object.keys(LANGUAGES)) {
  const site = join(folder, language);
  write(site, language);
  const built = spawnSync(program, ["--root", site, "build"], { encoding: "utf8" });
  holds(built.status === 0, built.stderr);
  const root = join(site, "public");
  const { server, address } = await host(root);
  const pages = families(root);
  const context = await browser.context();
  const tab = await context.newPage();
  await check(`${language}: ${pages.length} families in ${WIDTHS.length} widths`, async () => {
    const all = [];
    for (const page of pages) {
      await tab.goto(address + page.address);
      for (const width of WIDTHS) {
        await tab.setViewportSize({ width, height: 900 });
        for (const fault of await tab.evaluate(faults)) all.push(`${page.family} at ${width}: ${fault}`);
      }
    }
    holds(all.length === 0, `${all.length} faults\n${all.join("\n")}`);
  });
  await context.close();
  server.close();
  server.closeAllConnections();
}

await browser.close();
rmSync(folder, { recursive: true, force: true });
conclude();
