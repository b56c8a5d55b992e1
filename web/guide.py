"""The query language on one page, in the language of the interface. The same content as the README's."""

import re
from dataclasses import dataclass

from flask_babel import gettext, pgettext
from markupsafe import Markup, escape

from search import language_codes


@dataclass(frozen=True, slots=True)
class Row:
    """Queries that show one thing that can be typed, and what it does. `Backticks` hold code."""

    examples: tuple[str, ...]
    text: str


@dataclass(frozen=True, slots=True)
class Section:
    """What is told outside the table, with queries that show it."""

    title: str
    text: str
    examples: tuple[str, ...]


def with_code(text: str) -> Markup:
    """A text of the guide with what stands between backticks as code."""
    return Markup(re.sub("`([^`]+)`", r'<code lang="">\1</code>', str(escape(text))))  # noqa: S704 - escaped


def rows() -> tuple[Row, ...]:
    """The table: what can be typed."""
    return (*_words(), *_fields())


def _words() -> tuple[Row, ...]:
    return (
        Row(
            (pgettext("query", "quyen con nguoi"),),
            gettext(
                "words, with or without accents: first the documents that contain all of them, "
                "then those that contain the most important ones"
            ),
        ),
        Row(
            (pgettext("query", "quyền"),),
            gettext("the accents that you type count: `quyền` comes first, then `quyen`, then other accents"),
        ),
        Row(
            (pgettext("query", "“quyền con người”"),),
            gettext("words side by side, with exactly the accents that you type; « … » also works"),
        ),
        Row(
            (pgettext("query", "“quyền người”~3"),),
            gettext("words close to each other, with at most three other words in between"),
        ),
        Row((pgettext("query", "bán -bạn"),), gettext("documents without this word")),
        Row((pgettext("query", "+bán hàng"),), gettext("only documents with this word")),
        Row((pgettext("query", "bán OR mua"),), gettext("one or the other; also `HOẶC`, `OU`, `|`")),
        Row(
            (pgettext("query", "bán AND hàng"), pgettext("query", "bán NOT mua")),
            gettext("both, or the first without the second; also `VÀ`, `ET`, `&` and `KHÔNG`, `SAUF`"),
        ),
        Row(
            (pgettext("query", "quyề*"), pgettext("query", "*tion")),
            gettext("words that begin, end or go on like this"),
        ),
        Row(
            (pgettext("query", "45/2023/QĐ-UBND"), pgettext("query", "L. 312-4")),
            gettext("a number, a date or an address: first exactly as typed, then its parts"),
        ),
    )


def _fields() -> tuple[Row, ...]:
    return (
        Row(
            (pgettext("query", "title:đường"),),
            gettext("words in the title; also `titre:`, `tiêu đề:`, `tựa:`"),
        ),
        Row(
            (pgettext("query", "chợ lang:fr"),),
            gettext(
                "documents in this language: %(codes)s or `other`, or its name; also `langue:`, `ngôn ngữ:`",
                codes=", ".join(f"`{code}`" for code in language_codes()),
            ),
        ),
        Row(
            (pgettext("query", "chợ source:“Bản tin Sông Hồng”"),),
            gettext("documents from this source; also `nguồn:`"),
        ),
        Row(
            (pgettext("query", "marché date:2023"), pgettext("query", "marché date:5/2023..2024")),
            gettext(
                "documents from this period, both ends included; also `ngày:`. "
                "The day comes first: `date:15/6/2023`"
            ),
        ),
        Row(
            (pgettext("query", "chợ -lang:fr"), pgettext("query", "marché date:2021 OR date:2023")),
            gettext("documents that are not in this language; documents from one or the other period"),
        ),
        Row(
            (pgettext("query", "hanoi"), pgettext("query", "15/6/2023")),
            gettext(
                "what is written in another way is found too: `Hà Nội` for `hanoi`, `e-mail` for `email`, "
                "`U.S.A.` for `USA`, `10 000` for `10000`, `15 juin 2023` for `15/6/2023`"
            ),
        ),
    )


def sections() -> tuple[Section, ...]:
    """What is told below the table."""
    return (
        Section(
            gettext("Telex and VNI"),
            gettext(
                "If you type Vietnamese in Telex or VNI without an input method, the page searches for what "
                "you meant. It says so, and offers a search for exactly what you typed."
            ),
            ("quyeenf con nguwowif", "quye62n con ngu7o7i2"),
        ),
        Section(
            gettext("Typing errors"),
            gettext(
                "When no document contains a word, the page searches for the most similar word in the index "
                "instead. It says so, and offers a search for exactly what you typed. The last word may also "
                "be unfinished."
            ),
            (pgettext("query", "marhcé"), pgettext("query", "chợ đêmm")),
        ),
        Section(
            gettext("Any query is accepted"),
            gettext(
                "The page ignores what it cannot understand, and says so. In a query typed entirely "
                "in capitals, `AND`, `OR` and `NOT` are ordinary words; `VÀ`, `ET`, `KHÔNG` and the like "
                "are operators only in short queries without other capitals."
            ),
            (pgettext("query", "QUYỀN VÀ NGHĨA VỤ"),),
        ),
    )
