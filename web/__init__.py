"""The site: a search page and a document page over one index, rendered on the server."""

from dataclasses import replace
from os import PathLike

from flask import Flask
from jinja2 import StrictUndefined

from search import Config, Engine, SynonymsFile, lexicon_with
from web import api, assets, clients, exports, failures, interface, limits, opensearch, operations, views
from web.highlights import displayable
from web.live import LiveIndex
from web.requests import TolerantRequest
from web.settings import Settings

__all__ = ["create_app"]


def create_app(
    index: str | PathLike[str] | None = None,
    *,
    engine: Engine | None = None,
    settings: Settings | None = None,
) -> Flask:
    """The WSGI application, over an index folder or over an engine that is already open.

    Settings are read from the environment unless given; without an index, theirs is served. A folder
    that cannot be opened yet does not stop the site: its pages say what to run, and it is tried again
    each time. Raises SearchError for a file of synonyms or a lexicon that cannot be read.
    """
    settings = settings or Settings.read()
    app = Flask(__name__)
    app.request_class = TolerantRequest
    app.url_map.merge_slashes = False  # an id may hold “//”: https://example.org/a
    app.jinja_options = {
        "finalize": displayable,
        "undefined": StrictUndefined,
        "trim_blocks": True,
        "lstrip_blocks": True,
    }
    config = Config(synonyms=SynonymsFile(settings.synonyms)) if settings.synonyms else Config()
    if settings.lexicons:
        config = replace(config, lexicon=lexicon_with(settings.lexicons))
    app.extensions[LiveIndex.NAME] = LiveIndex(index or settings.index, engine, config)
    operations.install(app, settings)
    clients.install(app, settings)
    limits.install(app, settings)
    interface.install(app)
    assets.install(app)
    failures.install(app)
    app.register_blueprint(views.pages)
    app.register_blueprint(exports.exports)
    app.register_blueprint(opensearch.opensearch)
    app.register_blueprint(api.api, url_prefix="/api")
    app.register_blueprint(api.api, url_prefix=f"/api/v{api.VERSION}", name="api_versioned")
    return app
