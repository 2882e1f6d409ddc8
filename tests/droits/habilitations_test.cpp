// Who may do what, against a table that was keyed by hand; and who asks for a person what is held on her.
#include "spie/dossier/contenu.hpp"
#include "tests/droits/scene.hpp"

#include <fstream>
#include <sstream>

using namespace spie;
using namespace spie::droits;
using namespace spie::testing;

namespace {

std::vector<std::string> split(const std::string &line, char by) {
  std::vector<std::string> cells;
  std::istringstream stream(line);
  for (std::string cell; std::getline(stream, cell, by);)
    cells.push_back(cell);
  return cells;
}

struct Acte_ {
  std::string name;
  std::vector<std::string> types, steps, allowed; // "role/finalite"
};
std::vector<Acte_> keyed() {
  std::ifstream file(std::string(SPIE_SOURCE_DIR) + "/tests/droits/habilitations.csv");
  std::string line;
  std::getline(file, line);
  std::vector<Acte_> acts;
  while (std::getline(file, line)) {
    const auto cells = split(line, ';');
    REQUIRE(cells.size() == 4);
    acts.push_back({cells[0], split(cells[1], ' '), split(cells[2], ' '), split(cells[3], ' ')});
  }
  return acts;
}
bool has(const std::vector<std::string> &names, const std::string &name) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

} // namespace

TEST_CASE("each role may do the acts of the table for its purpose, and no other", "[droits]") {
  Scene scene;
  const auto acts = keyed();
  REQUIRE(acts.size() == rights().habilitations.size());
  for (std::size_t i = 0; i < acts.size(); ++i) {
    const Acte_ &act = acts[i];
    const Habilitation &held = rights().habilitations[i];
    CHECK(held.acte == act.name);
    CHECK(held.types == act.types);
    CHECK(held.etapes == act.steps);
    // An act that is for others at other steps, or of other types, is asked for with the event.
    const bool several = rights().habilitations_of(act.name).size() > 1;
    Cible target{scene.aline, several ? act.types.front() : ""};
    if (several && !act.steps.empty())
      target.etape = act.steps.front();
    for (const Role &role : rights().roles)
      for (const Finalite &purpose : rights().finalites) {
        INFO(act.name << " " << role.nom << "/" << purpose.nom);
        const bool allowed = has(act.allowed, role.nom + "/" + purpose.nom);
        const Demande asked = ask(role.nom, purpose.nom);
        std::string played;
        CHECK(refusal([&] { played = scene.guichet.autoriser(asked, act.name, {target}); }) == (allowed ? "" : "R002"));
        CHECK(played == (allowed ? role.nom : ""));
      }
  }
}

TEST_CASE("an act that is for others at other steps is asked for at the step of the event", "[droits]") {
  Scene scene;
  const auto asked = [&](const std::string &role, const std::string &purpose, const std::string &act, Cible target) {
    return refusal([&] { scene.guichet.autoriser(ask(role, purpose), act, {std::move(target)}); });
  };
  const auto relay = [&](const std::string &step) { return Cible{scene.aline, "relais", {}, {}, {}, step}; };
  CHECK(asked("pressenti", "accompagnement", "relayer", relay("accepte")).empty());
  CHECK(asked("pressenti", "accompagnement", "relayer", relay("demande")) == "R002");
  CHECK(asked("referent", "accompagnement", "relayer", relay("accepte")) == "R002");
  CHECK(asked("referent", "accompagnement", "relayer", relay("")) == "R002"); // which step is not said
  CHECK(asked("referent", "accompagnement", "enregistrer", relay("accepte")) == "R002");
  CHECK(asked("referent", "accompagnement", "enregistrer", relay("demande")).empty());
  const auto action = [&](const std::string &step) { return Cible{scene.aline, "action", {}, {}, {}, step}; };
  CHECK(asked("membre", "accompagnement", "enregistrer", action("prescrite")).empty());
  CHECK(asked("membre", "accompagnement", "enregistrer", action("refusee")) == "R002");
  CHECK(asked("personne", "accompagnement", "choisir", action("choisie")).empty());
  CHECK(asked("personne", "accompagnement", "choisir", action("terminee")) == "R002");
  const Cible seat{subject("instance:i"), "siege"}, elsewhere{subject("instance:j"), "siege"};
  CHECK(asked("animateur", "instance", "animer", seat).empty());
  CHECK(asked("animateur", "instance", "animer", elsewhere) == "R002");
}

TEST_CASE("a role that has a tie acts on the dossiers that it is tied to", "[droits]") {
  Scene scene;
  record(*scene.journal, "2022-03-07",
         {{"personne:driss", "identite", R"({"nom": "MODELE", "prenom": "Driss"})", "2022-03-01"}});
  const auto asked_for = [&](const std::string &role, const std::string &purpose, const std::vector<Cible> &targets) {
    return refusal([&] { scene.guichet.autoriser(ask(role, purpose), "enregistrer", targets); });
  };
  const Cible driss{subject("personne:driss"), "adresse"}, zoe{subject("personne:zoe"), "identite"},
      household{subject("foyer:f1"), "composition"};
  CHECK(asked_for("referent", "accompagnement", {{scene.aline, "frein"}}).empty());
  CHECK(asked_for("referent", "accompagnement", {driss}) == "R002");
  CHECK(asked_for("referent", "accompagnement", {{scene.aline, "frein"}, driss}) == "R002");
  CHECK(asked_for("referent", "accompagnement", {zoe}) == "E005"); // nobody is tied to who is not there yet
  CHECK(asked_for("referent", "accompagnement", {household}) == "R002");
  CHECK(asked_for("referent", "accompagnement", {}) == "R002");
  CHECK(asked_for("gestionnaire", "gestion", {{scene.aline, "adresse"}, driss, zoe, household}).empty());
  CHECK(asked_for("gestionnaire", "gestion", {}).empty());
  auto entries = scene.entries();
  CHECK(std::erase_if(entries, [](const Acces &one) { return !one.refus.empty(); }) == 5); // they left a trace
  REQUIRE(entries.size() == 3);
  CHECK(entries[1].operation == "enregistrer");
  CHECK(entries[1].role == "gestionnaire");
  CHECK(entries[1].dossiers.size() == 4);
}

TEST_CASE("an event of a type that has its own act asks for that act too", "[droits]") {
  Scene scene;
  std::string consent, tie;
  for (const auto &event : scene.journal->about(scene.aline)) {
    consent = event.type == "consentement" ? event.id : consent;
    tie = event.type == "membre" ? event.id : tie;
  }
  const auto may = [&](const std::string &role, const std::string &act, Cible target) {
    return refusal([&] {
             scene.guichet.autoriser(ask(role, role == "gestionnaire" ? "gestion" : "accompagnement"), act, {target});
           })
        .empty();
  };
  CHECK(may("membre", "enregistrer", {scene.aline, "frein"}));
  // A member does not name himself référent, nor consent for her, nor give a text away, nor open another household.
  for (const char *type :
       {"appartenance", "referent", "membre", "consentement", "declassement", "decision_donnees", "fusion"})
    CHECK_FALSE(may("membre", "enregistrer", {scene.aline, type}));
  // What an act alone writes is never recorded beside it, by anybody.
  for (const char *role : {"membre", "referent", "gestionnaire", "personne"})
    for (const char *type :
         {"element_passeport", "partage_passeport", "remise_passeport", "badge_delivre", "recommandation"})
      for (const char *step : {"", "ajoute", "ouvert", "delivre", "donnee"})
        for (const char *act : {"enregistrer", "corriger"})
          CHECK_FALSE(may(role, act, {scene.aline, type, {}, {}, {}, step}));
  CHECK_FALSE(may("gestionnaire", "enregistrer", {subject("structure:s"), "badge_structure"}));
  CHECK(may("referent", "enregistrer", {scene.aline, "declassement"}));
  CHECK_FALSE(may("referent", "enregistrer", {scene.aline, "decision_donnees"}));
  CHECK(may("gestionnaire", "enregistrer", {scene.aline, "decision_donnees"}));
  CHECK_FALSE(may("gestionnaire", "enregistrer", {scene.aline, "declassement"}));
  // To record a correction is to correct.
  CHECK_FALSE(may("membre", "enregistrer", {scene.aline, "retrait", tie}));
  CHECK(may("referent", "enregistrer", {scene.aline, "retrait", tie}));
  CHECK(may("personne", "consentir", {scene.aline, "consentement"}));
  CHECK_FALSE(may("personne", "consentir", {scene.aline, "retrait", consent}));
  CHECK_FALSE(may("membre", "corriger", {scene.aline, "consentement"}));
  CHECK_FALSE(may("referent", "voler", {scene.aline, {}}));
  const Cible made = cible_of(*scene.journal->find(tie));
  CHECK(made.sujet == scene.aline);
  CHECK(made.type == "membre");
}

TEST_CASE("what only the reading of files writes is the manager's to record", "[droits]") {
  Scene scene;
  for (const dossier::TypeContenu &type : dossier::types_contenu()) {
    INFO(type.nom);
    if (type.cardinalite == dossier::Cardinalite::mecanique && type.nom != "retrait") // which corrects
      REQUIRE_FALSE(rights().habilitations_of(type.nom, "").empty());
  }
  for (const char *type : {"observation", "proposition_doublon", "rattachement", "import"})
    for (const char *role : {"referent", "membre", "gestionnaire"}) {
      INFO(type << " " << role);
      const bool manager = std::string_view(role) == "gestionnaire";
      CHECK(refusal([&] {
              scene.guichet.autoriser(ask(role, manager ? "gestion" : "accompagnement"), "enregistrer",
                                      {{scene.aline, type}});
            }) == (manager ? "" : "R002"));
    }
}

TEST_CASE("every person that an event names is one that the actor is tied to", "[droits]") {
  Scene scene;
  record(*scene.journal, "2022-03-07",
         {{"personne:driss", "identite", R"({"nom": "MODELE", "prenom": "Driss"})", "2022-03-01"},
          {"personne:aline personne:driss", "adresse", R"({"commune": "VAL-INVENTE"})", "2022-03-01"}});
  std::string both;
  for (const auto &event : scene.journal->about(subject("personne:driss")))
    both = event.sujets.size() == 2 ? event.id : both;
  const auto asked_for = [&](const std::string &role, const std::vector<Cible> &targets) {
    return refusal([&] {
      scene.guichet.autoriser(ask(role, role == "gestionnaire" ? "gestion" : "accompagnement"), "enregistrer", targets);
    });
  };
  const Cible target = cible_of(*scene.journal->find(both));
  CHECK(target.autres == std::vector{subject("personne:driss")});
  CHECK(asked_for("referent", {target}) == "R002");
  CHECK(asked_for("membre", {target}) == "R002");
  CHECK(asked_for("gestionnaire", {target}).empty());
  CHECK(scene.entries().back().dossiers.size() == 2); // both were touched
  CHECK(asked_for("referent", {{scene.aline, "frein", {}, {subject("personne:zoe")}}}) == "E005");
  // A professional or a household beside her is no dossier of somebody else.
  CHECK(asked_for("referent", {{scene.aline, "rendez_vous", {}, {subject("professionnel:max"), subject("foyer:f1")}}})
            .empty());
  // To correct an event touches those that it names.
  CHECK(asked_for("referent", {{scene.aline, "retrait", both}}) == "R002");
  const auto read =
      read_cibles(read_json(R"([{"sujets": ["personne:aline", "professionnel:max", "personne:driss"]}])"));
  CHECK(read.front().autres == std::vector{subject("professionnel:max"), subject("personne:driss")});
  CHECK(refusal([] { read_cibles(read_json(R"([{"sujets": ["personne:aline", 3]}])")); }) == "E001 at /0/sujets");
}

TEST_CASE("a référent who ended may do nothing any more", "[droits]") {
  Scene scene;
  record(
      *scene.journal, "2022-05-01",
      {{"personne:aline", "referent", R"({"role": "referent_unique", "etape": "termine"})", "2022-04-30", "carnet"}});
  CHECK(scene.guichet.autoriser(ask("referent", "accompagnement", "2022-04-01T08:00:00Z"), "corriger",
                                {{scene.aline, {}}}) == "referent");
  CHECK(refusal([&] {
          scene.guichet.autoriser(ask("referent", "accompagnement"), "corriger", {{scene.aline, {}}});
        }) == "R002");
}

TEST_CASE("a data-protection officer asks for the person, and is given what she would be", "[droits][acces]") {
  Scene scene;
  const auto all = [&](const std::string &role) {
    feel::Context held = scene.guichet.acces(ask(role, "droit_acces"), scene.aline, day("2022-06-01")).context();
    held.set("acces", feel::List()); // the first call stands in the second
    return write_json(held);
  };
  const std::string given = all("delegue");
  CHECK(given == all("personne"));
  CHECK(given.find("dialyse le mardi") != std::string::npos);
  const auto entries = scene.entries();
  CHECK(entries.front().acteur == "professionnel:pia");
  CHECK(entries.front().role == "delegue");
  CHECK(entries.front().operation == "acces");
  // He sees nothing by himself.
  CHECK(scene.see(ask("delegue", "droit_acces")).situation.faits.empty());
  for (const auto &[role, purpose] :
       std::vector<std::pair<std::string, std::string>>{{"personne", "accompagnement"}, {"gestionnaire", "gestion"}})
    CHECK(refusal([&] { scene.guichet.acces(ask(role, purpose), scene.aline, day("2022-06-01")); }) == "R002");
  CHECK(refusal([&] {
          scene.guichet.acces(ask("delegue", "droit_acces"), subject("personne:zoe"), day("2022-06-01"));
        }) == "E005");
}

TEST_CASE("who looked is told to the person, or to who asks for her, and that is noted", "[droits][acces]") {
  Scene scene;
  record(*scene.journal, "2022-03-07",
         {{"personne:driss", "identite", R"({"nom": "EXEMPLAIRE", "prenom": "Driss"})", "2022-03-01"}});
  scene.see(ask("referent", "accompagnement"));
  scene.guichet.rechercher(ask("destinataire_annexe_e", "annexe_e"), "exemp", day("2022-06-01"));
  const auto told = scene.guichet.consultations(ask("personne", "droit_acces"), scene.aline);
  REQUIRE(told.size() == 2);
  CHECK(told[0].acteur == "professionnel:rene");
  CHECK(told[1].dossiers.size() == 1); // not those of the others that the search found
  CHECK(scene.guichet.consultations(ask("delegue", "droit_acces"), scene.aline).size() == 3);
  CHECK(scene.entries().back().operation == "consultations");
  for (const auto &[role, purpose] : std::vector<std::pair<std::string, std::string>>{
           {"referent", "accompagnement"}, {"pilote", "pilotage"}, {"referent", "droit_acces"}})
    CHECK(refusal([&] { scene.guichet.consultations(ask(role, purpose), scene.aline); }) == "R002");
  CHECK(refusal([&] { scene.guichet.consultations(ask("personne", "droit_acces"), subject("personne:driss")); }) ==
        "R002");
  // All entries, of everybody: nobody whose right stands on a tie.
  CHECK(refusal([&] { scene.guichet.consultations(ask("personne", "droit_acces"), std::nullopt); }) == "R002");
  auto all = scene.guichet.consultations(ask("delegue", "droit_acces"), std::nullopt);
  CHECK(std::erase_if(all, [](const Acces &one) { return one.refus == "R002" && one.role.empty(); }) == 5);
  CHECK(all.size() == 4);
  // What was refused about her is told to her.
  CHECK(scene.guichet.consultations(ask("personne", "droit_acces"), scene.aline).size() == 7);
}
