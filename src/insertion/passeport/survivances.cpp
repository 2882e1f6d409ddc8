#include "spie/passeport/survivances.hpp"

#include "insertion/dossier/inconnu.hpp"
#include "insertion/dossier/paroles.hpp"
#include "insertion/passeport/lecture.hpp"
#include "insertion/passeport/records.hpp"

#include <algorithm>

namespace spie::passeport {

namespace {

struct Dits {
  dossier::Sujet holder;
  dossier::Enonces enonces;
};

Dits said_of(dossier::Journal &journal, const dossier::Sujet &person) {
  if (journal.about(person).empty())
    dossier::refuse_unknown(person);
  dossier::Sujet holder = dossier::holder(journal, person);
  const dossier::Recueil gathered(journal, holder, {});
  return {holder, dossier::statements(gathered)};
}

bool published(const std::vector<StatutBadge> &entries, const std::string &badge) {
  return std::ranges::any_of(entries, [&](const StatutBadge &one) { return one.badge == badge; });
}

} // namespace

Survivances survivances(dossier::Journal &journal, const dossier::Sujet &personne) {
  const Dits said = said_of(journal, personne);
  Survivances made;
  made.personne = said.holder.to_string();
  const auto shares = parcours::choses(said.enonces, "partage_passeport");
  const auto given = parcours::choses(said.enonces, "remise_passeport");
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
  for (const BadgeDelivre &one : badges_delivres(parcours::choses(said.enonces, "badge_delivre"))) {
    if (one.etat == "revoque")
      continue;
    std::ranges::copy(one.statuts, std::back_inserter(made.si_demande));
    if (!published(one.statuts, one.id))
      made.sans_statut.push_back(one.id);
    made.chez_d_autres.push_back({{}, {}, "badge", one.le, {}, one.empreinte});
  }
  std::ranges::stable_sort(made.chez_d_autres, {}, &Sortie::le);
  return made;
}

std::vector<StatutBadge> statuts_du_partage(dossier::Journal &journal, const dossier::Sujet &personne,
                                            const std::string &partage) {
  std::vector<StatutBadge> list;
  for (const Remise &one : remises(parcours::choses(said_of(journal, personne).enonces, "remise_passeport"), partage))
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
