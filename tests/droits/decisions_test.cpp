// Objections and limitations: for some purposes, for some facts, until they are lifted.
#include "tests/droits/scene.hpp"

using namespace spie;
using namespace spie::droits;
using namespace spie::testing;

namespace {

struct Decisions_ : Scene {
  void decide(const std::string &kind, const std::string &step, const std::string &on, const std::string &scope = {}) {
    record(*journal, on,
           {{"personne:aline", "decision_donnees",
             R"({"genre": ")" + kind + R"(", "etape": ")" + step + R"(")" + (scope.empty() ? "" : ", " + scope) + "}",
             on}});
  }
  // Why a family, or "dossier", is not in clear.
  std::string held(const std::string &role, const std::string &purpose, const std::string &on,
                   std::string_view object = "dossier") {
    return held_back(see(ask(role, purpose, on + "T12:00:00Z")).retenues, object);
  }
  std::string fact(const std::string &role, const std::string &purpose, const std::string &on, std::string_view path) {
    return shown(see(ask(role, purpose, on + "T12:00:00Z")).situation, path);
  }
};

const std::string for_evaluation = R"("finalites": ["evaluation"])";

} // namespace

TEST_CASE("an objection may name its purposes, and holds for them alone", "[droits]") {
  Decisions_ scene;
  scene.decide("opposition", "acceptee", "2022-04-01", R"("finalites": ["evaluation", "accompagnement"])");
  CHECK(scene.held("evaluateur", "evaluation", "2022-04-01") == "retenu (decision_finalite)");
  // What the table does not give to an objection by default, the decision gives.
  CHECK(scene.held("referent", "accompagnement", "2022-04-01") == "retenu (decision_finalite)");
  CHECK(scene.held("pilote", "pilotage", "2022-04-01").empty());
  CHECK(scene.held("membre_instance", "instance", "2022-04-01").empty());
  CHECK(scene.held("personne", "accompagnement", "2022-04-01").empty());
  const Vue view = scene.see(ask("evaluateur", "evaluation", "2022-04-01T12:00:00Z"));
  CHECK(view.situation.faits.empty());
  CHECK(view.retenues.front().texte ==
        "non montré : une décision sur les données de la personne l'interdit pour cette finalité");
}

TEST_CASE("an objection without scope is what it was, and is told as it was", "[droits]") {
  Decisions_ scene;
  scene.decide("opposition", "acceptee", "2022-04-01");
  CHECK(scene.held("evaluateur", "evaluation", "2022-04-01") == "retenu (decision)");
  CHECK(scene.held("pilote", "pilotage", "2022-04-01") == "retenu (decision)");
  CHECK(scene.held("referent", "accompagnement", "2022-04-01").empty());
}

TEST_CASE("an acceptance has the scope of what was asked, unless it names its own", "[droits]") {
  Decisions_ scene;
  scene.decide("opposition", "demandee", "2022-04-01", for_evaluation);
  CHECK(scene.held("evaluateur", "evaluation", "2022-04-01").empty());
  scene.decide("opposition", "acceptee", "2022-04-02");
  CHECK(scene.held("evaluateur", "evaluation", "2022-04-02") == "retenu (decision_finalite)");
  CHECK(scene.held("pilote", "pilotage", "2022-04-02").empty());
  // A second objection adds to the first.
  scene.decide("opposition", "demandee", "2022-04-03", R"("finalites": ["pilotage", "annexe_e"])");
  scene.decide("opposition", "acceptee", "2022-04-04", R"("finalites": ["pilotage"])");
  CHECK(scene.held("evaluateur", "evaluation", "2022-04-04") == "retenu (decision_finalite)");
  CHECK(scene.held("pilote", "pilotage", "2022-04-04") == "retenu (decision_finalite)");
  CHECK(scene.held("destinataire_annexe_e", "annexe_e", "2022-04-04").empty());
  // One that was refused leaves nothing behind for the next.
  scene.decide("opposition", "demandee", "2022-04-05", R"("finalites": ["annexe_e"])");
  scene.decide("opposition", "refusee", "2022-04-06");
  CHECK(scene.held("destinataire_annexe_e", "annexe_e", "2022-04-06").empty());
  CHECK(scene.held("evaluateur", "evaluation", "2022-04-06") == "retenu (decision_finalite)");
}

TEST_CASE("what is lifted is what the lifting names, and all of it when it names nothing", "[droits]") {
  Decisions_ scene;
  scene.decide("opposition", "acceptee", "2022-04-01"); // by default: instance, pilotage, evaluation, annexe_e
  scene.decide("opposition", "levee", "2022-04-02", for_evaluation);
  CHECK(scene.held("evaluateur", "evaluation", "2022-04-02").empty());
  CHECK(scene.held("pilote", "pilotage", "2022-04-02") == "retenu (decision)");
  scene.decide("opposition", "levee", "2022-04-03");
  CHECK(scene.held("pilote", "pilotage", "2022-04-03").empty());
}

TEST_CASE("a limitation has a scope too; an erasure that was decided has none", "[droits]") {
  Decisions_ scene;
  scene.decide("limitation", "acceptee", "2022-04-01", for_evaluation);
  CHECK(scene.held("evaluateur", "evaluation", "2022-04-01") == "retenu (decision_finalite)");
  CHECK(scene.held("referent", "accompagnement", "2022-04-01").empty());
  scene.decide("effacement", "acceptee", "2022-04-02", for_evaluation);
  CHECK(scene.held("referent", "accompagnement", "2022-04-02") == "retenu (decision)");
}

TEST_CASE("a decision may name facts: they are held back, and the rest is shown", "[droits]") {
  Decisions_ scene;
  scene.decide("opposition", "acceptee", "2022-04-01",
               R"("finalites": ["accompagnement"], "objets": ["recherche", "identite.date_naissance", "frein.sante"])");
  const std::string on = "2022-04-01", help = "accompagnement";
  CHECK(scene.fact("referent", help, on, "identite.nom") == "EXEMPLE");
  CHECK(scene.fact("referent", help, on, "identite.date_naissance") == "-");
  CHECK(scene.fact("referent", help, on, "recherche_emploi.metiers") == "-");
  // That one frein alone is missing would tell which: all of them are held back.
  CHECK(scene.fact("referent", help, on, "frein.sante.reponse") == "-");
  CHECK(scene.fact("referent", help, on, "frein.mobilite.reponse") == "-");
  CHECK(scene.fact("membre", help, on, "frein.social.reponse") == "-");
  CHECK(scene.fact("referent", help, on, "ressource.permis_b.reponse") == "oui");
  CHECK(scene.fact("pilote", "pilotage", on, "recherche_emploi.metiers") == "[\"K1303\"]");
  CHECK(scene.fact("personne", help, on, "frein.sante.reponse") == "oui");
  // It is told by family, not by the fact: the list says nothing that the actor may not know.
  for (const char *family : {"recherche", "age", "diagnostic"})
    CHECK(scene.held("membre", help, on, family) == "retenu (decision_objets)");
  for (const char *other : {"dossier", "etat_civil", "suivi"})
    CHECK(scene.held("membre", help, on, other).empty());
  CHECK(write_json(to_value(scene.see(ask("membre", help, on + "T13:00:00Z")).retenues)).find("sante") ==
        std::string::npos);
  CHECK(scene.guichet.historique(ask("referent", help, on + "T13:00:00Z"), scene.aline, "frein").paroles.empty());

  scene.decide("opposition", "levee", "2022-04-02", R"("objets": ["recherche"])");
  CHECK(scene.fact("referent", help, "2022-04-02", "recherche_emploi.metiers") == "[\"K1303\"]");
  CHECK(scene.held("referent", help, "2022-04-02", "recherche").empty());
  CHECK(scene.fact("referent", help, "2022-04-02", "identite.date_naissance") == "-");
}

TEST_CASE("facts given back from a decision on the whole dossier are shown alone", "[droits]") {
  Decisions_ scene;
  scene.decide("limitation", "acceptee", "2022-04-01");
  scene.decide("limitation", "levee", "2022-04-02", R"("objets": ["recherche"])");
  CHECK(scene.fact("referent", "accompagnement", "2022-04-02", "recherche_emploi.metiers") == "[\"K1303\"]");
  const Vue view = scene.see(ask("referent", "accompagnement", "2022-04-02T12:00:00Z"));
  CHECK_FALSE(view.situation.faits.empty());
  for (const dossier::Fait &fact : view.situation.faits)
    CHECK(fact.type == "recherche_emploi");
  CHECK_FALSE(view.situation.foyer);
}

TEST_CASE("an objection to free texts outlasts their declassification", "[droits]") {
  Decisions_ scene;
  scene.decide("opposition", "acceptee", "2022-04-01", R"("finalites": ["accompagnement"], "objets": ["texte_libre"])");
  CHECK(scene.fact("referent", "accompagnement", "2022-04-01", "rendez_vous.1.issue") == "-");
  CHECK(scene.fact("referent", "accompagnement", "2022-04-01", "rendez_vous.1.etape") == "tenu");
}

TEST_CASE("a word of a scope that the table does not know holds back too much, never too little", "[droits]") {
  Decisions_ scene;
  scene.decide("opposition", "acceptee", "2022-04-01", R"("finalites": ["evalution"])");
  CHECK(scene.held("evaluateur", "evaluation", "2022-04-01") == "retenu (decision_finalite)");
  CHECK(scene.held("referent", "accompagnement", "2022-04-01") == "retenu (decision_finalite)");
  scene.decide("opposition", "levee", "2022-04-02", R"("finalites": ["evalution"])");
  CHECK_FALSE(scene.held("evaluateur", "evaluation", "2022-04-02").empty());
  scene.decide("opposition", "levee", "2022-04-03");
  CHECK(scene.held("evaluateur", "evaluation", "2022-04-03").empty());
  scene.decide("opposition", "acceptee", "2022-04-04", R"("finalites": ["evaluation"], "objets": ["fraein"])");
  CHECK(scene.held("evaluateur", "evaluation", "2022-04-04") == "retenu (decision_finalite)");
  scene.decide("opposition", "levee", "2022-04-05", R"("objets": ["fraein"])");
  CHECK_FALSE(scene.held("evaluateur", "evaluation", "2022-04-05").empty());
}
