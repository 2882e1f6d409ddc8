// The diagnostic of one person, in the two states of the API.
#include "tests/exchange/fichiers.hpp"

#include "spie/exchange/france_travail.hpp"

using namespace spie;
using namespace spie::dossier;
using namespace spie::exchange;
using namespace spie::testing;

namespace {

// A journal that knows one person.
struct Held {
  std::unique_ptr<Journal> journal = store::open_memory();
  Held() {
    record(*journal, "2022-01-01",
           {{"personne:aline", "identite", R"({"nom": "Exemple", "prenom": "Aline"})", "2022-01-01"}});
  }
  Rapport read(std::string_view json, std::string_view date = "2024-07-01") {
    return import_france_travail_diagnostic(*journal, *memory_bytes(json), as_of(date), subject("personne:aline"),
                                            lists());
  }
  Situation at(std::string_view date) { return situation(*journal, subject("personne:aline"), day(date)); }
};

const std::string v1 = R"({"contraintesIndividusDto": {"conseiller": "c", "dateDeModification": null, "contraintes": [
  {"code": "23", "libelle": "Mobilité", "valeur": "OUI", "date": "2024-06-13T23:00:00.000+00:00",
   "situations": [{"code": "6", "valeur": "OUI"}, {"code": "7", "valeur": "NON_ABORDEE"}, {"code": "8", "valeur": "NON"}],
   "objectifs": [{"code": "29", "libelle": "Solution de transport", "valeur": "EN_COURS"},
                 {"code": "25", "valeur": "NON_ABORDE"}]},
  {"code": "27", "valeur": "CLOTUREE", "date": "2023-11-02T10:00:00.000+00:00", "situations": [], "objectifs": []},
  {"code": "25", "valeur": "NON_ABORDEE", "date": null}]}})";
const std::string v4 = R"({"thematiqueContrainte": {"code": "7", "declareSansContrainte": {"flag": false,
   "date": "2024-06-14T16:47:11.000+02:00"}, "dateExploration": "2024-06-15T16:47:11.000+02:00", "contraintes": [
  {"code": "23", "valeur": "OUI", "estPrioritaire": true, "impact": "FAIBLE", "dateExploration": "2024-06-15T01:00:00.000+02:00",
   "situations": [{"code": "7", "valeur": "OUI", "dateExploration": "2024-06-20T01:00:00.000+02:00"}],
   "objectifs": [{"code": "29", "libelle": "Accéder à un véhicule", "valeur": "EN_COURS"}]},
  {"code": "25", "valeur": "OUI", "situations": [{"code": "15", "valeur": "OUI"}], "objectifs": [{"code": "77", "valeur": "EN_COURS"}]}]},
 "pouvoirAgir": {"confiance": "NON", "accompagnement": "NE_SAIT_PAS", "resultatAnalyse": "à revoir", "dateExploration": null},
 "autonomieNumerique": {"contrainte": {"code": "22", "valeur": "NON_ABORDEE", "situations": [], "objectifs": []},
   "besoin": {"code": "7", "valeur": "BESOIN", "dateExploration": "2024-06-15T16:47:11.000+02:00"}},
 "besoinsParDiagnostic": [{"diagnostic": {"idMetierChiffre": "m1", "nomMetier": "Métier inventé", "codeRome": "D1102"},
   "thematiquesBesoins": [{"code": "1", "besoins": [{"code": "3", "valeur": "BESOIN", "dateExploration": "2024-06-15T16:47:11.000+02:00"},
                                                    {"code": "4", "valeur": "NON_EXPLORE"}]}]}]})";

} // namespace

TEST_CASE("a diagnostic of the first state gives barriers, and keeps its codes under v1", "[exchange][diagnostic]") {
  Held held;
  const Rapport report = held.read(v1);
  CHECK(report.clos);
  CHECK(report.unite == "bloc");
  CHECK(report.lus == 3);
  CHECK(accounted(report));
  CHECK(report.fautes == 0);
  CHECK(report.avertissements_total == 0);
  const Situation now = held.at("2024-07-01");
  CHECK(fact(now, "frein.mobilite.reponse") == "oui (france_travail.diagnostic, source_unique)");
  CHECK(now.find("frein.mobilite.reponse")->dire.effet.debut == day("2024-06-14")); // midnight in Paris, not in UTC
  CHECK(value(now, "frein.logement.reponse") == "non"); // closed: it does not stand any more
  CHECK(value(now, "frein.sante.reponse") == "non_aborde");
  CHECK(value(now, "reponse_diagnostic.v1/23/situation/6.reponse") == "oui");
  CHECK(value(now, "reponse_diagnostic.v1/23/situation/8.reponse") == "non");
  CHECK(value(now, "reponse_diagnostic.v1/23/situation/7.reponse") == "-");
  CHECK(value(now, "objectif.v1/23/29.etat") == "EN_COURS");
  CHECK(value(now, "objectif.v1/23/29.frein") == "mobilite");
  CHECK(value(held.at("2024-06-01"), "frein.logement.reponse") == "non");
  held.journal->each(1, everything, [](const Evenement &event) {
    if (event.source.nom == "france_travail.diagnostic" && event.type == "objectif")
      CHECK(event.source.nomenclature == "france_travail.diagnostic.v1@2024-02-29");
  });
}

TEST_CASE("an answer that is withdrawn is written, one that was never given is not", "[exchange][diagnostic]") {
  Held held;
  held.read(v1);
  CHECK(held.read(v1).evenements == 2); // opening and closing: nothing new
  std::string later = v1;
  const std::string was = R"({"code": "6", "valeur": "OUI"})";
  later.replace(later.find(was), was.size(), R"({"code": "6", "valeur": "NON_ABORDEE"})");
  const Rapport report = held.read(later, "2024-08-01");
  CHECK(report.evenements == 4); // and the answer, and the observation
  CHECK(value(held.at("2024-08-01"), "reponse_diagnostic.v1/23/situation/6.reponse") == "non_aborde");
  CHECK(value(held.at("2024-07-31"), "reponse_diagnostic.v1/23/situation/6.reponse") == "oui");
}

TEST_CASE("one objective code of two states is two objectives", "[exchange][diagnostic]") {
  Held held;
  held.read(v1);
  const Rapport report = held.read(v4, "2024-07-02");
  CHECK(report.lus == 7);
  CHECK(accounted(report));
  CHECK(report.fautes == 0);
  CHECK(told(report.avertissements) ==
        std::vector<std::string>{"I007 thematiqueContrainte/contraintes/1 code [25] cette contrainte n'est pas connue "
                                 "dans cette version : elle est gardée telle quelle"});
  const Situation now = held.at("2024-07-02");
  CHECK(value(now, "objectif.v1/23/29.libelle") == "Solution de transport");
  CHECK(value(now, "objectif.v4/23/29.libelle") == "Accéder à un véhicule");
  CHECK(value(now, "frein.mobilite.impact") == "FAIBLE");
  CHECK(value(now, "frein.mobilite.prioritaire") == "true");
  CHECK(value(now, "frein.numerique.reponse") == "non_aborde");
  CHECK(value(now, "frein.v4/25.reponse") == "oui"); // raw: no list of v4 has it
  CHECK(value(now, "frein.sante.reponse") == "non_aborde");
  CHECK(value(now, "reponse_diagnostic.v4/25/situation/15.reponse") == "oui");
  CHECK(value(now, "objectif.v4/25/77.etat") == "EN_COURS");
  CHECK(now.find("reponse_diagnostic.v4/23/situation/7.reponse")->dire.effet.debut == day("2024-06-20"));
  CHECK(value(now, "reponse_diagnostic.v4/besoin/m1/3.valeurs") == R"(["BESOIN"])");
  CHECK(value(now, "reponse_diagnostic.v4/besoin/m1/4.reponse") == "-");
  CHECK(value(now, "reponse_diagnostic.v4/besoin/22/7.valeurs") == R"(["BESOIN"])");
  CHECK(value(now, "reponse_diagnostic.v4/pouvoir_agir/confiance.reponse") == "non");
  CHECK(value(now, "reponse_diagnostic.v4/pouvoir_agir/accompagnement.reponse") == "ne_sait_pas");
  CHECK(value(now, "reponse_diagnostic.v4/pouvoir_agir/analyse.texte") == "à revoir");
  CHECK(value(now, "reponse_diagnostic.v4/declare_sans_contrainte.reponse") == "non");
  CHECK(value(now, "recherche_emploi.metiers") == R"(["D1102"])");
}

TEST_CASE("what is no diagnostic is refused; what is malformed falls alone", "[exchange][diagnostic]") {
  Held held;
  for (const char *wrong : {"", "{", "[]", "{}", "null", "1", R"({"contraintes": []})", R"({"a": 1, "a": 2})",
                            R"({"contraintesIndividusDto": {}, "thematiqueContrainte": {}})"}) {
    CAPTURE(wrong);
    const Rapport report = held.read(wrong);
    CHECK_FALSE(report.clos);
    CHECK(text(report.refuses.front().code) == "I002");
    CHECK(accounted(report));
  }
  CHECK_FALSE(held.read(std::string(1000, '[')).clos);
  CHECK(text(held.read(std::string(17u << 20, ' ')).refuses.front().code) == "I004");
  CHECK_FALSE(held.read(v1, "").clos);

  const Rapport broken = held.read(R"({"contraintesIndividusDto": {"contraintes": [1, {"valeur": "OUI"},
    {"code": 23, "valeur": "PEUT-ETRE", "situations": [{}, 3, {"code": "6", "valeur": null}], "objectifs": "x"}]},
    "besoinsParDiagnosticIndividuDtos": {}, "autre": 1})");
  CHECK(broken.clos);
  CHECK(broken.recus == 3);
  CHECK(broken.lus == 1);
  CHECK(accounted(broken));
  const std::string once = R"({"code": "23", "valeur": "OUI"})";
  const Rapport twice = held.read(R"({"contraintesIndividusDto": {"contraintes": [)" + once + "," + once + "]}}");
  CHECK(twice.lus == 1);
  CHECK(told(twice.refuses) == std::vector<std::string>{"I005 contraintesIndividusDto/contraintes/1 code [23] ce code "
                                                        "est deux fois dans le document : le premier compte"});
  held.read(R"({"contraintesIndividusDto": {"contraintes": [{"code": "23", "valeur": "PEUT-ETRE"}]}})");
  CHECK(value(held.at("2024-07-01"), "frein.mobilite.reponse") == "non_aborde");
  CHECK(value(held.at("2024-07-01"), "reponse_diagnostic.v1/23/contrainte.valeurs") == R"(["PEUT-ETRE"])");

  CHECK(refusal([&] {
          import_france_travail_diagnostic(*held.journal, *memory_bytes(v1), as_of("2024-07-01"),
                                           subject("personne:personne"), lists());
        }) == "E005");
}

TEST_CASE("the published diagnostics of both states", "[exchange][diagnostic][samples]") {
  const auto first = sample("france-travail/diagnostic_v1.json");
  const auto second = sample("france-travail/diagnostic_v4.json");
  if (!first || !second)
    return;
  Held held;
  const Rapport old = held.read(*first);
  CHECK(old.lus == 10); // seven constraints, three jobs
  CHECK(old.refuses_total == 0);
  CHECK(old.avertissements_total == 0);
  CHECK(value(held.at("2024-07-01"), "objectif.v1/27/18.etat") == "ABANDONNE");
  CHECK(value(held.at("2024-07-01"), "frein.logement.reponse") == "non");
  CHECK(value(held.at("2024-07-01"), "reponse_diagnostic.v1/besoin/metier-exemple-01/4.valeurs") ==
        R"(["POINT_FORT"])");
  const Rapport recent = held.read(*second, "2024-07-02");
  CHECK(recent.refuses_total == 0);
  CHECK(recent.avertissements_total == 0);
  CHECK(accounted(recent));
  CHECK(value(held.at("2024-07-02"), "frein.numerique.reponse") == "oui");
  CHECK(held.read(*second, "2024-07-02").evenements == 2);
}
