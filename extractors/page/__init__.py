"""The page: bytes to clean article text, its furniture set aside and listed.

What happens to a page, in this order (article.py is the story in code):

1.  opened        bytes to characters to a tree (decode, characters, tree); what is lost on the way is counted
2.  metadata      what the page says about its article: title, dates, authors, address
3.  aside         elements that are furniture are emptied, their words kept: by their names (blocks), by their links
                  (inline), by what stands in them (signs); captions are taken apart from their credits (captions)
4.  mend          markup in which the extractor would lose or part words
5.  body          trafilatura finds the article's paragraphs, and `recover` puts back what it left behind: the deck, and
                  paragraphs beside those it took. `leaves` are the blocks of the page that all of them are traced to
6.  cut           headline and paragraphs become one text, and the furniture among its lines is cut out (furniture: one
                  line by its rules, runs: several lines together). What is said around the article and never came into
                  the text is looked through in the same way (leftover)
7.  listing       each thing that was taken and each labelled part (regions) gets its place in the decoded page (stream:
                  its visible characters, locate: where a text stands among them)
8.  classify      whether it is an article at all, and in what language; if not, why
9.  tell          what the page says about the article, each value with the place that says it

A text that was given has no elements: only 6 looks at it, and nothing is cut out. On demand, byte_map leads from
characters of the page to bytes of the capture.

Rules are data: furniture.yml (lines), blocks.yml (names of elements), regions.yml, kinds.yml (pages that are none).
Nothing of an article may go: a rule asks for the words of furniture and for its place or form as well.
"""

from dateline.extractors.page.article import read_page, read_text

__all__ = ["read_page", "read_text"]
