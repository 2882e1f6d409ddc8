"""What fetches documents of badges, before servers of this machine that lie, wait and wander."""

from __future__ import annotations

import hashlib
import http.server
import json
import os
import socket
import ssl
import stat
import subprocess
import threading
import time
from datetime import UTC, datetime
from pathlib import Path

import pytest
import spie
from spie import badges, fetching

ROOT = Path(__file__).resolve().parents[2]
HERE = ["127.0.0.0/8"]
SECONDS = 0.6


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, *_):
        pass

    def answer(self, body, *, status=200, length=None, **headers):
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.send_header("Content-Length", str(len(body) if length is None else length))
        self.end_headers()
        self.wfile.write(body)

    def do_GET(self):
        self.server.asked.append((self.headers["Host"], self.path))
        here = f"https://ecole.example:{self.server.server_port}"
        match self.path.split("?")[0]:
            case "/.well-known/did.json":
                self.answer(self.server.did)
            case "/etats":
                self.answer("des états".encode())
            case "/ailleurs":
                self.answer(b"", status=302, Location="https://autre.example/etats")
            case "/clair":
                self.answer(b"", status=302, Location="http://ecole.example/etats")
            case "/boucle":
                self.answer(b"", status=307, Location="/boucle")
            case "/saut":
                self.answer(b"", status=301, Location=here + "/etats")
            case "/mal-forme":
                self.answer(b"", status=302, Location="https://[")
            case "/long":
                self.answer(b"x" * 50_000)
            case "/lent":
                self.send_response(200)
                self.send_header("Content-Length", "1000")
                self.end_headers()
                for _ in range(100):
                    try:
                        self.wfile.write(b"x")
                    except OSError:
                        return
                    time.sleep(0.05)
            case "/muet":
                time.sleep(3)
            case "/coupe":
                self.answer(b"xx", length=100)
                self.close_connection = True
            case "/presse":
                self.answer(b"x", Content_Encoding="gzip")
            case _:
                self.answer(b"", status=404)


@pytest.fixture(scope="module")
def authority(tmp_path_factory):
    """A certificate for two names, which is its own authority."""
    folder = tmp_path_factory.mktemp("tls")
    subprocess.run(
        [
            "openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256",
            "-nodes", "-days", "2", "-subj", "/CN=essai", "-keyout", folder / "key.pem",
            "-out", folder / "cert.pem", "-addext",
            "subjectAltName=DNS:ecole.example,DNS:sous.ecole.example",
        ],
        check=True,
        capture_output=True,
    )  # fmt: skip
    return folder


@pytest.fixture
def server(authority):
    held = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(authority / "cert.pem", authority / "key.pem")
    held.socket = context.wrap_socket(held.socket, server_side=True)
    held.asked, held.did = [], b"{}"
    held.daemon_threads = True
    held.handle_error = lambda *_: None
    thread = threading.Thread(target=held.serve_forever, daemon=True)
    thread.start()
    yield held
    held.shutdown()
    held.server_close()


@pytest.fixture
def names(monkeypatch):
    """What the resolver says, and what it was asked: no test goes to the network."""
    known = {"ecole.example": ["127.0.0.1"], "sous.ecole.example": ["127.0.0.1"]}
    known["autre.example"] = ["127.0.0.1"]
    asked = []

    def resolve(host, port, *_, **__):
        asked.append(host)
        if host not in known:
            raise socket.gaierror
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (one, port)) for one in known[host]]

    real = socket.getaddrinfo
    monkeypatch.setattr(
        fetching.socket,
        "getaddrinfo",
        lambda host, port, *given, **more: (
            real(host, port, *given, **more)
            if str(host)[0].isdigit()
            else resolve(host, port, *given, **more)
        ),
    )
    known["asked"] = asked
    return known


@pytest.fixture
def fetcher(server, authority, names):
    def make(**options):
        port = server.server_port
        given = {
            "hotes": [f"ecole.example:{port}"],
            "reseaux": HERE,
            "autorites": authority / "cert.pem",
            "delai": 5,
        }
        return badges.Chercheur(**(given | options))

    return make


def at(server, path, host="ecole.example"):
    return f"https://{host}:{server.server_port}{path}"


def test_an_allowed_host_is_asked(server, fetcher):
    chercheur = fetcher()
    assert chercheur(at(server, "/etats?x=1")).decode() == "des états"
    assert server.asked == [(f"ecole.example:{server.server_port}", "/etats?x=1")]
    assert chercheur(at(server, "/saut")).decode() == "des états"
    assert chercheur.refus == ()
    assert chercheur(at(server, "/absent")) is None and "404" in chercheur.refus[-1]


@pytest.mark.parametrize(
    ("address", "why"),
    [
        ("http://ecole.example/etats", "seul https"),
        ("file:///etc/passwd", "seul https"),
        ("https://autre.example/etats", "pas de ceux"),
        ("https://ecole.example.autre.example/", "pas de ceux"),
        ("https://ecole.example:1/", "pas de ceux"),
        ("https://moi:secret@ecole.example/", "mot de passe"),
        ("https:///etats", "mal formée"),
        ("https://ecole.example:99999/", "mal formée"),
        ("https://ecole.example/a b", "blancs"),
        ("https://ecole.example/\r\nHost: x", "blancs"),
        ("https://[::1]/", "pas de ceux"),
    ],
)
def test_other_addresses_are_asked_of_nobody(server, fetcher, names, address, why):
    chercheur = fetcher(hotes=["ecole.example"])
    assert chercheur(address) is None
    assert why in chercheur.refus[-1]
    assert not names["asked"] and not server.asked


def test_names_below_a_domain_are_allowed_by_a_point(server, fetcher):
    port = server.server_port
    chercheur = fetcher(hotes=[f".ecole.example:{port}"])
    assert chercheur(at(server, "/etats", "sous.ecole.example")) is not None
    assert chercheur(at(server, "/etats")) is None
    assert fetcher(hotes=["ecole.example"])(at(server, "/etats", "sous.ecole.example")) is None


def test_redirections_are_held_to_the_same_rules(server, fetcher):
    chercheur = fetcher()
    for path, why in (
        ("/ailleurs", "pas de ceux"),
        ("/clair", "seul https"),
        ("/boucle", "trop de redirections"),
        ("/mal-forme", "mal formée"),
    ):
        assert chercheur(at(server, path)) is None
        assert why in chercheur.refus[-1]
    assert sum(path == "/boucle" for _, path in server.asked) == 4
    assert fetcher(redirections=0)(at(server, "/saut")) is None


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1", "10.0.0.1", "172.16.3.4", "192.168.1.1", "169.254.169.254", "100.64.0.1",
        "0.0.0.0", "224.0.0.1", "240.0.0.1", "::1", "::", "fe80::1", "fc00::1", "ff02::1",
        "::ffff:10.0.0.1", "64:ff9b::a00:1", "64:ff9b:1::808:808", "2002:a00:1::1", "2001:0:1::1",
        "fec0::1", "2001:db8::1",
    ],
)  # fmt: skip
def test_private_addresses_are_refused(server, fetcher, names, address):
    names["ecole.example"] = [address]
    chercheur = fetcher(reseaux=[])
    assert chercheur(at(server, "/etats")) is None
    assert "réseau privé" in chercheur.refus[-1] and not server.asked


def test_one_private_address_among_others_refuses_the_host(server, fetcher, names, monkeypatch):
    names["ecole.example"] = ["93.184.215.14", "127.0.0.1"]
    monkeypatch.setattr(
        fetching.socket, "create_connection", lambda *_, **__: pytest.fail("a connection was made")
    )
    chercheur = fetcher(reseaux=[])
    assert chercheur(at(server, "/etats")) is None and "réseau privé" in chercheur.refus[-1]


def test_the_address_that_was_checked_is_the_one_that_is_joined(
    server, fetcher, names, monkeypatch
):
    """A resolver that answers otherwise the second time is not asked a second time."""
    joined = []
    real = socket.create_connection

    def join(address, **given):
        joined.append(address[0])
        names["ecole.example"] = ["127.0.0.9"]
        return real(address, **given)

    monkeypatch.setattr(fetching.socket, "create_connection", join)
    assert fetcher()(at(server, "/etats")) is not None
    assert joined == ["127.0.0.1"] and names["asked"] == ["ecole.example"]


def test_a_certificate_for_another_name_is_refused(server, fetcher):
    chercheur = fetcher(hotes=[f"autre.example:{server.server_port}"])
    assert chercheur(at(server, "/etats", "autre.example")) is None
    assert "TLS" in chercheur.refus[-1] and not server.asked
    chercheur = fetcher(autorites=None)
    assert chercheur(at(server, "/etats")) is None and "TLS" in chercheur.refus[-1]


def test_what_is_too_long_cut_or_compressed_is_refused(server, fetcher):
    chercheur = fetcher(taille=49_999)
    for path, why in (("/long", "trop longue"), ("/coupe", "coupée"), ("/presse", "compressée")):
        assert chercheur(at(server, path)) is None
        assert why in chercheur.refus[-1]
    assert fetcher(taille=50_000)(at(server, "/long")) is not None


@pytest.mark.parametrize("path", ["/lent", "/muet"])
def test_who_keeps_waiting_is_left(server, fetcher, path):
    chercheur = fetcher(delai=SECONDS)
    start = time.monotonic()
    assert chercheur(at(server, path)) is None
    assert time.monotonic() - start < SECONDS + 2
    assert "à temps" in chercheur.refus[-1]


def test_a_resolver_that_keeps_waiting_is_left(server, fetcher, monkeypatch):
    monkeypatch.setattr(fetching.socket, "getaddrinfo", lambda *_, **__: time.sleep(3) or [])
    chercheur = fetcher(delai=SECONDS)
    start = time.monotonic()
    assert chercheur(at(server, "/etats")) is None
    assert time.monotonic() - start < SECONDS + 2
    assert "à temps" in chercheur.refus[-1]


def test_the_cache_is_for_its_owner_and_for_a_while(server, fetcher, tmp_path):
    folder = tmp_path / "cache"
    chercheur = fetcher(cache=folder)
    for _ in range(3):
        assert chercheur(at(server, "/etats")) is not None
    assert len(server.asked) == 1
    (kept,) = folder.iterdir()
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert fetcher(cache=folder)(at(server, "/etats")) is not None and len(server.asked) == 1
    # Of a host that is allowed no more, of before, and of what was never had, nothing is kept.
    assert fetcher(cache=folder, hotes=["x.example"])(at(server, "/etats")) is None
    assert chercheur(at(server, "/absent")) is None and len(list(folder.iterdir())) == 1
    fetcher(cache=folder, duree=0)
    assert not list(folder.iterdir())
    assert chercheur(at(server, "/etats")) is not None and len(server.asked) == 3


def test_a_cache_leaves_the_files_of_others_and_believes_none(server, fetcher, tmp_path):
    folder = tmp_path / "cache"
    folder.mkdir(mode=0o700)
    mine, old = folder / "notes.txt", folder / ("0" * 64)
    for one in (mine, old):
        one.write_text("x")
        os.utime(one, (1, 1))
    chercheur = fetcher(cache=folder)
    assert mine.exists() and not old.exists()
    address = at(server, "/etats")
    place = folder / hashlib.sha256(address.encode()).hexdigest()
    planted = tmp_path / "plante"
    planted.write_bytes(b"faux")
    planted.chmod(0o600)
    place.symlink_to(planted)
    assert chercheur(address) == "des états".encode()
    place.unlink()
    place.write_bytes(b"faux")
    place.chmod(0o666)
    assert chercheur(address) == "des états".encode()
    folder.chmod(0o777)
    with pytest.raises(spie.UsageError):
        fetcher(cache=folder)


def test_options_that_say_nothing_are_refused():
    for wrong in (
        {"hotes": "ecole.example"},
        {"hotes": ["*.example"]},
        {"hotes": ["https://ecole.example"]},
        {"hotes": ["ecole.example"], "reseaux": ["partout"]},
        {"hotes": ["ecole.example"], "autorites": "absent.pem"},
    ):
        with pytest.raises(spie.UsageError):
            badges.Chercheur(**wrong)


def test_a_badge_of_a_did_web_is_proved_by_what_is_fetched(server, fetcher):
    cle = badges.Cle.generer("ed25519")
    did = f"did:web:ecole.example%3A{server.server_port}"
    server.did = json.dumps(
        {
            "id": did,
            "assertionMethod": [
                {
                    "id": did + "#cle",
                    "type": "Multikey",
                    "controller": did,
                    "publicKeyMultibase": cle.publiques.multibase,
                }
            ],
        }
    ).encode()
    text = (
        (ROOT / "examples/donnees/attestation.json").read_bytes().replace(b"ISSUER", did.encode())
    )
    badge = badges.emettre(
        text, cle, instant=datetime(2026, 11, 28, 8, tzinfo=UTC), methode=did + "#cle"
    ).badge
    au = datetime(2026, 11, 29, 8, tzinfo=UTC)
    chercheur = fetcher()
    found = badges.Verificateur(au=au, chercher=chercheur).verifier_tous([badge] * 4, fils=2)
    assert {one.verdict for one in found} == {"valide"}
    assert {one.emetteur for one in found} == {"prouve"}
    assert badges.verifier(badge, au=au, chercher=fetcher(reseaux=[])).verdict == "non_verifiable"
