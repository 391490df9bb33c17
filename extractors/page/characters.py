"""Characters as a reader sees them, by one stated rule, so that a figure reads as it is shown.

- What shows nothing is dropped: soft hyphens, zero-width characters and joiners, direction marks, variation selectors
  (all that Unicode calls Default_Ignorable_Code_Point, UAX #44), and NULs and other controls, which
  `tree.clean_characters` makes zero-width spaces. A soft hyphen in 140 leaves 140.
- What stands under a right-to-left override (U+202E, or `<bdo dir="rtl">`) is shown backwards: 041 under it is 140.
- Wide and bold forms of digits are the digits that they show: １４ is 14. Those of other scripts stay as they are: a
  Bengali four looks like an 8, so nothing reads a number from them. Letters stay as they are written.
- C1 controls are what browsers show for them (Windows-1252).
- Spaces of every kind are one space. A thin one that parts the thousands of a number is none, since nothing else tells
  1 400 from two numbers side by side (`tree.settle_characters`).
- Raised marks of notes are taken off the words they hang on, and listed as furniture (notes.py): `14<sup>2</sup>
  people` is 14 people.

What was dropped and turned is counted in the record's page facts.
"""

import re
from unicodedata import normalize

_IGNORABLE = (  # Default_Ignorable_Code_Point of Unicode 15.1, first and last
    *((0x00AD, 0x00AD), (0x034F, 0x034F), (0x061C, 0x061C), (0x115F, 0x1160), (0x17B4, 0x17B5), (0x180B, 0x180F)),
    *((0x200B, 0x200F), (0x202A, 0x202E), (0x2060, 0x206F), (0x3164, 0x3164), (0xFE00, 0xFE0F), (0xFEFF, 0xFEFF)),
    *((0xFFA0, 0xFFA0), (0xFFF0, 0xFFF8), (0x1BCA0, 0x1BCA3), (0x1D173, 0x1D17A), (0xE0000, 0xE0FFF)),
)
_STYLED = ((0xFF10, 0xFF19), (0x1D7CE, 0x1D7FF))  # full-width digits, and the mathematical ones that stand for bold
_C1 = (0x80, 0x9F)


def _set_of(ranges: tuple[tuple[int, int], ...]) -> str:
    return "".join(f"\\U{first:08x}-\\U{last:08x}" for first, last in ranges)


_SHOWN = {
    **{code: bytes([code]).decode("cp1252", "replace") for code in range(_C1[0], _C1[1] + 1)},
    **{code: normalize("NFKC", chr(code)) for first, last in _STYLED for code in range(first, last + 1)},
}
_UNSEEN = re.compile(f"[{_set_of(_IGNORABLE)}]")
_ODD = re.compile(f"[{_set_of((_C1, *_IGNORABLE, *_STYLED))}]")
_OVERRIDE = re.compile("\u202e([^\u202c\u202a\u202b\u202d\u202e\n]*)\u202c?")


def shown(text: str) -> str:
    """`text` as it is shown, its white space folded to single spaces."""
    return " ".join((text if text.isascii() else _seen(text)).split())


def squeezed(text: str) -> str:
    """`text` as it is shown, without white space: what two readings of one page have in common."""
    return "".join((text if text.isascii() else _seen(text)).split())


def unseen(text: str) -> int:
    """How many characters of `text` show nothing and are dropped."""
    return 0 if text.isascii() else len(_UNSEEN.findall(text))


def turned(text: str) -> int:
    """How many characters of `text` stand under a right-to-left override."""
    return 0 if text.isascii() else sum(len(found[1]) for found in _OVERRIDE.finditer(text))


def _seen(text: str) -> str:
    if not _ODD.search(text):
        return text
    text = _OVERRIDE.sub(lambda found: found[1][::-1], text)
    return _UNSEEN.sub("", text).translate(_SHOWN)
