"""What the interface says in each language: gettext catalogues, read once in the life of a process."""

from collections.abc import Callable
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.support import NullTranslations, Translations
from flask import Flask, g
from flask_babel import Babel, Domain, get_locale

SOURCE = "en"
"""The language that the code speaks: it needs no catalogue."""
LANGUAGES = ("vi", "fr", SOURCE)
FOLDER = Path(__file__).parent / "translations"


class Catalogues(Domain):
    """The catalogues as Flask-Babel asks for them, read from .po: nothing compiled can be out of date."""

    def __init__(self) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self._by_language = {language: _translations(language) for language in LANGUAGES}

    def get_translations(self) -> NullTranslations:
        """The words for the request that is being answered, remembered: a page asks fifty times."""
        try:
            found: NullTranslations = g.translations
        except AttributeError:
            found = g.translations = self._by_language[str(get_locale())]
        return found


def install(app: Flask, choose: Callable[[], str]) -> None:
    """Give pages and code the words of the language that is chosen for each request."""
    babel = Babel(app, configure_jinja=False, locale_selector=choose)  # type: ignore[no-untyped-call]
    babel.domain_instance = catalogues = Catalogues()
    words = catalogues.get_translations
    jinja: Any = app.jinja_env
    jinja.add_extension("jinja2.ext.i18n")
    # Flask-Babel's own callables look for application, domain and locale at each word: twice the time.
    jinja.install_gettext_callables(
        lambda text: words().gettext(text),
        lambda one, many, count: words().ngettext(one, many, count),
        newstyle=True,
        pgettext=lambda context, text: words().pgettext(context, text),
        npgettext=lambda context, one, many, count: words().npgettext(context, one, many, count),
    )
    jinja.globals["_"] = jinja.globals["gettext"]


def path(language: str) -> Path:
    """The catalogue of a language."""
    return FOLDER / language / "LC_MESSAGES" / "messages.po"


@cache
def _translations(language: str) -> NullTranslations:
    if language == SOURCE:
        return NullTranslations()
    with path(language).open("rb") as file:
        catalogue = read_po(file, locale=language, abort_invalid=True)
    compiled = BytesIO()
    write_mo(compiled, catalogue)
    compiled.seek(0)
    return Translations(compiled)
