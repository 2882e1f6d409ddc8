"""The example of the README."""

from datetime import date

import spie

pack = spie.Pack.load("packs/seine-et-marne-2022-2023")
faits = {
    "beneficiaire": {"rsa": "oui", "reside_departement": "oui"},
    "freins": [{"code": "mobilite", "reponse": "oui"}, {"code": "formation", "reponse": "oui"}],
}
admission = pack.evaluate("admission", faits, as_of=date(2022, 6, 1))
print(admission.value, admission.status)
print(admission.explain())  # the facts, the rules, the articles, in French

entree = pack.evaluate("entree", faits, as_of=date(2022, 6, 1))
print(entree.status, entree.missing)  # unknown is never "no": what is missing is named
