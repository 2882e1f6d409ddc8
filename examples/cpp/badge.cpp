// A key, a badge signed with it and put into an image, and each check of what the image is worth.
//   badge CREDENTIAL.json
// Argument: examples/donnees/attestation.json
#include <spie/credentials/badge.hpp>
#include <spie/credentials/image.hpp>
#include <spie/credentials/issue.hpp>

#include <fstream>
#include <iostream>
#include <iterator>

using namespace spie::credentials;

int main(int count, char **arguments) {
  if (count != 2) {
    std::cerr << "usage: " << arguments[0] << " CREDENTIAL.json\n";
    return 2;
  }
  std::ifstream file(arguments[1], std::ios::binary);
  const std::string credential{std::istreambuf_iterator<char>(file), {}};
  try {
    const Cle key = Cle::generer("ed25519");
    OptionsEmission how;
    how.instant = "2026-11-28T08:00:00Z";
    const Emission made = emettre(credential, key, how);
    OptionsVerification options;
    options.au = "2026-11-29T08:00:00Z";
    const std::string image =
        incruster(R"(<svg xmlns="http://www.w3.org/2000/svg" width="8" height="8"/>)", made.badge);
    const Rapport report = Verificateur(options).verifier(image);
    std::cout << text(report.verdict) << '\n';
    for (const Controle &one : report.controles)
      std::cout << text(one.nom) << " : " << text(one.etat) << ", " << one.motif.fr << '\n';
    const Extrait found = extraire(image); // byte for byte
    std::cout << found.support << ", " << code_qr("https://ecole.example/badges/1", "urn:uuid:1", found.badge).texte
              << '\n';
    return report.verdict == Verdict::valide && found.badge == made.badge ? 0 : 1;
  } catch (const spie::Error &error) {
    std::cerr << to_string(error.first()) << '\n';
    return 1;
  }
}
