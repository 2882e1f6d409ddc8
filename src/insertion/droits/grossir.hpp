// The coarse forms of facts: enough to count, too little to tell one person's illness from another's debts.
#pragma once

#include "spie/dossier/situation.hpp"
#include "spie/droits/droits.hpp"

#include <map>
#include <optional>
#include <string>

namespace spie::droits {

// Gathers the facts to be shown coarsely, then gives what stands for them: without source, author nor event. A fact
// that has no coarse form is left out. The facts are those of the day of the demand, whatever day is asked about: the
// day on which a group changes would tell what it hides.
class Grossisseur {
public:
  Grossisseur(const Droits &droits, feel::Date jour) : droits_(droits), jour_(jour) {}
  void add(const dossier::Fait &fait);
  // Whether something stands for the fields of that name.
  static bool has_form(const Droits &droits, std::string_view type, std::string_view champ);
  std::vector<dossier::Fait> facts() const;

private:
  std::optional<feel::Value> coarse(const dossier::Fait &fait) const;
  std::string group(const dossier::Fait &fait) const;
  dossier::Fait made(const dossier::Fait &like, std::string cle, std::string champ, feel::Value value) const;

  const Droits &droits_;
  feel::Date jour_;
  std::vector<dossier::Fait> alone_;
  struct Groupe {
    dossier::Fait like;
    bool asked = false, yes = false, all_no = true;
  };
  std::map<std::string, Groupe> groupes_; // by path
};

} // namespace spie::droits
