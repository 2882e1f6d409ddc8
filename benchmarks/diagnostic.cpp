// The shared diagnostic and the questions of one dossier of thirty answers, warm: from the dossier once read, and with
// the reading of the journal in memory.
#include "spie/parcours/diagnostic.hpp"
#include "spie/dossier/values.hpp"
#include "spie/store/memory.hpp"

#include <algorithm>
#include <chrono>
#include <cstdio>

using namespace spie;

namespace {

template <class Work> double best(int times, Work &&work) {
  double least = 1e9;
  for (int i = 0; i < times; ++i) {
    const auto start = std::chrono::steady_clock::now();
    work();
    least = std::min(least, std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count());
  }
  return least;
}

} // namespace

int main() {
  const auto pack = Pack::load(std::string(SPIE_SOURCE_DIR) + "/packs/seine-et-marne-2022-2023");
  const parcours::LecteurDiagnostic reader(pack);
  const auto rules = dossier::read_regles(*pack);
  const auto journal = store::open_memory();
  std::vector<dossier::Evenement> events;
  int answers = 0;
  reader.trame().each([&](const parcours::Question &question) {
    if (question.genre != parcours::GenreQuestion::oui_non || answers == 30)
      return;
    dossier::Evenement event;
    event.sujets = {*dossier::Sujet::parse("personne:aline")};
    event.type = "reponse_diagnostic";
    event.effet.debut = feel::Date::parse("2022-03-01").value();
    event.auteur = "professionnel:rene";
    event.source.nom = "saisie";
    event.contenu = feel::Context{{"question", question.id}, {"reponse", answers++ % 3 == 0 ? "oui" : "non"}};
    events.push_back(std::move(event));
  });
  journal->append(events, *dossier::Instant::parse("2022-03-05T08:00:00Z"));
  const auto aline = *dossier::Sujet::parse("personne:aline");
  const auto at = feel::Date::parse("2022-04-01").value();
  const auto read = [&] { return parcours::lire_dossier(*journal, aline, at, {}, rules); };
  const parcours::DossierLu held = read();
  std::printf("a dossier of %d answers\n", answers);
  std::printf("  reading it            %8.3f ms\n", best(200, [&] { read(); }) * 1e3);
  std::printf("  diagnostic, once read %8.3f ms\n", best(200, [&] { reader.diagnostic(held); }) * 1e3);
  std::printf("  questions, once read  %8.3f ms\n", best(50, [&] { reader.questions(held); }) * 1e3);
  return 0;
}
