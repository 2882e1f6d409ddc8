"""Why a decision goes row by row over a table, in French: the engine says it in English, to whoever writes the model."""

import re

_WORDS = (
    (r"one context or another", "un contexte ou un autre, selon une condition"),
    (r"one list or another", "une liste ou une autre, selon une condition"),
    (r"the items of '(.+)' hold lists", r"les éléments de « \1 » contiennent des listes"),
    (
        r"'(.+)' is given in another form than its type has",
        r"« \1 » est donné sous une autre forme que son type",
    ),
    (r"a fact of the type (.+)", r"un fait de type \1"),
    (r"a (?:value|.+) of the type (.+) has no form in columns", r"une valeur de type \1"),
    (
        r"a constant member of a context has allowed values",
        "un contexte dont un membre constant a des valeurs permises",
    ),
    (r"it gives a constant context", "la réponse est un contexte constant"),
    (
        r"it gives a list of what is not constant",
        "la réponse est une liste dont les éléments ne sont pas constants",
    ),
    (
        r"it gives the items of a list of the row",
        "la réponse rend les éléments d'une liste des faits",
    ),
    (
        r"`list contains` of what is not constant, in a list of the facts",
        "« list contains » cherche dans une liste des faits une valeur qui n'est pas constante",
    ),
    (r"`first known` of a list or a context", "« first known » d'une liste ou d'un contexte"),
    (r"`partial` in a `for`", "« partial » dans un « for »"),
    (r"the property '(.+)' of a value", r"la propriété « \1 » d'une valeur"),
    (
        r"a filter over a list that is not written out",
        "un filtre sur une liste qui n'est ni écrite ni un fait",
    ),
    (
        r"a date is moved by a duration that is not constant",
        "une date est déplacée d'une durée qui n'est pas constante",
    ),
    (
        r"two texts that are not constant are compared",
        "deux textes sont comparés, dont aucun n'est constant",
    ),
    (
        r"the parameter '(.+)' is read at the date of a fact",
        r"le paramètre « \1 » est lu à la date d'un fait",
    ),
    (r"an item of a list by its position", "un élément de liste est pris à sa place"),
    (
        r"a list within the same list|the items of a list are gone .+",
        "une liste est parcourue pour chacun de ses éléments",
    ),
    (r"the items of two lists meet", "deux listes des faits sont parcourues ensemble"),
    (r"texts are put together", "des textes sont mis bout à bout"),
    (r"texts are put in order", "des textes sont rangés en ordre"),
    (r"a quotient, which may need all of 34 digits", "une division, qui peut demander 34 chiffres"),
    (r"a power, which may need all of 34 digits", "une puissance, qui peut demander 34 chiffres"),
    (r"`(.+)`", r"la fonction « \1 »"),
)


def in_french(why: str) -> str:
    """The reason in French; as it is given where there are no words for it."""
    for pattern, words in _WORDS:
        if found := re.fullmatch(pattern, why):
            return found.expand(words)
    return why
