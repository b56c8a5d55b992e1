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
    return (
        Row(
            (pgettext("query", "quyen con nguoi"),),
            gettext(
                "words, with or without accents: documents that have all of them, then those with the words "
                "that matter most"
            ),
        ),
        Row(
            (pgettext("query", "quyền"),),
            gettext(
                "the accents that you type are honoured: `quyền` comes first, then `quyen`, "
                "other accents last"
            ),
        ),
        Row(
            (pgettext("query", "“quyền con người”"),),
            gettext("words side by side, with exactly the accents typed; « … » will do as well"),
        ),
        Row(
            (pgettext("query", "“quyền người”~3"),),
            gettext("words close to each other, with at most three others in between"),
        ),
        Row((pgettext("query", "bán -bạn"),), gettext("not with this word")),
        Row((pgettext("query", "+bán hàng"),), gettext("only with this word")),
        Row((pgettext("query", "bán OR mua"),), gettext("one or the other; also `HOẶC`, `OU`, `|`")),
        Row(
            (pgettext("query", "bán AND hàng"), pgettext("query", "bán NOT mua")),
            gettext("both, or the first without the second; also `VÀ`, `ET`, `&` and `KHÔNG`, `SAUF`"),
        ),
        Row((pgettext("query", "quyề*"),), gettext("words that begin like this")),
        Row((pgettext("query", "title:đường"),), gettext("words of the title; also `titre:`, `tựa:`")),
        Row(
            (pgettext("query", "chợ lang:fr"),),
            gettext(
                "documents in that language: %(codes)s or `other`; also `langue:`, `ngữ:`",
                codes=", ".join(f"`{code}`" for code in language_codes()),
            ),
        ),
        Row(
            (pgettext("query", "chợ source:“Bản tin Sông Hồng”"),),
            gettext("documents from that source; also `nguồn:`"),
        ),
        Row(
            (pgettext("query", "marché date:2023"), pgettext("query", "marché date:2023-05..2024")),
            gettext("documents from that time, both ends included; also `ngày:`"),
        ),
        Row(
            (pgettext("query", "45/2023/QĐ-UBND"), pgettext("query", "L. 312-4")),
            gettext("a number, a date, an address: as written first, then its parts"),
        ),
    )


def sections() -> tuple[Section, ...]:
    """What is told below the table."""
    return (
        Section(
            gettext("Telex and VNI"),
            gettext(
                "Vietnamese typed in Telex or VNI without an input method is recognised when "
                "nothing is found: the page then offers the accented query. It never changes by itself "
                "what you typed."
            ),
            ("quyeenf con nguwowif", "quye62n con ngu7o7i2"),
        ),
        Section(
            gettext("Typing errors"),
            gettext("When a word is in no document, the page offers the most similar one that is."),
            (pgettext("query", "marhcé"), pgettext("query", "chợ đêmm")),
        ),
        Section(
            gettext("No query is an error"),
            gettext(
                "What cannot be understood is ignored, and the page says so. In a query that is all "
                "in capitals, `AND`, `OR` and `NOT` are ordinary words."
            ),
            (pgettext("query", "QUYỀN VÀ NGHĨA VỤ"),),
        ),
    )
