#include "insertion/droits/foyers.hpp"

#include "insertion/dossier/paroles.hpp"

#include <algorithm>
#include <map>

namespace spie::droits {

namespace {

struct Periode {
  std::string foyer;
  feel::Date debut;
  std::optional<feel::Date> fin; // that day excluded
};

std::vector<Periode> memberships(dossier::Journal &journal, const dossier::Sujet &person,
                                 const dossier::Connaissance &known) {
  const dossier::Recueil gathered(journal, person, known);
  auto all = dossier::statements(gathered);
  std::vector<dossier::Enonce> said = std::move(all["appartenance"]);
  std::stable_sort(said.begin(), said.end(),
                   [](const dossier::Enonce &a, const dossier::Enonce &b) { return a.effet.debut < b.effet.debut; });
  std::vector<Periode> periods;
  for (std::size_t i = 0; i < said.size(); ++i) {
    Periode period{said[i].contenu().find("foyer")->text(), said[i].effet.debut, said[i].effet.fin};
    for (std::size_t j = i + 1; j < said.size(); ++j)
      if (said[j].source() == said[i].source()) { // the source says another: the first one ends
        period.fin = period.fin ? std::min(*period.fin, said[j].effet.debut) : said[j].effet.debut;
        break;
      }
    periods.push_back(std::move(period));
  }
  return periods;
}

} // namespace

std::vector<dossier::Parole> while_member(dossier::Journal &journal, const dossier::Sujet &person,
                                          const dossier::Connaissance &connu, std::vector<dossier::Parole> paroles) {
  const auto periods = memberships(journal, person, connu);
  std::map<std::string, std::string> holders; // event → household
  for (const dossier::Parole &word : paroles)
    if (const auto event = journal.find(word.dire.evenement))
      holders[word.dire.evenement] = event->sujets.front().to_string();
  const auto concerns = [&](const dossier::Parole &word, const Periode &period) {
    const std::string &household = holders[word.dire.evenement];
    if (household != period.foyer || (period.fin && word.dire.effet.debut >= *period.fin))
      return false;
    if (word.dire.effet.debut >= period.debut)
      return true;
    // Said before she came: only what still held then.
    return !(word.dire.effet.fin && *word.dire.effet.fin <= period.debut) &&
           std::none_of(paroles.begin(), paroles.end(), [&](const dossier::Parole &other) {
             return other.cle == word.cle && other.dire.source == word.dire.source &&
                    holders[other.dire.evenement] == household && other.dire.effet.debut <= period.debut &&
                    word.dire.effet.debut < other.dire.effet.debut;
           });
  };
  std::vector<dossier::Parole> kept;
  for (const dossier::Parole &word : paroles)
    if (std::any_of(periods.begin(), periods.end(), [&](const Periode &period) { return concerns(word, period); }))
      kept.push_back(word);
  return kept;
}

} // namespace spie::droits
