"""Documents that are the same word for word are indexed once: one is the original, the others its copies."""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace

from indexer.ledger import Entry
from indexer.readers import Record
from search.document import Copy, Document


@dataclass(slots=True)
class Regrouped:
    """What to write so that each text is indexed once, after some documents came, changed or went."""

    writes: list[Record] = field(default_factory=list)
    """Originals with all their copies, to add or to put in place of what has the same id."""
    deletions: list[str] = field(default_factory=list)
    """Ids that are those of originals no more."""
    entries: dict[str, Entry] = field(default_factory=dict)
    """What the ledger has to say of every document of the groups touched."""
    added: int = 0
    """How many of the writes put nothing out of its place."""

    def give_up(self, original: str) -> None:
        """Forget a document that could not be written, and its copies with it."""
        self.entries = {
            id: entry for id, entry in self.entries.items() if original not in (id, entry.original)
        }


def copy_of(document: Document) -> Copy:
    """What is a document's own when its title and text are another's."""
    return Copy(
        document.id, document.url, document.source, document.author, document.date, document.alternates
    )


def regroup(
    known: Mapping[str, Entry],
    entries: Mapping[str, Entry],
    removed: Collection[str],
    records: Iterable[Record],
    stored: Callable[[str], Document],
) -> Regrouped:
    """Choose originals anew where a text has come or gone; an original stays one as long as its text does.

    `known` are all documents as they were, `entries` those that are new, changed or moved, `records`
    the new and changed ones themselves. `stored` gives an original from the live index.
    """
    done = Regrouped(entries=dict(entries))
    gone = set(removed)
    now = {id: entry for id, entry in {**known, **entries}.items() if id not in gone}
    differs = {id for id, entry in entries.items() if id not in known or known[id].digest != entry.digest}
    touched = {known[id].content for id in (*gone, *differs) if id in known}
    touched |= {entries[id].content for id in differs}
    before, after = _members(known, touched), _members(now, touched)
    read = {record.document.id: record for record in records}
    for content, members in after.items():
        was = next((id for id in before.get(content, ()) if not known[id].original), "")
        original = was if was in members else members[0]
        same = was == original and {id: known[id].digest for id in before[content]} == {
            id: now[id].digest for id in members
        }
        for id in members:
            done.entries[id] = replace(now[id], original="" if id == original else original)
        if same:
            continue
        versions = _versions(stored(was)) if was else {}
        versions |= {id: read[id].document for id in members if id in read}
        copies = tuple(copy_of(versions[id]) for id in members if id != original)
        document = replace(versions[original], copies=copies)
        done.writes.append(
            replace(read[original], document=document)
            if original in read
            else Record(document, now[original].path)
        )
        done.added += not (original in known and not known[original].original)
    kept = {id for id, entry in done.entries.items() if not entry.original}
    originals = {id for members in before.values() for id in members if not known[id].original}
    done.deletions = sorted(originals - kept)
    return done


def _members(entries: Mapping[str, Entry], contents: Collection[bytes]) -> dict[bytes, list[str]]:
    found: dict[bytes, list[str]] = {}
    for id, entry in entries.items():
        if entry.content in contents:
            found.setdefault(entry.content, []).append(id)
    return found


def _versions(original: Document) -> dict[str, Document]:
    """The documents that one stands for, each with what is its own."""
    alone = replace(original, copies=())
    return {original.id: alone} | {
        copy.id: replace(
            alone,
            id=copy.id,
            url=copy.url,
            source=copy.source,
            author=copy.author,
            date=copy.date,
            alternates=copy.alternates,
        )
        for copy in original.copies
    }
