// The pack's decisions, called by role. Whatever a decision needs is taken from one bag of facts: a pack that reads
// less, or more of what there is, works without a change here.
#pragma once

#include "spie/convention/etat.hpp"
#include "spie/convention/registre.hpp"
#include "spie/pack/pack.hpp"

#include <map>
#include <set>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace spie::convention {

// Facts named by the caller, checked against the pack: P014 a parameter, P015 a name it does not read (with a
// suggestion) or one that this part of the library computes. A text given for a date or a number is read as one. The
// entry `echeances_faites` is left out.
feel::Context checked_facts(const Pack &pack, const feel::Value &facts);

// The values that the pack's type of `depense.FIELD` lists; empty when it lists none.
std::vector<std::string> allowed_words(const Pack &pack, std::string_view field);

// What the pack says for "not known" where a line leaves its cell empty.
inline constexpr std::string_view no_axis = "aucun";
inline constexpr std::string_view unknown_need = "inconnu";

class Decisions {
public:
  Decisions(const Pack &pack, feel::Date as_of, const Options &options);

  bool has(std::string_view role) const { return !pack_.role(role).empty(); }
  // P011 when the pack does not give the role.
  void require(std::string_view role) const;

  // The decision's result; Error when it is in error, since nothing can stand on it.
  PackResult call(std::string_view role, const feel::Context &facts, bool trace = false);
  // Of a line of the ledger: its value, kept for the lines that have the same facts in all that the decision reads. One
  // `date_etat` for the life of the object. What is returned stands until the next call.
  struct Answer {
    feel::Value value;
    std::vector<std::string> missing;
  };
  const Answer &line(std::string_view role, const Depense &line, feel::Date date_etat);

  // Role verdict_plafond: the verdict on a line when it is known how much of it is left under the cap.
  PackResult line_after_cap(const Depense &line, const feel::Number &retained);

  // A value that must be there and of its kind; Error A001 naming the facts that are missing.
  feel::Number number(std::string_view role, const feel::Context &facts);
  bool line_boolean(std::string_view role, const Depense &line, feel::Date date_etat);

  // The parameters, among those that have readings, that a decision called by role may read.
  std::set<std::string> lectures() const;

  // Parameters that the calls with a trace have read, and those given another value; by name.
  std::vector<ParameterUse> parametres() const;

private:
  struct Role {
    std::string decision;
    std::vector<std::string> facts;   // names of inputs it reads
    std::vector<std::string> members; // of `depense`; all of them when it reads it whole
    std::unordered_map<std::string, Answer> answers;
  };
  Role &role(std::string_view name);
  feel::Context expense(const Depense &line) const;
  [[noreturn]] void missing(std::string_view role, const std::vector<std::string> &facts) const;

  const Pack &pack_;
  feel::Date as_of_;
  PackEvaluateOptions options_;
  std::map<std::string, Role, std::less<>> roles_;
  std::map<std::string, ParameterUse> parametres_;
  std::vector<std::string> members_; // of the pack's input `depense`
  bool axis_sentinel_ = false, need_sentinel_ = false;
};

} // namespace spie::convention
