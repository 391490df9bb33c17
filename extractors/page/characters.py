"""Characters as a reader sees them, by one stated rule.

Soft hyphens, zero-width and direction marks show nothing and are dropped; C1 controls are what browsers show for them
(Windows-1252); what stands under a right-to-left override is shown backwards, so 041 under it reads 140.
"""

import re

_C1 = {code: bytes([code]).decode("cp1252", "replace") for code in range(0x80, 0xA0)}
_UNSEEN = dict.fromkeys(
    (0x00AD, 0x200B, 0x200E, 0x200F, 0x061C, 0x2060, 0xFEFF, *range(0x202A, 0x202F), *range(0x2066, 0x206A)), None
)
# Joiners show nothing between Latin letters and digits, but shape Arabic, Indic scripts and emoji.
_JOINER = re.compile("(?<=[0-9A-Za-z])[\u200c\u200d]+(?=[0-9A-Za-z])")
_OVERRIDE = re.compile("\u202e([^\u202c\u202a\u202b\u202d\u202e\n]*)\u202c?")
_ODD = re.compile("[\u0080-\u009f\u00ad\u061c\u200b-\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]")


def shown(text: str) -> str:
    """`text` as it is shown, its white space folded to single spaces."""
    if not text.isascii() and _ODD.search(text):
        text = _OVERRIDE.sub(lambda found: found[1][::-1], text)
        text = _JOINER.sub("", text).translate(_C1).translate(_UNSEEN)
    return " ".join(text.split())


def squeezed(text: str) -> str:
    """`text` as it is shown, without white space: what two readings of one page have in common."""
    if not text.isascii() and _ODD.search(text):
        text = _OVERRIDE.sub(lambda found: found[1][::-1], text)
        text = _JOINER.sub("", text).translate(_C1).translate(_UNSEEN)
    return "".join(text.split())
