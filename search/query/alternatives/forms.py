"""The other number of a French word: *lois* for *loi*, *travail* for *travaux*, *élèves* for `eleve`."""

from collections.abc import Iterator, Sequence

from search.analysis.language import is_function_word
from search.analysis.normalize import fold
from search.analysis.stems import other_number, stemless
from search.query.alternatives.base import Alternative, Asked
from search.query.alternatives.spellings import evened, worths_of
from search.query.words import TypedWord
from search.results import How
from search.schema import Kind


def forms(run: Sequence[TypedWord], asked: Asked) -> Iterator[Alternative]:
    """The forms that the index has of what a word stands for; none where only what was typed counts."""
    if len(run) != 1 or asked.strict or is_function_word(run[0].surface) or stemless(run[0].surface):
        return
    word = run[0]
    own = worths_of(word, asked)
    counts = dict(asked.lexicon.spellings([word.folded])[0])
    total = asked.lexicon.tokens + 1
    found: dict[str, float] = {}
    for text, worth in own.items():
        if worth < asked.weights.reading_floor:
            continue
        for form, share, count in _having(text, word, asked):
            if form not in own:
                weight = worth * share * asked.weights.form * evened(count, counts.get(text, 0), total)
                found[form] = max(found.get(form, 0.0), weight)
    for form, weight in found.items():
        if weight >= asked.weights.reading_floor:
            yield Alternative(Kind.SURFACE, (form,), weight, How.FORM)


def _having(text: str, word: TypedWord, asked: Asked) -> Iterator[tuple[str, float, int]]:
    """Each form that the index has of one spelling, how likely it is meant, and how often it occurs."""
    others = other_number(text)
    for form, known in zip(others, asked.lexicon.spellings([fold(other) for other in others]), strict=True):
        if word.has_diacritics or text != word.folded:
            known = [counted for counted in known if counted[0] == form]
        total = sum(count for _, count in known) or 1
        # of `hopitaux`, which nobody wrote so, *hôpital* is a form as good as any
        yield from ((own, 1.0 if own == form else count / total, count) for own, count in known)
