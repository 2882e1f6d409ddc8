"""What goes through every dossier is ended by a signal, as Ctrl-C is, while it goes through them."""

from __future__ import annotations

import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime

import pytest
import spie
from spie import _core, parcours
from spie.dossier import evenement
from spie.droits import Acces, Demande, Guichet
from spie.handle import engine

AT = datetime(2022, 12, 31, 12, tzinfo=UTC)
AU = date(2022, 12, 31)
DOSSIERS = 2_000


class Ended(Exception):
    pass


@pytest.fixture(scope="module")
def store():
    events = [
        evenement(f"personne:p{n}", kind, content, debut=date(2022, 1, 1), auteur="a")
        for n in range(DOSSIERS)
        for kind, content in (("entree", {}), ("identite", {"nom": "EXEMPLE", "prenom": "Aline"}))
    ]
    with spie.Store.memory() as made:
        made.append(events, at=AT)
        yield made


@contextmanager
def signals() -> Iterator[Callable[[], None]]:
    """Signals that come one after the other, each once the one before was heard; the third of one call ends it.

    Between the end of a call and the next word of Python one signal may be heard at most: three are only heard
    by a call that listens. What is given begins a call anew.
    """
    heard = 0
    asked, over = threading.Semaphore(1), threading.Event()

    def handler(number: int, frame: object) -> None:
        nonlocal heard
        heard += 1
        asked.release()
        if heard == 3:
            raise Ended

    def send() -> None:
        main = threading.main_thread().ident
        while not over.is_set():
            if asked.acquire(timeout=0.05) and main is not None and not over.is_set():
                signal.pthread_kill(main, signal.SIGUSR1)

    def begin() -> None:
        nonlocal heard
        heard = 0

    before = signal.signal(signal.SIGUSR1, handler)
    sender = threading.Thread(target=send)
    sender.start()
    try:
        yield begin
    finally:
        while True:  # signals may still come
            try:
                over.set()
                sender.join()
                heard = 0
                signal.signal(signal.SIGUSR1, signal.SIG_IGN)
                break
            except Ended:
                heard = 0
        signal.signal(signal.SIGUSR1, before)


def ended(call: Callable[[], object]) -> bool:
    """Whether three signals were heard within one call, of a hundred that are tried: a busy machine may be late."""
    with signals() as begin:
        for _ in range(100):
            begin()
            try:
                call()
            except Ended:
                return True
    return False


def test_a_signal_ends_the_targeting_of_every_dossier(store, pack):
    # What parcours.cibler() and its twins call, alone: what Python makes of an answer hears signals by itself.
    asked = engine(store), engine(pack), AU, None
    assert ended(lambda: _core.vigilance(*asked, None, [], False))
    assert parcours.cibler(store, pack, au=AU).comptes  # the store serves on


def test_and_the_count_of_ruptures(store, pack):
    asked = engine(store), engine(pack), AU, None
    assert ended(lambda: _core.breaks(*asked))
    assert sum(one["effectif"] for one in parcours.ruptures(store, pack, au=AU).profils) == DOSSIERS


def test_and_what_somebody_sees_of_them(store, pack):
    with Acces.memory() as acces:
        desk = engine(Guichet(store, acces, pack))
        demande = Demande(
            "professionnel:p", roles=["referent"], finalite="accompagnement", instant=AT
        )
        asked = demande._raw(), engine(pack), AU, None
        assert ended(lambda: desk.vigilance(*asked, None, [], False))
        assert ended(lambda: desk.breaks(*asked))
