// script.mjs PACKAGE OUTPUT BUNDLED: the script without what it would load from a content delivery network by itself, and the list of the packages in it.
import { readFileSync, writeFileSync } from "node:fs";

const [folder, output, bundled] = process.argv.slice(2);
let script = readFileSync(`${folder}/dist/sveltia-cms.js`, "utf8");
const replace = (what, pattern, by) => {
  const found = script.match(new RegExp(pattern.source, "g"))?.length ?? 0;
  if (found !== 1) throw new Error(`${what} is in ${found} places`);
  script = script.replace(pattern, by);
};
const font = (name, source) =>
  replace(name, new RegExp(`(font-family:'${name}';[^}]*?)src:url\\(https://cdn\\.jsdelivr\\.net/[^)]*\\)\\s*format\\('[^']*'\\)`), `$1src:${source}`);
font("Source Sans 3", "local('Source Sans 3')");
font("Noto Mono", "local('Noto Mono')");
font("Material Symbols Outlined", "url(material-symbols-outlined.woff2) format('woff2')");
// Of the languages of its own buttons, the script has English; the others it would fetch.
replace("the list of languages", /=`ar,bg,[^`]*,en-US,[^`]*`\.split\(`,`\)/, "=[`en-US`]");
// It would ask every hour whether there is a newer one.
replace("the question for a new version", /(=async\(\)=>\{)(try\{let e=await fetch\(\w+\);if\(!e\.ok\)return;let\{version:t\})/, "$1return;$2");
if (script.includes("cdn.jsdelivr.net")) throw new Error("another file is from a content delivery network");
script = script.replace(/\n\/\/# sourceMappingURL=\S*\s*$/, "\n");
writeFileSync(output, script);

const { sources } = JSON.parse(readFileSync(`${folder}/dist/sveltia-cms.js.map`, "utf8"));
const name = (source) => source.match(/\.pnpm\/((?:@[^+/]+\+)?[^@/]+@[0-9][^_(/]*)/)?.[1].replace("+", "/");
writeFileSync(bundled, `${[...new Set(sources.map(name).filter(Boolean))].sort().join("\n")}\n`);
