// Who sees what, when, and what is left of what he does not see.
#include "tests/droits/scene.hpp"

#include "spie/diagnostic_fr.hpp"

using namespace spie;
using namespace spie::droits;
using namespace spie::testing;

TEST_CASE("nobody sees a dossier without a name, a role of his and a known purpose", "[droits]") {
  Scene scene;
  const auto refused = [&](const Demande &asked) { return refusal([&] { scene.see(asked); }); };
  Demande asked = ask("referent", "accompagnement");
  CHECK(refused(asked).empty());
  asked.acteur.id = "";
  CHECK(refused(asked) == "R001");
  asked = ask("referent", "curiosite");
  CHECK(refused(asked) == "R001");
  asked = ask("referent", "");
  CHECK(refused(asked) == "R001");
  asked = ask("referent", "accompagnement");
  asked.acteur.roles.clear();
  CHECK(refused(asked) == "R001");
  asked.acteur.roles = {"voisin"};
  CHECK(refused(asked) == "R001");
  asked = ask("referent", "accompagnement");
  asked.role = "personne";
  CHECK(refused(asked) == "R001");
  // What was refused showed nothing, and is written down: of what was asked, what means something here.
  const auto entries = scene.entries();
  REQUIRE(entries.size() == 7);
  CHECK(entries.front().refus.empty());
  for (std::size_t i = 1; i < entries.size(); ++i) {
    CHECK(entries[i].refus == "R001");
    CHECK(entries[i].operation == "voir");
    CHECK(entries[i].dossiers == std::vector{scene.aline});
  }
  CHECK(entries[1].acteur.empty());
  CHECK(entries[2].finalite.empty());
}

TEST_CASE("who misspells a role or a purpose is told which was meant, or all of them", "[droits]") {
  Scene scene;
  const auto told = [&](Demande asked) -> EnFrancais {
    try {
      scene.see(asked);
    } catch (const Error &error) {
      return en_francais(error.first());
    }
    return {};
  };
  Demande asked = ask("referent", "acompagnement");
  CHECK(told(asked).details == "acompagnement");
  CHECK(told(asked).suggestion == "accompagnement");
  asked = ask("referent", "accompagnement");
  asked.acteur.roles = {"voisin"};
  CHECK(told(asked).suggestion.find("referent, membre") != std::string::npos);
  asked = ask("referent", "accompagnement");
  asked.acteur.id = "d";
  CHECK(told(asked).details == "d");
  CHECK(told(asked).suggestion == "professionnel:…, personne:…");
  CHECK(told(asked).phrase == "personne ne demande, ou pour aucune finalité connue");
}

TEST_CASE("a référent who ended yesterday sees nothing today, even for an older date", "[droits]") {
  Scene scene;
  record(
      *scene.journal, "2022-09-01",
      {{"personne:aline", "referent", R"({"role": "referent_unique", "etape": "termine"})", "2022-08-31", "carnet"}});
  const auto name = [&](std::string_view asked_at, std::string_view about) {
    return shown(scene.see(ask("referent", "accompagnement", asked_at), about).situation, "identite.nom");
  };
  CHECK(name("2022-08-30T21:59:59Z", "2022-06-01") == "EXEMPLE"); // before midnight in Paris
  CHECK(name("2022-09-01T12:00:00Z", "2022-06-01") == "-");
  CHECK(name("2022-09-01T12:00:00Z", "2022-09-01") == "-");
  const Vue view = scene.see(ask("referent", "accompagnement", "2022-09-01T12:00:00Z"));
  CHECK(view.situation.faits.empty());
  CHECK(held_back(view.retenues, "dossier") == "retenu (relation_absente)");
}

TEST_CASE("a tie whose effect has an end holds until the day before", "[droits]") {
  Scene scene;
  record(*scene.journal, "2022-04-01",
         {{"personne:aline", "referent",
           R"({"role": "coordinateur", "etape": "nomme", "professionnel": "professionnel:cleo"})", "2022-04-01",
           "carnet", "", "", "2022-05-01"}});
  Demande asked{{"professionnel:cleo", "", {"referent"}}, "accompagnement", instant("2022-04-30T12:00:00Z"), {}};
  CHECK(scene.see(asked).role == "referent");
  asked.instant = instant("2022-04-30T22:00:00Z"); // midnight in Paris
  CHECK(scene.see(asked).role.empty());
}

TEST_CASE("a member sees his person and no other's, a manager those of his structure", "[droits]") {
  Scene scene;
  record(*scene.journal, "2022-03-06",
         {{"personne:driss", "identite", R"({"nom": "MODELE", "prenom": "Driss"})", "2022-03-01"}});
  const auto name = [&](const std::string &role, const std::string &purpose) {
    return shown(scene.guichet.voir(ask(role, purpose), subject("personne:driss"), day("2022-06-01")).situation,
                 "identite.nom");
  };
  CHECK(name("referent", "accompagnement") == "-");
  CHECK(name("membre", "accompagnement") == "-");
  CHECK(name("membre_instance", "instance") == "-");
  CHECK(name("responsable_structure", "encadrement") == "-");
  CHECK(name("personne", "accompagnement") == "-");
  CHECK(name("destinataire_annexe_e", "annexe_e") == "MODELE");
  // To sit in an instance makes no member of the pathway, nor the other way round.
  Demande iris = ask("membre_instance", "accompagnement");
  iris.acteur.roles = {"membre"};
  CHECK(scene.see(iris).role.empty());
  Demande maud = ask("membre", "instance");
  maud.acteur.roles = {"membre_instance"};
  CHECK(scene.see(maud).role.empty());
}

TEST_CASE("a consent is read at the instant of asking, and its withdrawal too", "[droits]") {
  Scene scene;
  const auto word = [&](bool granted, const std::string &to, const std::string &objects = "") {
    return std::vector<Event>{{"personne:aline", "consentement",
                               R"({"finalite": "accompagnement", "destinataire": ")" + to + R"(", "accorde": )" +
                                   (granted ? "true" : "false") + objects + "}",
                               granted ? "2022-04-01" : "2022-05-01"}};
  };
  const auto illness = [&](std::string_view asked_at) {
    return shown(scene.see(ask("membre", "accompagnement", asked_at)).situation, "frein.sante.reponse");
  };
  CHECK(illness("2022-03-20T12:00:00Z") == "-");
  record(*scene.journal, "2022-04-01", word(true, "membre"));
  record(*scene.journal, "2022-05-01", word(false, "membre"));
  CHECK(illness("2022-04-02T12:00:00Z") == "oui");
  CHECK(illness("2022-05-01T12:00:00Z") == "-"); // the view is of 1 June: the day asked about plays no part
  CHECK(held_back(scene.see(ask("membre", "accompagnement")).retenues, "sensible") == "grossi (consentement)");
}

TEST_CASE("a consent for one structure goes before the one for a role, and names what it is about", "[droits]") {
  Scene scene;
  const auto grant = [&](const std::string &json) {
    record(*scene.journal, "2022-04-01", {{"personne:aline", "consentement", json, "2022-04-01"}});
  };
  grant(R"({"finalite": "accompagnement", "destinataire": "membre", "accorde": true})");
  grant(
      R"({"finalite": "accompagnement", "destinataire": "structure:t", "accorde": true, "objets": ["frein.mobilite"]})");
  grant(R"({"finalite": "accompagnement", "destinataire": "structure:u", "accorde": false})");
  Demande asked = ask("membre", "accompagnement");
  CHECK(shown(scene.see(asked).situation, "frein.sante.texte") == "dialyse le mardi");
  asked.acteur.structure = "structure:t";
  CHECK(shown(scene.see(asked).situation, "frein.mobilite.reponse") == "non");
  CHECK(shown(scene.see(asked).situation, "frein.sante.reponse") == "-");
  asked.acteur.structure = "structure:u";
  CHECK(shown(scene.see(asked).situation, "frein.mobilite.reponse") == "-");
}

TEST_CASE("without the right, a sensitive field shows its coarse group whole: what is sensitive does not stand out",
          "[droits]") {
  Scene scene;
  const Vue view = scene.see(ask("membre", "accompagnement"));
  for (const char *path :
       {"frein.sante.reponse", "frein.mobilite.reponse", "frein.formation.reponse", "frein.sante.code",
        "statut.rqth.reponse", "statut.brsa.reponse", "revenu.021/2022-02.montant"})
    CHECK(shown(view.situation, path) == "-");
  CHECK(shown(view.situation, "frein.social.reponse") == "~oui");        // one yes
  CHECK(shown(view.situation, "frein.professionnel.reponse") == "~non"); // all no
  CHECK(shown(view.situation, "statut.minima_sociaux.reponse") == "~oui");
  CHECK(shown(view.situation, "statut.public.reponse") == "~oui");
  CHECK(shown(view.situation, "situation_professionnelle.code") == "~autre");
  CHECK(shown(view.situation, "objectif.1.frein") == "~social");
  CHECK(shown(view.situation, "action.1.code") == "-"); // sensitive, and without a coarse form
  const std::string json = write_json(to_value(view));
  for (const char *word : {"sante", "rqth", "dialyse", "maladie", "Bilan de sant", "412.5", "mobilite"})
    CHECK(json.find(word) == std::string::npos);
  CHECK(json.find(R"({"chemin":"frein.social.reponse","valeur":"oui","grossi":true})") != std::string::npos);
}

TEST_CASE("a group is unknown, not no, while one of its facts was not asked", "[droits]") {
  Scene scene;
  record(*scene.journal, "2022-03-06",
         {{"personne:aline", "frein", R"({"code": "emploi", "reponse": "non_aborde"})", "2022-03-06", "carnet"}});
  CHECK(shown(scene.see(ask("membre", "accompagnement")).situation, "frein.professionnel.reponse") == "~non_aborde");
}

TEST_CASE("free text is sensitive until the pack declassifies its field", "[droits]") {
  Scene scene;
  CHECK(rights().texte_libre("rendez_vous", "issue"));
  CHECK_FALSE(rights().texte_libre("identite", "nom"));
  CHECK(shown(scene.see(ask("referent", "accompagnement")).situation, "rendez_vous.R-9.issue") == "fatiguée");
  CHECK(shown(scene.see(ask("membre", "accompagnement")).situation, "rendez_vous.1.issue") == "-");
  CHECK(shown(scene.see(ask("membre", "accompagnement")).situation, "rendez_vous.1.etape") == "tenu");
  Droits declassified = rights();
  declassified.declasses.insert("rendez_vous.issue");
  Guichet guichet{*scene.journal, *scene.acces, declassified, scene.regles};
  CHECK(shown(guichet.voir(ask("membre", "accompagnement"), scene.aline, day("2022-06-01")).situation,
              "rendez_vous.1.issue") == "fatiguée");
}

TEST_CASE("a pseudonymised view leads back to nobody, and is the same each time", "[droits]") {
  Scene scene;
  const Vue view = scene.see(ask("evaluateur", "evaluation"));
  CHECK(view.situation.sujet.id.starts_with("p-"));
  CHECK(view.situation.sujet == scene.see(ask("evaluateur", "evaluation", "2022-07-01T08:00:00Z")).situation.sujet);
  CHECK(shown(view.situation, "action.1.etape") == "prescrite");
  const std::string json = write_json(to_value(view));
  for (const char *word : {"aline", "EXEMPLE", "foyer:", "professionnel:", "A-17", "O-3", "R-9", "\"auteur\""})
    CHECK(json.find(word) == std::string::npos);
  for (const dossier::Evenement &event : scene.journal->about(scene.aline))
    CHECK(json.find(event.id) == std::string::npos);
}

TEST_CASE("a decision on the data holds views back until it is lifted", "[droits]") {
  Scene scene;
  const auto decide = [&](const std::string &kind, const std::string &step, const std::string &on) {
    record(*scene.journal, on,
           {{"personne:aline", "decision_donnees", R"({"genre": ")" + kind + R"(", "etape": ")" + step + R"("})", on}});
  };
  const auto sees = [&](const std::string &role, const std::string &purpose, const std::string &on) {
    return !scene.see(ask(role, purpose, on + "T12:00:00Z")).situation.faits.empty();
  };
  decide("limitation", "demandee", "2022-04-01");
  CHECK(sees("referent", "accompagnement", "2022-04-01")); // asked for, not decided
  decide("limitation", "acceptee", "2022-04-02");
  CHECK_FALSE(sees("referent", "accompagnement", "2022-04-02"));
  CHECK(sees("personne", "accompagnement", "2022-04-02"));
  decide("limitation", "demandee", "2022-04-03"); // asked for again: the first decision stands
  CHECK_FALSE(sees("referent", "accompagnement", "2022-04-03"));
  decide("limitation", "levee", "2022-04-04");
  CHECK(sees("referent", "accompagnement", "2022-04-04"));
  decide("opposition", "acceptee", "2022-04-05");
  CHECK(sees("referent", "accompagnement", "2022-04-05"));
  CHECK_FALSE(sees("evaluateur", "evaluation", "2022-04-05"));
  CHECK_FALSE(sees("destinataire_annexe_e", "annexe_e", "2022-04-05"));
  CHECK(held_back(scene.see(ask("pilote", "pilotage", "2022-04-05T12:00:00Z")).retenues, "dossier") ==
        "retenu (decision)");
}

TEST_CASE("an actor of several roles plays the one that this purpose knows and that is tied to the person",
          "[droits]") {
  Scene scene;
  Demande asked = ask("referent", "accompagnement");
  asked.acteur.roles = {"pilote", "membre", "referent"};
  CHECK(scene.see(asked).role == "referent"); // the order of the table
  asked.role = "membre";
  CHECK(scene.see(asked).role.empty()); // he is not one
  asked.role.reset();
  asked.finalite = "pilotage";
  CHECK(scene.see(asked).role == "pilote");
}

TEST_CASE("what was known before two dossiers were told apart shows nothing of the other one", "[droits][vue]") {
  Scene scene;
  const dossier::Sujet zoe = subject("personne:zoe");
  record(*scene.journal, "2022-03-06",
         {{"personne:zoe", "identite", R"({"nom": "MODELE", "prenom": "Zoé"})", "2022-03-01", "carnet"},
          {"personne:zoe", "statut", R"({"code": "qpv", "reponse": "oui"})", "2022-03-01", "carnet"},
          {"personne:zoe", "appartenance", R"({"foyer": "foyer:f2", "role": "DEM"})", "2022-03-15", "caf.vrsb"},
          {"foyer:f2", "situation_familiale", R"({"code": "CEL"})", "2022-03-01", "caf.vrsb"}});
  const auto act = [](std::string_view at) {
    return dossier::Acte{"professionnel:pia", instant(std::string(at) + "T12:00:00Z"), day(at), ""};
  };
  const std::string merge = dossier::fusionner(*scene.journal, scene.aline, zoe, act("2022-04-01"));
  dossier::defusionner(*scene.journal, merge, {}, act("2022-05-01"));
  const auto april = dossier::Connaissance::parse("2022-04-15").value();
  const dossier::Situation then = dossier::situation(*scene.journal, scene.aline, day("2022-04-15"), april);
  REQUIRE(then.find("statut.qpv.reponse") != nullptr); // as it was known
  REQUIRE(then.foyer == subject("foyer:f2"));

  const Demande rene = ask("referent", "accompagnement");
  const Vue view = scene.guichet.voir(rene, scene.aline, day("2022-04-15"), april);
  CHECK(shown(view.situation, "identite.nom") == "EXEMPLE"); // the other one's name stood for hers
  CHECK(shown(view.situation, "statut.rqth.reponse") == "oui");
  CHECK(shown(view.situation, "statut.qpv.reponse") == "-");
  CHECK(shown(view.situation, "foyer.situation_familiale.code") == "-");
  CHECK_FALSE(view.situation.foyer);
  CHECK(view.situation.absorbes.empty());
  CHECK(held_back(view.retenues, "autre_dossier") == "retenu (relation_absente)");
  CHECK(scene.guichet.historique(rene, scene.aline, "statut", april).paroles.size() == 3);
  const auto now = dossier::Connaissance::parse("2022-05-15").value();
  const VueDifferences between =
      scene.guichet.comparer(rene, scene.aline, day("2022-04-15"), day("2022-04-15"), april, now);
  for (const dossier::Difference &one : between.differences)
    CHECK(one.chemin.find("qpv") == std::string::npos);
  CHECK(held_back(scene.guichet.voir(rene, scene.aline, day("2022-04-15")).retenues, "autre_dossier").empty());
}
