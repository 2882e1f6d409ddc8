// The records of what is made of a passport: a profile beside it, what an immersion lets be issued, what may leave.
#pragma once

#include "insertion/passeport/records.hpp"
#include "spie/passeport/profil.hpp"

namespace spie::record {

template <> struct Table<passeport::Ecart> {
  using Record = passeport::Ecart;
  static constexpr Title title{"Ecart", "passeport",
                               "A skill that a profile wants, and what the passport holds of it."};
  static constexpr std::tuple fields{
      Field{"referentiel", &Record::referentiel},
      Field{"code", &Record::code},
      Field{"version", &Record::version, "", or_null},
      Field{"libelle", &Record::libelle, "Of the profile.", or_null},
      Field{"poids", &Record::poids},
      Field{"etat", &Record::etat, "\"couvert\", \"a_confirmer\", \"manque\" or \"inconnu\"."},
      Field{"preuve", &Record::preuve, "The assurance that stands.", or_null},
      Field{"element", &Record::element, "", or_null},
      Field{"suite", &Record::suite, "\"aucune\", \"immersion\", \"formation\" or \"verifier_version\"."},
      Field{"motif", &Record::motif, "In French."},
  };
};

template <> struct Table<passeport::ParcoursSpecifique> {
  using Record = passeport::ParcoursSpecifique;
  static constexpr Title title{"ParcoursSpecifique", "passeport", "Whether a specific path is to be proposed."};
  static constexpr std::tuple fields{
      Field{"conclusion", &Record::conclusion, "\"a_proposer\", \"plus_tard\", \"non\" or \"inconnu\"."},
      Field{"motif", &Record::motif, "In French."},
      Field{"immersion", &Record::immersion, "A PMSMP may come first."},
  };
};

template <> struct Table<passeport::Comparaison> {
  using Record = passeport::Comparaison;
  static constexpr Title title{"Comparaison", "passeport", "A passport against a profile."};
  static constexpr std::tuple fields{
      Field{"personne", &Record::personne},
      Field{"au", &Record::au},
      Field{"role", &Record::role, "That played; none when none could.", or_null},
      Field{"profil", &Record::profil},
      Field{"titre", &Record::titre},
      Field{"metier", &Record::metier, "", or_null},
      Field{"bassin", &Record::bassin, "", or_null},
      Field{"construit_avec", &Record::construit_avec},
      Field{"ecarts", &Record::ecarts},
      Field{"poids_couvert", &Record::poids_couvert},
      Field{"poids_a_confirmer", &Record::poids_a_confirmer},
      Field{"poids_total", &Record::poids_total},
      Field{"specifique", &Record::specifique},
  };
};

template <> struct Table<passeport::Acquis> {
  using Record = passeport::Acquis;
  static constexpr Title title{"Acquis", "passeport", "What a badge would recognise."};
  static constexpr std::tuple fields{
      Field{"element", &Record::element, "Of the passport."},
      Field{"libelle", &Record::libelle, "", or_null},
      Field{"code", &Record::code, "Of the ROME."},
      Field{"version", &Record::version, "Of the ROME."},
      Field{"niveau", &Record::niveau},
  };
};

template <> struct Table<passeport::BadgePossible> {
  using Record = passeport::BadgePossible;
  static constexpr Title title{"BadgePossible", "passeport",
                               "What the outcome of an immersion lets be issued, unsigned."};
  static constexpr std::tuple fields{
      Field{"personne", &Record::personne},
      Field{"immersion", &Record::immersion},
      Field{"au", &Record::au},
      Field{"role", &Record::role, "That played; none when none could.", or_null},
      Field{"decision", &Record::decision, "\"delivrable\", \"refuse\" or \"inconnu\"."},
      Field{"motifs", &Record::motifs, "Why not, in French."},
      Field{"issue", &Record::issue, "", or_null},
      Field{"source", &Record::source, "The host.", or_null},
      Field{"debut", &Record::debut},
      Field{"fin", &Record::fin},
      Field{"criteres", &Record::criteres, "In French.", or_null},
      Field{"acquis", &Record::acquis},
      Field{"regle", &Record::regle, "Pack, version, rule."},
  };
};

template <> struct Table<passeport::RecommandationSortie> {
  using Record = passeport::RecommandationSortie;
  static constexpr Title title{"RecommandationSortie", "passeport", "An endorsement, as it may leave."};
  static constexpr std::tuple fields{
      Field{"qualite", &Record::qualite, "As what.", or_null},
      Field{"structure", &Record::structure, "Its name.", or_null},
      Field{"le", &Record::le},
      Field{"texte", &Record::texte, "Once declassified.", or_null},
      Field{"signee", &Record::signee, "There is a signed document."},
  };
};

template <> struct Table<passeport::Sorti> {
  using Record = passeport::Sorti;
  static constexpr Title title{"Sorti", "passeport", "An item, as it may leave."};
  static constexpr std::tuple fields{
      Field{"element", &Record::element},
      Field{"genre", &Record::genre, "", or_null},
      Field{"assurance", &Record::assurance},
      Field{"texte", &Record::texte, "Typed for the share, declassified, or the pack's; none: the codes alone.",
            or_null},
      Field{"references", &Record::references},
      Field{"niveau", &Record::niveau, "", or_null},
      Field{"debut", &Record::debut},
      Field{"fin", &Record::fin},
      Field{"lieu", &Record::lieu, "", or_null},
      Field{"structure", &Record::structure, "Its name.", or_null},
      Field{"garants", &Record::garants, "Assurance, day, as what, for which structure."},
      Field{"recommandations", &Record::recommandations},
  };
};

template <> struct Table<passeport::NonSorti> {
  using Record = passeport::NonSorti;
  static constexpr Title title{"NonSorti", "passeport", "What was chosen and does not leave."};
  static constexpr std::tuple fields{
      Field{"element", &Record::element},
      Field{"champ", &Record::champ, "None: the whole item.", or_null},
      Field{"motif", &Record::motif, "In French."},
  };
};

template <> struct Table<passeport::Selection> {
  using Record = passeport::Selection;
  static constexpr Title title{"Selection", "passeport", "What may leave under a share."};
  static constexpr std::tuple fields{
      Field{"partage", &Record::partage},
      Field{"destinataire", &Record::destinataire, "", or_null},
      Field{"finalite", &Record::finalite, "", or_null},
      Field{"au", &Record::au},
      Field{"fin", &Record::fin},
      Field{"partiel", &Record::partiel, "The passport holds more."},
      Field{"elements", &Record::elements},
      Field{"retenus", &Record::retenus},
  };
};

} // namespace spie::record
