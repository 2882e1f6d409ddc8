#include "tests/dossier/events.hpp"

#include "spie/dossier/contenu.hpp"

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>

using namespace spie;
using namespace spie::dossier;
using namespace spie::testing;

namespace {

constexpr std::string_view whole = R"({"id": "e-1", "type": "identite", "version": 1, "sujets": ["personne:aline"],
  "effet": {"debut": "2022-02-28", "precision": "mois"}, "auteur": "import",
  "source": {"nom": "caf.vrsb", "document": "00ff", "place": "InfosFoyerRSA[1]", "import": "i-1"},
  "contenu": {"nom": "EXEMPLE", "prenom": "Aline", "date_naissance": "1990-05-04"}})";

std::string altered(std::string_view from, std::string_view to) {
  std::string text(whole);
  const std::size_t at = text.find(from);
  REQUIRE(at != std::string::npos);
  return text.replace(at, from.size(), to);
}

std::string read_refusal(const std::string &json) {
  return refusal([&] { read_evenement(read_json(json)); });
}

} // namespace

TEST_CASE("an event is read and written back as it was", "[dossier]") {
  const feel::Value value = read_json(whole);
  const Evenement event = read_evenement(value);
  CHECK(event.sujets.front() == Sujet{Genre::personne, "aline"});
  CHECK(event.effet.precision == Precision::mois);
  CHECK(event.contenu.find("date_naissance")->date() == day("1990-05-04"));
  CHECK(event.source.import_id == "i-1");
  CHECK(feel::identical(to_value(event), value));
}

TEST_CASE("what is wrong with an event is named with its place", "[dossier]") {
  struct Fault {
    const char *from, *to, *refusal;
  };
  const Fault faults[] = {
      {"\"identite\"", "\"identité\"", "E002 at /type"},
      {"\"version\": 1", "\"version\": 2", "E002 at /version"},
      {"[\"personne:aline\"]", "[]", "E001 at /sujets"},
      {"[\"personne:aline\"]", "[\"personne\"]", "E001 at /sujets/0"},
      {"[\"personne:aline\"]", "[\"foyer:aline\"]", "E001 at /sujets/0"},
      {"[\"personne:aline\"]", "[\"personne:aline\", \"personne:aline\"]", "E001 at /sujets/1"},
      {"\"debut\": \"2022-02-28\"", "\"debut\": \"2022-02-30\"", "E001 at /effet/debut"},
      {"\"debut\": \"2022-02-28\"", "\"debut\": \"2022-02-28\", \"fin\": \"2022-02-28\"", "E001 at /effet/fin"},
      {"\"mois\"", "\"semaine\"", "E001 at /effet/precision"},
      {"\"auteur\"", "\"auteure\"", "E001 at /auteure"},
      {"\"nom\": \"caf.vrsb\", ", "", "E001 at /source"},
      {"\"nom\": \"EXEMPLE\", ", "", "E001 at /contenu"},
      {"\"prenom\": \"Aline\"", "\"prenom\": 3", "E001 at /contenu/prenom"},
      {"\"prenom\": \"Aline\"", "\"prénom\": \"Aline\", \"prenom\": \"Aline\"", "E001 at /contenu/prénom"},
      {"\"1990-05-04\"", "\"1990-02-29\"", "E001 at /contenu/date_naissance"},
      {"\"1990-05-04\"", "19900504", "E001 at /contenu/date_naissance"},
  };
  for (const Fault &fault : faults) {
    CAPTURE(fault.from, fault.to);
    CHECK(read_refusal(altered(fault.from, fault.to)) == fault.refusal);
  }
  CHECK(read_refusal("[]") == "E001");
}

TEST_CASE("a midnight without a zone is the day that many programs mean by it", "[dossier]") {
  const auto instant = [](const char *text) { return std::string("{\"@datetime\": \"") + text + "\"}"; };
  const Evenement born = read_evenement(read_json(altered("\"1990-05-04\"", instant("1990-05-04T00:00:00"))));
  CHECK(born.contenu.find("date_naissance")->date() == day("1990-05-04"));
  const Evenement dated = read_evenement(read_json(altered("\"2022-02-28\"", instant("2022-02-28T00:00:00"))));
  CHECK(dated.effet.debut == day("2022-02-28"));
  for (const char *other : {"1990-05-04T08:00:00", "1990-05-04T00:00:00Z"}) {
    CHECK(read_refusal(altered("\"1990-05-04\"", instant(other))) == "E001 at /contenu/date_naissance");
    CHECK(read_refusal(altered("\"2022-02-28\"", instant(other))) == "E001 at /effet/debut");
  }
}

TEST_CASE("a payload says all that is wrong with it at once", "[dossier]") {
  std::vector<Diagnostic> faults;
  read_contenu(*find_type("action"),
               read_json(R"({"etape": "commencee", "code": "", "date_prevue": "demain", "autre": 1})").context(),
               faults);
  std::string places;
  for (const Diagnostic &fault : faults)
    places += fault.where + " ";
  CHECK(places == "/contenu /contenu/etape /contenu/code /contenu/date_prevue /contenu/autre ");
}

TEST_CASE("a text that JSON cannot carry is refused, not mended", "[dossier]") {
  const TypeContenu &type = *find_type("identite");
  for (const char *name : {"AB\xC3", "\xFF", "\xED\xA0\x80"}) { // half a character, none, half a pair
    std::vector<Diagnostic> faults;
    read_contenu(type, feel::Context{{"nom", name}, {"prenom", "Aline"}}, faults);
    REQUIRE(faults.size() == 1);
    CHECK(faults[0].where == "/contenu/nom");
  }
}

TEST_CASE("a field names subjects of its own genre", "[dossier]") {
  const TypeContenu &type = *find_type("appartenance");
  for (const auto &[subject, faults_expected] :
       {std::pair("foyer:f", 0U), {"personne:a", 1U}, {"foyer", 1U}, {"foyer:", 1U}}) {
    std::vector<Diagnostic> faults;
    read_contenu(type, feel::Context{{"foyer", subject}}, faults);
    CAPTURE(subject);
    CHECK(faults.size() == faults_expected);
  }
}

TEST_CASE("what went to somebody is a fact, one for each recipient and purpose", "[dossier]") {
  const auto journal = store::open_memory();
  record(
      *journal, "2022-06-30",
      {{"personne:aline", "partage",
        R"({"destinataire": "structure:etat", "finalite": "annexe_e", "objets": ["identite", "statut"], "moyen": "fichier"})",
        "2022-06-30"},
       {"personne:aline", "partage", R"({"destinataire": "instance", "finalite": "instance"})", "2022-06-15"}});
  const Situation held = situation(*journal, subject("personne:aline"), day("2022-07-01"));
  CHECK(held.find("partage.structure:etat/annexe_e.moyen")->dire.valeur.text() == "fichier");
  CHECK(held.find("partage.instance/instance.finalite") != nullptr);
}

TEST_CASE("an answer has five states and is never a boolean", "[dossier]") {
  const TypeContenu &type = *find_type("frein");
  for (const char *state : {"oui", "non", "non_aborde", "refuse", "ne_sait_pas"}) {
    std::vector<Diagnostic> faults;
    read_contenu(type, feel::Context{{"code", "mobilite"}, {"reponse", state}}, faults);
    CHECK(faults.empty());
  }
  for (const feel::Value &wrong : {feel::Value(true), feel::Value("peut-être"), feel::Value("OUI"), feel::Value(1)}) {
    std::vector<Diagnostic> faults;
    read_contenu(type, feel::Context{{"code", "mobilite"}, {"reponse", wrong}}, faults);
    CHECK(faults.size() == 1);
  }
}

TEST_CASE("an instant of record has a zone, and a day of knowledge ends at midnight in Paris", "[dossier]") {
  CHECK(instant("2022-03-05T08:00:00Z").to_string() == "2022-03-05T08:00:00.000Z");
  CHECK(instant("2022-03-05T08:00:00.25+01:00").to_string() == "2022-03-05T07:00:00.250Z");
  CHECK(instant("1969-12-31T23:59:59.999Z").to_string() == "1969-12-31T23:59:59.999Z");
  CHECK_FALSE(Instant::parse("2022-03-05T08:00:00"));
  CHECK_FALSE(Instant::parse("2022-03-05T08:00:00.0001Z"));
  // Winter time, summer time, and the days on which the clocks change.
  CHECK(Instant::end_of_day(day("2022-01-15")).to_string() == "2022-01-15T22:59:59.999Z");
  CHECK(Instant::end_of_day(day("2022-07-15")).to_string() == "2022-07-15T21:59:59.999Z");
  CHECK(Instant::end_of_day(day("2022-03-27")).to_string() == "2022-03-27T21:59:59.999Z");
  CHECK(Instant::end_of_day(day("2022-10-30")).to_string() == "2022-10-30T22:59:59.999Z");

  CHECK(Connaissance::parse("#12")->seq == 12);
  CHECK(Connaissance::parse("2022-07-15")->instant == Instant::end_of_day(day("2022-07-15")));
  CHECK(Connaissance::parse("2022-07-15T10:00:00Z")->instant == instant("2022-07-15T10:00:00Z"));
  for (const char *wrong : {"", "#", "#-1", "#1x", "hier", "2022-13-01"})
    CHECK_FALSE(Connaissance::parse(wrong));
}

TEST_CASE("each type of payload has its JSON Schema in docs/schemas", "[dossier][schemas]") {
  namespace fs = std::filesystem;
  const fs::path folder = fs::path(SPIE_SOURCE_DIR) / "docs" / "schemas";
  const bool update = std::getenv("SPIE_UPDATE") != nullptr;
  std::size_t files = 0;
  if (fs::exists(folder))
    for (const auto &entry : fs::directory_iterator(folder))
      files += entry.path().extension() == ".json" ? 1U : 0U;
  const auto compare = [&](const std::string &name, const feel::Value &value) {
    const fs::path path = folder / (name + ".json");
    const std::string schema = write_json(value, 2) + "\n";
    CAPTURE(path.string());
    if (update) {
      fs::create_directories(folder);
      std::ofstream(path, std::ios::binary) << schema;
      return;
    }
    std::ifstream file(path, std::ios::binary);
    std::stringstream held;
    held << file.rdbuf();
    CHECK(held.str() == schema); // SPIE_UPDATE=1 writes them anew
  };
  compare("evenement", envelope_schema());
  for (const TypeContenu &type : types_contenu())
    compare(std::string(type.nom) + ".v" + std::to_string(type.version), json_schema(type));
  if (!update)
    CHECK(files == types_contenu().size() + 1);
}

TEST_CASE("a type's first step comes first, and steps have a key", "[dossier]") {
  for (const TypeContenu &type : types_contenu()) {
    CAPTURE(type.nom);
    if (type.cardinalite != Cardinalite::etapes)
      continue;
    CHECK_FALSE(type.cle.empty());
    std::size_t steps = 0;
    for (const Champ &field : type.champs)
      if (field.nom == "etape") {
        ++steps;
        CHECK(field.obligatoire);
        CHECK_FALSE(field.valeurs.empty());
      }
    CHECK(steps == 1);
  }
}
