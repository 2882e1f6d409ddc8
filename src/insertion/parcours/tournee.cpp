#include "insertion/parcours/tournee.hpp"

#include "spie/diagnostic.hpp"

namespace spie::parcours {

namespace {

std::optional<dossier::Situation> read(dossier::Journal &journal, const dossier::Sujet &subject, feel::Date au,
                                       const dossier::Connaissance &connu, const dossier::Regles &rules,
                                       const dossier::Types &types) {
  try {
    return dossier::situation(journal, subject, au, connu, rules, &types);
  } catch (const Error &refused) {
    if (refused.first().code != Code::dossier_unknown)
      throw;
    return std::nullopt;
  }
}

} // namespace

void each_situation(dossier::Journal &journal, feel::Date au, const dossier::Connaissance &connu,
                    const dossier::Regles &regles, const dossier::Types &types,
                    const std::function<void(const dossier::Situation &)> &visite) {
  constexpr std::size_t page = 1'000;
  std::string after;
  for (;;) {
    const auto subjects = journal.subjects(dossier::Genre::personne, after, page);
    for (const dossier::Sujet &subject : subjects)
      if (const auto here = read(journal, subject, au, connu, regles, types); here && here->sujet == subject)
        visite(*here);
    if (subjects.size() < page)
      return;
    after = subjects.back().id;
  }
}

} // namespace spie::parcours
