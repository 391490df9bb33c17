"""spaCy's English tokenizer, with the dashes of news and a bound on its worst case.

Measured: the stock tokenizer peels punctuation off a run one character at a time and is quadratic on it (10 kB of
"!" take 11 s; of "’s" 7 s). Stretches without white space longer than LONGEST_CHUNK are split by one regular
expression instead; no word of any language we read comes near that length.
"""

import re
from typing import Any

import spacy
from spacy.lang.tokenizer_exceptions import emoticons
from spacy.language import Language
from spacy.tokenizer import Tokenizer
from spacy.tokens import Doc
from spacy.util import compile_infix_regex, compile_prefix_regex, compile_suffix_regex, registry

LONGEST_CHUNK = 200

_PUNCTUATION_RUN = r"[^\w\s]{12,}"
_INFIXES = [
    r"(?<=[0-9])[-–—−‑](?=[0-9])",  # "10–16" is three tokens, as "10-16" is
    r"(?<=[A-Za-z])[–—](?=[A-Za-z0-9])",  # "30 May–2 June"
    r"(?<=[A-Za-z])/(?=[A-Za-z])",
    r"(?<=[A-Za-z,.])\[(?=[0-9])|(?<=[A-Za-z]),(?=\[)",  # a reference mark: "Mosul,[1]"
    r"(?<=[A-Za-z])\((?=[A-Za-z])",  # "a policeman(Karim Shah)": the space before the bracket is often lost
    r"(?<=\))\.(?=[A-Z])",  # and the one after a full stop
]
_NO_EXCEPTIONS = frozenset(emoticons) | {"Wed"}
_LONG_CHUNK = re.compile(rf"\S{{{LONGEST_CHUNK + 1},}}")
_PIECE = re.compile(r"\w{1,60}|[^\w\s]{1,60}")


class BoundedTokenizer:
    """Text in, spaCy Doc out, in time linear in the text; `doc.text == text`."""

    def __init__(self, tokenizer: Any) -> None:
        self._tokenizer = tokenizer
        self._met: set[str] = set()
        self.vocab = tokenizer.vocab

    def __call__(self, text: str) -> Doc:
        if not _LONG_CHUNK.search(text):
            self._meet(text)
            plain: Doc = self._tokenizer(text)
            return plain
        words: list[str] = []
        spaces: list[bool] = []
        done = 0
        for chunk in _LONG_CHUNK.finditer(text):
            self._add_plain(text[done : chunk.start()], words, spaces)
            pieces = _PIECE.findall(chunk.group())
            words.extend(pieces)
            spaces.extend(False for _ in pieces)
            done = chunk.end()
        self._add_plain(text[done:], words, spaces)
        return Doc(self.vocab, words=words, spaces=spaces)

    def _meet(self, text: str) -> None:
        """Have each new word of a text parted once, alone. spaCy remembers how it parted a word, but of a text only as
        far as its first exception ("Mr.", "don't"), so that it parted most words again in every text."""
        for word in set(text.split()) - self._met:
            self._tokenizer(word)
            self._met.add(word)

    def _add_plain(self, text: str, words: list[str], spaces: list[bool]) -> None:
        if text.startswith(" ") and words:
            spaces[-1] = True
            text = text[1:]
        for token in self._tokenizer(text):
            words.append(token.text)
            spaces.append(bool(token.whitespace_))

    def to_bytes(self, **_: object) -> bytes:
        """spaCy asks every tokenizer for this; ours has nothing to save."""
        return b""

    def from_bytes(self, _data: bytes, **_kwargs: object) -> "BoundedTokenizer":
        """The counterpart of `to_bytes`."""
        return self


def _tokenizer(nlp: Language) -> BoundedTokenizer:
    """spaCy's tokenizer made once, with all our changes: each change to a finished one reloads its 1,300 exceptions."""
    defaults = nlp.Defaults
    stock = Tokenizer(
        nlp.vocab,
        # "(Sept. 8)" holds no face, and "Wed 13 Feb" no "we would".
        rules={word: parts for word, parts in defaults.tokenizer_exceptions.items() if word not in _NO_EXCEPTIONS},
        prefix_search=compile_prefix_regex([_PUNCTUATION_RUN, *(defaults.prefixes or [])]).search,
        suffix_search=compile_suffix_regex(defaults.suffixes or []).search,
        infix_finditer=compile_infix_regex([*_INFIXES, *(defaults.infixes or [])]).finditer,
        # No `url_match`: it is quadratic on "http://http://…", and a URL is nothing that a field reads.
    )
    return BoundedTokenizer(stock)


registry.tokenizers("dateline.tokenizer.v1", func=lambda: _tokenizer)


def blank_english() -> Language:
    """An empty English pipeline with our tokenizer."""
    return spacy.blank("en", config={"nlp": {"tokenizer": {"@tokenizers": "dateline.tokenizer.v1"}}})
