"""The table of formats: nothing but a file and a line makes a format known."""

import io
import zipfile
from collections import Counter
from importlib import import_module
from operator import attrgetter
from pkgutil import iter_modules

import pytest

from indexer.readers import READERS, formats
from indexer.readers.detect import format_by_name, format_of
from indexer.readers.formats import TABLE, Format, Handling


@pytest.mark.parametrize("format", TABLE, ids=attrgetter("name"))
def test_every_suffix_names_its_format(format: Format) -> None:
    for suffix in format.suffixes:
        assert format_by_name(f"a{suffix}") == format_by_name(f"A{suffix.upper()}.gz") == format.name


def test_no_two_formats_share_a_name_or_a_suffix() -> None:
    for names in ([format.name for format in TABLE], [each for format in TABLE for each in format.suffixes]):
        assert set(Counter(names).values()) == {1}


def test_every_reader_is_in_the_table_and_every_line_has_its_reader() -> None:
    modules = {module.name for module in iter_modules(formats.__path__)}
    reading = {name for name in modules if hasattr(import_module(f"{formats.__name__}.{name}"), "read")}
    assert set(READERS.values()) == reading


@pytest.mark.parametrize("format", [each for each in TABLE if each.parts], ids=attrgetter("name"))
def test_a_document_that_is_a_zip_file_is_told_from_an_archive_whatever_its_name(format: Format) -> None:
    by_parts, by_mimetype = io.BytesIO(), io.BytesIO()
    with zipfile.ZipFile(by_parts, "w") as archive:
        for part in format.parts:
            archive.writestr(part, "")
    with zipfile.ZipFile(by_mimetype, "w") as archive:
        archive.writestr("mimetype", format.mimetype)
    assert format.handling is Handling.SEEKING
    by_parts.seek(0)
    assert format_of("download", by_parts) == format.name
    if format.mimetype:
        by_mimetype.seek(0)
        assert format_of("download", by_mimetype) == format.name
