#include "tests/dossier/events.hpp"

using namespace spie;
using namespace spie::dossier;
using namespace spie::testing;

namespace {

constexpr std::string_view aline = "personne:aline";
constexpr std::string_view name = R"({"nom": "EXEMPLE", "prenom": "Aline"})";

std::string at(Journal &journal, std::string_view date, std::string_view path, std::string_view known = {},
               const Regles &rules = {}) {
  const Connaissance how_far = known.empty() ? Connaissance() : Connaissance::parse(known).value();
  return fact(situation(journal, subject(aline), day(date), how_far, rules), path);
}

} // namespace

TEST_CASE("what was true and what was known are two questions", "[dossier][situation]") {
  const auto journal = store::open_memory();
  // She moves on 1 March; the département learns it on 10 April.
  record(*journal, "2022-01-10", {{"personne:aline", "adresse", R"({"commune": "Provins"})", "2021-06-01"}});
  record(*journal, "2022-04-10", {{"personne:aline", "adresse", R"({"commune": "Nangis"})", "2022-03-01"}});

  CHECK(at(*journal, "2022-02-28", "adresse.commune") == "Provins (saisie, source_unique)");
  CHECK(at(*journal, "2022-03-01", "adresse.commune") == "Nangis (saisie, source_unique)");
  CHECK(at(*journal, "2022-03-15", "adresse.commune", "2022-03-31") == "Provins (saisie, source_unique)");
  CHECK(at(*journal, "2022-03-15", "adresse.commune", "2022-04-10") == "Nangis (saisie, source_unique)");
  CHECK(at(*journal, "2022-03-15", "adresse.commune", "#1") == "Provins (saisie, source_unique)");
  CHECK(at(*journal, "2022-03-15", "adresse.commune", "2022-04-10T11:59:59Z") == "Provins (saisie, source_unique)");
  CHECK(at(*journal, "2021-05-31", "adresse.commune") == "-");
  CHECK(refusal([&] { situation(*journal, subject("personne:driss"), day("2022-01-01")); }) == "E005");
}

TEST_CASE("a fact ends with its effect, and a new value ends its predecessor for good", "[dossier][situation]") {
  const auto journal = store::open_memory();
  record(*journal, "2022-06-01",
         {{"personne:aline", "adresse", R"({"commune": "Provins"})", "2022-01-01"},
          {"personne:aline", "adresse", R"({"commune": "Nangis"})", "2022-03-01", "saisie", "", "", "2022-04-01"},
          {"personne:aline", "frein", R"({"code": "mobilite", "reponse": "oui"})", "2022-01-01"},
          {"personne:aline", "frein", R"({"code": "sante", "reponse": "refuse"})", "2022-02-01"},
          {"personne:aline", "frein", R"({"code": "mobilite", "reponse": "non"})", "2022-05-01"}});
  CHECK(at(*journal, "2022-03-31", "adresse.commune") == "Nangis (saisie, source_unique)");
  CHECK(at(*journal, "2022-04-01", "adresse.commune") == "-"); // not Provins again: she had left it
  // Values of different keys stand side by side.
  CHECK(at(*journal, "2022-04-01", "frein.mobilite.reponse") == "oui (saisie, source_unique)");
  CHECK(at(*journal, "2022-05-01", "frein.mobilite.reponse") == "non (saisie, source_unique)");
  CHECK(at(*journal, "2022-05-01", "frein.sante.reponse") == "refuse (saisie, source_unique)");
}

TEST_CASE("an older file read late changes the past and leaves the present", "[dossier][situation]") {
  const auto journal = store::open_memory();
  record(*journal, "2022-04-05", {{"personne:aline", "adresse", R"({"commune": "Nangis"})", "2022-03-31", "caf.vrsb"}});
  record(*journal, "2022-05-05",
         {{"personne:aline", "adresse", R"({"commune": "Provins"})", "2022-02-28", "caf.vrsb"}});
  CHECK(at(*journal, "2022-03-15", "adresse.commune") == "Provins (caf.vrsb, source_unique)");
  CHECK(at(*journal, "2022-06-01", "adresse.commune") == "Nangis (caf.vrsb, source_unique)");
}

TEST_CASE("sources that disagree stay in sight with the rule that decides", "[dossier][situation][sources]") {
  const auto journal = store::open_memory();
  record(*journal, "2022-03-05",
         {{"personne:aline", "identite", R"({"nom": "EXEMPLE", "prenom": "ALINE", "sexe": "2"})", "2022-02-28",
           "caf.vrsb"}});
  record(*journal, "2022-03-06",
         {{"personne:aline", "identite", R"({"nom": "EXEMPLE-TEST", "prenom": "Aline"})", "2022-02-01", "carnet"}});

  // Without a rule: the later effect.
  CHECK(at(*journal, "2022-04-01", "identite.nom") == "EXEMPLE (caf.vrsb, effet_le_plus_recent)");
  // What one source alone says is not lost.
  CHECK(at(*journal, "2022-04-01", "identite.sexe") == "2 (caf.vrsb, source_unique)");

  const Regles carnet_first{{{"identite", {"carnet", "caf"}, {}}}};
  const Situation ruled = situation(*journal, subject(aline), day("2022-04-01"), {}, carnet_first);
  CHECK(fact(ruled, "identite.nom") == "EXEMPLE-TEST (carnet, ordre_des_sources)");
  REQUIRE(ruled.find("identite.nom")->autres.size() == 1);
  CHECK(ruled.find("identite.nom")->autres[0].valeur.text() == "EXEMPLE");
  CHECK(ruled.find("identite.nom")->autres[0].source == "caf.vrsb");

  // The longest path of a rule wins: "nom" by CAF, the rest by the logbook.
  const Regles mixed{{{"", {"carnet"}, {}}, {"identite.nom", {"caf"}, {}}}};
  CHECK(at(*journal, "2022-04-01", "identite.nom", {}, mixed) == "EXEMPLE (caf.vrsb, ordre_des_sources)");
  CHECK(at(*journal, "2022-04-01", "identite.prenom", {}, mixed) == "Aline (carnet, ordre_des_sources)");
}

TEST_CASE("a source that was not seen for too long comes last", "[dossier][situation][sources]") {
  const auto journal = store::open_memory();
  record(*journal, "2021-02-01",
         {{"personne:aline", "contact", R"({"courriels": ["a@example.org"]})", "2021-01-31", "carnet"}});
  record(*journal, "2021-02-02",
         {{"personne:aline", "contact", R"({"courriels": ["b@example.org"]})", "2021-01-15", "caf.vrsb"}});
  const Regles rules{{{"contact", {"carnet", "caf"}, 12}}};
  CHECK(at(*journal, "2021-06-01", "contact.courriels", {}, rules) ==
        "[\"a@example.org\"] (carnet, ordre_des_sources)");
  // Both are old: the order holds again.
  CHECK(at(*journal, "2022-02-01", "contact.courriels", {}, rules) ==
        "[\"a@example.org\"] (carnet, ordre_des_sources)");
  // CAF sees her again, without anything new: an observation.
  record(*journal, "2022-03-05",
         {{"personne:aline", "observation", R"({"cle": "k", "presente": true})", "2022-02-28", "caf.vrsb"}});
  CHECK(at(*journal, "2022-03-15", "contact.courriels", {}, rules) == "[\"b@example.org\"] (caf.vrsb, fraicheur)");
}

TEST_CASE("sources that agree say so, and a tie goes to what was recorded last", "[dossier][situation][sources]") {
  const auto journal = store::open_memory();
  record(*journal, "2022-03-05",
         {{"personne:aline", "statut", R"({"code": "rqth", "reponse": "oui"})", "2022-01-01", "carnet"}});
  record(*journal, "2022-03-06",
         {{"personne:aline", "statut", R"({"code": "rqth", "reponse": "oui"})", "2022-02-01", "caf.dsp"}});
  CHECK(at(*journal, "2022-04-01", "statut.rqth.reponse") == "oui (caf.dsp, accord)");
  record(*journal, "2022-03-07",
         {{"personne:aline", "statut", R"({"code": "rqth", "reponse": "non"})", "2022-02-01", "france_travail"}});
  CHECK(at(*journal, "2022-04-01", "statut.rqth.reponse") == "non (france_travail, dernier_enregistre)");
}

TEST_CASE("a correction takes the place of what it corrects, from the day it is known",
          "[dossier][situation][correction]") {
  const auto journal = store::open_memory();
  record(*journal, "2022-03-05",
         {{"personne:aline", "identite", R"({"nom": "EXMEPLE", "prenom": "Aline"})", "2022-02-28", "caf.vrsb", "e-1"}});
  record(*journal, "2022-03-20",
         {{"personne:aline", "identite", R"({"nom": "EXEMPLE", "prenom": "Aline"})", "2022-02-28", "saisie", "e-2",
           "e-1"}});
  CHECK(at(*journal, "2022-04-01", "identite.nom") == "EXEMPLE (caf.vrsb, source_unique)");
  CHECK(at(*journal, "2022-04-01", "identite.nom", "2022-03-19") == "EXMEPLE (caf.vrsb, source_unique)");
  CHECK(situation(*journal, subject(aline), day("2022-04-01")).find("identite.nom")->dire.corrige);

  // Only the current version is corrected.
  CHECK(refusal([&] {
          record(*journal, "2022-03-21",
                 {{"personne:aline", "identite", std::string(name), "2022-02-28", "saisie", "", "e-1"}});
        }) == "E003 at /0/corrige");
  CHECK(refusal([&] {
          record(*journal, "2022-03-21", {{"personne:aline", "contact", "{}", "2022-02-28", "saisie", "", "e-2"}});
        }) == "E001 at /0/type");
  CHECK(refusal([&] {
          record(*journal, "2022-03-21",
                 {{"personne:driss", "identite", std::string(name), "2022-02-28", "saisie", "", "e-2"}});
        }) == "E001 at /0/sujets/0");
  CHECK(refusal([&] {
          record(*journal, "2022-03-21", {{"personne:aline", "retrait", "{}", "2022-02-28", "saisie", "", "e-9"}});
        }) == "E005 at /0/corrige");

  // CAF says again what was corrected: bound. CAF says something new: the question is open again.
  record(*journal, "2022-04-05",
         {{"personne:aline", "identite", R"({"nom": "EXMEPLE", "prenom": "Aline"})", "2022-03-31", "caf.vrsb"}});
  CHECK(at(*journal, "2022-04-10", "identite.nom") == "EXEMPLE (caf.vrsb, source_unique)");
  record(*journal, "2022-05-05",
         {{"personne:aline", "identite", R"({"nom": "EXEMPLE-TEST", "prenom": "Aline"})", "2022-04-30", "caf.vrsb"}});
  CHECK(at(*journal, "2022-05-10", "identite.nom") == "EXEMPLE-TEST (caf.vrsb, source_unique)");
}

TEST_CASE("a retraction takes a fact away, and the one before it holds again", "[dossier][situation][correction]") {
  const auto journal = store::open_memory();
  record(*journal, "2022-03-05",
         {{"personne:aline", "adresse", R"({"commune": "Provins"})", "2022-01-01"},
          {"personne:aline", "adresse", R"({"commune": "Nangis"})", "2022-02-01", "saisie", "e-2"}});
  record(*journal, "2022-03-06",
         {{"personne:aline", "retrait", R"({"motif": "erreur de dossier"})", "2022-03-06", "saisie", "r-1", "e-2"}});
  CHECK(at(*journal, "2022-03-10", "adresse.commune") == "Provins (saisie, source_unique)");
  CHECK(at(*journal, "2022-03-10", "adresse.commune", "2022-03-05") == "Nangis (saisie, source_unique)");
  CHECK(refusal([&] {
          record(*journal, "2022-03-07", {{"personne:aline", "retrait", "{}", "2022-03-06", "saisie", "", "r-1"}});
        }) == "E003 at /0/corrige");
  CHECK(refusal([&] {
          record(*journal, "2022-03-07", {{"personne:aline", "retrait", "{}", "2022-03-06"}});
        }) == "E001 at /0/corrige");
}

TEST_CASE("an import counts once it is closed", "[dossier][situation][import]") {
  const auto journal = store::open_memory();
  const std::string open = R"({"etape": "ouvert", "format": "vrsb"})",
                    closed = R"({"etape": "clos", "format": "vrsb"})";
  record(*journal, "2022-01-01", {{"personne:aline", "identite", std::string(name), "2021-12-01"}});
  record(*journal, "2022-03-05",
         {{"import:i-1", "import", open, "2022-03-05"},
          {"personne:aline", "adresse", R"({"commune": "Provins"})", "2022-02-28", "caf.vrsb", "", "", "", "i-1"}});
  CHECK(at(*journal, "2022-04-01", "adresse.commune") == "-");
  record(*journal, "2022-03-06", {{"import:i-1", "import", closed, "2022-03-05"}});
  CHECK(at(*journal, "2022-04-01", "adresse.commune") == "Provins (caf.vrsb, source_unique)");
  CHECK(at(*journal, "2022-04-01", "adresse.commune", "2022-03-05") == "-"); // known, but not closed that day
}

TEST_CASE("steps of one thing add up, and the first step begins it anew", "[dossier][situation][etapes]") {
  const auto journal = store::open_memory();
  record(
      *journal, "2022-09-01",
      {{"personne:aline", "action", R"({"id": "a-1", "etape": "prescrite", "libelle": "Atelier mobilité"})",
        "2022-03-01"},
       {"personne:aline", "action", R"({"id": "a-1", "etape": "demarree"})", "2022-04-01"},
       {"personne:aline", "action", R"({"id": "a-1", "etape": "terminee", "motif_fin": "realisee"})", "2022-06-01"},
       {"personne:aline", "referent",
        R"({"role": "referent_unique", "etape": "nomme", "structure": "structure:mds", "courriel": "r@example.org"})",
        "2022-03-01"},
       {"personne:aline", "referent", R"({"role": "referent_unique", "etape": "nomme", "structure": "structure:ft"})",
        "2022-05-01"}});
  CHECK(at(*journal, "2022-04-15", "action.a-1.etape") == "demarree (saisie, source_unique)");
  CHECK(at(*journal, "2022-04-15", "action.a-1.libelle") == "Atelier mobilité (saisie, source_unique)");
  CHECK(at(*journal, "2022-04-15", "action.a-1.motif_fin") == "-");
  CHECK(at(*journal, "2022-06-01", "action.a-1.motif_fin") == "realisee (saisie, source_unique)");
  // The second référent has not the address of the first.
  CHECK(at(*journal, "2022-04-15", "referent.referent_unique.courriel") == "r@example.org (saisie, source_unique)");
  CHECK(at(*journal, "2022-05-15", "referent.referent_unique.structure") == "structure:ft (saisie, source_unique)");
  CHECK(at(*journal, "2022-05-15", "referent.referent_unique.courriel") == "-");

  const Situation seen = situation(*journal, subject(aline), day("2022-06-01"));
  const feel::List &steps = seen.find("action.a-1.etapes")->dire.valeur.list();
  REQUIRE(steps.size() == 3);
  CHECK(steps[1].context().find("etape")->text() == "demarree");
  CHECK(steps[1].context().find("date")->date() == day("2022-04-01"));
}

TEST_CASE("the facts of the household are those of the one she belongs to that day", "[dossier][situation][foyer]") {
  const auto journal = store::open_memory();
  record(*journal, "2022-06-01",
         {{"personne:aline foyer:f-1", "appartenance", R"({"foyer": "foyer:f-1", "role": "CJT"})", "2021-01-01"},
          {"personne:aline foyer:f-2", "appartenance", R"({"foyer": "foyer:f-2", "role": "DEM"})", "2022-03-01"},
          {"foyer:f-1", "droit_rsa", R"({"etat": "5"})", "2021-11-30"},
          {"foyer:f-2", "droit_rsa", R"({"etat": "2"})", "2022-03-01"}});
  CHECK(at(*journal, "2022-02-01", "foyer.droit_rsa.etat") == "5 (saisie, source_unique)");
  CHECK(at(*journal, "2022-04-01", "foyer.droit_rsa.etat") == "2 (saisie, source_unique)");
  CHECK(situation(*journal, subject(aline), day("2022-04-01")).foyer == subject("foyer:f-2"));
  const feel::Context nested = valeurs(situation(*journal, subject(aline), day("2022-04-01")));
  CHECK(write_json(nested) ==
        R"({"appartenance":{"foyer":"foyer:f-2","role":"DEM"},"foyer":{"droit_rsa":{"etat":"2"}}})");
}

TEST_CASE("the history of a fact says who said what, and when", "[dossier][historique]") {
  const auto journal = store::open_memory();
  record(*journal, "2022-03-05",
         {{"personne:aline", "revenu", R"({"nature": "001", "mois": "2022-02", "montant": 650.5})", "2022-02-01",
           "caf.vrsb", "e-1"},
          {"personne:aline", "revenu", R"({"nature": "010", "mois": "2022-02", "montant": 45})", "2022-02-01",
           "caf.vrsb"}});
  record(*journal, "2022-03-07",
         {{"personne:aline", "revenu", R"({"nature": "001", "mois": "2022-02", "montant": 560.5})", "2022-02-01",
           "saisie", "e-2", "e-1"}});
  record(*journal, "2022-03-09", {{"personne:aline", "retrait", "{}", "2022-03-09", "saisie", "r-1", "e-2"}});

  const auto said = historique(*journal, subject(aline), "revenu.001.montant");
  REQUIRE(said.size() == 3);
  CHECK(said[0].dire.valeur.to_string() == "650.5");
  CHECK(said[0].corrige_par == "e-2");
  CHECK(said[1].dire.valeur.to_string() == "560.5");
  CHECK(said[1].corrige == "e-1");
  CHECK(said[1].corrige_par == "r-1");
  CHECK(said[2].type == "retrait");
  CHECK(said[2].dire.valeur.is_null());
  CHECK(historique(*journal, subject(aline), "revenu").size() == 4);
  CHECK(historique(*journal, subject(aline), "revenu.001", Connaissance::parse("2022-03-05").value()).size() == 1);
  for (const char *wrong : {"revenus", "revenu.", "identite.non", "observation", "droit_rsa.etat"}) {
    CAPTURE(wrong);
    if (std::string_view(wrong) != "revenu.")
      CHECK(refusal([&] { historique(*journal, subject(aline), wrong); }) == "E005");
  }
}

TEST_CASE("two situations are compared fact by fact", "[dossier][comparer]") {
  const auto journal = store::open_memory();
  record(*journal, "2022-03-05",
         {{"personne:aline", "adresse", R"({"commune": "Provins", "code_postal": "77160"})", "2022-01-01"},
          {"personne:aline", "adresse", R"({"commune": "Nangis"})", "2022-03-01"},
          {"personne:aline", "frein", R"({"code": "sante", "reponse": "oui"})", "2022-02-15"}});
  const auto differences = comparer(situation(*journal, subject(aline), day("2022-02-01")),
                                    situation(*journal, subject(aline), day("2022-03-01")));
  std::string text;
  for (const Difference &one : differences)
    text += one.chemin + ": " + (one.avant ? one.avant->valeur.to_string() : "-") + " → " +
            (one.apres ? one.apres->valeur.to_string() : "-") + "\n";
  CHECK(text == "adresse.code_postal: 77160 → -\n"
                "adresse.commune: Provins → Nangis\n"
                "frein.sante.code: - → sante\n"
                "frein.sante.reponse: - → oui\n");
}
