"""Commands that go through what has changed in the article since it was last read, and show the former words."""

from typing import TYPE_CHECKING, Final

from pactreader.core.article import BLOCK_SEPARATOR, Passage
from pactreader.core.text_changes.changed_passages import ChangeKind
from pactreader.core.wording import pluralise
from pactreader.tui.keys.registry import Footer, Group, command
from pactreader.tui.keys.screen_state import needs_changes

if TYPE_CHECKING:
    from pactreader.tui.context import Context
    from pactreader.tui.dialogs.change_dialog import ShownChange

_CONTEXT: Final = 80
"""Code points that are shown on either side of changed words, to know them by."""


@command(
    "change-next",
    "+",
    "Next change since it was read",
    group=Group.MOVE,
    short="what changed",
    help="What is new, changed or removed. The right margin marks it until it is read.",
    footer=Footer("next change", reading=2, highlight=2),
    when=needs_changes,
)
def change_next(context: "Context") -> None:
    """Go to the next change."""
    changes, index = context.app.change_tracker.changes, _walked_index(context)
    following = changes.after(context.article_view.caret.offset - 1) if index is None else index + 1
    if following is None:
        key = context.keymap.key("change-previous")
        context.show_message(f"Nothing has changed below: {key} goes up to the last change.")
    elif following >= len(changes.all):
        context.show_message(f"That was the last of {pluralise(len(changes.all), 'change')}.")
    else:
        _go_to_change(context, following)


@command(
    "change-previous",
    "-",
    "Previous change since it was read",
    group=Group.MOVE,
    short="what changed",
    when=needs_changes,
)
def change_previous(context: "Context") -> None:
    """Go to the previous change."""
    changes, index = context.app.change_tracker.changes, _walked_index(context)
    previous = changes.before(context.article_view.caret.offset) if index is None else index - 1
    if previous is None:
        key = context.keymap.key("change-next")
        context.show_message(f"Nothing has changed above: {key} goes down to the first change.")
    elif previous < 0:
        context.show_message(f"That was the first of {pluralise(len(changes.all), 'change')}.")
    else:
        _go_to_change(context, previous)


@command(
    "change-show",
    "=",
    "Show what was here before",
    group=Group.MOVE,
    short="former words",
    help="The words that you read last, beside those of the change at the caret.",
    when=needs_changes,
)
async def change_show(context: "Context") -> None:
    """Show the former words of the change at the caret, or in its sentence."""
    from pactreader.tui.dialogs.change_dialog import DIALOG_LINES, ChangeDialog

    index = _index_at_caret(context)
    if index is None:
        context.show_message(
            f"Nothing has changed here: {context.keymap.key('change-next')} goes to where it has."
        )
        return
    _go_to_change(context, index)
    view = context.article_view

    def shown() -> "ShownChange":
        return _shown(context, _walked_index(context) or 0)

    steps = dict.fromkeys(context.keymap["change-next"].keys, change_next)
    steps |= dict.fromkeys(context.keymap["change-previous"].keys, change_previous)

    def step(key: str) -> bool:
        if key not in steps:
            return False
        steps[key](context)
        view.keep_above(view.caret.sentence, DIALOG_LINES)
        return True

    view.keep_above(view.caret.sentence, DIALOG_LINES)
    next_key, previous_key = context.keymap.key("change-next"), context.keymap.key("change-previous")
    closing = frozenset(context.keymap["change-show"].keys)
    hint = f"{next_key} {previous_key} next, previous change   esc closes"
    await context.push_dialog(ChangeDialog(shown, step=step, closing_keys=closing, hint=hint))


def _go_to_change(context: "Context", index: int) -> None:
    """Go to a change, and tell which it is."""
    tracker, view = context.app.change_tracker, context.article_view
    if context.panes.in_notes:
        context.panes.focus_article()
    context.article_view.clear_selection()
    view.go_to(tracker.changes.all[index].present.start)
    tracker.walked = index, view.caret.offset
    context.show_message(f"{_title(context, index)}{_hint(context, index)}")


def _walked_index(context: "Context") -> int | None:
    """Return the index of the change that was gone to last, if the caret is still there."""
    index, offset = context.app.change_tracker.walked
    return index if offset == context.article_view.caret.offset else None


def _index_at_caret(context: "Context") -> int | None:
    """Return the index of the change at the caret, else of the first one in its sentence; `None` if there is none."""
    index = _walked_index(context)
    if index is not None:
        return index
    changes, caret = context.app.change_tracker.changes, context.article_view.caret
    for start, end in (Passage(caret.offset, caret.offset), caret.sentence):
        if found := changes.touching(start, end):
            return found[0]
    return None


def _title(context: "Context", index: int) -> str:
    changes = context.app.change_tracker.changes
    return f"{index + 1} of {pluralise(len(changes.all), 'change')}: {changes.all[index].kind.value}"


def _hint(context: "Context", index: int) -> str:
    key = context.keymap.key("change-show")
    kind = context.app.change_tracker.changes.all[index].kind
    return "." if kind is ChangeKind.NEW else f". {key} shows the former words."


def _shown(context: "Context", index: int) -> "ShownChange":
    """Return a change as the dialog shows it, with the words around it."""
    from pactreader.core.citations import cite
    from pactreader.tui.dialogs.change_dialog import ShownChange

    changes, article = context.app.change_tracker.changes, context.notebook.article
    change = changes.all[index]
    former = _with_context(changes.former, change.former)
    present = _with_context(article.text, change.present)
    heading = " · ".join((_title(context, index), *cite(article, *change.present)))
    return ShownChange(heading, former, present)


def _with_context(text: str, passage: Passage) -> tuple[str, str, str]:
    """Return a passage between the words of its paragraph that stand around it, with an ellipsis where they are cut."""
    start, end = passage
    before = text[max(0, start - _CONTEXT) : start].rpartition(BLOCK_SEPARATOR)[2]
    after = text[end : end + _CONTEXT].partition(BLOCK_SEPARATOR)[0]
    if len(before) == _CONTEXT:
        before = f"… {before.partition(' ')[2] or before}"
    if len(after) == _CONTEXT:
        after = f"{after.rpartition(' ')[0] or after} …"
    return before, text[start:end], after
