// What was true, and what was known: a dossier at two dates of each.
#include <spie/dossier/situation.hpp>
#include <spie/store/memory.hpp>

#include <iostream>

using namespace spie;
using namespace spie::dossier;

namespace {

feel::Date day(const char *text) { return *feel::Date::parse(text); }

void record(Journal &journal, const char *commune, const char *since, const char *at) {
  Evenement event;
  event.sujets = {*Sujet::parse("personne:aline")};
  event.type = "adresse";
  event.effet.debut = day(since);
  event.auteur = "conseillère";
  event.source.nom = "saisie";
  event.contenu = feel::Context{{"commune", commune}};
  std::vector events{event};
  journal.append(events, *Instant::parse(at));
}

void see(Journal &journal, const char *on, const Connaissance &known = {}) {
  const Situation found = situation(journal, *Sujet::parse("personne:aline"), day(on), known);
  const Fait *commune = found.find("adresse.commune");
  std::cout << on << ": " << (commune == nullptr ? "unknown" : commune->dire.valeur.text()) << '\n';
}

} // namespace

int main() try {
  const auto journal = store::open_memory(); // in a file: store::draw_keys(), then store::create_sqlite()
  // She moves on 1 March; it is learnt on 10 April.
  record(*journal, "Provins", "2022-01-01", "2022-01-10T09:00:00Z");
  record(*journal, "Nangis", "2022-03-01", "2022-04-10T09:00:00Z");
  see(*journal, "2022-02-15");
  see(*journal, "2022-03-15");
  see(*journal, "2022-03-15", *Connaissance::parse("2022-03-31")); // Provins: nobody knew yet
  return journal->verify().intact ? 0 : 1;
} catch (const Error &error) {
  std::cerr << error.what() << '\n';
  return 1;
}
