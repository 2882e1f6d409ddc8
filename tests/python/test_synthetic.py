"""The invented département: what is published comes out to the unit, what is invented shows that it
is, each file is in its format, and the truth says which records are one person."""

from __future__ import annotations

import csv
import io
import json
import os
import re
import shutil
import subprocess
import tracemalloc
import unicodedata
import xml.etree.ElementTree as ElementTree
from collections import Counter, defaultdict
from datetime import date, timedelta
from pathlib import Path

import pytest
import typer
from spie import synthetic
from spie.synthetic import (
    calibrage,
    carnet,
    communes,
    diagnostics,
    dsp,
    ecarts,
    france_travail,
    hypotheses,
    nir,
    noms,
    structures,
)
from spie.synthetic.cli import synthetique
from spie.synthetic.tirage import Tirage
from typer.testing import CliRunner

ROOT = Path(__file__).resolve().parents[2]
SHARED = Path(os.environ.get("SPIE_SHARED_DIR") or ROOT.parent / "shared")
EXCHANGE = SHARED / "exchange"
shared = pytest.mark.skipif(
    not EXCHANGE.is_dir(), reason=f"{EXCHANGE} is not there: formats and samples cannot be compared"
)

FIRST, LAST = "2022-01", "2023-12"
ADULTES = 1000

# Keyed by hand from the convention (S:983-1046), with 760 for the number printed "1760".
PUBLIE = {
    "brsa": {"departement": 30065},
    "brsa_pe": {"departement": 17985, "est-77": 1505, "sud-77": 2887, "brie-crecois": 853},
    "qpv": {"departement": 8061, "est-77": 295, "sud-77": 120, "brie-crecois": 341},
    "infra_bac": {"departement": 5729, "est-77": 690, "sud-77": 786, "brie-crecois": 399},
    "rqth": {"departement": 5392, "est-77": 539, "sud-77": 760, "brie-crecois": 375},
    "deld": {"departement": 31444, "est-77": 2939, "sud-77": 4586, "brie-crecois": 1712},
}
# The same divided by 75 and rounded, by hand: 1,000 people for 75,000.
POUR_MILLE = {
    "brsa": {"departement": 401},
    "brsa_pe": {"departement": 240, "est-77": 20, "sud-77": 38, "brie-crecois": 11},
    "qpv": {"departement": 107, "est-77": 4, "sud-77": 2, "brie-crecois": 5},
    "infra_bac": {"departement": 76, "est-77": 9, "sud-77": 10, "brie-crecois": 5},
    "rqth": {"departement": 72, "est-77": 7, "sud-77": 10, "brie-crecois": 5},
    "deld": {"departement": 419, "est-77": 39, "sud-77": 61, "brie-crecois": 23},
}


def nested(counts):
    return calibrage.by_public(counts.items())


@pytest.fixture(scope="module")
def departement():
    return synthetic.generate(ADULTES, 7)


@pytest.fixture(scope="module")
def files(departement, tmp_path_factory):
    """The files of every month."""
    folder = tmp_path_factory.mktemp("departement")
    departement.write(folder, departement.calendrier.references)
    return folder


@pytest.fixture(scope="module")
def truth(files):
    """The records of the truth, by source then by key."""
    found = defaultdict(dict)
    for row in rows(files / "verite" / "verite.csv"):
        assert row["cle"] not in found[row["source"]]
        found[row["source"]][row["cle"]] = row
    return found


@pytest.fixture(scope="module")
def people(files):
    return {row["personne"]: row for row in rows(files / "verite" / "personnes.csv")}


def rows(path, encoding="utf-8"):
    with path.open(encoding=encoding, newline="") as file:
        return list(csv.DictReader(file, delimiter=";"))


def households(path):
    """Every household of a VRSB flow, decoded as its declaration says."""
    text = path.read_bytes().decode("windows-1252").replace(' encoding="windows-1252"', "")
    return ElementTree.fromstring(text).findall("InfosFoyerRSA")


def flows(files, organisme="*"):
    return sorted(files.glob(f"{organisme}/vrsb-*.xml"))


def state(household):
    return household.findtext("PrestationRSA/SituationDossierRSA/EtatDossierRSA/ETATDOSRSA")


def rsa_role(person):
    roles = {
        one.findtext("NATPREST"): one.findtext("ROLEPERS") for one in person.findall("Prestations")
    }
    assert list(roles) == ["PFA", "RSA"]
    return roles["RSA"]


def vrsb_key(household, person):
    organisme = household.find("IdentificationRSA/Organisme")
    names = [organisme.findtext(name) for name in ("FONORG", "NUMORG", "MATRICULE")]
    return "/".join([*names, rsa_role(person)])


# --- The same seed, the same files


def content(folder):
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def test_the_same_seed_gives_the_same_bytes(tmp_path):
    for name in ("a", "b"):
        synthetic.generate(300, 11).write(tmp_path / name)
    assert content(tmp_path / "a") == content(tmp_path / "b")


def test_another_seed_gives_other_people(tmp_path):
    first, second = (synthetic.generate(200, graine) for graine in (1, 2))
    assert not {one.adultes[0].nir for one in first.foyers} & {
        one.adultes[0].nir for one in second.foyers
    }


def test_draws_do_not_change_with_the_version_of_python():
    # Worked out once by Random("exemple:1").random(), which Python promises to keep.
    tirage = Tirage("exemple", 1)
    assert [tirage.integer(0, 999) for _ in range(5)] == [920, 200, 654, 232, 35]


def test_a_household_does_not_depend_on_how_many_there_are():
    small, large = synthetic.generate(250, 7), synthetic.generate(100_000, 7)
    for index, foyer in enumerate(small.iter_foyers()):
        assert foyer == large.foyer(index)


def test_a_longer_file_begins_as_the_shorter_one(tmp_path):
    short, long = io.BytesIO(), io.BytesIO()
    synthetic.stream_vrsb(short, 50, 7)
    synthetic.stream_vrsb(long, 120, 7)
    end = short.getvalue().index(b"<TransmissionFlux>")
    assert long.getvalue()[:end] == short.getvalue()[:end]


# --- What is published


def test_the_whole_departement_has_the_counts_of_the_convention():
    departement = synthetic.generate(75_000, 1)
    assert nested(departement.comptes()) == PUBLIE == nested(departement.attendus())


def test_the_other_reading_changes_one_count_alone():
    counts = nested(synthetic.generate(75_000, 1, lecture_rqth_sud=1760).comptes())
    assert counts["rqth"].pop("sud-77") == 1760
    expected = json.loads(json.dumps(PUBLIE))
    assert expected["rqth"].pop("sud-77") == 760
    assert counts == expected


def test_a_thousand_people_have_the_counts_scaled_and_rounded(departement):
    assert nested(departement.comptes()) == POUR_MILLE == nested(departement.attendus())


@pytest.mark.parametrize("personnes", [100, 400, 2_500, 10_000, 100_000])
def test_counts_are_exact_at_every_hundred(personnes):
    departement = synthetic.generate(personnes, 3)
    counts = nested(departement.comptes())
    for public, places in PUBLIE.items():
        for place, number in places.items():
            assert counts[public][place] == int(number * personnes / 75_000 + 0.5)


def test_between_two_hundreds_counts_stay_within_those_of_the_hundreds():
    low, middle, high = (synthetic.generate(one, 3).comptes() for one in (1_000, 1_037, 1_100))
    assert all(low[key] <= middle[key] <= high[key] for key in middle)


@pytest.mark.parametrize("personnes", [1_000, 1_037])
def test_people_are_as_many_as_asked_or_one_fewer(personnes):
    departement = synthetic.generate(personnes, 3)
    adults = sum(len(one.adultes) for one in departement.iter_foyers())
    assert adults in (personnes, personnes - 1)
    assert len(departement) == sum(1 for _ in departement.iter_foyers())


def test_the_published_counts_say_where_they_come_from():
    published = hypotheses.read("publie.json")
    assert "S:983-1046" in published["source"]
    assert published["lecture_rqth_sud"]["imprime"] == "1760"
    assert calibrage.lectures() == (760, 1760)


def test_the_counts_can_be_made_again_from_the_files_alone(files, truth):
    """From the flows, the extract and the carnet of the first month, without the model."""
    counts = Counter()
    for path in flows(files):
        if FIRST in path.name:
            for household in households(path):
                assert state(household) in "234"
                roles = [rsa_role(one) for one in household.findall("Personne")]
                counts["brsa", "departement"] += sum(one in ("DEM", "CJT") for one in roles)
    told = {}
    for row in rows(files / "carnet" / f"beneficiaires-{FIRST}.csv", "utf-8-sig"):
        born = int(re.search(r"\d{4}", row["Date de naissance*"])[0])
        young = 2022 - born <= 25
        below = row["Niveau de formation"] in ("AFS", "CP4", "CFG", "C3A", "C12", "NV5")
        person = truth["carnet"][row["Identifiant dans le SI*"]]["personne"]
        told[person] = (row["RQTH"] == "Oui", young and below)
    by_town = {
        f"{one.code_postal} {plain(one.nom)}": one.bassin for one in communes.communes().values()
    }
    for row in rows(files / "france-travail" / f"extrait-{FIRST}.csv"):
        if row["categorie_inscription"] not in "123":
            continue
        rqth, infra_bac = told.get(
            truth["extrait"][row["identifiant_unique_de"]]["personne"], (False, False)
        )
        publics = {
            "brsa_pe": row["brsa"] == "O",
            "deld": date.fromisoformat(row["inscription"][:10]) <= date(2021, 1, 31),
            "qpv": row["adresse_ligne3"].startswith("QUARTIER EXEMPLE"),
            "rqth": rqth,
            "infra_bac": infra_bac,
        }
        for public, belongs in publics.items():
            if belongs:
                counts[public, "departement"] += 1
                counts[public, by_town[row["adresse_ligne6"]]] += 1
    for public, places in POUR_MILLE.items():
        for place, number in places.items():
            assert counts[public, place] == number, (public, place)


def test_invented_figures_say_that_they_are(files):
    stored = hypotheses.read("hypotheses.json")
    assert stored["marque"] == "inventé"
    package = "".join(
        path.read_text(encoding="utf-8") for path in hypotheses.folder().parent.glob("*.py")
    )
    for name, one in stored["hypotheses"].items():
        assert set(one) == {"valeur", "note"} and one["note"]
        assert f'"{name}"' in package, f"nothing reads {name}"


# --- The communes


def test_the_communes_of_the_seven_seven_are_all_there():
    found = communes.communes()
    assert len(found) == 507
    assert sum(one.population for one in found.values()) == 1_428_636
    assert {one.bassin for one in found.values()} == {*calibrage.bassins(), calibrage.RESTE}
    assert len(communes.quartiers()) == 13


@shared
def test_the_communes_are_those_of_the_reference():
    with (SHARED / "reference" / "communes-77.csv").open(encoding="utf-8", newline="") as file:
        reference = [
            (
                one["code_insee"],
                one["nom"],
                one["codes_postaux"],
                one["population"],
                one["code_epci"],
            )
            for one in csv.DictReader(file)
        ]
    assert reference == [
        (one.code, one.nom, one.code_postal, str(one.population), one.epci)
        for one in communes.communes().values()
    ]


# --- No one real


def plain(text):
    kept = unicodedata.normalize("NFD", text.replace("œ", "oe").replace("Œ", "OE"))
    return "".join(one for one in kept if not unicodedata.combining(one)).upper()


def test_no_name_can_be_taken_for_that_of_someone(departement):
    marks = {plain(one) for one in hypotheses.read("noms.json")["marqueurs"]}
    names = {
        name
        for foyer in departement.foyers
        for one in (*foyer.adultes, *foyer.enfants)
        for name in ([one.nom, one.nom_naissance] if hasattr(one, "nir") else [one.nom])
    }
    for name in names:
        assert noms.is_invented(name)
        assert any(plain(name).removeprefix("D'").startswith(one) for one in marks)
        assert len(name) <= 28
    assert not noms.is_invented("Martin")
    letters = "".join(names)
    assert "-" in letters and "'" in letters and not letters.isascii()


def test_first_names_are_common_nouns(departement):
    known = {plain(one) for sexe in "12" for one in noms.first_names(sexe)}
    for foyer in departement.foyers:
        for one in (*foyer.adultes, *foyer.enfants):
            whole = plain(one.prenom)
            assert len(one.prenom) <= 32
            assert whole in known or any(
                whole == f"{first}-{second}" for first in known for second in known
            )


def test_every_nir_is_well_formed_and_no_ones(departement):
    real = set(communes.communes())
    seen = set()
    for foyer in departement.foyers:
        for one in foyer.adultes:
            assert len(one.nir) == 13 and nir.is_valid(one.nir) and nir.is_invented(one.nir)
            assert nir.is_valid(nir.with_key(one.nir))
            assert one.nir[5:10] not in real and one.code_naissance not in real
            assert one.nir[0] == one.sexe
            assert one.nir[1:5] == f"{one.naissance:%y%m}"
            seen.add(one.nir)
    assert len(seen) == ADULTES
    assert max(real) < "77600"


def test_keys_of_nir_follow_the_published_rule():
    # 1 85 07 77 056 123 → 24 stands in a published sample as a wrong key: the right one is 22.
    assert nir.key("1850777056123") == 97 - 1850777056123 % 97
    assert nir.is_valid("2820251999030") and not nir.is_valid("2821351999030")
    # In Corsica the letters count as 19 and 18.
    assert nir.key("1990142A99001"[:5] + "2A999001") == 97 - 1990119999001 % 97
    assert nir.key("199012B999001") == 97 - 1990118999001 % 97


def test_no_two_adults_share_a_nir():
    numbers = {
        (nir.month(7, one), nir.commune(7, one), nir._slot(7, one)) for one in range(0, 400_000, 2)
    }
    assert len(numbers) == 200_000
    slots = len({nir._slot(7, one) for one in range(nir._SLOTS)})
    assert slots == nir._SLOTS
    # Twelve people have each slot: each is born in a month of its own.
    assert len({nir.month(7, 5 + turn * nir._SLOTS) for turn in range(12)}) == 12


def test_telephones_and_mail_reach_no_one(departement, files):
    for foyer in departement.foyers:
        for one in foyer.adultes:
            assert re.fullmatch(r"(019900|063998)\d{4}", one.telephone)
            assert re.fullmatch(r"[a-z.-]+\.\d+@example\.org", one.courriel)
    for path in files.rglob("*"):
        if path.is_file() and path.suffix in {".csv", ".json"}:
            text = path.read_text(encoding="utf-8-sig")
            assert set(re.findall(r"@([\w.-]+)", text)) <= {"example.org"}
            assert set(re.findall(r"https?://([\w.-]+)", text)) <= {"example.org"}


def test_structures_have_a_siret_that_no_one_is_given():
    for one in structures.structures():
        assert re.fullmatch(r"000\d{11}", one.siret)
        for digits in (one.siret, one.siret[:9]):
            doubled = [int(d) * (1 + rank % 2) for rank, d in enumerate(reversed(digits))]
            assert sum(one // 10 + one % 10 for one in doubled) % 10 == 0


# --- The flow of the CAF and of the MSA


@shared
@pytest.mark.skipif(shutil.which("xmllint") is None, reason="xmllint is not installed")
def test_every_flow_is_valid_against_the_schema(files):
    schema = EXCHANGE / "caf" / "vrsb0801.xsd"
    found = flows(files)
    assert len(found) == 48
    done = subprocess.run(
        ["xmllint", "--noout", "--nonet", "--schema", schema, *found],
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr[-2000:]


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


def dsp_requests(files):
    for path in sorted(files.glob("dsp/vird-*.xml")):
        root = ElementTree.parse(path).getroot()
        found = root.findall("InfoDemandeRSA")
        assert int(root.findtext("TransmissionFlux/NBTOTDEMRSATRANSM")) == len(found)
        yield path, found


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


def shape(value):
    """Keys and kinds of a JSON document; what lists hold, together."""
    if isinstance(value, dict):
        return {key: shape(one) for key, one in value.items()}
    if isinstance(value, list):
        return [sorted({json.dumps(shape(one), sort_keys=True) for one in value})]
    return "leaf"


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


# --- The path


def test_the_path_has_entries_and_exits(departement):
    foyers = departement.foyers
    assert any(one.entree.year == 2023 for one in foyers)
    assert any(one.depart for one in foyers)
    births = [child for one in foyers for child in one.enfants if child.naissance.year >= 2022]
    assert births
    jobs = [job for foyer in foyers for one in foyer.adultes for job in one.emplois]
    assert {one.contrat for one in jobs} == {"CDI", "CDD", "INT", "CUI", "AEN"}
    # Exactly six months: the length on which the definitions of a good exit differ.
    exact = [
        one
        for one in jobs
        if one.contrat == "CDD"
        and one.fin
        and (one.fin + timedelta(days=1)).month % 12 == (one.debut.month + 6) % 12
        and (one.fin + timedelta(days=1)).day == one.debut.day
    ]
    assert exact


def test_dates_of_a_person_follow_each_other(departement):
    for foyer in departement.foyers:
        for droit in foyer.droits:
            days = [one.depuis for one in droit.etats]
            assert days == sorted(days)
        asked = [one.demande for one in foyer.droits]
        assert asked == sorted(asked)
        assert len({one.numero for one in foyer.droits}) == len(foyer.droits)
        for one in foyer.adultes:
            for period in one.inscriptions:
                assert period.fin is None or period.debut < period.fin
            for before, after in zip(one.inscriptions, one.inscriptions[1:], strict=False):
                assert before.fin is not None and before.fin <= after.debut
            for before, after in zip(one.emplois, one.emplois[1:], strict=False):
                assert before.fin is not None and before.fin < after.debut
            assert all(period.debut.year - one.naissance.year >= 16 for period in one.inscriptions)


def test_a_path_of_one_month_is_a_stock(tmp_path):
    departement = synthetic.generate(200, 7, mois=1)
    report = departement.write(tmp_path / "f")
    assert report["comptes"] == report["attendus"]
    assert len(flows(tmp_path / "f")) == 2


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
        if path.is_file() and "verite" not in path.parts and "diagnostics" not in path.parts
    }


# --- Size


def test_households_come_one_at_a_time():
    departement = synthetic.generate(4_000_000, 7)
    first = next(departement.iter_foyers())
    assert first.index == 0 and "foyers" not in departement.__dict__


def test_memory_does_not_grow_with_the_number_of_people():
    class Nowhere(io.RawIOBase):
        size = 0

        def write(self, data):
            self.size += len(data)
            return len(data)

    def peak(foyers):
        tracemalloc.start()
        out = Nowhere()
        synthetic.stream_vrsb(out, foyers, 7)
        reached = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return reached, out.size

    peak(100)  # the lists of names and communes are read once
    small, few = peak(100)
    large, many = peak(1_000)
    assert many > 9 * few
    assert large < small + 500_000 < many


@shared
@pytest.mark.skipif(shutil.which("xmllint") is None, reason="xmllint is not installed")
def test_a_streamed_flow_has_exactly_the_households_asked_for(tmp_path):
    held = synthetic.stream_vrsb(tmp_path / "flux.xml", 250, 7, mois=date(2022, 6, 15))
    text = (tmp_path / "flux.xml").read_bytes()
    assert held["foyers"] == held["total_annonce"] == text.count(b"<InfosFoyerRSA>") == 250
    assert held["personnes"] == text.count(b"<Personne>")
    assert b"<DTREF>2022-06-30</DTREF>" in text
    done = subprocess.run(
        [
            "xmllint",
            "--noout",
            "--schema",
            EXCHANGE / "caf" / "vrsb0801.xsd",
            tmp_path / "flux.xml",
        ],
        capture_output=True,
    )
    assert done.returncode == 0


# --- What is refused


def test_a_folder_that_holds_something_is_refused(tmp_path):
    (tmp_path / "autre.txt").write_text("")
    with pytest.raises(FileExistsError, match="name a new folder"):
        synthetic.generate(100, 7).write(tmp_path)


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        ({"personnes": 0}, "personnes must be from 1"),
        ({"personnes": 5_000_000}, "personnes must be from 1"),
        ({"debut": date(2022, 1, 2)}, "first day of a month"),
        ({"mois": 0}, "mois must be 1 or more"),
        ({"lecture_rqth_sud": 176}, "must be one of"),
    ],
)
def test_a_demand_without_meaning_is_refused(wrong, message):
    with pytest.raises(ValueError, match=message):
        synthetic.generate(**({"personnes": 100, "graine": 7} | wrong))


def test_a_month_out_of_the_path_is_refused(tmp_path):
    with pytest.raises(ValueError, match="from 2022-01 to 2023-12, not 2024-01"):
        synthetic.generate(100, 7).write(tmp_path / "f", [date(2024, 1, 5)])


# --- The command


@pytest.fixture
def command():
    app = typer.Typer()
    app.command()(synthetique)

    def run(*arguments):
        return CliRunner().invoke(app, [str(one) for one in arguments])

    return run


def test_the_command_writes_the_months_asked_for(command, tmp_path):
    done = command(200, tmp_path / "f", "--graine", 5, "--mois", "2022-03", "--mois", "2022-09")
    assert done.exit_code == 0, done.output
    assert "200 adultes" in done.output
    assert [path.name for path in flows(tmp_path / "f", "caf")] == [
        "vrsb-2022-03.xml",
        "vrsb-2022-09.xml",
    ]


def test_the_command_answers_in_json(command, tmp_path):
    done = command(100, tmp_path / "f", "--json", "--tous-les-mois")
    assert done.exit_code == 0
    assert json.loads(done.stdout)["adultes"] == 100
    assert len(flows(tmp_path / "f", "msa")) == 24


@pytest.mark.parametrize(
    "wrong",
    [
        ["--mois", "mars"],
        ["--mois", "2024-01"],
        ["--lecture-rqth-sud", "17"],
        ["--duree", "0"],
        ["--debut", "2022-13"],
    ],
)
def test_the_command_says_what_is_misused(command, tmp_path, wrong):
    done = command(100, tmp_path / "f", *wrong)
    assert done.exit_code == 2 and wrong[0] in done.stderr
    assert not (tmp_path / "f").exists()


def test_the_command_refuses_a_folder_in_use_or_that_is_none(command, tmp_path):
    (tmp_path / "autre.txt").write_text("")
    done = command(100, tmp_path)
    assert done.exit_code == 2 and "n'est pas" in done.stderr
    assert command(100, tmp_path / "autre.txt").exit_code == 3


# --- The page


def test_the_page_runs_and_tells_the_two_readings(tmp_path, monkeypatch):
    page = (ROOT / "docs" / "synthetique.md").read_text(encoding="utf-8")
    assert "1760" in page and "760" in page
    monkeypatch.chdir(tmp_path)
    blocks = re.findall(r"^```python\n(.*?)^```$", page, re.M | re.S)
    assert blocks
    names: dict[str, object] = {}
    for block in blocks:
        exec(block, names)
    for places in PUBLIE.values():
        for number in places.values():
            assert f"{number:,}".replace(",", " ") in page.replace("\u202f", " ")
