"""Who may ask for what: proxies, our own names, what only operators read, one download at a time."""

import shutil
import urllib.request
from pathlib import Path

import pytest
from conftest import IndexWriter, read_documents
from flask.testing import FlaskClient
from web_server import served
from web_stub import DROITS, RIGHTS, StubEngine

from search import Engine
from web import create_app
from web.live import LiveIndex
from web.settings import BadSetting, Settings


def client(engine: Engine | None = None, **environment: str) -> FlaskClient:
    engine = engine or StubEngine([RIGHTS, DROITS])
    return create_app(engine=engine, settings=Settings.read(environment)).test_client()


def status(site: FlaskClient, url: str = "/", address: str = "127.0.0.1", **headers: str) -> int:
    named = {name.replace("_", "-"): text for name, text in headers.items()}
    with site.get(url, headers=named, environ_base={"REMOTE_ADDR": address}) as response:
        return response.status_code


@pytest.mark.parametrize("prefix", ["//evil.example", "/a//b", "/a<b>", "https://evil.example", "/é"])
def test_a_prefix_that_is_no_path_is_refused(prefix: str) -> None:
    site = client(SONGNGU_PROXIES="1")
    response = site.get(
        "/", headers={"X-Forwarded-Prefix": prefix.encode("latin-1", "replace").decode("latin-1")}
    )
    assert response.status_code == 400
    assert prefix not in response.text


@pytest.mark.parametrize("prefix", ["/tim", "/tim/", "/a/b-c_d.e~f"])
def test_links_begin_with_the_prefix_of_the_proxy(prefix: str) -> None:
    text = client(SONGNGU_PROXIES="1").get("/", headers={"X-Forwarded-Prefix": prefix}).text
    assert f'href="{prefix.rstrip("/")}/help' in text


def test_python_m_web_counts_visitors_of_a_proxy_apart(tmp_path: Path) -> None:
    def answers(**environment: str) -> list[int]:
        found = []
        with served("--index", str(tmp_path / "none"), SONGNGU_RATE="1 per minute", **environment) as (
            _,
            address,
        ):
            for visitor in ("192.0.2.1", "192.0.2.2"):
                request = urllib.request.Request(f"{address}/help", headers={"X-Forwarded-For": visitor})
                try:
                    with urllib.request.urlopen(request, timeout=20) as answer:
                        found.append(answer.status)
                except urllib.error.HTTPError as error:
                    found.append(error.code)
        return found

    assert answers(SONGNGU_PROXIES="1") == [200, 200]
    assert answers(SONGNGU_PROXIES="0") == [200, 429]


def test_the_site_answers_to_its_own_names_only() -> None:
    site = client(SONGNGU_HOSTS="kho.example, .bao.example")
    for host in (
        "kho.example",
        "KHO.example:8080",
        "bao.example",
        "a.bao.example",
        "127.0.0.1:5000",
        "[::1]:80",
    ):
        assert status(site, Host=host) == 200, host
    for host in ("evil.example", "kho.example.evil.example", "notbao.example", "kho.example@evil.example"):
        assert status(site, Host=host) == 400, host
    assert status(client(), Host="anything.example") == 200


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("SONGNGU_HOSTS", "a b"),
        ("SONGNGU_HOSTS", "https://a.example"),
        ("SONGNGU_OPERATORS", "me"),
        ("SONGNGU_OPERATORS", "10.0.0.1/8"),
    ],
)
def test_names_and_networks_that_are_none_say_what_to_write(name: str, text: str) -> None:
    with pytest.raises(BadSetting, match=f"{name}=.*write"):
        Settings.read({name: text})


def test_metrics_and_status_can_be_kept_to_this_machine(sample_engine: Engine) -> None:
    site = client(sample_engine, SONGNGU_OPERATORS="loopback")
    for url in ("/metrics", "/api/status", "/api/v1/status"):
        assert status(site, url) == 200
        assert status(site, url, "::1") == 200
        assert status(site, url, "::ffff:127.0.0.1") == 200
        assert status(site, url, "192.0.2.1") == 404
        assert status(site, url, X_Forwarded_For="192.0.2.1") == 404  # a proxy here that nobody told us of
        assert status(client(sample_engine), url, "192.0.2.1") == 200
    assert status(site, "/", "192.0.2.1") == 200


def test_behind_a_proxy_operators_are_told_by_their_own_address() -> None:
    site = client(SONGNGU_OPERATORS="10.0.0.0/8, loopback", SONGNGU_PROXIES="1")
    assert status(site, "/metrics", X_Forwarded_For="10.1.2.3") == 200
    assert status(site, "/metrics", X_Forwarded_For="192.0.2.1") == 404


def test_what_is_found_nowhere_counts_too() -> None:
    site = client(SONGNGU_RATE="3 per minute")
    assert [status(site, "/nowhere") for _ in range(2)] == [404, 404]
    assert site.post("/").status_code == 405
    assert status(site) == 429


def test_old_addresses_that_come_as_new_ones_are_told_apart() -> None:
    site = client(SONGNGU_RATE="1 per minute")
    assert status(site, address="::ffff:192.0.2.1") == 200
    assert status(site, address="::ffff:192.0.2.2") == 200
    assert status(site, address="192.0.2.1") == 429


@pytest.mark.parametrize("url", ["/results.csv?q=quyen", "/results.jsonl?q=quyen", "/feed.atom?q=quyen"])
def test_a_client_gets_one_download_at_a_time(url: str) -> None:
    site = client()
    first = site.get("/results.jsonl?q=quyen")  # not read to its end
    second = site.get(url)
    assert second.status_code == 429
    assert int(second.headers["Retry-After"]) >= 1
    assert status(site, url, "192.0.2.7") == 200
    first.close()
    assert status(site, url) == 200
    assert status(site, url) == 200


def test_a_download_that_failed_leaves_the_turn_to_the_next() -> None:
    site = client()
    for _ in range(2):
        assert status(site, "/results.csv") == 400


def test_health_is_asked_of_the_disk_and_readiness_of_the_engine(
    tmp_path: Path, make_index: IndexWriter, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("web.live.CHECKED", -1.0)
    make_index(tmp_path / "index", read_documents())
    site = create_app(tmp_path / "index").test_client()
    assert [status(site, f"/{name}") for name in ("livez", "readyz", "healthz")] == [200, 200, 200]
    shutil.move(tmp_path / "index", tmp_path / "gone")
    assert [status(site, f"/{name}") for name in ("livez", "readyz", "healthz")] == [200, 200, 503]
    assert site.get("/healthz").json == {"status": "unavailable", "reason": "IndexMissing"}
    shutil.move(tmp_path / "gone", tmp_path / "index")
    assert status(site, "/healthz") == 200
    [manifest] = (tmp_path / "index" / "generations").glob("*/manifest.json")
    manifest.write_text(manifest.read_text("utf-8").replace('"documents": ', '"documents": 1'), "utf-8")
    assert site.get("/healthz").json == {"status": "unavailable", "reason": "IndexDamaged"}
    site.application.extensions[LiveIndex.NAME].close()


def test_a_site_without_an_index_lives_and_is_not_ready(tmp_path: Path) -> None:
    site = create_app(tmp_path / "none").test_client()
    assert [status(site, f"/{name}") for name in ("livez", "readyz", "healthz")] == [200, 503, 503]
