"""From the article of a dictionary to the few short expressions that translate its head.

Dictionaries mark examples, idioms, parts of speech and pronunciation in a few usual ways; whatever is long is
an explanation. The first meanings are the most usual.
"""

import html
import re
import unicodedata
from collections.abc import Iterator

from search.bridge.entries import MAX_WORDS, Entry

MAX_GLOSSES = 6
"""Translations of one head that are taken."""
MAX_GLOSS_WORDS = 6
"""Words of a translation; more explain."""
STEP = 0.12
"""How much less each further translation weighs."""
FIRST = 0.8
"""The weight of the first one: somebody chose the entries of the project one by one."""
LEAST = 0.1

_TAG = re.compile(r"<(/?)(\w++)[^<>]*+>")
_LINES = frozenset({"br", "p", "div", "li", "tr", "blockquote", "def", "dtrn", "k"})
_EXAMPLE = re.compile(r"\s*(?:[=!@#+*/~◊♦•]|ex\.|vd\b|ví dụ|exemple|e\.g\.)", re.IGNORECASE)
_ASIDE = re.compile(r"\([^()]*\)|\[[^\[\]]*\]|\{[^{}]*\}|/[^/\n]{1,60}/")
_NUMBER = re.compile(r"^\s*(?:(?:\d+|[IVX]+|[a-z])[.)]|[-–—•·+>]+)\s*")
_PART_OF_SPEECH = re.compile(
    r"^(?:(?:n|v|vt|vi|vtr|adj|adv|prep|conj|interj|pron|loc|nm|nf|sm|sf|pl|m|f|dt|đgt?|tt|tht?|pht|tr|qtr|np|vp)\.\s*)+"
    r"|^(?:danh từ|động từ|nội động từ|ngoại động từ|tự động từ|tính từ|phó từ|giới từ|liên từ|đại từ|thán từ"
    r"|số từ|giống cái|giống đực|nom|verbe|adjectif|adverbe|masculin|féminin|pluriel)\b[\s,.:]*",
    re.IGNORECASE,
)
_SEPARATOR = re.compile("[;,/|]")
_SENTENCE = re.compile(r"[.!?:…](?:\s|$)")


def entries(head: str, article: str, domain: str, *, from_french: bool) -> Iterator[Entry]:
    """The entries of an article, the most usual translation first; none where the head is no expression."""
    head = _tidy(head)
    if not any(map(str.isalpha, head)) or len(head.split()) > MAX_WORDS:
        return
    for place, gloss in enumerate(glosses(head, article)):
        weight = round(max(FIRST - STEP * place, LEAST), 2)
        yield Entry(*((head, gloss) if from_french else (gloss, head)), weight, domain)


def glosses(head: str, article: str) -> list[str]:
    """The translations in an article, in its order, each once."""
    found: dict[str, None] = {}
    for line in _plain(article).splitlines():
        if _EXAMPLE.match(line) or line.strip() == head:
            continue
        line = _ASIDE.sub(" ", line)
        while (bare := _PART_OF_SPEECH.sub("", _NUMBER.sub("", line.strip()))) != line:
            line = bare
        for piece in _SEPARATOR.split(_SENTENCE.split(line, maxsplit=1)[0]):
            gloss = _tidy(_NUMBER.sub("", piece))
            if gloss and gloss != head and any(map(str.isalpha, gloss)) and _is_short(gloss):
                found[gloss] = None
            if len(found) == MAX_GLOSSES:
                return list(found)
    return list(found)


def _is_short(gloss: str) -> bool:
    return len(gloss.split()) <= MAX_GLOSS_WORDS


def _tidy(text: str) -> str:
    return " ".join(unicodedata.normalize("NFC", text).split()).strip(' .;,:-–—"“”«»')


def _plain(article: str) -> str:
    """An article without its markup; what stands in a line or a cell of its own stays one."""
    if "<" not in article:
        return article
    spaced = _TAG.sub(lambda tag: "\n" if tag[2].lower() in _LINES else "", article)
    return html.unescape(spaced)
