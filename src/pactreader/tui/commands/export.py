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

if TYPE_CHECKING:
    from collections.abc import Callable

    from pactreader.formats.pdf_copy import PdfCopy
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
    """Ask for a path and write the annotations, or those of the selected cards, as Markdown or into a copy of a PDF."""
    from pactreader.tui.dialogs.prompt import Prompt
    from pactreader.tui.session.notes_export import (  # not for a list of commands
        can_copy,
        copy_for,
        export_notebook,
        is_copy_name,
        proposed_path,
    )

    if context.notebook.article.rest and not context.app.rest_reader.is_running:
        again = f"{context.app.keymap.key('reload')} reads all of it"
        context.show_message(f"Only the beginning of the article is shown: {again}.", warning=True)
        return
    confirmed = ""
    only = frozenset(context.panes.selected_ids)

    def write(typed: str) -> None:
        nonlocal confirmed
        name, replace = typed.strip(), typed == confirmed
        if not name:
            raise PactReaderError("A file needs a name.")
        try:
            if is_copy_name(name):
                _write_copy(context, name, copy_for(context.session, name, only=only, replace=replace))
                return
            count = export_notebook(context.session, name, only=only, replace=replace)
        except FileExistsError as error:
            confirmed = typed
            message = "There is a file of that name."
            raise PactReaderError(message, "enter again replaces it, esc leaves it.") from error
        context.show_message(f"{pluralise(count, 'annotation')} written to {printable_line(name)}")

    what = f"{pluralise(len(only), 'annotation')} " if only else ""
    form = (
        "as Markdown (.md), or into a copy of the PDF (.pdf)," if can_copy(context.session) else "as Markdown"
    )
    hint = f"{_working_directory()}enter writes the file, esc does not"
    path = str(proposed_path(context.notebook.article.title))
    await context.push_dialog(Prompt(f"Export {what}{form} to", value=path, hint=hint, on_submit=write))


def _write_copy(context: "Context", name: str, write: "Callable[[], PdfCopy]") -> None:
    """Write a copy of the PDF in a thread, and tell the user what became of it."""
    from pactreader.tui.session.daemon_thread import run_in_daemon_thread  # not for a list of commands
    from pactreader.tui.session.notes_export import COPIES

    shown = printable_line(name)

    async def run() -> None:
        try:
            copy = await run_in_daemon_thread(write)
        except PactReaderError as error:
            message, is_warning = f"{shown} was not written. {error.one_line}", True
        except Exception as fault:  # noqa: BLE001 - it is logged, and told
            context.session.event_log.fault(fault)
            message, is_warning = f"{shown} was not written: a fault of PactReader.", True
        else:
            message = f"{pluralise(copy.written, 'annotation')} written to {shown}"
            is_warning = bool(copy.left_out)
            if copy.left_out:
                message = f"{message}. {copy.left_out_sentence}"
        context.app.reading_screen.show_message(message, warning=is_warning)

    context.show_message(f"{shown} is being written…")
    context.app.run_worker(run(), group=COPIES)


def _working_directory() -> str:
    """Return the hint that names the directory of relative paths; empty if it does not exist."""
    try:
        return f"in {printable_line(str(Path.cwd()))}   "
    except OSError:
        return ""
