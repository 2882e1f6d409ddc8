"""What remains to ask somebody, what the reading grid makes of her answers, and her road map."""

from datetime import UTC, date, datetime

import spie
from spie.dossier import evenement

pack = spie.Pack.load("seine-et-marne-2022-2023")
debut = date(2022, 3, 1)


def dit(type: str, contenu: dict, source: str = "saisie") -> dict:
    return evenement(
        "personne:aline", type, contenu, debut=debut, auteur="professionnel:rene", source=source
    )


with spie.Store.memory() as store, spie.droits.Acces.memory() as acces:
    referent = {"role": "referent_unique", "etape": "nomme", "professionnel": "professionnel:rene"}
    # The CAF's questionnaire: administrative difficulties, no means of transport.
    events = [
        dit("referent", referent),
        dit("reponse_diagnostic", {"question": "dsp.DIFSOC", "valeurs": ["0405"]}, "caf.dsp"),
        dit("reponse_diagnostic", {"question": "dsp.TOPMOYLOCO", "reponse": "non"}, "caf.dsp"),
    ]
    store.append(events, at=datetime(2022, 3, 5, 9, tzinfo=UTC))
    guichet = spie.droits.Guichet(store, acces, pack)
    demande = spie.droits.Demande(
        "professionnel:rene", "accompagnement", ["referent"],
        instant=datetime(2022, 4, 1, 8, tzinfo=UTC),
    )  # fmt: skip

    # She answers once more, and is not asked again.
    reponse = {"question": "mobilite_permis", "reponse": "non"}
    guichet.agir(
        demande, "reponse.donner", "personne:aline", effet=date(2022, 4, 1), contenu=reponse
    )
    questions = guichet.questions(demande, "personne:aline", au=date(2022, 4, 2)).questions
    print(f"{len(questions.connues)} réponses connues, {len(questions.a_demander)} à demander")

    lu = guichet.diagnostic(demande, "personne:aline", au=date(2022, 4, 2)).diagnostic
    for frein in lu.freins:
        if frein.present:
            print(f"{frein.libelle} : {frein.gravite}, d'après {len(frein.signes)} réponse(s)")
    print("à proposer :", ", ".join(une.code for une in lu.actions_prioritaires.a_proposer))
    print(guichet.feuille_de_route(demande, "personne:aline", au=date(2022, 4, 2)).to_html()[:15])
