// What the law says of an immersion when it is planned or signed, as far as who does it sees the dossier.
#include "insertion/droits/masque.hpp"
#include "insertion/parcours/regles_acte.hpp"
#include "spie/parcours/immersion.hpp"

#include <algorithm>

namespace spie::parcours {

std::vector<Diagnostic> avertir_immersion(dossier::Journal &journal, const droits::Guichet &guichet, const Pack &pack,
                                          const droits::Demande &demande, const dossier::Sujet &personne,
                                          std::string_view immersion, feel::Date au) {
  if (pack.role("bornes_immersion").empty())
    return {};
  const droits::Masque mask(journal, personne, demande, guichet.droits(), guichet.regles());
  const feel::Date day = std::max(au, droits::jour_de(demande.instant));
  const dossier::Situation seen = mask.situation(day, {{}, demande.instant});
  const bool shown = std::any_of(seen.faits.begin(), seen.faits.end(), [&](const dossier::Fait &fact) {
    return fact.type == "immersion" && fact.cle == immersion;
  });
  if (!shown)
    return {};
  std::vector<Diagnostic> warnings;
  for (const MotifImmersion &one : verifier_immersion(pack, demande_du_dossier(seen, immersion), day).motifs)
    warnings.push_back({Code::path_warning,
                        Level::warning,
                        "the immersion breaks the rule '" + one.regle + "' of " + one.article,
                        {},
                        "Change the convention before it is signed.",
                        one.texte});
  return warnings;
}

} // namespace spie::parcours
