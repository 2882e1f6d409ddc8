"""What the tests of the invented département share: how to read its files without its code."""

from __future__ import annotations

import csv
import os
import shutil
import subprocess
import unicodedata
import xml.etree.ElementTree as ElementTree
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SHARED = Path(os.environ.get("SPIE_SHARED_DIR") or ROOT.parent / "shared")
EXCHANGE = SHARED / "exchange"
shared = pytest.mark.skipif(
    not EXCHANGE.is_dir(), reason=f"{EXCHANGE} is not there: formats and samples cannot be compared"
)
validated = pytest.mark.skipif(shutil.which("xmllint") is None, reason="xmllint is not installed")

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


def plain(text):
    kept = unicodedata.normalize("NFD", text.replace("œ", "oe").replace("Œ", "OE"))
    return "".join(one for one in kept if not unicodedata.combining(one)).upper()


def dsp_requests(files):
    for path in sorted(files.glob("dsp/vird-*.xml")):
        root = ElementTree.parse(path).getroot()
        found = root.findall("InfoDemandeRSA")
        assert int(root.findtext("TransmissionFlux/NBTOTDEMRSATRANSM")) == len(found)
        yield path, found


def check_schema(*flows):
    """Each VRSB flow against the schema of the CNAF."""
    done = subprocess.run(
        ["xmllint", "--noout", "--nonet", "--schema", EXCHANGE / "caf" / "vrsb0801.xsd", *flows],
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr[-2000:]
