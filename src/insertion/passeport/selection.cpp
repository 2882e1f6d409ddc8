// What may leave under a share. Health, justice and a NIR never do, whatever was chosen; a free text leaves only when
// it was typed for this share, or declassified.
#include "insertion/parcours/raisons.hpp"
#include "insertion/passeport/choix.hpp"
#include "insertion/passeport/records_profil.hpp"
#include "insertion/passeport/regles.hpp"

#include <algorithm>

namespace spie::passeport {

namespace {

// By a statement of a later day than the one asked about, too: a date does not open again what she ended.
bool ceased(dossier::Journal &journal, const dossier::Sujet &person, const std::string &key, feel::Date by) {
  const dossier::Recueil gathered(journal, dossier::holder(journal, person), {});
  const auto shares = parcours::choses(dossier::statements(gathered), "partage_passeport");
  const parcours::Chose *share = parcours::find(shares, key);
  return share != nullptr && share->etape == "cesse" && share->depuis <= by;
}

const parcours::Chose &open_share(const std::vector<parcours::Chose> &shares, const std::string &key, feel::Date at) {
  const parcours::Chose *share = parcours::find(shares, key);
  if (share == nullptr)
    parcours::refuser(parcours::Raison::partage_ferme, "/partage", {key});
  const auto last = day_of(share->champs, "fin");
  if (share->etape != "ouvert" || (last && *last < at))
    parcours::refuser(parcours::Raison::partage_termine, "/partage", {key});
  return *share;
}

} // namespace

Selection choisir(droits::Guichet &guichet, const droits::Droits &droits, const Pack &pack,
                  const droits::Demande &demande, const dossier::Sujet &personne, feel::Date au, const Choix &choix,
                  const Visite &visite) {
  const json::Reader rules = regles(pack);
  guichet.voir_clair(demande, personne, au, {}, "partage_passeport");
  const Paroles said(guichet, droits, demande, personne, au);
  const Lus read = elements(said);
  Selection made{choix.partage, {}, {}, au, {}, false, {}, {}};
  std::vector<std::string> chosen = choix.elements, fields = rules.at("partage").texts("champs");
  Tri::Mots typed = choix.mots;
  if (!choix.partage.empty()) {
    const auto shares = said.choses("partage_passeport");
    const parcours::Chose &share = open_share(shares, choix.partage, au);
    if (ceased(guichet.journal(), personne, choix.partage, std::max(au, droits::jour_de(demande.instant))))
      parcours::refuser(parcours::Raison::partage_termine, "/partage", {choix.partage});
    made.destinataire = share.text("destinataire");
    made.finalite = share.text("finalite");
    made.fin = day_of(share.champs, "fin");
    chosen = texts_of(share.champs, "elements");
    fields = texts_of(share.champs, "champs");
    typed = mots_de(share.champs.find("mots"));
  } else if (chosen.empty()) {
    for (const Element &one : read.tenus)
      chosen.push_back(one.id);
  }
  Tri sorted(guichet.journal(), said, rules, std::move(fields), std::move(typed), made);
  sorted.nommer_par(choix.rome);
  for (const std::string &key : chosen) {
    const auto item = std::ranges::find(read.tenus, key, &Element::id);
    if (item == read.tenus.end()) {
      made.retenus.push_back({key, "", "Cet élément a été retiré du passeport."});
      continue;
    }
    const std::size_t before = made.elements.size();
    sorted.add(*item);
    if (visite && made.elements.size() > before)
      visite(sorted, *item, Sorti(made.elements.back()));
  }
  made.partiel = made.elements.size() < read.tenus.size();
  return made;
}

Selection selectionner(droits::Guichet &guichet, const droits::Droits &droits, const Pack &pack,
                       const droits::Demande &demande, const dossier::Sujet &personne, feel::Date au,
                       const std::string &partage, const Rome *rome) {
  if (partage.empty())
    parcours::refuser(parcours::Raison::partage_ferme, "/partage", {partage});
  return choisir(guichet, droits, pack, demande, personne, au, {partage, {}, {}, rome});
}

feel::Value to_value(const Selection &selection) { return record::to_context(selection); }

} // namespace spie::passeport
