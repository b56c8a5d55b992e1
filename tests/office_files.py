"""Office files of our own making, as small as programs accept them."""

import io
import zipfile
from collections.abc import Mapping

WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
STRICT = "http://purl.oclc.org/ooxml/wordprocessingml/main"
DRAWING = "http://schemas.openxmlformats.org/drawingml/2006/main"
SLIDES = "http://schemas.openxmlformats.org/presentationml/2006/main"
SHEETS = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
ODF = "urn:oasis:names:tc:opendocument:xmlns"
_PACKAGES = "http://schemas.openxmlformats.org/package/2006"
_COMPATIBLE = "http://schemas.openxmlformats.org/markup-compatibility/2006"


def zipped(files: Mapping[str, str]) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            packing = zipfile.ZIP_STORED if name == "mimetype" else zipfile.ZIP_DEFLATED
            archive.writestr(name, data, packing)
    return packed.getvalue()


def related(*targets: tuple[str, str]) -> str:
    """What a part is related to: kinds and targets; ids are r1, r2 …"""
    lines = (
        f'<Relationship Id="r{place}" Type="{RELATIONS}/{kind}" Target="{target}"/>'
        for place, (kind, target) in enumerate(targets, 1)
    )
    return f'<Relationships xmlns="{_PACKAGES}/relationships">{"".join(lines)}</Relationships>'


def package(main: str, parts: Mapping[str, str], kinds: Mapping[str, str]) -> bytes:
    """A package whose main part names others: `kinds` says by their names what they are to it."""
    folder, _, name = main.rpartition("/")
    others = [(kind, part.removeprefix(f"{folder}/")) for part, kind in kinds.items()]
    return zipped(
        {
            "[Content_Types].xml": f'<Types xmlns="{_PACKAGES}/content-types"/>',
            "_rels/.rels": related(("officeDocument", main)),
            f"{folder}/_rels/{name}.rels": related(*others),
            **parts,
        }
    )


def element(name: str, inside: str, namespace: str = WORD) -> str:
    return (
        f'<w:{name} xmlns:w="{namespace}" xmlns:mc="{_COMPATIBLE}" xmlns:a="{DRAWING}" xmlns:r="{RELATIONS}">'
        f"{inside}</w:{name}>"
    )


def paragraph(text: str, font: str = "") -> str:
    fonts = f'<w:rPr><w:rFonts w:ascii="{font}" w:hAnsi="{font}"/></w:rPr>' if font else ""
    return f'<w:p><w:r>{fonts}<w:t xml:space="preserve">{text}</w:t></w:r></w:p>'


def word(body: str, *, main: str = "word/document.xml", namespace: str = WORD, **others: str) -> bytes:
    """A Word file; `others` are parts by what they are: `footnotes="<w:footnote>…"`, `header=…`."""
    folder = main.rpartition("/")[0]
    roots = {"header": "hdr", "footer": "ftr"}
    parts = {main: element("document", f"<w:body>{body}</w:body>", namespace)}
    kinds = {}
    for kind, inside in others.items():
        parts[f"{folder}/{kind}.xml"] = element(roots.get(kind, kind), inside, namespace)
        kinds[f"{folder}/{kind}.xml"] = kind
    return package(main, parts, kinds)


def odf(body: str, *, styles: str = "", shared: str = "", kind: str = "text") -> bytes:
    names = " ".join(f'xmlns:{name}="{ODF}:{name}:1.0"' for name in ("office", "text", "table", "style"))
    names += f' xmlns:draw="{ODF}:drawing:1.0" xmlns:svg="{ODF}:svg-compatible:1.0"'
    content = (
        f"<office:document-content {names}><office:automatic-styles>{styles}</office:automatic-styles>"
        f"<office:body><office:{kind}>{body}</office:{kind}></office:body></office:document-content>"
    )
    files = {"mimetype": f"application/vnd.oasis.opendocument.{kind}", "content.xml": content}
    if shared:
        files["styles.xml"] = f"<office:document-styles {names}>{shared}</office:document-styles>"
    return zipped(files)
