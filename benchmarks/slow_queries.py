"""Looks for the slowest query of 2,000 characters that there is: `slow_queries.py --index ADDRESS`.

Random texts of all that the query language knows, words of the index, and oddities; the slowest are changed
and tried again, so that the search climbs. Each is asked of the page itself, as a visitor would: any answer
but 200 is a crash, and a mark of the query that comes back unescaped is a hole. Times are of the processor,
and each text is asked for the first time.
"""

import argparse
import random
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import quote_plus

from flask.testing import FlaskClient

import search
from search.query.fields import FIELDS
from search.query.keywords import KEYWORDS
from web import create_app
from web.settings import Settings

LONGEST = 2_000
SLOW = 2.0
KEPT = 24
"""Slowest texts that are changed."""
CLIMBING = 0.5
"""Share of the queries that are changes of the slowest."""
MARK = "<zq onzq='"
"""What no page of ours says by itself."""
SIGNS = [*"\"“”„«»()*-+!~|&:,;/.'’…?#%=<>[]{}\\_", "..", "||", "&&", "~3", "~999", "*a", "a*", "^", MARK]
ODD = [
    *(
        " ",
        "  ",
        "\t",
        "\n",
        "\u00a0",
        "\u202f",
        "\u3000",
        "\u2028",
        "\x00",
        "\x1b",
        "\ufeff",
        "\u202e",
        "\ud800",
    ),
    *(
        "́",
        "ạ̣",
        "́" * 50,
        "İ",
        "ß",
        "ﬁ",
        "ｆｕｌｌ",
        "½",
        "²",
        "①",
        "漢字",
        "อักษร",
        "עברית",
        "🙂",
        "👩‍👩‍👧",
        "Ǆ",
        "ỡ",
        "\u0323",
    ),
    *("1", "15/6/2023", "2023-01..2024", "53/2014/TT-BYT", "L. 6225-2", "1e9", "10 000", "٣", "a@b.vn"),
    *(
        "https://a.vn/x?y=z",
        "date:15 tháng 6 năm 2023",
        "tieng",
        "uwowj",
        "quyeenf",
        "nguwowif",
        "là",
        "de",
        "l’",
    ),
]


@dataclass(frozen=True, order=True, slots=True)
class Timed:
    """A query and the seconds of the processor that its page took."""

    seconds: float
    text: str


def words(engine: search.Engine, wanted: int) -> list[str]:
    """Words of the index: those of titles that simple queries find."""
    found: dict[str, None] = {}
    for letter in "abcdđeghiklmnopqrstuvxy":
        for completion in engine.suggest(letter, 20):
            found.update(dict.fromkeys(completion.text.split()))
    for word in list(found)[:40]:
        for hit in engine.search(search.SearchRequest(word, limit=20)).hits:
            found.update(dict.fromkeys(hit.snippet.split()))
    return list(found)[:wanted]


def made(random: random.Random, own: Sequence[str]) -> str:
    """A query of one of several sorts."""
    operators = [*KEYWORDS, *(f"{name}:" for name in FIELDS)]
    sort = random.randrange(7)
    if sort == 0:  # one piece again and again
        piece = "".join(random.choice([*SIGNS, *ODD, *own[:50]]) for _ in range(random.randint(1, 3)))
        text = random.choice(["", *SIGNS]) + piece * LONGEST + random.choice(["", *SIGNS])
    elif sort == 1:  # many words
        text = " ".join(random.choices(own, k=random.randint(1, 300)))
    elif sort == 2:  # many short ones
        text = " ".join("".join(random.choices("abcdeghiklmnoprstuvy", k=2)) for _ in range(400))
    elif sort == 3:  # phrases and beginnings
        piece = lambda: " ".join(random.choices(own, k=random.randint(1, 8)))  # noqa: E731
        text = " ".join(
            random.choice(['"{}"', "{}*", "*{}", "«{}»~9", "-{}", "+{}", "({})"]).format(piece())
            for _ in range(random.randint(1, 60))
        )
    elif sort == 4:  # slips
        text = " ".join(_slipped(random, word) for word in random.choices(own, k=random.randint(1, 80)))
    else:  # everything
        pieces = [*random.choices(own, k=40), *SIGNS, *ODD, *random.choices(operators, k=10)]
        joint = random.choice(["", " ", " "])
        text = joint.join(random.choices(pieces, k=random.randint(1, 500)))
    return text[: random.choice([20, 200, LONGEST, LONGEST])]


def _slipped(random: random.Random, word: str) -> str:
    at = random.randrange(len(word) + 1)
    return word[:at] + random.choice("abcdefghijklmnopqrstuvwxyz") + word[at + random.randrange(2) :]


def changed(random: random.Random, text: str, other: str, own: Sequence[str]) -> str:
    """A query like another one."""
    first, last = sorted(random.choices(range(len(text) + 1), k=2))
    match random.randrange(5):
        case 0:
            text = text[:first] + text[last:]
        case 1:
            text = text[:last] + text[first:last] * random.randint(1, 20) + text[last:]
        case 2:
            text = text[:first] + random.choice([*SIGNS, *ODD, *own]) + text[last:]
        case 3:
            at = random.randrange(len(other) + 1)
            text = text[:first] + other[at : at + last - first] + text[last:]
        case _:
            text = text[:first] + " " + random.choice(own) + " " + text[first:]
    return text[:LONGEST]


def asked(client: FlaskClient, text: str) -> tuple[float, str]:
    """Seconds that the page of a query takes, and what is wrong with it."""
    began = time.process_time()
    try:
        response = client.get("/?ui=en&q=" + quote_plus(text.encode("utf-8", "replace")))
        html = response.get_data(as_text=True)
    except Exception as error:
        return time.process_time() - began, f"{type(error).__name__}: {error}"
    seconds = time.process_time() - began
    wrong = "" if response.status_code == 200 else f"status {response.status_code}"
    return seconds, "unescaped" if "<zq" in html or "onzq='" in html else wrong


def main() -> int:
    """Print the slowest queries, and what went wrong; 1 if anything did."""
    options = argparse.ArgumentParser(prog="python -m benchmarks.slow_queries", description=__doc__)
    search.add_index_option(options)
    options.add_argument("--queries", type=int, default=10_000)
    options.add_argument("--seed", type=int, default=1)
    given = options.parse_args()
    chance = random.Random(given.seed)
    engine = search.open(given.index)
    client = create_app(engine=engine, settings=Settings(rate="off")).test_client()
    own = words(engine, 4_000)
    asked(client, "quyền con người")
    slowest: list[Timed] = []
    took: list[float] = []
    wrong: list[tuple[str, str]] = []
    for number in range(given.queries):
        if slowest and chance.random() < CLIMBING:
            text = changed(chance, chance.choice(slowest).text, chance.choice(slowest).text, own)
        else:
            text = made(chance, own)
        seconds, fault = asked(client, text)
        took.append(seconds)
        if fault:
            wrong.append((fault, text))
            print(f"{fault}: {text[:200]!r}", flush=True)
        slowest = sorted({*slowest, Timed(seconds, text)}, reverse=True)[:KEPT]
        if number % 500 == 499:
            print(f"{number + 1} queries: slowest {slowest[0].seconds:.2f} s", file=sys.stderr, flush=True)
    took.sort()
    over = sum(each > SLOW for each in took)
    print(
        f"{len(took)} queries on {engine.status().documents} documents: "
        f"{len(wrong)} wrong, {over} over {SLOW} s"
    )
    print(
        f"median {took[len(took) // 2] * 1000:.0f} ms, "
        f"p99 {took[len(took) * 99 // 100] * 1000:.0f} ms of the processor"
    )
    for each in slowest[:10]:
        print(f"{each.seconds:6.2f} s {len(each.text):5} characters  {each.text[:120]!r}")
    return 1 if wrong or over else 0


if __name__ == "__main__":
    sys.exit(main())
