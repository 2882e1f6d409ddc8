"""The invented département: what is published comes out to the unit, what is invented shows that it
is, a seed gives the same files, and their size costs no memory."""

from __future__ import annotations

import csv
import io
import json
import re
import tracemalloc
from collections import Counter
from datetime import date, timedelta

import pytest
import typer
from conftest import Said
from spie import synthetic
from spie.cli.synthetique import synthetique
from spie.synthetic import calibrage, communes, hypotheses, nir, noms, structures
from spie.synthetic.tirage import Tirage
from synthetic_files import (
    ADULTES,
    FIRST,
    POUR_MILLE,
    PUBLIE,
    ROOT,
    SHARED,
    check_schema,
    flows,
    households,
    plain,
    rows,
    rsa_role,
    shared,
    state,
    validated,
)
from typer.testing import CliRunner

pytest_plugins = ["synthetic_fixtures"]


def nested(counts):
    return calibrage.by_public(counts.items())


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
    # From the published samples: these two are read, the third is refused for its key.
    assert nir.key("2000000000000") == 94 and nir.key("1000000000000") == 47
    assert not nir.is_valid("185077505612324") and nir.is_valid("1850775056123")
    # A month is from 1 to 12.
    assert nir.is_valid("2820251999030") and not nir.is_valid("2821351999030")
    # In Corsica the letters count as 19 and 18: 1990119999001 and 1990118999001, divided by 97
    # with bc, leave 61 and 34.
    assert nir.key("199012A999001") == 97 - 61 and nir.key("199012B999001") == 97 - 34


def test_no_two_adults_share_a_nir():
    """Even if all were born the same year, of the same sex, in the same département."""
    asked = range(0, nir.LIMIT, 23)
    assert len({nir.number(7, one, "1", 1980, "77") for one in asked}) == len(asked)
    first = range(300_000)
    assert len({nir.number(7, one, "1", 1980, "77") for one in first}) == len(first)


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
@validated
def test_a_streamed_flow_has_exactly_the_households_asked_for(tmp_path):
    held = synthetic.stream_vrsb(tmp_path / "flux.xml", 250, 7, mois=date(2022, 6, 15))
    text = (tmp_path / "flux.xml").read_bytes()
    assert held["foyers"] == held["total_annonce"] == text.count(b"<InfosFoyerRSA>") == 250
    assert held["personnes"] == text.count(b"<Personne>")
    assert b"<DTREF>2022-06-30</DTREF>" in text
    check_schema(tmp_path / "flux.xml")


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

    def run(people, folder, *arguments):
        given = ["--personnes", people, "--vers", folder, *arguments]
        return Said(CliRunner().invoke(app, [str(one) for one in given]))

    return run


def test_the_command_writes_the_months_asked_for(command, tmp_path):
    done = command(200, tmp_path / "f", "--graine", 5, "--mois", "2022-03", "--mois", "2022-09")
    assert done.exit_code == 0, done.output
    assert "200 adultes" in done.output
    assert [path.name for path in flows(tmp_path / "f", "caf")] == [
        "vrsb-2022-03.xml",
        "vrsb-2022-09.xml",
    ]


def test_the_command_names_each_file_that_it_wrote(command, tmp_path):
    folder = tmp_path / "f"
    done = command(40, folder, "--mois", "2022-03", "--json")
    written = sorted(str(one.relative_to(folder)) for one in folder.rglob("*") if one.is_file())
    assert json.loads(done.stdout)["ecrits"] == written and "verite/verite.csv" in written
    shown = command(40, tmp_path / "g", "--mois", "2022-03").stdout
    diagnostics = [one for one in written if one.startswith("france-travail/diagnostics")]
    for name in set(written) - set(diagnostics):
        assert f"  {name}\N{NO-BREAK SPACE}: " in shown or f"  {name} : " in shown, name


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
