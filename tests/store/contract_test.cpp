// What any store must do. A new one adds a line to `stores`.
#include "tests/dossier/events.hpp"

#include "spie/store/store.hpp"
#include "tests/temporary.hpp"

#include <functional>
#include <stdexcept>

using namespace spie;
using namespace spie::dossier;
using namespace spie::testing;

namespace {

struct Store {
  TemporaryFolder folder;
  std::string keys = store::draw_keys();
  std::unique_ptr<Journal> journal;
};

using Open = std::unique_ptr<Store> (*)(const Horloge &);

std::unique_ptr<Store> memory(const Horloge &clock) {
  auto store = std::make_unique<Store>();
  store::Options options;
  options.maintenant = clock;
  store->journal = store::open_memory(options);
  return store;
}

std::unique_ptr<Store> sqlite(const Horloge &clock) {
  auto made = std::make_unique<Store>();
  store::Options options;
  options.maintenant = clock;
  made->journal = store::create("sqlite:" + (made->folder.path() / "dossiers.db").string(), made->keys, options);
  return made;
}

const Event aline{"personne:aline", "identite", R"({"nom": "EXEMPLE", "prenom": "Aline"})", "2022-01-01"};
const Event driss{"personne:driss", "identite", R"({"nom": "MODELE", "prenom": "Driss"})", "2022-01-01"};

#define EACH_STORE                                                                                                     \
  const auto held = GENERATE(Open(memory), Open(sqlite))({});                                                          \
  Journal &journal = *held->journal

} // namespace

TEST_CASE("what is appended is read back, in its order, with what the store gives", "[store][contract]") {
  EACH_STORE;
  CHECK(journal.head().seq == 0);
  CHECK(journal.head().maillon == std::string(64, '0'));
  const auto recorded = record(journal, "2022-03-05", {aline, driss, aline});
  CHECK(recorded[0].seq == 1);
  CHECK(recorded[2].seq == 3);
  CHECK(recorded[0].id.size() == 16);
  CHECK(recorded[0].id != recorded[2].id);
  CHECK(recorded[0].enregistre == instant("2022-03-05T12:00:00Z"));
  const auto about = journal.about(subject("personne:aline"));
  REQUIRE(about.size() == 2);
  CHECK(feel::identical(to_value(about[1]), to_value(recorded[2])));
  CHECK(feel::identical(to_value(journal.find(recorded[1].id).value()), to_value(recorded[1])));
  CHECK_FALSE(journal.find("rien"));
  CHECK(journal.about(subject("personne:personne")).empty());
  std::string order;
  journal.each(2, 3, [&](const Evenement &event) { order += event.sujets.front().id + " "; });
  CHECK(order == "driss aline ");
  CHECK(journal.head().seq == 3);
}

TEST_CASE("an event is found from every subject that it names", "[store][contract]") {
  EACH_STORE;
  record(journal, "2022-03-05",
         {{"personne:aline foyer:f", "appartenance", R"({"foyer": "foyer:f"})", "2022-01-01"},
          {"foyer:f", "situation_familiale", R"({"code": "CEL"})", "2022-01-01"}});
  CHECK(journal.about(subject("personne:aline")).size() == 1);
  CHECK(journal.about(subject("foyer:f")).size() == 2);
}

TEST_CASE("a batch is recorded whole or not at all", "[store][contract]") {
  EACH_STORE;
  record(journal, "2022-03-05", {aline});
  const Tete before = journal.head();
  Event wrong = driss;
  wrong.content = R"({"nom": "MODELE"})";
  CHECK(refusal([&] { record(journal, "2022-03-06", {driss, wrong}); }) == "E001 at /1/contenu");
  CHECK(journal.head().seq == 1);
  CHECK(journal.head().maillon == before.maillon);
  {
    Lot batch(journal);
    record(journal, "2022-03-06", {driss});
    CHECK(journal.about(subject("personne:driss")).size() == 1); // seen inside
  }                                                              // given up
  CHECK(journal.about(subject("personne:driss")).empty());
  CHECK(journal.lookup("nom", "MODELE").empty());
  CHECK(journal.subjects(Genre::personne, "", 10) == std::vector{subject("personne:aline")});
  {
    Lot batch(journal);
    record(journal, "2022-03-06", {driss});
    record(journal, "2022-03-06", {aline});
    batch.commit();
  }
  CHECK(journal.head().seq == 3);
  CHECK(journal.verify().intact);
}

TEST_CASE("a list that is refused leaves nothing of itself in a batch that goes on", "[store][contract]") {
  EACH_STORE;
  Event named = aline;
  named.id = "e-1";
  Lot batch(journal);
  record(journal, "2022-03-05", {named});
  Event again = driss;
  again.id = "e-1";
  CHECK(refusal([&] { record(journal, "2022-03-05", {driss, again}); }) == "E006 at /1/id");
  CHECK(journal.about(subject("personne:driss")).empty());
  record(journal, "2022-03-05", {aline});
  batch.commit();
  CHECK(journal.head().seq == 2);
  CHECK(journal.about(subject("personne:driss")).empty());
  CHECK(journal.verify().intact);
}

TEST_CASE("several subjects are erased together, or none of them", "[store][contract][effacement]") {
  EACH_STORE;
  record(journal, "2022-03-05", {aline, driss});
  const Instant at = instant("2022-04-01T12:00:00Z");
  CHECK(refusal([&] { journal.erase({subject("personne:aline"), subject("personne:zoe")}, "", "dpo", at); }) == "E005");
  CHECK(journal.about(subject("personne:aline")).size() == 1);
  CHECK(journal.erase({subject("personne:aline"), subject("personne:driss")}, "", "dpo", at).size() == 2);
  CHECK(journal.subjects(Genre::personne, "", 10).empty());
  CHECK(journal.verify().effaces == 2);
}

TEST_CASE("an erasure is given up by what must come before it", "[store][contract][effacement]") {
  EACH_STORE;
  record(journal, "2022-03-05", {aline, driss});
  const Instant at = instant("2022-04-01T12:00:00Z");
  const std::vector both{subject("personne:aline"), subject("personne:driss")};
  CHECK_THROWS_AS(journal.erase(both, "", "dpo", at, [] { throw std::runtime_error("no room for the counts"); }),
                  std::runtime_error);
  CHECK(journal.about(both[0]).size() == 1);
  CHECK(journal.lookup("nom", "MODELE").size() == 1);
  CHECK(journal.head().seq == 2);
  int called = 0;
  CHECK(journal.erase(both, "", "dpo", at, [&] { ++called; }).size() == 2);
  CHECK(called == 1);
  CHECK(journal.verify().effaces == 2);
}

TEST_CASE("an id is taken once, an instant does not go back", "[store][contract]") {
  EACH_STORE;
  Event named = aline;
  named.id = "e-1";
  record(journal, "2022-03-05", {named});
  CHECK(refusal([&] { record(journal, "2022-03-06", {named}); }) == "E006 at /0/id");
  CHECK(refusal([&] { record(journal, "2022-03-04", {driss}); }) == "E004");
  std::vector late{made(driss)};
  journal.append(late, instant("2022-03-05T11:56:00Z")); // clocks differ by some minutes
  late = {made(driss)};
  CHECK(refusal([&] { journal.append(late, instant("2022-03-05T11:50:00Z")); }) == "E004");
}

TEST_CASE("an event is corrected once: the second one is told who was first", "[store][contract]") {
  EACH_STORE;
  Event first = aline, second = aline, third = aline;
  first.id = "e-1";
  second.id = "e-2";
  second.corrects = third.corrects = "e-1";
  record(journal, "2022-03-05", {first, second});
  try {
    record(journal, "2022-03-06", {third});
    FAIL("the second correction was taken");
  } catch (const Error &error) {
    CHECK(error.first().code == Code::dossier_conflict);
    CHECK(error.first().message.find("'e-2'") != std::string::npos);
  }
}

TEST_CASE("no NIR is kept in clear, whatever the field that holds it", "[store][contract][nir]") {
  EACH_STORE;
  const std::string print = journal.nir_fingerprints("2900577990123").front();
  Event address{"personne:aline", "adresse", R"({"lignes": ["chez ALINE", "2 90 05 77 990 123 43"]})", "2022-01-01"};
  record(journal, "2022-03-05",
         {{"personne:aline", "identifiant", R"({"genre": "nir", "valeur": "2900577990123"})", "2022-01-01"},
          {"personne:aline", "identite", R"({"nom": "290057799012343", "prenom": "Aline"})", "2022-01-01"},
          address});
  const auto said = journal.about(subject("personne:aline"));
  CHECK(said[0].contenu.find("valeur")->text() == print);
  CHECK(said[1].contenu.find("nom")->text() == print);
  CHECK(said[2].contenu.find("lignes")->list()[0].text() == "chez ALINE");
  CHECK(said[2].contenu.find("lignes")->list()[1].text() == print);
  CHECK(journal.lookup("nir", print) == std::vector{subject("personne:aline")});
  CHECK(journal.lookup("nir", "2900577990123").empty());
  record(journal, "2022-03-06",
         {{"personne:aline", "frein", R"({"code": "sante", "reponse": "oui", "texte": "NIR 2900577990123, à revoir"})",
           "2022-01-01"}});
  CHECK(journal.about(subject("personne:aline"))[3].contenu.find("texte")->text() == "NIR 2…, à revoir");
  Event identity{"personne:aline", "identite", R"({"nom": "Exemple", "prenom": "Aline"})", "2022-01-01"};
  Evenement envelope = made(identity);
  envelope.source.cle = "CAF|2900577990123";
  std::vector batch{envelope};
  CHECK(refusal([&] { journal.append(batch, instant("2022-03-07T12:00:00Z")); }) == "E001 at /0/source/cle");
}

TEST_CASE("what the journal stands on is not corrected, but undone", "[store][contract]") {
  EACH_STORE;
  record(journal, "2022-03-05",
         {{"personne:aline", "identite", R"({"nom": "Exemple", "prenom": "Aline"})", "2022-01-01"},
          {"personne:driss", "identite", R"({"nom": "Exemple", "prenom": "Driss"})", "2022-01-01"},
          {"import:i", "import", R"({"etape": "ouvert", "format": "vrsb"})", "2022-01-01"},
          {"personne:aline", "observation", R"({"cle": "k", "presente": true})", "2022-01-01", "caf.vrsb"}});
  const Acte act{"professionnel:max", instant("2022-03-06T12:00:00Z"), day("2022-03-06"), ""};
  const std::string merge = fusionner(journal, subject("personne:aline"), subject("personne:driss"), act);
  for (const std::string &id :
       {merge, journal.about(subject("import:i"))[0].id, journal.about(subject("personne:aline"))[1].id}) {
    CAPTURE(id);
    CHECK(refusal([&] { corriger(journal, id, std::nullopt, std::nullopt, act); }).starts_with("E001"));
  }
}

TEST_CASE("subjects are found by key, by prefix, by genre", "[store][contract]") {
  EACH_STORE;
  record(journal, "2022-03-05",
         {aline,
          driss,
          {"personne:zoe", "identite", R"({"nom": "Modélisation", "prenom": "Zoé"})", "2022-01-01"},
          {"structure:s", "structure", R"({"nom": "MDS", "siret": "00000000000000"})", "2022-01-01"}});
  CHECK(journal.lookup("nom", "EXEMPLE") == std::vector{subject("personne:aline")});
  CHECK(journal.lookup("nom", "EXEMPL").empty());
  CHECK(journal.lookup_prefix("nom", "MODEL", 10).size() == 2);
  CHECK(journal.lookup_prefix("nom", "MODEL", 1).size() == 1);
  const auto first = journal.keyed("nom", "", "", 2), second = journal.keyed("nom", "", first.back().valeur, 2);
  REQUIRE(first.size() == 2);
  CHECK(first[0].valeur == "EXEMPLE");
  CHECK(first[1].valeur == "MODELE");
  REQUIRE(second.size() == 1);
  CHECK(second[0].valeur == "MODELISATION");
  CHECK(second[0].sujet == subject("personne:zoe"));
  CHECK(journal.keyed("nom", "MODEL", "", 10).size() == 2);
  CHECK(journal.keyed("nom", "MODEL", "MODELISATION", 10).empty());
  CHECK(journal.lookup("siret", "00000000000000") == std::vector{subject("structure:s")});
  CHECK(journal.subjects(Genre::personne, "aline", 10) ==
        std::vector{subject("personne:driss"), subject("personne:zoe")});
  CHECK(journal.subjects(Genre::personne, "", 2).size() == 2);
}

TEST_CASE("erasing takes the content away and leaves the chain whole", "[store][contract][effacement]") {
  EACH_STORE;
  record(journal, "2022-03-05",
         {aline,
          driss,
          aline,
          {"personne:driss personne:aline", "proposition_doublon",
           R"({"autre": "personne:aline", "raisons": ["noms"]})", "2022-01-01"}});
  CHECK(refusal([&] { journal.erase(subject("personne:zoe"), "", "dpo", instant("2022-04-01T12:00:00Z")); }) == "E005");
  const Effacement erased =
      journal.erase(subject("personne:aline"), "à sa demande", "dpo", instant("2022-04-01T12:00:00Z"));
  CHECK(erased.evenements == 2);
  CHECK(journal.about(subject("personne:aline")).empty());
  CHECK(journal.lookup("nom", "EXEMPLE").empty());
  CHECK(journal.subjects(Genre::personne, "", 10) == std::vector{subject("personne:driss")});
  CHECK(journal.about(subject("personne:driss")).size() == 2);
  const Verification proof = journal.verify();
  CHECK(proof.intact);
  CHECK(proof.evenements == 5);
  CHECK(proof.effaces == 2);
  REQUIRE(journal.erasures().size() == 1);
  CHECK(journal.erasures()[0].jeton == erased.jeton);
  // She comes back later as somebody new.
  record(journal, "2022-05-01", {aline});
  CHECK(journal.about(subject("personne:aline")).size() == 1);
  CHECK(journal.verify().intact);
}

TEST_CASE("a head that was written down vouches for all that came before it", "[store][contract]") {
  EACH_STORE;
  record(journal, "2022-03-05", {aline});
  const Tete first = journal.head();
  record(journal, "2022-03-06", {driss});
  CHECK(first.maillon != journal.head().maillon);
  CHECK(journal.verify(first.maillon).tete_trouvee == true);
  CHECK(journal.verify(journal.head().maillon).intact);
  CHECK(journal.verify(std::string(64, '0')).tete_trouvee == true); // of an empty journal
  const Verification other = journal.verify(std::string(64, 'a'));
  CHECK(other.tete_trouvee == false);
  CHECK_FALSE(other.intact);
  CHECK(refusal([&] { journal.verify("abc"); }) == "S007");
}

TEST_CASE("a fingerprint of a NIR tells nothing of it, and is the same each time", "[store][contract]") {
  EACH_STORE;
  const auto prints = journal.nir_fingerprints("2900577990123");
  REQUIRE(prints.size() == 1);
  CHECK(prints == journal.nir_fingerprints("2900577990123"));
  CHECK(prints != journal.nir_fingerprints("2900577990124"));
  CHECK(prints[0].find("2900577990123") == std::string::npos);
  const auto other = GENERATE(Open(memory), Open(sqlite))({});
  CHECK(prints != other->journal->nir_fingerprints("2900577990123")); // another key
}

TEST_CASE("an instant more than a day after the caller's clock is refused, whatever records it",
          "[store][contract][horloge]") {
  Instant now = instant("2026-11-28T12:00:00Z");
  const auto held = GENERATE(Open(memory), Open(sqlite))([&] { return now; });
  Journal &journal = *held->journal;
  record(journal, "2022-03-05", {aline, driss});
  for (const char *far : {"2999-01-01", "9999-12-31", "2026-11-30"})
    CHECK(refusal([&] { record(journal, far, {aline}); }) == "E004");
  CHECK(refusal([&] { journal.erase(subject("personne:driss"), "", "dpo", instant("2999-01-01T00:00:00Z")); }) ==
        "E004");
  CHECK(journal.about(subject("personne:driss")).size() == 1);
  record(journal, "2026-11-29", {aline}); // a day: zones and clocks that differ
  now = instant("2026-12-10T12:00:00Z");  // asked at each call, not once
  record(journal, "2026-12-11", {aline});
  CHECK(journal.dernier_instant() == instant("2026-12-11T12:00:00Z"));
}

TEST_CASE("a store that got an instant to come goes on from the right one", "[store][contract][horloge]") {
  EACH_STORE; // without a clock, nothing bounds what lies ahead
  CHECK(refusal([&] { journal.reprendre_horloge("rien", "dpo", instant("2022-03-05T12:00:00Z")); }) == "E004");
  record(journal, "2022-03-05", {aline});
  record(journal, "2999-01-01", {driss, aline});
  CHECK(refusal([&] { record(journal, "2026-11-28", {aline}); }) == "E004");
  CHECK(refusal([&] { journal.erase(subject("personne:driss"), "", "dpo", instant("2026-11-28T12:00:00Z")); }) ==
        "E004");
  const Reprise mended = journal.reprendre_horloge("horloge de 2999", "dpo", instant("2026-11-28T12:00:00Z"));
  CHECK(mended.du == 2);
  CHECK(mended.au == 3);
  CHECK(journal.dernier_instant() == instant("2026-11-28T12:00:00Z"));
  // It is said, and what was recorded under that clock is known from the right instant.
  const auto said = journal.about(subject("journal:journal"));
  REQUIRE(said.size() == 1);
  CHECK(write_json(feel::Value(said[0].contenu)) ==
        R"({"du":2,"au":3,"instant":"2026-11-28T12:00:00.000Z","motif":"horloge de 2999"})");
  CHECK(journal.about(subject("personne:driss"))[0].enregistre == instant("2026-11-28T12:00:00Z"));
  CHECK(journal.about(subject("personne:aline"))[0].enregistre == instant("2022-03-05T12:00:00Z"));
  CHECK(situation(journal, subject("personne:driss"), day("2026-11-28"), Connaissance::parse("2026-11-28").value(),
                  Regles{})
            .find("identite.nom") != nullptr);
  record(journal, "2026-11-29", {aline});
  CHECK(journal.erase(subject("personne:driss"), "", "dpo", instant("2026-11-30T12:00:00Z")).evenements == 1);
  CHECK(refusal([&] { journal.reprendre_horloge("encore", "dpo", instant("2026-11-30T12:00:00Z")); }) == "E004");
  const Verification proof = journal.verify();
  CHECK(proof.intact);
  CHECK(proof.effaces == 1);
}

TEST_CASE("with a clock, only the present is taken for the right instant", "[store][contract][horloge]") {
  Instant now = instant("2999-01-01T12:00:00Z");
  const auto held = GENERATE(Open(memory), Open(sqlite))([&] { return now; });
  Journal &journal = *held->journal;
  record(journal, "2999-01-01", {aline});
  now = instant("2026-11-28T12:00:00Z");
  CHECK(refusal([&] { journal.reprendre_horloge("", "x", instant("2020-01-01T00:00:00Z")); }) == "E004");
  CHECK(journal.reprendre_horloge("", "x", now).du == 1);
  record(journal, "2026-11-28", {aline});
}

TEST_CASE("the chain keeps the journal of accesses first opened beside it", "[store][contract]") {
  EACH_STORE;
  CHECK_FALSE(journal.acces());
  journal.garder_acces("", instant("2022-03-05T12:00:00Z")); // in memory: nothing to find again
  CHECK(journal.head().seq == 0);
  record(journal, "2022-03-05", {aline});
  journal.garder_acces("a1", instant("2021-01-01T12:00:00Z")); // at the last instant, since that one is past
  journal.garder_acces("b2", instant("2022-04-01T12:00:00Z"));
  REQUIRE(journal.acces());
  CHECK(journal.acces()->identite == "a1");
  CHECK(journal.head().seq == 2);
  CHECK(journal.verify().acces == "a1");
  {
    Lot batch(journal);
    record(journal, "2022-03-06", {aline});
  } // given up
  CHECK(journal.acces()->identite == "a1");
}

TEST_CASE("a store goes on under rotated keys, or keeps none", "[store][contract]") {
  EACH_STORE;
  const std::string before = journal.nir_fingerprints("2900577990123").front();
  const std::string refused = refusal([&] { journal.adopt_keys(store::rotate_keys(held->keys)); });
  const auto prints = journal.nir_fingerprints("2900577990123");
  const bool adopted = refused.empty() && prints.size() == 2 && prints[0] != before && prints[1] == before;
  const bool none = refused == "S008" && prints == std::vector{before};
  CHECK((adopted || none));
}
