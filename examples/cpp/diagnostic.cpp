// What the reading grid of a pack makes of the answers of a dossier, and what remains to ask.
//   diagnostic PACK_FOLDER
// Argument: packs/seine-et-marne-2022-2023
#include <spie/dossier/values.hpp>
#include <spie/json.hpp>
#include <spie/parcours/diagnostic.hpp>
#include <spie/store/memory.hpp>

#include <iostream>

using namespace spie;

int main(int count, char **arguments) try {
  if (count != 2) {
    std::cerr << "usage: " << arguments[0] << " PACK_FOLDER\n";
    return 2;
  }
  const auto pack = Pack::load(arguments[1]);
  const parcours::LecteurDiagnostic reader(pack);
  const auto journal = store::open_memory();
  auto events = dossier::read_evenements(read_json(R"([
    {"type": "reponse_diagnostic", "sujets": ["personne:aline"], "effet": {"debut": "2022-03-01"}, "auteur": "caf",
     "source": {"nom": "caf.dsp"}, "contenu": {"question": "dsp.TOPMOYLOCO", "reponse": "non"}}])"));
  journal->append(events, *dossier::Instant::parse("2022-03-05T08:00:00Z"));

  const auto read = parcours::lire_dossier(*journal, *dossier::Sujet::parse("personne:aline"),
                                           feel::Date::parse("2022-04-01").value(), {}, dossier::read_regles(*pack));
  for (const auto &frein : reader.diagnostic(read).freins)
    if (frein.present.value_or(false))
      std::cout << frein.code << " " << frein.gravite << '\n';
  std::cout << reader.questions(read).a_demander.size() << " questions\n";
  return 0;
} catch (const std::exception &fault) {
  std::cerr << fault.what() << '\n';
  return 1;
}
