"""Detection of texts that are no prose, and shown line by line: source code, data, logs, diffs."""

import re
from pathlib import PurePath
from typing import Final

from pactreader.core.lazy_patterns import lazy_pattern

_SUFFIXES: Final = frozenset(
    """
    .patch .diff .rej
    .csv .tsv .psv .json .jsonl .ndjson .geojson .yaml .yml .toml .ini .cfg .conf .properties .env .xml .xsd .xsl
    .xslt .svg .plist .proto .graphql .gql .log .bib .lrc .ics .vcf .ttl .nt .desktop .service
    .reg .lock .po .pot .css .scss .sass .less
    .py .pyi .pyx .rb .pl .pm .t .php .lua .tcl .r .jl .m .sh .bash .zsh .fish .ksh .csh .bat .cmd .ps1 .psm1 .awk .sed
    .c .h .cc .cpp .cxx .hh .hpp .hxx .cs .java .kt .kts .scala .groovy .gradle .go .rs .swift .d .zig .nim .v .sv .vhd
    .vhdl .js .mjs .cjs .jsx .ts .mts .cts .tsx .vue .svelte .dart .elm .hs .lhs .ml .mli .fs .fsx .fsi .clj .cljs .cljc
    .edn .lisp .lsp .cl .el .scm .ss .rkt .ex .exs .erl .hrl .f .f77 .f90 .f95 .for .pas .pp .ada .adb .ads .asm .s .cob
    .cbl .vb .vbs .bas .sql .prolog .pro .sol .wat .cu .glsl .vert .frag .hlsl .wgsl .coffee .cr .hx .vala .raku .ps
    .mk .mak .cmake .am .ac .m4 .ninja .bazel .bzl .nix .tf .hcl .vim .j2 .tmpl .tpl .erb .ejs .hbs .pug .jinja
    .org .tex .sty .cls .ltx .dtx .latex .texi .texinfo .adoc .asciidoc .typ .pod .wiki .mediawiki .textile
    .roff .man .mdoc
    """.split()  # noqa: SIM905 - a long table reads best without a quote around each of its words
)
"""Suffixes of file names, in lower case, of formats without a reader of their own. Most are GitHub Linguist's:
https://github.com/github-linguist/linguist/blob/main/lib/linguist/languages.yml"""

_NAMES: Final = frozenset(
    """
    makefile gnumakefile bsdmakefile dockerfile containerfile vagrantfile jenkinsfile procfile rakefile gemfile podfile
    brewfile justfile kbuild kconfig sconstruct sconscript cmakelists.txt requirements.txt
    constraints.txt robots.txt codeowners pkgbuild apkbuild go.mod go.sum .gitignore .gitattributes
    .gitmodules .gitconfig .dockerignore .editorconfig .bashrc .bash_profile .bash_aliases .profile .zshrc .vimrc
    .inputrc .npmrc .env .htaccess crontab fstab sshd_config ssh_config
    """.split()  # noqa: SIM905 - a long table reads best without a quote around each of its words
)
"""Names of files, in lower case."""

_SAMPLE: Final = 200
"""The number of lines that are looked at."""
_LONGEST_LINE: Final = 2_000
"""Code points of a line that are looked at."""

_BEGINNING: Final = lazy_pattern(
    r"#!\s*/"  # a script
    r"|<\?(?:xml|php)\b|<!doctype\b|<(?:html|svg)\b"
    r"|\.(?:TH|Dd) |['.]\\\""  # a man page
    r"|\\(?:documentclass|documentstyle)\b|%!PS|#\+(?:title|author|startup|options)[:_]"
    r"|\#\s*include\s*[<\"]|-----BEGIN [A-Z ]+-----\n"
    r"|(?:\#(?: .*)?\n){3}|(?://.*\n){2}|(?:%.*\n){3}|/\*[*!\s]"  # comments; headings do not follow each other so
    r"|commit [0-9a-f]{40}(?: \(.*\))?\n(?:Merge: .*\n)?Author: "
    r"|(?:package|use) [\w.:]+;"
    r"|BEGIN:V(?:CARD|CALENDAR)\n",
    re.IGNORECASE,
)
"""Beginnings of files that belong to one format alone."""

_DIFF_BEGINNING: Final = lazy_pattern(
    r"diff (?:-|--git |--cc |--combined )|Index: \S|Only in \S|--- \S|\*\*\* \S|commit [0-9a-f]{7,64}\b|From [0-9a-f]{40} "
    r"|(?:\d+,)?\d+[acd]\d+(?:,\d+)?\n[<>] "
)
"""The first line of a diff, of a commit with one, or of a patch of git."""
_DIFF_HUNK: Final = lazy_pattern(
    r"^(?:@@@? -\d+(?:,\d+)? .*@@|\*\*\* \d+(?:,\d+)? \*\*\*\*$|(?:\d+,)?\d+[acd]\d+(?:,\d+)?$|Binary files |rename to )",
    re.MULTILINE,
)
"""A line between the changes of a diff: unified, of contexts, normal, or of git."""
_JSON_BEGINNING: Final = lazy_pattern(
    r'\{\s*(?:\}\s*$|"[^"\n]{0,200}"\s*:)|\[\s*(?:\{\s*["}]|\[\s*["\d\[{-]|")'
)
"""The beginning of an object or a list; a number in brackets alone may be a footnote."""
_TIMESTAMPED: Final = lazy_pattern(
    r"[\[(<{]?(?:<\d+>\d? ?)?"
    r"(?:\d{4}[-/.]\d\d[-/.]\d\d[T ,_]+\d{1,2}:\d\d"  # ISO 8601, and as Python, Go and Java log
    r"|\d{1,2}[-/. ](?:\d\d|[A-Z][a-z]{2})[-/. ]\d{2,4}[T ,:]+\d{1,2}:\d\d:\d\d"
    r"|(?:[A-Z][a-z]{2} )?[A-Z][a-z]{2} +\d{1,2} (?:\d{4} )?\d\d:\d\d:\d\d"  # syslog
    r"|\d\d:\d\d:\d\d(?:[.,]\d+)?\b"
    r"|\d\d:\d\d\] ?<"  # a chat
    r"|\d\d-\d\d \d\d:\d\d:\d\d\.\d"  # Android
    r"|[IWEF]\d{4} \d\d:\d\d:\d\d\."  # glog
    r"| *\d{1,9}\.\d{6}\] "  # the kernel
    r"|(?:TRACE|DEBUG|INFO|NOTICE|WARN|WARNING|ERROR|CRITICAL|FATAL)\b[\]:| ])"
    r"|\S{1,64} \S{1,64} \S{1,64} \[\d\d/[A-Z][a-z]{2}/\d{4}:"  # a web server
)
"""The beginning of a line of a log: a time, or how grave a message is."""
_LOG_SHARE: Final = 0.6
"""The share of lines with a time, those set in left out, from which a text is a log. Traces have none.
In a list of changes, there are more lines below a date than dates."""
_FEWEST_LOG_LINES: Final = 2

_DELIMITERS: Final = {",": 3, ";": 3, "\t": 2}
"""Delimiters of columns, with the fewest columns. A line of prose or verse may have a comma in it."""
_FEWEST_ROWS: Final = 3
_LONGEST_CELL: Final = 48
"""The greatest mean length of a cell. Clauses between commas are shorter, but never as many in each line."""

_SECTION: Final = lazy_pattern(r"\[[^\[\]]+\]\s*$|\[\[[^\[\]]+\]\]\s*$")
"""The heading of a section in INI and TOML."""
_SETTING: Final = lazy_pattern(r"[\w.\"'-]+(?: [\w-]+)?\s*[=:]|[#;]|\s|[\]})]")
"""A line below the heading of a section: a name with a value, a comment, or more of a value."""
_YAML: Final = lazy_pattern(r"\s*(?:- +)*(?:[\w./\"'$<{-][^:#]{0,60}:(?: .*)?$|- \S|#|---$|[\]}])")
"""A line of YAML: a key with or without a value, an entry of a list, a comment."""
_YAML_PARENT: Final = lazy_pattern(r"^( *)(?:- )?[\w.\"'-]+:\n\1[ -]+[\w.\"'-]+: ?\S?", re.MULTILINE)
"""A key with further keys below it, which a list of fields in a letter has not."""
_YAML_VALUE: Final = lazy_pattern(r"^ +(?:- )?[\w.-]+: ?\S", re.MULTILINE)
"""A key with a value below another one."""
_FEWEST_VALUES: Final = 2
_ASSIGNMENT: Final = lazy_pattern(r"(?:export )?[A-Za-z_][\w.-]* ?= ?\S*|#")
"""A variable of the environment, or a property, or a comment."""
_MAKE_RULE: Final = lazy_pattern(r"^[^\s:#=][^:#=\n]*::?(?: .*)?\n\t\S", re.MULTILINE)
"""A rule of a makefile with its recipe."""
_MAKE_LINE: Final = lazy_pattern(
    r"[\w.-]+ ?[:+?!]?= ?|[^\s:#=][^:#=]*:|#|-?include |(?:if|else|end)\w*\b|define |export "
)
_VARIABLE: Final = lazy_pattern(r"\$[({@<^*]")
"""The use of a variable of make."""
_SETTINGS_SHARE: Final = 0.9
"""The share of lines that are settings from which a text is a file of them. The others are long values."""
_TAG: Final = lazy_pattern(r"\s*<(?:/?[A-Za-z][\w:.-]*[^<>]*|!--.*)|.*</?[\w:.-]+\s*/?>\s*$")
"""A line that begins or ends with a tag."""

_CODE: Final = lazy_pattern(
    r"\s*(?:"
    r"(?:async def|def|class|struct|enum|interface|trait|impl|func|fn|function|sub|module|namespace|package|fun)"
    r" [\w.$:<>*&~ ]+(?:\s*[({<:;]|$)"
    r"|(?:from [\w.]+ import |import [\w.{}*\"'@/, ]+;?$|use [\w:]+|using [\w.]+|require |include )"
    r"|(?:public|private|protected|static|final|const|let|var|export|extern|template|typedef|val|mut)\b.*[{;=(,]\s*$"
    r"|(?:const|let|var|val|my|our|local) [\w$@%]+ ?[:=] ?\S"
    r"|module [\w.]+.*\bwhere$|import (?:qualified )?[A-Z][\w.]*(?: as \w+)?(?: \(.*\))?$|[\w']+ :: \S|[\w.]+ <- \S"  # Haskell, R
    r"|(?:if|elif|else if|while|for|foreach|switch|match|with|try|catch|except|elsif|unless|until)\b.*[{:;]\s*$"
    r"|(?:if|for|while|switch) ?\(.*|(?:if|elif|for|while|until)\b.*\b(?:do|then)$|(?:fi|done|esac)\b|[^.]*\$[A-Za-z_{(@]"
    r"|\((?:def\w*|set[qf!]?|let[*\w]*|if|cond|lambda|ns|require|use|in-package)\b|.*\)\)$"  # Lisp
    r"|(?:return|raise|throw|yield|await|break|continue|pass|end|fi|done|esac|else:|else|try:|begin)\b[^.]*;?$"
    r"|[\w.$\[\]\"'>*-]+(?: ?[-+*/|&]?=|:=) ?\S.*"  # an assignment
    r"|[\w.$:>-]+\(.*\)?[;{,]?\s*$"  # a call
    r"|[{}()\[\];,]+\s*$|.*[{};]\s*$|.*\)\s*=>.*"
    r"|(?:SELECT|INSERT|UPDATE|DELETE|CREATE|DROP|ALTER|FROM|WHERE|VALUES)\b.*"
    r"|(?:RUN|CMD|COPY|ADD|ENV|ARG|WORKDIR|EXPOSE|ENTRYPOINT) \S"  # a Dockerfile
    r"|@[\w.]+(?:\(.*\))?$|\#(?:include|define|ifdef|ifndef|endif|pragma|if)\b.*"
    r")"
)
"""A line with the marks of source code: a statement, a definition, an assignment, a call, a bracket."""
_COMMENT: Final = lazy_pattern(r"\s*(?:#|//|/\*|\*|--|;;|%|<!--)")
"""A line that is a comment."""
_LONG_COMMENT: Final = lazy_pattern(
    r'"""(?:(?!""").)*"""|/\*(?:(?!/\*|\*/).)*\*/|^=(?:pod|head\d|encoding)\b(?:(?!^=).)*^=cut$',
    re.DOTALL | re.MULTILINE,
)
"""Docstrings, comments of several lines and Perl's documentation, in which prose is no sign against code."""
_CODE_SIGNS: Final = "(){}[]=;<>"
"""Signs that are frequent in source code, and seldom in prose."""
_FEWEST_SIGNS: Final = 0.012
"""The share of these signs below which a text is not looked at more closely: Python's own modules have 0.017 and more."""
_CODE_SHARE: Final = 0.6
"""The share of lines with the marks of source code, blank lines and comments left out, from which a text is code."""
_FEWEST_CODE_LINES: Final = 3
_PROSE: Final = lazy_pattern(r"\s*[^\W\d_][\w'’,-]*(?: [\w'’,()\"“”-]+){5,}[.,:;!?]?\s*$")
"""A line of six words or more without a sign of source code."""
_PROSE_SHARE: Final = 0.1
"""The share of lines that are prose, as in docstrings, up to which a text is code."""
_MARKDOWN_FENCE: Final = lazy_pattern(r"^(?:```|~~~)", re.MULTILINE)


def is_verbatim_name(file_name: str) -> bool:
    """Return whether the name of a file is that of a format that is shown line by line."""
    path = PurePath(file_name.lower())
    name = path.name
    return path.suffix in _SUFFIXES or name in _NAMES or name.startswith(("dockerfile.", "makefile."))


def looks_verbatim(text: str) -> bool:
    """Return whether a text looks like source code, data, a log or a diff.

    Prose and Markdown never do: each look takes signs that prose has not, in most of its lines or at its beginning.

    Args:
        text: The beginning of the text, some ten thousand code points, with Unix line ends.
    """
    text = text.lstrip("\ufeff").lstrip("\n")
    if _BEGINNING.match(text) or _is_diff(text) or _JSON_BEGINNING.match(text):
        return True
    lines = _lines(text)
    return (
        _is_log(lines)
        or _has_columns(lines)
        or _are_settings(text, lines)
        or _is_markup(lines)
        or (_is_code(text) and not _MARKDOWN_FENCE.search(text))
    )


def has_coloured_lines(data: bytes) -> bool:
    """Return whether most lines begin in a colour, as those that programs print for a terminal."""
    written = [line for line in data.split(b"\n", _SAMPLE)[:_SAMPLE] if line.strip()]
    coloured = sum(1 for line in written if line.startswith(b"\x1b["))
    return coloured >= max(_FEWEST_LOG_LINES, _LOG_SHARE * len(written))


def _is_diff(text: str) -> bool:
    return bool(_DIFF_BEGINNING.match(text) and _DIFF_HUNK.search(text))


def _is_log(lines: list[str]) -> bool:
    """Return whether most lines begin with a time, with few blank ones between them."""
    written = [line for line in lines if line.strip()]
    timed = sum(1 for line in written if _TIMESTAMPED.match(line))
    set_in = sum(1 for line in written if line[0].isspace() and not _TIMESTAMPED.match(line))
    is_dense = len(written) > 0.8 * len(lines) - 1
    return (
        is_dense and timed >= _FEWEST_LOG_LINES and timed >= max(set_in, _LOG_SHARE * (len(written) - set_in))
    )


def _has_columns(lines: list[str]) -> bool:
    """Return whether all rows have the same number of columns. A cell in quotes may have several lines."""
    rows = [line for line in lines[: _SAMPLE - 1] if line.strip()]
    if len(rows) < _FEWEST_ROWS or len(rows) < len(lines[: _SAMPLE - 1]) - 1:
        return False
    return any(_are_rows(rows, delimiter, fewest) for delimiter, fewest in _DELIMITERS.items())


def _are_rows(rows: list[str], delimiter: str, fewest: int) -> bool:
    if delimiter not in rows[0] or delimiter not in rows[1]:
        return False
    import csv  # seldom needed

    try:
        cells = list(csv.reader([f"{row}\n" for row in rows], delimiter=delimiter))
    except csv.Error:
        return False
    if len(rows) == _SAMPLE - 1:
        cells.pop()  # its last cell may go on below
    count = len(cells[0])
    if count < fewest or any(len(row) != count for row in cells) or len(cells) < _FEWEST_ROWS:
        return False
    found = [cell for row in cells for cell in row]
    is_short = sum(map(len, found)) <= _LONGEST_CELL * len(found)
    spaced = sum(1 for row in cells for cell in row[1:] if cell.startswith(" "))
    return is_short and (delimiter == "\t" or spaced * 2 <= len(found))


def _are_settings(text: str, lines: list[str]) -> bool:
    """Return whether lines are settings: in sections as in INI and TOML, variables, rules of make, or YAML."""
    written = [line for line in lines if line.strip()]
    first = next((line for line in written if line[0] not in "#;"), "")
    if _SECTION.match(first):
        settings = sum(1 for line in written if _SECTION.match(line) or _SETTING.match(line))
        return any("=" in line for line in written) and settings >= _SETTINGS_SHARE * len(written)
    if all(_ASSIGNMENT.match(line) for line in written) and len(written) > 1 and first:
        return True
    if _VARIABLE.search(text) and _MAKE_RULE.search(text):
        flush = [line for line in written if not line[0].isspace()]
        return sum(1 for line in flush if _MAKE_LINE.match(line)) >= _SETTINGS_SHARE * len(flush)
    if not _YAML.match(first) or not _YAML_PARENT.search(text):
        return False
    settings = sum(1 for line in written if _YAML.match(line))
    values = _YAML_VALUE.findall(text)
    return len(values) >= _FEWEST_VALUES and settings >= _SETTINGS_SHARE * len(written)


def _is_markup(lines: list[str]) -> bool:
    """Return whether nearly all lines are elements of XML or HTML."""
    written = [line for line in lines if line.strip()]
    tags = sum(1 for line in written if _TAG.match(line))
    return tags >= max(_FEWEST_ROWS, _SETTINGS_SHARE * len(written)) and written[0].lstrip()[0] == "<"


def _lines(text: str) -> list[str]:
    return [line[:_LONGEST_LINE] for line in text.split("\n", _SAMPLE)[:_SAMPLE]]


def _is_code(text: str) -> bool:
    """Return whether most lines have the marks of source code, and few are prose."""
    if sum(map(text.count, _CODE_SIGNS)) < _FEWEST_SIGNS * len(text):
        return False
    lines = _lines(_LONG_COMMENT.sub("", text))
    statements = [line for line in lines if line.strip() and not _COMMENT.match(line)]
    if len(statements) < _FEWEST_CODE_LINES:
        return False
    code = sum(1 for line in statements if _CODE.match(line))
    prose = sum(1 for line in statements if _PROSE.match(line) and not _CODE.match(line))
    return code >= _CODE_SHARE * len(statements) and prose <= _PROSE_SHARE * len(statements)
