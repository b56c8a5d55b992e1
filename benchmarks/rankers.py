"""Who ranks: our engine, and what one would set up elsewhere for the same two languages.

All peers get our tokens. Those that can fold letters to ASCII fold them, and stem French where they have a
stemmer.
"""

import importlib
import sqlite3
import sys
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any

from unidecode import unidecode

from search import Document, Engine, SearchRequest
from search.analysis.normalize import surface
from search.analysis.token import tokenize

Ranker = Callable[[str, int], list[str]]
"""The ids of the best documents for a query, at most so many, best first."""
Make = Callable[[Iterable[Document], str], Ranker]
"""A ranker of documents in a language."""

SMALL = 3_000
"""Documents that stock Whoosh is given; more would take it hours."""
_DEBIAN = Path("/usr/lib/python3/dist-packages")


def ours(engine: Engine) -> Ranker:
    """Our engine, whole: what is measured is what a user gets."""
    return lambda text, limit: [hit.id for hit in engine.search(SearchRequest(text, limit=limit)).hits]


def words(text: str) -> list[str]:
    """The tokens that our own index has, so that the peers are not judged by their tokenizers."""
    return [word for token in tokenize(text) if (word := surface(token.text))]


def _whole(document: Document) -> list[str]:
    """Title and text as one field."""
    return [*words(document.title), *words(document.text)]


def tantivy(documents: Iterable[Document], language: str, *, two_fields: bool = False) -> Ranker:
    """tantivy: lower case, ASCII folding; for French then its stemmer, which folded first does best.

    With two fields, a word is looked for in title and body and both scores count, as by its query parser.
    """
    import tantivy as library

    chain = library.TextAnalyzerBuilder(library.Tokenizer.whitespace())
    chain = chain.filter(library.Filter.lowercase()).filter(library.Filter.ascii_fold())
    if language == "fr":
        chain = chain.filter(library.Filter.stemmer("french"))
    analyzer = chain.build()
    names = ("title", "text") if two_fields else ("text",)
    fields = library.SchemaBuilder()
    for name in names:
        fields.add_text_field(name, tokenizer_name="folded")
    fields.add_text_field("id", stored=True, tokenizer_name="raw")
    schema = fields.build()
    index = library.Index(schema)
    index.register_tokenizer("folded", analyzer)
    writer = index.writer(200_000_000, 1)
    for document in documents:
        parts = (words(document.title), words(document.text)) if two_fields else (_whole(document),)
        texts = {name: " ".join(part) for name, part in zip(names, parts, strict=True)}
        writer.add_document(library.Document(id=document.id, **texts))
    writer.commit()
    writer.wait_merging_threads()
    index.reload()
    searcher = index.searcher()

    def rank(text: str, limit: int) -> list[str]:
        terms = dict.fromkeys(analyzer.analyze(" ".join(words(text))))
        wanted = [
            (library.Occur.Should, library.Query.term_query(schema, name, term))
            for term in terms
            for name in names
        ]
        hits = searcher.search(library.Query.boolean_query(wanted), limit, count=False).hits
        return [searcher.doc(address)["id"][0] for _, address in hits]

    return rank


def tantivy_fields(documents: Iterable[Document], language: str) -> Ranker:
    """tantivy with title and body apart."""
    return tantivy(documents, language, two_fields=True)


def fts5(documents: Iterable[Document], _: str) -> Ranker:
    """SQLite FTS5: unicode61 with diacritics removed (it keeps đ, which Unicode does not decompose), bm25."""
    connection = sqlite3.connect(":memory:")
    connection.execute(
        "CREATE VIRTUAL TABLE text USING fts5(id UNINDEXED, body, tokenize = 'unicode61 remove_diacritics 2')"
    )
    rows = ((document.id, " ".join(_whole(document))) for document in documents)
    connection.executemany("INSERT INTO text VALUES (?, ?)", rows)
    connection.execute("INSERT INTO text(text) VALUES ('optimize')")

    def rank(text: str, limit: int) -> list[str]:
        query = " OR ".join(f'"{word}"' for word in dict.fromkeys(words(text)))
        if not query:
            return []
        sql = "SELECT id FROM text WHERE text MATCH ? ORDER BY rank LIMIT ?"
        return [row[0] for row in connection.execute(sql, (query, limit))]

    return rank


def bm25s(documents: Iterable[Document], _: str) -> Ranker:
    """bm25s with its defaults: words as they are written, nothing folded, nothing stemmed."""
    import bm25s as library

    ids: list[str] = []
    numbers: dict[str, int] = {}
    rows: list[list[int]] = []
    for document in documents:
        ids.append(document.id)
        rows.append([numbers.setdefault(word, len(numbers)) for word in _whole(document)])
    index = library.BM25()
    index.index((rows, numbers), show_progress=False)

    def rank(text: str, limit: int) -> list[str]:
        known = [word for word in dict.fromkeys(words(text)) if word in numbers]
        if not known:
            return []
        found, scores = index.retrieve([known], k=min(limit, len(ids)), show_progress=False)
        return [ids[place] for place, score in zip(found[0], scores[0], strict=True) if score > 0]

    return rank


def xapian(documents: Iterable[Document], language: str) -> Ranker:
    """Xapian with its BM25: words folded to ASCII, for French stemmed as well."""
    library = debian_xapian()
    stem = library.Stem("french" if language == "fr" else "none")

    def terms(found: Iterable[str]) -> list[str]:
        # it refuses terms of more than 245 bytes
        return [stem(unidecode(word))[:200].decode() for word in found if unidecode(word)]

    database = library.WritableDatabase("", library.DB_BACKEND_INMEMORY)
    ids: list[str] = [""]
    for document in documents:
        entry = library.Document()
        for term in terms(_whole(document)):
            entry.add_term(term)
        database.add_document(entry)
        ids.append(document.id)
    enquire = library.Enquire(database)

    def rank(text: str, limit: int) -> list[str]:
        wanted = list(dict.fromkeys(terms(words(text))))
        if not wanted:
            return []
        enquire.set_query(library.Query(library.Query.OP_OR, wanted))
        return [ids[match.docid] for match in enquire.get_mset(0, limit)]

    return rank


def debian_xapian() -> Any:
    """Its bindings are no wheel: Debian's python3-xapian serves where Python has the same version."""
    try:
        return importlib.import_module("xapian")
    except ImportError:
        sys.path.append(str(_DEBIAN))
        try:
            return importlib.import_module("xapian")
        except ImportError as error:
            raise ImportError(f"apt-get install python3-xapian ({error})") from error
        finally:
            sys.path.remove(str(_DEBIAN))


def whoosh(documents: Iterable[Document], language: str) -> Ranker:
    """Stock Whoosh: its stop words and stemmer for French, accents folded, BM25F over title and text."""
    from whoosh.analysis import CharsetFilter, LowercaseFilter, RegexTokenizer, StemFilter, StopFilter
    from whoosh.fields import ID, TEXT, Schema
    from whoosh.filedb.filestore import RamStorage
    from whoosh.qparser import MultifieldParser, OrGroup
    from whoosh.support.charset import accent_map

    chain = RegexTokenizer() | LowercaseFilter()
    if language == "fr":
        chain = chain | StopFilter(lang="fr") | StemFilter(lang="fr", cachesize=-1)
    chain = chain | CharsetFilter(accent_map)
    schema = Schema(id=ID(stored=True), title=TEXT(analyzer=chain), text=TEXT(analyzer=chain))
    index = RamStorage().create_index(schema)
    writer = index.writer(limitmb=256)
    for document in documents:
        title, text = " ".join(words(document.title)), " ".join(words(document.text))
        writer.add_document(id=document.id, title=title, text=text)
    writer.commit(optimize=True)
    searcher = index.searcher()
    parser = MultifieldParser(["title", "text"], schema, plugins=[], group=OrGroup)

    def rank(text: str, limit: int) -> list[str]:
        query = parser.parse(" ".join(dict.fromkeys(words(text))))
        return [hit["id"] for hit in searcher.search(query, limit=limit)]

    return rank


PEERS: Mapping[str, Make] = {
    "tantivy": tantivy,
    "tantivy-fields": tantivy_fields,
    "FTS5": fts5,
    "bm25s": bm25s,
    "Xapian": xapian,
    "Whoosh": whoosh,
}
