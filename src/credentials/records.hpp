// The report of a badge as tables: its JSON, its classes in Python (spie.badges) and their schemas
// (docs/schemas/resultats/badges.*.json).
#pragma once

#include "rules/record/record.hpp"
#include "spie/credentials/issue.hpp"
#include "spie/credentials/key.hpp"
#include "spie/credentials/lot.hpp"
#include "spie/credentials/registre.hpp"
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

template <> struct Table<credentials::EntreeStatut> {
  using Record = credentials::EntreeStatut;
  static constexpr Title title{"EntreeStatut", "badges", "What a register says of a badge."};
  static constexpr std::tuple fields{
      Field{"index", &Record::index, "Drawn at random; in a list of 1EdTech, the order alone."},
      Field{"badge", &Record::badge, "Its id."},
      Field{"etat", &Record::etat, "The value of the entry: 0 while nothing was said."},
      Field{"motif", &Record::motif, "Of a revocation, in a list of 1EdTech; else empty."},
  };
};

template <> struct Table<credentials::EtatRegistre> {
  using Record = credentials::EtatRegistre;
  static constexpr Title title{"EtatRegistre", "badges", "What a register of statuses holds."};
  static constexpr std::tuple fields{
      Field{"liste", &Record::liste, "The address where the list is published."},
      Field{"forme", &Record::forme, "\"bitstring\" or \"1edtech\"."},
      Field{"but", &Record::but, "\"revocation\", \"suspension\", \"refresh\" or \"message\"."},
      Field{"taille", &Record::taille, "Entries that the list has."},
      Field{"bits", &Record::bits, "Of an entry."},
      Field{"messages", &Record::messages, "What each value means, in order; none where it goes without saying."},
      Field{"entrees", &Record::entrees, "Those that were given, by index."},
  };
};

template <> struct Table<credentials::BadgeEmis> {
  using Record = credentials::BadgeEmis;
  static constexpr Title title{"BadgeEmis", "badges", "A badge of a batch."};
  static constexpr std::tuple fields{
      Field{"ligne", &Record::ligne, "Where the person stands in the file of the batch; else the rank, from 1."},
      Field{"id", &Record::id, "Of the credential."},
      Field{"forme",
            Computed{[](const Record &one) { return std::string(one.jws ? "jws" : "json"); },
                     [](Record &one, const std::string &form) { one.jws = form == "jws"; }},
            "\"json\", or \"jws\" for a compact one."},
      Field{"badge", &Record::badge, "Its text."},
      Field{"avertissements", &Record::avertissements, "What its readers may stumble over."},
  };
};

} // namespace spie::record
