"""Commands that copy a passage to the clipboard, and export annotations to a file."""

from pathlib import Path
from typing import TYPE_CHECKING

from pactreader.core.annotation import Annotation
from pactreader.core.errors import PactReaderError
from pactreader.core.notebooks.notebook import Notebook
from pactreader.core.printable_text import printable, printable_line
from pactreader.core.quotations import annotation_quotation, quotation
from pactreader.core.wording import pluralise
from pactreader.tui.keys.registry import Footer, Group, command
from pactreader.tui.keys.screen_state import needs_passage
from pactreader.tui.session.notes_export import export_notebook, proposed_path

if TYPE_CHECKING:
    from pactreader.tui.context import Context


@command(
    "copy",
    "y",
    "Copy the passage",
    group=Group.WRITE,
    short="copy",
    help="The selection, the highlight or the sentence.",
    footer=Footer("copy", selecting=7, selected_notes=5),
    when=needs_passage,
)
def copy(context: "Context") -> None:
    """Copy the selected cards, the selection, the target's passage or the sentence."""
    panes, notebook = context.panes, context.notebook
    selection, target = panes.selection, panes.target
    if panes.selected_ids:
        chosen = filter(None, map(notebook.get, panes.selected_ids))
        text = "\n\n".join(_copied_text(one, notebook) for one in chosen)
    elif selection is None and target is not None:
        text = _copied_text(target, notebook)
    else:
        text = quotation(notebook.article, *context.article_view.caret.passage)
    where = context.app.copy(printable(text))
    context.show_message(f"{pluralise(len(text.split()), 'word')} sent to {where}.")
    if selection:
        context.article_view.clear_selection()


def _copied_text(annotation: Annotation, notebook: Notebook) -> str:
    """Return the text of an annotation's passage as the page shows it; without a passage, its note."""
    if annotation.anchor is None:
        return annotation.note
    return annotation_quotation(annotation, notebook.article, notebook.placement(annotation.id))


@command(
    "export",
    "E",
    "Export as Markdown…",
    group=Group.WRITE,
    short="export",
    footer=Footer("export", reading=9, highlight=11, selected_notes=4),
)
async def export(context: "Context") -> None:
    """Ask for a path and write the annotations, or those of the selected cards, as Markdown."""
    from pactreader.tui.dialogs.prompt import Prompt

    confirmed = ""
    only = frozenset(context.panes.selected_ids)

    def write(typed: str) -> None:
        nonlocal confirmed
        if not typed.strip():
            raise PactReaderError("A file needs a name.")
        try:
            count = export_notebook(context.session, typed.strip(), only=only, replace=typed == confirmed)
        except FileExistsError as error:
            confirmed = typed
            message = "There is a file of that name."
            raise PactReaderError(message, "enter again replaces it, esc leaves it.") from error
        context.show_message(f"{pluralise(count, 'annotation')} written to {printable_line(typed)}")

    what = f"{pluralise(len(only), 'annotation')} as Markdown" if only else "as Markdown"
    hint = f"{_working_directory()}enter writes the file, esc does not"
    path = str(proposed_path(context.notebook.article.title))
    await context.push_dialog(Prompt(f"Export {what} to", value=path, hint=hint, on_submit=write))


def _working_directory() -> str:
    """Return the hint that names the directory of relative paths; empty if it does not exist."""
    try:
        return f"in {printable_line(str(Path.cwd()))}   "
    except OSError:
        return ""
