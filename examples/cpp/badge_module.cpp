// A badge signed by a key that stands elsewhere: here, one that openssl alone reads.
//   badge_module CREDENTIAL.json PUBLIC.pem SECRET.pem
// Arguments: examples/donnees/attestation.json, and the two parts of a key that RFC 8032 publishes,
// examples/donnees/module/cle-publique.pem and cle-publiee-rfc8032.pem
#include <spie/credentials/badge.hpp>
#include <spie/credentials/issue.hpp>

#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <iterator>
#include <stdexcept>

using namespace spie::credentials;

namespace {

std::string read(const std::string &path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

// A security module answers here; this one is a command.
std::string signed_by_openssl(std::string_view message, const std::string &secret) {
  const auto given = std::filesystem::temp_directory_path() / "spie-message-cpp";
  std::ofstream(given, std::ios::binary) << message;
  const std::string command = "openssl pkeyutl -sign -rawin -inkey '" + secret + "' -in " + given.string();
  std::FILE *answer = popen(command.c_str(), "r");
  std::string signature(512, '\0');
  signature.resize(answer == nullptr ? 0 : std::fread(signature.data(), 1, signature.size(), answer));
  if (answer == nullptr || pclose(answer) != 0)
    throw std::runtime_error("the module does not answer"); // which ends emettre
  return signature;
}

} // namespace

int main(int count, char **arguments) {
  if (count != 4) {
    std::cerr << "usage: " << arguments[0] << " CREDENTIAL.json PUBLIC.pem SECRET.pem\n";
    return 2;
  }
  try {
    const Cle key = Cle::ailleurs({read(arguments[2]), [secret = std::string(arguments[3])](std::string_view message) {
                                     return signed_by_openssl(message, secret);
                                   }});
    OptionsEmission how;
    how.instant = "2026-11-28T08:00:00Z";
    const Emission made = emettre(read(arguments[1]), key, how);
    OptionsVerification options;
    options.au = "2026-11-29T08:00:00Z";
    const Rapport report = Verificateur(options).verifier(made.badge);
    std::cout << text(report.verdict) << ", signé par " << key.publiques().did << '\n';
    return report.verdict == Verdict::valide ? 0 : 1;
  } catch (const std::exception &error) {
    std::cerr << error.what() << '\n';
    return 1;
  }
}
