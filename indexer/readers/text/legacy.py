"""Vietnamese from before Unicode: TCVN3 (ABC), VNI-Windows and VISCII, letter by letter.

The first two gave the codes of Western letters to fonts of their own. A text in them is bytes or, after a
careless conversion, Western letters in Unicode: `QuyÒn con ng­êi` (TCVN3), `Quyeàn con ngöôøi` (VNI). Both
forms are the same to us: bytes read as Latin-1. Tables: TCVN 5712:1993 (VN3), VNI's published character map,
RFC 1456.
"""

import re
import unicodedata
from collections.abc import Mapping

_ACUTE, _GRAVE, _HOOK, _TILDE, _DOT = "\u0301", "\u0300", "\u0309", "\u0303", "\u0323"
_CIRCUMFLEX, _BREVE = "\u0302", "\u0306"

# Codes ascend in the order of the standard: capitals without tones, vowels with a diacritic, tones by vowel.
# Capitals with tones have no codes: fonts whose names end in H draw them in the places of the small ones.
_TCVN3: Mapping[int, str] = str.maketrans(
    dict(
        zip(
            (
                "\xa1\xa2\xa3\xa4\xa5\xa6\xa7"
                "\xa8\xa9\xaa\xab\xac\xad\xae"
                "\xb5\xb6\xb7\xb8\xb9"
                "\xbb\xbc\xbd\xbe\xc6"
                "\xc7\xc8\xc9\xca\xcb"
                "\xcc\xce\xcf\xd0\xd1"
                "\xd2\xd3\xd4\xd5\xd6"
                "\xd7\xd8\xdc\xdd\xde"
                "\xdf\xe1\xe2\xe3\xe4"
                "\xe5\xe6\xe7\xe8\xe9"
                "\xea\xeb\xec\xed\xee"
                "\xef\xf1\xf2\xf3\xf4"
                "\xf5\xf6\xf7\xf8\xf9"
                "\xfa\xfb\xfc\xfd\xfe"
            ),
            ("ĂÂÊÔƠƯĐăâêôơưđàảãáạằẳẵắặầẩẫấậèẻẽéẹềểễếệìỉĩíịòỏõóọồổỗốộờởỡớợùủũúụừửữứựỳỷỹýỵ"),
            strict=True,
        )
    )
)

_VISCII: Mapping[int, str] = str.maketrans(
    dict(
        zip(
            "\x02\x05\x06\x14\x19\x1e" + "".join(map(chr, range(0x80, 0x100))),
            "ẲẴẪỶỸỴ"  # six rare capitals took the places of control characters
            "ẠẮẰẶẤẦẨẬẼẸẾỀỂỄỆỐỒỔỖỘỢỚỜỞỊỎỌỈỦŨỤỲÕắằặấầẩậẽẹếềểễệốồổỗỠƠộờởịỰỨỪỬơớƯÀÁÂÃẢĂẳẵÈÉÊẺÌÍĨỳĐứÒÓÔạỷừửÙÚỹỵÝỡư"
            "àáâãảăữẫèéêẻìíĩỉđựòóôõỏọụùúũủýợỮ",
            strict=True,
        )
    )
)

_VNI_BASES = {"ô": "ơ", "ö": "ư"}
_VNI_DIACRITICS = {
    "ù": _ACUTE,
    "ø": _GRAVE,
    "û": _HOOK,
    "õ": _TILDE,
    "ï": _DOT,
    "â": _CIRCUMFLEX,
    "á": _CIRCUMFLEX + _ACUTE,
    "à": _CIRCUMFLEX + _GRAVE,
    "å": _CIRCUMFLEX + _HOOK,
    "ã": _CIRCUMFLEX + _TILDE,
    "ä": _CIRCUMFLEX + _DOT,
    "ê": _BREVE,
    "é": _BREVE + _ACUTE,
    "è": _BREVE + _GRAVE,
    "ú": _BREVE + _HOOK,
    "ü": _BREVE + _TILDE,
    "ë": _BREVE + _DOT,
}
_VNI_ALONE = {"ñ": "đ", "ô": "ơ", "ö": "ư", "í": "í", "ì": "ì", "æ": "ỉ", "ó": "ĩ", "ò": "ị", "î": "ỵ"}
_VNI = re.compile(f"([aeouyôö])([{''.join(_VNI_DIACRITICS)}])|[{''.join(_VNI_ALONE)}]", re.IGNORECASE)

TCVN3_LETTERS = {letter: chr(code) for code, letter in _TCVN3.items()}
"""The code, as a character of Latin-1, of each letter; capitals with tones share those of the small ones."""
TCVN3_LETTERS |= {
    letter.upper(): code for letter, code in TCVN3_LETTERS.items() if letter.upper() not in TCVN3_LETTERS
}


def vni_letters() -> dict[str, str]:
    """The one or two characters of each letter that VNI-Windows writes with codes above ASCII."""
    alone = {letter: code for code, letter in _VNI_ALONE.items()}
    pairs = {from_vni(base + sign): base + sign for base in "aeouyôö" for sign in _VNI_DIACRITICS}
    small = {letter: code for letter, code in (pairs | alone).items() if len(letter) == 1}
    return small | {letter.upper(): code.upper() for letter, code in small.items()}


def from_tcvn3(text: str) -> str:
    """Unicode for TCVN3 codes read as Latin-1."""
    return text.translate(_TCVN3)


def from_vni(text: str) -> str:
    """Unicode for VNI-Windows codes read as Latin-1: a vowel, then one that stands for its diacritics."""
    return _VNI.sub(_vni_letter, text)


def from_viscii(text: str) -> str:
    """Unicode for VISCII codes read as Latin-1."""
    return text.translate(_VISCII)


def _vni_letter(match: re.Match[str]) -> str:
    base, sign = match[1], match[2]
    if not base:
        alone = _VNI_ALONE[match[0].lower()]
        return alone.upper() if match[0].isupper() else alone
    letter = _VNI_BASES.get(base.lower(), base.lower()) + _VNI_DIACRITICS[sign.lower()]
    composed = unicodedata.normalize("NFC", letter)
    return composed.upper() if base.isupper() else composed
