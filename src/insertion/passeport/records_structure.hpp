// The records of the badges of structures: their JSON, their classes in Python (spie.reseau) and their schemas.
#pragma once

#include "rules/record/record.hpp"
#include "spie/passeport/structure.hpp"

namespace spie::record {

template <> struct Table<passeport::BadgeEmis> {
  using Record = passeport::BadgeEmis;
  static constexpr Title title{"BadgeEmis", "reseau", "A badge that was signed for a structure."};
  static constexpr std::tuple fields{
      Field{"id", &Record::id},
      Field{"code", &Record::code, "Of the pack."},
      Field{"etat", &Record::etat,
            "\"en_vigueur\", \"echu\", \"retire\", or \"a_retirer\": what it says holds no longer."},
      Field{"badge", &Record::badge, "Its identifier.", or_null},
      Field{"empreinte", &Record::empreinte, "Its SHA-256.", or_null},
      Field{"emetteur", &Record::emetteur, "Who signed it.", or_null},
      Field{"debut", &Record::debut},
      Field{"fin", &Record::fin, "Its last day."},
      Field{"liste", &Record::liste, "The list of status that bears it.", or_null},
      Field{"entree", &Record::entree, "What its issuer sets there to revoke it.", or_null},
      Field{"motif", &Record::motif, "Why it was withdrawn.", or_null},
  };
};

template <> struct Table<passeport::BadgeDeStructure> {
  using Record = passeport::BadgeDeStructure;
  static constexpr Title title{"BadgeDeStructure", "reseau", "A badge that a structure may bear, or not."};
  static constexpr std::tuple fields{
      Field{"code", &Record::code, "Of the pack."},
      Field{"nom", &Record::nom},
      Field{"description", &Record::description},
      Field{"decision", &Record::decision, "\"delivrable\", \"refuse\" or \"inconnu\"."},
      Field{"motifs", &Record::motifs, "Why not, in French."},
      Field{"criteres", &Record::criteres, "What it says, in French."},
      Field{"source", &Record::source, "Of the rule: lines of the convention."},
      Field{"debut", &Record::debut, "Of one that would be signed now."},
      Field{"fin", &Record::fin, "Its last day."},
      Field{"a_renouveler", &Record::a_renouveler, "The one in force ends soon, or none is."},
  };
};

template <> struct Table<passeport::BadgesStructure> {
  using Record = passeport::BadgesStructure;
  static constexpr Title title{"BadgesStructure", "reseau", "The badges of a structure, on a day."};
  static constexpr std::tuple fields{
      Field{"structure", &Record::structure},
      Field{"nom", &Record::nom},
      Field{"siret", &Record::siret, "", or_null},
      Field{"au", &Record::au},
      Field{"badges", &Record::badges},
      Field{"emis", &Record::emis, "In the order of their first days."},
  };
};

} // namespace spie::record
