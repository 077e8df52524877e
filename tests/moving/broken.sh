#!/bin/sh
# Shows that the comparison can fail: one thing is changed in what was imported, and `check.sh` must say that it differs.
set -eu
cd "$(dirname "$0")/../.."
. tests/validate/program.sh
export DATELINE
. tests/broken.sh

# broken PROGRAM CHANGE WORDS: plants `FROM=>TO` in all imported stories; the check must say WORDS.
broken() {
    must_fail "$1: $2" "$3" env BREAK="$2" tests/moving/check.sh "$1"
}

broken hugo 'dusk=>dusks' 'emphasis: words: + dusks'
broken hugo '**dawn**=>*dawn*' 'emphasis: - strong dawn'
broken hugo 'tables.md=>lists.md' 'links: links: - /2023/10/tables/'
broken hugo '{#chosen}=>{#other}' 'headings: - 1 #chosen'
broken hugo '| South | 900=>| South | 9000' 'tables: tables: + '
broken hugo 'tide --now | sort=>tide --then' 'code: code: + tide --then'
broken hugo '  - wheat=>- wheat' 'lists: lists: + '
broken hugo '[^1]: See=>[^1]: Read' 'notes: notes: + '
broken hugo '/plan.svg "The plan"=>/plan.svg?x "The plan"' 'links: pictures: + '
broken jekyll 'title: quotes=>draft: true
title: quotes' 'jekyll quotes: no page answers there'
broken jekyll '> Quoted words=>Quoted words' 'quotes: quotations: '
broken jekyll 'A place to moor=>A place' 'definitions: definitions: '
broken jekyll 'line that\=>line that' 'emphasis: breaks: '

broken zola '**dawn**=>*dawn*' 'emphasis: - strong dawn'
broken zola '{#grosse-umfang}=>{#size}' 'headings: - 1 #grosse-umfang'

conclude "planted faults"
