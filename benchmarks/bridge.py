"""Ask in one language, find in the other: `python -m benchmarks.bridge`, nDCG@10 by what the bridge has.

Only documents in the other language count. `off` searches for the words as they are, `names` knows what CLDR
knows, `lexicon` is the project's own. Beside nDCG stands the share of queries that find nothing.
"""

import argparse
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from statistics import mean

import search
from benchmarks import mixes
from benchmarks.derived import JudgedQuery
from benchmarks.indexes import index_for
from benchmarks.measures import TOP, ndcg
from benchmarks.measuring import table
from benchmarks.mixes import Mix
from search.bridge import names
from search.bridge.bilingual import BilingualLexicon

_OTHERS = {
    "vi": (("vi-phapdien", 2_500), ("viwiki", 2_500)),
    "fr": (("fr-service-public", 4_111), ("fr-codes-legi", 889)),
}
"""5,000 documents in the language that is searched."""


@dataclass(frozen=True, slots=True)
class Across:
    """A judged set whose answers are in the other language than its queries."""

    mix: Mix
    queries: str = ""
    """How the ids of its queries begin; the set may hold others."""


SETS = tuple(
    Across(Mix(f"{name}-{target}{'-5k' if others else ''}", target, judged, others), start)
    for judged, name, target, start in (
        ("ntrex-fr2vi", "ntrex-fr", "vi", ""),
        ("ntrex-vi2fr", "ntrex-vi", "fr", ""),
        ("udhr-vi-fr", "udhr-fr", "vi", "udhr-fr"),
        ("udhr-vi-fr", "udhr-vi", "fr", "udhr-vi"),
    )
    for others in ((), _OTHERS[target])
    if others or judged != "udhr-vi-fr"
)


def _lexicons() -> Mapping[str, BilingualLexicon | None]:
    return {"off": None, "names": BilingualLexicon(names.entries()), "lexicon": search.Config().bilingual()}


def measured(
    engine: search.Engine, target: str, asked: Sequence[JudgedQuery], cross: bool
) -> tuple[list[float], int]:
    """nDCG@10 of each query, and how many find nothing."""
    values: list[float] = []
    nothing = 0
    for query in asked:
        page = engine.search(search.SearchRequest(query.text, TOP, languages=(target,), cross=cross))
        values.append(ndcg([hit.id for hit in page.hits], query.relevant))
        nothing += not page.hits
    return values, nothing


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure; 0 when done, 2 without data."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.bridge", description=__doc__)
    parser.add_argument("--sets", default="", metavar="A,B", help=",".join(each.mix.name for each in SETS))
    parser.add_argument("--conditions", default="accented,unaccented", metavar="A,B")
    parser.add_argument("--lexicons", default="off,names,lexicon", metavar="A,B")
    parser.add_argument("--as-is", action="store_true", help="take indexes that other code made")
    mixes.add_options(parser)
    options = parser.parse_args(arguments)
    if reason := mixes.missing(options.data):
        print(reason)
        return 2
    lexicons = {name: own for name, own in _lexicons().items() if name in options.lexicons.split(",")}
    rows = []
    for each in SETS:
        if options.sets and each.mix.name not in options.sets.split(","):
            continue
        index = index_for(each.mix, options.data, options.cache, options.as_is)
        asked = [q for q in mixes.queries(each.mix, options.data) if q.id.startswith(each.queries)]
        typed = mixes.under(asked)
        for condition in options.conditions.split(","):
            cells = []
            for own in lexicons.values():
                engine = search.open(index, replace(search.Config(), lexicon=own))
                values, nothing = measured(engine, each.mix.language, typed[condition], own is not None)
                cells.append(f"{mean(values):.3f} ({nothing / len(values):.0%})")
                engine.close()
            rows.append([f"{each.mix.name}, {condition}", str(len(asked)), *cells])
    print(table(["nDCG@10 (nothing found)", "queries", *lexicons], rows))
    return 0


if __name__ == "__main__":
    sys.exit(main())
