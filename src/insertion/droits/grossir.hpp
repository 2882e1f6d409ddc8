// The coarse forms of facts: enough to count, too little to tell one person's illness from another's debts.
#pragma once

#include "spie/dossier/situation.hpp"
#include "spie/droits/droits.hpp"

#include <map>
#include <optional>
#include <string>

namespace spie::droits {

// Gathers the facts to be shown coarsely, then gives what stands for them: without source, author nor event. A fact
// that has no coarse form is left out. An age and a count are those of the day of the demand, whatever day is asked
// about: the day on which they change would tell what they hide. `maintenant` is the dossier on that day.
class Grossisseur {
public:
  Grossisseur(const Droits &droits, feel::Date au, feel::Date jour, const dossier::Situation &maintenant)
      : droits_(droits), au_(au), jour_(jour), maintenant_(maintenant) {}
  void add(const dossier::Fait &fait);
  std::vector<dossier::Fait> facts() const;

private:
  std::optional<feel::Value> coarse(const dossier::Fait &fait) const;
  std::string group(const dossier::Fait &fait) const;
  dossier::Fait made(const dossier::Fait &like, std::string cle, std::string champ, feel::Value value) const;

  const Droits &droits_;
  feel::Date au_, jour_;
  const dossier::Situation &maintenant_;
  std::vector<dossier::Fait> alone_;
  struct Groupe {
    dossier::Fait like;
    bool asked = false, yes = false, all_no = true;
  };
  std::map<std::string, Groupe> groupes_; // by path
};

} // namespace spie::droits
