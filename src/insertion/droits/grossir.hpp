// The coarse forms of facts: enough to count, too little to tell one person's illness from another's debts.
#pragma once

#include "spie/dossier/situation.hpp"
#include "spie/droits/droits.hpp"

#include <map>
#include <optional>
#include <string>

namespace spie::droits {

// Gathers the facts to be shown coarsely, then gives what stands for them: without source, author nor event, on the day
// of the situation. A fact that has no coarse form is left out.
class Grossisseur {
public:
  Grossisseur(const Droits &droits, feel::Date au) : droits_(droits), au_(au) {}
  void add(const dossier::Fait &fait);
  std::vector<dossier::Fait> facts() const;

private:
  std::optional<feel::Value> coarse(const dossier::Fait &fait) const;
  std::string group(const dossier::Fait &fait) const;
  dossier::Fait made(const dossier::Fait &like, std::string cle, std::string champ, feel::Value value) const;

  const Droits &droits_;
  feel::Date au_;
  std::vector<dossier::Fait> alone_;
  struct Groupe {
    dossier::Fait like;
    bool asked = false, yes = false, all_no = true;
  };
  std::map<std::string, Groupe> groupes_; // by path
};

} // namespace spie::droits
