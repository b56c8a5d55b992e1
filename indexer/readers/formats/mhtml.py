"""`.mhtml`: a page as a browser saves it whole; its HTML part is read, its pictures are not."""

from collections.abc import Iterator
from email import message_from_bytes, policy
from email.message import EmailMessage

from indexer.readers.formats import html
from indexer.readers.record import Found, Item, Unreadable
from indexer.readers.text.decode import decoded

_MAX_LENGTH = 100_000_000  # bytes: pictures and fonts are inside, as text


def read(item: Item) -> Iterator[Found]:
    """The one document of a saved page."""
    data = item.stream.read(_MAX_LENGTH + 1)
    if len(data) > _MAX_LENGTH:
        raise Unreadable(f"more than {_MAX_LENGTH // 1_000_000} MB; save the page without its pictures")
    message = message_from_bytes(data, _class=EmailMessage, policy=policy.default)
    part = next((part for part in message.walk() if part.get_content_type() == "text/html"), None)
    if part is None:
        raise Unreadable("no page in the file; save it again as HTML")
    body = part.get_payload(decode=True)
    page = decoded(body if isinstance(body, bytes) else b"", part.get_content_charset() or "")
    place = message["Snapshot-Content-Location"] or part["Content-Location"] or ""
    yield html.record(item, page, url=str(place).strip() if str(place).startswith("http") else "")
