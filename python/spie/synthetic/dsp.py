"""The collection of socio-professional data (recueil DSP, VIRD0201).

No schema and no sample of this flow is public: this follows the list of elements and parents that
web-rsa gives (`exchange/caf/DSP.md`, mark F). What nobody states is chosen here, and may differ in a
real file: the order of the elements (that of the list), the encoding (UTF-8), TYPEFLUX and NATFLUX
(those of the VRSB). The parent of `Personne` is contested: `IdentificationRSA` by default, or
`InfoDemandeRSA`.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import BinaryIO, Final

from spie.synthetic import ecarts, nir, noms
from spie.synthetic.ecrivain import Fichier, Trace, block, element, flow_header, optional
from spie.synthetic.foyers import MSA
from spie.synthetic.modele import DSP, Adulte, Foyer, RecueilDsp
from spie.synthetic.vrsb import request

ENCODING: Final = "utf-8"
IDENTIFICATION: Final = "IdentificationRSA"
DEMANDE: Final = "InfoDemandeRSA"
PARENTS: Final = (IDENTIFICATION, DEMANDE)

# Parent → its elements, in the order of the list. An element with several answers stands in as many
# repetitions of its parent (the parents named Detail…).
ELEMENTS: Final[dict[str, tuple[str, ...] | dict[str, tuple[str, ...]]]] = {
    "GeneraliteDSPP": (
        "SITPERSDEMRSA", "TOPISOGROOUENF", "TOPDRORSARMIANT", "DRORSARMIANTA-2", "TOPCOUVSOC",
    ),
    "SituationSociale": {
        "CommunSituationSociale": ("ACCOSOCFAM", "ACCOSOCINDI", "SOUTDEMARSOC"),
        "DetailDifficulteSituationSociale": ("DIFSOC",),
        "DetailAccompagnementSocialFamilial": ("NATACCOSOCFAM",),
        "DetailAccompagnementSocialIndividuel": ("NATACCOSOCINDI",),
        "DetailDifficulteDisponibilite": ("DIFDISP",),
    },
    "NiveauEtude": (
        "NIVETU", "NIVDIPMAXOBT", "ANNOBTNIVDIPMAX", "TOPQUALIPRO", "TOPCOMPEEXTRAPRO",
        "LIBCOMPEEXTRAPRO",
    ),
    "DisponibiliteEmploi": ("TOPENGDEMARECHEMPLOI",),
    "SituationProfessionnelle": (
        "HISPRO", "CESSDERACT", "DURACTDOMI", "INSCDEMEMPLOI", "ACCOEMPLOI", "TOPPROJPRO",
        "LIBEMPLOIRECH", "TOPCREAREPRIENTRE", "CONCOFORMQUALIEMPLOI",
    ),
    "Mobilite": {
        "CommunMobilite": ("TOPMOYLOCO", "TOPPERMICONDUB", "TOPAUTRPERMICONDU"),
        "DetailMobilite": ("NATMOB",),
    },
    "DifficulteLogement": {
        "CommunDifficulteLogement": ("NATLOG", "DEMARLOG"),
        "DetailDifficulteLogement": ("DIFLOG",),
    },
}  # fmt: skip


class EcrivainDsp:
    """The collections recorded after `since`, up to and on `reference`."""

    def __init__(
        self,
        file: BinaryIO,
        reference: date,
        since: date | None = None,
        parent: str = IDENTIFICATION,
    ) -> None:
        if parent not in PARENTS:
            raise ValueError(f"parent must be one of {PARENTS}, not {parent!r}")
        self._fichier = Fichier(file, ENCODING)
        self._reference = reference
        self._since = since or date.min
        self._parent = parent
        self._total = 0
        header = '<?xml version="1.0" encoding="UTF-8"?>\n<Racine>\n'
        created = reference + timedelta(days=5)
        self._fichier.write(header + flow_header("NRA", "0100", created))

    def add(self, foyer: Foyer) -> list[Trace]:
        told = [
            (one, one.dsp)
            for one in foyer.adultes
            if one.dsp and self._since < one.dsp.enregistre <= self._reference
        ]
        if not told:
            return []
        self._fichier.write(_request(foyer, told, self._parent))
        self._total += 1
        numero = foyer.droits[0].numero
        return [Trace(one.numero, DSP, f"{numero}/{one.role}") for one, _ in told]

    def close(self) -> dict[str, int | str]:
        total = element("NBTOTDEMRSATRANSM", f"{self._total:08}")
        self._fichier.write(block("TransmissionFlux", total) + "</Racine>\n")
        return {"demandes": self._total}


def _request(foyer: Foyer, told: list[tuple[Adulte, RecueilDsp]], parent: str) -> str:
    identification = [
        *request(foyer, foyer.droits[0]),
        *(_step(code) for code in _steps(told)),
    ]
    people = [_person(foyer, adulte, dsp) for adulte, dsp in told]
    people.append(_administrative(foyer, max(dsp.enregistre for _, dsp in told)))
    if parent == IDENTIFICATION:
        return block("InfoDemandeRSA", block("IdentificationRSA", *identification, *people))
    return block("InfoDemandeRSA", block("IdentificationRSA", *identification), *people)


def _steps(told: list[tuple[Adulte, RecueilDsp]]) -> list[str]:
    """SUIIRSA: 01 administrative data, 11 DSP of the demander, 12 DSP of the spouse."""
    return ["01", *("11" if one.role == "DEM" else "12" for one, _ in told)]


def _step(code: str) -> str:
    return block(
        "SuiviInstruction",
        element("SUIIRSA", code),
        element("NOMINS", "EXEMPLE-INSTRUCTEUR"),
        element("PRENOMINS", "NUAGE"),
        element("NUMDEPINS", "077"),
        element("TYPESERINS", "S"),
    )


def _person(foyer: Foyer, adulte: Adulte, dsp: RecueilDsp) -> str:
    written = ecarts.identity(adulte, DSP)
    recorded = dsp.enregistre.isoformat()
    number = nir.with_key(adulte.nir) if foyer.organisme == MSA else adulte.nir
    path = "PP" if not adulte.freins else "PS" if len(adulte.freins) > 4 else "AS"
    return block(
        "Personne",
        block(
            "Identification",
            element("QUAL", "MME" if adulte.sexe == "2" else "MR"),
            element("NOM", written.nom),
            element("NOMNAI", written.nom_naissance),
            element("PRENOM", written.prenom),
            element("DTNAI", written.naissance.isoformat()),
            element("NIR", number),
            element("SEXE", adulte.sexe),
        ),
        block("Prestations", element("NATPREST", "RSA"), element("ROLEPERS", adulte.role)),
        block(
            "SuiviAppuiOrientation",
            element("SITPERSSOCPRO", "RE" if dsp.refuse else "EF"),
            element("DTENRSOCPRO", recorded),
            element("DTENRPARCO", recorded),
        ),
        block("Parcours", block("DeterminationParcours", element("NATPARCOCAL", path))),
        "" if dsp.refuse else _answers(dsp),
    )


def _answers(dsp: RecueilDsp) -> str:
    blocks = []
    for parent, held in ELEMENTS.items():
        if isinstance(held, dict):
            inner = "".join(_fill(name, names, dsp) for name, names in held.items())
            blocks.append(block(parent, inner) if inner else "")
        else:
            blocks.append(_fill(parent, held, dsp))
    return block("DonneesSocioProfessionnelles", *blocks)


def _fill(parent: str, names: tuple[str, ...], dsp: RecueilDsp) -> str:
    """The block of these elements, repeated where its one element has several answers."""
    if parent.startswith("Detail"):
        (name,) = names
        return "".join(block(parent, element(name, code)) for code in dsp.reponses.get(name, ()))
    inner = "".join(element(name, code) for name in names for code in dsp.reponses.get(name, ()))
    return block(parent, inner) if inner else ""


def _administrative(foyer: Foyer, day: date) -> str:
    adresse = foyer.address(day)
    commune = adresse.commune
    return block(
        "DonneesAdministratives",
        block(
            "SituationFamille",
            element("SITFAM", foyer.situation),
            element("DDSITFAM", foyer.situation_depuis.isoformat()),
        ),
        block(
            "Adresse",
            block(
                "TroncCommunAdresse",
                element("RGADR", "01"),
                element("DTEMM", adresse.depuis.isoformat()),
                element("PAYS", "FRA"),
                element("TYPEADR", "D"),
                element("ETATADR", "CO"),
            ),
            block(
                "AdresseDetailleeFrance",
                optional("COMPLADR", adresse.quartier.upper()),
                element("NUMVOIE", adresse.numero),
                element("LIBTYPEVOIE", adresse.type_voie),
                element("NOMVOIE", adresse.nom_voie),
                element("NUMCOM", commune.code),
                element("CODEPOS", commune.code_postal),
                element("NOMCOM", noms.without_accents(commune.nom).upper()),
            ),
        ),
    )
