#include "spie/dossier/journal.hpp"

#include <algorithm>
#include <set>

namespace spie::dossier {

std::vector<Sujet> Journal::lookup_prefix(std::string_view kind, std::string_view prefix, std::size_t limit) {
  constexpr std::size_t page = 1'000;
  std::vector<Sujet> found;
  std::set<Sujet> met; // several keys of one subject may begin so
  std::string after;
  while (found.size() < limit) {
    const auto known = keyed(kind, prefix, after, std::min(page, limit));
    if (known.empty())
      break;
    after = known.back().valeur;
    for (const Trouve &one : known)
      if (found.size() < limit && met.insert(one.sujet).second)
        found.push_back(one.sujet);
  }
  return found;
}

} // namespace spie::dossier
