#!/bin/sh
# broken.sh FOLDER: shows that each validator can fail. Of the example site in FOLDER copies are made, in each one thing is
# broken, and the validator that should see it must fail and name it.
set -eu
cd "$(dirname "$0")/../.."
sites=$1
. tests/validate/program.sh
export DATELINE
. tests/broken.sh
story=2023/10/17/russian-crude-to-china/index.html

# broken VALIDATOR FILE EDIT WORDS: breaks FILE with an edit of sed; what the validator says must have WORDS in it.
broken() {
    rm -rf "$work/sites"
    mkdir "$work/sites"
    cp -R "$sites/example" "$work/sites/example"
    plant "$work/sites/example/$2" "$3" || return 0
    must_fail "$1: $2 by $3" "$4" tests/validate/check.sh "$1" "$work/sites"
}

outputs() {
    broken html "$story" 's|<h1 class="headline">|<h1 class="headline" align="left">|' 'align'
    broken feeds feed.xml 's|</id>|</id><id>again</id>|' 'feed.xml'
    broken feeds feed.xml 's|rel="self"|rel="via"|' 'links to itself'
    broken feeds feed.xml '0,/<updated>[^<]*</s//<updated>18 October 2023</' 'feed.xml'
    broken feeds feed.json 's|"https://jsonfeed.org/version/1.1"|"1"|' 'Unrecognized feed format'
    broken feeds feed.json '0,/"title": "\([^"]*\)",$/s//"title": "",/' 'title'
    broken feeds rss.xml 's|<pubDate>[A-Z][a-z]*,|<pubDate>Xxx,|' 'a date'
    broken feeds rss.xml '0,/<item>/s//<item><enclosure url="a.mp3"\/>/' 'enclosure'
    broken sitemaps sitemap-pages.xml 's|<loc>https://[^/]*/about/|<loc>https://elsewhere.example/about/|' 'not an address of the site'
    broken sitemaps sitemap-2023.xml 's|<lastmod>|<changed>|; s|</lastmod>|</changed>|' 'sitemap-2023.xml'
    broken sitemaps news-sitemap.xml 's|</urlset>|<url/></urlset>|' 'loc'
    broken jsonld "$story" 's|"datePublished":|"datePublished":"x","datePublished":|' 'stands twice'
    broken jsonld "$story" 's|"dateModified":"[^"]*"|"dateModified":"2023-10-17T09:00:00"|' 'dateModified'
    broken jsonld "$story" 's|"@type":"BreadcrumbList"|"@type":"BreadCrumbs"|' 'unknown type'
    broken agree "$story" 's|<meta property="og:url" content="https:|<meta property="og:url" content="http:|' 'og:url'
    broken agree "$story" 's|article:modified_time" content="2023|article:modified_time" content="2024|' 'modified_time'
    broken links "$story" 's|href="/topics/|href="/topix/|' 'topix'
    broken texts robots.txt 's|^Allow: /|Disallow: /|' 'shuts everybody out'
    broken texts _redirects 's|301|200|' '_redirects'
    broken servers _redirects 's|301|302|' 'status'
    broken servers _headers 's|max-age=31536000|max-age=1|' 'Cache-Control'

    # The second opinion on structured data is asked by itself: the first one sees this too.
    rm -rf "$work/sites"
    cp -R "$sites" "$work/sites"
    plant "$work/sites/example/$story" 's|"headline":"|"headLine":"|' || return 0
    must_fail "jsonld.mjs: an unknown property" headLine node tests/validate/jsonld.mjs "$work/sites"
}

# page FILE EDIT WORDS [FILE…]: breaks a page. It stands in a site with the other FILEs alone, since a browser takes its time; all
# such sites are looked at in one go, and what is said of each by its number.
pages=0
page() {
    pages=$((pages + 1))
    site=$work/pages/$pages file=$1 edit=$2 words=$3
    mkdir -p "$site"
    cp -R "$sites/example/." "$site"
    find "$site" -name '*.html' -delete
    shift 3
    for name in "$file" "$@"; do cp "$sites/example/$name" "$site/$name"; done
    # Says where the site is, and is not looked at.
    echo '<link rel="canonical" href="https://example.org/"><body class="page-redirect">' >"$site/index.html"
    if plant "$site/$file" "$edit"; then printf '%s\t%s\n' "$pages" "$words" >>"$work/pages.words"; fi
}

# said_of NUMBER: what was said of a site, with the code of the run.
said_of() {
    grep "^$1/" "$work/pages.said"
    return "$code"
}

access() {
    page 404.html 's|<html lang="en"|<html|' 'html-has-lang'
    page 404.html 's|</h1>|</h1><p style="color:#999;background:#aaa">Pale</p>|' 'color-contrast'
    page 404.html 's|</h1>|</h1><div style="width:3000px">Wide</div>|' 'scrolls sideways'
    page 404.html 's|</h1>|</h1><a href="/" style="font:10px/10px serif">Small</a>|' 'a target of'
    # What is wrong with one set of fonts, at one width, or in dark alone.
    page 404.html 's|</h1>|</h1><p><a href="/" style="display:inline-block;font:16px/30px sans-serif">sea</a></p>|' '(narrow fonts, light, 360): a target of'
    page 404.html 's|</h1>|</h1><a href="/" style="display:inline-block;font:18px/normal serif">Flat and long</a>|' '(wide fonts, light, 360): a target of'
    page 404.html 's|</h1>|</h1><div style="min-width:330px">Wide</div>|' '320): it scrolls sideways'
    page 404.html 's|</h1>|</h1><style>@media (min-width: 1000px) { .x { width: 3000px } }</style><div class="x">Wide</div>|' '1280): it scrolls sideways'
    page 404.html 's|</h1>|</h1><style>@media (min-width: 1000px) { .x { display: none } }</style><img class="x" src="/favicon.svg">|' '360): image-alt'
    page 404.html 's|</h1>|</h1><style>@media (prefers-color-scheme: dark) { .x { color: #333 } }</style><p class="x">Pale</p>|' 'dark, 360): color-contrast'
    page 404.html 's|</h1>|</h1><style>@media (prefers-color-scheme: dark) { .x { display: none } }</style><p class="x">Gone</p>|' 'stands elsewhere'
    # Neither the largest story nor the one of middle size has such an element.
    page "$story" 's|</h1>|</h1><style>@media (prefers-color-scheme: dark) { .x { color: #333 } }</style><p class="x">Pale</p>|' 'dark, 1280): color-contrast' \
        2023/10/17/the-warrant-and-the-journey/index.html 2023/10/18/belt-and-road-explained/index.html
    code=0
    tests/validate/check.sh access "$work/pages" --any >"$work/pages.said" 2>&1 || code=$?
    while IFS='	' read -r number words; do
        must_fail "access: page $number" "$words" said_of "$number"
    done <"$work/pages.words"
}

# unworkable HOST FILE EDIT WORDS: breaks FILE of a new site for HOST, as above.
unworkable() {
    rm -rf "$work/new"
    SOURCE_DATE_EPOCH=1697630400 "$DATELINE" init -q "$work/new/$1" --ci "$1" >/dev/null
    plant "$work/new/$1/$2" "$3" || return 0
    must_fail "workflows: $2 by $3" "$4" tests/validate/workflows.sh "$work/new"
}

workflows() {
    flow=.github/workflows/publish.yml
    unworkable github $flow 's|runs-on:|runs-onn:|' 'runs-onn'
    unworkable github $flow 's|include-hidden-files:|include-hiden-files:|' 'no input include-hiden-files'
    unworkable github $flow 's|include-hidden-files: true|include-hidden-files: false|' 'security.txt is not published'
    unworkable github $flow 's|rm -rf site/.dateline|:|' 'is published'
    unworkable github $flow 's|steps.build.outputs|steps.bild.outputs|' 'bild'
    unworkable github $flow 's|key: published-|key: other-|' 'nothing has changed, and it is published'
    unworkable github $flow 's|key: built-|key: published-|' 'is never made up for'
    unworkable cloudflare .github/workflows/cloudflare.yml 's|build --changes changes.json|build|' 'a change is not published'
    unworkable gitlab .gitlab-ci.yml 's|^  script:|  scripts:|' 'scripts'
    unworkable gitlab .gitlab-ci.yml 's|exit 100|:|' 'nothing has changed, and it is published'
    unworkable netlify netlify.toml 's|publish = |publsh = |' 'no folder to publish'
    unworkable netlify netlify/build.sh 's|"${BASE_URL:-$URL}"|${BASE_URL:-$URL}|' 'SC2086'
    unworkable netlify netlify/build.sh '/^sed/d' 'take the place of a redirect'
    unworkable netlify netlify/records/index.js 's|cancelBuild|endBuild|' 'endBuild'
}

# Most of them keep one processor busy.
workflows &
side=$!
outputs
access
wait "$side"

conclude "broken sites"
