"""The parts of the documentation that are made from the program: the pictures and the tables of keys.

After a change of the screen or of a command, `python tests/generated_docs.py` writes them anew, and README's chart and
sentences on speed from the ratios that `python tests/benchmarks/speed --readme` has kept.
"""

import html
import re
import tempfile
from collections.abc import Iterator
from pathlib import Path

import benchmarks.speed.chart as speed
from app_driver import AppDriver, run_story
from pactreader.core.labels import LABELS
from pactreader.formats.sources import bundled_article
from pactreader.tui.commands import all_commands
from pactreader.tui.keys.key_names import shown_key
from pactreader.tui.keys.keymap import ANY_LABEL, Keymap
from pactreader.tui.keys.registry import EDITOR_COMMANDS, LABEL_PREFIX, Command, Group

ROOT = Path(__file__).parents[1]
README = ROOT / "README.md"
KEYS_PAGE = ROOT / ".github" / "KEYS.md"
PICTURES = {"reading-dark.svg": "pactreader-dark", "reading-light.svg": "pactreader-light"}
"""The pictures in `assets/`, and the theme of each."""
MAIN_COMMANDS = (
    ANY_LABEL,
    "note",
    "tags",
    "remove",
    "undo",
    "sentence-next",
    "paragraph-next",
    "highlight-next",
    "pick",
    "pick-sentence",
    "select",
    "grow",
    "find",
    "back",
    "panes",
    "library",
    "export",
    "palette",
    "help",
    "quit",
)
"""The commands of README's short table, by id."""
BEGIN, END = "<!-- keys: made by tests/generated_docs.py -->\n", "<!-- end of keys -->"
KEYS_PAGE_HEAD = """\
# Keys

`?` lists the keys in the program, `ctrl+p` finds a command by its name, and a key that cannot do anything now says why.
`config.toml` puts commands on other keys; `pactreader settings --write` makes it, and it names every command's id.
On a Cyrillic or Greek keyboard the keys are found by their places.

<!-- Made by tests/generated_docs.py from the commands. -->
"""
ANNOTATIONS = (
    ("mutual assistance in case of aggression", "either country", "term", "Art. 4. Compare the 1961 treaty.", ("law",)),
    ("could result in increased", "military cooperation", "doubt", "", ()),
    ("The agreement remains vague", "by both parties.", "key-point", "Who decides what **counts** as aggression?", ("law", "ambiguity")),
    ("allegations that North Korea", "weapons to Russia", "question", "Source? UN panel ended in April.", ("arms",)),
    ("Seoul has warned Russia", "a certain limit", "evidence", "", ("seoul",)),
)  # fmt: skip
"""The highlights in the pictures: first and last words of the passage, label, note, tags."""


def picture(theme: str) -> str:
    """Return the bundled article with some highlights, as an SVG that the program itself draws."""
    svg = ""

    async def story(driver: AppDriver) -> None:
        nonlocal svg
        text = driver.screen.article.text
        saves = driver.screen.context.saves
        notebook = driver.screen.notebook
        for first, last, label, note, tags in ANNOTATIONS:
            start = text.index(first)
            passage = (start, text.index(last, start) + len(last))
            saves.save_typed(change := notebook.highlight(passage, label))
            annotation_id = change.edits[0].id
            if note:
                saves.save_typed(notebook.write_note(annotation_id, note))
            if tags:
                saves.save_typed(notebook.tag(annotation_id, tags))
        driver.screen.show_notebook()
        driver.app.theme = theme
        driver.screen.article_view.go_to(text.index("This ambiguity"))
        await driver.pilot.pause()
        svg = driver.app.export_screenshot(title="pactreader")

    with tempfile.TemporaryDirectory() as home:
        run_story(Path(home), story, article=bundled_article(), size=(120, 36))
    return svg


def texts_in(svg: str) -> list[str]:
    """Return the texts of a picture, in drawing order."""
    texts = re.findall(r"<text[^>]*>(.*?)</text>", svg)
    return [html.unescape(text).replace("\xa0", " ") for text in texts]


def colours_in(svg: str) -> set[str]:
    """Return the colours of a picture: `{"#15171c", …}`."""
    return set(re.findall(r"#[0-9a-f]{6}", svg.lower()))


def _code(keys: str) -> str:
    """Return keys as Markdown code: "↓ j" → "`↓` `j`"."""
    return " ".join(f"`{key}`" for key in keys.split(" "))


def _sentences(command: Command) -> str:
    return " ".join(filter(None, (command.title.removesuffix("…") + ".", command.help)))


def _label_row(keymap: Keymap, *, with_help: bool) -> str:
    """Return the one row of all commands that label."""
    labels = ", ".join(
        f"{_code(command.shown_keys)} {command.title.removeprefix('Highlight as ')}"
        for command in keymap.labels
    )
    sentence = f" {keymap.labels[0].help}" if with_help else ""
    return f"| `{keymap.label_keys}` | Highlight: {labels}.{sentence} |"


def _group_rows(keymap: Keymap, group: Group) -> Iterator[str]:
    if group is Group.MARK:
        yield _label_row(keymap, with_help=True)
    for command in keymap:
        if command.group is group and command.keys and not command.id.startswith(LABEL_PREFIX):
            yield f"| {_code(command.shown_keys)} | {_sentences(command)} |"
    if group is Group.WRITE:
        for typed in EDITOR_COMMANDS:
            keys = " ".join(map(shown_key, typed.keys))
            yield f"| {_code(keys)} | {typed.title}, while it is typed. |"


def keys_page() -> str:
    """Return `.github/KEYS.md`: a table for each group, with every command that has a key."""
    keymap = Keymap(all_commands(LABELS))
    tables = [
        "\n".join((f"## {group.value}\n", "| keys | command |", "| --- | --- |", *_group_rows(keymap, group)))
        for group in Group
    ]
    return "\n".join((KEYS_PAGE_HEAD, "\n\n".join(tables), ""))


def _main_rows() -> Iterator[str]:
    keymap = Keymap(all_commands(LABELS))
    yield "| keys | command |"
    yield "| --- | --- |"
    for command_id in MAIN_COMMANDS:
        if command_id == ANY_LABEL:
            yield _label_row(keymap, with_help=False)
        else:
            command = keymap[command_id]
            yield f"| {_code(command.shown_keys)} | {_sentences(command)} |"


def with_main_keys(readme: str) -> str:
    """Return README with the short table of keys between its markers."""
    before, rest = readme.split(BEGIN)
    table = "\n".join(_main_rows())
    return f"{before}{BEGIN}\n{table}\n\n{END}{rest.split(END)[1]}"


def write_all() -> None:
    """Write the pictures, `.github/KEYS.md` and README's short table of keys."""
    for name, theme in PICTURES.items():
        (ROOT / "assets" / name).write_text(picture(theme), "utf-8")
    KEYS_PAGE.write_text(keys_page(), "utf-8")
    README.write_text(with_main_keys(README.read_text("utf-8")), "utf-8")
    speed.write_all(speed.kept_ratios())


if __name__ == "__main__":
    write_all()
