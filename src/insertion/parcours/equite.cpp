#include "spie/parcours/equite.hpp"

#include "insertion/parcours/tournee.hpp"
#include "spie/dossier/contenu.hpp"

#include <algorithm>
#include <vector>

namespace spie::parcours {

namespace {

bool held_back(const dossier::Situation &situation) {
  return std::ranges::any_of(situation.faits, [](const dossier::Fait &fact) {
    return fact.type == "decision_donnees" && fact.champ == "etape" && fact.dire.valeur.is(feel::Kind::text) &&
           fact.dire.valeur.text() == "acceptee" && !fact.cle.starts_with("rectification");
  });
}

const dossier::Types &of_persons() {
  static const dossier::Types types = [] {
    dossier::Types names;
    for (const dossier::TypeContenu &one : dossier::types_contenu())
      names.emplace(one.nom);
    return names;
  }();
  return types;
}

} // namespace

std::optional<std::int64_t> delai_du_diagnostic(const dossier::Situation &situation) {
  std::optional<feel::Date> first, posed;
  for (const dossier::Fait &fact : situation.faits) {
    const feel::Date seen = fact.dire.effet.debut;
    if (fact.type != "diagnostic") {
      first = first ? std::min(*first, seen) : seen;
      continue;
    }
    if (fact.champ != "etapes" || !fact.dire.valeur.is(feel::Kind::list))
      continue;
    for (const feel::Value &step : fact.dire.valeur.list())
      if (const feel::Value *on = step.is(feel::Kind::context) ? step.context().find("date") : nullptr;
          on != nullptr && on->is(feel::Kind::date))
        posed = posed ? std::min(*posed, on->date()) : on->date();
  }
  if (!first || !posed)
    return std::nullopt;
  return std::max<std::int64_t>(0, posed->days - first->days);
}

DelaiMedian delai_median(dossier::Journal &journal, const Pack &pack, const dossier::Regles &regles, feel::Date au,
                         const dossier::Connaissance &connu) {
  std::vector<std::int64_t> delays;
  each_situation(journal, au, connu, regles, of_persons(), [&](const dossier::Situation &one) {
    if (const auto delay = held_back(one) ? std::nullopt : delai_du_diagnostic(one))
      delays.push_back(*delay);
  });
  const auto count = static_cast<std::int64_t>(delays.size());
  const std::string kept = pack.role("case_gardee");
  if (delays.empty() ||
      (!kept.empty() &&
       !pack.evaluate(kept, feel::Context{{"effectif", count}}, au, {false, false, {}}).value.is_true()))
    return {};
  const auto middle = delays.begin() + static_cast<std::ptrdiff_t>((delays.size() - 1) / 2);
  std::ranges::nth_element(delays, middle);
  return {*middle, count};
}

feel::Value to_value(const DelaiMedian &delai) {
  const auto told = [](const std::optional<std::int64_t> &number) {
    return number ? feel::Value(*number) : feel::Value();
  };
  return feel::Context{{"mediane", told(delai.mediane)}, {"effectif", told(delai.effectif)}};
}

} // namespace spie::parcours
