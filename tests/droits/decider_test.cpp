#include "tests/droits/scene.hpp"

using namespace spie;
using namespace spie::droits;
using namespace spie::testing;

namespace {

std::shared_ptr<const Pack> convention() {
  static const auto pack = Pack::load(std::string(SPIE_SOURCE_DIR) + "/packs/seine-et-marne-2022-2023");
  return pack;
}

// Aline's dossier, with some more; what `role` is answered of a decision on it, as JSON.
std::string answer(const std::vector<Event> &more, const std::string &role, const std::string &purpose,
                   const std::string &decision) {
  Scene scene;
  record(*scene.journal, "2022-03-06", more);
  return write_json(
      to_value(scene.guichet.expliquer(ask(role, purpose), scene.aline, *convention(), decision, day("2022-06-01"))));
}

const std::string a = "personne:aline", d = "2022-03-02";
const Event in_melun{a, "adresse", R"({"code_commune": "77288"})", d};
Event frein(const std::string &code, const std::string &said) {
  return {a, "frein", R"({"code": ")" + code + R"(", "reponse": ")" + said + "\"}", d};
}

} // namespace

TEST_CASE("a desk decides on a dossier by the pack's own map, and tells where the facts came from", "[droits][faits]") {
  Scene scene;
  record(*scene.journal, "2022-03-06", {in_melun, frein("formation", "oui")});
  const VueResultat view = scene.guichet.expliquer(ask("referent", "accompagnement"), scene.aline, *convention(),
                                                   "admission", day("2022-06-01"));
  CHECK(view.role == "referent");
  CHECK(view.retenues.empty());
  CHECK_FALSE(view.voile);
  CHECK(view.resultat.value.is_true()); // health and training, in Melun
  CHECK(scene.entries().back().operation == "expliquer");
  // The day asked for and what no dossier gives are nobody's facts: they hold nothing back.
  const VueResultat dated = scene.guichet.expliquer(ask("referent", "accompagnement"), scene.aline, *convention(),
                                                    "demandeur_emploi_longue_duree", day("2022-06-01"));
  CHECK(dated.retenues.empty());
  CHECK(dated.resultat.missing == std::vector<std::string>{"date_inscription", "duree_inscription_mois"});
  const VueResultat given = scene.guichet.expliquer(ask("referent", "accompagnement"), scene.aline, *convention(),
                                                    "demandeur_emploi_longue_duree", day("2022-06-01"),
                                                    feel::Context{{"duree_inscription_mois", 13}});
  CHECK(given.resultat.value.is_true());
}

TEST_CASE("what is masked moves no answer that is shown", "[droits][faits]") {
  for (const auto &[role, purpose] : {std::pair{"membre", "accompagnement"},
                                      {"responsable_structure", "encadrement"},
                                      {"pilote", "pilotage"},
                                      {"evaluateur", "evaluation"}})
    for (const dmn::ElementInfo &decision : convention()->model().decisions()) {
      // Of health, a member sees a coarse group alone; of the rest of the barriers, the others see nothing in clear.
      const std::string yes = answer({in_melun, frein("sante", "oui")}, role, purpose, decision.name);
      const std::string no = answer({in_melun, frein("sante", "non")}, role, purpose, decision.name);
      const std::string refused = answer({in_melun, frein("sante", "refuse")}, role, purpose, decision.name);
      INFO(role << " " << decision.name);
      CHECK(yes == no);
      CHECK(yes == refused);
    }
  // A référent sees it, and his answer follows it.
  CHECK(
      answer({in_melun, frein("formation", "oui")}, "referent", "accompagnement", "admission") !=
      answer({in_melun, frein("formation", "oui"), frein("sante", "non")}, "referent", "accompagnement", "admission"));
}
