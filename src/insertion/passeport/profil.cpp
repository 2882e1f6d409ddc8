#include "spie/passeport/profil.hpp"

#include "insertion/passeport/lecture.hpp"
#include "insertion/passeport/records_profil.hpp"
#include "insertion/passeport/regles.hpp"

#include <algorithm>

namespace spie::passeport {

namespace {

bool holds_on(feel::Date from, const std::optional<feel::Date> &to, feel::Date day) {
  return from <= day && (!to || day <= *to);
}

std::optional<feel::Date> last_day(const json::Reader &from) { return from.has("au") ? from.date("au") : std::nullopt; }

bool has(const std::vector<std::string> &list, std::string_view word) {
  return std::ranges::find(list, word) != list.end();
}

// The item that stands the most firmly among those that bear the code.
const Element *best_for(const Attendu &wanted, const std::vector<Element> &items, bool &other_release) {
  const auto strength = [](const Element &one) {
    return one.conteste ? 0 : one.assurance == "garanti" ? 3 : one.assurance == "confirme" ? 2 : 1;
  };
  const Element *best = nullptr;
  bool best_differs = false;
  for (const Element &item : items)
    for (const Reference &one : item.references) {
      if (one.referentiel != wanted.referentiel || one.code != wanted.code)
        continue;
      const bool differs = one.version != wanted.version;
      if (best == nullptr || (best_differs && !differs) ||
          (best_differs == differs && strength(item) > strength(*best))) {
        best = &item;
        best_differs = differs;
      }
    }
  other_release = best_differs;
  return best;
}

Ecart gap(const Attendu &wanted, const std::vector<Element> &items, bool seen, const json::Reader &rules) {
  Ecart made{wanted.referentiel, wanted.code, wanted.version, wanted.libelle, wanted.poids, "inconnu", {}, {},
             "aucune",           {}};
  if (!seen) {
    made.motif = "Ce rôle ne voit pas ce que le passeport contient.";
    return made;
  }
  bool other_release = false;
  const Element *item = best_for(wanted, items, other_release);
  if (item == nullptr) {
    made.etat = "manque";
    made.suite = rules.text("suite_manque");
    made.motif = "Rien dans le passeport ne porte ce code.";
    return made;
  }
  made.element = item->id;
  made.preuve = item->assurance;
  made.etat = "a_confirmer";
  made.suite = rules.text("suite_a_confirmer");
  if (other_release) {
    made.suite = "verifier_version";
    made.motif = "Le même code vient d'une autre version : vérifier qu'il veut dire la même chose.";
  } else if (item->conteste) {
    made.motif = "Cet élément est contesté.";
  } else if (has(rules.texts("assurances_qui_couvrent"), item->assurance)) {
    made.etat = "couvert";
    made.suite = "aucune";
    made.motif = item->assurance == "garanti" ? "Une preuve a été vérifiée." : "Quelqu'un l'a vu.";
  } else {
    made.motif = "La personne le dit ; personne ne l'a encore confirmé.";
  }
  return made;
}

// She has some of what is sought, or seeks that job herself (S:782-786).
ParcoursSpecifique specific(const Comparaison &read, const Profil &profile, const std::vector<MetierTendu> &list,
                            const std::string &basin, bool seeks) {
  if (list.empty())
    return {"inconnu", "La liste des métiers en tension est vide : elle ne dit ni oui ni non.", false};
  if (profile.metier.empty())
    return {"inconnu", "Ce profil ne nomme pas de métier.", false};
  const bool listed = std::ranges::any_of(list, [&](const MetierTendu &one) {
    return one.rome == profile.metier && holds_on(one.du, one.au, read.au) &&
           (basin.empty() || one.bassin.empty() || one.bassin == basin);
  });
  if (!listed)
    return {"non",
            "Ce métier n'est pas dans la liste des métiers en tension" +
                (basin.empty() ? std::string(".") : " de ce bassin."),
            false};
  const auto in = [&](std::string_view state) {
    return std::ranges::any_of(read.ecarts, [&](const Ecart &one) { return one.etat == state; });
  };
  if (in("inconnu"))
    return {"inconnu", "Ce rôle ne voit pas ce que le passeport contient.", false};
  if (in("couvert"))
    return {"a_proposer", "Elle a des compétences que ce métier en tension recherche.", in("a_confirmer")};
  if (in("a_confirmer"))
    return {"a_proposer",
            "Elle dit avoir des compétences que ce métier en tension recherche : une immersion peut les "
            "confirmer d'abord.",
            true};
  if (seeks)
    return {"a_proposer", "Elle cherche ce métier en tension : une immersion peut venir d'abord.", true};
  return {"plus_tard", "Rien dans le passeport n'est encore recherché par ce métier.", false};
}

// What the pack lists, of every basin and of its whole life, when the integrator hands nothing over.
std::vector<MetierTendu> listed_by(const Pack &pack) {
  std::vector<MetierTendu> list;
  const feel::Value *data = pack.data("metiers_en_tension");
  if (data == nullptr)
    return list;
  const json::Reader from(*data, "donnees/metiers_en_tension.json#", {Code::pack_json});
  for (const json::Reader &one : from.items("valeurs"))
    list.push_back({one.text("code"), {}, from.text("source"), {}, std::nullopt});
  return list;
}

} // namespace

namespace {

Profil profile_of(const json::Reader &from) {
  from.keys({"id", "titre", "filiere", "metier", "bassins", "du", "au", "construit_avec", "attendus", "source"});
  Profil made;
  made.id = from.text("id");
  made.titre = from.text("titre");
  made.filiere = from.text_if_any("filiere");
  made.metier = from.text_if_any("metier");
  made.bassins = from.texts("bassins");
  const auto first = from.date("du");
  if (!first)
    from.refuse("a date is expected", "/du");
  made.du = *first;
  made.au = last_day(from);
  made.construit_avec = from.texts("construit_avec");
  if (made.construit_avec.empty())
    from.refuse("a profile says with whom it was built", "/construit_avec");
  for (const json::Reader &one : from.items("attendus")) {
    Attendu wanted{one.text("referentiel"), one.text("code"), one.text_if_any("version"), one.text_if_any("libelle"),
                   one.whole("poids").value_or(1)};
    if (wanted.referentiel == "rome" && wanted.version.empty())
      one.refuse("a code of the ROME stands with its release", "/version");
    if (wanted.poids < 1)
      one.refuse("a weight is a whole number from 1", "/poids");
    made.attendus.push_back(std::move(wanted));
  }
  if (made.attendus.empty())
    from.refuse("a profile wants something", "/attendus");
  return made;
}

} // namespace

Profil read_profil(const feel::Value &value) { return profile_of({value, "", {Code::path_request}}); }

DemandeComparaison read_demande_comparaison(const feel::Value &value) {
  const json::Reader from(value, "", {Code::path_request});
  from.keys({"profil", "metiers", "bassin"});
  DemandeComparaison made{profile_of(from.at("profil")), {}, from.text_if_any("bassin")};
  for (const json::Reader &one : from.items("metiers")) {
    one.keys({"rome", "bassin", "du", "au", "source"});
    const auto first = one.date("du");
    if (!first)
      one.refuse("a date is expected", "/du");
    made.metiers.push_back({one.text("rome"), one.text_if_any("bassin"), one.text("source"), *first, last_day(one)});
  }
  return made;
}

Comparaison comparer(droits::Guichet &guichet, const droits::Droits &droits, const Pack &pack,
                     const droits::Demande &demande, const dossier::Sujet &personne, feel::Date au,
                     const Profil &profil, const std::vector<MetierTendu> &tendus, const std::string &bassin) {
  const json::Reader rules = regles(pack).at("profil");
  if (!holds_on(profil.du, profil.au, au))
    throw Error({Code::path_request, Level::error, "the profile '" + profil.id + "' does not hold on " + au.to_string(),
                 "/profil/du", "Give the one that holds on that day."});
  if (!bassin.empty() && !profil.bassins.empty() && !has(profil.bassins, bassin))
    throw Error({Code::path_request, Level::error, "the profile '" + profil.id + "' is of other basins", "/bassin",
                 "Name one of its basins."});
  const droits::VueClaire view =
      guichet.voir_clair(demande, personne, au, {}, "profil_passeport", {"element_passeport.1.code_rome"});
  Comparaison made{view.situation.sujet.to_string(),
                   view.role,
                   au,
                   profil.id,
                   profil.titre,
                   profil.metier,
                   bassin,
                   profil.construit_avec,
                   {},
                   0,
                   0,
                   0,
                   {},
                   view.retenues};
  const bool seen = !view.role.empty() && !view.clairs.empty() && view.clairs.front();
  const Lus read = elements(Paroles(guichet, droits, demande, personne, au));
  for (const Attendu &wanted : profil.attendus) {
    Ecart one = gap(wanted, read.tenus, seen, rules);
    made.poids_total += one.poids;
    made.poids_couvert += one.etat == "couvert" ? one.poids : 0;
    made.poids_a_confirmer += one.etat == "a_confirmer" ? one.poids : 0;
    made.ecarts.push_back(std::move(one));
  }
  const dossier::Fait *sought = view.situation.find("recherche_emploi.metiers");
  bool seeks = false;
  if (sought != nullptr && sought->dire.valeur.is(feel::Kind::list))
    for (const feel::Value &one : sought->dire.valeur.list())
      seeks = seeks || (one.is(feel::Kind::text) && one.text() == profil.metier);
  made.specifique = specific(made, profil, tendus.empty() ? listed_by(pack) : tendus, bassin, seeks);
  return made;
}

feel::Value to_value(const Comparaison &comparaison) {
  feel::Context value = record::to_context(comparaison);
  value.set("retenues", droits::to_value(comparaison.retenues));
  return value;
}

} // namespace spie::passeport
