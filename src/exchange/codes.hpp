// Codes against the list of their source: one that no list has is kept, and reported once for each field.
#pragma once

#include "exchange/session.hpp"
#include "spie/exchange/nomenclatures.hpp"

#include <set>
#include <string>
#include <string_view>
#include <utility>

namespace spie::exchange {

class Codes {
public:
  // No list: nothing is checked.
  Codes(Session &session, const Nomenclature *list) noexcept : session_(session), list_(list) {}

  void check(std::string_view field, std::string_view code, const std::string &place) {
    if (list_ != nullptr && !code.empty() && list_->has(field) && list_->find(field, code) == nullptr)
      once(field, code, place, "le code n'est dans aucune liste connue : il est gardé tel quel",
           "vérifier la nomenclature, ou la compléter");
  }
  // Only one publisher knows the code: it may never come from the source itself.
  bool contested(std::string_view field, std::string_view code, const std::string &place) {
    if (list_ == nullptr || list_->text(field, code, "ajout").empty())
      return false;
    once(field, code, place, "seul un éditeur connaît ce code : il est gardé, et marqué",
         "demander à l'organisme ce qu'il veut dire");
    return true;
  }

private:
  void once(std::string_view field, std::string_view code, const std::string &place, const char *motif,
            const char *remede) {
    constexpr std::size_t most = 10'000; // a file of random codes is no reason to fill the memory
    if (told_.size() < most && told_.emplace(field, code).second)
      session_.warn(Code::import_code, place, std::string(field), std::string(code), motif, remede);
  }

  Session &session_;
  const Nomenclature *list_;
  std::set<std::pair<std::string, std::string>> told_;
};

} // namespace spie::exchange
