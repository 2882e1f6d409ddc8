// What a passport is made of, read from what its reader sees in clear.
#pragma once

#include "insertion/dossier/paroles.hpp"
#include "insertion/droits/masque.hpp"
#include "insertion/parcours/choses.hpp"
#include "spie/passeport/passeport.hpp"

namespace spie::passeport {

// The statements that an actor sees in clear, up to a day.
class Paroles {
public:
  Paroles(droits::Guichet &guichet, const droits::Droits &droits, const droits::Demande &demande,
          const dossier::Sujet &personne, feel::Date au);
  const dossier::Enonces &enonces() const noexcept { return jusque_la_; }
  // In the order in which they were first recorded: numbers that are drawn have none.
  std::vector<parcours::Chose> choses(std::string_view type) const;
  // Whether "personne:…" is she, by this dossier or by one that hers absorbed.
  bool est_elle(const std::string &sujet) const;

private:
  dossier::Journal &journal_;
  dossier::Sujet personne_;
  dossier::Connaissance connu_;
  droits::Masque masque_;
  droits::ParolesClaires claires_;
  dossier::Enonces jusque_la_;
};

// All items, in the order of their first day; those that she withdrew too.
struct Lus {
  std::vector<Element> tenus, retires;
};
Lus elements(const Paroles &paroles);
std::vector<Partage> partages(const Paroles &paroles, feel::Date au);
std::vector<BadgeDelivre> badges_delivres(const std::vector<parcours::Chose> &issued);
// Those of that share; of none when it is empty.
std::vector<Remise> remises(const std::vector<parcours::Chose> &given, std::string_view partage);
std::vector<Recommandation> recommandations(const Paroles &paroles);

// What was recorded as written out or delivered, undone since or not: who undoes an event takes no badge back.
dossier::Enonces sortis(const dossier::Recueil &gathered);

std::vector<std::string> texts_of(const feel::Context &from, std::string_view field);
std::optional<feel::Date> day_of(const feel::Context &from, std::string_view field);

} // namespace spie::passeport
