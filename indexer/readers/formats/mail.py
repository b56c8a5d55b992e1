"""`.eml`: a message, its subject as title, its sender as author; of two forms of the text the plain one."""

from collections.abc import Iterator
from dataclasses import replace
from email import message_from_bytes, policy
from email.message import EmailMessage
from email.utils import getaddresses, parsedate_to_datetime

from indexer.readers.formats import html
from indexer.readers.formats.article import document
from indexer.readers.metadata.fields import Metadata, line_of
from indexer.readers.metadata.title import split_title
from indexer.readers.record import Found, Item, Record, Unreadable
from indexer.readers.text.decode import MAX_TEXT, Decoded, decoded, mended_text, too_long

_MAX_LENGTH = 100_000_000  # bytes: what is attached is inside, as text
_MAX_NAMES = 100


def read(item: Item) -> Iterator[Found]:
    """The one document of a message."""
    data = item.stream.read(_MAX_LENGTH + 1)
    if len(data) > _MAX_LENGTH:
        raise Unreadable(f"more than {_MAX_LENGTH // 1_000_000} MB; save what is attached by itself")
    message = message_from_bytes(data, _class=EmailMessage, policy=policy.default)
    if not any(message.get(name) for name in ("From", "To", "Subject", "Date")):
        raise Unreadable("no message: it has neither sender nor subject; save it again")
    said = Metadata(title=_header(message, "Subject"), author=_sender(message), date=_date(message))
    body = _body(message)
    if len(body.text) > MAX_TEXT:
        raise Unreadable(too_long())
    title, text = (said.title, body.text) if said.title else split_title(body.text)
    made = document(item.id, title, text, said, Metadata())
    attached = [line_of(name) for part in message.walk() if (name := _attached(part))][:_MAX_NAMES]
    losses = (f"attached and not read: {', '.join(attached)}; save them by themselves",) if attached else ()
    yield Record(
        replace(made, boilerplate="\n".join(attached)), item.file, repairs=body.repairs, losses=losses
    )


def _body(message: EmailMessage) -> Decoded:
    """The text that was written; that of its page, if there is no other."""
    found = {"text/plain": "", "text/html": ""}
    repairs: list[str] = []
    for part in message.walk():
        form = part.get_content_type()
        if form not in found or part.is_attachment():
            continue
        payload = part.get_payload(decode=True)
        if not isinstance(payload, bytes) or not payload.strip():
            continue
        read = decoded(payload, part.get_content_charset() or "")
        text = html.understood(read.text).text if form == "text/html" else read.text
        found[form] = f"{found[form]}\n\n{text}".strip()
        repairs += read.repairs
    return Decoded(found["text/plain"] or found["text/html"], tuple(dict.fromkeys(repairs)))


def _header(message: EmailMessage, name: str) -> str:
    """A header as text; one that is not packed as it should be is read as its bytes are."""
    try:
        written = str(message.get(name) or "")
    except (ValueError, IndexError, AttributeError):  # the parser of headers fails in its own ways
        return ""
    if any("\udc80" <= letter <= "\udcff" for letter in written):
        try:
            return line_of(decoded(written.encode("utf-8", "surrogateescape")).text)
        except (Unreadable, UnicodeError):
            return line_of(written)
    return line_of(mended_text(written).text)


def _sender(message: EmailMessage) -> str:
    name, address = next(iter(getaddresses([_header(message, "From")])), ("", ""))
    return line_of(name) or address


def _date(message: EmailMessage) -> str:
    try:
        return parsedate_to_datetime(_header(message, "Date")).date().isoformat()
    except (ValueError, TypeError):
        return ""


def _attached(part: EmailMessage) -> str:
    return (part.get_filename() or "") if part.is_attachment() else ""
