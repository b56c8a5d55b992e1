"""What those who run the site watch: a sign of life, metrics, a line of log for each request."""

import json
import logging
import os
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import suppress
from http import HTTPStatus

from flask import Blueprint, Flask, Response, current_app, g, has_app_context, jsonify, request
from flask.typing import ResponseReturnValue
from prometheus_client import (
    CONTENT_TYPE_LATEST,
    CollectorRegistry,
    Counter,
    Histogram,
    generate_latest,
)
from prometheus_client.metrics_core import GaugeMetricFamily
from prometheus_client.multiprocess import MultiProcessCollector
from prometheus_client.registry import Collector

from search import SearchError, SearchRequest
from web.live import live_index
from web.settings import Settings

operations = Blueprint("operations", __name__)

BUCKETS = (0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5)
"""Seconds: a keystroke should take less than a tenth."""

access = logging.getLogger("songngu.access")


class Metrics:
    """The numbers of one application, in Prometheus's terms."""

    NAME = "songngu.metrics"

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        self.requests = Counter(
            "songngu_requests", "Requests answered.", ("endpoint", "status"), registry=self.registry
        )
        self.seconds = Histogram(
            "songngu_request_seconds",
            "Time from a request to its answer.",
            ("endpoint",),
            buckets=BUCKETS,
            registry=self.registry,
        )
        self.stages = Histogram(
            "songngu_stage_seconds",
            "Time of each stage of a search.",
            ("stage",),
            buckets=BUCKETS,
            registry=self.registry,
        )
        self.registry.register(Documents())


class Documents(Collector):
    """How many documents the live generation has, told anew each time: nothing is left of those before."""

    def collect(self) -> Iterator[GaugeMetricFamily]:
        """The one gauge, without a value while there is no index."""
        gauge = GaugeMetricFamily("songngu_documents", "Documents in the index.", labels=["generation"])
        if has_app_context():
            with suppress(SearchError):
                status = live_index().engine().status()
                gauge.add_metric([status.generation], status.documents)
        yield gauge


def record_stages(stages_ms: Mapping[str, float]) -> None:
    """Remember how long the stages of this request's search took."""
    g.stages_ms = g.get("stages_ms", {}) | stages_ms


def install(app: Flask, settings: Settings) -> None:
    """Count and time every request; with an access log, write a JSON line for each."""
    metrics = app.extensions[Metrics.NAME] = Metrics()
    app.register_blueprint(operations)
    if settings.access_log and not access.handlers:
        handler = logging.StreamHandler(sys.stderr)
        handler.setFormatter(logging.Formatter("%(message)s"))
        access.addHandler(handler)
        access.setLevel(logging.INFO)
        access.propagate = False

    @app.before_request
    def _start() -> None:
        g.began = time.perf_counter()

    @app.after_request
    def _count(response: Response) -> Response:
        seconds = time.perf_counter() - g.get("began", time.perf_counter())
        endpoint = request.endpoint or "none"
        stages = g.get("stages_ms", {})
        metrics.requests.labels(endpoint, response.status_code).inc()
        metrics.seconds.labels(endpoint).observe(seconds)
        for stage, milliseconds in stages.items():
            metrics.stages.labels(stage).observe(milliseconds / 1000)
        if stages:
            response.headers["Server-Timing"] = ", ".join(
                f"{name};dur={ms:.1f}" for name, ms in stages.items()
            )
        if settings.access_log:
            access.info(_line(response, seconds, stages))
        return response


def _line(response: Response, seconds: float, stages: Mapping[str, float]) -> str:
    """One request. What was searched for is not written: it is the visitor's own business."""
    return json.dumps(
        {
            "time": time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime()),
            "client": request.remote_addr,
            "method": request.method,
            "path": request.path,
            "status": response.status_code,
            "ms": round(seconds * 1000, 1),
            "stages": {name: round(ms, 1) for name, ms in stages.items()},
        }
    )


@operations.get("/livez")
def livez() -> ResponseReturnValue:
    """Whether this process answers at all: one that does not is to be started anew."""
    return jsonify(status="ok")


@operations.get("/readyz")
def readyz() -> ResponseReturnValue:
    """Whether searches are answered now: while they are not, visitors are to be sent elsewhere."""
    try:
        live_index().engine().search(SearchRequest("a", limit=0, cross=False))
        return _of_the_index()
    except SearchError as error:
        return _unavailable(error)


@operations.get("/healthz")
def healthz() -> ResponseReturnValue:
    """Whether the index is whole where it is kept: one that is not is to be built anew.

    A site that has it open may go on answering from files that are gone.
    """
    try:
        live_index().check()
        return _of_the_index()
    except SearchError as error:
        return _unavailable(error)


def _of_the_index() -> ResponseReturnValue:
    status = live_index().engine().status()
    return jsonify(status="ok", documents=status.documents, generation=status.generation)


def _unavailable(error: SearchError) -> ResponseReturnValue:
    return jsonify(status="unavailable", reason=type(error).__name__), HTTPStatus.SERVICE_UNAVAILABLE


@operations.get("/metrics")
def metrics() -> ResponseReturnValue:
    """Requests, latency by stage and documents by generation, as Prometheus reads them."""
    registry = current_app.extensions[Metrics.NAME].registry
    if "PROMETHEUS_MULTIPROC_DIR" in os.environ:  # several workers add up in files of that folder
        registry = CollectorRegistry()
        MultiProcessCollector(registry)  # type: ignore[no-untyped-call]
        registry.register(Documents())
    return Response(generate_latest(registry), content_type=CONTENT_TYPE_LATEST)
