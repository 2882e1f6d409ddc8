// The tables of docs/droits.md, written from the pack.
#include "tests/droits/scene.hpp"
#include "tests/page.hpp"

using namespace spie;
using namespace spie::droits;
using namespace spie::testing;

namespace {

std::string joined(const std::vector<std::string> &words) {
  std::string text;
  for (const std::string &word : words)
    text += (text.empty() ? "`" : ", `") + word + "`";
  return text;
}

// One column for each line of the matrix, one row for each family.
std::string matrix() {
  std::string head = "| Famille |", rule = "| --- |";
  for (const Ligne &line : rights().matrice) {
    head += " " + line.role + "<br>" + line.finalite + " |";
    rule += " --- |";
  }
  std::string text = head + "\n" + rule + "\n";
  for (const Famille &family : rights().familles) {
    text += "| " + family.titre + " |";
    for (const Ligne &line : rights().matrice)
      text += " " + spie::droits::text(line.cellules.at(family.nom)) + " |";
    text += "\n";
  }
  return text;
}

std::string roles() {
  const std::map<Relation, std::string> ties{{Relation::aucune, "aucun"},
                                             {Relation::soi, "être la personne"},
                                             {Relation::referent, "référent nommé, non terminé"},
                                             {Relation::membre, "membre du parcours"},
                                             {Relation::instance, "convié à la séance qui étudie sa situation"},
                                             {Relation::structure, "sa structure accompagne la personne"},
                                             {Relation::pressenti, "nommé par un relais qui attend"},
                                             {Relation::sortant, "a passé la main, depuis moins que sa durée"},
                                             {Relation::animateur, "anime l'instance saisie de sa situation"}};
  std::string text = "| Rôle | Titre | Lien nécessaire | Pseudonyme | Source |\n| --- | --- | --- | --- | --- |\n";
  for (const Role &role : rights().roles)
    text += "| `" + role.nom + "` | " + role.titre + " | " + ties.at(role.relation) + " | " +
            (role.pseudonyme ? "oui" : "non") + " | " + role.source + " |\n";
  text += "\n| Finalité | Titre | Source |\n| --- | --- | --- |\n";
  for (const Finalite &purpose : rights().finalites)
    text += "| `" + purpose.nom + "` | " + purpose.titre + " | " + purpose.source + " |\n";
  return text;
}

std::string families() {
  std::string text = "| Famille | Titre | Faits |\n| --- | --- | --- |\n";
  for (const Famille &family : rights().familles)
    text += "| `" + family.nom + "` | " + family.titre + " | " +
            (family.transversale ? "traverse les autres" : joined(family.faits)) + " |\n";
  return text;
}

std::string sensitive() {
  std::string text = "| Champ | Sensible | Grandes classes |\n| --- | --- | --- |\n";
  for (const std::string &field : rights().champs_sensibles) {
    std::set<std::string> groups;
    for (const auto &[code, group] : rights().groupes.at(field))
      groups.insert(group);
    const bool keyed = rights().types_sensibles.contains(field.substr(0, field.find('.')));
    text += "| `" + field + "` | " + (keyed ? "tout le type, qu'il identifie" : "le champ") + " | " +
            (groups.empty() ? (keyed ? "`autre`" : "aucune : non montré")
                            : joined({groups.begin(), groups.end()}) + ", `autre`") +
            " |\n";
  }
  return text;
}

std::string numbers() {
  std::string text = "| Champ | Numéro de |\n| --- | --- |\n";
  for (const auto &[field, type] : rights().numeros)
    text += "| `" + field + "` | `" + type + "` |\n";
  return text;
}

// One column for each role and purpose that may something.
std::string acts() {
  std::vector<std::string> who;
  for (const Role &role : rights().roles)
    for (const Finalite &purpose : rights().finalites)
      for (const Habilitation &act : rights().habilitations)
        for (const Permission &one : act.permis)
          if (one.role == role.nom && one.finalite == purpose.nom &&
              (who.empty() || who.back() != role.nom + "<br>" + purpose.nom))
            who.push_back(role.nom + "<br>" + purpose.nom);
  std::string head = "| Acte | Titre | Événements |", rule = "| --- | --- | --- |", rows;
  for (const std::string &one : who) {
    head += " " + one + " |";
    rule += " --- |";
  }
  for (const Habilitation &act : rights().habilitations) {
    rows += "| `" + act.acte + "` | " + act.titre + " | " + joined(act.types) +
            (act.etapes.empty() ? "" : " : " + joined(act.etapes)) + " |";
    for (const std::string &one : who) {
      const bool may = std::any_of(act.permis.begin(), act.permis.end(), [&](const Permission &permission) {
        return permission.role + "<br>" + permission.finalite == one;
      });
      rows += may ? " oui |" : " |";
    }
    rows += "\n";
  }
  return head + "\n" + rule + "\n" + rows;
}

} // namespace

TEST_CASE("docs/droits.md shows the matrix of the pack", "[droits]") {
  check_section("droits.md", "matrice", matrix());
  check_section("droits.md", "roles", roles());
  check_section("droits.md", "familles", families());
  check_section("droits.md", "sensibles", sensitive());
  check_section("droits.md", "numeros", numbers());
  check_section("droits.md", "habilitations", acts());
}
