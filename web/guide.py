"""The query language on one page, in Vietnamese, French and English. The same content as the README's."""

import re
from dataclasses import dataclass

from markupsafe import Markup, escape


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


@dataclass(frozen=True, slots=True)
class Guide:
    """The help page in one language."""

    lead: str
    caption: str
    typed: str
    meaning: str
    rows: tuple[Row, ...]
    sections: tuple[Section, ...]


def with_code(text: str) -> Markup:
    """A text of the guide with what stands between backticks as code."""
    return Markup(re.sub("`([^`]+)`", r'<code lang="">\1</code>', str(escape(text))))  # noqa: S704 - escaped


VIETNAMESE = Guide(
    lead="Gõ vài từ là đủ, có dấu hay không dấu đều được. Những cách dưới đây giúp tìm sát ý hơn.",
    caption="Những gì có thể gõ",
    typed="Gõ",
    meaning="Để tìm",
    rows=(
        Row(
            ("quyen con nguoi",),
            "các từ, có dấu hoặc không dấu: trước hết là văn bản có đủ các từ, "
            "rồi đến văn bản có những từ quan trọng nhất",
        ),
        Row(
            ("quyền",),
            "đúng dấu đã gõ: `quyền` đứng đầu, rồi đến `quyen` không dấu, sau cùng mới đến dấu khác",
        ),
        Row(
            ('"quyền con người"',),
            "các từ đứng liền nhau, đúng những dấu đã gõ; dùng “…” hay « … » cũng được",
        ),
        Row(('"quyền người"~3',), "các từ đứng gần nhau, cách nhau nhiều nhất ba từ"),
        Row(("bán -bạn",), "không có từ này"),
        Row(("+bán hàng",), "nhất thiết phải có từ này"),
        Row(("bán HOẶC mua",), "có từ này hoặc từ kia; cũng có thể gõ `OR`, `OU`, `|`"),
        Row(
            ("bán VÀ hàng", "bán KHÔNG mua"),
            "có cả hai từ, hoặc có từ trước mà không có từ sau; cũng có thể gõ `AND`, "
            "`ET`, `&` và `NOT`, `SAUF`",
        ),
        Row(("quyề*",), "các từ bắt đầu như vậy"),
        Row(("tựa:đường",), "từ nằm trong tiêu đề; cũng có thể gõ `title:`, `titre:`"),
        Row(("chợ lang:fr",), "văn bản bằng ngôn ngữ đó: `vi`, `fr` hoặc `other` (ngôn ngữ khác)"),
        Row(('chợ nguồn:"Bản tin Sông Hồng"',), "văn bản của nguồn đó; cũng có thể gõ `source:`"),
        Row(
            ("chợ ngày:2023", "chợ ngày:2023-05..2024"),
            "văn bản trong khoảng thời gian đó, kể cả ngày đầu và ngày cuối; cũng có thể gõ `date:`",
        ),
        Row(
            ("45/2023/QĐ-UBND", "27/2021/DS-ST"),
            "số hiệu, ngày tháng, địa chỉ: trước hết là đúng như đã gõ, rồi mới đến từng phần",
        ),
    ),
    sections=(
        Section(
            "Telex và VNI",
            "Nếu bạn gõ kiểu Telex hoặc VNI mà chưa bật bộ gõ và không tìm thấy gì, "
            "trang kết quả sẽ gợi ý câu có dấu. Câu bạn gõ không bao giờ bị tự ý thay đổi.",
            ("quyeenf con nguwowif", "quye62n con ngu7o7i2"),
        ),
        Section(
            "Gõ nhầm",
            "Khi một từ không có trong kho, trang kết quả gợi ý từ gần giống nhất có trong kho.",
            ("chợ đêmm", "marhcé"),
        ),
        Section(
            "Không sợ gõ sai cú pháp",
            "Phần nào không hiểu được sẽ bị bỏ qua, và trang kết quả cho biết đó là phần nào. "
            "Trong câu viết toàn chữ hoa, các từ như `VÀ`, `HOẶC`, `KHÔNG` là những từ bình thường.",
            ("QUYỀN VÀ NGHĨA VỤ",),
        ),
    ),
)

FRENCH = Guide(
    lead=(
        "Quelques mots suffisent, avec ou sans accents. Voici de quoi chercher plus "
        "précisément quand il le faut."
    ),
    caption="Ce que l’on peut taper",
    typed="Tapez",
    meaning="Pour trouver",
    rows=(
        Row(
            ("droits de l’homme",),
            "des mots, avec ou sans accents : les documents qui les ont tous, puis ceux "
            "qui ont les plus importants",
        ),
        Row(
            ("pêcheur",),
            "les accents tapés sont respectés : d’abord `pêcheur`, puis `pecheur`, les "
            "autres accents en dernier",
        ),
        Row(
            ("« droits de l’homme »",),
            "des mots qui se suivent, avec exactement les accents tapés ; les "
            "guillemets “…” conviennent aussi",
        ),
        Row(("« droits homme »~3",), "des mots proches, séparés par trois autres au plus"),
        Row(("pêche -rivière",), "sans ce mot"),
        Row(("+pêche rivière",), "avec ce mot obligatoirement"),
        Row(("école OU collège",), "l’un ou l’autre ; on peut aussi taper `OR`, `HOẶC`, `|`"),
        Row(
            ("école ET livres", "école SAUF collège"),
            "les deux mots, ou le premier sans le second ; on peut aussi taper `AND`, "
            "`VÀ`, `&` et `NOT`, `KHÔNG`",
        ),
        Row(("écono*",), "les mots qui commencent ainsi"),
        Row(("titre:école",), "un mot du titre ; on peut aussi taper `title:`, `tựa:`"),
        Row(("phở langue:vi",), "les documents dans cette langue : `vi`, `fr` ou `other` (autres)"),
        Row(
            ("marché source:« La Gazette du delta »",),
            "les documents de cette source ; on peut aussi taper `nguồn:`",
        ),
        Row(
            ("marché date:2023", "marché date:2023-05..2024"),
            "les documents de cette période, bornes comprises ; on peut aussi taper `ngày:`",
        ),
        Row(
            ("L. 312-4", "45/2023/QĐ-UBND"),
            "un numéro, une date, une adresse : d’abord tel quel, puis par morceaux",
        ),
    ),
    sections=(
        Section(
            "Telex et VNI",
            "Du vietnamien tapé en Telex ou en VNI sans logiciel de saisie est reconnu "
            "quand rien n’est trouvé : "
            "la page propose alors la requête accentuée. Elle ne change jamais "
            "d’elle-même ce que vous tapez.",
            ("quyeenf con nguwowif", "quye62n con ngu7o7i2"),
        ),
        Section(
            "Fautes de frappe",
            "Quand un mot ne figure dans aucun document, la page propose le plus proche qui s’y trouve.",
            ("marhcé", "chợ đêmm"),
        ),
        Section(
            "Aucune requête n’est une erreur",
            "Ce qui n’est pas compris est ignoré, et la page le signale. Dans une "
            "requête tout en capitales, "
            "`ET`, `OU` et `SAUF` sont des mots ordinaires.",
            ("LIBERTÉ ET ÉGALITÉ",),
        ),
    ),
)

ENGLISH = Guide(
    lead="A few words are enough, with or without accents. To be more precise, when you need to:",
    caption="What can be typed",
    typed="Type",
    meaning="To find",
    rows=(
        Row(
            ("quyen con nguoi",),
            "words, with or without accents: documents that have all of them, then "
            "those with the words that matter most",
        ),
        Row(
            ("quyền",),
            "the accents that you type are honoured: `quyền` comes first, then `quyen`, other accents last",
        ),
        Row(
            ("“quyền con người”",),
            "words side by side, with exactly the accents typed; « … » will do as well",
        ),
        Row(("“quyền người”~3",), "words close to each other, with at most three others in between"),
        Row(("bán -bạn",), "not with this word"),
        Row(("+bán hàng",), "only with this word"),
        Row(("bán OR mua",), "one or the other; also `HOẶC`, `OU`, `|`"),
        Row(
            ("bán AND hàng", "bán NOT mua"),
            "both, or the first without the second; also `VÀ`, `ET`, `&` and `KHÔNG`, `SAUF`",
        ),
        Row(("quyề*",), "words that begin like this"),
        Row(("title:đường",), "words of the title; also `titre:`, `tựa:`"),
        Row(("chợ lang:fr",), "documents in that language: `vi`, `fr` or `other`"),
        Row(("chợ source:“Bản tin Sông Hồng”",), "documents from that source; also `nguồn:`"),
        Row(
            ("marché date:2023", "marché date:2023-05..2024"),
            "documents from that time, both ends included; also `ngày:`",
        ),
        Row(
            ("45/2023/QĐ-UBND", "L. 312-4"),
            "a number, a date, an address: as written first, then its parts",
        ),
    ),
    sections=(
        Section(
            "Telex and VNI",
            "Vietnamese typed in Telex or VNI without an input method is recognised when nothing is found: "
            "the page then offers the accented query. It never changes by itself what you typed.",
            ("quyeenf con nguwowif", "quye62n con ngu7o7i2"),
        ),
        Section(
            "Typing errors",
            "When a word is in no document, the page offers the most similar one that is.",
            ("marhcé", "chợ đêmm"),
        ),
        Section(
            "No query is an error",
            "What cannot be understood is ignored, and the page says so. In a query "
            "that is all in capitals, "
            "`AND`, `OR` and `NOT` are ordinary words.",
            ("QUYỀN VÀ NGHĨA VỤ",),
        ),
    ),
)

GUIDES = {"vi": VIETNAMESE, "fr": FRENCH, "en": ENGLISH}
