#include "spie/exchange/partage.hpp"

#include "insertion/droits/relations.hpp"

#include <algorithm>
#include <set>

namespace spie::exchange {

namespace {

constexpr const char *written_types[] = {"frein", "reponse_diagnostic", "objectif", "recherche_emploi", "action"};

// The families of the table whose facts a format speaks of: what goes out may be any of them.
feel::List families_of(const droits::Droits &rights) {
  std::set<std::string> names;
  for (const char *type : written_types)
    if (const droits::Famille *family = rights.famille_of(type, {}, {}))
      names.insert(family->nom);
  return {names.begin(), names.end()};
}

} // namespace

Partage partager(dossier::Journal &journal, droits::Guichet &guichet, const Pack &pack,
                 const Nomenclatures &nomenclatures, const droits::Demande &demande, const DemandePartage &asked) {
  const auto &roles = guichet.droits().roles;
  const auto structure = dossier::Sujet::parse(asked.destinataire);
  const bool known = (structure && structure->genre == dossier::Genre::structure) ||
                     std::ranges::any_of(roles, [&](const auto &one) { return one.nom == asked.destinataire; });
  if (!known)
    throw Error({Code::path_request, Level::error, "'" + asked.destinataire + "' is neither a role nor a structure",
                 "/contenu/destinataire", "Give a role of the pack, or structure:…"});
  droits::VueClaire view = guichet.voir_clair(demande, asked.personne, asked.au, {}, "partager");
  Partage made{ecrire(asked.format, view.situation, pack, nomenclatures), {}, std::move(view.retenues)};
  feel::Context content{{"destinataire", asked.destinataire},
                        {"finalite", demande.finalite},
                        {"objets", families_of(guichet.droits())},
                        {"moyen", "fichier"}};
  made.acte =
      parcours::Bureau(journal, guichet, pack, guichet.regles())
          .agir(demande, {"partage.noter", asked.personne, droits::jour_de(demande.instant), std::move(content)});
  return made;
}

feel::Value to_value(const Partage &partage) {
  feel::Context told = to_value(partage.ecriture).context();
  const feel::Value act = parcours::to_value(partage.acte);
  for (const char *key : {"acte", "avertissements"})
    told.set(key, *act.context().find(key));
  told.set("retenues", droits::to_value(partage.retenues));
  return told;
}

} // namespace spie::exchange
