"""What stands in for cases whose documents or expectations are told in a sentence: documents of ours.

Numbers are those of the cases. A key that is left out stays as the case has it.
"""

from collections.abc import Mapping
from typing import Any


def _texts(**texts: str) -> tuple[Mapping[str, str], ...]:
    return tuple({"id": id, "title": "", "text": text} for id, text in texts.items())


INSTEAD: Mapping[int, Mapping[str, Any]] = {
    466: {"documents": (), "expected": {"first": "b", "mark": "convention"}},
    507: {
        "documents": _texts(
            a="Le ministère de l’environnement protège les rivières. Un bureau de l’environnement ouvre.",
            b="Une enveloppe est posée sur la table du facteur.",
        ),
        "expected": {"completed": "l’environnement"},
    },
    509: {
        "documents": _texts(
            a="Mùa thu Hà Nội có hoa sữa, phố cũ của Hà Nội đông người.",
            b="Đà Nẵng có bãi biển dài.",
            c="Dòng nội dung này nói về sông Hồng.",
        ),
        "expected": {"first": "a", "none": ["b"]},
    },
    511: {
        "documents": (
            {
                "id": "a",
                "title": "11 tháng 9",
                "text": "Ngày thứ 254 trong năm. Nhiều sự kiện được ghi lại ở đây. " * 30,
            },
            {
                "id": "b",
                "title": "Lịch họp",
                "text": "Ngày 11 tháng 9 họp tổ. Ngày 11 tháng 9 năm sau họp lại. Hết tháng 9.",
            },
            {"id": "c", "title": "9 tháng 11", "text": "Ngày 11 tháng 9 đã qua từ lâu."},
        ),
        "expected": {"first": "a"},
    },
    513: {
        "documents": (
            {"id": "a", "title": "Loyer", "text": "Le loyer est dû. Loyer, loyers : le loyer augmente."},
            {
                "id": "b",
                "title": "Séance",
                "text": "La loi du printemps a été votée hier par les députés réunis en séance publique.",
            },
        ),
        "expected": {"first": "b"},
    },
    514: {
        "documents": _texts(
            a="La lettre de licenciement est remise en main propre.",
            b="La licence de pêche coûte dix euros.",
        ),
        "expected": {"first": "a"},
    },
    515: {
        "documents": _texts(a="La loi est votée.", b="Con cá bơi trong ao."),
        "expected": {"first": "a", "no_suggestion": True},
    },
    523: {
        "documents": _texts(
            a="L’article L. 1234-5 prévoit un préavis.",
            b="L’article L1234-5 fixe la durée.",
            c="L’article L. 1234-6 parle d’autre chose, au chapitre 5.",
        ),
        "expected": {"all": ["a", "b"], "order": ["a", "c"]},
    },
}
