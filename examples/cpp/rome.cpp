// What a métier asks for, from a release of the ROME.
//   rome FOLDER RELEASE TEXT
// Arguments: examples/donnees/rome v998 "cuisine collective"
#include <spie/passeport/rome.hpp>

#include <iostream>

using namespace spie;

int main(int count, char **arguments) try {
  if (count != 4) {
    std::cerr << "usage: " << arguments[0] << " FOLDER RELEASE TEXT\n";
    return 2;
  }
  const auto rome = passeport::Rome::load(arguments[1], arguments[2]);
  for (const auto &refused : rome->lecture().refuses)
    std::cerr << refused.fichier << ':' << refused.ligne << ' ' << refused.motif << '\n';
  const auto found = rome->chercher(arguments[3], {{"metier"}, 1});
  for (const auto &job : found.entrees) {
    std::cout << job.code << ' ' << job.libelle << " (" << job.version << ")\n";
    const auto sheets = rome->trouver(job.code, "metier"); // held: a loop over a part of what is not held reads nothing
    for (const auto &link : sheets.front().liens)
      std::cout << "  " << link.nature << ' ' << link.code << ' ' << link.libelle << '\n';
  }
  return 0;
} catch (const std::exception &fault) {
  std::cerr << fault.what() << '\n';
  return 1;
}
