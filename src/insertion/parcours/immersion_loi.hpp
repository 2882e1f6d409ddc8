// What the pack says of the law of a PMSMP: its figures by role, its lists and sentences from donnees/immersion.json.
#pragma once

#include "spie/pack/pack.hpp"

#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace spie::parcours {

struct MotifDeLoi {
  std::string article;
  std::string texte; // holds {names} that are replaced
};
struct Prescripteur {
  std::string code, libelle;
  bool delegue = false;        // may let another one prescribe
  bool sur_delegation = false; // prescribes by such a permission alone
};
struct Usage {
  std::string code, libelle;
  std::vector<std::string> aussi; // other ways to write the code
};
struct Mention {
  std::vector<std::string> champs; // all of which the draft must have
  std::string texte;
};

class LoiImmersion {
public:
  // Throws Error P011 for a pack that says nothing of it, or not in this form.
  explicit LoiImmersion(const Pack &pack);

  std::map<std::string, std::string, std::less<>> objets; // code, label
  std::vector<Prescripteur> prescripteurs;
  std::vector<Usage> usages;
  std::map<std::string, MotifDeLoi, std::less<>> motifs; // by rule
  std::vector<Mention> mentions;
  // Since when the texts in hand are in force, and what is said of an earlier convention.
  feel::Date prescripteurs_depuis, mentions_depuis;
  std::string texte_anterieur;

  const Prescripteur *prescripteur(std::string_view code) const;
  const Usage *usage(std::string_view code) const;
};

// The figures in force on a day.
struct BornesImmersion {
  std::int64_t duree_mois = 0, renouvellements = 0, fenetre_mois = 0, conventions = 0, jours = 0;
};
BornesImmersion bornes_immersion(const Pack &pack, feel::Date at);

} // namespace spie::parcours
