"""The truth kept beside the invented files says which records are one person, and no more."""

from __future__ import annotations

import json
import re
from collections import Counter, defaultdict
from datetime import date

from synthetic_files import (
    ADULTES,
    POUR_MILLE,
    dsp_requests,
    flows,
    households,
    plain,
    rows,
    rsa_role,
    vrsb_key,
)

pytest_plugins = ["synthetic_fixtures"]


# --- The truth


def test_every_record_is_in_the_truth_and_the_truth_has_no_other(files, truth):
    found = defaultdict(set)
    for path in flows(files):
        for household in households(path):
            found["vrsb"] |= {
                vrsb_key(household, one)
                for one in household.findall("Personne")
                if rsa_role(one) != "ENF"
            }
    for _, requests in dsp_requests(files):
        found["dsp"] |= {
            f"{one.findtext('.//NUMDEMRSA')}/{person.findtext('Prestations/ROLEPERS')}"
            for one in requests
            for person in one.iter("Personne")
        }
    for path in files.glob("france-travail/extrait-*.csv"):
        found["extrait"] |= {row["identifiant_unique_de"] for row in rows(path)}
    for path in files.glob("carnet/beneficiaires-*.csv"):
        found["carnet"] |= {row["Identifiant dans le SI*"] for row in rows(path, "utf-8-sig")}
    folder = files / "france-travail" / "diagnostics"
    found["diagnostic"] = {path.relative_to(folder).as_posix() for path in folder.rglob("*.json")}
    assert {source: set(keys) for source, keys in truth.items()} == dict(found)


def written_identities(files):
    """Source, key, surname, first name and birth date of each record, in every file."""
    for path in flows(files):
        for household in households(path):
            for one in household.findall("Personne"):
                if rsa_role(one) != "ENF":
                    told = one.find("Identification")
                    yield (
                        "vrsb", vrsb_key(household, one), told.findtext("NOM"),
                        told.findtext("PRENOM"), date.fromisoformat(told.findtext("DTNAI")),
                    )  # fmt: skip
    for _, requests in dsp_requests(files):
        for request in requests:
            for one in request.iter("Personne"):
                told = one.find("Identification")
                role = one.findtext("Prestations/ROLEPERS")
                yield (
                    "dsp", f"{request.findtext('.//NUMDEMRSA')}/{role}", told.findtext("NOM"),
                    told.findtext("PRENOM"), date.fromisoformat(told.findtext("DTNAI")),
                )  # fmt: skip
    for path in files.glob("france-travail/extrait-*.csv"):
        for row in rows(path):
            birth = date.fromisoformat(row["date_naissance"][:10])
            yield "extrait", row["identifiant_unique_de"], row["nom"], row["prenom"], birth
    for path in files.glob("carnet/beneficiaires-*.csv"):
        for row in rows(path, "utf-8-sig"):
            text = row["Date de naissance*"]
            day = re.sub(r"^(\d{2})[/-](\d{2})[/-](\d{4})$", r"\3-\2-\1", text)
            yield (
                "carnet", row["Identifiant dans le SI*"], row["Nom*"], row["Prénom*"],
                date.fromisoformat(day),
            )  # fmt: skip


def test_a_record_departs_from_the_truth_as_the_truth_says(files, truth, people):
    def bare(name):
        return plain(name).replace("-", " ").replace("'", " ")

    departures = Counter()
    for source, key, nom, prenom, birth in written_identities(files):
        record = truth[source][key]
        person = people[record["personne"]]
        named = record["ecarts"].split()
        departures.update(named)
        true = date.fromisoformat(person["naissance"])
        if "jour_mois" in named:
            assert birth == date(true.year, true.day, true.month) != true
        else:
            assert birth == true
        column = "nom_naissance" if "nom_de_naissance" in named else "nom"
        assert bare(nom) == bare(person[column])
        assert bare(prenom) == bare(person["prenom"])
        spelt = person[column] + person["prenom"]
        given = nom + prenom
        if "accents" not in named:
            assert given.upper() == spelt.upper() or {"trait_d_union", "apostrophe"} & set(named)
        if "trait_d_union" in named:
            assert "-" not in given
        if "apostrophe" in named:
            assert "'" not in given
    assert {
        "accents", "trait_d_union", "apostrophe", "nom_de_naissance", "jour_mois", "adresse",
        "nir_absent", "doublon",
    } <= set(departures)  # fmt: skip


def test_a_person_typed_twice_has_two_records(truth):
    twice = [key for key in truth["carnet"] if key.endswith("B")]
    assert twice
    for key in twice:
        first, second = truth["carnet"][key.removesuffix("B")], truth["carnet"][key]
        assert first["personne"] == second["personne"] and "doublon" in second["ecarts"].split()


def test_the_summary_counts_what_is_there(files, departement, people):
    report = json.loads((files / "verite" / "verite.json").read_text(encoding="utf-8"))
    assert report["adultes"] == len(people) == ADULTES
    assert report["foyers"] == len(departement.foyers)
    assert report["comptes"] == POUR_MILLE == report["attendus"]
    assert set(report["fichiers"]) == {
        path.relative_to(files).as_posix()
        for path in files.rglob("*")
        if path.is_file() and not {"verite", "diagnostics", "actes.jsonl"} & set(path.parts)
    }
