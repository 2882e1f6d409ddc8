// Whether a planned PMSMP is lawful: the code du travail, D5135-3, and how the project reads it (docs/parcours.md).
#include "tests/catch.hpp"

#include "spie/json.hpp"
#include "spie/parcours/immersion.hpp"

#include <algorithm>
#include <random>

using namespace spie;
using namespace spie::parcours;

namespace {

const Pack &law() {
  static const auto pack = Pack::load(SPIE_SOURCE_DIR "/packs/socle-national");
  return *pack;
}

ExamenImmersion judged(const std::string &json) {
  return verifier_immersion(law(), read_demande_immersion(law(), read_json(json)), *feel::Date::parse("2022-06-01"));
}

// A convention of host A, to discover a trade, with one goal, prescribed by a mission locale.
std::string convention(const std::string &id, const std::string &first, const std::string &last,
                       const std::string &more = {}) {
  return R"({"id": ")" + id +
         R"(", "structure": "structure:a", "objet": "decouvrir_metier", "objectifs": ["cuisine"], )" + R"("debut": ")" +
         first + R"(", "fin": ")" + last + R"(", "prescripteur": "mission_locale")" +
         (more.empty() ? "" : ", " + more) + "}";
}
std::string demand(const std::string &planned, const std::vector<std::string> &before = {}) {
  std::string list;
  for (const std::string &one : before)
    list += (list.empty() ? "" : ", ") + one;
  return R"({"convention": )" + planned + R"(, "precedentes": [)" + list + "]}";
}
std::string with(std::string text, const std::string &from, const std::string &to) {
  const auto at = text.find(from);
  REQUIRE(at != std::string::npos);
  return text.replace(at, from.size(), to);
}
std::vector<std::string> rules(const ExamenImmersion &examen) {
  std::vector<std::string> list;
  for (const MotifImmersion &one : examen.motifs) {
    list.push_back(one.regle);
    CHECK(law().find_article(one.article) != nullptr);
    CHECK(one.texte.find('{') == std::string::npos);
  }
  return list;
}
using Regles = std::vector<std::string>;

std::vector<std::string> refusals(const std::string &json) {
  std::vector<std::string> places;
  try {
    judged(json);
  } catch (const Error &error) {
    for (const Diagnostic &one : error.diagnostics()) {
      CHECK(text(one.code) == "Q001");
      places.push_back(one.where);
    }
  }
  return places;
}

} // namespace

TEST_CASE("a convention lasts at most a month date to date, to the ends of months", "[parcours][immersion]") {
  // The last day allowed, of D5135-3 read with decisions of the project.
  const std::vector<std::pair<std::string, std::string>> last_days{
      {"2022-03-31", "2022-04-30"}, {"2022-03-01", "2022-03-31"}, {"2022-01-30", "2022-02-28"},
      {"2024-01-30", "2024-02-29"}, {"2022-01-31", "2022-02-28"}, {"2022-02-28", "2022-03-27"},
      {"2024-02-29", "2024-03-28"}, {"2022-12-15", "2023-01-14"}, {"2022-01-28", "2022-02-27"}};
  for (const auto &[first, last] : last_days) {
    CAPTURE(first);
    CHECK(judged(demand(convention("c", first, last))).verdict == VerdictImmersion::conforme);
    const std::string after = feel::Date::parse(last)->plus_days(1)->to_string();
    CHECK(rules(judged(demand(convention("c", first, after)))) == Regles{"duree"});
  }
}

TEST_CASE("a renewal keeps the host, the object and the goals, comes once, and only where goals were not met",
          "[parcours][immersion]") {
  const std::string base = convention("b", "2022-01-03", "2022-01-28");
  const std::string renewal = convention("c", "2022-02-01", "2022-02-25", R"("renouvelle": "b")");
  CHECK(judged(demand(renewal, {base})).verdict == VerdictImmersion::conforme);
  CHECK(rules(judged(demand(with(renewal, "structure:a", "structure:z"), {base}))) == Regles{"renouvellement"});
  CHECK(rules(judged(demand(with(renewal, "decouvrir_metier", "confirmer_projet"), {base}))) ==
        Regles{"renouvellement"});
  CHECK(rules(judged(demand(with(renewal, "cuisine", "service"), {base}))) == Regles{"renouvellement"});
  CHECK(rules(judged(demand(renewal, {with(base, "\"objet\"", "\"objectifs_atteints\": true, \"objet\"")}))) ==
        Regles{"renouvellement"});
  // Renewed already; the base is a renewal; the base is not there.
  CHECK(rules(judged(demand(renewal, {base, convention("d", "2022-03-01", "2022-03-05", R"("renouvelle": "b")")}))) ==
        Regles{"renouvellement"});
  CHECK(rules(judged(demand(renewal, {with(base, "\"objet\"", "\"renouvelle\": \"a\", \"objet\""),
                                      convention("a", "2021-11-01", "2021-11-05")}))) == Regles{"renouvellement"});
  const ExamenImmersion alone = judged(demand(renewal));
  CHECK(alone.verdict == VerdictImmersion::indetermine);
  CHECK(alone.manquants == Regles{"precedentes"});
  // It is no new convention: neither counted, nor held to another object.
  CHECK(
      judged(demand(renewal, {base, with(convention("e", "2021-12-01", "2021-12-03"), "cuisine", "salle")})).verdict ==
      VerdictImmersion::conforme);
  const ExamenImmersion unknown = judged(demand(with(renewal, "\"decouvrir_metier\"", "null"), {base}));
  CHECK(unknown.verdict == VerdictImmersion::indetermine);
  CHECK(unknown.manquants == Regles{"convention.objet"});
}

TEST_CASE("two conventions at most in twelve months, of other objects or goals", "[parcours][immersion]") {
  const std::string first = with(convention("p", "2022-01-03", "2022-01-07"), "cuisine", "salle");
  const std::string second = with(convention("q", "2022-06-01", "2022-06-03"), "cuisine", "plonge");
  CHECK(rules(judged(demand(convention("c", "2022-09-01", "2022-09-03"), {first, second}))) == Regles{"nombre"});
  // The window ends on the eve of the same day.
  CHECK(rules(judged(demand(convention("c", "2023-01-02", "2023-01-03"), {first, second}))) == Regles{"nombre"});
  CHECK(judged(demand(convention("c", "2023-01-03", "2023-01-04"), {first, second})).verdict ==
        VerdictImmersion::conforme);
  // One that comes after counts as well; so does one whose host is another for none.
  CHECK(rules(judged(demand(convention("c", "2021-12-01", "2021-12-03"), {first, second}))) == Regles{"nombre"});
  CHECK(judged(demand(convention("c", "2022-09-01", "2022-09-03"), {first, with(second, "structure:a", "structure:b")}))
            .verdict == VerdictImmersion::conforme);
  // From 29 February to 28 February.
  const std::string leap = convention("p", "2024-02-29", "2024-03-01");
  CHECK(rules(judged(demand(convention("c", "2025-02-28", "2025-03-01"), {leap}))) == Regles{"objets"});
  CHECK(judged(demand(convention("c", "2025-03-01", "2025-03-02"), {leap})).verdict == VerdictImmersion::conforme);
}

TEST_CASE("an unknown host matters only if counting it would change the verdict", "[parcours][immersion]") {
  const std::string other = with(convention("p", "2022-01-03", "2022-01-07"), "cuisine", "salle");
  const std::string nowhere =
      with(with(convention("q", "2022-06-01", "2022-06-03"), "cuisine", "plonge"), "\"structure:a\"", "null");
  const ExamenImmersion counted = judged(demand(convention("c", "2022-09-01", "2022-09-03"), {other, nowhere}));
  CHECK(counted.verdict == VerdictImmersion::indetermine);
  CHECK(counted.manquants == Regles{"precedentes[2].structure"});
  CHECK(judged(demand(convention("c", "2022-09-01", "2022-09-03"), {nowhere})).verdict == VerdictImmersion::conforme);
  // It stands on days that the planned one takes: it was elsewhere.
  CHECK(judged(demand(convention("c", "2022-06-02", "2022-06-04"), {other, nowhere})).verdict ==
        VerdictImmersion::conforme);
  // A motive that stands hides no other, and what is unknown is asked no more.
  const ExamenImmersion broken = judged(demand(convention("c", "2022-09-01", "2022-11-03"), {other, nowhere}));
  CHECK(rules(broken) == Regles{"duree", "total_jours"});
  CHECK(broken.manquants.empty());
}

TEST_CASE("sixty days in a host in twelve months, renewals included", "[parcours][immersion]") {
  const std::string base = convention("b", "2022-01-03", "2022-02-02");                            // 31 days
  const std::string renewal = convention("c", "2022-03-01", "2022-03-29", R"("renouvelle": "b")"); // 29
  CHECK(judged(demand(renewal, {base})).verdict == VerdictImmersion::conforme);
  CHECK(rules(judged(demand(with(renewal, "2022-03-29", "2022-03-30"), {base}))) == Regles{"total_jours"});
  // The window holds a day of the planned one, whichever came first: here it comes before.
  const std::string before = with(convention("c", "2021-02-03", "2021-03-02"), "cuisine", "salle"); // 28
  const std::string end = with(convention("e", "2021-04-01", "2021-04-10"), "decouvrir_metier", "confirmer_projet");
  CHECK(judged(demand(before, {end})).verdict == VerdictImmersion::conforme);
}

TEST_CASE("object, prescriber and uses are judged only when they are said", "[parcours][immersion]") {
  const std::string draft = convention("c", "2024-09-02", "2024-09-06");
  CHECK(rules(judged(demand(with(draft, "decouvrir_metier", "travailler")))) == Regles{"objet"});
  CHECK(judged(demand(with(draft, "\"decouvrir_metier\"", "null"))).verdict == VerdictImmersion::conforme);
  CHECK(rules(judged(demand(with(draft, "mission_locale", "mairie")))) == Regles{"prescripteur"});
  CHECK(judged(demand(with(draft, "\"mission_locale\"", "null"))).verdict == VerdictImmersion::conforme);
  CHECK(rules(judged(demand(convention("c", "2024-09-02", "2024-09-06", R"("usages": ["remplacement"])")))) ==
        Regles{"usage"});
  const std::string delegated = with(draft, "mission_locale", "delegataire");
  CHECK(judged(demand(delegated)).verdict == VerdictImmersion::conforme);
  CHECK(rules(judged(demand(with(delegated, "\"objet\"", R"("delegation": "siae", "objet")")))) ==
        Regles{"prescripteur"});
  CHECK(judged(demand(with(delegated, "\"objet\"", R"("delegation": "cap_emploi", "objet")"))).verdict ==
        VerdictImmersion::conforme);
}

TEST_CASE("what the draft lacks of D5135-2 is told, and is never the verdict", "[parcours][immersion]") {
  const ExamenImmersion examen = judged(demand(convention("c", "2024-09-02", "2024-09-06")));
  CHECK(examen.verdict == VerdictImmersion::conforme);
  CHECK(examen.a_completer.size() == 8);
  const ExamenImmersion whole = judged(demand(convention(
      "c", "2024-09-02", "2024-09-06",
      R"("beneficiaire": "x", "tuteur": "y", "accompagnement": "z", "heures": 35, "lieu": "l", "evaluation": "e",)"
      R"( "taches": "t", "horaires": "h")")));
  CHECK(whole.a_completer.empty());
  CHECK(judged(demand(convention("c", "2022-09-02", "2022-09-06"))).a_completer.size() == 9); // of an earlier text
}

TEST_CASE("a demand that contradicts itself is refused, with its place", "[parcours][immersion]") {
  const std::string one = convention("c", "2022-09-01", "2022-09-05");
  CHECK(refusals(demand(convention("c", "2022-09-05", "2022-09-01"))) == Regles{"/convention/fin"});
  CHECK(refusals(demand(one, {convention("c", "2022-01-01", "2022-01-02")})) == Regles{"/precedentes/0/id"});
  CHECK(refusals(demand(one, {convention("p", "2022-09-05", "2022-09-06")})) == Regles{"/precedentes/0"});
  CHECK(refusals(demand(with(one, "\"structure\"", "\"structur\""))) == Regles{"/convention/structur"});
  CHECK(refusals(demand(with(one, "2022-09-05", "2022-09-31"))) == Regles{"/convention/fin"});
  CHECK(refusals(R"({"convention": )" + one + "}") == Regles{"/precedentes"});
  CHECK(refusals("[]") == Regles{""});
  CHECK(refusals(demand(convention("c", "2022-09-01", "2022-09-05", R"("usages": ["stage"])"))) ==
        Regles{"/convention/usages"});
}

TEST_CASE("the pack's own decision reads the precedents, and says what the check says of what is known",
          "[parcours][immersion]") {
  std::mt19937 random(135'3);
  const auto draw = [&](int below) { return static_cast<int>(random() % static_cast<unsigned>(below)); };
  const auto text_of_day = [](int day) { return feel::Date{feel::Date::parse("2022-01-01")->days + day}.to_string(); };
  const auto decision = law().decision("immersion_conforme");
  int lawful = 0, unlawful = 0;
  for (int i = 0; i < 600; ++i) {
    struct One {
      std::string id, host, object, goal, base;
      int first, last;
      bool reached;
    };
    std::vector<One> all;
    int day = draw(60);
    const int count = 1 + draw(5);
    for (int at = 0; at < count; ++at) {
      One one{"c" + std::to_string(at),
              draw(4) == 0 ? "structure:b" : "structure:a",
              draw(3) == 0 ? "confirmer_projet" : "decouvrir_metier",
              draw(2) == 0 ? "service" : "cuisine",
              {},
              day,
              day + draw(33),
              draw(3) == 0};
      if (at > 0 && draw(3) == 0) {
        const One base = all[static_cast<std::size_t>(draw(at))];
        one.base = base.id;
        if (draw(4) != 0) {
          one.host = base.host;
          one.object = base.object;
          one.goal = base.goal;
        }
      }
      day = one.last + 1 + draw(draw(3) == 0 ? 300 : 60);
      all.push_back(one);
    }
    std::string planned, before, facts, facts_before;
    for (const One &one : all) {
      const bool last = &one == &all.back();
      const std::string shared = R"("id": ")" + one.id + R"(", "structure": ")" + one.host + R"(", "objet": ")" +
                                 one.object + R"(", "objectifs": [")" + one.goal + R"("])" +
                                 (one.base.empty() ? "" : R"(, "renouvelle": ")" + one.base + '"');
      const std::string here =
          '{' + shared + R"(, "debut": ")" + text_of_day(one.first) + R"(", "fin": ")" + text_of_day(one.last) + '"' +
          (last ? "" : std::string(R"(, "objectifs_atteints": )") + (one.reached ? "true" : "false")) + '}';
      const std::string fact =
          '{' + shared + R"(, "date_debut": {"@date": ")" + text_of_day(one.first) + R"("}, "date_fin": {"@date": ")" +
          text_of_day(one.last) + R"("})" +
          (last ? "" : std::string(R"(, "objectifs_atteints": ")") + (one.reached ? "oui\"" : "non\"")) + '}';
      if (last) {
        planned = here;
        facts = fact;
      } else {
        before += (before.empty() ? "" : ", ") + here;
        facts_before += (facts_before.empty() ? "" : ", ") + fact;
      }
    }
    const std::string asked = R"({"convention": )" + planned + R"(, "precedentes": [)" + before + "]}";
    INFO(asked);
    const ExamenImmersion examen = judged(asked);
    const PackResult decided = decision->evaluate(
        read_json(R"({"immersion": )" + facts + R"(, "immersions_precedentes": [)" + facts_before + "]}"),
        *feel::Date::parse("2022-06-01"), {false, false, {}});
    REQUIRE(examen.verdict != VerdictImmersion::indetermine);
    REQUIRE(decided.status == dmn::Status::determine);
    CHECK(decided.value.is_true() == (examen.verdict == VerdictImmersion::conforme));
    ++(decided.value.is_true() ? lawful : unlawful);
  }
  CHECK(lawful > 50);
  CHECK(unlawful > 50);
}
