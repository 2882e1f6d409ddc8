"""Documents of badges fetched from hosts that are allowed, and from no others: what `chercher` of a verifier may be.

The library goes to no network: this is optional, and for who wants it. An address that comes out of a badge is a
stranger's: it can neither reach a machine of the caller's network, nor keep him waiting, nor fill his memory.
"""

from __future__ import annotations

import hashlib
import http.client
import ipaddress
import os
import re
import socket
import ssl
import stat
import tempfile
import threading
import time
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from urllib.parse import urljoin, urlsplit

from spie.errors import Diagnostic, UsageError

Address = ipaddress.IPv4Address | ipaddress.IPv6Address
Network = ipaddress.IPv4Network | ipaddress.IPv6Network

# What IPv6 wraps of IPv4 is judged by what it wraps: NAT64 (RFC 6052), 6to4 (RFC 3056); Teredo (RFC 4380) and the
# NAT64 of a network of one's own (RFC 8215) are not judged.
_NAT64 = ipaddress.IPv6Network("64:ff9b::/96")
_OWN_NAT64 = ipaddress.IPv6Network("64:ff9b:1::/48")
# The hash of an address; with an ending, what a write that was cut short left.
_NAME = re.compile(r"[0-9a-f]{64}(\.\w+)?")
_READ = 16 * 1024
_REDIRECTIONS = (301, 302, 303, 307, 308)


class Refus(Exception):
    """Why an address was not fetched; `Chercheur.refus` keeps the last ones, in French."""


class Chercheur:
    """Fetches over https, from the hosts of `hotes` alone, and gives None for all that it does not get.

    `hotes`: "ecole.example", "ecole.example:8443" for another port, ".example" for all below it. A host is
    resolved once for each connection, each of its addresses must be a public one, and the connection goes to
    the one that was checked. `reseaux`: networks that are private and yet allowed ("10.20.0.0/16").
    `cache`: a folder for what was fetched, for its owner alone, good for `duree` seconds. `delai`: of the
    whole of a fetch, redirections included, in seconds. `taille`: in bytes. `autorites`: a PEM of the
    authorities to trust instead of those of the system. For several threads.

    >>> from spie.fetching import Chercheur
    >>> chercheur = Chercheur(hotes=["ecole.example"])
    >>> chercheur("http://ecole.example/liste")
    >>> chercheur.refus[-1]
    'http://ecole.example/liste : seul https est permis'
    """

    def __init__(
        self,
        *,
        hotes: Iterable[str],
        taille: int = 4 * 1024 * 1024,
        delai: float = 10.0,
        redirections: int = 3,
        cache: str | os.PathLike[str] | None = None,
        duree: float = 3600.0,
        reseaux: Iterable[str] = (),
        autorites: str | os.PathLike[str] | None = None,
    ) -> None:
        if isinstance(hotes, str) or isinstance(reseaux, str):
            raise _misused("hotes and reseaux are lists")
        self._hosts = frozenset(one.lower().rstrip(".") for one in hotes)
        if any(not one or "/" in one or "*" in one for one in self._hosts):
            raise _misused("a host is a name, with a port or not")
        try:
            self._networks: tuple[Network, ...] = tuple(map(ipaddress.ip_network, reseaux))
            self._trust = ssl.create_default_context(
                cafile=None if autorites is None else os.fspath(autorites)
            )
        except (ValueError, OSError) as error:  # ssl.SSLError is an OSError
            raise _misused(str(error)) from error
        self._trust.minimum_version = ssl.TLSVersion.TLSv1_2
        self._most = taille
        self._limit = delai
        self._hops = redirections
        self._fresh = duree
        self._cache = None if cache is None else Path(cache)
        if self._cache is not None:
            self._cache.mkdir(mode=0o700, parents=True, exist_ok=True)
            if not _ours(self._cache.stat()):
                raise _misused("the cache is a folder of one's own, closed to others (0700)")
            self._sweep(self._cache)
        self._lock = threading.Lock()
        self._refused: list[str] = []

    @property
    def refus(self) -> tuple[str, ...]:
        """The last hundred addresses that gave nothing, each with its reason."""
        with self._lock:
            return tuple(self._refused)

    def __call__(self, adresse: str) -> bytes | None:
        try:
            kept = self._kept(adresse)
            if kept is not None:
                return kept
            found = self._fetch(adresse, time.monotonic() + self._limit)
            self._keep(adresse, found)
            return found
        except Refus as refus:
            why = str(refus)
        except TimeoutError:
            why = "pas de réponse à temps"
        except ssl.SSLError as error:
            why = f"liaison TLS refusée ({error.reason or 'certificat'})"
        except (OSError, http.client.HTTPException, UnicodeError) as error:
            why = f"la liaison a échoué ({type(error).__name__})"
        if adresse.startswith(
            "did:"
        ):  # a verifier asks for it before the address that it stands for
            return None
        with self._lock:
            self._refused = [*self._refused[-99:], f"{adresse[:200]} : {why}"]
        return None

    # --- Where it may go

    def _target(self, address: str) -> tuple[str, int, str]:
        """The host, the port and the path of an address that is allowed."""
        if any(character <= " " or character == "\x7f" for character in address):
            raise Refus("l’adresse contient des blancs")
        try:
            parts = urlsplit(address)
            host, port = (parts.hostname or "").rstrip("."), parts.port or 443
        except ValueError:
            raise Refus("l’adresse est mal formée") from None
        if parts.scheme != "https":
            raise Refus("seul https est permis")
        if parts.username is not None or parts.password is not None:
            raise Refus("une adresse ne porte pas de mot de passe")
        if not host:
            raise Refus("l’adresse est mal formée")
        if not self._allowed(host, port):
            raise Refus("cet hôte n’est pas de ceux qui sont permis")
        path = parts.path or "/"
        return host, port, path + (f"?{parts.query}" if parts.query else "")

    def _allowed(self, host: str, port: int) -> bool:
        names = [host, *("." + host.split(".", at)[-1] for at in range(1, host.count(".") + 1))]
        if port == 443 and any(one in self._hosts for one in names):
            return True
        return any(f"{one}:{port}" in self._hosts for one in names)

    def _addresses(self, host: str, port: int, until: float) -> list[Address]:
        """Those of a host, all of them public: one that is not refuses the host."""
        found: list[str] = []

        def resolve() -> None:
            with suppress(OSError, UnicodeError):
                found.extend(
                    str(one[4][0])
                    for one in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
                )

        # The system's resolver has a patience of its own, which nothing shortens.
        asking = threading.Thread(target=resolve, daemon=True)
        asking.start()
        asking.join(_left(until))
        if asking.is_alive():
            raise TimeoutError
        addresses = [ipaddress.ip_address(one.split("%")[0]) for one in found]
        if not addresses:
            raise Refus("cet hôte n’a pas d’adresse")
        if not all(map(self._public, addresses)):
            raise Refus("cet hôte est sur un réseau privé")
        return list(dict.fromkeys(addresses))

    def _public(self, address: Address) -> bool:
        if any(address.version == one.version and address in one for one in self._networks):
            return True
        if isinstance(address, ipaddress.IPv6Address):
            wrapped = address.ipv4_mapped or address.sixtofour
            if address in _NAT64:
                wrapped = ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
            if address.teredo is not None or address.is_site_local or address in _OWN_NAT64:
                return False
            if wrapped is not None:
                return self._public(wrapped)
        return address.is_global and not address.is_multicast and not address.is_reserved

    # --- What it gets

    def _fetch(self, address: str, until: float) -> bytes:
        for _ in range(self._hops + 1):
            host, port, path = self._target(address)
            status, moved, body = self._ask(host, port, path, until)
            if status == 200:
                return body
            if status not in _REDIRECTIONS or not moved:
                raise Refus(f"le serveur répond {status}")
            try:
                address = urljoin(address, moved)
            except ValueError:
                raise Refus("le serveur renvoie à une adresse mal formée") from None
        raise Refus("trop de redirections")

    def _ask(self, host: str, port: int, path: str, until: float) -> tuple[int, str, bytes]:
        failure: OSError = OSError()
        for address in self._addresses(host, port, until):
            try:
                plain = socket.create_connection((str(address), port), timeout=_left(until))
            except OSError as error:
                failure = error
                continue
            # One slow byte at a time is stopped too, wherever it is waited for.
            twin = plain.dup()
            stop = threading.Timer(_left(until), _shut, (twin,))
            stop.daemon = True
            stop.start()
            try:
                return self._speak(plain, host, port, path, until)
            except (OSError, http.client.HTTPException):
                _left(until)  # says that it was the time
                raise
            finally:
                stop.cancel()
                plain.close()
                twin.close()
        raise failure

    def _speak(
        self, plain: socket.socket, host: str, port: int, path: str, until: float
    ) -> tuple[int, str, bytes]:
        connection = http.client.HTTPSConnection(host, port)
        plain.settimeout(_left(until))
        with self._trust.wrap_socket(plain, server_hostname=host) as held:
            connection.sock = held
            try:
                connection.request(
                    "GET",
                    path,
                    headers={
                        "Accept": "application/json, application/*, text/*",
                        "Accept-Encoding": "identity",
                        "User-Agent": "spie",
                        "Connection": "close",
                    },
                )
                answer = connection.getresponse()
                if answer.status != 200:
                    return answer.status, answer.getheader("Location") or "", b""
                if answer.getheader("Content-Encoding", "identity") != "identity":
                    raise Refus("la réponse est compressée, ce qui n’a pas été demandé")
                parts, size = [], 0
                while part := answer.read1(_READ):
                    _left(until)
                    size += len(part)
                    if size > self._most:
                        raise Refus("la réponse est trop longue")
                    parts.append(part)
                _left(until)
                if answer.length:  # the server said more than it sent
                    raise Refus("la réponse est coupée")
                return 200, "", b"".join(parts)
            finally:
                connection.close()

    # --- What it keeps

    def _place(self, address: str) -> Path | None:
        if self._cache is None:
            return None
        return self._cache / hashlib.sha256(address.encode()).hexdigest()

    def _kept(self, address: str) -> bytes | None:
        place = self._place(address)
        if place is None:
            return None
        self._target(address)  # what is allowed no more is given no more
        try:
            # Never through a link, nor what somebody else put there.
            handle = os.open(place, os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0))
            with os.fdopen(handle, "rb") as file:
                stands = os.fstat(file.fileno())
                if not stat.S_ISREG(stands.st_mode) or not _ours(stands):
                    return None
                age = time.time() - stands.st_mtime
                if not 0 <= age < self._fresh:
                    return None
                content = file.read(self._most + 1)
        except OSError:
            return None
        return content if len(content) <= self._most else None

    def _sweep(self, folder: Path) -> None:
        """What is too old is of no use to anybody; what bears no name of ours is the caller's."""
        for one in folder.iterdir():
            if _NAME.fullmatch(one.name) is None:
                continue
            with suppress(OSError):
                stands = one.lstat()
                if stat.S_ISREG(stands.st_mode) and time.time() - stands.st_mtime >= self._fresh:
                    one.unlink()

    def _keep(self, address: str, content: bytes) -> None:
        place = self._place(address)
        if place is None:
            return
        # A reader sees all of it or nothing; a cache that cannot be written serves nobody, and hinders nobody.
        with suppress(OSError):
            handle, name = tempfile.mkstemp(
                dir=place.parent, prefix=f"{place.name}."
            )  # for its owner alone
            try:
                with os.fdopen(handle, "wb") as file:
                    file.write(content)
                os.replace(name, place)
            except OSError:
                os.unlink(name)
                raise


def _ours(stands: os.stat_result) -> bool:
    """Of this user, and written by nobody else."""
    if not hasattr(os, "geteuid"):  # a Windows, whose rights stand elsewhere
        return True
    return stands.st_uid == os.geteuid() and not stands.st_mode & 0o077


def _left(until: float) -> float:
    left = until - time.monotonic()
    if left <= 0:
        raise TimeoutError
    return left


def _shut(plain: socket.socket) -> None:
    with suppress(OSError):
        plain.shutdown(socket.SHUT_RDWR)


def _misused(message: str) -> UsageError:
    return UsageError(Diagnostic("A001", "error", message, "", ""))
