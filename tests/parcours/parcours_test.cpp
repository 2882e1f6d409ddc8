// The path of a person: entries and exits, how she is accompanied, steps, pauses, who leads, the follow-up of jobs.
#include "spie/dossier/contenu.hpp"
#include "spie/json.hpp"
#include "spie/parcours/parcours.hpp"
#include "tests/droits/scene.hpp"

using namespace spie;
using namespace spie::parcours;
using namespace spie::testing;

namespace {

std::shared_ptr<const Pack> of_seine() {
  static const auto pack = Pack::load(std::string(SPIE_SOURCE_DIR) + "/packs/seine-et-marne-2022-2023");
  return pack;
}

struct Chemin_ {
  std::unique_ptr<dossier::Journal> journal = store::open_memory();
  std::unique_ptr<droits::JournalAcces> acces = store::open_acces_memory();
  dossier::Regles regles = dossier::read_regles(*of_seine());
  droits::Guichet guichet{*journal, *acces, rights(), regles};

  explicit Chemin_(const std::vector<Event> &events) {
    std::vector<Event> all = {
        {"personne:aline", "identite", R"({"nom": "EXEMPLE", "prenom": "Aline"})", "2021-01-01"},
        {"personne:aline", "referent",
         R"({"role": "referent_unique", "etape": "nomme", "professionnel": "professionnel:rene"})", "2021-01-02",
         "carnet"},
    };
    all.insert(all.end(), events.begin(), events.end());
    record(*journal, "2024-01-05", all);
  }
  Parcours at(std::string_view day_, const std::string &id = "professionnel:rene",
              const std::string &role = "referent") {
    const droits::Demande who{{id, "", {role}}, "accompagnement", instant("2024-01-06T08:00:00Z"), std::nullopt};
    return parcours::parcours(*journal, guichet, *of_seine(), rights(), regles, who, subject("personne:aline"),
                              day(day_));
  }
};

std::string told(const std::optional<feel::Date> &date) { return date ? date->to_string() : "-"; }
const std::string a = "personne:aline";

} // namespace

TEST_CASE("a path is an entry and the first exit after it, one at a time", "[parcours]") {
  Chemin_ desk({{a, "entree", R"({"motif": "orientation"})", "2022-03-01"},
                {a, "entree", R"({"motif": "orientation"})", "2022-05-01", "carnet"}, // within the first one
                {a, "sortie", R"({"motif": "emploi"})", "2022-09-10"},
                {a, "sortie", R"({"motif": "abandon"})", "2022-12-01"}, // of nothing any more
                {a, "entree", R"({"motif": "orientation"})", "2023-02-01"}});
  CHECK(desk.at("2022-02-28").etat == EtatParcours::pas_entre);
  const Parcours first = desk.at("2022-09-09");
  CHECK(first.etat == EtatParcours::en_cours);
  REQUIRE(first.episodes.size() == 1);
  CHECK_FALSE(first.episodes[0].sortie);
  const Parcours left = desk.at("2022-09-10");
  CHECK(left.etat == EtatParcours::sorti);
  CHECK(told(left.episodes.at(0).sortie) == "2022-09-10");
  CHECK(left.episodes[0].motif == "emploi");
  const Parcours again = desk.at("2023-02-01");
  REQUIRE(again.episodes.size() == 2);
  CHECK(again.etat == EtatParcours::en_cours);
  CHECK(again.episodes[0].motif == "emploi");
  CHECK(told(again.episodes[1].entree) == "2023-02-01");
}

TEST_CASE("how somebody is accompanied follows each statement, and keeps what the next one leaves out", "[parcours]") {
  Chemin_ desk({{a, "accompagnement", R"({"modalite": "individuel", "dispositif": "pacea"})", "2022-03-01"},
                {a, "accompagnement", R"({"modalite": "collectif", "motif": "bascule"})", "2022-06-15"}});
  const auto before = desk.at("2022-06-14").accompagnements;
  REQUIRE(before.size() == 1);
  CHECK_FALSE(before[0].jusqu_au);
  const auto after = desk.at("2022-06-15").accompagnements;
  REQUIRE(after.size() == 2);
  CHECK(told(after[0].jusqu_au) == "2022-06-14");
  CHECK(after[1].modalite == "collectif");
  CHECK(after[1].dispositif == "pacea");
  CHECK(after[1].motif == "bascule");
}

TEST_CASE("a step is open until it is closed, and a pause holds the path until it is taken up again", "[parcours]") {
  Chemin_ desk({{a, "entree", R"({"motif": "orientation"})", "2022-03-01"},
                {a, "etape_parcours", R"({"id": "E1", "etape": "ouverte", "libelle": "Bilan"})", "2022-03-02"},
                {a, "etape_parcours", R"({"id": "E1", "etape": "close"})", "2022-04-02"},
                {a, "pause", R"({"id": "P1", "etape": "debut", "motif": "maladie"})", "2022-05-01"},
                {a, "pause", R"({"id": "P1", "etape": "reprise"})", "2022-05-20"}});
  CHECK(told(desk.at("2022-04-01").etapes.at(0).close) == "-");
  const Parcours closed = desk.at("2022-04-02");
  CHECK(told(closed.etapes.at(0).close) == "2022-04-02");
  CHECK(closed.pauses.empty());
  CHECK(desk.at("2022-05-19").etat == EtatParcours::en_pause);
  const Parcours again = desk.at("2022-05-20");
  CHECK(again.etat == EtatParcours::en_cours);
  CHECK(told(again.pauses.at(0).reprise) == "2022-05-20");
}

TEST_CASE("two référents in force are both shown, and told as a conflict", "[parcours]") {
  Chemin_ desk(
      {{a, "referent", R"({"role": "referent_unique", "etape": "nomme", "professionnel": "professionnel:paul"})",
        "2022-03-01", "caf.vrsb"},
       {a, "referent", R"({"role": "coordinateur", "etape": "nomme", "professionnel": "professionnel:anna"})",
        "2022-03-01"},
       {a, "referent", R"({"role": "referent_unique", "etape": "termine", "professionnel": "professionnel:paul"})",
        "2022-04-01"},
       {a, "membre", R"({"professionnel": "professionnel:maud", "role": "cip", "etape": "commence"})", "2021-02-01"}});
  // The tie is that of the last naming, which has ended: a member looks.
  const auto at = [&](std::string_view day_) { return desk.at(day_, "professionnel:maud", "membre"); };
  CHECK(at("2022-02-28").conflits.empty());
  const Parcours two = at("2022-03-31");
  CHECK(two.meneurs.size() == 3);
  CHECK(two.conflits == std::vector<std::string>{"referent_unique"});
  const Parcours one = at("2022-04-01");
  CHECK(one.meneurs.size() == 2);
  CHECK(one.conflits.empty());
}

TEST_CASE("a job is followed until the same day six months later, or until it is lost", "[parcours]") {
  Chemin_ desk({{a, "emploi", R"({"id": "J1", "etape": "trouve"})", "2022-08-31"},
                {a, "emploi", R"({"id": "J2", "etape": "trouve"})", "2023-04-10"},
                {a, "emploi", R"({"id": "J2", "etape": "termine"})", "2023-06-01"}});
  CHECK(desk.at("2022-08-30").suivis.empty());
  const auto last = desk.at("2023-02-28").suivis;
  REQUIRE(last.size() == 1);
  CHECK(told(last[0].fin) == "2023-02-28"); // February has no 31st
  CHECK(last[0].en_cours);
  CHECK_FALSE(desk.at("2023-03-01").suivis.at(0).en_cours);
  CHECK(desk.at("2023-05-31").suivis.at(1).en_cours);
  const auto lost = desk.at("2023-06-01").suivis;
  CHECK(told(lost.at(1).fin) == "2023-10-10");
  CHECK(told(lost[1].perdu) == "2023-06-01");
  CHECK_FALSE(lost[1].en_cours);
}

TEST_CASE("who has no tie to the person learns nothing of her path, whether it is there or not", "[parcours]") {
  Chemin_ full({{a, "entree", R"({"motif": "orientation"})", "2022-03-01"},
                {a, "pause", R"({"id": "P1", "etape": "debut"})", "2022-05-01"},
                {a, "emploi", R"({"id": "J1", "etape": "trouve"})", "2022-08-31"}});
  Chemin_ empty({});
  const auto shown = [](Chemin_ &desk) {
    return write_json(to_value(desk.at("2023-01-01", "professionnel:zoe", "referent")));
  };
  CHECK(shown(full) == shown(empty));
}
