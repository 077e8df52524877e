// The columns of the front page end together: no hole is higher than 100 px, at any width, in any of the sets of fonts, with
// long editions and short ones. Run by run.sh, with the program.

import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { check, conclude, holds } from "./checks.mjs";
import { FONTS, start } from "./machine.mjs";
import { serve } from "./server.mjs";

const [program] = process.argv.slice(2);
const HOLE = 100;
const WIDTHS = [320, 600, 768, 900, 1024, 1280, 1920];
const folder = mkdtempSync(join(tmpdir(), "dateline-columns-"));

const HEADLINES = [
  "Talks begin in the capital", "Ports report a third of the traffic of last year",
  "What the new tariff means for those who sell gas to the east and buy grain from the south", "A quiet day",
  "Court hears the case against the former minister", "Why the price of copper has doubled since spring",
  "Rail link opens, two years late",
];
const DEK = "The ministers meet for the first time since the border was closed. Nobody expects a treaty, and everybody a photograph.";

// A site of forty stories, with a briefing of so many items.
const site = (items) => {
  const root = join(folder, String(items));
  mkdirSync(join(root, "content/articles"), { recursive: true });
  mkdirSync(join(root, "content/briefings"), { recursive: true });
  writeFileSync(join(root, "dateline.yaml"), "title: The Test\nbase_url: https://test.example\n");
  for (let number = 0; number < 40; number += 1) {
    const hour = String(number % 24).padStart(2, "0");
    const head = [`title: ${HEADLINES[number % 7]}`, `date: 2023-10-${10 + Math.floor(number / 24)} ${hour}:00`, "section: World", "authors: [Desk]"];
    if (number % 3 !== 0) head.push(`summary: ${DEK.slice(0, 60 + (number % 5) * 14)}`);
    if (number % 4 === 0) head.push("kind: analysis");
    writeFileSync(join(root, `content/articles/s${number}.md`), `---\n${head.join("\n")}\n---\nText.\n`);
  }
  const parts = Array.from({ length: items }, (_, index) => `## ${HEADLINES[index % 7]} {topics="Gas"}\n\nText.\n`);
  if (items > 0) writeFileSync(join(root, "content/briefings/2023-10-11.md"), `---\ndate: 2023-10-11 23:30\nnumber: 7\n---\n${parts.join("\n")}`);
  return root;
};

// How far the ends of the columns that stand side by side are apart, at most.
const hole = () => {
  const end = (part) => Math.max(...[...part.querySelectorAll("*")].map((node) => node.getBoundingClientRect().bottom));
  const parts = [...document.querySelectorAll(".opening > *")].map((part) => {
    const box = part.getBoundingClientRect();
    return { left: box.left, top: box.top, end: end(part) };
  });
  const columns = new Map();
  for (const part of parts) {
    const key = Math.round(part.left);
    columns.set(key, Math.max(columns.get(key) ?? 0, part.end));
  }
  const ends = [...columns.values()];
  return Math.round(Math.max(...ends) - Math.min(...ends));
};

for (const set of Object.keys(FONTS)) {
  const browser = await start(set);
  for (const items of [0, 3, 6, 10]) {
    await check(`the columns of a front with ${items} items end together, in ${set} type`, async () => {
      const server = await serve(program, ["--root", site(items), "serve", "--port", "0"]);
      try {
        const tab = await (await browser.context()).newPage();
        await tab.goto(`${server.address}/`);
        const wrong = [];
        for (const width of WIDTHS) {
          await tab.setViewportSize({ width, height: 900 });
          const found = await tab.evaluate(hole);
          if (found > HOLE) wrong.push(`${found} px at ${width}`);
        }
        holds(wrong.length === 0, wrong.join(", "));
      } finally {
        server.process.kill();
      }
    });
  }
  await browser.close();
}
rmSync(folder, { recursive: true, force: true });
conclude();
