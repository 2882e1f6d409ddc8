#include "spie/dossier/recherche.hpp"

#include "insertion/dossier/noms.hpp"
#include "spie/dossier/identite.hpp"
#include "spie/dossier/situation.hpp"

#include <algorithm>

namespace spie::dossier {

namespace {

std::vector<Sujet> of_key(Journal &journal, std::string_view key, std::string_view value, std::size_t limit) {
  if (key == "nir") {
    const auto nir = read_nir(value);
    if (!nir) // its value is not repeated: a number mistyped is a number nearly given
      throw Error({Code::dossier_unknown,
                   Level::error,
                   "this is no NIR of 13 or 15 characters",
                   {},
                   "Check its digits, and its key when it has one."});
    std::vector<Sujet> found;
    for (const std::string &print : journal.nir_fingerprints(nir->treize))
      for (Sujet &subject : journal.lookup("nir", print))
        found.push_back(std::move(subject));
    return found;
  }
  std::string wanted(value);
  if (key == "nom") { // in one piece, as its keys are
    const auto forms = name_forms(value);
    wanted = forms.empty() ? std::string() : forms.front();
  }
  if (wanted.empty())
    throw Error({Code::dossier_unknown, Level::error, "there is nothing to look for", {}, "Give a name or a value."});
  if (key == "source") { // of a person, the key ends with the birth date that the source gives
    auto found = journal.lookup(key, wanted, limit);
    for (Sujet &subject : journal.lookup_prefix(key, wanted + "|", limit))
      found.push_back(std::move(subject));
    return found;
  }
  return key == "nom" ? journal.lookup_prefix(key, wanted, limit) : journal.lookup(key, wanted);
}

} // namespace

std::vector<Sujet> chercher(Journal &journal, std::string_view cle, std::string_view valeur, std::size_t limit) {
  std::vector<Sujet> holders;
  for (const Sujet &subject : of_key(journal, cle, valeur, limit)) {
    Sujet held = subject.genre == Genre::personne ? holder(journal, subject) : subject;
    if (holders.size() < limit && std::find(holders.begin(), holders.end(), held) == holders.end())
      holders.push_back(std::move(held));
  }
  return holders;
}

} // namespace spie::dossier
