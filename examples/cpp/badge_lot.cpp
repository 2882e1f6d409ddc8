// One badge for several people, each with her narrative and her entry in a register; one is revoked, and who holds the
// list of statuses sees it.
//   badge_lot MODEL.json LINES.csv
// Arguments: examples/donnees/attestation.json examples/donnees/lot-invente.csv
#include <spie/credentials/badge.hpp>
#include <spie/credentials/lot.hpp>
#include <spie/credentials/registre.hpp>

#include <filesystem>
#include <fstream>
#include <iostream>
#include <iterator>
#include <random>

using namespace spie::credentials;

namespace {

std::string read(const char *path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

} // namespace

int main(int count, char **arguments) {
  if (count != 3) {
    std::cerr << "usage: " << arguments[0] << " MODEL.json LINES.csv\n";
    return 2;
  }
  const auto folder = std::filesystem::temp_directory_path() / ("spie-lot-" + std::to_string(std::random_device{}()));
  std::filesystem::create_directory(folder);
  const std::string file = (folder / "registre.json").string();
  int code = 1;
  try {
    const Cle key = Cle::generer("ed25519");
    OptionsRegistre list;
    list.liste = "https://exemple.invalid/etats/1";
    creer_registre(file, Registre(list));
    OptionsLot options;
    options.emission.instant = "2026-11-28T08:00:00Z";
    options.emission.registres = {file};
    const auto made = emettre_lot(read(arguments[1]), lire_lot(read(arguments[2])), key, options);

    changer_registre(file, [&](Registre &held) { held.poser(made.front().id, 1); });
    // What is published at the address of the list; the register stays here.
    OptionsEmission how;
    how.instant = "2026-11-28T09:00:00Z";
    const Emission published = emettre(lire_registre(file).attestation("ISSUER", how.instant), key, how);
    OptionsVerification options_of_who_reads;
    options_of_who_reads.au = "2026-11-29T08:00:00Z";
    options_of_who_reads.documents = {{list.liste, published.badge}};
    const Verificateur verifier(options_of_who_reads);
    for (const BadgeEmis &one : made)
      std::cout << "ligne " << one.ligne << " : " << text(verifier.verifier(one.badge).verdict) << '\n';
    code = 0;
  } catch (const spie::Error &error) {
    for (const spie::Diagnostic &one : error.diagnostics())
      std::cerr << to_string(one) << '\n';
  }
  std::filesystem::remove_all(folder);
  return code;
}
