// What may leave, item by item: under a share, or of the whole passport for her who owns it.
#pragma once

#include "insertion/passeport/tri.hpp"

#include <functional>

namespace spie::passeport {

struct Choix {
  std::string partage;               // empty: for herself
  std::vector<std::string> elements; // for herself; none: all
  Tri::Mots mots;                    // for herself
  const Rome *rome = nullptr;
};
// Called for each item that leaves, with what sorts them.
using Visite = std::function<void(Tri &, const Element &, const Sorti &)>;

// Noted as "partage_passeport". Q002 unless the share is open on that day; Q001 for an item that is not there.
Selection choisir(droits::Guichet &guichet, const droits::Droits &droits, const Pack &pack,
                  const droits::Demande &demande, const dossier::Sujet &personne, feel::Date au, const Choix &choix,
                  const Visite &visite = {});

} // namespace spie::passeport
