"""What those who run the site rely on: metrics, the access log, the rate, the settings, proxies."""

import json
import logging
import xml.etree.ElementTree as ET

import pytest
from flask.testing import FlaskClient
from prometheus_client.parser import text_string_to_metric_families
from web_page import page
from web_stub import DROITS, RIGHTS, StubEngine

from web import create_app
from web.settings import BadSetting, Settings


def client(**settings: object) -> FlaskClient:
    engine = StubEngine([RIGHTS, DROITS])
    return create_app(engine=engine, settings=Settings(**settings)).test_client()  # type: ignore[arg-type]


def metrics(site: FlaskClient) -> dict[tuple[str, ...], float]:
    return {
        (sample.name, *sample.labels.values()): sample.value
        for family in text_string_to_metric_families(site.get("/metrics").text)
        for sample in family.samples
    }


def test_metrics_count_requests_time_them_and_name_the_generation() -> None:
    site = client()
    for url in ("/?q=quyen", "/?q=quyen", "/nowhere"):
        site.get(url)
    found = metrics(site)
    assert found["songngu_requests_total", "pages.results", "200"] == 2
    assert found["songngu_requests_total", "none", "404"] == 1
    assert found["songngu_request_seconds_count", "pages.results"] == 2
    assert found["songngu_documents", "g1"] == 2


def test_each_request_is_a_line_of_json_that_does_not_tell_the_query(
    caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    log = logging.getLogger("songngu.access")
    site = client(access_log=True)
    monkeypatch.setattr(log, "propagate", True)
    with caplog.at_level(logging.INFO, "songngu.access"):
        site.get("/?q=bimat")
        site.get("/nowhere")
    lines = [json.loads(record.message) for record in caplog.records if record.name == log.name]
    assert [(line["path"], line["status"]) for line in lines] == [("/", 200), ("/nowhere", 404)]
    assert all(line["ms"] >= 0 and line["client"] == "127.0.0.1" for line in lines)
    assert "bimat" not in caplog.text


def test_a_client_that_asks_too_much_is_told_to_wait_and_others_are_not() -> None:
    site = client(rate="3 per minute")
    assert [site.get("/?q=quyen").status_code for _ in range(4)] == [200, 200, 200, 429]
    text = page(site, "/?q=quyen&ui=fr", 429)
    assert "Trop de demandes" in text
    refused = site.get("/api/search?q=quyen")
    assert (refused.status_code, refused.mimetype) == (429, "application/problem+json")
    assert 1 <= int(refused.headers["Retry-After"]) <= 61
    assert site.get("/?q=quyen", environ_base={"REMOTE_ADDR": "10.0.0.2"}).status_code == 200
    for url in ("/healthz", "/metrics", "/static/style.css"):
        with site.get(url) as response:
            assert response.status_code == 200


def test_a_household_is_one_client_whatever_addresses_it_takes() -> None:
    site = client(rate="2 per minute")

    def status(address: str) -> int:
        return site.get("/", environ_base={"REMOTE_ADDR": address}).status_code

    assert [status(f"2001:db8:1:2::{n:x}") for n in range(3)] == [200, 200, 429]
    assert status("2001:db8:1:3::1") == 200
    assert status("unix:") == 200


@pytest.mark.parametrize(("rate", "downloads"), [(50, 2), (3, 1)])
def test_a_download_counts_for_many_requests(rate: int, downloads: int) -> None:
    site = client(rate=f"{rate} per minute")
    statuses = []
    for _ in range(downloads + 1):
        with site.get("/results.csv?q=quyen") as response:
            statuses.append(response.status_code)
    assert statuses == [200] * downloads + [429]


def test_behind_a_proxy_clients_are_told_apart_only_when_it_is_trusted() -> None:
    def statuses(proxies: int) -> list[int]:
        site = client(rate="1 per minute", proxies=proxies)
        addresses = ("192.0.2.1", "192.0.2.2")
        return [site.get("/", headers={"X-Forwarded-For": address}).status_code for address in addresses]

    assert statuses(0) == [200, 429]
    assert statuses(1) == [200, 200]


def test_behind_a_proxy_addresses_are_those_that_visitors_use() -> None:
    headers = {"X-Forwarded-Proto": "https", "X-Forwarded-Prefix": "/tim", "Host": "kho.example"}
    text = client(proxies=1).get("/opensearch.xml", headers=headers).text
    assert "https://kho.example/tim/?q={searchTerms}" in text


@pytest.mark.parametrize(
    ("name", "value"), [("SONGNGU_RATE", "fast"), ("SONGNGU_PROXIES", "x"), ("SONGNGU_ACCESS_LOG", "maybe")]
)
def test_a_setting_that_cannot_be_used_says_what_to_write(name: str, value: str) -> None:
    with pytest.raises(BadSetting, match=f"{name}=.*write"):
        create_app(engine=StubEngine(), settings=Settings.read({name: value}))


def test_a_browser_can_search_from_its_own_bar() -> None:
    site = client()
    assert 'href="/opensearch.xml"' in page(site, "/")
    described = ET.fromstring(site.get("/opensearch.xml").data)
    addresses = [
        url.get("template") or "" for url in described.iter("{http://a9.com/-/spec/opensearch/1.1/}Url")
    ]
    assert addresses[0] == "http://localhost/?q={searchTerms}"
    page(site, addresses[0].replace("{searchTerms}", "quyen").removeprefix("http://localhost"))


def test_suggestions_for_the_browsers_bar(sample_engine: object) -> None:
    site = create_app(engine=sample_engine).test_client()  # type: ignore[arg-type]
    query, phrases = json.loads(site.get("/opensearch/suggestions?q=ban").text)
    assert query == "ban"
    assert "bán cam" in phrases
    assert "Mùa gặt bận rộn" not in phrases  # a title is no query
