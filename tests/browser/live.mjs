// What readers see of live coverage: a page that is complete without scripts, and one that tells of new entries, shows them
// on a click, and asks no more when coverage has ended. The site is served with the policy that its build wrote. Run by run.sh,
// with the program and the driver of the browser.

import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { extname, join } from "node:path";
import { check, conclude, holds } from "./checks.mjs";
import { start } from "./machine.mjs";

const [program] = process.argv.slice(2);
const DEADLINE = 20_000;
const PAGE = "/2023/10/18/forum/";

const folder = mkdtempSync(join(tmpdir(), "dateline-live-"));
const site = join(folder, "site");
const output = join(folder, "public");
mkdirSync(join(site, "content/articles"), { recursive: true });
writeFileSync(join(site, "dateline.yaml"), "title: Harbour Times\nbase_url: https://harbour.example\n");
const entry = (time, words) => `## ${time} ${words}\n\nThe text of it.\n\n`;
const FILL = Array.from({ length: 12 }, (_, at) => entry(`08:${10 + at}`, `Part ${at}`)).join("");
const build = (status, entries) => {
  const head = `title: The forum\nsummary: The day.\nkind: live\nstatus: ${status}\ndate: 2023-10-18 08:00`;
  writeFileSync(join(site, "content/articles/forum.md"), `---\n${head}\n---\nThe introduction.\n\n${FILL}${entries}`);
  const built = spawnSync(program, ["--root", site, "build", "-o", output, "--now", "2023-10-19"], { encoding: "utf8" });
  holds(built.status === 0, built.stderr);
};
build("developing", entry("09:05", "Delegations arrive {#first}"));

// The policy of the site, from the file for hosts.
const policy = readFileSync(join(output, "_headers"), "utf8").match(/Content-Security-Policy: (.*)/)[1];
const TYPES = { ".html": "text/html; charset=utf-8", ".css": "text/css", ".js": "text/javascript", ".json": "application/json", ".svg": "image/svg+xml" };
let asked = 0;
let isDown = false;
const server = createServer((request, response) => {
  const path = request.url.split("?")[0];
  const isListing = path.endsWith("/live.json");
  asked += isListing;
  const file = join(output, path.endsWith("/") ? `${path}index.html` : path);
  const status = isListing && isDown ? 503 : existsSync(file) ? 200 : 404;
  response.writeHead(status, { "content-type": TYPES[extname(file)] ?? "text/plain", "content-security-policy": policy });
  response.end(status === 200 ? readFileSync(file) : "");
});
await new Promise((ready) => server.listen(0, "127.0.0.1", ready));
const address = `http://127.0.0.1:${server.address().port}`;

const browser = await start("wide");
const complaints = [];
const open = async (options) => {
  const context = await browser.context({ viewport: { width: 390, height: 700 }, ...options });
  context.setDefaultTimeout(DEADLINE);
  const tab = await context.newPage();
  tab.on("pageerror", (error) => complaints.push(String(error)));
  tab.on("console", (message) => message.type() === "error" && !message.text().includes("503") && complaints.push(message.text()));
  await tab.clock.setFixedTime(new Date("2023-10-18T16:00:00Z"));
  await tab.goto(address + PAGE);
  return tab;
};
// A page asks at once when its tab is looked at again: nobody waits for half a minute.
const look = (tab) => tab.evaluate(() => document.dispatchEvent(new Event("visibilitychange")));
const tab = await open({});
const button = tab.locator(".live-bar button");

await check("nothing is said while there is nothing new", async () => {
  const answer = tab.waitForResponse((response) => response.url().endsWith("/live.json"));
  await look(tab);
  await (await answer).finished();
  holds(!(await button.isVisible()), "the button is not there");
  holds((await tab.locator("[role=status]").innerText()) === "", "nothing is announced");
});

await check("new entries are counted and announced, and nothing moves", async () => {
  await tab.evaluate(() => document.querySelector(".live-entry:nth-child(6)").scrollIntoView());
  const place = () => tab.evaluate(() => document.querySelector(".live-entry:nth-child(6)").getBoundingClientRect().top);
  const before = await place();
  build("developing", entry("09:05", "Delegations arrive, and more {#first}") + entry("14:05", "Talks begin {#second .key}") + entry("14:06", "Talks go on {#third}"));
  await look(tab);
  await button.waitFor();
  holds((await button.innerText()) === "New updates: 2", await button.innerText());
  holds((await tab.locator("[role=status]").textContent()) === "New updates: 2", "it is announced");
  const after = await place();
  holds(Math.abs(after - before) < 1, `the text stays where it was, at ${before}: ${after}`);
  holds(await tab.evaluate(() => document.querySelector(".live-bar").getBoundingClientRect().top === 0), "the button is in sight");
});

await check("a click shows the new entries, corrected ones and key events, and leads to the first", async () => {
  await button.click();
  await tab.waitForSelector("#third");
  const ids = await tab.evaluate(() => [...document.querySelectorAll(".live-entry")].map((one) => one.id).slice(0, 4));
  holds(ids.join() === "third,second,first,2023-10-18-0821", ids.join());
  holds((await tab.innerText("#first")).includes("and more"), "what was corrected is there");
  holds((await tab.innerText(".key-events")).includes("Talks begin"), "so are key events");
  holds(await tab.evaluate(() => document.activeElement.closest(".live-entry")?.id === "third"), "the keyboard is at the first new one");
  holds(!(await button.isVisible()), "the button has gone");
});

await check("a server that fails is asked again", async () => {
  isDown = true;
  await look(tab);
  isDown = false;
  build("final", entry("09:05", "Delegations arrive, and more {#first}") + entry("14:05", "Talks begin {#second .key}") + entry("14:06", "Talks go on {#third}") + entry("15:00", "The end {#end}"));
  for (let tries = 0; tries < 50 && !(await button.isVisible()); tries += 1) await look(tab);
  await button.waitFor();
});

await check("after the end nothing is asked for", async () => {
  await button.click();
  await tab.waitForSelector("#end");
  holds((await tab.innerText(".live-bar")).includes("Coverage has ended"), "it says so");
  const before = asked;
  await look(tab);
  await tab.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))));
  holds(asked === before, "nothing was asked");
});

await check("without scripts the page has all entries and no button", async () => {
  build("developing", entry("09:05", "Delegations arrive"));
  const plain = await open({ javaScriptEnabled: false });
  holds((await plain.innerText(".live-entries")).includes("Delegations arrive"), "the entries are there");
  holds(!(await plain.locator(".live-bar button").isVisible()), "no button is");
});

await check("no page complained", async () => {
  holds(complaints.length === 0, complaints.join("; "));
});

await browser.close();
server.close();
rmSync(folder, { recursive: true });
conclude();
