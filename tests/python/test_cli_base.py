"""The commands of the store itself: what they prove, mend, and never leave open to others."""

from __future__ import annotations

import json
import os
import sqlite3
import tempfile
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
import spie
from spie.dossier import evenement
from spie.droits import Acces, Demande, Guichet

MARCH = datetime(2022, 3, 5, 12, tzinfo=UTC)
DAY = date(2022, 3, 5)
PACK = spie.Pack.load("socle-national")
ASKING = Demande("professionnel:p1", "accompagnement", ["referent"], instant=MARCH)


def event(type_, contenu, sujet="personne:aline"):
    return evenement(sujet, type_, contenu, debut=date(2022, 1, 1), auteur="essai")


NAMED = event("identite", {"nom": "EXEMPLE", "prenom": "Aline"})


@pytest.fixture
def base(tmp_path):
    """One dossier, which somebody asked to see."""
    path, key = tmp_path / "dossiers.db", tmp_path / "dossiers.cle"
    spie.store.write_keys(key, spie.store.draw_keys())
    with spie.Store.create(path, key) as store, Acces.create(f"{path}-acces", key) as acces:
        store.append([NAMED], at=MARCH)
        Guichet(store, acces, PACK).voir(ASKING, "personne:aline", au=DAY)
    return path


@pytest.fixture
def dossier(spie_command, base):
    def run(*arguments, at=base, **more):
        where = ("--base", at, "--cle", base.with_suffix(".cle"))
        return spie_command("dossier", *arguments, *where, **more)

    return run


def edit(path, statements):
    connection = sqlite3.connect(path)
    connection.executescript(statements)
    connection.close()


def test_verifying_says_whose_journal_of_accesses_it_is(dossier, base, tmp_path):
    key, beside = base.with_suffix(".cle"), base.with_name("dossiers.db-acces")

    def place(*arguments, **more):
        done = dossier("verifier", *arguments, "--json", **more)
        found = json.loads(done.stdout)
        assert done.exit_code == (0 if found["intact"] else 1)
        return found["acces"]["place"], found["intact"]

    assert place() == ("connu", True)
    assert "celui que la base connaît" in dossier("verifier").stdout
    aside = beside.rename(tmp_path / "ailleurs")
    assert place() == ("absent", False)
    assert "--acces" in dossier("verifier").stdout
    assert place("--acces", aside) == ("connu", True)
    # Made anew in its place, as the next view does; or that of other keys.
    with Acces.create(beside, key):
        pass
    assert place() == ("nouveau", False)
    other = tmp_path / "autre-acces"
    with Acces.create(other, spie.store.draw_keys()):
        pass
    assert place("--acces", other) == ("autre", False)
    assert place("--acces", base) == ("autre", False)  # no journal of accesses at all
    # A store that nobody asked to see anything of.
    young = tmp_path / "jeune.db"
    with spie.Store.create(young, key) as store:
        store.append([NAMED], at=MARCH)
    assert place(at=young) == ("aucun", True)


def test_verifying_finds_what_hides_a_fact_and_what_hides_an_access(dossier, base):
    found = json.loads(dossier("verifier", "--json").stdout)
    heads = ("--tete", found["tete"]["maillon"], "--tete-acces", found["acces"]["tete"]["maillon"])
    assert dossier("verifier", *heads).exit_code == 0
    edit(f"{base}-acces", "delete from acces; delete from dossiers")
    assert dossier("verifier").exit_code == 0  # a tail that was cut off
    assert dossier("verifier", *heads).exit_code == 1
    edit(base, "delete from liens where seq = 1")
    done = dossier("verifier", "--json")
    assert done.exit_code == 1
    assert "personne:aline" in json.loads(done.stdout)["constats"][0]["message"]


def test_edited_content_is_refused_by_the_view(base):
    edit(base, "update contenus set octets = replace(octets, 'EXEMPLE', 'EXEMPLO')")
    with (
        spie.Store.open(base, base.with_suffix(".cle")) as store,
        pytest.raises(spie.StoreError) as refused,
    ):
        store.situation("personne:aline", au=DAY)
    assert refused.value.code == "S006"


FAR = datetime(2999, 1, 1, tzinfo=UTC)


def test_an_instant_far_ahead_is_refused_and_a_store_that_got_one_is_mended(dossier, base):
    key = base.with_suffix(".cle")
    with spie.Store.memory() as store, Acces.memory() as acces:
        store.append([NAMED], at=MARCH)
        for call in (
            lambda: store.append([NAMED], at=FAR),
            lambda: store.append([NAMED], at=datetime.now(UTC) + timedelta(days=2)),
            lambda: Guichet(store, acces, PACK).voir(
                Demande("professionnel:p1", "accompagnement", ["referent"], instant=FAR),
                "personne:aline",
                au=DAY,
            ),
        ):
            with pytest.raises(spie.DossierError) as refused:
                call()
            assert refused.value.code == "E004"
        store.append([NAMED], at=datetime.now(UTC) + timedelta(hours=1))
    assert dossier("horloge").exit_code == 0
    assert dossier("horloge", "--reprendre").exit_code == 2  # by whom, and why
    mend = ("horloge", "--reprendre", "--auteur", "dpo", "--motif", "horloge de 2999")
    assert dossier(*mend).exit_code == 1  # nothing to mend
    # Whoever has no clock, or a wrong one.
    asking = Demande("professionnel:p1", "accompagnement", ["referent"], instant=FAR)
    with (
        spie.Store.open(base, key, maintenant=FAR) as store,
        Acces.open(f"{base}-acces", key, maintenant=FAR) as acces,
    ):
        store.append([NAMED], at=FAR)
        Guichet(store, acces, PACK).voir(asking, "personne:aline", au=DAY)
    stopped = dossier("effacer", "aline", "--acteur", "professionnel:chef", "--role",
                      "gestionnaire", "--finalite", "gestion", "--oui")  # fmt: skip
    assert stopped.exit_code == 3
    said = dossier("horloge")
    assert said.exit_code == 1 and "2999" in said.stdout and "--reprendre" in said.stdout
    done = json.loads(dossier(*mend, "--json").stdout)
    assert done["base"]["reprise"]["du"] == 3 and done["acces"]["reprise"]["du"] == 2
    assert dossier("horloge").exit_code == 0 and dossier("verifier").exit_code == 0
    with spie.Store.open(base, key) as store, Acces.open(f"{base}-acces", key) as acces:
        kept = store.evenements("journal:journal")[-1]
        assert kept.type == "reprise_horloge" and kept.auteur == "dpo"
        assert kept.raw["contenu"]["motif"] == "horloge de 2999"
        now = Demande("professionnel:p1", "accompagnement", ["referent"])
        Guichet(store, acces, PACK).voir(now, "personne:aline", au=DAY)
        assert [one["operation"] for one in acces.entries()] == ["voir", "voir", "horloge", "voir"]
        assert store.effacer("personne:aline", auteur="dpo")[0].evenements == 2
        assert store.verify().effaces == 2


@pytest.mark.parametrize("adopted", [True, False], ids=["after", "before"])
def test_a_change_of_keys_that_was_cut_is_ended(dossier, base, adopted):
    key = base.with_suffix(".cle")
    fresh = key.with_name(key.name + ".nouvelle")
    assert dossier("cle", "--reprendre").exit_code == 3  # nothing was cut
    keys = spie.store.rotate_keys(key)
    spie.store.write_keys(fresh, keys)
    if adopted:
        with spie.Store.open(base, key) as store:
            store.adopt_keys(keys)
        refused = dossier("verifier", "--json")
        assert refused.exit_code == 3
        assert str(fresh) in refused.stderr and "cle --reprendre" in refused.stderr
        assert json.loads(refused.stdout)["erreurs"][0]["code"] == "S002"
    assert dossier("cle", "--reprendre").exit_code == 0
    assert not fresh.exists() and dossier("cle").exit_code == 0
    assert spie.store.read_keys(key) == keys


def test_files_are_the_owners_alone_and_a_shared_key_is_refused(dossier, base, tmp_path):
    key = base.with_suffix(".cle")
    before = os.umask(0)
    try:
        dossier("sauvegarder", tmp_path / "copie.db")
        page = tmp_path / "acces.html"
        told = ("--acteur", "personne:aline", "--role", "personne", "--finalite", "droit_acces")
        done = dossier("exporter", "aline", "--html", page, *told)
        assert done.exit_code == 0, done.stderr
        spie.store.write_keys(tmp_path / "autre.cle", spie.store.draw_keys())
    finally:
        os.umask(before)
    for path in tmp_path.iterdir():
        assert path.stat().st_mode & 0o777 == 0o600, path
    for mode in (0o644, 0o640, 0o604, 0o602):
        key.chmod(mode)
        refused = dossier("verifier", "--json")
        assert refused.exit_code == 3, oct(mode)
        (said,) = json.loads(refused.stdout)["erreurs"]
        assert said["code"] == "S009" and said["remedy"] == f"chmod 600 {key}"
        with pytest.raises(spie.StoreError):
            spie.Store.open(base, key)
    key.chmod(0o400)
    assert dossier("verifier").exit_code == 0


def test_a_store_on_a_read_only_medium_is_verified_read_and_copied(base, tmp_path):
    with tempfile.TemporaryDirectory() as place:  # pytest's own is closed to other users
        read_as_another(Path(place), base)


def read_as_another(place, base):
    key, tmp_path = spie.store.read_keys(base.with_suffix(".cle")), base.parent
    medium, copies = place / "support", place / "copies"
    medium.mkdir()
    copies.mkdir()
    copies.chmod(0o777)
    for name in ("dossiers.db", "dossiers.db-acces"):
        (medium / name).write_bytes((tmp_path / name).read_bytes())
        (medium / name).chmod(0o444)
    medium.chmod(0o555)
    place.chmod(0o755)
    child = os.fork()
    if child == 0:  # root writes what is read-only: another user tries
        status = 1
        try:
            if os.geteuid() == 0:
                os.setuid(65534)
            with (
                spie.Store.open(medium / "dossiers.db", key) as store,
                Acces.open(medium / "dossiers.db-acces", key) as acces,
            ):
                assert store.verify().intact
                assert acces.verify(store=store)["place"] == "connu"
                assert (
                    store.situation("personne:aline", au=DAY).valeur("identite.prenom") == "Aline"
                )
                store.backup(copies / "copie.db")
                try:
                    store.append([NAMED], at=MARCH)
                except spie.StoreError as error:
                    status = 0 if error.code == "S004" else 2
        finally:
            os._exit(status)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0
    assert sorted(one.name for one in medium.iterdir()) == ["dossiers.db", "dossiers.db-acces"]
    medium.chmod(0o755)
