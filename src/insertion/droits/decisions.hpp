// What the controller decided of the person's data (RGPD, articles 17, 18 and 21), and what of it holds a view back.
#pragma once

#include "insertion/dossier/paroles.hpp"
#include "spie/droits/vue.hpp"

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

namespace spie::droits {

// One step of a decision, with the purposes and the facts that it names; all of them when it names none.
struct EtapeDecision {
  std::string genre, etape;
  std::vector<std::string> finalites, objets;
  feel::Date debut = {};
};
// In the order of their record, those whose effect has begun on that day. An acceptance that names nothing has the
// scope of the request before.
std::vector<EtapeDecision> etapes_decisions(std::vector<dossier::Enonce> said, feel::Date jour);

// For one role and one purpose. A word of a scope that the table does not know holds everything back: nobody can say
// what it was to stand for.
class Decisions {
public:
  Decisions() = default;
  Decisions(const std::vector<EtapeDecision> &steps, const Droits &rights, std::string_view role,
            std::string_view finalite);

  // Whether nothing was decided that counts here.
  bool none() const noexcept {
    return std::ranges::all_of(genres_, [](const auto &scopes) { return scopes.empty(); });
  }
  // Why the whole dossier is held back; `aucun` when it is not.
  Motif whole() const;
  // Why a fact is, of which these are the names: its family, its type, "type.champ", "type.cle", "type.cle.champ".
  Motif judge(const std::vector<std::string> &names) const;
  // What the scopes in force name.
  std::vector<std::string> objets() const;

private:
  struct Portee {
    bool retient = false;
    Motif motif = Motif::decision;
    std::vector<std::string> objets; // all facts when there is none
    feel::Date debut;
  };
  // Whether one of the decisions that come after it, in record and in effect, lifts it; of the whole dossier, in part.
  template <class Covers> static bool lifted(const std::vector<Portee> &scopes, std::size_t at, Covers &&covers);

  std::vector<std::vector<Portee>> genres_; // by kind of decision, in the order of their record
};

} // namespace spie::droits
