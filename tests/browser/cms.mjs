// What an editor does in the desk that `init --cms` writes: the pages load without a complaint under the policy that hosts send, a story is
// written, gets a picture, and is saved by the local backend, and `dateline check` finds nothing. Run by cms.sh.

import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, relative } from "node:path";
import { check, conclude, holds } from "./checks.mjs";
import { start } from "./machine.mjs";
import { serve } from "./server.mjs";

const [program] = process.argv.slice(2);
const DEADLINE = 20_000;

const run = (...words) => {
  const done = spawnSync(program, words, { encoding: "utf8" });
  return { status: done.status, said: done.stdout + done.stderr };
};

const folder = mkdtempSync(join(tmpdir(), "dateline-cms-"));
const site = join(folder, "site");
let made = run("init", site);
holds(made.status === 0, made.said);
const config = readFileSync(join(site, "dateline.yaml"), "utf8").replace(/^timezone:.*$/m, "timezone: Asia/Shanghai");
writeFileSync(join(site, "dateline.yaml"), config);
mkdirSync(join(site, "content/articles/2023/10"), { recursive: true });
mkdirSync(join(site, "content/people"), { recursive: true });
const old = "---\ntitle: An old story\nsummary: It is short.\ndate: 2023-10-17 09:30\nauthors: World desk\ntopics: [Unheard of, Publishing]\nsection: Guide\ndateline: PARIS, Oct 17 (Agency)\nimage: {src: /images/old.svg, alt: A line, credit: Agency}\nsources: [{name: AP, url: https://ap.example/}]\nupdates: [{at: 2023-10-18, text: More is known.}]\nextra: {a: {b: [1, 2]}}\n---\nText.\n\n## A heading {#anchor}\n\n::: pullquote\nA *start*.\n:::\n";
writeFileSync(join(site, "content/articles/2023/10/old.md"), old);
writeFileSync(join(site, "content/articles/2023/10/2023-10-16-named.md"), "---\ntitle: Named\nsummary: By its file.\ntopics: [Publishing]\nsection: Guide\nsources: [{name: AP}]\n---\nText.\n");
mkdirSync(join(site, "static/images"), { recursive: true });
writeFileSync(join(site, "static/images/old.svg"), '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>');
writeFileSync(join(site, "content/people/jane.md"), "---\nname: Jane Roe\n---\n");
made = run("--root", site, "init", "--cms=github:owner/repository");
holds(made.status === 0, made.said);

const files = (root) => readdirSync(root, { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile())
  .map((entry) => join(entry.parentPath, entry.name))
  .map((path) => [relative(root, path), path]);

const { process: server, address } = await serve(program, ["--root", site, "serve", "--port", "0", "--drafts"]);

const browser = await start("wide");
const context = await browser.context({ viewport: { width: 1400, height: 1000 } });
context.setDefaultTimeout(DEADLINE);
await context.addInitScript(() => {
  window.showDirectoryPicker = async () => (await navigator.storage.getDirectory()).getDirectoryHandle("site", { create: true });
});
// The policy is the one that the site's hosts are told to send.
const built = run("--root", site, "build", "--output", join(folder, "public"));
holds(built.status === 0, built.said);
const rule = readFileSync(join(folder, "public/_headers"), "utf8").split(/^(?=\/)/m).find((rule) => rule.startsWith("/admin/*"));
const policy = rule.match(/^ {2}Content-Security-Policy: (.*)$/m)[1];
await context.route(`${address}/admin/`, async (route) => {
  const response = await route.fetch();
  await route.fulfill({ response, headers: { ...response.headers(), "content-security-policy": policy } });
});
// The state of the host of the repository is asked for; here there is no network, and the answer is that all is well.
await context.route("https://www.githubstatus.com/**", (route) => route.fulfill({ json: { status: { indicator: "none" } }, headers: { "access-control-allow-origin": "*" } }));
const complaints = [];
const tab = await context.newPage();

// Fills the browser's own file system, of which the local backend is given a folder.
await tab.goto(`${address}/robots.txt`);
const sources = files(site).filter(([path]) => !path.startsWith("static/admin") && !path.startsWith(".dateline"));
await tab.evaluate(async (sources) => {
  const root = await (await navigator.storage.getDirectory()).getDirectoryHandle("site", { create: true });
  for (const [path, text] of sources) {
    let folder = root;
    const parts = path.split("/");
    const name = parts.pop();
    for (const part of parts) folder = await folder.getDirectoryHandle(part, { create: true });
    const file = await folder.getFileHandle(name, { create: true });
    const writer = await file.createWritable();
    await writer.write(text);
    await writer.close();
  }
}, [...sources.map(([path, file]) => [path, readFileSync(file, "utf8")]), [".git/HEAD", "ref: refs/heads/main\n"]]);

tab.on("console", (message) => ["error", "warning"].includes(message.type()) && complaints.push(message.text()));
tab.on("pageerror", (error) => complaints.push(String(error)));
tab.on("response", (response) => response.status() >= 400 && complaints.push(`${response.status()} ${response.url()}`));
tab.on("request", (request) => {
  const isOwn = request.url().startsWith(address) || /^(data|blob):/.test(request.url());
  if (!isOwn && !request.url().startsWith("https://www.githubstatus.com/")) complaints.push(`it asks for ${request.url()}`);
});

const shot = async (name) => process.env.PICTURES && tab.screenshot({ path: join(process.env.PICTURES, `cms-${name}.png`) });

// The field of a key. It is made when it comes into view.
const reach = async (path) => {
  const found = tab.locator(`section.field[data-key-path="${path}"]`).first();
  for (let at = 0; at < 100 && !(await found.count()); at += 1) {
    await tab.mouse.move(300, 600);
    await tab.mouse.wheel(0, 300);
    await tab.waitForTimeout(50);
  }
  await found.scrollIntoViewIfNeeded();
  return found;
};
const save = async () => {
  await tab.getByRole("button", { name: "Save" }).first().click();
  await tab.getByText("Entry saved.").waitFor();
};
// What the desk has written, copied out of the browser's file system into the site.
const copied = async () => {
  const saved = await tab.evaluate(async () => {
    const root = await (await navigator.storage.getDirectory()).getDirectoryHandle("site");
    const out = [];
    const walk = async (folder, path) => {
      for await (const [name, entry] of folder.entries()) {
        if (entry.kind === "directory") await walk(entry, `${path}${name}/`);
        else out.push([`${path}${name}`, [...new Uint8Array(await (await entry.getFile()).arrayBuffer())]]);
      }
    };
    await walk(root, "");
    return out;
  });
  const fresh = [];
  for (const [path, numbers] of saved.filter(([path]) => !path.startsWith(".git/"))) {
    const bytes = Buffer.from(numbers);
    const before = sources.find(([source]) => source === path);
    if (!before || !readFileSync(before[1]).equals(bytes)) fresh.push(path);
    mkdirSync(dirname(join(site, path)), { recursive: true });
    writeFileSync(join(site, path), bytes);
  }
  return fresh.sort();
};
const text = (path) => readFileSync(join(site, path), "utf8");

await check("the desk opens the site's folder, and lists what is in it", async () => {
  await tab.goto(`${address}/admin/`);
  await tab.getByRole("button", { name: /local repository/i }).click();
  for (const name of ["Articles", "Briefings", "Topics", "People", "Pages"]) await tab.getByText(name, { exact: true }).first().waitFor();
  await tab.getByText("An old story").waitFor();
  const icon = tab.locator(".material-symbols-outlined").filter({ hasText: /^library_books$/ }).first();
  const { width } = await icon.boundingBox();
  holds(width < 40, `the icons are words: one is ${width} pixels wide`);
  await shot("list");
});

await check("a story is written, gets a picture, and is saved, and `check` finds nothing", async () => {
  await tab.goto(`${address}/admin/#/collections/articles/new`);
  await (await reach("title")).locator("input").first().fill("Grain talks resume");
  await (await reach("summary")).locator("textarea").first().fill("Ministers met in Paris on Monday.");
  const zone = await (await reach("date")).innerText();
  holds(zone.includes("+08:00"), `the date is in the site's time zone: ${zone}`);
  await (await reach("date")).getByRole("button", { name: "Now" }).click();
  await (await reach("authors")).getByText("Jane Roe", { exact: true }).click();
  await (await reach("section")).locator("input").first().fill("Guide");
  await (await reach("topics")).getByText("Publishing", { exact: true }).click();
  await (await reach("image")).getByText("Add", { exact: false }).first().click();
  const picture = await tab.evaluate(async () => {
    const canvas = new OffscreenCanvas(640, 480);
    canvas.getContext("2d").fillRect(0, 0, 640, 480);
    return [...new Uint8Array(await (await canvas.convertToBlob({ type: "image/png" })).arrayBuffer())];
  });
  const file = { name: "Grain Harbour.png", mimeType: "image/png", buffer: Buffer.from(picture) };
  await (await reach("image.src")).locator("input[type=file]").first().setInputFiles(file);
  await (await reach("image.alt")).locator("textarea").first().fill("A black square");
  await (await reach("image.credit")).locator("input").first().fill("Jane Roe");
  await (await reach("body")).locator("textarea").fill("Three ports stay open until March, ministers said.\n\n::: pullquote\nA *start*.\n:::\n");
  await shot("story");
  await save();
  const fresh = await copied();
  const story = fresh.find((path) => path.endsWith(".md"));
  holds(/^content\/articles\/\d{4}\/\d{2}\/grain-talks-resume\.md$/.test(story), `the file is ${fresh.join(", ")}`);
  holds(fresh.join() === `${story},static/images/grain-harbour.png`, `the files are ${fresh.join(", ")}`);
  holds(/^date: \d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\+08:00$/m.test(text(story)), text(story));
  for (const line of ["src: /images/grain-harbour.png", "- Jane Roe", "- Publishing", "::: pullquote"]) holds(text(story).includes(line), `${line}: ${text(story)}`);
  const checked = run("--root", site, "check", "--deny-warnings", "--now", "2099-01-01");
  holds(checked.status === 0, checked.said);
});

await check("an edit of an old story keeps what it did not touch", async () => {
  await tab.goto(`${address}/admin/#/collections/articles/entries/2023/10/old`);
  await (await reach("title")).locator("input").first().fill("An old story, retold");
  await save();
  const fresh = await copied();
  holds(fresh.includes("content/articles/2023/10/old.md"), fresh.join());
  const now = text("content/articles/2023/10/old.md");
  for (const kept of ["An old story, retold", "date: 2023-10-17 09:30", "- World desk", "- Unheard of", "section: Guide", "PARIS, Oct 17 (Agency)", "/images/old.svg", "https://ap.example/", "More is known.", "## A heading {#anchor}\n\n::: pullquote\nA *start*.\n:::"]) holds(now.includes(kept), `${kept} is lost: ${now}`);
  holds(/extra:\s+a:\s+b:\s+- 1\s+- 2/.test(now), now);
  holds(!now.includes("draft: true"), "it became a draft");
  const checked = run("--root", site, "check", "--deny-warnings", "--now", "2099-01-01");
  holds(checked.status === 0, checked.said);
});

await check("a story with its date in the name of its file is not changed unasked", async () => {
  await tab.goto(`${address}/admin/#/collections/articles/entries/2023/10/2023-10-16-named`);
  await (await reach("title")).locator("input").first().fill("Named, retold");
  await tab.getByRole("button", { name: "Save" }).first().click();
  await (await reach("date")).getByText("required", { exact: false }).first().waitFor();
  holds(!(await copied()).some((path) => path.includes("named")), "it was saved");
});

await check("no page complained, and nothing was asked for elsewhere", async () => {
  holds(complaints.length === 0, complaints.join("; "));
});

await browser.close();
server.removeAllListeners("exit");
server.kill("SIGTERM");
rmSync(folder, { recursive: true });
conclude();
