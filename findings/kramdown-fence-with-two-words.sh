#!/bin/bash
# kramdown 2.4.0 with kramdown-parser-gfm 1.1.0 (Debian 12's packages `ruby-kramdown`, `ruby-kramdown-parser-gfm`), Jekyll's default.
#
# A fence whose info string has a second word is no fence for the parser of "GFM", although GFM allows it: the block becomes code within a paragraph, its
# line ends are lost, and a list or a heading in it is one. Since a fence ends a paragraph all the same, nothing warns. The info string alone decides: with
# one word, and even with `?options` behind it, it is a block.
#
# Seen: "```ruby" -> pre; "```ruby?start_line=2" -> pre; "```ruby title=x" -> <p><code>; with "# note" as its first line -> <h1>.
set -eu
command -v ruby >/dev/null && ruby -e 'require "kramdown-parser-gfm"' 2>/dev/null || { [ "$(id -u)" -eq 0 ] && apt-get install -y -qq ruby-kramdown-parser-gfm >/dev/null; }
ruby -e 'require "kramdown"; require "kramdown-parser-gfm"; puts "kramdown #{Kramdown::VERSION}"'
html() { printf '%s\n' "$@" | ruby -e 'require "kramdown"; require "kramdown-parser-gfm"; puts Kramdown::Document.new(STDIN.read, input: "GFM", syntax_highlighter: nil).to_html'; }
one=$(html '```ruby' 'puts 1' '```')
options=$(html '```ruby?start_line=2' 'puts 1' '```')
two=$(html '```ruby title=x' 'puts 1' '```')
heading=$(html '```ruby title=x' '# note' '```')
printf 'one word: %s\nwith options: %s\ntwo words: %s\ntwo words and a comment: %s\n' "$one" "$options" "$two" "$heading"
case $one in *"<pre><code"*) ;; *) exit 1 ;; esac
case $options in *"<pre><code"*) ;; *) exit 1 ;; esac
case $two in *"<pre><code"*) exit 1 ;; "<p><code>"*) ;; *) exit 1 ;; esac
case $heading in *"<h1"*) ;; *) exit 1 ;; esac
