#!/bin/sh
# broken.sh FOLDER: shows that each validator can fail. Of the example site in FOLDER copies are made, in each one thing is
# broken, and the validator that should see it must fail and name it.
set -eu
cd "$(dirname "$0")/../.."
sites=$1
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
passed=0
failed=0

# broken VALIDATOR FILE EDIT WORDS [OPTION…]: breaks FILE with an edit of sed; what the validator says must have WORDS in it.
broken() {
    name=$1 file=$2 edit=$3 words=$4
    shift 4
    rm -rf "$work/sites"
    mkdir "$work/sites"
    cp -R "$sites/example" "$work/sites/example"
    # A browser takes its time: it sees the broken page alone.
    [ "$name" != access ] || find "$work/sites" -name '*.html' ! -path "*/example/$file" ! -path '*/example/index.html' -delete
    sed -i.before "$edit" "$work/sites/example/$file"
    if cmp -s "$work/sites/example/$file" "$work/sites/example/$file.before"; then
        echo "$name: nothing was broken in $file by $edit"
        failed=$((failed + 1))
        return
    fi
    rm "$work/sites/example/$file.before"
    if tests/validate/check.sh "$name" "$work/sites" "$@" >"$work/said" 2>&1; then
        echo "$name: passes $file broken by $edit"
        failed=$((failed + 1))
    elif grep -q -- "$words" "$work/said"; then
        passed=$((passed + 1))
    else
        echo "$name: fails $file broken by $edit, and does not say \`$words\`:"
        head -5 "$work/said"
        failed=$((failed + 1))
    fi
}

story=2023/10/17/russian-crude-to-china/index.html
broken html "$story" 's|<h1 class="headline">|<h1 class="headline" align="left">|' 'align'
broken access 404.html 's|<html lang="en"|<html|' 'html-has-lang' --any
broken access 404.html 's|</h1>|</h1><p style="color:#999;background:#aaa">Pale</p>|' 'color-contrast' --any
broken access 404.html 's|</h1>|</h1><div style="width:3000px">Wide</div>|' 'scrolls sideways' --any
broken access 404.html 's|</h1>|</h1><a href="/" style="font:10px/10px serif">Small</a>|' 'a target of' --any
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
sed -i.before 's|"headline":"|"headLine":"|' "$work/sites/example/$story"
if node tests/validate/jsonld.mjs "$work/sites" >"$work/said" 2>&1 || ! grep -q headLine "$work/said"; then
    echo "jsonld.mjs: does not see an unknown property"
    failed=$((failed + 1))
else
    passed=$((passed + 1))
fi

# unworkable HOST FILE EDIT WORDS: breaks FILE of a new site for HOST, as above.
. tests/validate/program.sh
unworkable() {
    host=$1 file=$2 edit=$3 words=$4
    rm -rf "$work/sites"
    SOURCE_DATE_EPOCH=1697630400 "$DATELINE" init -q "$work/sites/$host" --ci "$host" >/dev/null
    sed -i.before "$edit" "$work/sites/$host/$file"
    if cmp -s "$work/sites/$host/$file" "$work/sites/$host/$file.before"; then
        echo "workflows: nothing was broken in $file by $edit"
        failed=$((failed + 1))
        return
    fi
    rm "$work/sites/$host/$file.before"
    if tests/validate/workflows.sh "$work/sites" >"$work/said" 2>&1; then
        echo "workflows: passes $file broken by $edit"
        failed=$((failed + 1))
    elif grep -q -- "$words" "$work/said"; then
        passed=$((passed + 1))
    else
        echo "workflows: fails $file broken by $edit, and does not say \`$words\`:"
        head -5 "$work/said"
        failed=$((failed + 1))
    fi
}

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

echo "$passed broken sites were seen, $failed were not"
[ "$failed" -eq 0 ]
