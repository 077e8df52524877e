// jsonld.mjs FOLDER: the structured data of every page of the sites in FOLDER by a second opinion: each node becomes a
// constant of its type in schema-dts, and the compiler of TypeScript says whether it fits. Of nodes with the same fields
// one is enough: what differs is text.

import { spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";

const [folder] = process.argv.slice(2);
const tools = resolve(import.meta.dirname ?? ".", "../../.tools");
const files = (root, below = "") => readdirSync(join(root, below), { withFileTypes: true }).flatMap((entry) => {
  const path = join(below, entry.name);
  if (entry.isDirectory()) return entry.name === ".dateline" ? [] : files(root, path);
  return entry.name.endsWith(".html") ? [path] : [];
});
const shape = (value) => {
  if (Array.isArray(value)) return `[${[...new Set(value.map(shape))].sort().join()}]`;
  if (value === null || typeof value !== "object") return typeof value;
  return `{${Object.entries(value).map(([name, part]) => `${name}:${name.startsWith("@") && name !== "@id" ? part : shape(part)}`).sort().join()}}`;
};

let pages = 0;
let found = 0;
const nodes = new Map();
for (const file of files(folder)) {
  const source = readFileSync(join(folder, file), "utf8");
  pages += 1;
  for (const [, text] of source.matchAll(/<script type="application\/ld\+json">(.*?)<\/script>/gs)) {
    const node = JSON.parse(text);
    found += 1;
    if (!nodes.has(shape(node))) nodes.set(shape(node), { file, node });
  }
}
if (found === 0) {
  console.log(`no structured data in ${pages} pages`);
  process.exit(1);
}

// The compiler looks for packages above the file that it compiles.
const work = mkdtempSync(join(tools, "jsonld-"));
try {
  const lines = ['import type * as S from "schema-dts";', "type Node<T> = Extract<T, object>;"];
  const origin = {};
  [...nodes.values()].forEach(({ file, node }, at) => {
    origin[lines.length + 1] = file;
    const type = /^[A-Za-z]+$/.test(node["@type"]) ? `Node<S.WithContext<S.${node["@type"]}>>` : "never";
    lines.push(`export const node${at}: ${type} = ${JSON.stringify(node)};`);
  });
  writeFileSync(join(work, "nodes.ts"), `${lines.join("\n")}\n`);
  const run = spawnSync("node", [join(tools, "node_modules/typescript/bin/tsc"), "--noEmit", "--strict", "--skipLibCheck", "--target", "es2022",
    "--module", "esnext", "--moduleResolution", "bundler", join(work, "nodes.ts")], { encoding: "utf8" });
  if (run.status !== 0) {
    for (const line of run.stdout.split("\n").filter((line) => /error TS/.test(line))) {
      console.log(`${origin[line.match(/\((\d+),/)?.[1]] ?? ""}: ${line.replace(/^.*?: error/, "error").slice(0, 700)}`);
    }
    console.log(run.stdout.split("\n").filter((line) => line.startsWith(" ")).slice(0, 20).join("\n"));
    process.exitCode = 1;
  }
} finally {
  rmSync(work, { recursive: true });
}
if (process.exitCode !== 1) console.log(`${found} nodes of ${pages} pages fit their types, in ${nodes.size} forms`);
