"""Results, packs, models and prepared decisions across processes: pickled, copied, and asked in others."""

from __future__ import annotations

import copy
import multiprocessing
import pickle
import shutil
from datetime import date
from decimal import Decimal

import pytest
import spie
from conftest import MODEL
from spie import convention, dmn, feel

ON = date(2022, 6, 1)
PROTOCOLS = range(2, pickle.HIGHEST_PROTOCOL + 1)
PERSON = {"rsa": "oui", "reside_departement": "oui", "quartier_prioritaire": "non"}
FACTS = [
    {"beneficiaire": PERSON, "freins": [{"code": "mobilite", "reponse": "oui"}]},
    {"beneficiaire": PERSON | {"rsa": None}},
    {"freins": []},
]


def again(one, protocol=pickle.HIGHEST_PROTOCOL):
    return pickle.loads(pickle.dumps(one, protocol))


def told(result):
    """All that a result of a pack tells."""
    return (result.to_dict(), result.explain(), result.trace, result.words, result._repr_html_())


@pytest.mark.parametrize("protocol", PROTOCOLS)
@pytest.mark.parametrize("trace", [True, False])
def test_a_result_of_a_pack_comes_back_whole(pack, protocol, trace):
    for facts in FACTS:
        for decision in ("entree", "admission"):
            result = pack.evaluate(decision, facts, as_of=ON, trace=trace)
            back = again(result, protocol)
            assert type(back) is spie.PackResult and told(back) == told(result)
            assert told(again(back)) == told(result)


@pytest.mark.parametrize("protocol", PROTOCOLS)
def test_a_result_of_a_model_comes_back_whole(protocol):
    model = dmn.loads(MODEL)
    for inputs in ({"montant": 80, "nature": "voiture"}, {"montant": None, "nature": "train"}, {}):
        result = model.evaluate("rembourse", inputs, trace=True)
        back = again(result, protocol)
        assert type(back) is spie.Result and back.to_dict() == result.to_dict()
        assert back.trace == result.trace and back.errors == result.errors


VALUES = [
    '"é"', "1.10", 'date("2022-06-01")', 'date("12022-06-01")', 'time("08:00:00.000000001")',
    'date and time("2022-06-01T08:00:00@Europe/Paris")', 'date and time("2022-06-01T08:00:00+02:00")',
    'duration("P1M")', 'duration("PT0.000000001S")', "[1..5)", "(< 3)", "[[1, null], {a: true}]",
]  # fmt: skip


@pytest.mark.parametrize("text", VALUES)
def test_every_kind_of_value_comes_back(text):
    value = feel.evaluate(text)
    for protocol in PROTOCOLS:
        assert again(value, protocol) == value
    assert copy.deepcopy(value) == value
    outcome = again(feel.run(text))
    assert outcome.value == value


def test_a_function_says_that_it_stays_where_its_model_is():
    function = feel.evaluate("function(x) x + 1")
    for refused in (function, feel.run("function(x) x + 1")):
        with pytest.raises(TypeError, match="FEEL function cannot be pickled"):
            pickle.dumps(refused)


def test_what_never_changes_is_its_own_copy(pack):
    model = dmn.loads(MODEL)
    compiled = feel.compile("a + 1", ["a"])
    result = pack.evaluate("entree", FACTS[0], as_of=ON)
    for one in (pack, pack.decision("entree"), model, model.decision("taux"), compiled, result):
        assert copy.copy(one) is one and copy.deepcopy(one) is one


@pytest.mark.parametrize("protocol", PROTOCOLS)
def test_packs_models_and_decisions_come_back_by_their_source(pack, protocol):
    back = again(pack, protocol)
    assert (back.id, back.sha256) == (pack.id, pack.sha256)
    ready = again(pack.decision("entree"), protocol)
    assert told(ready(FACTS[0], as_of=ON)) == told(pack.decision("entree")(FACTS[0], as_of=ON))
    model = dmn.loads(MODEL)
    assert again(model, protocol).name == "frais"
    assert again(model.decision("taux"), protocol)({"nature": "train"}).value == 1
    assert again(feel.compile("a + 1", ["a"]), protocol).evaluate({"a": 2}) == 3


def test_a_model_comes_back_as_it_was_asked_for():
    free = MODEL.replace("montant * taux", "montant * taux * inconnue")
    with pytest.raises(spie.SpieError):
        dmn.loads(free, strict=True)
    model = dmn.loads(free, lenient=True)
    assert [one.code for one in again(model).findings] == [one.code for one in model.findings]
    kie = dmn.loads(MODEL, extensions=["kie"], name="m.dmn")
    assert again(kie)._source == kie._source


def test_a_pack_from_bytes_needs_no_folder(pack, root):
    folder = root / "packs" / "socle-national"
    files = {
        str(one.relative_to(folder)): one.read_bytes()
        for one in folder.rglob("*.*")
        if one.is_file()
    }
    made = spie.Pack.from_files(files)
    back = again(made)
    assert back.sha256 == made.sha256
    child = root / "packs" / "seine-et-marne-2022-2023"
    files = {
        str(one.relative_to(child)): one.read_bytes() for one in child.rglob("*.*") if one.is_file()
    }
    extended = again(spie.Pack.from_files(files, [made]))
    assert told(extended.evaluate("entree", FACTS[0], as_of=ON)) == told(
        pack.evaluate("entree", FACTS[0], as_of=ON)
    )


def test_a_folder_that_changed_meanwhile_is_refused(root, tmp_path):
    for name in ("socle-national", "seine-et-marne-2022-2023"):
        shutil.copytree(root / "packs" / name, tmp_path / name)
    folder = tmp_path / "seine-et-marne-2022-2023"
    pickled = pickle.dumps(spie.Pack.load(folder))
    articles = folder / "articles.json"
    articles.write_text(articles.read_text("utf-8") + "\n", "utf-8")
    with pytest.raises(spie.PackError) as refused:
        pickle.loads(pickled)
    assert refused.value.code == "P001" and "pickled" in refused.value.message
    shutil.rmtree(folder)
    with pytest.raises(spie.PackError):
        pickle.loads(pickled)


def test_a_ledger_gives_the_same_statement(pack, ledger_path, payments_path, root):
    ledger = convention.read_registre(ledger_path, pack)
    payments = convention.read_versements(payments_path)
    at = date(2023, 12, 31)
    for protocol in PROTOCOLS:
        made = convention.etat_des_depenses(
            pack, again(ledger, protocol), again(payments, protocol), at=at
        )
        assert made == convention.etat_des_depenses(pack, ledger, payments, at=at)
        assert again(made, protocol) == made
    faulty = convention.read_registre(root / "examples" / "donnees" / "registre-fautif.csv", pack)
    assert again(faulty).lecture == faulty.lecture and again(faulty).depenses == faulty.depenses
    assert copy.deepcopy(faulty).to_dict() == faulty.to_dict()


def test_what_is_open_or_secret_says_that_it_does_not_travel(pack, root):
    with spie.Store.memory() as store, spie.droits.Acces.memory() as acces:
        held = [
            store,
            acces,
            spie.droits.Guichet(store, acces, pack),
            spie.badges.Cle.generer("ed25519"),
            spie.badges.Verificateur(au="2022-06-01T00:00:00Z"),
            spie.conservation.Conservation(store, pack),
            spie.rome.Rome.load(root / "examples" / "donnees" / "rome", "v999"),
        ]
        for one in held:
            for take in (pickle.dumps, copy.deepcopy):
                with pytest.raises(TypeError, match="pickle"):
                    take(one)


def test_answers_of_a_table_say_how_they_travel():
    pa = pytest.importorskip("pyarrow")
    answer = dmn.loads(MODEL).evaluate_table("taux", pa.table({"nature": ["train"]}))
    with pytest.raises(TypeError, match="to_arrow"):
        pickle.dumps(answer)
    table = answer.to_arrow()
    assert again(table).equals(table)


# --- Other processes


def admitted(decision, facts):
    return decision(facts, as_of=ON)


def one_of_each(pack, model, facts):
    return pack.evaluate("entree", facts, as_of=ON), model.evaluate("taux", {"nature": "train"})


def table_answered(decision):
    import pyarrow

    source = dmn.loads(MODEL) if decision is None else decision
    table = pyarrow.table({"nature": ["train", "voiture", None] * 5_000})
    return source.evaluate_table("taux", table).to_arrow().num_rows


@pytest.mark.parametrize("method", ["spawn", "fork"])
def test_a_pool_answers_as_this_process_does(pack, method):
    model = dmn.loads(MODEL)
    decision = pack.decision("admission")
    expected = [told(admitted(decision, facts)) for facts in FACTS]
    with multiprocessing.get_context(method).Pool(2) as pool:
        results = pool.starmap(admitted, [(decision, facts) for facts in FACTS])
        both = pool.starmap(one_of_each, [(pack, model, facts) for facts in FACTS])
    assert [told(one) for one in results] == expected
    assert [told(one) for one, _ in both] == [
        told(pack.evaluate("entree", facts, as_of=ON)) for facts in FACTS
    ]
    assert [one.value for _, one in both] == [Decimal(1)] * len(FACTS)


def test_a_child_answers_a_table_after_its_parent_did():
    pytest.importorskip("pyarrow")
    model = dmn.loads(MODEL)
    assert table_answered(model) == 15_000  # with all its threads, before the fork
    with multiprocessing.get_context("fork").Pool(1) as pool:
        assert pool.apply_async(table_answered, (model,)).get(timeout=60) == 15_000
