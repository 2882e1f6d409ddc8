// The records of the path as tables: their JSON, their classes in Python (spie.parcours) and their schemas
// (docs/schemas/resultats/parcours.*.json).
#pragma once

#include "rules/record/record.hpp"
#include "spie/parcours/immersion.hpp"

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

} // namespace spie::record
