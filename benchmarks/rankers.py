"""Who ranks: our engine, and what one would set up elsewhere for the same two languages."""

import sqlite3
from collections.abc import Callable, Iterable

from search import Document, Engine, SearchRequest
from search.analysis.normalize import surface
from search.analysis.token import tokenize

Ranker = Callable[[str, int], list[str]]
"""The ids of the best documents for a query, at most so many, best first."""


def ours(engine: Engine) -> Ranker:
    """Our engine, whole: what is measured is what a user gets."""
    return lambda text, limit: [hit.id for hit in engine.search(SearchRequest(text, limit=limit)).hits]


def words(text: str) -> list[str]:
    """The tokens that our own index has, so that the peers are not judged by their tokenizers."""
    return [word for token in tokenize(text) if (word := surface(token.text))]


def _whole(document: Document) -> str:
    """Title and text as one field, as the peers do best: a title in a field of its own outweighs all else."""
    return " ".join((*words(document.title), *words(document.text)))


def tantivy(documents: Iterable[Document], language: str) -> Ranker:
    """tantivy: lower case, ASCII folding; for French then its stemmer, which folded first does best."""
    import tantivy as library

    chain = library.TextAnalyzerBuilder(library.Tokenizer.whitespace())
    chain = chain.filter(library.Filter.lowercase()).filter(library.Filter.ascii_fold())
    if language == "fr":
        chain = chain.filter(library.Filter.stemmer("french"))
    analyzer = chain.build()
    fields = library.SchemaBuilder()
    fields.add_text_field("text", tokenizer_name="folded")
    fields.add_text_field("id", stored=True, tokenizer_name="raw")
    schema = fields.build()
    index = library.Index(schema)
    index.register_tokenizer("folded", analyzer)
    writer = index.writer(200_000_000, 1)
    for document in documents:
        writer.add_document(library.Document(id=document.id, text=_whole(document)))
    writer.commit()
    writer.wait_merging_threads()
    index.reload()
    searcher = index.searcher()

    def rank(text: str, limit: int) -> list[str]:
        terms = dict.fromkeys(analyzer.analyze(" ".join(words(text))))
        wanted = [(library.Occur.Should, library.Query.term_query(schema, "text", term)) for term in terms]
        hits = searcher.search(library.Query.boolean_query(wanted), limit, count=False).hits
        return [searcher.doc(address)["id"][0] for _, address in hits]

    return rank


def fts5(documents: Iterable[Document]) -> Ranker:
    """SQLite FTS5: unicode61 with diacritics removed (it keeps đ, which Unicode does not decompose), bm25."""
    connection = sqlite3.connect(":memory:")
    connection.execute(
        "CREATE VIRTUAL TABLE text USING fts5(id UNINDEXED, body, tokenize = 'unicode61 remove_diacritics 2')"
    )
    rows = ((document.id, _whole(document)) for document in documents)
    connection.executemany("INSERT INTO text VALUES (?, ?)", rows)
    connection.execute("INSERT INTO text(text) VALUES ('optimize')")

    def rank(text: str, limit: int) -> list[str]:
        query = " OR ".join(f'"{word}"' for word in dict.fromkeys(words(text)))
        if not query:
            return []
        sql = "SELECT id FROM text WHERE text MATCH ? ORDER BY rank LIMIT ?"
        return [row[0] for row in connection.execute(sql, (query, limit))]

    return rank
