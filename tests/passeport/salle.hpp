// Aline's passport, and the counter where she and those around her ask.
#pragma once

#include "insertion/text_of.hpp"
#include "spie/parcours/acte.hpp"
#include "spie/passeport/passeport.hpp"
#include "tests/droits/scene.hpp"

namespace spie::testing {

struct Salle {
  std::unique_ptr<dossier::Journal> journal = store::open_memory();
  std::unique_ptr<droits::JournalAcces> acces = store::open_acces_memory();
  dossier::Regles regles = dossier::read_regles(*national_pack());
  droits::Guichet guichet{*journal, *acces, rights(), regles};
  parcours::Bureau bureau{*journal, guichet, *national_pack(), regles};
  dossier::Sujet aline = subject("personne:aline");

  // Time goes on with each thing that is asked or told.
  int minute = 0;
  std::string now() {
    ++minute;
    const auto two = [](int n) { return (n < 10 ? "0" : "") + std::to_string(n); };
    return "2023-06-01T" + two(8 + minute / 60) + ":" + two(minute % 60) + ":00Z";
  }
  droits::Demande asks(const std::string &role) { return ask(role, "accompagnement", now()); }
  void tells(const std::vector<Event> &events) {
    std::vector<dossier::Evenement> batch;
    for (const Event &event : events)
      batch.push_back(made(event));
    journal->append(batch, instant(now()));
  }

  Salle() { record(*journal, "2022-03-05", full_dossier()); }

  parcours::ActeFait does(const std::string &role, const std::string &act, std::string_view day_,
                          const std::string &content) {
    return bureau.agir(asks(role), {act, aline, day(day_), read_json(content).context()});
  }
  std::string refused(const std::string &role, const std::string &act, std::string_view day_,
                      const std::string &content) {
    return refusal([&] { does(role, act, day_, content); });
  }
  std::string adds(const std::string &content = R"({"genre": "competence", "libelle": "Tenir une caisse"})",
                   std::string_view day_ = "2022-04-01") {
    return text_of(does("personne", "passeport.ajouter", day_, content).evenements.front().contenu, "id");
  }
  std::size_t entries_of(const std::string &operation) {
    std::size_t count = 0;
    acces->each([&](const droits::Acces &entry) { count += entry.operation == operation; });
    return count;
  }
  passeport::Passeport sees(const std::string &role = "personne", std::string_view at = "2022-06-01") {
    return passeport::passeport(guichet, rights(), asks(role), aline, day(at));
  }
};

inline std::string of(const std::string &id, const std::string &more) {
  return R"({"id": ")" + id + R"(", )" + more + "}";
}

} // namespace spie::testing
