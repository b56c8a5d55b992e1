"""The site: a search page and a document page over one index, rendered on the server."""

from os import PathLike

from flask import Flask
from jinja2 import StrictUndefined

from search import Engine
from web import assets, exports, failures, interface, views
from web.live import LiveIndex, configured_index
from web.marks import displayable
from web.requests import TolerantRequest

__all__ = ["create_app"]


def create_app(index: str | PathLike[str] | None = None, *, engine: Engine | None = None) -> Flask:
    """The WSGI application, over an index folder or over an engine that is already open.

    Without either, the folder is that of `SONGNGU_INDEX`, else `.index`. A folder that cannot be
    opened yet does not stop the site: its pages say what to run, and it is tried again each time.
    """
    app = Flask(__name__)
    app.request_class = TolerantRequest
    app.url_map.merge_slashes = False  # an id may hold “//”: https://example.org/a
    app.jinja_options = {
        "finalize": displayable,
        "undefined": StrictUndefined,
        "trim_blocks": True,
        "lstrip_blocks": True,
    }
    app.extensions[LiveIndex.NAME] = LiveIndex(index or configured_index(), engine)
    interface.install(app)
    assets.install(app)
    failures.install(app)
    app.register_blueprint(views.pages)
    app.register_blueprint(exports.exports)
    return app
