"""Bytes → clean text: encodings, control characters, lone surrogates, and a limit on size.

What its bytes show to be UTF-8 or UTF-16 is that. Anything else is a guess, made only on evidence: the words
with diacritics must be well formed in one language after decoding, and many enough.
"""

import codecs
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import BinaryIO

from indexer.readers.record import Unreadable
from indexer.readers.text.evidence import WordForms, evidence, only_signs
from indexer.readers.text.legacy import from_tcvn3, from_viscii, from_vni
from indexer.readers.text.mend import mended

MAX_TEXT = 10_000_000
"""Bytes of text in one document: a dozen novels. Its analysis takes about 120 times as much memory; what is
longer is a decompression bomb or the dump of a database."""

UTF_16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
UTF_32 = (codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE)

_BINARY_SHARE = 0.01  # a stray NUL in a page of text is a scar; one in a hundred is a picture or a program
_LINE_ENDS = re.compile("\r\n?|[\v\f\x85\u2028\u2029]")
_CONTROLS = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f]")
_BINARY = re.compile("[\x00-\x08\x0e-\x1f\x7f]")  # the others come of text that was read in a wrong encoding
_SURROGATES = re.compile("[\ud800-\udfff]")
_ESCAPED = re.compile("[\udc80-\udcff]")
_WELL_FORMED = 0.85
_MIN_VIETNAMESE = 5  # words with diacritics
_MIN_WESTERN = 3  # words with diacritics and French words together
_BY_SIGNS = 0.5
"""How sure an encoding is by well-placed signs alone: less than by any words."""
_MAX_REPLACED = 0.001  # of the characters of a damaged UTF-8 text


@dataclass(frozen=True, slots=True)
class Decoded:
    """The clean text of a file, and in words what was wrong with its encoding and is mended."""

    text: str
    repairs: tuple[str, ...] = ()


def read_text(stream: BinaryIO) -> str:
    """The clean text of a whole file. Raises Unreadable when it is none, empty, or too long."""
    return read_decoded(stream).text


def read_decoded(stream: BinaryIO) -> Decoded:
    """The clean text of a whole file, and its repairs. Raises Unreadable: no text, empty, or too long."""
    data = stream.read(MAX_TEXT + 1)
    if len(data) > MAX_TEXT:
        raise Unreadable(too_long())
    return decoded(data)


def decoded(data: bytes, declared: str = "") -> Decoded:
    """The clean text of bytes; `declared` is the encoding that their format names (`<meta charset>`)."""
    found = _decode(data, declared)
    text = found.text
    if len(_BINARY.findall(text)) > len(text) * _BINARY_SHARE:
        raise Unreadable("binary file, not text; if it is text, save it as UTF-8")
    text = clean(text).strip()
    if not text:
        raise Unreadable("empty")
    return Decoded(text, found.repairs)


def clean(text: str) -> str:
    """Line ends as `\\n`, control characters as spaces, lone surrogates as U+FFFD; all else as it was."""
    return _SURROGATES.sub("\ufffd", _CONTROLS.sub(" ", _LINE_ENDS.sub("\n", text)))


def too_long() -> str:
    """The reason that goes with MAX_TEXT."""
    return f"more than {MAX_TEXT // 1_000_000} MB of text in one document; split it"


def legacy(data: bytes, declared: str = "") -> Decoded | None:
    """Text of bytes that are not UTF-8; None when the evidence for any encoding is thin."""
    best: tuple[float, Decoded] | None = None
    known = _declared(declared)
    for name, decode in {**known, **_ENCODINGS}.items():
        try:
            text = decode(data)
        except (UnicodeDecodeError, LookupError):
            continue
        certainty = _certainty(name, evidence(text), name in known) or _by_signs(name, text, name in known)
        if certainty and (best is None or certainty > best[0]):
            best = certainty, Decoded(text, () if name in known else (name,))  # as declared: no repair
    return best[1] if best else None


def _decode(data: bytes, declared: str) -> Decoded:
    if data.startswith(UTF_32):
        return _marked(data, "utf-32")
    if data.startswith(UTF_16):
        return _marked(data, "utf-16")
    if wide := _without_mark(data):
        return wide
    try:
        return mended_text(data.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        if b"\0" in data:
            raise Unreadable("binary file, not text") from error
        found = legacy(data, declared) or _partly_utf_8(data, declared)
        if found is None:
            # The offset is that of the error's own object, which has lost its byte-order mark.
            byte, offset = error.object[error.start], error.start
            reason = f"not UTF-8 text (byte 0x{byte:02X} at offset {offset}); save it as UTF-8"
            raise Unreadable(reason) from error
        return found


def mended_text(text: str) -> Decoded:
    """Unicode text that went through a wrong encoding before, set right where the evidence is strong."""
    text, repairs = mended(text)
    return Decoded(text, repairs)


def _marked(data: bytes, encoding: str) -> Decoded:
    try:
        return mended_text(data.decode(encoding))
    except UnicodeDecodeError as error:
        raise Unreadable(f"damaged {encoding.upper()} text; save it as UTF-8") from error


def _without_mark(data: bytes) -> Decoded | None:
    """UTF-16 without its byte-order mark: every other byte of Latin letters is NUL."""
    head = data[:4096]
    if len(data) % 2 or b"\0" not in head:
        return None
    even, odd = (head[place::2].count(0) / max(1, len(head) // 2) for place in (0, 1))
    if min(even, odd) > 0.05 or max(even, odd) < 0.3:
        return None
    try:
        return Decoded(
            data.decode("utf-16-le" if odd > even else "utf-16-be"), ("UTF-16 without byte-order mark",)
        )
    except UnicodeDecodeError:
        return None


def _partly_utf_8(data: bytes, declared: str = "") -> Decoded | None:
    """UTF-8 with lines of another encoding, or with a few bytes that a cut or a bad disk has spoilt.

    What is plain but for them is UTF-8 if it says so.
    """
    text = data.decode("utf-8-sig", "surrogateescape")
    spoilt = len(_ESCAPED.findall(text))
    says_so = declared.lower().replace("-", "") == "utf8"
    if not says_so and not any(ord(letter) > 127 and not _ESCAPED.match(letter) for letter in text):
        return None
    lines = text.split("\n")
    foreign = [number for number, line in enumerate(lines) if _ESCAPED.search(line)]
    whole = "\n".join(lines[number] for number in foreign).encode("utf-8", "surrogateescape")
    if found := legacy(whole):
        for number, line in zip(foreign, found.text.split("\n"), strict=True):
            lines[number] = line
        name = next(iter(found.repairs), "another encoding")
        return Decoded("\n".join(lines), (f"{name} in {len(foreign)} lines of UTF-8",))
    if spoilt <= max(3, len(text) * _MAX_REPLACED):
        return Decoded(
            _ESCAPED.sub("\ufffd", text),
            (f"damaged UTF-8, {spoilt} {'byte' if spoilt == 1 else 'bytes'} replaced",),
        )
    return None


def _certainty(name: str, found: WordForms, declared: bool) -> float:
    """How sure an encoding is, by the words that come out; 0 when not sure enough."""
    if name in _VIETNAMESE:
        enough = found.with_diacritics >= _MIN_VIETNAMESE and found.vietnamese >= _WELL_FORMED
        return found.vietnamese + 0.01 if enough and found.vietnamese > found.western else 0.0
    least = 1 if declared else _MIN_WESTERN
    enough = found.with_diacritics > 0 and found.with_diacritics + found.western_words >= least
    return found.western if enough and found.western >= _WELL_FORMED else 0.0


def _by_signs(name: str, text: str, declared: bool) -> float:
    """How sure an encoding is by signs that stand where they should: `l’accord`, `said “yes”`, `© 2004`."""
    return _BY_SIGNS if (declared or name == "Windows-1252") and only_signs(text) else 0.0


def _declared(name: str) -> Mapping[str, Callable[[bytes], str]]:
    """The declared encoding goes first: of two that are equally likely it is the one."""
    try:
        codec = codecs.lookup(name) if name else None
    except LookupError:
        codec = None
    if codec is None or codec.name.startswith("utf"):
        return {}
    return {codec.name: lambda data: data.decode(codec.name)}


_ENCODINGS: Mapping[str, Callable[[bytes], str]] = {
    "Windows-1252": lambda data: data.decode("cp1252"),
    "ISO-8859-1": lambda data: data.decode("latin-1"),
    "ISO-8859-15": lambda data: data.decode("iso-8859-15"),
    "Windows-1258": lambda data: data.decode("cp1258"),
    "TCVN3 (ABC)": lambda data: from_tcvn3(data.decode("latin-1")),
    "VNI-Windows": lambda data: from_vni(data.decode("latin-1")),
    "VISCII": lambda data: from_viscii(data.decode("latin-1")),
}
_VIETNAMESE = frozenset(("Windows-1258", "cp1258", "TCVN3 (ABC)", "VNI-Windows", "VISCII"))
