// The report of a badge as tables: its JSON, its classes in Python (spie.badges) and their schemas
// (docs/schemas/resultats/badges.*.json).
#pragma once

#include "rules/record/record.hpp"
#include "spie/credentials/issue.hpp"
#include "spie/credentials/key.hpp"
#include "spie/credentials/report.hpp"

namespace spie::record {

template <> struct Table<credentials::Texte> {
  using Record = credentials::Texte;
  static constexpr Title title{"Texte", "badges", "A sentence in two languages."};
  static constexpr std::tuple fields{
      Field{"fr", &Record::fr, "In French."},
      Field{"en", &Record::en, "In English."},
  };
};

template <> struct Table<credentials::Controle> {
  using Record = credentials::Controle;
  static constexpr Title title{"Controle", "badges", "A check of a badge, and what it found."};
  static constexpr std::tuple fields{
      Field{
          "nom",
          Computed{[](const Record &one) { return std::string(text(one.nom)); },
                   [](Record &one, const std::string &name) {
                     one.nom = credentials::nom_of(name).value_or(credentials::Nom::structure);
                   }},
          "\"structure\", \"destinataire\", \"preuve\", \"cle\", \"emetteur\", \"confiance\", \"statut\", \"dates\" or "
          "\"avenants\"."},
      Field{"etat",
            Computed{[](const Record &one) { return std::string(text(one.etat)); },
                     [](Record &one, const std::string &state) { one.etat = credentials::read_etat(state); }},
            "\"ok\", \"echec\", \"avertissement\" or \"non_verifie\"."},
      Field{"code", &Record::code, "Permanent (docs/codes.md); None for what is ok, and for what was not asked."},
      Field{"place", &Record::place, "JSON pointer into the badge; empty for the whole of it."},
      Field{"motif", &Record::motif, "What was found."},
      Field{"remede", &Record::remede, "What to do; empty texts for what is ok."},
  };
};

template <> struct Table<credentials::Rapport> {
  using Record = credentials::Rapport;
  static constexpr Title title{"Rapport", "badges",
                               "What a verification says of a badge: every check, in a fixed order, and one verdict."};
  static constexpr std::tuple fields{
      Field{"verdict",
            Computed{[](const Record &one) { return std::string(text(one.verdict)); },
                     [](Record &one, const std::string &verdict) { one.verdict = credentials::read_verdict(verdict); }},
            "\"valide\", \"invalide\" or \"non_verifiable\"."},
      Field{"emetteur",
            Computed{[](const Record &one) {
                       return one.emetteur ? std::optional(std::string(text(*one.emetteur))) : std::nullopt;
                     },
                     [](Record &one, const std::optional<std::string> &issuer) {
                       one.emetteur = issuer ? std::optional(credentials::read_emetteur(*issuer)) : std::nullopt;
                     }},
            "\"prouve\", \"auto_declare\" or \"discordant\"; None when no proof was checked."},
      Field{"controles", &Record::controles},
  };
};

template <> struct Table<credentials::Emission> {
  using Record = credentials::Emission;
  static constexpr Title title{"Emission", "badges", "A badge that was signed."};
  static constexpr std::tuple fields{
      Field{"forme",
            Computed{[](const Record &one) { return std::string(one.jws ? "jws" : "json"); },
                     [](Record &one, const std::string &form) { one.jws = form == "jws"; }},
            "\"json\", or \"jws\" for a compact one."},
      Field{"badge", &Record::badge, "Its text."},
      Field{"avertissements", &Record::avertissements, "What its readers may stumble over."},
  };
};

template <> struct Table<credentials::PartiesPubliques> {
  using Record = credentials::PartiesPubliques;
  static constexpr Title title{"PartiesPubliques", "badges", "What others may know of a key."};
  static constexpr std::tuple fields{
      Field{"did", &Record::did, "did:key, or did:jwk for RSA."},
      Field{"multibase", &Record::multibase, "Multikey; None for RSA."},
      Field{"jwk", &Record::jwk, "A JSON object."},
  };
};

} // namespace spie::record
