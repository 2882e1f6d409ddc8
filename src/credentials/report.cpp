#include "spie/credentials/report.hpp"

#include <algorithm>
#include <array>

namespace spie::credentials {
namespace {

constexpr std::array<std::string_view, 4> etats{"ok", "echec", "avertissement", "non_verifie"};
constexpr std::array<std::string_view, 9> noms{"structure", "destinataire", "preuve", "cle",     "emetteur",
                                               "confiance", "statut",       "dates",  "avenants"};
constexpr std::array<std::string_view, 3> verdicts{"valide", "invalide", "non_verifiable"};
constexpr std::array<std::string_view, 3> emetteurs{"prouve", "auto_declare", "discordant"};

template <class Kind, std::size_t count>
std::optional<Kind> find(const std::array<std::string_view, count> &words, std::string_view text) noexcept {
  const auto found = std::find(words.begin(), words.end(), text);
  if (found == words.end())
    return std::nullopt;
  return static_cast<Kind>(found - words.begin());
}

template <class Kind, std::size_t count>
Kind read(const std::array<std::string_view, count> &words, std::string_view text, std::string_view what) {
  if (const auto found = find<Kind>(words, text))
    return *found;
  throw Error(Diagnostic{Code::api_argument, Level::error,
                         "There is no " + std::string(what) + " '" + std::string(text) + "'.", std::string(what)});
}

int weight(Etat etat) noexcept {
  switch (etat) {
  case Etat::ok:
    return 0;
  case Etat::avertissement:
    return 1;
  case Etat::non_verifie:
    return 2;
  case Etat::echec:
    break;
  }
  return 3;
}

} // namespace

std::string_view text(Etat etat) noexcept { return etats[static_cast<std::size_t>(etat)]; }
std::string_view text(Nom nom) noexcept { return noms[static_cast<std::size_t>(nom)]; }
std::string_view text(Verdict verdict) noexcept { return verdicts[static_cast<std::size_t>(verdict)]; }
std::string_view text(Emetteur emetteur) noexcept { return emetteurs[static_cast<std::size_t>(emetteur)]; }

Etat read_etat(std::string_view text) { return read<Etat>(etats, text, "etat"); }
Verdict read_verdict(std::string_view text) { return read<Verdict>(verdicts, text, "verdict"); }
Emetteur read_emetteur(std::string_view text) { return read<Emetteur>(emetteurs, text, "emetteur"); }
std::optional<Nom> nom_of(std::string_view text) noexcept { return find<Nom>(noms, text); }

Etat Rapport::etat(Nom nom) const noexcept {
  Etat worst = Etat::ok;
  for (const Controle &one : controles)
    if (one.nom == nom && weight(one.etat) > weight(worst))
      worst = one.etat;
  return worst;
}

} // namespace spie::credentials
