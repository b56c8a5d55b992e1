"""Everything that can go wrong, as one tree; each message says what to do.

SearchError
├── AddressUnknown    no engine opens such an address
├── IndexMissing      nothing has been indexed at that place yet
├── IndexDamaged      files are there but cannot be read as an index of ours
├── IndexMismatch     made by another version of the schema, the analysis or underthesea
├── IndexLocked       another indexer is writing
├── IndexUnwritable   the folder cannot be created or written, or the disk is full
├── DocumentMissing   no document has that id
├── SynonymsUnreadable  a file of synonyms is not there, or a line of it is wrong
└── LexiconUnreadable a lexicon or dictionary of the operator's cannot be used
"""


class SearchError(Exception):
    """Base of every error that Song Ngữ raises on purpose."""


class AddressUnknown(SearchError):
    """No engine opens such an address."""


class IndexMissing(SearchError):
    """Nothing has been indexed at that place yet."""


class IndexDamaged(SearchError):
    """The files at that place cannot be read as an index of ours."""


class IndexMismatch(SearchError):
    """The index was made by another version of the schema, the analysis or underthesea."""


class IndexLocked(SearchError):
    """Another indexer is writing to the index."""


class IndexUnwritable(SearchError):
    """The index folder cannot be created or written, or the disk is full."""


class DocumentMissing(SearchError):
    """No document of the index has that id."""


class SynonymsUnreadable(SearchError):
    """The file of synonyms is not there, or a line of it is wrong."""


class LexiconUnreadable(SearchError):
    """A lexicon is not there, or is in none of the formats that are read."""
