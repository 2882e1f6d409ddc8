// Somebody who asks all that may be asked, of two stores that differ in what he may not see.
#pragma once

#include "spie/dossier/contenu.hpp"
#include "tests/droits/scene.hpp"

#include <functional>
#include <sstream>
#include <string>
#include <utility>
#include <vector>

namespace spie::testing {

// A store of which all is counted that is read, and whose key is no matter of chance: ranks and pseudonyms are the same
// in two of them.
class Compte final : public dossier::Journal {
public:
  std::size_t lus = 0; // rows: events, and entries of an index

  void begin() override { held_->begin(); }
  void commit() override { held_->commit(); }
  void rollback() noexcept override { held_->rollback(); }
  void append(std::vector<dossier::Evenement> &events, dossier::Instant at) override { held_->append(events, at); }
  dossier::Evenements about(const dossier::Sujet &subject) override {
    auto events = held_->about(subject);
    lus += events.size();
    return events;
  }
  std::optional<dossier::Evenement> find(std::string_view id) override {
    ++lus;
    return held_->find(id);
  }
  void each(std::int64_t from, std::int64_t until,
            const std::function<void(const dossier::Evenement &)> &visit) override {
    held_->each(from, until, visit);
  }
  std::optional<std::pair<std::int64_t, dossier::Instant>> closed(std::string_view import_id) override {
    return held_->closed(import_id);
  }
  std::vector<dossier::Sujet> lookup(std::string_view kind, std::string_view value, std::size_t limit) override {
    auto found = held_->lookup(kind, value, limit);
    lus += found.size();
    return found;
  }
  std::vector<dossier::Trouve> keyed(std::string_view kind, std::string_view prefix, std::string_view after,
                                     std::size_t limit) override {
    auto found = held_->keyed(kind, prefix, after, limit);
    lus += found.size();
    return found;
  }
  std::vector<dossier::Sujet> subjects(dossier::Genre genre, std::string_view after, std::size_t limit) override {
    return held_->subjects(genre, after, limit);
  }
  dossier::Tete head() override { return held_->head(); }
  std::optional<dossier::Instant> dernier_instant() override { return held_->dernier_instant(); }
  dossier::Reprise reprendre_horloge(std::string_view motive, std::string_view author, dossier::Instant at) override {
    return held_->reprendre_horloge(motive, author, at);
  }
  std::optional<dossier::AccesConnu> acces() override { return held_->acces(); }
  void garder_acces(std::string_view identity, dossier::Instant at) override { held_->garder_acces(identity, at); }
  void backup(const std::string &path) override { held_->backup(path); }
  dossier::Verification verify(std::optional<std::string_view> head) override { return held_->verify(head); }
  std::vector<dossier::Effacement> erase(const std::vector<dossier::Sujet> &subjects, std::string_view motive,
                                         std::string_view author, dossier::Instant at,
                                         const std::function<void()> &before) override {
    return held_->erase(subjects, motive, author, at, before);
  }
  void scrub() override { held_->scrub(); }
  std::vector<dossier::Effacement> erasures() override { return held_->erasures(); }
  std::size_t replay(const std::vector<std::string> &tokens, std::string_view author, dossier::Instant at) override {
    return held_->replay(tokens, author, at);
  }
  void adopt_keys(std::string_view text) override { held_->adopt_keys(text); }
  std::vector<std::string> nir_fingerprints(std::string_view text) override {
    std::uint64_t mixed = 1469598103934665603u;
    for (const char c : text)
      mixed = (mixed ^ static_cast<unsigned char>(c)) * 1099511628211u;
    return {"k:" + std::to_string(mixed) + "00000000000000000000000000000000"};
  }
  std::string draw_id() override { return "drawn-" + std::to_string(++drawn_); }

private:
  std::unique_ptr<dossier::Journal> held_ = store::open_memory();
  int drawn_ = 0;
};

// The dossier of everybody's tests, each event under an id of its own, the same in every store.
struct Guet {
  Compte journal;
  std::unique_ptr<droits::JournalAcces> acces = store::open_acces_memory();
  dossier::Regles regles = dossier::read_regles(*national_pack());
  droits::Guichet guichet{journal, *acces, rights(), regles};

  explicit Guet(const std::vector<Event> &more = {}) {
    add("2022-03-05", full_dossier());
    add("2022-03-05", {{"personne:driss", "identite", R"({"nom": "MODELE", "prenom": "Driss"})", "2022-03-01"},
                       {"personne:aline personne:driss", "proposition_doublon",
                        R"({"autre": "personne:driss", "raisons": ["même NIR"]})", "2022-03-05"}});
    add("2022-03-10", more);
    add("2022-03-20", {{"personne:aline", "niveau_formation", R"({"niveau": "NV4"})", "2022-03-15", "carnet", "late"}});
  }
  void add(const std::string &on, std::vector<Event> events) {
    for (Event &one : events)
      if (one.id.empty())
        one.id = on + "-" + one.type + "-" + std::to_string(++named_);
    if (!events.empty())
      record(journal, on, events);
  }

private:
  int named_ = 0;
};

struct Reponses {
  std::string textes; // of all that was asked, one a line
  std::size_t lus = 0;
};

inline std::string answered(const std::function<feel::Value()> &ask) {
  try {
    return write_json(ask());
  } catch (const Error &refused) {
    return to_string(refused.first());
  }
}

// All that the desk answers to one actor. Left out: the head of the journal and what the journal of accesses says,
// whose links are random.
inline Reponses ask_all(Guet &store, const std::string &role, const std::string &purpose) {
  Reponses all;
  const dossier::Sujet aline = subject("personne:aline");
  const droits::Demande asked = ask(role, purpose);
  const auto say = [&](const std::string &what, const std::function<feel::Value()> &question) {
    all.textes += what + " " + answered(question) + "\n";
  };
  store.journal.lus = 0;
  const std::vector<std::string> days{"2022-03-07", "2022-03-12", "2023-01-01"};
  const std::vector<std::string> knowns{"", "2022-03-09", "2022-03-10T12:00:00Z", "#30"};
  const auto known = [](const std::string &text) {
    return text.empty() ? dossier::Connaissance() : dossier::Connaissance::parse(text).value();
  };
  for (const std::string &at : days)
    for (const std::string &known_at : knowns) {
      say("voir " + at + " " + known_at,
          [&] { return to_value(store.guichet.voir(asked, aline, day(at), known(known_at))); });
      say("comparer " + at + " " + known_at, [&] {
        return to_value(
            store.guichet.comparer(asked, aline, day(at), day("2022-06-01"), known(known_at), known("2022-04-01")));
      });
    }
  std::vector<std::string> paths{"objectif.1",        "objectif.2.etat", "rendez_vous.1", "action.1.etapes",
                                 "frein.sante",       "frein.social",    "statut.brsa",   "nulle_part",
                                 "objectif.v1/25/31", "identite.surnom"};
  for (const dossier::TypeContenu &type : dossier::types_contenu()) {
    const std::string path = (type.genre == dossier::Genre::foyer ? "foyer." : "") + std::string(type.nom);
    paths.push_back(path);
  }
  for (const char *field : {"adresse.code_postal", "adresse.lignes", "rendez_vous.issue", "rendez_vous.etape",
                            "identite.nom", "identite.date_naissance", "objectif.etat", "objectif.id", "action.etapes",
                            "emploi.motif_fin", "niveau_formation.niveau", "foyer.droit_rsa.etat"})
    paths.emplace_back(field);
  for (const std::string &path : paths)
    say("historique " + path, [&] { return to_value(store.guichet.historique(asked, aline, path)); });
  for (const char *name : {"EXEMPLE", "ex", "MODELE", "AUTRE", ""})
    say(std::string("rechercher ") + name, [&] {
      feel::List found;
      for (const droits::Vue &view : store.guichet.rechercher(asked, name, day("2022-06-01")))
        found.push_back(to_value(view));
      return feel::Value(std::move(found));
    });
  say("doublons", [&] { return to_value(store.guichet.doublons(asked, aline)); });
  for (const char *who : {"personne:zoe", "foyer:f1", "personne:driss"})
    say(std::string("voir ") + who,
        [&] { return to_value(store.guichet.voir(asked, subject(who), day("2022-06-01"))); });
  for (const droits::Habilitation &act : rights().habilitations)
    for (const char *type : {"frein", "revenu", "rendez_vous"})
      say("autoriser " + act.acte + " " + type, [&] {
        return feel::Value(store.guichet.autoriser(asked, act.acte, {{aline, type, "nowhere"}}));
      });
  say("declasser", [&] { return feel::Value(store.guichet.declasser(asked, aline, "nowhere", "texte")); });
  say("consultations", [&] {
    feel::List list;
    for (droits::Acces one : store.guichet.consultations(asked, aline))
      list.push_back(one.operation);
    return feel::Value(std::move(list));
  });
  all.lus = store.journal.lus;
  return all;
}

// The first line that differs, for who reads the failure.
inline std::string first_difference(const std::string &a, const std::string &b) {
  std::istringstream left(a), right(b);
  for (std::string one, other; std::getline(left, one);) {
    std::getline(right, other);
    if (one != other)
      return one.substr(0, 2000) + "\n   !=\n" + other.substr(0, 2000);
  }
  return a == b ? "" : "one has more lines";
}

} // namespace spie::testing
