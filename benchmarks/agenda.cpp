// The agenda of a session of thirty cases, as its organiser and as one référent see it, beside the reading of the
// thirty dossiers alone, and of the thirty under the organiser's mask.
#include "spie/parcours/instance.hpp"
#include "spie/store/acces.hpp"
#include "spie/store/memory.hpp"

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <initializer_list>

using namespace spie;

namespace {

template <class Work> double best(int times, Work &&work) {
  double least = 1e9;
  for (int i = 0; i < times; ++i) {
    const auto start = std::chrono::steady_clock::now();
    work();
    least = std::min(least, std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count());
  }
  return least * 1e3;
}

dossier::Evenement event(const std::string &subject, const char *type, feel::Context content) {
  dossier::Evenement made;
  made.sujets = {*dossier::Sujet::parse(subject)};
  made.type = type;
  made.effet.debut = feel::Date::parse("2022-03-01").value();
  made.auteur = "professionnel:anna";
  made.source.nom = "saisie";
  made.contenu = std::move(content);
  return made;
}

} // namespace

int main() {
  constexpr int cases = 30, facts = 30;
  const auto pack = Pack::load(std::string(SPIE_SOURCE_DIR) + "/packs/socle-national");
  const auto rights = droits::read_droits(*pack);
  const auto rules = dossier::read_regles(*pack);
  const auto journal = store::open_memory();
  const auto accesses = store::open_acces_memory();
  const feel::Date day = feel::Date::parse("2022-05-12").value();
  std::vector<dossier::Evenement> events{
      event("instance:i", "instance", {{"nom", "Instance inventée"}, {"quorum", std::int64_t{2}}}),
      event("instance:i", "siege",
            {{"professionnel", "professionnel:anna"}, {"qualite", "animateur"}, {"etape", "commence"}}),
      event("instance:i", "session", {{"id", "2022-05-12"}, {"etape", "fixee"}, {"date", day}})};
  std::vector<dossier::Sujet> people;
  for (int k = 0; k < cases; ++k) {
    const std::string person = "personne:p" + std::to_string(k);
    people.push_back(*dossier::Sujet::parse(person));
    events.push_back(event(person, "identite", {{"nom", "EXEMPLE"}, {"prenom", "Zoé"}}));
    events.push_back(event(person, "referent",
                           {{"role", "referent_unique"},
                            {"etape", "nomme"},
                            {"professionnel", "professionnel:r" + std::to_string(k % 10)}}));
    for (int j = 0; j < facts - 3; ++j)
      events.push_back(
          event(person, "action", {{"id", "A" + std::to_string(j)}, {"etape", "prescrite"}, {"theme", "mobilite"}}));
    events.push_back(event(person, "saisine",
                           {{"id", "S" + std::to_string(k)},
                            {"etape", "inscrite"},
                            {"instance", "instance:i"},
                            {"session", "2022-05-12"},
                            {"motif", "cas_complexe"}}));
  }
  journal->append(events, *dossier::Instant::parse("2022-04-01T08:00:00Z"));
  droits::Guichet desk(*journal, *accesses, rights, rules);
  const dossier::Instant now = *dossier::Instant::parse("2022-05-10T08:00:00Z");
  const droits::Demande anna{{"professionnel:anna", {}, {"animateur"}}, "instance", now, {}},
      referent{{"professionnel:r1", {}, {"membre_instance"}}, "instance", now, {}};
  const dossier::Sujet instance = *dossier::Sujet::parse("instance:i");
  if (parcours::agenda(desk, anna, instance).cas.size() != cases ||
      parcours::agenda(desk, referent, instance).cas.size() != cases / 10)
    return 1;
  std::printf("a session of %d cases, %d events each\n", cases, facts);
  std::printf("  reading the %d dossiers         %8.3f ms\n", cases, best(20, [&] {
                for (const dossier::Sujet &one : people)
                  dossier::situation(*journal, one, day, {{}, now}, rules);
              }));
  std::printf("  the same under the mask          %8.3f ms\n", best(20, [&] {
                for (const dossier::Sujet &one : people)
                  desk.voir(anna, one, day);
              }));
  std::printf("  agenda of the organiser          %8.3f ms\n",
              best(20, [&] { parcours::agenda(desk, anna, instance); }));
  std::printf("  agenda of a référent (%d of them) %7.3f ms\n", cases / 10,
              best(20, [&] { parcours::agenda(desk, referent, instance); }));
  return 0;
}
