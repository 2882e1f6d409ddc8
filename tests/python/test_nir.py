"""A NIR is found in the forms people write it, and nothing of the house is taken for one.

Every NIR here is nobody's: its commune of birth does not exist.
"""

from __future__ import annotations

import json
import re
import unicodedata
from datetime import UTC, date, datetime

import pytest
import spie
import spie.synthetic
from spie.dossier import evenement, sans_nir
from spie.droits import Acces, Demande, Guichet
from spie.synthetic import nir

ALINE = "personne:aline"
DAY = date(2022, 3, 5)
AT = datetime(2022, 3, 5, 12, tzinfo=UTC)
THIRTEEN = "2850377990456"
FIFTEEN = nir.with_key(THIRTEEN)
PARTS = [
    FIFTEEN[:1],
    *(FIFTEEN[a:b] for a, b in ((1, 3), (3, 5), (5, 7), (7, 10), (10, 13), (13, 15))),
]
CORSICAN = nir.with_key("285032A990456")

# What people and programs write: found/security, and the same by other signs.
FORMS = {
    "glued": "NIR" + FIFTEEN,
    "followed by a letter": FIFTEEN + "X",
    "thirteen, glued": "NIR" + THIRTEEN + "X",
    "newline": "\n".join(PARTS),
    "tab": "\t".join(PARTS),
    "slash": "/".join(PARTS),
    "underscore": "_".join(PARTS),
    "comma": ",".join(PARTS),
    "figure space": "\u2007".join(PARTS),
    "en dash": "\u2013".join(PARTS),
    "no-break hyphen": "\u2011".join(PARTS),
    "zero width": "\u200b".join(PARTS),
    "soft hyphen": "\u00ad".join(PARTS),
    "fullwidth": "".join(chr(0xFF10 + int(c)) for c in FIFTEEN),
    "narrow space after each": "\u202f".join(FIFTEEN),
    "Arabic-Indic": "".join(chr(0x660 + int(c)) for c in FIFTEEN),
    "thirteen, Devanagari": "".join(chr(0x966 + int(c)) for c in THIRTEEN),
    "Corsica": " ".join(CORSICAN),
    "Corsica, small": CORSICAN.lower(),
    "key apart": " ".join(PARTS[:-1]) + " clé " + PARTS[-1],
    "thousands": " ".join(re.findall("...", FIFTEEN)),
}


def event(kind="frein", content=None, **more):
    content = {"code": "m", "reponse": "oui"} if content is None else content
    more = {"debut": date(2022, 1, 1), "auteur": "x"} | more
    return evenement(more.pop("sujet", ALINE), kind, content, **more)


def digits_of(text: str) -> str:
    """The digits that a text holds, whatever their alphabet."""
    return "".join(str(d) for c in text if (d := unicodedata.digit(c, None)) is not None)


@pytest.mark.parametrize("form", FORMS.values(), ids=FORMS)
def test_no_form_stays_in_a_text(form):
    store = spie.Store.memory()
    store.append([event(content={"code": "m", "reponse": "oui", "texte": "nir : " + form})], at=AT)
    kept = store.situation(ALINE, au=DAY).valeur("frein.m.texte")
    assert kept.startswith("nir : ") and "…" in kept
    assert THIRTEEN not in digits_of(kept) and "990456" not in digits_of(kept)


@pytest.mark.parametrize("form", FORMS.values(), ids=FORMS)
@pytest.mark.parametrize(
    "field",
    ["auteur", "nom", "place", "cle", "nomenclature", "import", "document", "id", "corrige"],
)
def test_no_form_stands_in_an_envelope(form, field):
    """Refused, and the refusal does not tell it."""
    more = (
        {"source": {"nom": "saisie", field: form}}
        if field not in ("auteur", "id", "corrige")
        else {field: form}
    )
    store = spie.Store.memory()
    with pytest.raises(spie.SpieError) as refused:
        store.append([event(**more)], at=AT)
    assert refused.value.code == "E001"
    assert "990456" not in digits_of(str(refused.value) + refused.value.diagnostics[0].remedy)
    assert store.sujets() == []


@pytest.mark.parametrize(
    "wrong",
    [
        {"content": {"code": "m", "reponse": "oui", FIFTEEN: 1}},
        {"kind": FIFTEEN, "content": {}},
        {"sujet": "personne:" + FIFTEEN},
        {
            "kind": "revenu",
            "content": {"nature": "011", "mois": "2022-01", "montant": int(FIFTEEN)},
        },
        {
            "kind": "revenu",
            "content": {"nature": "011", "mois": "2022-01", "montant": int(THIRTEEN)},
        },
        {"content": {"code": "m", "reponse": FIFTEEN}},
    ],
    ids=["key", "type", "subject", "number", "number without key", "answer"],
)
def test_what_is_refused_does_not_repeat_it(wrong):
    with pytest.raises(spie.SpieError) as refused:
        spie.Store.memory().append([event(**wrong)], at=AT)
    found = refused.value.diagnostics[0]
    assert THIRTEEN not in " ".join(str(one) for one in found.to_dict().values())


def test_a_document_is_named_by_its_digest():
    store = spie.Store.memory()
    with pytest.raises(spie.DossierError, match="SHA-256"):
        store.append([event(source={"nom": "saisie", "document": "attestation.pdf"})], at=AT)
    store.append([event(source={"nom": "saisie", "document": "0f" * 32})], at=AT)


@pytest.fixture
def desk(pack):
    store, accesses = spie.Store.memory(), Acces.memory()
    member = {"professionnel": "professionnel:mem", "role": "social", "etape": "commence"}
    store.append(
        [event("identite", {"nom": "EXEMPLE", "prenom": "Aline"}), event("membre", member)], at=AT
    )
    return Guichet(store, accesses, pack), accesses


def ask(actor="professionnel:mem", purpose="accompagnement", role="membre"):
    return Demande(actor, purpose, [role], "", None, AT)


def shown_by(call) -> str:
    try:
        return repr(call())
    except spie.SpieError as refused:
        return str([one.to_dict() for one in refused.diagnostics])


def test_the_desk_and_its_journal_do_not_tell_it(desk):
    guichet, accesses = desk
    asked = [
        lambda: guichet.voir(ask(), "personne:" + FIFTEEN, au=DAY),
        lambda: guichet.historique(ask(), ALINE, FIFTEEN),
        lambda: guichet.historique(ask(), ALINE, f"frein.{FIFTEEN}.reponse"),
        lambda: guichet.rechercher(ask(), "NIR" + FIFTEEN, au=DAY),
        lambda: guichet.voir(ask(actor="professionnel:" + FIFTEEN), ALINE, au=DAY),
        lambda: guichet.voir(ask(purpose=FIFTEEN), ALINE, au=DAY),
        lambda: guichet.voir(ask(role=FIFTEEN), ALINE, au=DAY),
    ]
    for call in asked:
        assert THIRTEEN not in shown_by(call)
    assert all(THIRTEEN not in repr(entry) for entry in accesses.entries())


@pytest.fixture(scope="module")
def carnet(tmp_path_factory):
    folder = tmp_path_factory.mktemp("carnet")
    spie.synthetic.generate(20, graine=3).write(folder / "d")
    return next(folder.rglob("beneficiaires*.csv")).read_bytes()


@pytest.mark.parametrize(
    "form", [FIFTEEN, "NIR" + FIFTEEN, " ".join(PARTS)], ids=["bare", "glued", "apart"]
)
def test_an_import_keeps_it_nowhere(carnet, form, tmp_path):
    """In the name of the file, of a column, as identifier, in a text: neither file, nor report, nor page."""
    head, first = (line.rstrip(b"\r") for line in carnet.split(b"\n")[:2])
    cells = first.decode().split(";")
    cells[0] = form
    rows = [head.decode() + ";" + form, ";".join(cells) + ";x " + form]
    keys = spie.store.draw_keys()
    path = tmp_path / "dossiers.db"
    with spie.Store.create(path, keys) as store:
        report = store.importer(
            "carnet_beneficiaires", "\n".join(rows).encode(), auteur="t", nom=form + ".csv",
            date_fichier=DAY, at=AT,
        )  # fmt: skip
        store.backup(tmp_path / "copie.db")
        written = json.dumps(report.to_dict(), default=str) + report._repr_html_()
    assert report.avertissements  # the column that nobody reads
    assert THIRTEEN not in digits_of(written)
    for file in tmp_path.iterdir():
        assert THIRTEEN.encode() not in file.read_bytes(), file.name
        assert form.encode() not in file.read_bytes(), file.name


def test_a_ledger_and_its_statement_do_not_tell_it(pack, ledger_path):
    lines = ledger_path.read_text("utf-8").splitlines()
    sep = ";" if ";" in lines[0] else ","
    columns = lines[0].split(sep)
    cells = lines[1].split(sep)
    for name in ("libelle", "fournisseur", "piece"):
        cells[columns.index(name)] = "Mme " + FIFTEEN
    wrong = [*cells]
    wrong[columns.index("id")] = "X-1"
    wrong[columns.index("nature")] = FIFTEEN
    text = "\n".join([lines[0], sep.join(cells), sep.join(wrong)])
    read = spie.convention.read_registre(text.encode(), pack, name=FIFTEEN + ".csv")
    etat = spie.convention.etat_des_depenses(pack, read, at=date(2023, 12, 31))
    assert THIRTEEN not in json.dumps([read.to_dict(), etat.to_dict()], default=str) + repr(
        read.lecture
    )
    assert THIRTEEN not in etat.to_html()


def test_the_command_line_does_not_tell_it(spie_command, tmp_path):
    for arguments in (
        ["dossier", "voir", FIFTEEN, "--base", tmp_path / "x.db"],
        [
            "importer",
            "carnet_beneficiaires",
            tmp_path / f"{FIFTEEN}.csv",
            "--base",
            tmp_path / "x.db",
        ],
        ["evaluate", FIFTEEN, "admission"],
        ["pack", "check", FIFTEEN],
    ):
        done = spie_command(*arguments)
        assert done.exit_code != 0
        assert THIRTEEN not in done.output + done.stderr


@pytest.mark.parametrize(
    "arguments",
    [
        ("dossier", FIFTEEN),
        ("dossier", "voir", "--" + FIFTEEN),
        ("dossier", "voir", "--base=x.db", "aline", " ".join(PARTS), "encore"),
        ("dossier", "lister", "--page", FIFTEEN),
        ("synthetique", "--personnes", "NIR" + FIFTEEN, "--vers", "f"),
        ("synthetique", "--personnes", "3", "--vers", "f", "--mois", FIFTEEN),
        ("completion", FIFTEEN),
        (FIFTEEN,),
        ("evaluate", "p", "d", "f", "--as-of", FIFTEEN),
        ("--" + FIFTEEN + "=x",),
    ],
)
def test_a_misuse_does_not_repeat_it(spie_command, arguments):
    done = spie_command(*arguments)
    assert done.exit_code == 2
    said = unicodedata.normalize("NFKC", done.output + done.stderr)
    assert THIRTEEN not in re.sub(r"[\W_]", "", said), said


def test_the_digits_are_those_of_unicode():
    """Whatever the alphabet, alone or in a circle: one text for each set of ten."""
    seen = 0
    for code in range(0x80, 0x20000):
        if unicodedata.digit(chr(code), None) is None:
            continue
        value = unicodedata.digit(chr(code))
        wanted = THIRTEEN.replace(str(value), chr(code))
        assert THIRTEEN not in digits_of(sans_nir(wanted)), hex(code)
        seen += 1
    assert seen > 600


def found_in(text: str) -> list[str]:
    """What was taken for a NIR: the text from what is left before it to what is left after."""
    return [] if sans_nir(text) == text else [text]


def right_key(text: str) -> bool:
    """Whether fifteen digits in a row of the text end with the key of the thirteen others."""
    digits = digits_of(text)
    runs = (digits[i : i + 15] for i in range(len(digits) - 14))
    return any(run[0] in "12" and int(run[13:]) == nir.key(run[:13]) for run in runs)


def test_nothing_of_the_house_is_taken_for_one(tmp_path):
    """Telephones, SIRET, IBAN, dates, amounts, ids, digests: but by a right key."""
    folder = tmp_path / "synthetique"
    spie.synthetic.generate(300, graine=11).write(folder)
    values = set()
    for file in sorted(folder.rglob("*")):
        if file.suffix in (".csv", ".xml", ".json"):
            text = file.read_bytes().decode("utf-8", "replace")
            values |= set(re.split(r'[;<>"\n\r\t]', text))
    real = {one for one in values if nir.is_valid(one.strip()) or nir.is_valid(one.strip()[:13])}
    assert len(real) > 100
    wrong = [one for one in values - real if found_in(one) and not right_key(one)]
    assert wrong == []

    store = spie.Store.memory()
    store.append(
        [event(content={"code": f"c{i}", "reponse": "oui"}, sujet=f"personne:p{i % 50}") for i in range(3000)],
        at=AT,
    )  # fmt: skip
    ids = [one.id for i in range(50) for one in store.evenements(f"personne:p{i}")]
    digests = [spie.store.draw_keys() for _ in range(300)]
    iban = [f"FR76 3000 {i:04} 0112 3456 7890 189" for i in range(0, 9999, 7)]
    phones = [f"+33 6 39 98 {i:02} {j:02}" for i in range(100) for j in range(0, 100, 9)]
    siret = [f"130025265{i:05}" for i in range(0, 99999, 37)]
    amounts = [f"{i * 7919:_}.{i % 100:02}".replace("_", " ") for i in range(1, 3000)]
    days = [date.fromordinal(738000 + i).strftime("%d/%m/%Y %Y-%m-%d") for i in range(3000)]
    for texts in (
        ids,
        digests,
        iban,
        phones,
        siret,
        amounts,
        days,
        [f"{a} {b}" for a, b in zip(days, amounts, strict=False)],
    ):
        assert [one for one in texts if found_in(one) and not right_key(one)] == []


def test_the_library_names_it_for_the_logs_of_others():
    assert sans_nir(f"Mme X, {FIFTEEN}, a appelé") == "Mme X, 2…, a appelé"
    assert sans_nir("rien") == "rien"
