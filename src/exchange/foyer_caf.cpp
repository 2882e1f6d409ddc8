#include "exchange/foyer_caf.hpp"

#include "insertion/dossier/cles.hpp"
#include "spie/dossier/identite.hpp"

#include <algorithm>

namespace spie::exchange {

namespace {

bool stands_in_key(std::string_view text) {
  constexpr std::size_t most = 40;
  return !text.empty() && text.size() <= most && text.find('|') == std::string_view::npos;
}

// Of a number that is no one's: a NIR there is in the wrong place.
bool names_an_office(std::string_view text) { return stands_in_key(text) && !dossier::resembles_nir(text); }

// What is hashed in the place of the matricule; empty when it is no NIR.
std::string secret(std::string_view organisme, std::string_view matricule) {
  constexpr std::size_t length = 13; // without its key, which may be missing or filled with zeros
  if (const auto nir = dossier::read_nir(matricule))
    return nir->treize;
  if (organisme != "MSA")
    return {};
  const auto nir = dossier::read_nir(matricule.substr(0, std::min(length, matricule.size())));
  return nir ? nir->treize : std::string(matricule);
}

} // namespace

std::optional<std::string> household_key(dossier::Journal &journal, std::string_view source, std::string_view organisme,
                                         std::string_view number, std::string_view matricule) {
  if (!names_an_office(organisme) || !names_an_office(number) || !stands_in_key(matricule))
    return std::nullopt;
  const std::string head = std::string(organisme) + "|" + std::string(number) + "|";
  const std::string hidden = secret(organisme, matricule);
  if (hidden.empty() && dossier::find_nir(matricule))
    return std::nullopt;
  if (hidden.empty())
    return head + std::string(matricule);
  const auto prints = journal.nir_fingerprints(hidden);
  for (const std::string &print : prints)
    if (prints.size() > 1 && !journal.lookup("source", std::string(source) + "|" + head + print).empty())
      return head + print;
  return head + prints.front();
}

std::string person_key(std::string_view household, std::string_view first_name) {
  std::string first = dossier::normalized_name(first_name);
  first.resize(std::min(first.find(' '), first.size()));
  return std::string(household) + "|" + first;
}

} // namespace spie::exchange
