// A site made to be hard to set: words longer than a line, twelve authors, a table of fourteen columns, long threads and
// texts in five languages. Every text is the longest of its kind that a desk has really written, or longer.

import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";

// What each language is written with. `long` is one word without a place to break it.
export const LANGUAGES = {
  en: {
    long: "Antidisestablishmentarianism".repeat(4),
    title: "Ministers agree on a second pipeline after talks that lasted through the night",
    text: "The two governments agreed on Tuesday to build a second pipeline, and left open who pays for it.",
    name: "Alexandra Featherstonehaugh-Cholmondeley",
    topic: "Energy exports and infrastructure",
  },
  ar: {
    long: "فأسقيناكموها".repeat(8),
    title: "الوزراء يتفقون على خط أنابيب ثان بعد محادثات استمرت طوال الليل",
    text: "اتفقت الحكومتان يوم الثلاثاء على بناء خط أنابيب ثان، وتركتا مسألة من يدفع ثمنه مفتوحة.",
    name: "محمد عبد الرحمن الهاشمي",
    topic: "صادرات الطاقة والبنية التحتية",
  },
  fa: {
    long: "نمی‌پذیرفته‌ایم".replaceAll("\u200c", "").repeat(8),
    title: "وزیران پس از گفت‌وگوهای شبانه بر سر خط لوله دوم توافق کردند",
    text: "دو دولت روز سه‌شنبه بر سر ساخت خط لوله دوم توافق کردند و پرسش هزینه آن را باز گذاشتند.",
    name: "محمدرضا شفیعی کدکنی",
    topic: "صادرات انرژی و زیرساخت",
  },
  "zh-Hans": {
    long: "能源出口基础设施建设".repeat(3),
    title: "两国部长在通宵会谈后就第二条天然气管道达成一致意见",
    text: "两国政府周二同意修建第二条管道，但没有说明由谁承担费用。",
    name: "欧阳修远",
    topic: "能源出口与基础设施",
  },
  de: {
    long: "Rindfleischetikettierungsüberwachungsaufgabenübertragungsgesetz".repeat(2),
    title: "Energieversorgungsunternehmen vereinbaren Gaspipelinefertigstellungstermin",
    text: "Die Bundesregierung einigte sich am Dienstag auf das Erdgasleitungsausbaubeschleunigungsgesetz und ließ offen, wer zahlt.",
    name: "Sabine Leutheusser-Schnarrenberger",
    topic: "Verkehrswegeplanungsbeschleunigung",
  },
};

const ADDRESS = "https://source.example/a-path-of-a-source/that-is-long/and-has-no-place-to-break-it/2023-10-17T104500Z.html";

const picture = (width, height) =>
  `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}"><rect width="100%" height="100%" fill="#787"/></svg>`;

const list = (items) => `[${items.map((item) => JSON.stringify(item)).join(", ")}]`;

// The front matter and the text of the story that has everything.
const fullStory = ({ long, title, text, name, topic }, developing) => `---
title: ${title}
summary: ${text}
date: 2023-10-17T10:45:00Z
dateline: BEIJING/THE HAGUE, Oct 17 (Agency)
authors: ${list(Array.from({ length: 12 }, (_, index) => (index ? `${name} ${index}` : name)))}
editors: ${list([name])}
section: ${topic}
topics: ${list([topic, long, ...Array.from({ length: 10 }, (_, index) => `${topic} ${index}`)])}
thread: ${title}
priority: 9
${developing ? "status: developing\n" : ""}image: {src: portrait.svg, alt: ${JSON.stringify(text)}, caption: ${JSON.stringify(`${text} ${long}`)}, credit: ${JSON.stringify(name)}}
key_points: ${list([text, long])}
facts: [{label: ${JSON.stringify(long)}, value: ${JSON.stringify(long)}, source: ${JSON.stringify(ADDRESS)}}, {label: ${JSON.stringify(topic)}, value: "2,011"}]
updates:
  - {at: 2023-10-17T14:10:00Z, kind: correction, text: ${JSON.stringify(`${text} ${long}`)}}
  - {at: 2023-10-17T15:10:00Z, kind: update, text: ${JSON.stringify(text)}}
sources: [{name: ${JSON.stringify(ADDRESS)}, url: ${JSON.stringify(ADDRESS)}}, {name: ${JSON.stringify(name)}}]
---
${text.repeat(4)} ${long} ${ADDRESS}

## ${title}

| ${Array.from({ length: 14 }, (_, index) => `${topic} ${index}`).join(" | ")} |
|${" --- |".repeat(14)}
${`| ${Array.from({ length: 14 }, (_, index) => `${index},011.5`).join(" | ")} |\n`.repeat(18)}
> ${text} [${long}](${ADDRESS})

\`\`\`
${long} ${ADDRESS}
\`\`\`

- ${long}
- ${text} \`${long}\`[^1]

:::: gallery title="${title}"
![${text}](wide.svg)
![${text}](portrait.svg)
![${text}](small.svg "${long}")
::::

[^1]: ${ADDRESS}
`;

// Writes the site of a language into a folder that does not exist yet.
export const write = (folder, language) => {
  const words = LANGUAGES[language];
  const { long, title, text, name, topic } = words;
  const file = (path, contents) => {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), contents);
  };
  file("dateline.yaml", [
    `title: ${title}`,
    "base_url: https://test.example",
    `description: ${text} ${long}`,
    `language: ${language}`,
    "topic_pairs: 3",
    "navigation:",
    `  - {title: ${JSON.stringify(title)}, url: /about/}`,
    `publisher: {name: ${JSON.stringify(long)}, url: https://test.example/}`,
    "",
  ].join("\n"));
  file("content/articles/full/index.md", fullStory(words, true));
  for (const [of, width, height] of [["portrait", 1000, 2000], ["wide", 1600, 500], ["small", 80, 80]]) {
    file(`content/articles/full/${of}.svg`, picture(width, height));
  }
  const titles = [title, `${title} ${title}`, long, topic, `${long} ${title}`];
  for (let index = 0; index < 32; index += 1) {
    const day = `2023-${String(10 - (index % 3)).padStart(2, "0")}-${String(16 - (index % 14)).padStart(2, "0")}`;
    file(`content/articles/story-${index}.md`, `---
title: ${JSON.stringify(titles[index % titles.length])}
summary: ${JSON.stringify(index % 4 === 1 ? `${text} ${long} ${ADDRESS}` : text)}
date: ${day}T0${index % 10}:15:00Z
slug: story-${index}
authors: ${list([name, "B"])}
section: ${topic}
topics: ${list([topic, index % 2 ? long : "China", `${topic} ${index % 5}`])}
${index % 4 === 0 ? `thread: ${title}\n` : ""}${index === 7 ? `updates: [{at: 2023-10-18T10:00:00Z, kind: withdrawn, text: ${JSON.stringify(`${text} ${long}`)}}]\n` : ""}---
${text} ${long}

${text}
`);
  }
  for (const day of ["2023-10-16", "2023-10-17", "2023-10-18"]) {
    file(`content/briefings/${day}.md`, `---
title: ${title}
number: ${Number(day.slice(-2)) + 1000}
summary: ${text} ${long}
---
${text}

${titles.map((of, index) => `## ${of} {#item-${index} topics="${topic}, China"}\n\n${text} ${long}\n`).join("\n")}
`);
  }
  file("content/topics/section.md", `---\ntitle: ${topic}\nkind: section\nsummary: ${text} ${long}\n---\n${text} ${long}\n`);
  file("content/people/one.md", `---\nname: ${name}\nrole: ${JSON.stringify(long)}\n---\n${text} ${long}\n`);
  file("content/pages/about.md", `---\ntitle: ${title}\n---\n${text} ${long}\n`);
};
