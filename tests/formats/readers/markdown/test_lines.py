"""The line of the file that a text of Markdown comes from."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pactreader.formats.readers.markdown_reader import parse_markdown


def wrong_lines(markdown: str) -> list[tuple[str, int | None, int]]:
    """Return the words `w1`, `w2`, … of an article whose lines are not those where they are written."""
    article = parse_markdown(markdown, title="t")
    written = {
        word[0]: number
        for number, line in enumerate(markdown.split("\n"), 1)
        for word in re.finditer(r"w\d+", line)
    }
    found = {word[0]: article.source_lines.at(word.start()) for word in re.finditer(r"w\d+", article.text)}
    assert found
    return [(word, line, written[word]) for word, line in found.items() if line != written[word]]


@pytest.mark.parametrize(
    "markdown",
    [
        "---\ntitle: w1\nauthor:\n  - w2\ndate: w3\n---\n\nw4\n\n# w5\n",
        "+++\ntitle = 'w1'\n+++\nw2\n",
        "w1\nw2 *w3\nw4* w5  \nw6\\\nw7\n\n\nw8\n===\n\nw9",
        "- w1\n  w2\n\n  w3\n- w4\n  1. w5\nw6\n",
        "> w1\n> w2\nw3\n>\n> - w4\n",
        "| w1 | w2 |\n|---|---|\n| w3 | w4 |\n| w5 | w6 |\n",
        "```\nw1\n\nw2\n```\n\n    w3\n    w4\n\n$$\nw5\nw6\n$$\n",
        "`w1\nw2` [w3\nw4](x\n'y') w5 ![w6](z\n) w7 <b\nclass=a>w8</b>",
        "w1 ``  `w2\nw3`` w4 $w5\nw6$ w7\nw8 <!-- a\nb --> w9",
        "<div>\n\nw1\n\n<p>w2\nw3</p>\n</div>\n\n<pre>\nw4\nw5</pre>\n\nw6",
        "<!-- a\nb -->\n\n<p\n a=b>w1 <script>\n\n</script>w2</p>\n\nw3",
        "<details>\n<summary>w1</summary>\n\n- w2\n\n<table><tr><td>\n\nw3\n\n</td><td>w4\n</td></tr>\n\n</table>\n</details>",
        '<img\n alt="w1"\n src=x>\n\n[w2]: /x\n[w3]: /y\nw4 [w2]\n[^1]\n\n[^1]: w5\n    w6\n',
        "> [!NOTE] w1\n> w2\n> w3\n\n::: tip w4\nw5\n:::\n\nw6\n: w7\n  w8\n: w9\n",
    ],
)
def test_each_word_knows_its_line(markdown):
    assert wrong_lines(markdown) == []


BLOCKS = st.sampled_from(
    [
        "# W",
        "W\nW",
        "W *W\nW* `W`\\\nW",
        "- W\n- W\n\n  W",
        "1. W\n   W",
        "> W\n> W",
        "> - W\n>   W",
        "```\nW\n\nW\n```",
        "    W\n    W",
        "|W|W|\n|-|-|\n|W|W|",
        "<p>W\nW</p>",
        "<!-- x\ny -->",
        "<div>\n\nW\n\n</div>",
        "[W\nW](x) $W$",
        "W\n: W",
        "***",
        "$$\nW\n$$",
        "",
    ]
)


@given(st.lists(BLOCKS, min_size=1, max_size=12), st.booleans())
def test_each_word_of_blocks_in_any_order_knows_its_line(blocks, has_front_matter):
    blocks = [f"---\ntitle: {'x'}\n---"] * has_front_matter + [*blocks, "W"]
    numbers = iter(range(1000))
    markdown = re.sub("W", lambda _: f"w{next(numbers)}", "\n\n".join(blocks))
    assert wrong_lines(markdown) == []
