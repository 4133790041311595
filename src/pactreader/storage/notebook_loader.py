"""The loading of notebooks with the annotations of their articles, and their update with what others write."""

from collections.abc import Callable
from pathlib import Path
from weakref import WeakKeyDictionary

from pactreader.core.annotation import Annotation
from pactreader.core.notebooks.notebook import Notebook
from pactreader.storage.articles.article_registry import ArticleRegistry
from pactreader.storage.articles.former_texts import former_texts
from pactreader.storage.journal.journal_file import JournalFile
from pactreader.storage.journal.journal_memory import Cursor
from pactreader.storage.journal.record_index import RecordIndex
from pactreader.storage.schema.records import ANNOTATION, CHANGE, ArticleEntry, read_annotation, read_change
from pactreader.storage.schema.undo_history import latest_changes


class NotebookLoader:
    """The loader of notebooks from a library file. It knows which records each of them has."""

    def __init__(
        self,
        texts: Path,
        file: JournalFile,
        records: RecordIndex,
        registry: Callable[[], ArticleRegistry],
    ) -> None:
        """Create the loader.

        Args:
            texts: The directory of the stored texts.
            file: The library file.
            records: The index of its records.
            registry: Returns the articles after a refresh of the file.
        """
        self._texts = texts
        self._file = file
        self._records = records
        self._registry = registry
        self._loaded: WeakKeyDictionary[Notebook, Cursor] = WeakKeyDictionary()
        """The position in the file up to which each notebook has the records."""

    def load(self, entry: ArticleEntry, notebook: Notebook) -> None:
        """Load a notebook with the annotations and the undo history of its article. Annotations may be pending then.

        Raises:
            LibraryError: There is a library file, but it cannot be read or is not a library.
        """
        articles = self._registry().ids_of(entry.id)
        annotations = filter(None, map(read_annotation, self._records.each(ANNOTATION, articles)))
        changes = filter(None, map(read_change, self._records.each(CHANGE, articles)))
        notebook.load(annotations, latest_changes(changes))
        notebook.use_former_texts(former_texts(self._texts, entry, notebook.article, notebook.text_hashes))
        self._loaded[notebook] = self._records.cursor

    def follow(self, notebook: Notebook, loaded: Notebook) -> None:
        """Let a notebook that took over the content of a loaded one be updated as that was."""
        self._loaded[notebook] = self._loaded.pop(loaded)

    def refresh(self, entry: ArticleEntry, notebook: Notebook) -> int:
        """Update a loaded notebook with what other processes wrote; a single `stat` if they wrote nothing.

        Returns:
            The number of annotations that changed.

        Raises:
            LibraryError: There is a library file, but it cannot be read or is not a library.
        """
        self._file.refresh()
        loaded, self._loaded[notebook] = self._loaded[notebook], self._records.cursor
        if loaded == self._records.cursor:
            return 0
        records = self._records.records_since(loaded)
        annotations: dict[str, Annotation | None] = {}
        if records is None:
            # The file was replaced: annotations that it does not have are gone.
            articles = self._registry().ids_of(entry.id)
            records = [*self._records.records(ANNOTATION, articles), *self._records.records(CHANGE, articles)]
            annotations = dict.fromkeys((annotation.id for annotation in notebook), None)
        elif any(record.get("article") not in (None, entry.id) for record in records):
            # Some records have another article id, which may be an alias of this article.
            articles = self._registry().ids_of(entry.id)
            others = [record for record in records if record.get("article") not in articles]
            records = [record for record in records if record.get("article") in articles]
            # Annotations of this notebook that are now another article's, as it was split.
            annotations |= dict.fromkeys(one["id"] for one in others if one["id"] in notebook)
        annotations |= {one["id"]: read_annotation(one) for one in records if one["kind"] == ANNOTATION}
        changes = (read_change(record) for record in records if record["kind"] == CHANGE)
        return notebook.merge_remote(annotations, filter(None, changes))
