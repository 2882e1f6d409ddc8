#include "tests/dossier/events.hpp"

#include "spie/parcours/immersion.hpp"

using namespace spie;
using namespace spie::parcours;
using namespace spie::testing;

namespace {

const Pack &law() {
  static const auto pack = Pack::load(SPIE_SOURCE_DIR "/packs/socle-national");
  return *pack;
}

const std::string a = "personne:aline";
Event immersion(const std::string &id, const std::string &step, const std::string &first, const std::string &last,
                const std::string &host, const std::string &goal, const std::string &on) {
  const auto given = [](const std::string &key, const std::string &value) {
    return value.empty() ? std::string() : ", \"" + key + "\": \"" + value + "\"";
  };
  const auto date = [](const std::string &key, const std::string &value) {
    return value.empty() ? std::string() : ", \"" + key + R"(": {"@date": ")" + value + "\"}";
  };
  return {a, "immersion",
          R"({"id": ")" + id + R"(", "etape": ")" + step + "\"" + given("structure", host) + date("date_debut", first) +
              date("date_fin", last) + given("objet", "decouvrir_metier") +
              (goal.empty() ? "" : R"(, "objectifs": [")" + goal + "\"]") + given("prescripteur", "mission_locale") +
              "}",
          on};
}
Event planned() { return immersion("p", "prevue", "2022-06-01", "2022-06-20", "structure:s", "voir", "2022-05-01"); }

ExamenImmersion judged(const std::vector<Event> &events) {
  const auto journal = store::open_memory();
  record(*journal, "2022-07-01", events);
  const auto here = dossier::situation(*journal, subject(a), day("2022-07-01"));
  return verifier_immersion(law(), demande_du_dossier(here, "p"), day("2022-07-01"));
}
std::string told(const ExamenImmersion &found) {
  std::string text(spie::parcours::text(found.verdict));
  for (const MotifImmersion &one : found.motifs)
    text += " " + one.regle;
  return text;
}

} // namespace

TEST_CASE("the immersions of a dossier are the precedents of one of them", "[parcours][immersion][dossier]") {
  CHECK(told(judged({planned()})) == "conforme");
  // The same object and goals in the same host, within twelve months.
  const auto before = [](const std::string &step, const std::string &on) {
    return immersion("q", step, "2022-03-01", "2022-03-10", "structure:s", "voir", on);
  };
  CHECK(told(judged({planned(), before("terminee", "2022-03-10")})) == "non_conforme objets");
  CHECK(told(judged({planned(), before("prevue", "2022-02-10")})) == "conforme"); // never signed
  // Given up on the eve of its first day, it does not count; on that day, it does.
  CHECK(told(judged({planned(), before("signee", "2022-02-10"), before("annulee", "2022-02-28")})) == "conforme");
  CHECK(told(judged({planned(), before("signee", "2022-02-10"), before("annulee", "2022-03-01")})) ==
        "non_conforme objets");
  // Signed, and nobody came.
  CHECK(told(judged({planned(),
                     before("signee", "2022-02-10"),
                     {a, "bilan_immersion", R"({"immersion": "q", "issue": "non_presente"})", "2022-03-10"}})) ==
        "non_conforme objets");
}

TEST_CASE("an imported immersion without its host matters only if counting it would",
          "[parcours][immersion][dossier]") {
  // Another goal, ten days: whoever received her, nothing is exceeded.
  CHECK(told(judged({planned(), immersion("q", "terminee", "2022-03-01", "2022-03-10", "", "essayer",
                                          "2022-03-10")})) == "conforme");
  // The same goal: lawful in another host, not in this one.
  const ExamenImmersion open =
      judged({planned(), immersion("q", "terminee", "2022-03-01", "2022-03-10", "", "voir", "2022-03-10")});
  CHECK(told(open) == "indetermine");
  CHECK(open.manquants == std::vector<std::string>{"precedentes[1].structure"});
  CHECK(refusal([] {
          const auto journal = store::open_memory();
          record(*journal, "2022-07-01", {planned()});
          demande_du_dossier(dossier::situation(*journal, subject(a), day("2022-07-01")), "x");
        }) == "E005 at x");
}
