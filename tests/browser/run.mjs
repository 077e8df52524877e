// What people see of `dateline serve`: pages that reload by themselves, style sheets that are swapped, errors over the last
// good page, the banner of a preview, and the desk. Run by run.sh, with the program and the driver of the browser.

import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { check, conclude, holds } from "./checks.mjs";
import { start } from "./machine.mjs";
import { serve } from "./server.mjs";

const [program] = process.argv.slice(2);
const DEADLINE = 20_000;

// A site of a desk: three articles of `init`, a long one, a draft, and two topics that may be one.
const folder = mkdtempSync(join(tmpdir(), "dateline-"));
const site = join(folder, "site");
const made = spawnSync(program, ["init", site], { encoding: "utf8" });
holds(made.status === 0, made.stderr);
const file = (path) => join(site, path);
for (const name of ["static", "templates"]) mkdirSync(file(name), { recursive: true });
const article = (title, more, body) =>
  `---\ntitle: ${title}\ndate: 2023-10-17\n${more}\n---\n${body}\n`;
const LONG = "A paragraph of some length, so that there is something to scroll through.\n\n".repeat(80);
writeFileSync(file("content/articles/long.md"), article("Long", "topics: [Grain corridor]", LONG));
writeFileSync(file("content/articles/other.md"), article("Other", "topics: [Grain corridors]", "Other text."));
writeFileSync(file("content/articles/draft.md"), article("Unfinished", "draft: true", "To be written."));

const { process: server, address } = await serve(program, ["--root", site, "serve", "--port", "0", "--drafts"]);

const browser = await start("wide");
const context = await browser.context();
context.setDefaultTimeout(DEADLINE);
const complaints = [];
const open = async (path) => {
  const tab = await context.newPage();
  tab.on("console", (message) => message.type() === "error" && complaints.push(message.text()));
  tab.on("pageerror", (error) => complaints.push(String(error)));
  tab.on("response", (response) => response.status() >= 400 && complaints.push(`${response.status()} ${response.url()}`));
  // A tab listens once its page is loaded; an edit before that would be told to nobody yet.
  const listening = tab.waitForRequest((request) => request.url().includes("/_dateline/events"));
  await tab.goto(address + path);
  await listening;
  // Lives as long as the page is not loaded anew.
  await tab.evaluate(() => { window.isSame = true; });
  return tab;
};
const isSame = (tab) => tab.evaluate(() => window.isSame === true);

const LONG_PAGE = "/2023/10/17/long/";
const OTHER_PAGE = "/2023/10/17/other/";
const long = await open(LONG_PAGE);
const other = await open(OTHER_PAGE);

await check("an edited page reloads by itself and keeps its place, and another page does not reload", async () => {
  await long.evaluate(() => scrollTo(0, 1500));
  await long.waitForFunction(() => scrollY > 1400);
  writeFileSync(file("content/articles/long.md"), article("Long", "topics: [Grain corridor]", `${LONG}The new end.`));
  await long.waitForFunction(() => document.body.innerText.includes("The new end."));
  await long.waitForFunction(() => Math.abs(scrollY - 1500) < 100);
  holds(!(await isSame(long)), "it was loaded anew");
  holds(await isSame(other), "the other page was loaded anew too");
});

await check("a style sheet is swapped without loading the page anew", async () => {
  writeFileSync(file("static/style.css"), "body { background: rgb(1, 2, 3) }");
  const isDark = () => getComputedStyle(document.body).backgroundColor === "rgb(1, 2, 3)";
  await other.waitForFunction(isDark);
  holds(await isSame(other), "the page was loaded anew");
  await other.waitForFunction(() => document.querySelectorAll("link[rel=stylesheet]").length === 1);
  writeFileSync(file("static/style.css"), "body { background: rgb(3, 2, 1) }");
  await other.waitForFunction(() => getComputedStyle(document.body).backgroundColor === "rgb(3, 2, 1)");
  holds(await isSame(other), "the page was loaded anew at the second time");
  rmSync(file("static/style.css"));
});

const overlay = "dateline-overlay section";
const sound = readFileSync(file("content/articles/other.md"), "utf8");
await check("an error lies over the last good page, goes with Escape, and goes when it is put right", async () => {
  writeFileSync(file("content/articles/other.md"), sound.replace("title:", "titel:"));
  await other.waitForSelector(overlay);
  const text = await other.locator(overlay).innerText();
  holds(text.includes("content/articles/other.md:2:1"), `it names the place: ${text}`);
  holds(text.includes("titel: Other") && text.includes("did you mean title"), `it shows the line and the way out: ${text}`);
  holds((await other.locator(overlay).getAttribute("role")) === "alertdialog", "it says what it is");
  holds((await other.innerText("main")).includes("Other text."), "the last good page is below");
  await other.keyboard.press("Escape");
  await other.waitForSelector(overlay, { state: "detached" });
  await other.locator("dateline-overlay button").click();
  await other.waitForSelector(overlay);
  await other.keyboard.press("Escape");
  await other.waitForSelector(overlay, { state: "detached" });
  writeFileSync(file("content/articles/other.md"), sound.replace("title:", "tiitle:"));
  await other.waitForSelector(overlay);
  writeFileSync(file("content/articles/other.md"), sound);
  await other.waitForSelector(overlay, { state: "detached" });
});

await check("a template's error is shown where it is met", async () => {
  writeFileSync(file("templates/article.html"), "{{ article.nothing }}");
  await other.waitForSelector(overlay);
  const text = await other.locator(overlay).innerText();
  holds(text.includes("templates/article.html:1"), text);
  rmSync(file("templates/article.html"));
  await other.waitForSelector(overlay, { state: "detached" });
});

await check("a draft says that it is one", async () => {
  const draft = await open("/2023/10/17/draft/");
  await draft.waitForSelector("dateline-banner p");
  holds((await draft.locator("dateline-banner p").innerText()).startsWith("Draft"), "it names the state");
  await draft.close();
});

await check("the desk lists stories and topics, and keeps itself up to date", async () => {
  const desk = await open("/_dateline/");
  const row = (title) => desk.locator("#stories tbody tr", { hasText: title });
  holds((await row("Unfinished").innerText()).includes("draft"), "the draft is one");
  holds((await row("Long").first().innerText()).includes("live"), "the article is live");
  const pairs = await desk.locator(".pairs").innerText();
  holds(pairs.includes("Grain corridor") && pairs.includes("Grain corridors"), `two topics may be one: ${pairs}`);
  await desk.fill("input[name=q]", "unfin");
  await desk.waitForFunction(() => document.querySelectorAll("#stories tbody tr").length === 1);
  writeFileSync(file("content/articles/other.md"), sound.replace("title:", "titel:"));
  await desk.waitForFunction(() => document.querySelector("#findings").innerText.includes("content/articles/other.md:2:1"));
  holds((await desk.inputValue("input[name=q]")) === "unfin", "the search stays");
  holds((await desk.locator("#stories tbody tr").count()) === 1, "and so does what it found");
  holds(await isSame(desk), "the page was loaded anew");
  writeFileSync(file("content/articles/other.md"), sound);
  await desk.waitForFunction(() => document.querySelector("#findings").innerText.includes("Nothing is wrong"));
  holds((await desk.locator("#remade").innerText()).includes("content/articles/other.md"), "the last remaking says why");
  await desk.close();
});

await check("the desk keeps the focus, and its filter has new states, when stories change", async () => {
  const desk = await open("/_dateline/");
  await desk.locator("#stories tbody a", { hasText: "Long" }).first().focus();
  writeFileSync(file("content/articles/other.md"), sound.replace("title: Other", "title: Changed\nstatus: developing"));
  await desk.waitForFunction(() => document.querySelector("#stories").innerText.includes("Changed"));
  const held = await desk.evaluate(() => document.activeElement.textContent);
  holds(held === "Long", `the focus is at: ${held.slice(0, 40)}`);
  const row = desk.locator("#stories tbody tr", { hasText: "Changed" });
  holds((await row.innerText()).includes("developing"), "the story is developing");
  await desk.selectOption("select[name=status]", "developing");
  await desk.waitForFunction(() => document.querySelectorAll("#stories tbody tr").length === 1);
  writeFileSync(file("content/articles/other.md"), sound);
  await desk.waitForFunction(() => document.querySelector("#stories").innerText.includes("No story fits"));
  holds((await desk.inputValue("select[name=status]")) === "developing", "the choice stays");
  holds(await isSame(desk), "the page was loaded anew");
  await desk.close();
});

await check("the desk finds a story by the name that its topic is shown under", async () => {
  mkdirSync(file("content/topics"), { recursive: true });
  writeFileSync(file("content/topics/grain.md"), "---\ntitle: Black Sea exports\naliases: [Grain corridor]\n---\n");
  const desk = await open("/_dateline/");
  await desk.waitForFunction(() => document.querySelector("#topics").innerText.includes("Black Sea exports"));
  for (const words of ["black sea", "grain corridor long"]) {
    await desk.fill("input[name=q]", words);
    await desk.waitForFunction((words) => new URLSearchParams(location.search).get("q") === words, words);
    await desk.waitForFunction(() => document.querySelectorAll("#stories tbody tr").length === 1);
    holds((await desk.innerText("#stories tbody tr .headline")).startsWith("Long"), `${words}: another story was found`);
  }
  await desk.close();
});

await check("the desk makes a story, takes in wire copy, and publishes a draft, with the keyboard alone", async () => {
  const desk = await open("/_dateline/");
  const answer = desk.locator("[data-answer]");
  const said = (words) => desk.waitForFunction((words) => document.querySelector("[data-answer]").innerText.includes(words), words);
  await desk.locator("summary", { hasText: "New story" }).focus();
  await desk.keyboard.press("Enter");
  await desk.getByLabel("Headline").fill("Grain talks <resume>");
  await desk.keyboard.press("Enter");
  await said("/grain-talks-resume.md");
  holds(await answer.evaluate((answer) => answer === document.activeElement), "the answer has the focus");
  const path = await answer.locator("code").first().innerText();
  holds(readFileSync(file(path), "utf8").includes("Grain talks <resume>"), "the file has the title");
  await desk.waitForFunction((path) => document.querySelector(`[data-publish="${path}"]`), path);
  await desk.locator("summary", { hasText: "Take in wire copy" }).click();
  await desk.getByLabel("The copy").fill("PARIS, Oct 17 (Agency) - Ministers met on Tuesday to talk about grain.");
  await desk.getByRole("button", { name: "Make drafts of it" }).click();
  await said("1 draft written");
  await desk.locator("summary", { hasText: "Publish" }).click();
  await desk.locator(`[data-publish="${path}"]`).click();
  await said("1 file released");
  await desk.waitForFunction((path) => !document.querySelector(`[data-publish="${path}"]`), path);
  await answer.locator("a").first().click();
  await desk.waitForSelector("h1", { hasText: "Grain talks <resume>" });
  await desk.close();
});

await check("the desk fits a phone, and says the commands without scripts", async () => {
  for (const scheme of ["light", "dark"]) {
    const small = await browser.context({ viewport: { width: 360, height: 740 }, colorScheme: scheme });
    const desk = await small.newPage();
    await desk.goto(`${address}/_dateline/`);
    for (const name of ["New story", "Take in wire copy", "Publish"]) await desk.locator("summary", { hasText: name }).click();
    const wide = await desk.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    holds(wide <= 0, `the page is ${wide} pixels too wide in ${scheme}`);
    if (process.env.PICTURES) await desk.screenshot({ path: join(process.env.PICTURES, `desk-${scheme}.png`), fullPage: false });
    await small.close();
  }
  const plain = await browser.context({ javaScriptEnabled: false });
  const desk = await plain.newPage();
  await desk.goto(`${address}/_dateline/`);
  holds(await desk.getByText("dateline new article").isVisible(), "the commands are said");
  holds(!(await desk.locator("summary", { hasText: "New story" }).isVisible()), "what needs scripts is not there");
  await plain.close();
});

await check("the desk of a site that could not be made becomes whole when it is put right", async () => {
  const broken = join(folder, "broken");
  mkdirSync(broken);
  writeFileSync(join(broken, "dateline.yaml"), "titel: Wrong\n");
  const second = await serve(program, ["--root", broken, "serve", "--port", "0"]);
  try {
    const desk = await context.newPage();
    await desk.goto(`${second.address}/_dateline/`);
    holds((await desk.innerText("#findings")).includes("dateline.yaml:1:1"), "it says what is wrong");
    writeFileSync(join(broken, "dateline.yaml"), "title: Mended\nbase_url: https://example.org\n");
    await desk.waitForSelector("#search");
    holds((await desk.innerText("h1")).includes("Mended"), "it has the site's title");
    await desk.close();
  } finally {
    second.process.kill("SIGTERM");
  }
});

await check("no page complained, and nothing was asked for in vain", async () => {
  holds(complaints.length === 0, complaints.join("; "));
});

await check("the server ends when it is told to", async () => {
  const ended = new Promise((resolve) => server.on("exit", (code) => resolve(code)));
  server.kill("SIGTERM");
  const late = new Promise((resolve) => setTimeout(() => resolve("late"), DEADLINE));
  const code = await Promise.race([ended, late]);
  holds(code === 0, `it ended with ${code}`);
});

await browser.close();
rmSync(folder, { recursive: true });
conclude();
