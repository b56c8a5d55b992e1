"""Rich Text Format: bytes by their fonts, notes below, and nothing of what only programs read."""

import io

import pytest

from indexer.readers.formats import rtf
from indexer.readers.record import Item, Record, Unreadable
from indexer.readers.text.legacy import TCVN3_LETTERS

HEAD = (
    rb"{\rtf1\ansi\ansicpg1252\deff0{\fonttbl{\f0\froman\fcharset0 Times New Roman;}{\f1\fcharset163 Arial;}"
    rb"{\f2\fnil\fcharset0 .VnTime;}{\f3 .VnTimeH{\*\falt Times};}}{\colortbl;\red0\green0\blue0;}"
    rb"{\stylesheet{\s0 Normal;}}{\*\generator Msftedit;}"
)
INFO = (
    rb"{\info{\title S\u7889?ng n\u432?\u7899?c}{\author Lan}{\creatim\yr2019\mo4\dy7\hr9}"
    rb"{\revtim\yr2020\mo1\dy1}}"
)


def read(body: bytes, info: bytes = b"") -> Record:
    data = HEAD + info + body + b"}"
    [found] = rtf.read(Item("a.rtf", "kho/a.rtf", "a.rtf", io.BytesIO(data)))
    assert isinstance(found, Record)
    return found


def blocks(body: bytes) -> list[str]:
    document = read(body).document
    return [document.title, *filter(None, document.text.split("\n\n"))]


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (rb"L\'92\'e9t\'e9 au lac.\par Fin.", ["L’été au lac.", "Fin."]),
        (rb"\uc1 Ng\u432?\u7901?i l\u225\'e1i \u273?\u242?", ["Người lái đò"]),
        (rb"{\uc2 \u7873 ??}{\uc0 \u7873}\uc1 \u-3 ?", ["ềề\ufffd"]),
        (rb"\u-10179 ?\u-9000 ?", ["\U0001f4d8"]),
        (rb"\f1 c\'e2\'d2n th\'e2\'f2n", ["câ\u0309n thâ\u0323n"]),
        (rb"Prix\par\trowd\intbl th\'e9\cell prix\cell\row\pard Apr\'e8s", ["Prix", "thé  prix", "Après"]),
        (rb"Le bac{\footnote\pard vendu\par repeint} passe.\par", ["Le bac passe.", "vendu", "repeint"]),
        (rb"{\header Mairie\par}{\footer Mairie\par}Avis", ["Avis", "Mairie"]),
        (rb"{\field{\*\fldinst HYPERLINK x}{\fldrslt lien}} ici{\v cach\'e9}{\deleted mort}", ["lien ici"]),
        (rb"{\pict\pngblip\bin4 }}{{89504e}Image", ["Image"]),
        (rb"{\*\shpinst{\sp{\sn pib}{\sv 12}}{\shptxt Affiche\par}}", ["Affiche"]),
        (rb"A\par a\~: b\_c \{d\} \ldblquote e\rdblquote\line f", ["A", "a\xa0: b‑c {d} “e”\nf"]),
    ],
)
def test_rich_text_is_read_as_it_is_shown(body: bytes, expected: list[str]) -> None:
    assert blocks(body) == expected


def test_letters_of_an_old_font_are_read_as_they_are_drawn() -> None:
    text = "Đường vào bản lầy lội quá"
    written = "".join(f"\\'{ord(TCVN3_LETTERS.get(letter, letter)):02x}" for letter in text).encode()
    assert blocks(rb"{\f2 " + written + rb"}\par{\f3 " + written + rb"}\par \'e9t\'e9") == [
        text,
        text.upper(),
        "été",
    ]


def test_what_a_rich_text_says_about_itself() -> None:
    document = read(rb"M\'f9a n\u432?\u7899?c", INFO).document
    assert (document.title, document.author, document.date) == ("Sống nước", "Lan", "2019-04-07")


@pytest.mark.parametrize(
    "body", [b"{" * 50_000 + b"A", b"}" * 50_000 + b"A", rb"\u999999999 ?A", rb"\bin-9 A"]
)
def test_broken_groups_give_what_can_be_read(body: bytes) -> None:
    assert "A" in read(body).document.title


def test_what_is_no_rich_text_says_so() -> None:
    for data, reason in ((b"hello", "damaged"), (b"{\\rtf1}", "empty")):
        with pytest.raises(Unreadable, match=reason):
            list(rtf.read(Item("a.rtf", "a.rtf", "a.rtf", io.BytesIO(data))))
