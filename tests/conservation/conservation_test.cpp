// How long a dossier is kept, and what is left of it. Dates are worked out by hand: two years, thirty days' notice.
#include "tests/droits/scene.hpp"

#include "spie/conservation/conservation.hpp"
#include "spie/store/sqlite.hpp"
#include "tests/temporary.hpp"

#include <algorithm>

using namespace spie;
using namespace spie::conservation;
using namespace spie::droits;
using dossier::Evenement;
using namespace spie::testing;

namespace {

std::shared_ptr<const Pack> pack() {
  static const auto loaded = Pack::load(std::string(SPIE_SOURCE_DIR) + "/packs/seine-et-marne-2022-2023");
  return loaded;
}
const ReglesConservation &rules() {
  static const ReglesConservation read = read_conservation(*pack());
  return read;
}

struct Dossiers {
  std::unique_ptr<dossier::Journal> journal = store::open_memory();

  // Somebody who entered on that day, known from that day.
  void add(const std::string &id, const std::string &entered, const std::string &birth = "1990-06-15",
           const std::string &commune = "77001", bool rsa = true) {
    const std::string who = "personne:" + id;
    std::vector<Event> events{
        {who, "identite",
         R"({"nom": "EXEMPLE", "prenom": ")" + id + R"(", "date_naissance": {"@date": ")" + birth + R"("}})", entered},
        {who, "adresse", R"({"code_commune": ")" + commune + R"("})", entered},
        {who, "entree", "{}", entered}};
    if (rsa)
      events.push_back({who, "statut", R"({"code": "brsa", "reponse": "oui"})", entered});
    record(*journal, "2024-03-01", events);
  }
  void say(const std::string &id, const std::string &type, const std::string &json, const std::string &on,
           const std::string &import = "") {
    record(*journal, "2024-03-01", {{"personne:" + id, type, json, on, "saisie", "", "", "", import}});
  }
  EcheanceDonnees due(const std::string &id, std::string_view at) {
    return echeance_donnees(*journal, subject("personne:" + id), day(at), *pack(), rules());
  }
  std::string state(const std::string &id, std::string_view at) { return std::string(text(due(id, at).etat)); }
  std::string fin(const std::string &id, std::string_view at) { return due(id, at).fin.to_string(); }
  void warn(const std::string &id, std::string_view on) {
    prevenir(*journal, subject("personne:" + id),
             {"professionnel:max", instant("2024-03-01T12:00:00Z"), day(on), "deux ans"});
  }
};

std::string shown(const Figees &table) {
  std::string text;
  for (const conservation::Cellule &one : table)
    text += one.mesure + " " + one.trimestre + " " + one.tranche + " " + one.epci + " " + one.public_ + ": " +
            std::to_string(one.effectif) + "\n";
  return text;
}

} // namespace

TEST_CASE("a dossier is kept two years after the last contact, announced thirty days before, then erased",
          "[droits][conservation]") {
  Dossiers dossiers;
  dossiers.add("aline", "2022-03-05");
  const EcheanceDonnees due = dossiers.due("aline", "2024-02-03");
  CHECK(due.dernier_contact == day("2022-03-05"));
  CHECK(due.fin == day("2024-03-05"));
  CHECK(due.preavis == day("2024-02-04")); // February has 29 days
  CHECK(dossiers.state("aline", "2024-02-03") == "conserve");
  CHECK(dossiers.state("aline", "2024-02-04") == "a_prevenir");
  CHECK(dossiers.state("aline", "2025-01-01") == "a_prevenir"); // nobody is erased without a notice
  dossiers.warn("aline", "2024-02-10");
  CHECK(dossiers.state("aline", "2024-02-10") == "prevenu");
  CHECK(dossiers.state("aline", "2024-03-06") == "prevenu"); // the two years are over, the thirty days are not
  CHECK(dossiers.state("aline", "2024-03-10") == "prevenu");
  CHECK(dossiers.state("aline", "2024-03-11") == "a_effacer");
}

TEST_CASE("nobody who has no dossier is told, nor given one by it", "[droits][conservation]") {
  Dossiers dossiers;
  dossiers.add("aline", "2022-03-05");
  CHECK(refusal([&] { dossiers.warn("alnie", "2024-02-10"); }) == "E005");
  CHECK(dossiers.journal->about(subject("personne:alnie")).empty());
}

TEST_CASE("the last day of keeping is kept", "[droits][conservation]") {
  Dossiers dossiers;
  dossiers.add("aline", "2022-03-05");
  dossiers.warn("aline", "2024-02-04");
  CHECK(dossiers.state("aline", "2024-03-05") == "prevenu");
  CHECK(dossiers.state("aline", "2024-03-06") == "a_effacer");
}

TEST_CASE("a contact on 29 February is kept to the end of February, two years later", "[droits][conservation]") {
  Dossiers dossiers;
  dossiers.add("aline", "2024-02-29");
  CHECK(dossiers.fin("aline", "2025-01-01") == "2026-02-28");
  dossiers.add("driss", "2022-02-28");
  CHECK(dossiers.fin("driss", "2024-01-01") == "2024-02-28");
}

TEST_CASE("neither the reading of a file nor an access is a contact", "[droits][conservation]") {
  Dossiers dossiers;
  dossiers.add("aline", "2022-03-05");
  record(
      *dossiers.journal, "2024-03-01",
      {{"import:i", "import", R"({"etape": "ouvert", "format": "caf.dsp"})", "2023-01-01"},
       {"personne:aline", "observation", R"({"cle": "k", "presente": true})", "2023-01-01", "caf.dsp", "", "", "", "i"},
       {"personne:aline", "reponse_diagnostic", R"({"question": "NIVETU", "valeurs": ["1201"]})", "2023-01-01",
        "caf.dsp", "", "", "", "i"},
       {"personne:aline", "statut", R"({"code": "qpv", "reponse": "oui"})", "2023-01-01"},
       {"personne:aline", "rendez_vous", R"({"id": "r", "etape": "absent"})", "2023-02-01"},
       {"import:i", "import", R"({"etape": "clos", "format": "caf.dsp"})", "2023-01-01"}});
  const auto acces = store::open_acces_memory();
  const dossier::Regles none;
  Guichet(*dossiers.journal, *acces, rights(), none)
      .voir(ask("pilote", "pilotage", "2024-03-02T08:00:00Z"), subject("personne:aline"), day("2023-06-01"));
  CHECK(dossiers.fin("aline", "2024-03-03") == "2024-03-05");
  // What a file says and dates itself is one; so is what somebody typed.
  record(
      *dossiers.journal, "2024-03-02",
      {{"personne:aline", "rendez_vous", R"({"id": "s", "etape": "tenu"})", "2022-06-10", "carnet", "", "", "", "i"}});
  CHECK(dossiers.fin("aline", "2024-03-03") == "2024-06-10");
  record(*dossiers.journal, "2024-03-03",
         {{"personne:aline", "reponse_diagnostic", R"({"question": "mobilite", "reponse": "non"})", "2022-09-01"}});
  CHECK(dossiers.fin("aline", "2024-03-03") == "2024-09-01");
}

TEST_CASE("a contact since the notice begins the time anew, and the notice with it", "[droits][conservation]") {
  Dossiers dossiers;
  dossiers.add("aline", "2022-03-05");
  dossiers.warn("aline", "2024-02-04");
  dossiers.say("aline", "rendez_vous", R"({"id": "r", "etape": "tenu"})", "2024-02-20");
  CHECK(dossiers.state("aline", "2024-03-11") == "conserve");
  CHECK(dossiers.fin("aline", "2024-03-11") == "2026-02-20");
  CHECK(dossiers.state("aline", "2026-02-20") == "a_prevenir");
}

TEST_CASE("the controller keeps a dossier, or has it erased at once", "[droits][conservation]") {
  Dossiers dossiers;
  dossiers.add("aline", "2022-03-05");
  dossiers.warn("aline", "2024-02-04");
  dossiers.say("aline", "decision_donnees", R"({"genre": "effacement", "etape": "refusee"})", "2024-02-20");
  CHECK(dossiers.state("aline", "2024-03-11") == "conserve");
  dossiers.add("driss", "2024-01-05");
  dossiers.say("driss", "decision_donnees", R"({"genre": "effacement", "etape": "acceptee"})", "2024-02-01");
  CHECK(dossiers.state("driss", "2024-02-01") == "a_effacer");
  dossiers.say("driss", "decision_donnees", R"({"genre": "effacement", "etape": "levee"})", "2024-02-02");
  CHECK(dossiers.state("driss", "2024-02-02") == "conserve");
}

TEST_CASE("a contact known to the month, or to the year, is kept from its end", "[droits][conservation]") {
  Dossiers dossiers;
  Event event{"personne:aline", "entree", "{}", "2022-02-01"};
  dossier::Evenement made_event = made(event);
  made_event.effet.precision = dossier::Precision::mois;
  std::vector batch{made_event};
  dossiers.journal->append(batch, instant("2024-03-01T12:00:00Z"));
  CHECK(dossiers.fin("aline", "2024-03-01") == "2024-02-28");
  made_event.sujets = {subject("personne:driss")};
  made_event.effet = {day("2022-01-01"), std::nullopt, dossier::Precision::annee};
  batch = {made_event};
  dossiers.journal->append(batch, instant("2024-03-01T12:00:00Z"));
  CHECK(dossiers.fin("driss", "2024-03-01") == "2024-12-31");
}

TEST_CASE("without any contact, time runs from the first record", "[droits][conservation]") {
  Dossiers dossiers;
  dossiers.say("aline", "statut", R"({"code": "brsa", "reponse": "oui"})", "2019-01-01");
  const EcheanceDonnees due = dossiers.due("aline", "2024-03-02");
  CHECK_FALSE(due.dernier_contact);
  CHECK(due.fin == day("2026-03-01"));
}

TEST_CASE("those that are not simply kept are listed, each dossier once", "[droits][conservation]") {
  Dossiers dossiers;
  dossiers.add("aline", "2022-03-05");
  dossiers.add("bruno", "2022-03-05");
  dossiers.add("chloe", "2023-03-05");
  dossier::fusionner(*dossiers.journal, subject("personne:aline"), subject("personne:bruno"),
                     {"professionnel:max", instant("2024-03-01T12:00:00Z"), day("2024-03-01"), ""});
  const auto list = echeances_donnees(*dossiers.journal, day("2024-03-10"), *pack(), rules());
  REQUIRE(list.size() == 1);
  CHECK(write_json(to_value(list)) ==
        R"([{"personne":"personne:aline","dernier_contact":"2022-03-05","preavis":"2024-02-04","fin":"2024-03-05",)"
        R"("prevenu_le":null,"etat":"a_prevenir"}])");
}

TEST_CASE("an erasure keeps the counts of closed indicators, and nobody's name", "[droits][conservation]") {
  Dossiers dossiers;
  const std::string epci = "CA du Pays de Fontainebleau"; // 77001
  for (const char *id : {"p1", "p2", "p3", "p4", "p5"})
    dossiers.add(id, "2022-02-10");
  dossiers.add("p6", "2022-02-10", "2001-01-01"); // the only one under 26
  dossiers.add("recente", "2024-02-10");          // stays
  for (const char *id : {"p1", "p2", "p3", "p4", "p5", "p6"})
    dossiers.warn(id, "2024-01-20");
  const dossier::Acte act{"professionnel:max", instant("2024-03-01T12:00:00Z"), day("2024-03-01"), "deux ans"};

  const Effaces done = effacer_echus(*dossiers.journal, *pack(), rules(), rights(), act);
  CHECK(done.personnes == 6);
  const std::string kept = "entrees * * * tous: 1\n"
                           "entrees 2022-T1 26 à 49 ans " +
                           epci +
                           " brsa: 5\n"
                           "entrees 2022-T1 26 à 49 ans " +
                           epci + " tous: 5\n";
  CHECK(shown(done.figees) == kept);
  CHECK(shown(figees(*dossiers.journal)) == kept);
  CHECK(dossiers.journal->about(subject("personne:p1")).empty());
  CHECK_FALSE(dossiers.journal->about(subject("personne:recente")).empty());
  CHECK(dossiers.journal->verify().intact);
  CHECK(dossiers.journal->verify().effaces > 0);
  // Nobody is left to erase: the counts stay, and nothing is recorded.
  const auto head = dossiers.journal->head().seq;
  CHECK(shown(effacer_echus(*dossiers.journal, *pack(), rules(), rights(), act).figees) == kept);
  CHECK(dossiers.journal->head().seq == head);
  // The next erasure adds to them.
  dossiers.warn("recente", "2026-01-20");
  const dossier::Acte later{"professionnel:max", instant("2026-03-01T12:00:00Z"), day("2026-03-01"), "deux ans"};
  const Effaces next = effacer_echus(*dossiers.journal, *pack(), rules(), rights(), later);
  CHECK(next.personnes == 1);
  CHECK(next.figees.front().effectif == 2);
  CHECK(gels(*dossiers.journal).size() == 2);
}

TEST_CASE("counts and erasures are recorded together, or not at all", "[droits][conservation]") {
  const TemporaryFolder folder;
  const std::string path = (folder.path() / "dossiers.db").string(), keys = store::draw_keys();
  Dossiers dossiers;
  dossiers.journal = store::create_sqlite(path, keys);
  dossiers.add("aline", "2022-03-05");
  dossiers.warn("aline", "2024-02-04");
  const dossier::Acte act{"professionnel:max", instant("2024-03-06T12:00:00Z"), day("2024-03-06"), "deux ans"};
  {
    // A clock that went wrong: the events of the erasure are refused in the middle of it.
    dossier::Acte early = act;
    early.at = instant("2023-03-06T12:00:00Z");
    CHECK(refusal([&] { effacer_echus(*dossiers.journal, *pack(), rules(), rights(), early); }) == "E004");
    CHECK(figees(*dossiers.journal).empty());
    CHECK(dossiers.state("aline", "2024-03-06") == "a_effacer");
  }
  CHECK(effacer_echus(*dossiers.journal, *pack(), rules(), rights(), act).personnes == 1);
  dossiers.journal.reset();
  const auto again = store::open_sqlite(path, keys);
  CHECK(again->about(subject("personne:aline")).empty());
  CHECK(shown(figees(*again)) == "entrees * * * tous: 1\n");
  CHECK(again->erasures().size() == 1);
}

TEST_CASE("a restored backup takes its frozen counts back, once", "[droits][conservation]") {
  const TemporaryFolder folder;
  const std::string path = (folder.path() / "dossiers.db").string(), keys = store::draw_keys();
  const std::string backup = (folder.path() / "sauvegarde.db").string();
  Dossiers dossiers;
  dossiers.journal = store::create_sqlite(path, keys);
  dossiers.add("aline", "2022-03-05");
  dossiers.warn("aline", "2024-02-04");
  dossiers.journal->backup(backup);
  const dossier::Acte act{"professionnel:max", instant("2024-03-06T12:00:00Z"), day("2024-03-06"), "deux ans"};
  effacer_echus(*dossiers.journal, *pack(), rules(), rights(), act);
  std::vector<std::string> tokens;
  for (const dossier::Effacement &one : dossiers.journal->erasures())
    tokens.push_back(one.jeton);
  const auto frozen = read_gels(to_value(gels(*dossiers.journal)));

  const auto restored = store::open_sqlite(backup, keys);
  CHECK(restored->replay(tokens, "dpo", act.at) == 1);
  CHECK(reprendre(*restored, frozen, act) == 1);
  CHECK(reprendre(*restored, frozen, act) == 0);
  CHECK(shown(figees(*restored)) == "entrees * * * tous: 1\n");
  CHECK(restored->verify().intact);
  CHECK(refusal([&] {
          read_gels(read_json(R"([{"evenement": "e", "cases": [{"mesure": "entrees"}]}])"));
        }).starts_with("R003"));
}

TEST_CASE("small cases lose what they could be known by", "[droits][conservation]") {
  Dossiers dossiers;
  std::vector<dossier::Sujet> who;
  const auto add = [&](const std::string &id, const std::string &entered, const std::string &birth, bool rsa) {
    dossiers.add(id, entered, birth, "77001", rsa);
    who.push_back(subject("personne:" + id));
  };
  const auto frozen = [&] {
    return shown(figer(*dossiers.journal, who, day("2024-03-01"), *pack(), rules(), rights()));
  };
  for (int i = 0; i < 3; ++i) {
    add("jeune" + std::to_string(i), "2022-01-10", "2001-01-01", true);
    add("adulte" + std::to_string(i), "2022-03-31", "1990-01-01", false);
  }
  // Three and three in the quarter: six once their ages are left aside. Three RSA recipients are too few anywhere.
  CHECK(frozen() == "entrees 2022-T1 * * tous: 6\n");
  add("tardif", "2022-04-01", "1990-01-01", false);
  CHECK(frozen() == "entrees * * * tous: 1\nentrees 2022-T1 * * tous: 6\n");
  // Two batches are held to the threshold one by one: what the second adds tells no more than it does.
  const auto at = day("2024-03-01");
  const Figees one = figer(*dossiers.journal, {who[0], who[1]}, at, *pack(), rules(), rights());
  const Figees rest(figer(*dossiers.journal, {who.begin() + 2, who.end()}, at, *pack(), rules(), rights()));
  CHECK(shown(ajouter(one, rest)) == "entrees * * * tous: 7\n");
}

TEST_CASE("an access is kept a year, that day included", "[droits][conservation]") {
  const auto acces = store::open_acces_memory();
  for (const char *at :
       {"2023-02-27T08:00:00Z", "2023-02-28T08:00:00Z", "2023-02-28T22:59:00Z", "2023-02-28T23:00:00Z"}) {
    Acces entry{0, instant(at), "professionnel:rene", "", "referent", "accompagnement", "voir", {}};
    acces->noter(entry);
  }
  CHECK(purger_acces(*acces, day("2024-02-27"), *pack()) == 0);
  CHECK(purger_acces(*acces, day("2024-02-28"), *pack()) == 1);
  CHECK(purger_acces(*acces, day("2024-02-29"), *pack()) == 2); // the last one was made on 1 March in Paris
  CHECK(acces->verify().premier == 4);
  CHECK(purger_acces(*acces, day("2024-03-02"), *pack()) == 1);
  CHECK(acces->verify().intact);
}

TEST_CASE("a fact that a file gives no date is no contact, a dated one is", "[droits][conservation]") {
  Dossiers held;
  held.add("aline", "2019-01-15");
  const auto named = [&](bool undated, std::string_view on) {
    Evenement event = made({"personne:aline", "referent",
                            R"({"role": "referent_unique", "etape": "nomme", "courriel": "sofia@example.org"})",
                            std::string(on), "carnet", "", "", "", "i-1"});
    event.source.sans_date = undated;
    std::vector batch{made({"import:i-1", "import", R"({"etape": "clos", "format": "essai"})", std::string(on)}),
                      event};
    batch[0].source.import_id = "i-1";
    held.journal->append(batch, instant("2024-03-01T12:00:00Z"));
  };
  const auto last = [&] { return held.due("aline", "2024-03-01").dernier_contact.value().to_string(); };
  CHECK(last() == "2019-01-15");
  named(true, "2021-01-31");
  CHECK(last() == "2019-01-15");
  named(false, "2021-02-10");
  CHECK(last() == "2021-02-10");
}

TEST_CASE("erasing one of two proposed doubles says that the other stays", "[droits]") {
  Dossiers dossiers;
  dossiers.add("aline", "2020-01-01");
  dossiers.add("bob", "2020-01-01");
  record(*dossiers.journal, "2024-03-07",
         {{"personne:bob personne:aline", "proposition_doublon",
           R"({"autre": "personne:aline", "raisons": ["mêmes noms"]})", "2024-03-07"}});
  const auto told = [](const std::vector<DoublonOuvert> &list) {
    std::string text;
    for (const DoublonOuvert &one : list)
      text += one.efface.id + " " + one.dossier.id + " " + one.raisons.front();
    return text;
  };
  const dossier::Acte act{"professionnel:g", instant("2024-06-01T08:00:00Z"), day("2024-06-01"), {}};
  CHECK(told(doublons_ouverts(*dossiers.journal, {subject("personne:aline")})) == "aline bob mêmes noms");
  CHECK(told(doublons_ouverts(*dossiers.journal, {subject("personne:bob")})) == "bob aline mêmes noms");
  CHECK(doublons_ouverts(*dossiers.journal, {subject("personne:aline"), subject("personne:bob")}).empty());
  const Effaces done = effacer(*dossiers.journal, {subject("personne:aline")}, *pack(), rules(), rights(), act);
  CHECK(told(done.doublons) == "aline bob mêmes noms");
  // Nothing is proposed any more: one of the two is no more there.
  CHECK(doublons_ouverts(*dossiers.journal, {subject("personne:bob")}).empty());
}
