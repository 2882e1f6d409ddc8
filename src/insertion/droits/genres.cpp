#include "spie/droits/genres.hpp"

#include "insertion/dossier/chemin.hpp"

#include <algorithm>
#include <vector>

namespace spie::droits {

bool clair_toujours(const Droits &droits, std::string_view role, std::string_view finalite, std::string_view chemin) {
  const auto path = dossier::Chemin::parse(chemin);
  const Role *who = droits.role(role);
  const Ligne *line = droits.ligne(role, finalite);
  if (!path || who == nullptr || line == nullptr)
    return false;
  const dossier::TypeContenu &type = *path->type;
  if (type.genre && *type.genre != dossier::Genre::personne && *type.genre != dossier::Genre::foyer)
    return true;
  if (!type.genre)
    return true; // a departure, of a professional or a structure
  // They see their own relays, not each other's.
  if (type.nom == "relais" && (who->relation == Relation::pressenti || who->relation == Relation::sortant))
    return false;
  // … and the referrals of their sessions.
  if ((type.nom == "saisine" || type.nom == "decision_instance") && who->relation == Relation::instance)
    return false;
  const auto clear = [&](const std::string &family) {
    const auto cell = line->cellules.find(family);
    return cell != line->cellules.end() && cell->second.sans == Traitement::clair;
  };
  // What is no code of its list is a free text: where the list is open, a dossier may hold one.
  const auto may_be_text = [&](const dossier::Champ &field) {
    const std::string name = std::string(type.nom) + "." + std::string(field.nom);
    return droits.texte_libre(type.nom, field.nom) ||
           (field.nature == dossier::Nature::code && field.valeurs.empty() && !droits.numeros.contains(name) &&
            !droits.declasses.contains(name));
  };
  std::vector<std::string> keys{path->cle};
  if (path->cle.empty())
    for (const Famille &family : droits.familles)
      for (const std::string &pattern : family.faits)
        if (pattern.starts_with(std::string(type.nom) + "["))
          keys.push_back(pattern.substr(type.nom.size() + 1, pattern.size() - type.nom.size() - 2));
  const std::string_view asked = path->champ == "etapes" ? std::string_view("etape") : path->champ;
  // Of what is said once, without a field: that it is said, and since when. The mask shows that where it hides the
  // words.
  const bool said_at_all = asked.empty() && type.cardinalite == dossier::Cardinalite::unique;
  return std::ranges::all_of(type.champs, [&](const dossier::Champ &field) {
    if (!asked.empty() && field.nom != asked)
      return true;
    return std::ranges::all_of(keys, [&](const std::string &key) {
      const Famille *family = droits.famille_of(type.nom, key, field.nom);
      return family != nullptr && clear(family->nom) && (!droits.sensible(type.nom, field.nom) || clear("sensible")) &&
             (said_at_all || !may_be_text(field) || clear("texte_libre"));
    });
  });
}

} // namespace spie::droits
