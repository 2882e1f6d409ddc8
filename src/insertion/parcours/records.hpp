// The records of the path as tables: their JSON, their classes in Python (spie.parcours) and their schemas
// (docs/schemas/resultats/parcours.*.json).
#pragma once

#include "rules/record/record.hpp"
#include "spie/parcours/carnet.hpp"
#include "spie/parcours/immersion.hpp"
#include "spie/parcours/relais.hpp"

namespace spie::record {

template <> struct Table<parcours::MotifImmersion> {
  using Record = parcours::MotifImmersion;
  static constexpr Title title{"MotifImmersion", "parcours", "A rule of the law that the convention breaks."};
  static constexpr std::tuple fields{
      Field{"regle", &Record::regle,
            "\"duree\", \"renouvellement\", \"nombre\", \"objets\", \"total_jours\", \"objet\", \"prescripteur\" or "
            "\"usage\"."},
      Field{"article", &Record::article, "Its id in the pack."},
      Field{"texte", &Record::texte, "In French."},
  };
};

template <> struct Table<parcours::ExamenImmersion> {
  using Record = parcours::ExamenImmersion;
  static constexpr Title title{"ExamenImmersion", "parcours",
                               "What the law says of a planned immersion, beside those that were signed before."};
  static constexpr std::tuple fields{
      Field{"verdict",
            Computed{[](const Record &examen) { return std::string(text(examen.verdict)); },
                     [](Record &examen, const std::string &verdict) {
                       examen.verdict = parcours::read_verdict_immersion(verdict);
                     }},
            "\"conforme\", \"non_conforme\" or \"indetermine\"."},
      Field{"motifs", &Record::motifs, "They stand whatever is unknown; every rule is judged."},
      Field{"manquants", &Record::manquants, "What could change the verdict: \"precedentes[2].structure\"."},
      Field{"a_completer", &Record::a_completer, "What article D5135-2 asks and the draft lacks; never the verdict."},
  };
};

template <> struct Table<parcours::ConditionRelais> {
  using Record = parcours::ConditionRelais;
  static constexpr Title title{"ConditionRelais", "parcours", "A condition that a relay must fulfil to be effective."};
  static constexpr std::tuple fields{
      Field{"code", &Record::code, "In donnees/relais.json of the pack."},
      Field{"libelle", &Record::libelle, "In French."},
      Field{"etat",
            Computed{[](const Record &condition) { return std::string(text(condition.etat)); },
                     [](Record &condition, const std::string &etat) {
                       condition.etat = parcours::read_etat_condition(etat);
                     }},
            "\"rempli\", \"non_rempli\", \"inconnu\" (which holds the relay up), \"dispense\", or \"reserve\": it "
            "rests on "
            "facts that the actor does not see."},
      Field{"qui", &Record::qui, "Who can give it, in French."},
      Field{"source", &Record::source, "Where the condition comes from."},
  };
};

template <> struct Table<parcours::EtatRelais> {
  using Record = parcours::EtatRelais;
  static constexpr Title title{"EtatRelais", "parcours", "Where a relay stands."};
  static constexpr std::tuple fields{
      Field{"relais", &Record::relais, "Its id; null for who does not see the whole of it.", or_null},
      Field{"etape", &Record::etape, "Its last step."},
      Field{"objet", &Record::objet, "What changes hands."},
      Field{"role", &Record::role, "\"referent_unique\" or \"coordinateur\".", or_null},
      Field{"de", &Record::de, "Who hands over.", or_null},
      Field{"vers", &Record::vers, "Who is asked to take over.", or_null},
      Field{"motif", &Record::motif, "Its reason, a code of the pack.", or_null},
      Field{"depuis", &Record::depuis, "The day of that step."},
      Field{"conditions", &Record::conditions, "Of a relay that is under way."},
      Field{"possible", &Record::possible, "Each condition is fulfilled or waived, and none is reserved."},
  };
};

template <> struct Table<parcours::LigneCarnet> {
  using Record = parcours::LigneCarnet;
  static constexpr Title title{"LigneCarnet", "parcours", "One thing of a logbook."};
  static constexpr std::tuple fields{
      Field{"genre", &Record::genre, "The type of the event: \"rendez_vous\", \"action\"."},
      Field{"libelle", &Record::libelle, "Its own words.", or_null},
      Field{"code", &Record::code, "What it is about: a code of the pack or of a source.", or_null},
      Field{"etape", &Record::etape, "Its last step.", or_null},
      Field{"date", &Record::date, "When it was, or will be; null when nobody said."},
      Field{"lieu", &Record::lieu, "Where.", or_null},
      Field{"qui", &Record::qui, "With whom: a professional, a structure, an instance.", or_null},
      Field{"numero", &Record::numero, "Its key, to answer it.", or_null},
  };
};

template <> struct Table<parcours::ActePossible> {
  using Record = parcours::ActePossible;
  static constexpr Title title{"ActePossible", "parcours", "An act that who reads the logbook may do now."};
  static constexpr std::tuple fields{
      Field{"acte", &Record::acte, "Its name: Guichet.agir takes it."},
      Field{"titre", &Record::titre, "In French."},
      Field{"sur", &Record::sur, "The keys of what it may be done to; empty for something new."},
  };
};

template <> struct Table<parcours::Carnet> {
  using Record = parcours::Carnet;
  static constexpr Title title{"Carnet", "parcours",
                               "The logbook of a person, as who reads it may see it. Its JSON also has `retenues`."};
  static constexpr std::tuple fields{
      Field{"personne", &Record::personne, "Her dossier."},
      Field{"au", &Record::au, "The day that it is of."},
      Field{"role", &Record::role, "Of who reads; null when no tie holds.", or_null},
      Field{"situation", &Record::situation, "Where she is: entry, accompaniment, steps, pauses, relays under way."},
      Field{"a_venir", &Record::a_venir, "What comes next, the nearest first."},
      Field{"intervenants", &Record::intervenants, "Who helps her."},
      Field{"acquis", &Record::acquis, "What she has achieved, the latest first."},
      Field{"choix", &Record::choix, "What was proposed, what she chose and refused, her objectives, her consents."},
      Field{"actes", &Record::actes, "What she, or who reads, may do now."},
  };
};

} // namespace spie::record
