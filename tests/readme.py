"""Makes what the README takes from the program: its pictures and its table of keys.

Run `python tests/readme.py` after a change of the screen or of a command.
"""

import html
import re
import tempfile
from collections.abc import Iterator
from pathlib import Path

from app_driver import AppDriver, read
from pactreader.core.labels import LABELS
from pactreader.formats.sources import bundled_article
from pactreader.tui.commands import all_commands
from pactreader.tui.keys.key_names import shown_key
from pactreader.tui.keys.keymap import Keymap
from pactreader.tui.keys.registry import EDITOR_COMMANDS, LABEL_PREFIX, Group

ROOT = Path(__file__).parents[1]
README = ROOT / "README.md"
BEGIN, END = "<!-- keys: made by tests/readme.py -->\n", "<!-- end of keys -->"

MARKS = (
    ("mutual assistance in case of aggression", "either country", "term", "Art. 4. Compare the 1961 treaty.", ("law",)),
    ("could result in increased", "military cooperation", "doubt", "", ()),
    ("The agreement remains vague", "by both parties.", "key-point", "Who decides what **counts** as aggression?", ("law", "ambiguity")),
    ("allegations that North Korea", "weapons to Russia", "question", "Source? UN panel ended in April.", ("arms",)),
    ("Seoul has warned Russia", "a certain limit", "evidence", "", ("seoul",)),
)  # fmt: skip


def picture(theme: str) -> str:
    """The bundled article with some highlights, as an SVG that the program itself draws."""
    drawn = ""

    async def story(reader: AppDriver) -> None:
        nonlocal drawn
        text = reader.screen.article.text
        saves = reader.screen.context.saves
        notebook = reader.screen.notebook
        for first, last, label, note, tags in MARKS:
            start = text.index(first)
            saves.save_typed(
                change := notebook.highlight((start, text.index(last, start) + len(last)), label)
            )
            annotation_id = change.edits[0].id
            if note:
                saves.save_typed(notebook.write_note(annotation_id, note))
            if tags:
                saves.save_typed(notebook.tag(annotation_id, tags))
        reader.screen.show_notebook()
        reader.app.theme = theme
        reader.screen.article_view.go_to(text.index("This ambiguity"))
        await reader.pilot.pause()
        drawn = reader.app.export_screenshot(title="pactreader")

    with tempfile.TemporaryDirectory() as home:
        read(Path(home), story, article=bundled_article(), size=(120, 36))
    return drawn


PICTURES = {"reading-dark.svg": "pactreader-dark", "reading-light.svg": "pactreader-light"}


def words_in(svg: str) -> list[str]:
    """What can be read in a picture."""
    return [
        html.unescape(words).replace("\xa0", " ") for words in re.findall(r"<text[^>]*>(.*?)</text>", svg)
    ]


def keys() -> Iterator[str]:
    """The table of keys, from the commands."""
    keymap = Keymap(all_commands(LABELS))
    yield "| keys | what they do |"
    yield "| --- | --- |"
    for group in Group:
        yield f"| | **{group.value}** |"
        if group is Group.MARK:
            names = ", ".join(
                f"`{command.shown_keys}` {command.title.removeprefix('Highlight as ')}"
                for command in keymap.labels
            )
            yield f"| `{keymap.label_keys}` | Highlight: {names}. {keymap.labels[0].help} |"
        for command in keymap:
            if command.group is group and command.keys and not command.id.startswith(LABEL_PREFIX):
                shown = " ".join(f"`{key}`" for key in command.shown_keys.split(" "))
                said = " ".join(filter(None, (command.title.removesuffix("…") + ".", command.help)))
                yield f"| {shown} | {said} |"
        if group is Group.WRITE:
            for typed in EDITOR_COMMANDS:
                shown = " ".join(f"`{shown_key(key)}`" for key in typed.keys)
                yield f"| {shown} | {typed.title}, while it is typed. |"


def with_keys(readme: str) -> str:
    """A README with the table of keys as it should be."""
    before, rest = readme.split(BEGIN)
    table = "\n".join(keys())
    return f"{before}{BEGIN}\n{table}\n\n{END}{rest.split(END)[1]}"


if __name__ == "__main__":
    for name, theme in PICTURES.items():
        (ROOT / "assets" / name).write_text(picture(theme), "utf-8")
    README.write_text(with_keys(README.read_text("utf-8")), "utf-8")
