// What closed indicators need of those who are erased: counts that name nobody, none of them small.
#include "spie/conservation/figees.hpp"
#include "insertion/conservation/regle.hpp"
#include "insertion/dossier/paroles.hpp"

#include <algorithm>
#include <array>
#include <set>

namespace spie::conservation {

namespace {

constexpr const char *any = "*";
constexpr const char *unknown = "inconnu";

using Cle = std::array<std::string, 5>; // measure, quarter, age band, EPCI, public
using Comptes = std::map<Cle, std::int64_t>;

Comptes counts_of(const Figees &table) {
  Comptes counts;
  for (const Cellule &one : table)
    counts[{one.mesure, one.trimestre, one.tranche, one.epci, one.public_}] += one.effectif;
  return counts;
}

Figees table_of(const Comptes &counts) {
  Figees table;
  for (const auto &[key, count] : counts)
    table.push_back({key[0], key[1], key[2], key[3], key[4], count});
  return table;
}

std::string quarter_of(feel::Date day) {
  const auto civil = day.civil();
  return std::to_string(civil.year) + "-T" + std::to_string((civil.month + 2) / 3);
}

class Comptage {
public:
  Comptage(dossier::Journal &journal, feel::Date at, const Pack &pack, const ReglesConservation &rules,
           const droits::Droits &rights)
      : journal_(journal), au_(at), sources_(dossier::read_regles(pack)), rules_(rules), rights_(rights) {}

  void add(const dossier::Sujet &person) {
    const dossier::Recueil gathered(journal_, person, {});
    const dossier::Enonces said = dossier::statements(gathered);
    for (const Mesure &measure : rules_.mesures) {
      const auto found = said.find(measure.type);
      std::set<std::string> quarters; // two sources that tell the same entry make one
      if (found != said.end())
        for (const dossier::Enonce &one : found->second)
          if (one.effet.debut <= au_ && quarters.insert(quarter_of(one.effet.debut)).second)
            count(measure.nom, one.effet.debut, person);
    }
  }
  const Comptes &counts() const noexcept { return counts_; }

private:
  void count(const std::string &measure, feel::Date day, const dossier::Sujet &person) {
    const dossier::Situation then = dossier::situation(journal_, person, day, {}, sources_);
    const dossier::Fait *birth = then.find("identite.date_naissance");
    const dossier::Fait *place = then.find("adresse.code_commune");
    const auto epci = place != nullptr && place->dire.valeur.is(feel::Kind::text)
                          ? rules_.epci.find(place->dire.valeur.text())
                          : rules_.epci.end();
    const std::string band = birth != nullptr && birth->dire.valeur.is(feel::Kind::date)
                                 ? rights_.tranche(birth->dire.valeur.date(), day)
                                 : unknown;
    const auto put = [&](const std::string &public_name) {
      ++counts_[{measure, quarter_of(day), band, epci == rules_.epci.end() ? unknown : epci->second, public_name}];
    };
    put("tous");
    for (const Public &one : rules_.publics)
      if (const dossier::Fait *fact = then.find(one.fait);
          fact != nullptr && fact->dire.valeur.is(feel::Kind::text) && fact->dire.valeur.text() == "oui")
        put(one.nom);
  }

  dossier::Journal &journal_;
  feel::Date au_;
  dossier::Regles sources_;
  const ReglesConservation &rules_;
  const droits::Droits &rights_;
  Comptes counts_;
};

} // namespace

Figees figer(dossier::Journal &journal, const std::vector<dossier::Sujet> &personnes, feel::Date au, const Pack &pack,
             const ReglesConservation &regles, const droits::Droits &droits) {
  Comptage counting(journal, au, pack, regles, droits);
  for (const dossier::Sujet &person : personnes)
    counting.add(person);
  Comptes kept, left = counting.counts();
  // Each round takes away what a small case may be known by: its age band and EPCI, then its quarter.
  const std::array<std::vector<std::size_t>, 3> rounds{{{2, 3}, {1}, {}}};
  for (const auto &forgotten : rounds) {
    Comptes small;
    for (const auto &[key, count] : left) {
      if (regle(pack, "case_gardee", {{"effectif", count}}, au).is_true()) {
        kept[key] += count;
        continue;
      }
      Cle coarser = key;
      for (const std::size_t part : forgotten)
        coarser[part] = any;
      small[coarser] += count;
    }
    left = std::move(small);
  }
  // A measure's own total tells no more of anybody; the small counts of one public are given up.
  for (const auto &[key, count] : left)
    if (key[4] == "tous")
      kept[key] += count;
  return table_of(kept);
}

Figees ajouter(const Figees &a, const Figees &b) {
  Comptes counts = counts_of(a);
  for (const auto &[key, count] : counts_of(b))
    counts[key] += count;
  return table_of(counts);
}

} // namespace spie::conservation
