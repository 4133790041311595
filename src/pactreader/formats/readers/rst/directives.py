"""The directives of reStructuredText that docutils does not know: those of Sphinx and of its extensions."""

import re
from typing import Any, Final

from docutils import nodes
from docutils.parsers.rst import Directive, directives
from docutils.parsers.rst.languages import get_language
from docutils.utils import new_document

_DIRECTIVE: Final = re.compile(
    r"^[ \t]*(?:\.\.[ \t]+(?:\|[^|\n]{1,80}\|[ \t]+)?)([A-Za-z][\w:.+-]{0,60})::", re.MULTILINE
)
_CODE: Final = frozenset(
    """
    code code-block sourcecode code-tab doctest testcode testoutput testsetup ipython jupyter-execute prompt productionlist
    graphviz digraph graph mermaid plantuml uml literal
    """.split()  # noqa: SIM905 - a long set reads best without a quote around each of its words
)
"""The directives whose content is shown line by line."""
_HIDDEN: Final = frozenset(
    """
    currentmodule module py:module py:currentmodule highlight index meta tabularcolumns cssclass rst-class sectionauthor
    codeauthor default-domain testcleanup spelling default-role
    """.split()  # noqa: SIM905 - a long set reads best without a quote around each of its words
)
"""The directives that show nothing."""
_CONDITIONS: Final = frozenset({"only", "ifconfig"})
"""The directives whose argument is not shown."""
_INSERTIONS: Final = frozenset({"literalinclude", "include", "raw"})
"""The directives that insert what is not in the text, and are shown as they stand."""
_TITLES: Final = {
    "seealso": "See also",
    "versionadded": "Added in version",
    "versionchanged": "Changed in version",
    "deprecated": "Deprecated since version",
    "versionremoved": "Removed in version",
    "todo": "To do",
}
"""The titles of Sphinx's admonitions."""
_OBJECT: Final = re.compile(
    r"(?:\w+:)?(?:auto)?(?:function|class|method|classmethod|staticmethod|attribute|property|data|exception|decorator"
    r"|module|type|macro|member|struct|enum|enumerator|var|option|envvar|program|describe|object|confval|directive|role"
    r"|rst:directive|cfunction|cmember|ctype|opcode|pdbcommand)"
)
"""The directives that document an object of a program, whose arguments are its signatures."""
_OVERRIDDEN: Final = frozenset({"code-block", "sourcecode", "code", "include", "raw"})
"""The directives of docutils in place of which Sphinx has its own, or which reach outside of the text."""


class _AnyOptions(dict[str, Any]):
    """The specification of a directive that takes all options."""

    def __bool__(self) -> bool:
        return True

    def __missing__(self, _name: str) -> Any:
        return directives.unchanged


class UnknownDirective(Directive):
    """A directive that is not known, shown by its argument and its content."""

    optional_arguments = 1
    final_argument_whitespace = True
    has_content = True
    option_spec = _AnyOptions()

    def run(self) -> list[nodes.Node]:
        """Return the nodes of the directive."""
        name = self.name.lower()
        argument = self.arguments[0] if self.arguments else ""
        match name:
            case _ if name in _HIDDEN:
                shown = []
            case _ if name in _INSERTIONS:
                shown = [nodes.literal_block(self.block_text, self.block_text.strip())]
            case _ if name in _CODE:
                shown = self._code(argument)
            case _ if name in _TITLES:
                shown = [self._admonition(name, argument)]
            case _ if _OBJECT.fullmatch(name):
                shown = self._documentation(argument)
            case _ if name in _CONDITIONS:
                shown = self._body()
            case "toctree":
                shown = self._contents()
            case _:
                shown = [*self._line(argument), *self._body()]
        return shown

    def _code(self, argument: str) -> list[nodes.Node]:
        code = "\n".join(self.content)
        caption = self._line(self.options.get("caption", ""))
        return [*caption, nodes.literal_block(code, code)] if code else self._line(argument)

    def _admonition(self, name: str, argument: str) -> nodes.Node:
        """Return one of Sphinx's admonitions; those of versions have the version in their title."""
        title, said = _TITLES[name], argument
        if title.endswith("version") and argument:
            version, *rest = argument.split(maxsplit=1)
            title, said = f"{title} {version}", "".join(rest)
        words, _ = self.state.inline_text(said, self.lineno)
        more = [nodes.paragraph("", "", *words)] if words else []
        return nodes.block_quote("", *self._line(title), *more, *self._body())

    def _line(self, text: str) -> list[nodes.Node]:
        """Return a paragraph of strong words; nothing for no words."""
        return [nodes.paragraph("", "", nodes.strong("", text))] if text.strip() else []

    def _body(self) -> list[nodes.Node]:
        body = nodes.Element()
        self.state.nested_parse(self.content, self.content_offset, body)
        return list(body.children)

    def _contents(self) -> list[nodes.Node]:
        """Return the entries of a table of contents as a list: they are other files."""
        entries = [line.strip() for line in self.content if line.strip()]
        caption = self._line(self.options.get("caption", ""))
        if not entries or "hidden" in self.options:
            return []
        items = [nodes.list_item("", nodes.paragraph("", entry)) for entry in entries]
        return [*caption, nodes.bullet_list("", *items)]

    def _documentation(self, signatures: str) -> list[nodes.Node]:
        terms = [nodes.term("", "", nodes.literal("", line.strip())) for line in signatures.split("\n")]
        body = nodes.definition("", *self._body())
        return [nodes.definition_list("", nodes.definition_list_item("", *terms, body))]


def register_unknown(text: str) -> None:
    """Tell docutils of the directives in a text that it does not know, as it does of each program that uses it."""
    language = get_language("en")
    document = new_document("")
    for name in {found.lower() for found in _DIRECTIVE.findall(text)}:
        if name in _OVERRIDDEN or directives.directive(name, language, document)[0] is None:
            directives.register_directive(name, UnknownDirective)
