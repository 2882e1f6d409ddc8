"""The files of the invented département are in the formats that a real one receives."""

from __future__ import annotations

import csv
import json
import re
from collections import Counter, defaultdict

import pytest
from spie import synthetic
from spie.synthetic import carnet, diagnostics, dsp, ecarts, france_travail, nir
from synthetic_files import (
    EXCHANGE,
    FIRST,
    LAST,
    check_schema,
    dsp_requests,
    flows,
    households,
    rows,
    shared,
    state,
    validated,
)

pytest_plugins = ["synthetic_fixtures"]


# --- The flow of the CAF and of the MSA


@shared
@validated
def test_every_flow_is_valid_against_the_schema(files):
    found = flows(files)
    assert len(found) == 48
    check_schema(*found)


def test_flows_are_in_the_encoding_that_they_declare(files):
    letters = set()
    for path in flows(files, "caf"):
        raw = path.read_bytes()
        assert raw.startswith(b'<?xml version="1.0" encoding="windows-1252"?>')
        letters |= set(raw.decode("windows-1252"))
        with pytest.raises(UnicodeDecodeError):
            raw.decode("utf-8")
    # Œ is in windows-1252 and not in Latin-1.
    assert {"É", "È", "Œ", "-", "'"} <= letters


def test_codes_are_padded_and_amounts_filled(files):
    text = flows(files, "caf")[0].read_bytes().decode("windows-1252")
    assert "<TYPEPARTE>CG  </TYPEPARTE>" in text
    amounts = re.findall(r"<MT\w+>(.*?)</MT\w+>", text)
    assert amounts and all(re.fullmatch(r"\d{7}\.\d{2}", one) for one in amounts)
    assert set(map(len, re.findall(r"<MATRICULE>(\d+)</MATRICULE>", text))) == {15}
    assert set(map(len, re.findall(r"<NIR>(\w+)</NIR>", text))) == {13}


def test_the_msa_names_a_household_by_a_nir(files):
    found = [one for path in flows(files, "msa") for one in households(path)]
    assert found
    for household in found:
        holder = household.find("Personne/Identification")
        matricule = household.findtext("IdentificationRSA/Organisme/MATRICULE")
        assert len(matricule) == 15 and nir.is_valid(matricule)
        assert holder.findtext("NIR") in (matricule, None)


def test_one_control_total_is_wrong_and_one_code_unknown(files):
    wrong, unknown = [], []
    for path in flows(files):
        text = path.read_bytes().decode("windows-1252")
        (declared,) = re.findall(r"<NBTOTDOSRSATRANSM>(\d{8})</NBTOTDOSRSATRANSM>", text)
        if int(declared) != text.count("<InfosFoyerRSA>"):
            wrong.append(path.name)
        unknown += [path.name] * text.count(">ZZ<")
    assert wrong == unknown == [f"vrsb-{LAST}.xml"]
    report = json.loads((files / "verite" / "verite.json").read_text(encoding="utf-8"))
    (fault,) = report["fautes"]
    assert fault["fichier"] == f"caf/vrsb-{LAST}.xml" and "=ZZ " in fault["code_inconnu"]
    assert fault["total_annonce"] == fault["foyers"] + 1


@shared
def test_flows_hold_codes_of_the_published_lists(files):
    known = defaultdict(set)
    with (EXCHANGE / "caf" / "nomenclatures.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            known[row["champ"]].add(row["code"])
    strange = set()
    for path in flows(files):
        for name, value in re.findall(
            r"<(\w+)>([^<\n]*)</\1>", path.read_bytes().decode("windows-1252")
        ):
            if name in known and value.strip() not in known[name]:
                strange.add((name, value))
    # The MSA has no published number.
    assert strange == {("MOTISUSVERSRSA", "ZZ"), ("NUMORG", "999")}


def test_a_closed_file_is_shown_once_then_no_more(files):
    seen = defaultdict(list)
    for path in flows(files, "caf"):
        for household in households(path):
            number = household.findtext("IdentificationRSA/DemandeRSA/NUMDEMRSA")
            seen[number].append(state(household))
    codes = Counter(code for states in seen.values() for code in states)
    assert set("01234567") & set(codes) == set("0123456")
    for states in seen.values():
        if "5" in states:
            assert states.count("5") == 1
            assert states[states.index("5") + 1 :] in ([], ["6"])


def test_flows_tell_of_moves_births_jobs_and_departures(files):
    text = "".join(path.read_bytes().decode("windows-1252") for path in flows(files))
    for mark in (
        "<RGADR>02</RGADR>", "<NATFINGRO>N</NATFINGRO>", "<NATCONTRTRA>CDD</NATCONTRTRA>",
        "<OrganismePrenant>", "<MOTICLORSA>ECH</MOTICLORSA>", "<MOTICLORSA>MUT</MOTICLORSA>",
        "<Rattachement>", "<NUMCOM/>", "<TYPEDTNAI>J</TYPEDTNAI>",
    ):  # fmt: skip
        assert mark in text, mark
    moved = 0
    for household in households(flows(files, "caf")[-1]):
        dates = [one.text for one in household.iter("DTEMM")]
        assert dates == sorted(dates, reverse=True) and len(dates) <= 3
        assert max(dates) <= "2023-12-31"
        moved += dates[0] >= "2022-02-01"
    assert moved > 10


def test_an_invented_file_needs_no_escaping(files):
    for path in [*flows(files), *files.glob("dsp/*.xml")]:
        assert b"&" not in path.read_bytes()


# --- The DSP


def test_each_collection_is_sent_once(files):
    seen = Counter(
        (one.findtext(".//NUMDEMRSA"), person.findtext("Prestations/ROLEPERS"))
        for _, found in dsp_requests(files)
        for one in found
        for person in one.iter("Personne")
    )
    assert seen and set(seen.values()) == {1}


@shared
def test_the_collection_keeps_to_the_elements_and_codes_that_are_known(files):
    described = (EXCHANGE / "caf" / "DSP.md").read_text(encoding="utf-8")
    table = described.split("### The 51 elements")[1].split("### VIRD0201")[0]
    known = set(re.findall(r"\b([A-Z][A-Z0-9]+(?:-2)?) [bctn]\d+", table))
    assert len(known) == 51
    codes = defaultdict(set)
    with (EXCHANGE / "caf" / "nomenclatures_dsp.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            codes[row["champ"]].add(row["code"])
    answers = set()
    for _, found in dsp_requests(files):
        for request in found:
            for one in request.iter("DonneesSocioProfessionnelles"):
                answers |= {
                    (leaf.tag, leaf.text) for leaf in one.iter() if not len(leaf) and leaf.text
                }
    written = {name for name, _ in answers}
    assert written <= known and len(written) > 25
    for name, value in answers:
        assert name not in codes or value in codes[name], (name, value)
    # Refused, unknown and left out are three things.
    assert ("ACCOSOCFAM", "V") in answers and ("CONCOFORMQUALIEMPLOI", "S") in answers
    # Codes from the patches of one publisher only are not made up.
    assert {value for name, value in answers if name == "DIFDISP"} <= {
        f"05{one:02}" for one in range(1, 7)
    }


@pytest.mark.parametrize("parent", dsp.PARENTS)
def test_the_contested_parent_of_a_person_can_be_chosen(tmp_path, parent):
    synthetic.generate(200, 7).write(tmp_path / "f", parent_dsp=parent)
    for _, found in dsp_requests(tmp_path / "f"):
        path = "Personne" if parent == dsp.DEMANDE else "IdentificationRSA/Personne"
        assert all(one.findall(path) for one in found)


def test_an_unknown_parent_is_refused(tmp_path):
    with pytest.raises(ValueError, match="parent must be one of"):
        synthetic.generate(100, 7).write(tmp_path / "f", parent_dsp="Racine")


# --- France Travail


def test_the_extract_is_written_as_the_sample(files):
    for path in files.glob("france-travail/*.csv"):
        raw = path.read_bytes()
        assert b"\r" not in raw and not raw.startswith(b"\xef\xbb\xbf") and raw.endswith(b"\n")
        raw.decode("utf-8")
    for row in rows(files / "france-travail" / f"extrait-{LAST}.csv"):
        for column in ("date_naissance", "inscription", "der_entretien"):
            assert re.fullmatch(r"\d{4}-\d{2}-\d{2} 00:00:00\.0", row[column])
        assert all(row[one] in ("O", "NULL") for one in row if one.startswith("dif_"))
        assert "" not in row.values()


@shared
def test_headers_are_those_of_the_published_samples():
    extract = next((EXCHANGE / "pole-emploi").glob("i0*.csv"))
    for columns, sample, encoding in (
        (france_travail.COLUMNS, extract, "utf-8"),
        (france_travail.ACTIONS, EXCHANGE / "pole-emploi" / "actions_example.csv", "utf-8"),
        (carnet.COLUMNS, EXCHANGE / "carnet" / "import_beneficiaires.csv", "utf-8-sig"),
        (carnet.STRUCTURES, EXCHANGE / "carnet" / "import_structures.csv", "utf-8"),
    ):
        with sample.open(encoding=encoding, newline="") as file:
            assert list(columns) == next(csv.reader(file, delimiter=";"))
    assert [len(one) for one in (france_travail.COLUMNS, france_travail.ACTIONS)] == [44, 11]
    assert [len(one) for one in (carnet.COLUMNS, carnet.STRUCTURES)] == [25, 15]


def test_an_action_is_prescribed_then_started_then_ended(files, departement):
    for foyer in departement.foyers:
        for one in foyer.adultes:
            for action in one.actions:
                dates = [action.prescription, action.debut, action.fin]
                known = [day for day in dates if day]
                assert known == sorted(known) and (action.debut or not action.fin)
    first, last = (
        rows(files / "france-travail" / f"actions-{month}.csv") for month in (FIRST, LAST)
    )
    assert all(row["date_prescription"] < "2022-02" for row in first)
    # What has not happened yet is not told.
    assert all(row["date_fin"] == "NULL" or row["date_fin"] < "2022-02" for row in first)
    assert any(row["date_fin"] != "NULL" for row in last)
    assert any('"' in row["lblaction"] for row in last)


def test_actions_are_those_of_people_of_the_extract(files):
    for month in (FIRST, LAST):
        known = {
            row["identifiant_unique_de"]
            for row in rows(files / "france-travail" / f"extrait-{month}.csv")
        }
        assert {
            row["identifiant_unique_de"]
            for row in rows(files / "france-travail" / f"actions-{month}.csv")
        } <= known


def keys(value, found=None):
    found = set() if found is None else found
    if isinstance(value, dict):
        found |= set(value)
        for one in value.values():
            keys(one, found)
    elif isinstance(value, list):
        for one in value:
            keys(one, found)
    return found


@shared
@pytest.mark.parametrize("version", ["v1", "v4"])
def test_diagnostics_have_the_keys_and_codes_of_their_version(files, version):
    sample = json.loads(
        (EXCHANGE / "france-travail" / f"diagnostic_{version}.json").read_text(encoding="utf-8")
    )
    with (EXCHANGE / "france-travail" / "codes.csv").open(encoding="utf-8", newline="") as file:
        known = {
            (row["nature"], row["contrainte"], row["code"], row["libelle"])
            for row in csv.DictReader(file)
            if row["version"] == version
        }
    found = sorted((files / "france-travail" / "diagnostics" / version).glob("*.json"))
    assert len(found) > 5
    values = Counter()
    for path in found:
        document = json.loads(path.read_text(encoding="utf-8"))
        assert list(document) == list(sample)
        assert keys(document) <= keys(sample)
        if version == "v1":
            constraints = document["contraintesIndividusDto"]["contraintes"]
        else:
            constraints = [
                *document["thematiqueContrainte"]["contraintes"],
                document["autonomieNumerique"]["contrainte"],
            ]
        for one in constraints:
            assert ("contrainte", one["code"], one["code"], one["libelle"]) in known
            values["contrainte", one["valeur"]] += 1
            for nature in ("situation", "objectif"):
                for held in one[f"{nature}s"]:
                    assert (nature, one["code"], held["code"], held["libelle"]) in known
                    values[nature, held["valeur"]] += 1
    assert ("contrainte", "OUI") in values and ("situation", "OUI") in values
    assert (("contrainte", "CLOTUREE") in values) is (version == "v1")


def test_the_data_of_the_diagnostic_opens_what_the_barriers_say(departement):
    one = next(
        adulte
        for foyer in departement.foyers
        for adulte in foyer.adultes
        if adulte.diagnostic and adulte.diagnostic.version == "v1" and "mobilite" in adulte.freins
    )
    document = diagnostics.diagnostic(one, one.diagnostic)
    (mobility,) = (
        held for held in document["contraintesIndividusDto"]["contraintes"] if held["code"] == "23"
    )
    assert mobility["valeur"] in ("OUI", "CLOTUREE")


# --- The carnet


def test_the_carnet_is_written_as_the_sample(files):
    for path in files.glob("carnet/beneficiaires-*.csv"):
        raw = path.read_bytes()
        assert raw.startswith(b"\xef\xbb\xbf") and raw.count(b"\n") == raw.count(b"\r\n")
    raw = (files / "carnet" / "structures.csv").read_bytes()
    assert not raw.startswith(b"\xef\xbb\xbf") and raw.count(b"\n") == raw.count(b"\r\n")


def test_the_carnet_keeps_to_what_its_import_accepts(files, truth):
    names = {row["Nom"] for row in rows(files / "carnet" / "structures.csv")}
    situations = set()
    found = rows(files / "carnet" / f"beneficiaires-{LAST}.csv", "utf-8-sig")
    for row in found:
        assert re.fullmatch(r"\d{4}-\d{2}-\d{2}|\d{2}[/-]\d{2}[/-]\d{4}", row["Date de naissance*"])
        assert row["RQTH"] in ("Oui", "Non") and re.fullmatch(r"\d{5}", row["Code postal"])
        assert row["Structure"] in {*names, ""}
        situations.add(row["Situation"])
        number = row["NIR"]
        flagged = ecarts.NIR_FAUX in truth["carnet"][row["Identifiant dans le SI*"]]["ecarts"]
        assert number == "" or (len(number) == 15 and nir.is_valid(number) is not flagged)
    assert {"recherche_emploi", "interim", "entrepreneur", "cdd_temps_plein"} <= situations
    assert any(re.search(r"/", row["Date de naissance*"]) for row in found)
