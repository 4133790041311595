"""Detection of the legacy encoding of a text by the frequency of common characters."""

from typing import Final, NamedTuple

_HANGUL: Final = "이다는에을의를가고한하은로지도서사기어대자아리그시나인해일정라수제보스과들만게부있장전조여동것구으성주상국러오거"
_KANA: Final = "".join(map(chr, range(0x3041, 0x30FF)))
_HAN: Final = (
    "的一是不了在人有我他这中大来上国个到说们为子和你地出道也时年得就那要下以生会自着去之过家学对可里后小么心多天而能好都"
    "然没于起还发成事只作当想看文无开手用主行方又如前所本见经面公同已从动两长知民现分将外但与高意进法此实回理点其全向部正"
    "這來國個說們為時會著過學對裡後麼還發當無開見經從動兩長現將與進實點間問機關東體電話業書"
)


class _Encoding(NamedTuple):
    """An encoding and its most common characters."""

    codec: str
    """Its name in Python."""
    name: str
    """Its name for the user."""
    common: frozenset[str]


_EAST_ASIAN: Final = (
    _Encoding("cp949", "EUC-KR", frozenset(_HANGUL)),
    _Encoding("cp932", "Shift JIS", frozenset(_KANA)),
    _Encoding("euc_jp", "EUC-JP", frozenset(_KANA)),
    _Encoding("gb18030", "GB 18030", frozenset(_HAN)),
    _Encoding("big5", "Big5", frozenset(_HAN)),
)
_WESTERN: Final = _Encoding("cp1252", "Windows-1252", frozenset())

_MIN_COMMON: Final = 0.2
"""The least share of common characters, of those other than ASCII, for a text to be in an encoding. It is about 0.5 in
the right encoding and near 0 in a wrong one."""
_MAX_DAMAGE: Final = 0.5
"""The share of invalid characters, of those other than ASCII, up to which a text is taken for damaged UTF-8."""
_MAX_ACCENTS: Final = 0.4
"""The greatest share of letters other than ASCII in a Western text. In French it is 0.05."""


class LegacyText(NamedTuple):
    """A decoded text and the name of its encoding."""

    text: str
    encoding: str


def decode_legacy(data: bytes, as_utf8: str) -> LegacyText | None:
    """Decode a text from its most likely encoding; `None` if that is UTF-8 or an unknown one.

    Args:
        data: The text's bytes, which are not valid UTF-8.
        as_utf8: The text decoded as UTF-8, with replacement characters.
    """
    if as_utf8.count("\ufffd") <= _MAX_DAMAGE * _beyond_ascii(as_utf8):
        return None
    best, found = _MIN_COMMON, None
    for encoding in _EAST_ASIAN:
        text = _decode_strict(data, encoding)
        share = _common_share(text, encoding.common)
        if share > best:
            best, found = share, LegacyText(text, encoding.name)
    return found or _decode_western(data)


def _decode_western(data: bytes) -> LegacyText | None:
    """Decode a text as Windows-1252; `None` if it then has more accented letters than Western languages have."""
    text = _decode_strict(data, _WESTERN)
    letters = "".join(filter(str.isalpha, text))
    if not text or _beyond_ascii(letters) > _MAX_ACCENTS * len(letters):
        return None
    return LegacyText(text, _WESTERN.name)


def _decode_strict(data: bytes, encoding: _Encoding) -> str:
    """Decode a text; return an empty one if it is not valid in the encoding."""
    try:
        return data.decode(encoding.codec)
    except UnicodeDecodeError:
        return ""


def _common_share(text: str, common: frozenset[str]) -> float:
    """Return the share of common characters, of those other than ASCII."""
    return sum(map(common.__contains__, text)) / max(1, _beyond_ascii(text))


def _beyond_ascii(text: str) -> int:
    """Return the count of characters that are not ASCII."""
    return len(text) - len(text.encode("ascii", "ignore"))
