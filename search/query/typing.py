"""Vietnamese as keyboards type it: Telex (`quyeenf`, `dduwowngf`) and VNI (`quye62n`, `d9u7o72ng`).

Rules as input methods document them: letters that repeat or a `w` make other vowels, one letter or digit
anywhere behind the vowel gives the tone. A token counts as typed so only if a Vietnamese syllable comes out.
"""

import unicodedata

from search.analysis.syllable import is_syllable, place_tone, split_tone

_TELEX_TONES = {"f": "\u0300", "s": "\u0301", "x": "\u0303", "r": "\u0309", "j": "\u0323"}
_VNI_TONES = {"1": "\u0301", "2": "\u0300", "3": "\u0309", "4": "\u0303", "5": "\u0323"}
_DOUBLED = {"a": "â", "e": "ê", "o": "ô"}
_VNI_MARKS = {
    "6": {"a": "â", "e": "ê", "o": "ô"},
    "7": {"o": "ơ", "u": "ư"},
    "8": {"a": "ă"},
    "9": {"d": "đ"},
}
_VOWELS = frozenset("aăâeêioôơuưy")
_ENCODED = {"â": "aa", "ê": "ee", "ô": "oo", "ă": "aw", "ơ": "ow", "ư": "uw", "đ": "dd"}


def decode(token: str) -> str:
    """The Vietnamese syllable that a token typed in Telex or VNI stands for; empty when it is none.

    A token that is a syllable as it stands (*quyen*) is not decoded.
    """
    word = token.lower()
    if not word.isascii() or not word.isalnum():
        return ""
    letters, tone = _vni(word) if any(char.isdigit() for char in word) else _telex(word)
    # `uow` is ươ before another letter, uơ at the end: *người*, but *thuở*
    for read in (letters, letters.replace("ươ", "uơ")):
        decoded = place_tone(_toned(read, tone))
        if decoded != word and is_syllable(decoded):
            return decoded
    return ""


def is_plainly_typed(token: str) -> bool:
    """Whether a token shows a keyboard by more than its last letter: *quyeenf*, *ddi*, *nha2*; not *lois*."""
    word = token.lower()
    marked = any(double in word for double in ("aa", "ee", "oo", "dd"))
    return marked or any(char in "jwz" or char.isdigit() for char in word[1:])


def encode_telex(syllable: str) -> str:
    """How a Vietnamese syllable is typed in Telex, its tone last: `quyền` → `quyeenf`."""
    toneless, tone = split_tone(syllable)
    key = next((key for key, mark in _TELEX_TONES.items() if mark == tone), "")
    return "".join(_ENCODED.get(char, char) for char in toneless.replace("oo", "ooo")) + key


def _telex(word: str) -> tuple[str, str]:
    letters: list[str] = []
    tone = ""
    for char in word:
        if char in _TELEX_TONES and _has_vowel(letters):
            tone = _TELEX_TONES[char]
        elif char == "z" and _has_vowel(letters):
            tone = ""
        elif char == "w":
            if not _horned(letters):
                letters.append("ư")
        elif char == "o" and letters[-1:] == ["ô"]:
            letters[-1:] = ["o", "o"]  # a third o takes the circumflex back: *choòng*
        elif char in _DOUBLED and _last_vowel(letters) == char:
            letters[len(letters) - 1 - letters[::-1].index(char)] = _DOUBLED[char]
        elif char == "d" and letters[:1] == ["d"]:
            letters[0] = "đ"
        else:
            letters.append(char)
    return "".join(letters), tone


def _vni(word: str) -> tuple[str, str]:
    letters: list[str] = []
    tone = ""
    for char in word:
        if char in _VNI_TONES and _has_vowel(letters):
            tone = _VNI_TONES[char]
        elif char == "7":
            if not _horned(letters):
                letters.append(char)
        elif char in _VNI_MARKS:
            marked = _VNI_MARKS[char]
            places = [index for index, letter in enumerate(letters) if letter in marked]
            if places:
                letters[places[-1]] = marked[letters[places[-1]]]
            else:
                letters.append(char)
        else:
            letters.append(char)
    return "".join(letters), tone


def _horned(letters: list[str]) -> bool:
    """Put the horn where `w` or `7` means it: `uow` → ươ, `ow` → ơ, `aw` → ă, `uw` → ư."""
    text = "".join(letters)
    for plain, horned in (("uo", "ươ"), ("ưo", "ươ"), ("uơ", "ươ")):
        at = text.rfind(plain)
        if at >= 0 and not text.startswith("qu"):
            letters[at : at + 2] = list(horned)
            return True
    for index in range(len(letters) - 1, -1, -1):
        horned_letter = {"o": "ơ", "u": "ư", "a": "ă"}.get(letters[index])
        if horned_letter:
            letters[index] = horned_letter
            return True
        if letters[index] in "ươă":
            return True  # `uwow`: each w has had its vowel
    return False


def _has_vowel(letters: list[str]) -> bool:
    return any(letter in _VOWELS for letter in letters)


def _last_vowel(letters: list[str]) -> str:
    return next((letter for letter in reversed(letters) if letter in _VOWELS), "")


def _toned(letters: str, tone: str) -> str:
    """The letters with the tone on some vowel; `place_tone` puts it where it belongs."""
    if not tone:
        return letters
    at = max((index for index, letter in enumerate(letters) if letter in _VOWELS), default=-1)
    return unicodedata.normalize("NFC", letters[: at + 1] + tone + letters[at + 1 :])
