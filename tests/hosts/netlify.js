// netlify.js FOLDER PORT: serves a folder as Netlify does, by Netlify's own parser and matcher of `_redirects`. What stands
// there goes before a rule, unless the rule ends with `!`, as the build that `init --ci netlify` writes makes of each.
const fs = require("fs");
const http = require("http");
const path = require("path");
const redirector = require("netlify-redirector");

const [folder, port] = process.argv.slice(2);
const text = fs.readFileSync(path.join(folder, "_redirects"), "utf8").replace(/ (30[12])$/gm, " $1!");

function file(address) {
    let name;
    try {
        name = path.join(folder, decodeURIComponent(address));
    } catch {
        return null;
    }
    for (const candidate of name.endsWith("/") ? [name + "index.html"] : [name]) {
        if (fs.existsSync(candidate) && fs.statSync(candidate).isFile()) return fs.readFileSync(candidate);
    }
    return null;
}

redirector.parsePlain(text, {}).then((rules) => {
    http.createServer(async (request, response) => {
        const [address, query] = request.url.split("?");
        const rule = await rules.match({
            scheme: "https", host: "meridian.example", path: address, query: query || "", headers: {}, cookieValues: {},
            getHeader: () => "", getCookie: () => "",
        });
        const found = file(address);
        if (rule && (rule.force || found === null)) {
            const headers = rule.status === 301 || rule.status === 302 ? { Location: rule.to } : {};
            response.writeHead(rule.status, headers);
            response.end(rule.status > 399 ? file(rule.to) : "");
        } else {
            response.writeHead(found === null ? 404 : 200);
            response.end(found === null ? file("/404.html") : found);
        }
    }).listen(Number(port), "127.0.0.1");
});
