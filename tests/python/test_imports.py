"""Files read into a store from Python and from the command line. What each format reads is tested in
C++ (tests/exchange); what an invented département holds, in test_synthetic*.py."""

from __future__ import annotations

import csv
import io
import json
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
import spie
from spie import imports, synthetic
from spie.dossier import evenement

AT = datetime(2022, 2, 5, 12, tzinfo=UTC)
JANUARY = date(2022, 1, 31)
PLAN = {
    "source": "essai",
    "cle": "id",
    "identite": {"nom": "nom", "prenom": "prenom", "date_naissance": "naissance"},
    "faits": [{"type": "contact", "champs": {"telephones": "mobile"}}],
}
HEADER = "id;nom;prenom;naissance;mobile\n"
TWO = f"{HEADER}1;EXEMPLE;Aline;1990-05-04;0639980001\n;MODELE;Driss;1991-01-02;\n"


@pytest.fixture(scope="module")
def invented(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("invente")
    synthetic.generate(personnes=60, graine=3).write(folder, [date(2022, 1, 1)])
    return folder


def read(store, name, path, **more):
    return store.importer(name, path, auteur="import", at=AT, **more)


def test_what_is_typed_is_judged_as_an_import_would():
    def faults(type, **content):
        found = spie.imports.verifier_saisie(type, content, jour=date(2022, 6, 1))
        return [(one.champ, one.gardee) for one in found]

    assert faults("adresse", code_postal="77000") == []
    assert faults("adresse", code_postal="7700") == [("code_postal", False)]
    assert faults("contact", telephones=["639980001"]) == [("telephones", True)]
    assert faults("identite", date_naissance=date(2022, 6, 2)) == [("date_naissance", False)]
    with pytest.raises(spie.errors.DossierError):
        faults("nulle_part")


def test_a_departement_is_read_whole(invented):
    with spie.Store.memory() as store:
        files = {
            "vrsb": (invented / "caf/vrsb-2022-01.xml", None),
            "dsp": (invented / "dsp/vird-2022-01.xml", None),
            "france_travail_extrait": (invented / "france-travail/extrait-2022-01.csv", JANUARY),
            "france_travail_actions": (invented / "france-travail/actions-2022-01.csv", JANUARY),
            "carnet_structures": (invented / "carnet/structures.csv", JANUARY),
            "carnet_beneficiaires": (invented / "carnet/beneficiaires-2022-01.csv", JANUARY),
        }
        for name, (path, day) in files.items():
            rapport = read(store, name, path, date_fichier=day)
            assert rapport.clos and rapport.recus > 0, (name, rapport.to_dict())
            assert rapport.recus == rapport.lus + rapport.refuses_total
            assert rapport.format == name and rapport.fichier == path.name
            assert rapport.date_reference is not None and not rapport.deja_lu
            assert rapport.tete == store.head()
        contacts = read(
            store,
            "caf_contacts",
            invented / "caf/contacts-2022-01.csv",
            date_fichier=JANUARY,
            organisme="771",
        )
        assert contacts.clos and contacts.lus == contacts.recus > 0
        assert contacts.dossiers_nouveaux == contacts.dossiers_rattaches == 0
        assert contacts.faits == contacts.lus < contacts.evenements
        again = read(store, "vrsb", files["vrsb"][0])
        assert again.deja_lu and again.dossiers_nouveaux == 0
        person = store.sujets()[0]
        (diagnostic, *_) = sorted((invented / "france-travail/diagnostics").rglob("*.json"))
        said = read(
            store, "france_travail_diagnostic", diagnostic, personne=person, date_fichier=JANUARY
        )
        assert said.clos and said.evenements > 0
        assert store.verify().intact
        assert {one["nom"] for one in imports.formats()} == {
            *files,
            said.format,
            "caf_contacts",
            "csv",
        }


def test_a_report_tells_each_fault(invented):
    with spie.Store.memory() as store:
        rapport = read(store, "csv", TWO.encode(), plan=PLAN, date_fichier=JANUARY, nom="liste.csv")
        assert (rapport.recus, rapport.lus, rapport.refuses_total) == (2, 1, 1)
        (fault,) = rapport.refuses
        assert (fault.code, fault.place, fault.portee) == ("I005", "ligne 3", "enregistrement")
        assert fault.motif and fault.remede and fault.enregistrement == 2
        assert repr(rapport) == (
            "<spie.imports.Rapport liste.csv: 2 reçus, 1 lus, 1 refusés, clos>"
        )
        assert "ligne 3" in rapport._repr_html_()
        assert store.chercher("EXEMPLE") == store.sujets()


def test_what_is_raised_on_the_way_ends_an_import_that_does_not_count():
    rows = "".join(f"{n};EXEMPLE{n};Aline;1990-05-04;\n" for n in range(2_500))
    content = f"{HEADER}{rows}".encode()
    seen: list[int] = []

    class Stop(Exception):
        pass

    def stop(records: int) -> None:
        seen.append(records)
        if records >= 2_000:
            raise Stop

    with spie.Store.memory() as store:
        with pytest.raises(Stop):
            read(store, "csv", content, plan=PLAN, date_fichier=JANUARY, progres=stop)
        assert seen == [1_000, 2_000]
        person = store.chercher("EXEMPLE1")[0]
        assert len(store.situation(person, au=date(2022, 3, 1))) == 0  # not closed
        done = read(store, "csv", content, plan=PLAN, date_fichier=JANUARY)
        assert done.clos and done.recus == 2_500
        assert store.situation(person, au=date(2022, 3, 1)).valeur("identite.prenom") == "Aline"


def test_what_an_import_lacks_is_refused(tmp_path):
    with spie.Store.memory() as store:
        for name, content, error, code in (
            ("vrsbe", b"", spie.ImportRefused, "I002"),
            ("vrsb", tmp_path / "absent.xml", spie.ImportRefused, "I001"),
            ("france_travail_diagnostic", b"{}", spie.UsageError, "A001"),
            ("csv", b"a;b", spie.UsageError, "A001"),
            ("caf_contacts", b"a;b", spie.UsageError, "A001"),
        ):
            with pytest.raises(error) as refused:
                read(store, name, content)
            assert refused.value.code == code
        assert store.head().seq == 0


@pytest.fixture
def importer(spie_command, tmp_path):
    def run(*arguments):
        where = ("--base", tmp_path / "dossiers.db", "--cle", tmp_path / "dossiers.cle")
        return spie_command("importer", *arguments, *where)

    return run


@pytest.mark.parametrize(
    ("file", "sender", "told"),
    [
        ("france-travail/extrait-2022-01.csv", "france-travail", "france_travail_extrait"),
        ("france-travail/actions-2022-01.csv", "france_travail", "france_travail_actions"),
        ("carnet/beneficiaires-2022-01.csv", "carnet", "carnet_beneficiaires"),
        ("carnet/structures.csv", "carnet", "carnet_structures"),
    ],
)
def test_a_file_tells_which_of_its_senders_formats_it_has(invented, file, sender, told):
    with spie.Store.memory() as store:
        rapport = read(store, sender, invented / file, date_fichier=JANUARY)
        assert (rapport.format, rapport.clos) == (told, True)
        assert rapport.recus > 0


def test_a_partial_carnet_gives_one_warning_that_names_all_that_it_lacks(invented):
    whole = (invented / "carnet/beneficiaires-2022-01.csv").read_text("utf-8-sig")
    separator = ";" if ";" in whole.splitlines()[0] else ","
    rows = list(csv.reader(io.StringIO(whole), delimiter=separator))
    left = ("Email", "RQTH", "Niveau de formation")
    kept = [rank for rank, name in enumerate(rows[0]) if name not in left]
    assert len(kept) == len(rows[0]) - len(left)
    partial = io.StringIO()
    csv.writer(partial, delimiter=separator).writerows(
        [[row[rank] for rank in kept] for row in rows[:6]]
    )
    with spie.Store.memory() as store:
        content = partial.getvalue().encode()
        rapport = read(store, "carnet", content, date_fichier=JANUARY, nom="partiel.csv")
        assert rapport.clos and rapport.lus == 5
        # What the rows say is told apart, at their own places.
        (told,) = (one for one in rapport.avertissements if one.place == "ligne 1")
        assert all(f"« {name} »" in told.motif for name in left)


def test_the_command_tells_counts_faults_and_the_head(importer, spie_command, tmp_path, invented):
    done = importer("vrsb", invented / "caf/vrsb-2022-01.xml")
    assert done.exit_code == 0 and "Import clos" in done.stdout
    with spie.Store.open(tmp_path / "dossiers.db", tmp_path / "dossiers.cle") as store:
        assert store.head().maillon in done.stdout.replace("\n", "")
    plan = tmp_path / "plan.json"
    plan.write_text(json.dumps(PLAN))
    rows = tmp_path / "liste.csv"
    rows.write_text(TWO)
    options = ("--plan", plan, "--date-fichier", "2022-01-31", "--auteur", "essai")
    told = importer("csv", rows, *options)
    assert told.exit_code == 0 and "ligne 3" in told.stdout and "1 refusés" in told.stderr
    data = json.loads(importer("csv", rows, *options, "--json").stdout)
    assert data["deja_lu"] and data["recus"] == data["lus"] + data["refuses_total"] == 2
    cut = tmp_path / "coupe.xml"
    cut.write_bytes((invented / "caf/vrsb-2022-01.xml").read_bytes()[:3_000])
    stopped = importer("vrsb", cut)
    assert stopped.exit_code == 1 and "non clos" in stopped.stdout


def test_nothing_is_made_for_a_format_or_a_file_that_is_not_there(importer, tmp_path):
    (tmp_path / "f.xml").write_text("<x/>")
    assert importer("vrsbe", tmp_path / "f.xml").exit_code == 2
    assert importer("vrsb", tmp_path / "absent.xml").exit_code == 3
    assert not (tmp_path / "dossiers.db").exists() and not (tmp_path / "dossiers.cle").exists()


def test_the_command_reads_contacts_of_the_caf_that_it_names(importer, invented):
    contacts = invented / "caf/contacts-2022-01.csv"
    importer("vrsb", invented / "caf/vrsb-2022-01.xml")
    on = ("--date-fichier", "2022-01-31")
    assert importer("caf_contacts", contacts, *on).exit_code == 2
    told = json.loads(
        importer("caf_contacts", contacts, *on, "--organisme", "771", "--json").stdout
    )
    assert told["clos"] and told["lus"] == told["recus"] == told["faits"] > 0
    other = json.loads(
        importer("caf_contacts", contacts, *on, "--organisme", "772", "--json").stdout
    )
    assert other["lus"] == 0 and other["refuses"][0]["motif"].startswith(
        "aucun foyer de la CAF 772"
    )


def test_a_report_counts_facts_and_what_names_would_attach():
    plan = PLAN | {"source": "autre"}
    with spie.Store.memory() as store:
        read(store, "csv", TWO.encode(), plan=PLAN, date_fichier=JANUARY)
        second = read(store, "csv", TWO.encode(), plan=plan, date_fichier=JANUARY)
        assert second.dossiers_nouveaux == second.sur_noms == second.doublons_proposes == 1
        assert second.doublons_par_raison == {"mêmes noms et date de naissance": 1}
        assert 0 < second.faits < second.evenements
    with spie.Store.memory() as store:
        read(store, "csv", TWO.encode(), plan=PLAN, date_fichier=JANUARY)
        third = read(store, "csv", TWO.encode(), plan=plan, date_fichier=JANUARY, sur_noms=True)
        assert (third.dossiers_nouveaux, third.dossiers_rattaches, third.sur_noms) == (0, 1, 0)


@pytest.mark.parametrize(
    ("fait", "cell"),
    [
        ({"type": "decision_donnees", "champs": {"genre": {"valeur": "limitation"}, "etape": "X"}}, "levee"),
        ({"type": "declassement", "champs": {"evenement": "X", "champ": {"valeur": "texte"}}}, "e-1"),
        (
            {
                "type": "consentement",
                "champs": {
                    "finalite": "X",
                    "destinataire": {"valeur": "membre"},
                    "accorde": {"valeur": True},
                },
            },
            "accompagnement",
        ),
    ],
)  # fmt: skip
def test_a_file_decides_of_nothing(fait, cell):
    plan = PLAN | {"faits": [fait]}
    with spie.Store.memory() as store, pytest.raises(spie.ImportRefused) as refused:
        read(store, "csv", f"{HEADER}X\n{cell}".encode(), plan=plan, date_fichier=JANUARY)
    assert refused.value.code == "I010"
    frein = {"type": "frein", "champs": {"code": {"valeur": "m"}, "reponse": "X"}}
    for source in ("saisie", "diagnostic", "caf.vrsb", "carnet"):
        with spie.Store.memory() as store, pytest.raises(spie.ImportRefused) as refused:
            read(
                store,
                "csv",
                b"",
                plan=PLAN | {"faits": [frein], "source": source},
                date_fichier=JANUARY,
            )
        assert refused.value.code == "I010"


def test_results_of_pix_go_to_the_person_who_is_given_and_answer_the_diagnostic(root):
    given = root / "examples" / "donnees"
    plan = json.loads((given / "plan-pix-eva-personne.json").read_text("utf-8"))
    with spie.Store.memory() as store:
        store.append(
            [
                evenement(
                    "personne:aline", "identite", {"nom": "EXEMPLE", "prenom": "Aline"},
                    debut=date(2022, 3, 1), auteur="conseillère",
                )
            ],
            at=datetime(2022, 3, 2, tzinfo=UTC),
        )  # fmt: skip
        more = {"auteur": "import", "at": datetime(2022, 6, 2, tzinfo=UTC), "plan": plan}
        report = store.importer(
            "csv", given / "pix-eva-personne-invente.csv",
            date_fichier=date(2022, 6, 1), personne="personne:aline", **more,
        )  # fmt: skip
        assert (report.lus, report.refuses_total, report.dossiers_nouveaux) == (2, 0, 0)
        with pytest.raises(spie.UsageError):
            store.importer("csv", b"x\n", date_fichier=date(2022, 6, 1), **more)
