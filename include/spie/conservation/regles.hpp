// What a pack says of retention: what counts as a contact, what is counted of who is erased
// (donnees/conservation.json, donnees/communes_epci.json). The delays and the threshold are decisions of its own.
#pragma once

#include "spie/pack/pack.hpp"

#include <map>
#include <string>
#include <vector>

namespace spie::conservation {

// What counts as a contact with the person: the effect of an event of that type, at one of these steps when it has
// steps. Neither the reading of a file nor an access does; a fact that was read in a file does where its date is its
// own.
struct Contact {
  std::string type;
  std::vector<std::string> etapes; // all when there is none
  bool importe = false;
};
struct Mesure {
  std::string nom, titre, type; // an indicator, and the type of the events that it counts
};
struct Public {
  std::string nom, titre, fait; // the fact that is "oui" for who belongs to it
};
struct ReglesConservation {
  std::vector<Contact> contacts;
  std::vector<Mesure> mesures;
  std::vector<Public> publics;
  std::map<std::string, std::string, std::less<>> epci; // by commune; from donnees/communes_epci.json
};
// Throws Error R003 with the place of what has not its form.
ReglesConservation read_conservation(const Pack &pack);

} // namespace spie::conservation
