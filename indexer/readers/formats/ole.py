"""`.doc`, `.xls`, `.ppt` of before 2007, and locked files of today, packed the same: told, not read."""

from collections.abc import Iterator

from indexer.readers.record import Found, Item, Unreadable

_LOCKED = "EncryptedPackage".encode("utf-16-le")
_MAX_LENGTH = 100_000_000
_TODAY = {"xls": "xlsx", "ppt": "pptx"}


def read(item: Item) -> Iterator[Found]:
    """Nothing: raises Unreadable, and says what to do about it."""
    suffix = item.name.lower().rpartition(".")[2][:3]
    better = _TODAY.get(suffix, "docx")
    if _LOCKED in item.stream.read(_MAX_LENGTH):
        raise Unreadable("encrypted; save it without its password")
    raise Unreadable(
        f"a format of before 2007; save it as .{better}, "
        f"or convert a whole folder: soffice --headless --convert-to {better} *.{suffix}"
    )
    yield
