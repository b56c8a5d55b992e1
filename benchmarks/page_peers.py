"""Whole pages of other engines over the same documents: the best ten, how many match, ten snippets.

Each is set up as its own documentation has it, for text of two languages asked with or without diacritics.
Their indexes lie in a folder and are made once. A call is safe to make from several threads.
"""

import sqlite3
import threading
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from benchmarks.rankers import debian_xapian
from search import Document
from search.config import Similarity
from search.engines.registry import open_store
from search.query.plan import Combine, Plan

Answer = Callable[[str], object]
"""The page of a query."""
Open = Callable[[Path, Iterable[Document]], Answer]
"""An engine over a folder, which is filled with the documents if it does not exist yet."""

TOP = 10
SNIPPET = 260
STOCK_DOCUMENTS = 20_000
"""Stock Whoosh is left out beyond: it would index for hours."""
_BATCH = 1_000


def documents(index: Path) -> Iterator[Document]:
    """All documents of an index of ours."""
    searcher = open_store(str(index)).reader(Similarity()).snapshot().searcher
    handles = searcher.execute(Plan(Combine(), facets=(), limit=searcher.documents)).handles
    for first in range(0, len(handles), _BATCH):
        yield from searcher.fetch(handles[first : first + _BATCH])


def tantivy(folder: Path, found: Iterable[Document]) -> Answer:
    """tantivy: title and body, lower case and ASCII folding, its query parser, exact count, its snippets."""
    import tantivy as library

    fields = library.SchemaBuilder()
    fields.add_text_field("id", stored=True, tokenizer_name="raw")
    for name in ("title", "text"):
        fields.add_text_field(name, stored=True, tokenizer_name="folded")
    schema = fields.build()
    filled = folder.is_dir()
    folder.mkdir(parents=True, exist_ok=True)
    index = library.Index(schema, path=str(folder))
    chain = library.TextAnalyzerBuilder(library.Tokenizer.simple())
    index.register_tokenizer(
        "folded", chain.filter(library.Filter.lowercase()).filter(library.Filter.ascii_fold()).build()
    )
    if not filled:
        writer = index.writer(500_000_000, 1)
        for each in found:
            writer.add_document(library.Document(id=each.id, title=each.title, text=each.text))
        writer.commit()
        writer.wait_merging_threads()
    index.reload()
    searcher = index.searcher()

    def answer(text: str) -> object:
        query, _ = index.parse_query_lenient(text, ["title", "text"])
        result: Any = searcher.search(query, TOP, count=True)
        snippets = library.SnippetGenerator.create(searcher, query, schema, "text")
        snippets.set_max_num_chars(SNIPPET)
        shown = [searcher.doc(address) for _, address in result.hits]
        return result.count, [(each["title"], snippets.snippet_from_doc(each).to_html()) for each in shown]

    return answer


def fts5(folder: Path, found: Iterable[Document]) -> Answer:
    """SQLite FTS5: unicode61 without diacritics, any word, bm25 with titles at 3, `snippet()`, a count."""
    path = folder / "fts5.db"
    if not path.exists():
        folder.mkdir(parents=True)
        with sqlite3.connect(path) as connection:
            connection.execute(
                "CREATE VIRTUAL TABLE page USING fts5"
                "(id UNINDEXED, title, body, tokenize = 'unicode61 remove_diacritics 2')"
            )
            rows = ((each.id, each.title, each.text) for each in found)
            connection.executemany("INSERT INTO page VALUES (?, ?, ?)", rows)
            connection.execute("INSERT INTO page(page) VALUES ('optimize')")
    own = threading.local()
    sql = (
        "SELECT title, snippet(page, 2, '<b>', '</b>', '…', 40) FROM page WHERE page MATCH ?"
        f" ORDER BY bm25(page, 0, 3, 1) LIMIT {TOP}"
    )

    def answer(text: str) -> object:
        if not hasattr(own, "connection"):
            own.connection = sqlite3.connect(path)
            own.connection.execute("PRAGMA cache_size = -262144")
        query = _fts5_query(text)
        if not query:
            return 0, []
        shown = own.connection.execute(sql, (query,)).fetchall()
        count = own.connection.execute("SELECT count(*) FROM page WHERE page MATCH ?", (query,)).fetchone()
        return count[0], shown

    return answer


def _fts5_query(text: str) -> str:
    if text.startswith('"') and text.endswith('"'):
        return text
    joined = "".join(char if char.isalnum() else " " for char in text.removesuffix("*"))
    words = [f'"{word}"' for word in joined.split() if word != "OR"]
    return " OR ".join(words) + "*" * text.endswith("*") if words else ""


def xapian(folder: Path, found: Iterable[Document]) -> Answer:
    """Xapian: folded text indexed with positions, titles with their own prefix, any word, `MSet.snippet`."""
    from unidecode import unidecode

    library = debian_xapian()
    if not folder.is_dir():
        folder.parent.mkdir(parents=True, exist_ok=True)
        database = library.WritableDatabase(str(folder), library.DB_CREATE_OR_OPEN)
        maker = library.TermGenerator()
        for each in found:
            entry = library.Document()
            maker.set_document(entry)
            maker.index_text(unidecode(each.title), 3)
            maker.increase_termpos()
            maker.index_text(unidecode(each.text))
            entry.set_data(f"{each.title}\n{unidecode(each.text)}")
            database.add_document(entry)
        database.commit()
        database.close()
    own = threading.local()

    def answer(text: str) -> object:
        if not hasattr(own, "database"):
            own.database = library.Database(str(folder))
            own.parser = library.QueryParser()
            own.parser.set_database(own.database)
        flags = library.QueryParser.FLAG_PHRASE | library.QueryParser.FLAG_WILDCARD
        query = own.parser.parse_query(unidecode(text), flags)
        enquire = library.Enquire(own.database)
        enquire.set_query(query)
        found = enquire.get_mset(
            0, TOP, own.database.get_doccount()
        )  # checks all, so that the count is exact
        texts = [match.document.get_data().decode().split("\n", 1) for match in found]
        return found.get_matches_estimated(), [(title, found.snippet(body, SNIPPET)) for title, body in texts]

    return answer


def whoosh(folder: Path, found: Iterable[Document]) -> Answer:
    """Stock Whoosh: its BM25F over title and body with accents folded, its highlighter."""
    from whoosh.analysis import CharsetFilter, LowercaseFilter, RegexTokenizer
    from whoosh.fields import ID, TEXT, Schema
    from whoosh.index import create_in, open_dir
    from whoosh.qparser import MultifieldParser, OrGroup
    from whoosh.support.charset import accent_map

    chain = RegexTokenizer() | LowercaseFilter() | CharsetFilter(accent_map)
    schema = Schema(
        id=ID(stored=True), title=TEXT(analyzer=chain, stored=True), text=TEXT(analyzer=chain, stored=True)
    )
    if folder.is_dir():
        index = open_dir(str(folder))
    else:
        folder.mkdir(parents=True)
        index = create_in(str(folder), schema)
        writer = index.writer(limitmb=512)
        for each in found:
            writer.add_document(id=each.id, title=each.title, text=each.text)
        writer.commit(optimize=True)
    searcher = index.searcher()
    parser = MultifieldParser(["title", "text"], schema, group=OrGroup)

    def answer(text: str) -> object:
        result = searcher.search(parser.parse(text), limit=TOP)
        return len(result), [(hit["title"], hit.highlights("text")) for hit in result]

    return answer


PEERS: Mapping[str, Open] = {"tantivy": tantivy, "FTS5": fts5, "Xapian": xapian, "Whoosh": whoosh}
