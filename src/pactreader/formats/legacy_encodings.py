"""Which encoding a text that is not UTF-8 is in, as far as its characters tell."""

from typing import Final, NamedTuple

_HANGUL: Final = "이다는에을의를가고한하은로지도서사기어대자아리그시나인해일정라수제보스과들만게부있장전조여동것구으성주상국러오거"
_KANA: Final = "".join(map(chr, range(0x3041, 0x30FF)))
_HAN: Final = (
    "的一是不了在人有我他这中大来上国个到说们为子和你地出道也时年得就那要下以生会自着去之过家学对可里后小么心多天而能好都"
    "然没于起还发成事只作当想看文无开手用主行方又如前所本见经面公同已从动两长知民现分将外但与高意进法此实回理点其全向部正"
    "這來國個說們為時會著過學對裡後麼還發當無開見經從動兩長現將與進實點間問機關東體電話業書"
)


class _Encoding(NamedTuple):
    """An encoding, and the characters of which any text in it is full."""

    codec: str
    name: str
    common: frozenset[str]


_EAST_ASIAN: Final = (
    _Encoding("cp949", "EUC-KR", frozenset(_HANGUL)),
    _Encoding("cp932", "Shift JIS", frozenset(_KANA)),
    _Encoding("euc_jp", "EUC-JP", frozenset(_KANA)),
    _Encoding("gb18030", "GB 18030", frozenset(_HAN)),
    _Encoding("big5", "Big5", frozenset(_HAN)),
)
_WESTERN: Final = _Encoding("cp1252", "Windows-1252", frozenset())

_COMMON: Final = 0.2
"""The share of such characters, among those beyond ASCII, from which a text is taken to be in an encoding: in the
right one it is a half, in a wrong one next to nothing."""
_DAMAGED: Final = 0.5
"""The share of what is no UTF-8, among the characters beyond ASCII, up to which a text is damaged UTF-8."""
_MOST_ACCENTS: Final = 0.4
"""The share of a Western text's letters, at most, that ASCII lacks. In French it is a twentieth."""


class DecodedBytes(NamedTuple):
    """A text, and what its encoding is called."""

    text: str
    encoding: str


def read_as(data: bytes, as_utf8: str) -> DecodedBytes | None:
    """A text in the encoding that it is likely to be in; `None` if that is UTF-8, or none that is known.

    Args:
        data: What is not all UTF-8.
        as_utf8: The same as UTF-8, with replacement characters.
    """
    if as_utf8.count("\ufffd") <= _DAMAGED * _beyond_ascii(as_utf8):
        return None
    best, found = _COMMON, None
    for encoding in _EAST_ASIAN:
        text = _strictly(data, encoding)
        share = _share(text, encoding.common)
        if share > best:
            best, found = share, DecodedBytes(text, encoding.name)
    return found or _western(data)


def _western(data: bytes) -> DecodedBytes | None:
    """A text with accents here and there."""
    text = _strictly(data, _WESTERN)
    letters = "".join(filter(str.isalpha, text))
    if not text or _beyond_ascii(letters) > _MOST_ACCENTS * len(letters):
        return None
    return DecodedBytes(text, _WESTERN.name)


def _strictly(data: bytes, encoding: _Encoding) -> str:
    """A text in this encoding; empty if it cannot be in it."""
    try:
        return data.decode(encoding.codec)
    except UnicodeDecodeError:
        return ""


def _share(text: str, common: frozenset[str]) -> float:
    """How much of the text that is not ASCII these characters are."""
    return sum(map(common.__contains__, text)) / max(1, _beyond_ascii(text))


def _beyond_ascii(text: str) -> int:
    return len(text) - len(text.encode("ascii", "ignore"))
