#!/usr/bin/env python3
"""Writes docs/vigilance.md from the pack: each moment, its rule, its source, how to tune it.

.venv/bin/python scripts/write_vigilance.py        a test compares what it would write
"""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import spie
from spie import parcours

PAGE = Path(__file__).resolve().parents[1] / "docs" / "vigilance.md"
HEAD = """# Vigilance

Les moments où un parcours peut se rompre : la convention demande de les repérer (S:1404-1410) et ne les nomme pas. Chaque
moment est **un choix du projet**, sauf ce qui cite la convention ; c'est une décision DMN du pack `{pack}`
(`vigilance.dmn`), que `donnees/vigilance.json` présente. Cette page en est écrite (`scripts/write_vigilance.py`).

`spie vigilance`, `spie_desk_vigilance`, `parcours::ReglesVigilance` et `spie.parcours.cibler_pour` lisent tous les dossiers
que l'acteur voit ; `spie_store_vigilance` et `spie.parcours.cibler` tous, pour un programme.

- **Hors de la population**, une personne n'est ni en alerte ni à vérifier. Des faits inconnus qui pourraient changer la
  réponse la mettent **à vérifier** : comptée, et listée à la demande avec ce qui manque.
- **Une règle ne joue pour un acteur que si la table des droits montre toujours en clair, à son rôle et pour sa finalité,
  chaque genre de fait qu'elle peut lire**, quoi que le dossier contienne : sans consentement, sans lien à une chose parmi
  d'autres, sans code sensible ni texte libre possible. Les autres moments sont nommés (`moments_non_vus`). D'une entrée ou
  d'une sortie, une règle ne lit pas le motif, mais qu'elle est là et depuis quand : qui ne voit pas un motif en mots libres
  sait cela, et rien des mots, pas même que c'en sont.
- **Un membre du parcours ne voit donc pas** `demenagement`, `droit_bientot_fini`, `droit_fini`, `garde_bientot_finie`,
  `session_sans_suite`, `immersion_sans_bilan`, et c'est juste : un code de commune ou le numéro d'une séance, hors de sa
  forme, est un texte libre, qui lui est retenu sans l'accord de la personne ; un statut peut dire un handicap, le thème
  d'une action la santé, le droit au RSA un motif sensible, qu'il voit par grandes classes ; le numéro d'une immersion ou
  d'une saisine est celui d'un fichier, qu'il voit comme un rang, et la règle compare les numéros. Qu'un dossier n'en
  contienne pas n'y change rien : jouer la règle là où elle ne lit que du clair dirait où il y a autre chose. Le référent,
  qui voit tout cela, les a tous.
- L'ordre est celui des niveaux, puis des dates, la plus ancienne d'abord ; aucune personne n'a de note.
- Ce qu'un professionnel fait d'une alerte est un événement `suite_vigilance` : jusqu'à son jour (`jusqu_au`), elle est
  **traitée**, dernière, comptée encore.
- Une opposition ou une limitation écarte le dossier ; leur nombre n'est dit qu'au gestionnaire.
- Une **pause** arrête les délais de ce projet (*plus de contact*, *absences*, *action sans suite*), aucun délai de la
  convention. Après la reprise, l'absence de contact se compte de la reprise.
- Un départ, une séance sont des faits d'un professionnel, d'une structure, d'une instance : ils ne sont à personne.

## Les moments

"""
TUNE = """
## Régler

Un délai est un paramètre du pack : un pack enfant en donne un autre, à partir d'une date ([packs.md](packs.md)). Une règle
se remplace par une décision du même nom ; ce qu'elle lit vient de `donnees/faits.json`
([dossier.md](dossier.md#du-dossier-à-la-décision)). Une liste de moments plus courte est un autre `donnees/vigilance.json` :
`niveaux` dit leur ordre, `responsables` les rôles à qui le nombre des oppositions est dit.

## Ce qui précède une rupture

La convention veut un parcours type, en fonction des profils, et les ruptures fréquentes qui y sont associées (S:1761-1767).
`spie types-de-parcours`, `spie_store_breaks`, `spie_desk_breaks`, `parcours::ReglesRuptures` et `spie.parcours.ruptures`
comptent, par public et tranche d'âge, les derniers genres d'événements avant une rupture. Tout ce qui suit est **un choix du
projet**, que `donnees/ruptures.json` du pack porte :

- une **rupture** est une sortie dont le motif est parmi `sorties`, sinon un des `moments` de vigilance, le plus ancien ;
  chacun ne compte qu'une fois ;
- ce qui **précède** : les `nombre` derniers événements d'un genre parmi `evenements`, avec leur étape, jusqu'au jour de la
  rupture ; le même jour, dans l'ordre du pack ;
- le **profil** : le premier des `publics` dont elle est (« autre » sinon), et la tranche d'âge de la table des droits, le jour
  demandé. Chacun n'est que d'un profil ;
- une case n'est dite que si la décision `gardee` du pack garde son effectif (`case_gardee`, `seuil_petits_effectifs`). **Ce
  qui n'est pas dit fait zéro, ou n'est pas petit** : tant que la somme des cases tues, que le total moins les autres donne,
  est petite, la plus petite des autres se tait aussi. De même pour les profils et le total de tous ;
- pour quelqu'un, ne compte que ce qu'il voit ; un moment que son rôle ne regarde pas est nommé.

Deux réponses, de deux jours ou de deux états de la connaissance, peuvent différer d'une personne : leur différence n'est pas
protégée. Qui publie des séries les compare d'abord ; le journal des accès dit qui a demandé quoi.
"""


def said(value: object) -> str:
    if isinstance(value, timedelta):
        return f"{value.days} jours"
    return str(value).replace("P", "", 1).replace("M", " mois")


def page() -> str:
    pack = spie.Pack.load("seine-et-marne-2022-2023")
    articles = {one.id: one for one in pack.articles}
    parameters = {one.nom: one for one in pack.parameters}
    questions = {one.name: one for one in pack.decisions}
    text = HEAD.format(pack=pack.id)
    for one in parcours.moments(pack):
        decision = questions[one["decision"]]
        delay = one["delai"]
        if delay in parameters:
            value = parameters[delay].valeurs[-1]
            delay = f"`{delay}`, {parameters[delay].titre.lower()} : {said(value.valeur)}"
        text += f"### `{one['nom']}` : {one['titre']}\n\n{decision.question}"
        text += f" {decision.description}\n\n" if decision.description else "\n\n"
        text += f"- Niveau : {one['niveau']}. Population : {one['population']}\n"
        text += f"- Délai : {delay}.\n"
        text += f"- Source : {one['source']}\n- Suite : {one['suite']}\n"
        text += f"- Texte : {articles[one['article']].place}.\n\n"
    return text.rstrip("\n") + "\n" + TUNE


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
