// A week of a small desk on one site, with the real program, Git, nginx and a browser where a person would use one. Each
// line is a step with its outcome; names in brackets are those of the report that the step goes back to. Run by run.sh, with
// the program.

import { spawn, spawnSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { check as step, conclude, holds } from "../browser/checks.mjs";
import { start } from "../browser/machine.mjs";

const [program] = process.argv.slice(2);
const DEADLINE = 20_000;

const has = (text, ...pieces) => pieces.forEach((piece) => holds(text.includes(piece), `\`${piece}\` is missing in:\n${text.slice(0, 1500)}`));
const lacks = (text, ...pieces) => pieces.forEach((piece) => holds(!text.includes(piece), `\`${piece}\` is in:\n${text.slice(0, 1500)}`));

const folder = mkdtempSync(join(tmpdir(), "dateline-week-"));
const site = join(folder, "site");
const host = join(folder, "host");
let now = "2023-10-16T08:00:00+08:00";

const run = (command, args, options = {}) => {
  const environment = { ...process.env, SOURCE_DATE_EPOCH: String(Date.parse(now) / 1000), NO_COLOR: "1" };
  const done = spawnSync(command, args, { cwd: site, env: environment, encoding: "utf8", ...options });
  return { code: done.status, text: `${done.stdout}${done.stderr}`, out: done.stdout };
};
const dateline = (...args) => run(program, args);
const works = (...args) => {
  const done = dateline(...args);
  holds(done.code === 0, `dateline ${args.join(" ")}: ${done.code}\n${done.text}`);
  return done.text;
};
const fails = (code, ...args) => {
  const done = dateline(...args);
  holds(done.code !== 0 && done.text.includes(`[${code}]`), `dateline ${args.join(" ")}: ${done.code}, without ${code}:\n${done.text}`);
  return done.text;
};
const git = (...args) => {
  const done = run("git", ["-c", "user.name=Desk", "-c", "user.email=desk@desk.example", ...args]);
  holds(done.code === 0, `git ${args.join(" ")}: ${done.text}`);
  return done.out.trim();
};
const save = (message) => {
  git("add", "-A");
  git("commit", "-qm", message);
};
const write = (path, text) => {
  const file = join(site, path);
  mkdirSync(join(file, ".."), { recursive: true });
  writeFileSync(file, text);
};
const read = (path) => readFileSync(join(site, path), "utf8");
const edit = (path, from, to) => {
  has(read(path), from);
  write(path, read(path).replace(from, to));
};
const story = (path, head, body) => write(`content/articles/${path}.md`, `---\n${head}\n---\n\n${body}\n`);
const at = (when) => {
  now = when;
};
const deploy = () => works("deploy", "-q");

// What readers get: nginx, with the files of the release that is live.
const port = await new Promise((resolve) => {
  const probe = createServer().listen(0, "127.0.0.1", () => {
    const { port } = probe.address();
    probe.close(() => resolve(port));
  });
});
const origin = `http://127.0.0.1:${port}`;
const folders = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"].map((name) => `${name}_temp_path ${folder}/${name};`);
let nginx;
const serve = async () => {
  if (nginx) {
    const ended = new Promise((resolve) => nginx.once("exit", resolve));
    nginx.kill();
    await ended;
  }
  writeFileSync(join(folder, "nginx.conf"), `${process.getuid?.() === 0 ? "user root;" : ""}
daemon off; worker_processes 1; pid ${folder}/nginx.pid; error_log stderr warn;
events { worker_connections 64; }
http { include /etc/nginx/mime.types; default_type application/octet-stream; access_log off; ${folders.join(" ")}
  server { listen 127.0.0.1:${port}; root "${host}/current/public"; include "${host}/current/hosting/nginx.conf"; } }
`);
  nginx = spawn("nginx", ["-p", folder, "-c", join(folder, "nginx.conf")], { stdio: "ignore", env: { ...process.env, PATH: `${process.env.PATH}:/usr/sbin` } });
  const deadline = Date.now() + DEADLINE;
  while (Date.now() < deadline) {
    const answer = await fetch(`${origin}/`, { redirect: "manual" }).catch(() => null);
    if (answer) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error("nginx does not answer");
};
const get = async (path) => {
  const answer = await fetch(origin + path, { redirect: "manual" });
  return { status: answer.status, text: await answer.text(), policy: answer.headers.get("content-security-policy"), to: answer.headers.get("location") };
};
const gets = async (path, status = 200) => {
  const answer = await get(path);
  holds(answer.status === status, `${path}: ${answer.status}, not ${status}`);
  return answer.text;
};

const { context, close } = await start("wide");
try {
  // Monday: the site, its first stories, its first edition.
  await step("Monday: `init` makes a site that builds, and its samples can be deleted", async () => {
    mkdirSync(site);
    works("init", ".");
    works("build", "-q");
    git("init", "-q");
    for (const kind of readdirSync(join(site, "content"))) rmSync(join(site, "content", kind), { recursive: true });
    mkdirSync(join(site, "content/articles"), { recursive: true });
    write("dateline.yaml", `title: The Desk
base_url: https://desk.example
description: World affairs in five minutes.
timezone: Asia/Shanghai
briefings: daily
email: {from: desk@desk.example, list_unsubscribe: "{{unsubscribe_url}}", address: "The Desk, 1 Example Street"}
signup: {action: "https://letters.example/subscribe", field: email}
languages:
  ar: {title: المكتب, description: العالم في خمس دقائق.}
deploy:
  production: {to: ${host}}
`);
    write(".gitignore", "public/\n.dateline/\n");
    save("Begin");
  });
  await step("wire copy becomes a draft with its by-line, and nobody sees it before `publish` [m11]", async () => {
    write("copy.txt", "Court opens hearing on port dues\n\nTHE HAGUE, Oct 16 (Wire) - Judges opened a hearing on port dues on Monday.\n\nThe hearing is to last a week. Twelve states have asked to speak.\n");
    const said = works("import", "wire", "copy.txt", "--topics", "ICC, Ports");
    rmSync(join(site, "copy.txt"));
    holds(existsSync(join(site, "content/articles/2023/10/court-opens-hearing-on-port-dues.md")), said);
    has(read("content/articles/2023/10/court-opens-hearing-on-port-dues.md"), "draft: true", "THE HAGUE");
    works("build", "-q");
    lacks(readFileSync(join(site, "public/index.html"), "utf8"), "port dues");
    works("publish", "content/articles/2023/10/court-opens-hearing-on-port-dues.md");
    has(read("content/articles/2023/10/court-opens-hearing-on-port-dues.md"), "date: 2023-10-16");
  });
  await step("a story is begun, and another published, at the desk in the browser", async () => {
    story("2023/10/gas", "title: Two states agree on a gas price\ndate: 2023-10-16 07:00\ndraft: true\nsummary: The price holds for a year.\ntopics: [Gas, Ports]\nsources: [{name: The ministry}]", "Two states agreed on a price for gas that holds until next October.");
    const server = spawn(program, ["serve", "--port", "0"], { cwd: site, env: { ...process.env, SOURCE_DATE_EPOCH: String(Date.parse(now) / 1000) } });
    const gone = new Promise((resolve) => server.once("exit", resolve));
    const tab = await (await context()).newPage();
    try {
      const address = await new Promise((resolve, reject) => {
        let said = "";
        const hear = (data) => {
          said += data;
          const found = said.match(/http:\/\/127\.0\.0\.1:\d+/);
          if (found) resolve(found[0]);
        };
        server.stdout.on("data", hear);
        server.stderr.on("data", hear);
        server.once("exit", () => reject(new Error(said)));
      });
      tab.setDefaultTimeout(DEADLINE);
      await tab.goto(`${address}/_dateline/`);
      await tab.locator("summary", { hasText: "New story" }).click();
      await tab.getByLabel("Headline").fill("Ministers meet in Samarkand");
      await tab.getByRole("button", { name: "Make the file" }).click();
      await tab.locator("[data-answer]").getByText("ministers-meet-in-samarkand.md").first().waitFor();
      await tab.locator("summary", { hasText: "Publish" }).click();
      await tab.locator('[data-publish$="gas.md"]').click();
      await tab.waitForFunction(() => !document.querySelector('[data-publish$="gas.md"]'));
    } finally {
      await tab.context().close();
      server.kill();
      await gone;
    }
    has(read("content/articles/2023/10/ministers-meet-in-samarkand.md"), "title: Ministers meet in Samarkand", "draft: true");
    lacks(read("content/articles/2023/10/gas.md"), "draft: true");
    rmSync(join(site, "content/articles/2023/10/ministers-meet-in-samarkand.md"));
  });
  await step("the first deployment is live behind nginx, with the day's edition as an e-mail", async () => {
    at("2023-10-16T18:00:00+08:00");
    deploy();
    await serve();
    has(await gets("/"), "Two states agree on a gas price");
    has(await gets("/briefings/2023-10-16/"), "Court opens hearing");
    await gets("/nothing/", 404);
    const mail = works("email", "latest", "--format", "text");
    has(mail, "gas price", "port dues");
    holds((mail.match(/^The Desk$/gm) ?? []).length === 1, `the name stands twice at the foot:\n${mail}`);
    save("Monday");
  });

  // Tuesday: an embargo, a thread, two languages.
  await step("Tuesday: a story under embargo is nowhere until its hour [C3, M4]", async () => {
    story("2023/10/putin", "title: President lands in Beijing for the forum\ndate: 2023-10-16 20:00\nembargo: 2023-10-17 06:00\nsummary: He is to speak on Wednesday.\ntopics: [Belt and Road]\nthread: The forum\nsection: World\nsources: [{name: Pool}]", "The president landed in Beijing.");
    story("2023/10/ahead", "title: What to expect of the forum\ndate: 2023-10-16 21:00\nsummary: Rail, ports and gas.\ntopics: [Belt and Road]\nthread: The forum\nsources: [{name: Own reporting}]", "The forum opens tomorrow. See [the arrival](putin.md).");
    at("2023-10-17T05:59:00+08:00");
    deploy();
    await gets("/2023/10/16/putin/", 404);
    has((await gets("/2023/10/16/ahead/")).replace(/[^]*class="prose"/, ""), "See the arrival.");
    for (const page of ["/2023/10/16/ahead/", "/", "/feed.xml", "/threads/the-forum/"]) {
      lacks(await gets(page), "President lands", "withheld", "putin");
    }
    at("2023-10-17T06:00:00+08:00");
    deploy();
    has(await gets("/2023/10/16/putin/"), "17 October 2023, 06:00");
    lacks(await gets("/2023/10/16/putin/"), "16 October 2023, 20:00");
  });
  await step("it is in the edition of the day on which it appeared [C3]", async () => {
    at("2023-10-17T18:00:00+08:00");
    has(works("email", "2023-10-17", "--format", "text"), "President lands");
    lacks(works("email", "2023-10-16", "--format", "text"), "President lands");
  });
  await step("its translation stands in the edition of the other language, and each names the other [M16]", async () => {
    story("2023/10/putin.ar", "title: الرئيس يصل إلى بكين\ndate: 2023-10-17 09:00\nsummary: يتحدث يوم الأربعاء.\ntopics: [الحزام والطريق]\nsources: [{name: Pool}]", "وصل الرئيس إلى بكين.");
    deploy();
    await serve();
    has(await gets("/ar/"), "الرئيس يصل إلى بكين", 'dir="rtl"');
    lacks(await gets("/ar/"), "gas price");
    lacks(await gets("/"), "الرئيس يصل");
    has(await gets("/2023/10/16/putin/"), "Also in", ">العربية</a>");
    has(await gets("/ar/nothing/", 404), '<html lang="ar"');
    save("Tuesday");
  });

  // Wednesday: an error, in a story and in an edition.
  await step("Wednesday: an error is not mended in silence [M3]", async () => {
    at("2023-10-18T09:00:00+08:00");
    edit("content/articles/2023/10/gas.md", "holds until next October", "holds until April");
    has(dateline("check", "--since", "HEAD").text, "silent-change");
    has(dateline("check").text, "silent-change");
    edit("content/articles/2023/10/gas.md", "topics:", "updates: [{at: 2023-10-18 09:00, kind: correction, text: The price holds until April.}]\ntopics:");
    lacks(dateline("check", "--since", "HEAD").text, "silent-change");
    deploy();
    has(await gets("/corrections/"), "The price holds until April.");
  });
  await step("an edition by hand orders its items and a story, and its items can be corrected [C2, M8]", async () => {
    write("content/briefings/2023-10-18.md", "---\ndate: 2023-10-18 07:00\nnumber: 1\nsummary: Three things before nine.\nauthors: [World desk]\n---\n\n## [[gas]]\n\n## Rail traffic grew {#rail topics=\"Belt and Road, Rail\"}\n\nFreight grew by 34 % in September.\n");
    deploy();
    const edition = await gets("/briefings/2023-10-18/");
    holds(edition.indexOf("gas price") < edition.indexOf("Rail traffic"), "the story is not the first item");
    await gets("/topics/rail/");
    save("The edition of Wednesday");
    edit("content/briefings/2023-10-18.md", "34 %", "4 %");
    has(dateline("check", "--since", "HEAD").text, "silent-change");
    edit("content/briefings/2023-10-18.md", "authors:", "updates: [{at: 2023-10-18 12:00, kind: correction, item: rail, text: \"Freight grew by 4 %, not 34 %.\"}]\nauthors:");
    at("2023-10-18T12:30:00+08:00");
    lacks(dateline("check", "--since", "HEAD").text, "silent-change");
    deploy();
    has(await gets("/corrections/"), "Freight grew by 4");
    save("Wednesday");
  });

  // Thursday: live coverage.
  await step("Thursday: a live story has entries with times, a feed and what open pages ask for [M13]", async () => {
    at("2023-10-19T09:30:00+08:00");
    story("2023/10/forum", "title: The forum as it happens\ndate: 2023-10-19 08:00\nkind: live\nstatus: developing\nsummary: What is said and decided.\ntopics: [Belt and Road]\nthread: The forum\nsources: [{name: Own reporting}]", "Leaders meet in Beijing.\n\n## 08:30 Delegations arrive\n\nThe first delegations are in the hall.\n\n## 09:15 A railway is agreed {.key}\n\nTwo states signed.");
    deploy();
    const page = await gets("/2023/10/19/forum/");
    holds(page.indexOf("A railway is agreed") < page.lastIndexOf("Delegations arrive"), "the newest entry is not first");
    has(page, "LiveBlogPosting");
    has(await gets("/2023/10/19/forum/live.json"), "A railway is agreed");
    has(await gets("/2023/10/19/forum/feed.xml"), "Delegations arrive");
  });
  await step("the edition of the day corrects that of the day before [C2]", async () => {
    has(works("email", "2023-10-19", "--format", "text"), "Freight grew by 4");
    save("Thursday");
  });

  // Friday: furniture, in a browser, with the policy of the host.
  await step("Friday: a chart, an embed, a pull quote and a sign-up form pass `check` [M2, M11, M19]", async () => {
    at("2023-10-20T09:00:00+08:00");
    write("data/freight.csv", "Month,Trains\n2023-07,410\n2023-08,422\n2023-09,440\n");
    story("2023/10/freight", "title: Freight by rail grew again\ndate: 2023-10-20 08:00\nsummary: A third month of growth.\ntopics: [Rail]\nsection: World\nsources: [{name: The railway}]", `Freight grew.

::: chart freight.csv type=lines title="Trains a month" x=Month y=Trains source="The railway"
:::

::: pullquote by="A timetable of the railway"
Eleven trains a day.
:::

::: embed https://www.youtube.com/watch?v=aqz-KE-bpKQ title="The first train"
:::

::: signup title="The briefing, every morning" :::`);
    lacks(dateline("check").text, "error[");
    deploy();
    await serve();
    const { policy } = await get("/2023/10/20/freight/");
    has(policy, "frame-src https://www.youtube-nocookie.com", "form-action 'self' https://letters.example");
  });
  await step("the frame loads on a click, the form is sent, and the policy refuses nothing", async () => {
    const world = await context();
    const tab = await world.newPage();
    tab.setDefaultTimeout(DEADLINE);
    const refused = [];
    const asked = [];
    tab.on("console", (line) => /Content Security Policy|Refused/.test(line.text()) && refused.push(line.text()));
    await world.route((url) => url.origin !== origin, (route) => {
      asked.push(`${route.request().method()} ${route.request().url()} ${route.request().postData() ?? ""}`);
      return route.fulfill({ contentType: "text/html", body: "<title>There</title><p>It is there." });
    });
    await tab.goto(`${origin}/2023/10/20/freight/`);
    holds(asked.length === 0, `asked before a click: ${asked}`);
    holds((await tab.locator("figure.chart svg").count()) === 1, "there is no chart");
    await tab.locator(".embed button, .embed-link button").first().click();
    await tab.frameLocator(".embed iframe").getByText("It is there.").waitFor();
    holds(asked.some((line) => line.startsWith("GET https://www.youtube-nocookie.com/embed/aqz-KE-bpKQ")), `asked: ${asked}`);
    await tab.locator(".signup input[type=email]").fill("reader@reader.example");
    await Promise.all([tab.waitForURL("https://letters.example/**"), tab.locator(".signup button").click()]);
    holds(asked.some((line) => line.startsWith("POST https://letters.example/subscribe email=reader%40reader.example")), `asked: ${asked}`);
    holds(refused.length === 0, refused.join("\n"));
    await world.close();
  });
  await step("what an author pastes and `html: sanitise` takes away is said at its line [M2]", async () => {
    story("2023/10/pasted", "title: Pasted\ndate: 2023-10-20 08:30\nsummary: W.", 'Words.\n\n<iframe src="https://player.example/1"></iframe>');
    has(dateline("build").text, "html-left-out", "pasted.md:9");
    rmSync(join(site, "content/articles/2023/10/pasted.md"));
    save("Friday");
  });

  // Saturday: the look, the front, an opinion.
  await step("Saturday: a nameplate of the desk's own reaches every page, the front too [M10]", async () => {
    at("2023-10-21T09:00:00+08:00");
    write("templates/base.html", '{% extends "builtin/base.html" %}{% block nameplate %}<p class="nameplate"><a href="{{ site.home }}">THE DESK, PRINTED</a></p>{% endblock nameplate %}');
    deploy();
    for (const page of ["/", "/2023/10/20/freight/", "/topics/rail/"]) has(await gets(page), "THE DESK, PRINTED");
  });
  await step("an opinion of one line does not lead [M15], and a front by section fails no build when the section is empty [M6]", async () => {
    story("2023/10/line", "title: One line\ndate: 2023-10-21 08:30\nkind: opinion\nsection: Opinion\nexpires: 2023-10-21 20:00\nsummary: Rail is fine.", "Rail is fine.");
    write("templates/front.html", '{% extends "builtin/front.html" %}{% block main %}{{ super() }}<ul id="views">{% for story in stories(section="opinion") %}<li>{{ story.title }}</li>{% endfor %}</ul>{% endblock main %}');
    deploy();
    const front = await gets("/");
    has(front, "<li>One line</li>");
    const lead = front.match(/class="headline[^"]*"><a href="([^"]+)"/)[1];
    holds(!lead.includes("/line/"), `the lead is ${lead}`);
    at("2023-10-21T21:00:00+08:00");
    deploy();
    lacks(await gets("/"), "<li>One line</li>");
    save("Saturday");
  });

  // Sunday: what goes, what merges, what comes back.
  await step("Sunday: an expiry and a withdrawal stop no deployment, and what they empty keeps its address [C1]", async () => {
    at("2023-10-22T09:00:00+08:00");
    await gets("/topics/opinion/");
    has(await gets("/topics/opinion/"), "noindex");
    edit("content/articles/2023/10/gas.md", "updates: [", "updates: [{at: 2023-10-22 09:00, kind: withdrawn, text: The agreement was not signed.}, ");
    deploy();
    await serve();
    has(await gets("/2023/10/16/gas/"), "The agreement was not signed.");
    lacks(await gets("/2023/10/16/gas/"), "Two states agreed on a price");
    has(await gets("/topics/gas/"), "noindex");
    await gets("/topics/gas/feed.xml");
  });
  await step("two topics become one, and whoever knew the other comes to it [M5]", async () => {
    works("topics", "merge", "Rail", "Belt and Road");
    deploy();
    await serve();
    for (const [from, to] of [["/topics/rail/", "/topics/belt-and-road/"], ["/topics/rail/feed.xml", "/topics/belt-and-road/feed.xml"]]) {
      const answer = await get(from);
      holds(answer.status === 301 && answer.to?.endsWith(to), `${from}: ${answer.status} ${answer.to}`);
    }
    save("Sunday");
  });
  await step("`deploy --rollback` brings back the release before, and the next deployment the present one", async () => {
    story("2023/10/mistake", "title: Sent too early\ndate: 2023-10-22 08:00\nsummary: W.", "Words.");
    deploy();
    await gets("/2023/10/22/mistake/");
    works("deploy", "--rollback");
    await gets("/2023/10/22/mistake/", 404);
    rmSync(join(site, "content/articles/2023/10/mistake.md"));
    git("checkout", "-q", "--", "urls.lock");
    deploy();
    await gets("/2023/10/22/mistake/", 404);
  });

  // Ten mistakes, each with one clear message at its line.
  const MISTAKES = [
    ["a key that is none", "title: A\ndate: 2023-10-22\nsumary: W.", "W.", "unknown-key"],
    ["a day that is none", "title: A\ndate: 2023-13-45", "W.", "bad-date"],
    ["a headline with quotation marks in quotation marks [m2]", 'title: "He said "no" to it"\ndate: 2023-10-22', "W.", "yaml"],
    ["a link to a file that is not there", "title: A\ndate: 2023-10-22", "[a](nobody.md)", "broken-link"],
    ["a picture that is not there [M14]", "title: A\ndate: 2023-10-22", "![A map](map.png)", "missing-image"],
    ["an end before the beginning [M18]", "title: A\ndate: 2023-10-22\nexpires: 2023-10-20", "W.", "conflict"],
    ["several topics in one text [M1]", "title: A\ndate: 2023-10-22\nsummary: W.\ntopics: Ports, ICC", "W.", "several-names"],
    ["a link that nobody closed [M1]", "title: A\ndate: 2023-10-22\nsummary: W.", "See [the court](https://court.example/1 for more.", "unmade-link"],
    ["a shortcode of another program [M1]", "title: A\ndate: 2023-10-22\nsummary: W.", "{{< youtube abc >}}", "shortcode"],
    ["a picture whose name has a blank [M1]", "title: A\ndate: 2023-10-22\nsummary: W.", "![my pic](my pic.jpg)", "unmade-link"],
  ];
  for (const [name, head, body, code] of MISTAKES) {
    await step(`mistake: ${name}`, async () => {
      story("2023/10/wrong", head, body);
      try {
        const { text } = dateline("check");
        const found = text.match(new RegExp(`(error|warning)\\[([a-z-]*${code}[a-z-]*)\\][^\\n]*\\n --> content/articles/2023/10/wrong\\.md:(\\d+):(\\d+)`));
        holds(found && Number(found[3]) > 1, `no ${code} at its line:\n${text}`);
      } finally {
        rmSync(join(site, "content/articles/2023/10/wrong.md"));
      }
    });
  }
} finally {
  nginx?.kill();
  await close();
  rmSync(folder, { recursive: true, force: true });
}
conclude();
