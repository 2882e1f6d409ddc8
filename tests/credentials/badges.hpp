// Badges of ours for the tests, and what a verification says of one.
#pragma once

#include "tests/credentials/files.hpp"

#include "spie/credentials/badge.hpp"
#include "spie/credentials/issue.hpp"
#include "spie/json.hpp"

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace spie::testing {

using namespace credentials;

inline constexpr const char *now = "2026-11-29T08:00:00Z";

inline OptionsVerification at(std::string instant = now) {
  OptionsVerification options;
  options.au = std::move(instant);
  return options;
}

inline Rapport check(std::string_view badge, OptionsVerification options = at()) {
  Rapport report = Verificateur(std::move(options)).verifier(badge);
  // Every check, in order, with its words.
  std::size_t next = 0;
  for (const Nom nom : tous_les_noms) {
    REQUIRE(next < report.controles.size());
    CHECK(report.controles[next].nom == nom);
    while (next < report.controles.size() && report.controles[next].nom == nom) {
      const Controle &one = report.controles[next++];
      CHECK_FALSE(one.motif.fr.empty());
      CHECK_FALSE(one.motif.en.empty());
      if (one.etat == Etat::ok)
        CHECK_FALSE(one.code);
      else if (one.code)
        CHECK_FALSE(one.remede.fr.empty());
    }
  }
  CHECK(next == report.controles.size());
  return report;
}

inline std::string told(const Rapport &report) {
  std::string all(text(report.verdict));
  for (const Controle &one : report.controles)
    if (one.etat != Etat::ok)
      all += "\n" + std::string(text(one.nom)) + " " + std::string(text(one.etat)) + " " +
             (one.code ? std::string(text(*one.code)) : "-") + " " + one.place + ": " + one.motif.en;
  return all;
}

inline std::string with(std::string text, std::string_view part, std::string_view other) {
  const std::size_t found = text.find(part);
  INFO(part);
  REQUIRE(found != std::string::npos);
  return text.replace(found, part.size(), other);
}

// A credential of ours, whose issuer is the key, without status.
inline std::string unsigned_badge() {
  std::string text = own_file("attestation.json");
  const std::size_t proof = text.find("  \"proof\": [");
  text = text.substr(0, text.rfind(',', proof)) + "\n}\n";
  const std::size_t status = text.find("  \"credentialStatus\": {"), end = text.find('}', status);
  text = text.substr(0, text.rfind(',', status)) + text.substr(end + 1);
  return with(text, "https://atelier.example/spie", "ISSUER");
}

inline std::string id_in(const std::string &badge) { return read_json(badge).context().find("id")->text(); }

inline OptionsEmission dated(std::vector<Preuve> proofs = {}) {
  return {std::move(proofs), "2026-11-28T08:00:00Z", {}};
}

} // namespace spie::testing
