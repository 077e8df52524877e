"""random_texts.py PROGRAM NUMBER SEED FOLDER: writes so many stories of random marks into the site of a program, the same for the same seed."""

import os
import random
import sys

WORDS = "quay tide berth pilot cargo hull mast draught fee port crane buoy".split()
SIGNS = ["*", "**", "_", "__", "`", "``", "~~", "~", "[", "]", "](/2023/10/tables/)", "](<2 b> \"t\")", "<b>in *b*</b>", "<sub>2</sub>", "<kbd>*k*</kbd>", "<", ">", "&", "&amp;",
         "\\*", "\\", "!", "#", "|", ":", "\"", "'", "(", ")", "--", "...", "$$", "{", "}", "1.", "-", "+", "=", "<br>", "[^1]", "<https://a.example>",
         "<span>s_s_</span>", "*em*{:.x}", "<<", ">>", "[ ]", "[x]", "\\_", "5", "é", "日本"]
STARTS = ["", "", "", "", "* ", "- ", "+ ", "1. ", "2. ", "  * ", "    * ", "   - ", "  1. ", "> ", "> > ", "> * ", "# ", "## ", "### ", "    ",
          "  ", "\t", ": ", "| ", "*   ", "1.  ", "* > ", "## {#a} ", "* * ", "#"]
LINES = ["", "", "", "", "---", "***", "===", "```", "~~~", "    code", "| a | b |", "|---|---|", "a | b", "{: .x}", "{: #named}", "^", "$$",
         "[^1]: A note.", "[ref]: /2023/10/tables/", "*[IMO]: Organization", "* TOC", "{:toc}", "<div>\nraw *x*\n\n* y\n</div>", "<p>para *x*</p>",
         "<div markdown=\"1\">\n* a\n\n*b*\n</div>", "> quote", "* item", "1. item", "## Head", "- [ ] to do", "<!-- note -->", "* * *", "_ _ _", "Head", "----",
         "```ruby", ": meaning", "{::options auto_ids=\"true\" /}", "* ", "1.", ">", "#"]
PLAIN = ["{: .x}", "{: #named}", "^", "{:toc}", "*[IMO]: Organization", "{::options auto_ids=\"true\" /}", "<div markdown=\"1\">\n* a\n\n*b*\n</div>"]


def text(draw, is_hugo):
    lines = []
    for _ in range(draw.randint(2, 14)):
        if draw.random() < 0.45:
            line = draw.choice(LINES)
            if is_hugo and line in PLAIN:
                line = ""
        else:
            parts = []
            for _ in range(draw.randint(1, 6)):
                parts.append(draw.choice(WORDS) if draw.random() < 0.6 else draw.choice(SIGNS))
                parts.append(draw.choice([" ", " ", ""]))
            line = draw.choice(STARTS) + "".join(parts) + draw.choice(["", "", "", "  ", "\\"])
        lines.append(line)
    return "\n".join(lines) + "\n"


def main():
    program, number, seed, folder = sys.argv[1], int(sys.argv[2]), int(sys.argv[3]), sys.argv[4]
    draw = random.Random(seed)
    is_hugo = program == "hugo"
    for index in range(number):
        name = f"r{seed}x{index}"
        path = f"content/posts/{name}.md" if is_hugo else f"_posts/2023-11-01-{name}.md"
        with open(os.path.join(folder, path), "w", encoding="utf-8") as file:
            file.write(f"---\ntitle: {name}\ndate: 2023-11-01\n---\n{text(draw, is_hugo)}")


main()
