// One free text, declassified by somebody who read it: it alone is shown, to whom its field would be.
#include "tests/droits/scene.hpp"

using namespace spie;
using namespace spie::droits;
using namespace spie::testing;

namespace {

// The number of the source is a rank for who does not see every text.
const std::string issue = "rendez_vous.R-9.issue", issue_of_rank = "rendez_vous.1.issue";

// The last event of that type that Aline's dossier holds.
std::string last(Scene &scene, std::string_view type) {
  std::string id;
  for (const auto &event : scene.journal->about(scene.aline))
    if (event.type == type)
      id = event.id;
  return id;
}

std::string sees(Scene &scene, const std::string &role, const std::string &purpose, const std::string &path,
                 std::string_view asked_at = "2022-06-01T08:00:00Z") {
  return shown(scene.see(ask(role, purpose, asked_at)).situation, path);
}

std::string declassify(Scene &scene, std::string_view at = "2022-04-01T08:00:00Z") {
  return scene.guichet.declasser(ask("referent", "accompagnement", at), scene.aline, last(scene, "rendez_vous"),
                                 "issue", "rien de personnel");
}

std::string retract(Scene &scene, const std::string &event) {
  return dossier::corriger(*scene.journal, event, std::nullopt, std::nullopt,
                           {"professionnel:rene", instant("2022-05-01T08:00:00Z"), day("2022-05-01"), {}});
}

} // namespace

TEST_CASE("a text that was declassified is shown to whom its field would be, from then on", "[droits]") {
  Scene scene;
  const std::string made = declassify(scene);
  const auto event = scene.journal->find(made);
  REQUIRE(event);
  CHECK(event->auteur == "professionnel:rene");
  CHECK(event->effet.debut == day("2022-04-01"));
  CHECK(event->contenu.find("motif")->text() == "rien de personnel");
  CHECK(sees(scene, "membre", "accompagnement", issue_of_rank) == "fatiguée");
  CHECK(sees(scene, "pilote", "pilotage", issue_of_rank) == "fatiguée"); // `suivi` is clear to him
  CHECK(sees(scene, "membre", "accompagnement", issue_of_rank, "2022-06-02T08:00:00Z") == "fatiguée");
  // Annexe E holds back the whole family: a declassified text is a fact as the others.
  CHECK(sees(scene, "destinataire_annexe_e", "annexe_e", issue_of_rank, "2022-06-02T08:00:00Z") == "-");
}

TEST_CASE("before it was declassified a text is not shown, whatever day is asked about", "[droits]") {
  Scene scene;
  CHECK(sees(scene, "membre", "accompagnement", issue_of_rank, "2022-03-31T08:00:00Z") == "-");
  declassify(scene);
  CHECK(sees(scene, "membre", "accompagnement", issue_of_rank, "2022-04-02T08:00:00Z") == "fatiguée");
}

TEST_CASE("another text stays sensitive, of the same field too", "[droits]") {
  Scene scene;
  record(*scene.journal, "2022-03-06",
         {{"personne:aline", "rendez_vous", R"({"id": "R-10", "etape": "tenu", "issue": "pleurs"})", "2022-03-06",
           "carnet"}});
  scene.guichet.declasser(ask("referent", "accompagnement", "2022-04-01T08:00:00Z"), scene.aline,
                          last(scene, "rendez_vous"), "issue");
  const Vue view = scene.see(ask("membre", "accompagnement")); // the two are ranks, in an order that tells nothing
  int read = 0, held = 0;
  for (const char *rank : {"rendez_vous.1.", "rendez_vous.2."}) {
    CHECK(shown(view.situation, rank + std::string("etape")) == "tenu");
    read += shown(view.situation, rank + std::string("issue")) == "pleurs" ? 1 : 0;
    held += shown(view.situation, rank + std::string("issue")) == "-" ? 1 : 0;
  }
  CHECK(read == 1);
  CHECK(held == 1);
  // A text of a sensitive fact needs the right to it all the same.
  std::string illness;
  for (const auto &event : scene.journal->about(scene.aline))
    if (event.type == "frein" && event.contenu.find("texte") != nullptr)
      illness = event.id;
  scene.guichet.declasser(ask("referent", "accompagnement"), scene.aline, illness, "texte");
  CHECK(sees(scene, "membre", "accompagnement", "frein.sante.texte") == "-");
}

TEST_CASE("what another source says beside a declassified text is another text", "[droits]") {
  Scene scene;
  record(*scene.journal, "2022-03-06",
         {{"personne:aline", "reponse_diagnostic", R"({"question": "dsp.LIBEMPLOIRECH", "texte": "en pleurs"})",
           "2022-03-01", "caf.vrsb"},
          {"personne:aline", "reponse_diagnostic", R"({"question": "dsp.LIBEMPLOIRECH", "texte": "vendre"})",
           "2022-03-06", "carnet"}});
  scene.guichet.declasser(ask("referent", "accompagnement", "2022-04-01T08:00:00Z"), scene.aline,
                          last(scene, "reponse_diagnostic"), "texte");
  record(*scene.journal, "2022-04-02",
         {{"personne:aline", "consentement",
           R"({"finalite": "accompagnement", "destinataire": "membre", "accorde": true, "objets": ["sensible"]})",
           "2022-04-02"}});
  const std::string seen = write_json(to_value(scene.see(ask("membre", "accompagnement"))));
  CHECK(seen.find("vendre") != std::string::npos);
  CHECK(seen.find("en pleurs") == std::string::npos);
  CHECK(write_json(to_value(scene.see(ask("referent", "accompagnement")))).find("en pleurs") != std::string::npos);
}

TEST_CASE("a text that is corrected is sensitive again: nobody read the new words", "[droits]") {
  Scene scene;
  const std::string first = last(scene, "rendez_vous");
  declassify(scene);
  dossier::corriger(*scene.journal, first, read_json(R"({"id": "R-9", "etape": "tenu", "issue": "dialyse"})").context(),
                    std::nullopt, {"professionnel:rene", instant("2022-05-01T08:00:00Z"), day("2022-05-01"), {}});
  CHECK(sees(scene, "referent", "accompagnement", issue) == "dialyse");
  CHECK(sees(scene, "membre", "accompagnement", issue_of_rank) == "-");
  const auto history = scene.guichet.historique(ask("membre", "accompagnement"), scene.aline, issue_of_rank);
  CHECK(history.paroles.size() == 1); // the words that were read
  // One side of the difference is held back: that is no difference.
  const auto changes = [&](const std::string &role, const std::string &path) {
    const auto view = scene.guichet.comparer(ask(role, "accompagnement"), scene.aline, day("2022-06-01"),
                                             day("2022-06-01"), {{}, instant("2022-04-15T00:00:00Z")}, {});
    return std::count_if(view.differences.begin(), view.differences.end(),
                         [&](const dossier::Difference &one) { return one.chemin == path; });
  };
  CHECK(changes("referent", issue) == 1);
  CHECK(changes("membre", issue_of_rank) == 0);
  CHECK(refusal([&] { scene.guichet.declasser(ask("referent", "accompagnement"), scene.aline, first, "issue"); }) ==
        "E003");
  declassify(scene, "2022-06-01T08:00:00Z");
  CHECK(sees(scene, "membre", "accompagnement", issue_of_rank) == "dialyse");
}

TEST_CASE("a declassification is withdrawn by an ordinary retraction", "[droits]") {
  Scene scene;
  retract(scene, declassify(scene));
  CHECK(sees(scene, "membre", "accompagnement", issue_of_rank, "2022-05-02T08:00:00Z") == "-");
  CHECK(sees(scene, "referent", "accompagnement", issue, "2022-05-02T08:00:00Z") == "fatiguée");
}

TEST_CASE("a declassified text is in the history of its fact", "[droits]") {
  Scene scene;
  declassify(scene);
  const auto view = scene.guichet.historique(ask("membre", "accompagnement"), scene.aline, "rendez_vous.1");
  REQUIRE(view.paroles.size() == 1);
  CHECK(view.paroles.front().dire.valeur.to_string() == R"({etape: "tenu", issue: "fatiguée"})");
}

TEST_CASE("a declassification names an event, and stands in no pseudonymised view", "[droits]") {
  Scene scene;
  const std::string meeting = last(scene, "rendez_vous");
  declassify(scene);
  Droits open = rights();
  for (Ligne &line : open.matrice)
    line.cellules["volontes"] = {Traitement::clair, Traitement::clair};
  Guichet guichet{*scene.journal, *scene.acces, open, scene.regles};
  const auto seen = [&](const std::string &role, const std::string &purpose) {
    return write_json(to_value(guichet.voir(ask(role, purpose), scene.aline, day("2022-06-01")))).find(meeting) !=
           std::string::npos;
  };
  CHECK(seen("membre", "accompagnement"));
  CHECK_FALSE(seen("evaluateur", "evaluation"));
}

TEST_CASE("who declassifies has the right of the table and sees the text", "[droits]") {
  Scene scene;
  const std::string meeting = last(scene, "rendez_vous"), name = last(scene, "identite");
  const auto refused = [&](const Demande &who, const std::string &event, std::string_view field) {
    return refusal([&] { scene.guichet.declasser(who, scene.aline, event, field); });
  };
  CHECK(refused(ask("membre", "accompagnement"), meeting, "issue") == "R002");
  CHECK(refused(ask("pilote", "pilotage"), meeting, "issue") == "R002");
  CHECK(refused(ask("referent", "pilotage"), meeting, "issue") == "R002");
  Demande stranger = ask("referent", "accompagnement");
  stranger.acteur.id = "professionnel:remi";
  CHECK(refused(stranger, meeting, "issue") == "R002");
  stranger.acteur.roles.clear();
  CHECK(refused(stranger, meeting, "issue") == "R001");
  CHECK(refused(ask("referent", "accompagnement"), "nowhere", "issue") == "E005");
  CHECK(refused(ask("referent", "accompagnement"), meeting, "lieu") == "E005");
  CHECK(refused(ask("referent", "accompagnement"), name, "nom") == "E005"); // no free text
  for (const Acces &one : scene.entries())
    CHECK_FALSE(one.refus.empty());
  // Another pack may give it to members: those who do not see the text cannot have read it.
  Droits open = rights();
  for (Habilitation &act : open.habilitations)
    if (act.acte == "declasser")
      act.permis.push_back({"membre", "accompagnement"});
  Guichet guichet{*scene.journal, *scene.acces, open, scene.regles};
  CHECK(refusal([&] { guichet.declasser(ask("membre", "accompagnement"), scene.aline, meeting, "issue"); }) == "R002");
  declassify(scene, "2022-06-01T08:00:00Z");
  CHECK(scene.entries().back().refus.empty());
  CHECK(scene.entries().back().operation == "declasser");
  CHECK(scene.entries().back().role == "referent");
}
