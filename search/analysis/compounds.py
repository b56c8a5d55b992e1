"""Words of several tokens, by whichever languages have them: of a query, or of a document's paragraphs."""

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from functools import cache

from search.analysis import registry
from search.analysis.languages.base import Language
from search.analysis.normalize import surface
from search.analysis.segmentation import Segmentations, TokenSpan, pack, unpack
from search.analysis.token import Token
from search.manifest import ANALYSIS_VERSION

Compound = tuple[str, int]
"""A term (`quyền_con_người`) and the position of its first token."""


def load() -> None:
    """Make the segmenters of all languages ready."""
    for language in registry.LANGUAGES:
        if language.segmenter:
            language.segmenter.load()


def compounds(text: str, tokens: Sequence[Token]) -> Iterator[Compound]:
    """The compounds of a text whose language is not known, in each language that has some."""
    for language in registry.LANGUAGES:
        if language.segmenter:
            for run in language.segmenter.runs(text, tokens):
                yield compound(tokens, run)


def document_compounds(
    text: str,
    tokens: Sequence[Token],
    paragraphs: Iterable[tuple[str, Sequence[Token]]],
    spoken: str,
    segmentations: Segmentations | None,
) -> list[Compound]:
    """The compounds of a text by paragraph, each with its language; remembered ones are not sought again."""
    segmenters = {each.code: each.segmenter for each in registry.LANGUAGES if each.segmenter}
    if not any(language in segmenters for language, _ in paragraphs):
        return []
    key = segmentation_key(text, spoken) if segmentations else b""
    known = segmentations.get(key) if segmentations else None
    if known is not None:
        return [compound(tokens, run) for run in unpack(known)]
    runs: list[TokenSpan] = []
    before = 0
    for language, group in paragraphs:
        if segmenter := segmenters.get(language):
            runs += [(before + start, count) for start, count in segmenter.runs(text, group)]
        before += len(group)
    if segmentations:
        segmentations.put(key, pack(runs))
    return [compound(tokens, run) for run in runs]


def compound(tokens: Sequence[Token], run: TokenSpan) -> Compound:
    """The term of a run of tokens, in their original spelling, and its first position."""
    start, count = run
    return "_".join(surface(token.text) for token in tokens[start : start + count]), tokens[start].position


def segmentation_key(text: str, language: str) -> bytes:
    """Same key, same runs: of the text, the language its paragraphs lean to, and the versions at work."""
    versions = _versions(registry.LANGUAGES)
    return hashlib.sha256(f"{versions}\0{language}\0{text}".encode("utf-8", "surrogatepass")).digest()[:16]


@cache
def _versions(languages: tuple[Language, ...]) -> str:
    segmenters = (language.segmenter for language in languages)
    return "\0".join((str(ANALYSIS_VERSION), *(each.version() for each in segmenters if each)))
