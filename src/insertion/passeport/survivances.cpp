#include "spie/passeport/survivances.hpp"

#include "insertion/dossier/inconnu.hpp"
#include "insertion/dossier/paroles.hpp"
#include "insertion/passeport/lecture.hpp"
#include "insertion/passeport/records.hpp"

#include <algorithm>

namespace spie::passeport {

namespace {

dossier::Recueil gather(dossier::Journal &journal, const dossier::Sujet &person) {
  if (journal.about(person).empty())
    dossier::refuse_unknown(person);
  return {journal, dossier::holder(journal, person), {}};
}

// Entries that only what was undone gave: a copy may be with somebody all the same, and where none left, setting them
// harms nobody.
void add_undone(Survivances &made, const dossier::Recueil &gathered, const dossier::Enonces &standing) {
  const dossier::Enonces all = sortis(gathered);
  const auto undone = [&](std::string_view type) {
    const auto stands = parcours::choses(standing, type);
    auto list = parcours::choses(all, type);
    std::erase_if(list, [&](const parcours::Chose &one) { return parcours::find(stands, one.cle) != nullptr; });
    return list;
  };
  const auto given = undone("remise_passeport");
  for (const parcours::Chose &each : given)
    for (const Remise &one : remises(given, each.text("partage")))
      if (one.id == each.cle)
        std::ranges::copy(one.statuts,
                          std::back_inserter(each.text("partage").empty() ? made.si_demande : made.a_poser));
  for (const BadgeDelivre &one : badges_delivres(undone("badge_delivre")))
    if (one.etat != "revoque")
      std::ranges::copy(one.statuts, std::back_inserter(made.si_demande));
}

bool published(const std::vector<StatutBadge> &entries, const std::string &badge) {
  return std::ranges::any_of(entries, [&](const StatutBadge &one) { return one.badge == badge; });
}

} // namespace

Survivances survivances(dossier::Journal &journal, const dossier::Sujet &personne) {
  const dossier::Recueil gathered = gather(journal, personne);
  const dossier::Enonces said = dossier::statements(gathered);
  Survivances made;
  made.personne = gathered.holder().to_string();
  const auto shares = parcours::choses(said, "partage_passeport");
  const auto given = parcours::choses(said, "remise_passeport");
  std::vector<std::string> keys{""};
  for (const parcours::Chose &share : shares)
    keys.push_back(share.cle);
  for (const std::string &key : keys) {
    const parcours::Chose *share = parcours::find(shares, key);
    for (const Remise &one : remises(given, key)) {
      auto &entries = share == nullptr ? made.si_demande : made.a_poser;
      std::ranges::copy(one.statuts, std::back_inserter(entries));
      for (const BadgeSigne &badge : one.badges)
        if (!published(one.statuts, badge.id))
          made.sans_statut.push_back(badge.id);
      const bool ends = share != nullptr && !one.badges.empty();
      made.chez_d_autres.push_back({share == nullptr ? std::string() : share->text("destinataire"),
                                    share == nullptr ? std::string() : share->text("finalite"), one.forme, one.le,
                                    ends ? day_of(share->champs, "fin") : std::nullopt, one.empreinte});
    }
  }
  for (const BadgeDelivre &one : badges_delivres(parcours::choses(said, "badge_delivre"))) {
    if (one.etat == "revoque")
      continue;
    std::ranges::copy(one.statuts, std::back_inserter(made.si_demande));
    if (!published(one.statuts, one.id))
      made.sans_statut.push_back(one.id);
    made.chez_d_autres.push_back({{}, {}, "badge", one.le, {}, one.empreinte});
  }
  add_undone(made, gathered, said);
  std::ranges::stable_sort(made.chez_d_autres, {}, &Sortie::le);
  return made;
}

std::vector<StatutBadge> statuts_du_partage(dossier::Journal &journal, const dossier::Sujet &personne,
                                            const std::string &partage) {
  const dossier::Recueil gathered = gather(journal, personne);
  std::vector<StatutBadge> list;
  for (const Remise &one : remises(parcours::choses(sortis(gathered), "remise_passeport"), partage))
    std::ranges::copy(one.statuts, std::back_inserter(list));
  return list;
}

Effaces effacer(dossier::Journal &journal, const std::vector<dossier::Sujet> &personnes, const Pack &pack,
                const conservation::ReglesConservation &regles, const droits::Droits &droits,
                const dossier::Acte &acte) {
  Effaces made;
  for (const dossier::Sujet &person : personnes)
    if (Survivances one = survivances(journal, person); !one.empty())
      made.passeports.push_back(std::move(one));
  made.effaces = conservation::effacer(journal, personnes, pack, regles, droits, acte);
  return made;
}

Effaces effacer_echus(dossier::Journal &journal, const Pack &pack, const conservation::ReglesConservation &regles,
                      const droits::Droits &droits, const dossier::Acte &acte) {
  return passeport::effacer(journal, conservation::personnes_a_effacer(journal, acte.effet, pack, regles), pack, regles,
                            droits, acte);
}

feel::Value to_value(const Survivances &survivances) { return record::to_context(survivances); }

feel::Value to_value(const std::vector<StatutBadge> &statuts) { return record::to_list(statuts); }

feel::Value to_value(const Effaces &effaces) {
  const feel::Value value = conservation::to_value(effaces.effaces);
  feel::Context whole = value.context();
  whole.set("passeports", record::to_list(effaces.passeports));
  return whole;
}

} // namespace spie::passeport
