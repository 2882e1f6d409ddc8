"""Stores and dossiers in Python: what crosses both ways, typed, and what is refused with its code.

What the words mean is tested in C++ (tests/dossier, tests/store).
"""

from __future__ import annotations

import copy
import pickle
import threading
from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
import spie
from spie import dossier
from spie.dossier import evenement

MARCH = datetime(2022, 3, 5, 12, tzinfo=UTC)
APRIL = datetime(2022, 4, 10, 12, tzinfo=UTC)


@pytest.fixture
def store():
    """Aline moved on 1 March; it was learnt on 10 April."""
    with spie.Store.memory() as made:
        made.append(
            [
                evenement(
                    "personne:aline", "identite",
                    {"nom": "EXEMPLE", "prenom": "Aline", "date_naissance": date(1990, 5, 4)},
                    debut=date(2022, 1, 1), auteur="conseillère", id="e-1",
                ),
                evenement(
                    "personne:aline", "adresse", {"commune": "Provins"},
                    debut=date(2022, 1, 1), auteur="conseillère", id="e-2",
                ),
            ],
            at=MARCH,
        )  # fmt: skip
        made.append(
            [
                evenement(
                    "personne:aline", "adresse", {"commune": "Nangis"},
                    debut=date(2022, 3, 1), auteur="conseillère", id="e-3",
                )
            ],
            at=APRIL,
        )  # fmt: skip
        yield made


def commune(store, au, connu=None):
    return store.situation("personne:aline", au=au, connu=connu).valeur("adresse.commune")


def test_the_day_of_the_facts_and_the_day_of_knowledge_are_two(store):
    day = date(2022, 3, 15)
    assert commune(store, day) == "Nangis"
    assert commune(store, date(2022, 2, 28)) == "Provins"
    assert commune(store, date(2021, 12, 31)) is None
    assert commune(store, day, date(2022, 4, 9)) == "Provins"
    assert commune(store, day, date(2022, 4, 10)) == "Nangis"
    assert commune(store, day, 2) == "Provins"
    assert commune(store, day, "#3") == "Nangis"
    before = datetime(2022, 4, 10, 13, 59, 59, 999_900, tzinfo=ZoneInfo("Europe/Paris"))
    assert commune(store, day, before) == "Provins"
    assert commune(store, day, before + timedelta(seconds=1)) == "Nangis"


def test_a_situation_is_typed(store):
    found = store.situation("personne:aline", au=date(2022, 4, 15))
    assert found.valeur("identite.date_naissance") == date(1990, 5, 4)
    assert "identite.nom" in found and "identite.sexe" not in found
    assert [one.chemin for one in found] == [
        "identite.nom", "identite.prenom", "identite.date_naissance", "adresse.commune",
    ]  # fmt: skip
    fact = found.fait("adresse.commune")
    assert (fact.source, fact.auteur, fact.debut) == ("saisie", "conseillère", date(2022, 3, 1))
    assert (fact.raison, fact.evenement, fact.seq) == ("source_unique", "e-3", 3)
    assert fact.enregistre == APRIL and fact.autres == () and fact.fin is None
    assert (found.dossier, found.foyer, found.absorbes) == ("personne:aline", None, ())
    assert (found.au, found.seq, len(found)) == (date(2022, 4, 15), 3, 4)
    assert found.valeurs()["identite"]["nom"] == "EXEMPLE"
    assert found.to_dict()["faits"][0]["chemin"] == "identite.nom"
    assert '"@date": "1990-05-04"' in found.to_json()
    assert repr(found) == "<spie.Situation personne:aline au 2022-04-15: 4 faits>"


def test_a_notebook_shows_a_situation_with_what_others_say(store):
    store.append(
        [
            evenement(
                "personne:aline", "adresse", {"commune": "<Melun>"},
                debut=date(2022, 2, 1), auteur="import", source="caf.vrsb",
            )
        ],
        at=APRIL,
    )  # fmt: skip
    found = store.situation("personne:aline", au=date(2022, 4, 15))
    other = found.fait("adresse.commune").autres[0]
    assert (other.valeur, other.source) == ("<Melun>", "caf.vrsb")
    assert found.fait("adresse.commune").raison == "effet_le_plus_recent"
    page = found._repr_html_()
    assert "15 avril 2022" in page and "Nangis" in page
    assert "caf.vrsb : &lt;Melun&gt;" in page and "<Melun>" not in page


@pytest.fixture
def every_form(store):
    """What a situation may hold: a household, steps, a number, two sources, months, a correction."""
    household = "foyer:f1"
    store.append(
        [
            evenement(
                "personne:aline", "adresse", {"commune": "Melun"},
                debut=date(2022, 2, 1), fin=date(2023, 1, 1), auteur="import", source="caf.vrsb",
            ),
            evenement(
                "personne:aline", "appartenance", {"foyer": household, "role": "responsable"},
                debut=date(2022, 1, 1), auteur="import", source="caf.vrsb",
            ),
            evenement(
                household, "droit_rsa", {"etat": "ouvert"},
                debut=date(2022, 1, 1), auteur="import", source="caf.vrsb",
            ),
            {
                **evenement(
                    "personne:aline", "revenu",
                    {"nature": "001", "mois": "2022-03", "montant": Decimal("1234.50")},
                    debut=date(2022, 3, 1), auteur="import", source="caf.vrsb",
                ),
                "effet": {"debut": date(2022, 3, 1), "precision": "mois"},
            },
            evenement(
                "personne:aline", "rendez_vous", {"id": "r-1", "etape": "tenu", "lieu": "Provins"},
                debut=date(2022, 3, 1), auteur="conseillère",
            ),
            evenement(
                "personne:aline", "frein", {"code": "mobilite", "reponse": "oui"},
                debut=date(2022, 3, 1), auteur="conseillère", id="e-4",
            ),
        ],
        at=APRIL,
    )  # fmt: skip
    store.corriger("e-4", {"code": "mobilite", "reponse": "non"}, auteur="conseillère", at=APRIL)
    return store


def test_facts_are_those_of_the_record(every_form):
    found = every_form.situation("personne:aline", au=date(2022, 4, 15))
    of_record = spie.Situation(found.to_dict(), found.valeurs())
    assert of_record.faits == found.faits
    for one, other in zip(of_record.faits, found.faits, strict=True):
        assert {key: type(value) for key, value in vars(one).items()} == {
            key: type(value) for key, value in vars(other).items()
        }
        assert found.valeur(one.chemin) == one.valeur and one.chemin in found
        nested = found.valeurs()
        for part in one.chemin.split("."):
            nested = nested[part]
        assert nested == one.valeur
    assert found.valeur("revenu.001/2022-03.montant") == Decimal("1234.50")
    assert found.fait("revenu.001/2022-03.montant").precision == "mois"
    assert found.fait("frein.mobilite.reponse").corrige
    assert found.valeur("foyer.droit_rsa.etat") == "ouvert" and found.foyer == "foyer:f1"
    assert found.valeur("rendez_vous.r-1.etapes")[0]["date"] == date(2022, 3, 1)
    assert found.fait("adresse.commune").autres[0].fin == date(2023, 1, 1)
    for mine, record in ((repr(found), repr(of_record)), (found.au, of_record.au)):
        assert mine == record
    assert (found.dossier, found.absorbes, found.foyer, found.seq, len(found)) == (
        of_record.dossier, of_record.absorbes, of_record.foyer, of_record.seq, len(of_record),
    )  # fmt: skip
    assert found.valeur("identite.sexe") is None and 3 not in found


def test_a_situation_outlives_its_store_and_is_copied(every_form):
    found = every_form.situation("personne:aline", au=date(2022, 4, 15))
    every_form.close()
    for copied in (pickle.loads(pickle.dumps(found)), copy.deepcopy(found)):
        assert copied.to_dict() == found.to_dict() and copied.valeurs() == found.valeurs()
        assert copied.faits == found.faits


def test_many_situations_are_read_in_lots(store):
    people = [f"personne:p{n:03}" for n in range(600)]
    store.append([contact(one) for one in people], at=APRIL)
    asked: list[str] = []

    def asking():
        for one in people:
            asked.append(one)
            yield one

    au = date(2022, 4, 15)
    found = store.situations(asking(), au=au)
    assert asked == []
    assert next(found).dossier == people[0] and len(asked) < 600
    assert [one.dossier for one in found] == people[1:]
    one_by_one = [store.situation(one, au=au).to_dict() for one in people]
    assert [one.to_dict() for one in store.situations(people, au=au)] == one_by_one
    assert [len(one) for one in store.situations(["personne:aline"], au=au, connu=1)] == [3]
    assert list(store.situations([], au=au)) == []


def test_a_dossier_that_is_not_there_ends_the_many_after_those_before_it(store):
    asked = ["personne:aline", "personne:zoe", "personne:aline"]
    found = store.situations(asked, au=date(2022, 4, 15))
    assert next(found).dossier == "personne:aline"
    with pytest.raises(spie.DossierError) as refused:
        next(found)
    assert refused.value.code == "E005" and "personne:zoe" in str(refused.value)


def test_a_situation_feeds_a_pack(store, pack):
    found = store.situation("personne:aline", au=date(2022, 4, 15), pack=pack)
    assert found.valeur("adresse.commune") == "Nangis"


def test_events_come_back_typed(store):
    first, second, third = store.evenements("personne:aline")
    assert (first.id, first.type, first.version) == ("e-1", "identite", 1)
    assert first.contenu["date_naissance"] == date(1990, 5, 4)
    assert first.enregistre == MARCH and third.enregistre == APRIL
    assert (second.debut, second.fin, second.precision) == (date(2022, 1, 1), None, "jour")
    assert store.evenement("e-2") == second
    assert first.to_dict()["sujets"] == ["personne:aline"]
    assert store.evenements("personne:zoe") == []
    assert store.sujets() == ["personne:aline"] and store.sujets(apres="personne:aline") == []


def test_what_was_read_may_be_recorded_elsewhere(store):
    with spie.Store.memory() as other:
        given = [one.to_dict() for one in store.evenements("personne:aline")]
        for one in given:
            del one["seq"], one["enregistre"]
        assert other.append(given, at=APRIL) == ["e-1", "e-2", "e-3"]
        assert commune(other, date(2022, 3, 15)) == "Nangis"


def test_a_correction_and_its_history(store):
    correction = store.corriger("e-3", {"commune": "Melun"}, auteur="chef", at=APRIL)
    assert commune(store, date(2022, 3, 15)) == "Melun"
    said = store.historique("personne:aline", "adresse.commune")
    assert [(one.valeur, one.corrige, one.compte) for one in said] == [
        ("Provins", False, True), ("Nangis", True, True), ("Melun", False, True),
    ]  # fmt: skip
    assert said[1].corrige_par == correction
    moved = store.corriger(correction, debut=date(2022, 3, 10), auteur="chef", at=APRIL)
    assert commune(store, date(2022, 3, 9)) == "Provins"
    assert store.evenement(moved).contenu == {"commune": "Melun"}
    store.retirer(moved, auteur="chef", motif="elle n'a pas déménagé", at=APRIL)
    assert commune(store, date(2022, 3, 15)) == "Provins"
    with pytest.raises(spie.DossierError) as refused:
        store.corriger("e-3", {"commune": "Paris"}, auteur="chef", at=APRIL)
    assert refused.value.code == "E003"
    with pytest.raises(spie.UsageError):
        store.corriger("e-2", auteur="chef")


def test_what_differs_between_two_days_or_two_states_of_knowledge(store):
    moved = store.comparer("personne:aline", date(2022, 2, 1), date(2022, 4, 1))
    assert [(one.chemin, one.avant.valeur, one.apres.valeur) for one in moved] == [
        ("adresse.commune", "Provins", "Nangis")
    ]
    day = date(2022, 3, 15)
    learnt = store.comparer("personne:aline", day, day, connu_avant=date(2022, 3, 31))
    assert [one.chemin for one in learnt] == ["adresse.commune"]
    appeared = store.comparer("personne:aline", date(2021, 12, 31), date(2022, 2, 1))
    assert len(appeared) == 4 and all(one.avant is None for one in appeared)


def test_two_dossiers_are_merged_and_parted(store):
    store.append(
        [evenement("personne:b", "contact", {"courriels": ["a@example.org"]},
                   debut=date(2022, 1, 1), auteur="x")],
        at=APRIL,
    )  # fmt: skip
    merge = store.fusionner("personne:aline", "personne:b", auteur="chef", motif="vue", at=APRIL)
    one = store.situation("personne:b", au=date(2022, 4, 15))
    assert one.dossier == "personne:aline" and one.absorbes == ("personne:b",)
    (since,) = store.append(
        [evenement("personne:b", "frein", {"code": "sante", "reponse": "oui"},
                   debut=date(2022, 4, 11), auteur="x")],
        at=APRIL,
    )  # fmt: skip
    assert [event.id for event in store.depuis_fusion(merge)] == [since]
    with pytest.raises(spie.DossierError) as refused:
        store.defusionner(merge, {}, auteur="chef", at=APRIL)
    assert refused.value.code == "E007"
    store.defusionner(merge, {since: "personne:aline"}, auteur="chef", at=APRIL)
    held = store.situation("personne:aline", au=date(2022, 4, 15))
    assert held.valeur("frein.sante.reponse") == "oui" and held.absorbes == ()


def test_dossiers_are_found_by_name(store):
    assert store.chercher("éxem") == ["personne:aline"]
    assert store.chercher("personne") == []
    with pytest.raises(spie.DossierError):
        store.chercher("123", par="nir")


def test_keys_are_told_from_a_path_and_do_not_show(tmp_path):
    keys = spie.store.draw_keys()
    path = tmp_path / "cles" / "dossiers.cle"
    spie.store.write_keys(path, keys)
    assert path.stat().st_mode & 0o777 == 0o600
    assert isinstance(keys, spie.store.Keys) and isinstance(keys, str)
    for shown in (repr(keys), repr({"keys": keys}), f"{keys!r}"):
        assert "…" in shown and keys[20:40] not in shown
    for i, given in enumerate((keys, path, str(path), spie.store.read_keys(str(path)))):
        base = tmp_path / f"{i}.db"
        with spie.Store.create(base, given), spie.droits.Acces.create(f"{base}-acces", given):
            pass
        with spie.Store.open(base, given) as again:
            again.adopt_keys(spie.store.rotate_keys(given))
    with pytest.raises(FileNotFoundError):
        spie.Store.open(base, "nulle part")
    # A plain text is a path: an error of the system would tell the keys that it names.
    with pytest.raises(spie.UsageError, match="Keys") as refused:
        spie.Store.open(base, str(keys))
    assert keys[20:40] not in str(refused.value)


def test_a_store_in_a_file_opens_with_its_keys_alone(tmp_path, store):
    key_file = tmp_path / "ailleurs" / "dossiers.cle"
    spie.store.write_keys(key_file, spie.store.draw_keys())
    assert key_file.stat().st_mode & 0o777 == 0o600
    with pytest.raises(FileExistsError):
        spie.store.write_keys(key_file, "")
    path = tmp_path / "dossiers.db"
    with spie.Store.create(path, key_file) as made:
        made.append([one | {} for one in [contact("personne:aline")]], at=MARCH)
        head = made.head()
        assert made.path == path and str(path) in repr(made)
    with pytest.raises(spie.UsageError, match="closed"):
        made.head()
    made.close()
    with pytest.raises(spie.StoreError) as refused:
        spie.Store.open(path, spie.store.draw_keys())
    assert refused.value.code == "S002"
    with pytest.raises(spie.StoreError) as refused:
        spie.Store.create(path, key_file)
    assert refused.value.code == "S001" and refused.value.where == str(path)

    with spie.Store.open(path, key_file) as again:
        assert again.verify(head).tete_trouvee is True
        again.backup(tmp_path / "copie.db")
        erased = again.effacer("personne:aline", auteur="dpo", at=APRIL)
        assert [one.evenements for one in erased] == [1] and again.erasures() == erased
        again.scrub()
        proof = again.verify(head.maillon)
        assert (proof.intact, proof.evenements, proof.effaces) == (True, 2, 1)
        assert proof.to_dict()["tete"]["seq"] == 2
        turned = spie.store.rotate_keys(key_file)
        again.adopt_keys(turned)
    with spie.Store.open(tmp_path / "copie.db", key_file) as restored:
        assert restored.replay(erased, auteur="dpo", at=APRIL) == 1
        assert restored.evenements("personne:aline") == []
    with spie.Store.open(path, turned) as last:
        broken = last.verify("a" * 64)
        assert not broken.intact and broken.constats[0].code == "S007"


def test_a_store_opens_by_its_address(tmp_path):
    keys = spie.store.draw_keys()
    path = tmp_path / "dossiers.db"
    spie.Store.create(f"sqlite:{path}", keys).close()
    assert path.exists()
    with spie.Store.open(path, keys) as opened:
        assert opened.head().seq == 0
    spie.droits.Acces.create(f"sqlite:{path}-acces", keys)
    assert (tmp_path / "dossiers.db-acces").exists()
    for call in (spie.Store.open, spie.Store.create, spie.droits.Acces.open):
        with pytest.raises(spie.StoreError, match="no kind of store 'sqlit'") as refused:
            call("sqlit:dossiers.db", keys)
        assert refused.value.code == "S001"
        assert refused.value.diagnostics[0].suggestion == "sqlite"


def contact(sujet, **also):
    return evenement(sujet, "contact", {}, debut=date(2022, 1, 1), auteur="x", **also)


@pytest.mark.parametrize(
    ("change", "code", "where"),
    [
        ({"type": "adrese"}, "E002", "/1/type"),
        ({"contenu": {"telephone": "01"}}, "E001", "/1/contenu/telephone"),
        ({"sujets": ["aline"]}, "E001", "/1/sujets/0"),
        ({"sujets": ["foyer:f"]}, "E001", "/1/sujets/0"),
        ({"effet": {"debut": date(2022, 1, 2), "fin": date(2022, 1, 2)}}, "E001", "/1/effet/fin"),
        ({"seq": 4}, "E001", "/1/seq"),
        ({"id": "e-1"}, "E006", "/1/id"),
        ({"corrige": "rien"}, "E005", "/1/corrige"),
    ],
)
def test_an_event_that_is_wrong_refuses_the_batch_with_its_place(store, change, code, where):
    before = store.head()
    with pytest.raises(spie.DossierError) as refused:
        store.append([contact("personne:x"), contact("personne:y") | change], at=APRIL)
    assert (refused.value.code, refused.value.where) == (code, where)
    assert refused.value.diagnostics[0].remedy
    assert store.head() == before


def test_an_instant_has_a_zone_and_does_not_go_back(store):
    with pytest.raises(spie.UsageError):
        store.append([contact("personne:x")], at=datetime(2022, 5, 1))
    with pytest.raises(spie.UsageError):
        store.situation("personne:aline", au=date(2022, 1, 1), connu=datetime(2022, 5, 1))
    with pytest.raises(spie.UsageError):
        store.situation("personne:aline", au=datetime(2022, 1, 1, tzinfo=UTC))
    with pytest.raises(spie.DossierError) as refused:
        store.append([contact("personne:x")], at=MARCH)
    assert refused.value.code == "E004"
    summer = datetime(2022, 6, 1, 10, 0, 0, 123_456, tzinfo=timezone(timedelta(hours=2)))
    (made,) = store.append([contact("personne:x")], at=summer)
    assert store.evenement(made).enregistre == datetime(2022, 6, 1, 8, 0, 0, 123_000, tzinfo=UTC)
    (now,) = store.append([contact("personne:x")])
    assert abs(store.evenement(now).enregistre - datetime.now(UTC)) < timedelta(minutes=1)


def test_what_is_not_there_is_refused(store):
    for ask in (
        lambda: store.situation("personne:zoe", au=date(2022, 1, 1)),
        lambda: store.evenement("rien"),
        lambda: store.historique("personne:aline", "identite.prenoms"),
        lambda: store.effacer("personne:zoe", auteur="x"),
    ):
        with pytest.raises(spie.DossierError) as refused:
            ask()
        assert refused.value.code == "E005"


def test_the_types_of_events_are_those_of_the_schemas(root):
    names = {f"{one['nom']}.v{one['version']}.json" for one in dossier.types()}
    assert names == {path.name for path in (root / "docs" / "schemas").glob("*.v*.json")}


def test_threads_that_share_a_store_wait_for_each_other(store):
    failures = []

    def run():
        try:
            for _ in range(20):
                store.append([contact("personne:x")], at=APRIL)
                store.situation("personne:x", au=date(2022, 4, 15))
        except spie.SpieError as error:
            failures.append(error)

    threads = [threading.Thread(target=run) for _ in range(4)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert failures == [] and store.verify().evenements == 83
