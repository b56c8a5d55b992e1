"""What was ignored in a query, said in the language of the interface."""

from collections.abc import Iterable
from dataclasses import dataclass

from search.results import Warning

NOTES = {
    "vi": {
        "query_too_long": "Câu tìm quá dài: chỉ phần đầu được dùng.",
        "too_many_words": "Câu tìm có quá nhiều từ: chỉ những từ đầu được dùng.",
        "too_deep": "Các dấu ngoặc đơn lồng nhau quá nhiều lớp: những lớp trong cùng bị bỏ qua.",
        "unbalanced_quote": "Có một dấu ngoặc kép không thành cặp: dấu này bị bỏ qua.",
        "bare_wildcard": "Dấu * phải đứng sau phần đầu của một từ, chẳng hạn quyen*.",
        "broad_prefix": "“{part}” mở đầu quá nhiều từ: chỉ những từ thường gặp nhất được tìm.",
        "bad_date": "“{part}” không phải là ngày: hãy gõ date:2023, date:2023-05..2024 hoặc date:..2020.",
    },
    "fr": {
        "query_too_long": "La requête est trop longue : seul son début a été pris en compte.",
        "too_many_words": "La requête a trop de mots : seuls les premiers ont été pris en compte.",
        "too_deep": "Trop de parenthèses imbriquées : les plus profondes ont été ignorées.",
        "unbalanced_quote": "Un guillemet n’est pas refermé : il a été ignoré.",
        "bare_wildcard": "L’astérisque se place après un début de mot, par exemple écono*.",
        "broad_prefix": "« {part} » commence trop de mots : seuls les plus fréquents sont cherchés.",
        "bad_date": "« {part} » n’est pas une date : écrivez date:2023, date:2023-05..2024 ou date:..2020.",
    },
    "en": {
        "query_too_long": "The query is too long: only its beginning was used.",
        "too_many_words": "The query has too many words: only the first ones were used.",
        "too_deep": "Too many parentheses inside parentheses: the innermost were ignored.",
        "unbalanced_quote": "A quotation mark has no pair: it was ignored.",
        "bare_wildcard": "An asterisk needs the beginning of a word before it, as in econo*.",
        "broad_prefix": "“{part}” begins too many words: only the most frequent are searched for.",
        "bad_date": "“{part}” is no date: write date:2023, date:2023-05..2024 or date:..2020.",
    },
}
DATE_NOTES = {
    "vi": "“{part}” không phải là ngày: hãy gõ 2024, 5/2024 hoặc 12/5/2024.",
    "fr": "«\u00a0{part}\u00a0» n’est pas une date\u00a0: écrivez 2024, 5/2024 ou 12/5/2024.",
    "en": "“{part}” is no date: write 2024, 5/2024 or 12/5/2024 (day first).",
}
MAX_PART = 40


@dataclass(frozen=True, slots=True)
class Note:
    """One remark on the query, and the language it is in."""

    text: str
    language: str


def notes(warnings: Iterable[Warning], query: str, ui: str) -> list[Note]:
    """The warnings of a page, each said once; one that is not in the table stays in English."""
    found: dict[Note, None] = {}
    for warning in warnings:
        template = NOTES[ui].get(warning.code)
        part = query[warning.start : warning.end]
        shown = part if len(part) <= MAX_PART else part[:MAX_PART] + "…"
        text = template.replace("{part}", shown) if template else warning.message
        found[Note(text, ui if template else "en")] = None
    return list(found)


def date_notes(unreadable: Iterable[str], ui: str) -> list[Note]:
    """What was typed for the first or the last day and could not be read as one."""
    return [Note(DATE_NOTES[ui].replace("{part}", text), ui) for text in unreadable]
