"""The engines that are timed beside each other: the same tokens in, the same kinds of queries asked."""

import sqlite3
from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Literal, Protocol

from whoosh import index as stock_index
from whoosh import query as stock_query
from whoosh.analysis import SpaceSeparatedTokenizer
from whoosh.fields import TEXT, Schema
from whoosh.scoring import BM25F

from benchmarks.synthetic import BODY, Corpus, analyzed
from search.config import Similarity
from search.engines.arrays.searcher import ArraySearcher, ArraySnapshot
from search.engines.whoosh.reader import open_snapshot
from search.engines.whoosh.writer import WhooshWriter
from search.query.plan import Best, Combine, Node, Phrase, Plan, Term

TOP = 10
_EVERY_TERM = 1_000_000


@dataclass(frozen=True, slots=True)
class Query:
    """Documents with any or all of some words, with a phrase of them, or with a word that begins so."""

    kind: Literal["any", "all", "phrase", "prefix"]
    words: tuple[str, ...]


class Peer(Protocol):
    """One engine with its index of a corpus."""

    def search(self, query: Query) -> Callable[[], object]:
        """A call that finds the ten best documents; the query is made beforehand."""

    def total(self, query: Query) -> int:
        """How many documents match."""

    def close(self) -> None:
        """Let go of the files."""


class Ours:
    """The Whoosh engine of this repository: Plans executed on a searcher."""

    def __init__(self, folder: Path, corpus: Corpus) -> None:
        self._folder = folder
        with WhooshWriter(folder) as writer:
            for number, words in enumerate(corpus.texts()):
                writer.add(analyzed(number, words))
        self._searcher = self.fresh()

    def fresh(self) -> ArraySearcher:
        """The index opened anew, with nothing in its caches."""
        return self._open().searcher

    def _open(self) -> ArraySnapshot:
        return open_snapshot(self._folder, Similarity())

    def plan(self, query: Query) -> Plan:
        """The Plan of a query, without facets: the peers count none."""
        terms = tuple(Term(BODY, word) for word in query.words)
        node: Node
        match query.kind:
            case "any":
                node = Combine(should=terms)
            case "all":
                node = Combine(must=terms)
            case "phrase":
                node = Phrase(BODY, tuple((word,) for word in query.words))
            case "prefix":
                begun = self._open().lexicon.terms([(BODY, query.words[0])], _EVERY_TERM)[0]
                node = Best(tuple(Term(BODY, text) for text, _ in begun))
        return Plan(node, facets=(), limit=TOP)

    def search(self, query: Query) -> Callable[[], object]:
        """See Peer. The exact total comes with it."""
        plan = self.plan(query)
        return lambda: self._searcher.execute(plan)

    def total(self, query: Query) -> int:
        """See Peer."""
        return self._searcher.execute(self.plan(query)).total

    def close(self) -> None:
        """See Peer."""


class StockWhoosh:
    """Whoosh as it comes: positions, BM25F, its own codec, queries and collectors."""

    def __init__(self, folder: Path, corpus: Corpus) -> None:
        schema = Schema(text=TEXT(analyzer=SpaceSeparatedTokenizer(), phrase=True))
        self._index = stock_index.create_in(str(folder), schema)
        with self._index.writer(limitmb=512) as writer:
            for words in corpus.texts():
                writer.add_document(text=words)  # a list is taken as tokens
        self._searcher = self._index.searcher(weighting=BM25F())

    def _query(self, query: Query) -> Any:
        terms = [stock_query.Term("text", word) for word in query.words]
        match query.kind:
            case "any":
                return stock_query.Or(terms)
            case "all":
                return stock_query.And(terms)
            case "phrase":
                return stock_query.Phrase("text", list(query.words))
            case "prefix":
                return stock_query.Prefix("text", query.words[0])

    def search(self, query: Query) -> Callable[[], object]:
        """See Peer."""
        own = self._query(query)
        return lambda: list(self._searcher.search(own, limit=TOP).top_n)

    def total(self, query: Query) -> int:
        """See Peer. Counted from the matching documents: its own result length is an estimate."""
        return sum(1 for _ in self._searcher.docs_for_query(self._query(query)))

    def close(self) -> None:
        """See Peer."""
        self._searcher.close()
        self._index.close()


class Fts5:
    """SQLite's full-text table, optimised after filling, ordered by its bm25."""

    def __init__(self, folder: Path, corpus: Corpus) -> None:
        self._connection = sqlite3.connect(folder / "fts5.db")
        self._connection.execute("PRAGMA cache_size = -262144")
        self._connection.execute("CREATE VIRTUAL TABLE text USING fts5(body, content='', tokenize='ascii')")
        rows = ((number, " ".join(words)) for number, words in enumerate(corpus.texts(), 1))
        self._connection.executemany("INSERT INTO text(rowid, body) VALUES (?, ?)", rows)
        self._connection.execute("INSERT INTO text(text) VALUES ('optimize')")
        self._connection.commit()

    def _query(self, query: Query) -> str:
        match query.kind:
            case "any":
                return " OR ".join(query.words)
            case "all":
                return " AND ".join(query.words)
            case "phrase":
                return f'"{" ".join(query.words)}"'
            case "prefix":
                return f"{query.words[0]}*"

    def search(self, query: Query) -> Callable[[], object]:
        """See Peer."""
        sql = f"SELECT rowid FROM text WHERE text MATCH ? ORDER BY rank LIMIT {TOP}"
        match_ = (self._query(query),)
        return lambda: self._connection.execute(sql, match_).fetchall()

    def total(self, query: Query) -> int:
        """See Peer."""
        sql = "SELECT count(*) FROM text WHERE text MATCH ?"
        with closing(self._connection.execute(sql, (self._query(query),))) as rows:
            return int(rows.fetchone()[0])

    def close(self) -> None:
        """See Peer."""
        self._connection.close()


class Tantivy:
    """tantivy through its Python package: one segment, whitespace tokens with positions."""

    def __init__(self, folder: Path, corpus: Corpus) -> None:
        import tantivy

        self._tantivy = tantivy
        builder = tantivy.SchemaBuilder()
        builder.add_text_field("text", tokenizer_name="whitespace")
        self._schema = builder.build()
        index = tantivy.Index(self._schema, path=str(folder))
        writer = index.writer(1_000_000_000, 1)
        for words in corpus.texts():
            writer.add_document(tantivy.Document(text=" ".join(words)))
        writer.commit()
        writer.wait_merging_threads()
        index.reload()
        self._searcher = index.searcher()

    def _query(self, query: Query) -> Any:
        library = self._tantivy
        match query.kind:
            case "any" | "all":
                occur = library.Occur.Should if query.kind == "any" else library.Occur.Must
                terms = [library.Query.term_query(self._schema, "text", word) for word in query.words]
                return library.Query.boolean_query([(occur, term) for term in terms])
            case "phrase":
                return library.Query.phrase_query(self._schema, "text", list(query.words))
            case "prefix":
                return library.Query.regex_query(self._schema, "text", f"{query.words[0]}.*")

    def search(self, query: Query) -> Callable[[], object]:
        """See Peer. Without the total, which would keep it from skipping documents that cannot win."""
        own = self._query(query)
        return lambda: self._searcher.search(own, TOP, count=False).hits

    def search_and_count(self, query: Query) -> Callable[[], object]:
        """As `search`, with the exact total that our engine always gives."""
        own = self._query(query)
        return lambda: self._searcher.search(own, TOP, count=True).hits

    def total(self, query: Query) -> int:
        """See Peer."""
        found: Any = self._searcher.search(self._query(query), TOP, count=True)  # the stub lacks `count`
        return int(found.count)

    def close(self) -> None:
        """See Peer."""


def missing() -> Sequence[str]:
    """The peers that cannot run here, and why."""
    reasons: list[str] = []
    with closing(sqlite3.connect(":memory:")) as connection:
        options = {row[0] for row in connection.execute("PRAGMA compile_options")}
    if "ENABLE_FTS5" not in options:
        reasons.append("FTS5: this Python's SQLite is built without it")
    if find_spec("tantivy") is None:
        reasons.append("tantivy: not installed; pip install -r requirements-dev.txt")
    return reasons
