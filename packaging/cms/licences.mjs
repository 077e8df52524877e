// licences.mjs PACKAGE INSTALLED BUNDLED OUTPUT: the licences of the script, of what it bundles, and of the font.
import { readFileSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const [folder, installed, bundled, output] = process.argv.slice(2);
const text = (path) => readFileSync(path, "utf8").replaceAll("\r\n", "\n").trim();
const { version } = JSON.parse(text(join(folder, "package.json")));
const parts = [
  `Sveltia CMS ${version}, https://github.com/sveltia/sveltia-cms\nFive places that would load fonts, languages or the number of a newer version from elsewhere are changed; all else is as published.\n\n${text(join(folder, "LICENSE.txt"))}`,
  `Material Symbols Outlined, https://github.com/google/material-design-icons\nA part of the font: the icons that Sveltia CMS names.\n\n${text(join(folder, "npm/assets/material-symbols-outlined.LICENSE.txt"))}`,
];
const byText = new Map();
for (const full of text(bundled).split("\n")) {
  const at = full.lastIndexOf("@");
  const place = join(installed, "node_modules", full.slice(0, at));
  // Parts of Sveltia CMS have its licence, which is above.
  if (full.startsWith("@sveltia/")) continue;
  const about = JSON.parse(text(join(place, "package.json")));
  const files = readdirSync(place).filter((file) => /^(licen[cs]e|notice|copying)/i.test(file)).sort();
  const licence = files.map((file) => text(join(place, file))).join("\n\n") || `Licence: ${about.license}`;
  byText.set(licence, [...(byText.get(licence) ?? []), `${full} (${about.license})`]);
}
for (const [licence, names] of byText) parts.push(`Bundled with it: ${names.join(", ")}\n\n${licence}`);
writeFileSync(output, `${parts.join(`\n\n${"-".repeat(80)}\n\n`)}\n`);
