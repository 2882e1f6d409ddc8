// Explanations are read by people: their texts stand in tests/golden/explications and are reviewed as such.
// SPIE_GOLDEN_UPDATE=1 writes them anew.
#include "tests/catch.hpp"

#include "tests/pack/files.hpp"

#include <cstdlib>
#include <fstream>
#include <sstream>

using namespace spie;
using namespace spie::testing;

namespace {

std::string read(const std::string &path) {
  std::ifstream stream(path, std::ios::binary);
  std::ostringstream text;
  text << stream.rdbuf();
  return text.str();
}

void compare(const std::string &name, const std::string &found) {
  const std::string path = std::string(SPIE_SOURCE_DIR) + "/tests/golden/explications/" + name + ".txt";
  if (std::getenv("SPIE_GOLDEN_UPDATE") != nullptr)
    std::ofstream(path, std::ios::binary) << found;
  INFO(path);
  CHECK(read(path) == found);
}

void golden(const std::string &name, const std::string &decision, std::string_view facts, std::string_view as_of,
            const PackEvaluateOptions &options = {}) {
  compare(name, seine_et_marne()->evaluate(decision, read_json(facts), date(as_of), options).explanation);
}

constexpr std::string_view spending = R"({"depense": {"date": "2022-06-15", "action": "coordination_action",
  "nature": "NATURE", "axe": "AXE", "necessaire": "NECESSAIRE", "montant": 1234.50, "cofinancement": "",
  "montant_cofinance": 0, "payee": "oui", "date_paiement": "2022-07-01", "piece": "F-001"}})";

std::string expense(std::string_view nature, std::string_view axis, std::string_view needed) {
  return with(with(with(std::string(spending), "NATURE", nature), "AXE", axis), "NECESSAIRE", needed);
}

} // namespace

TEST_CASE("the entry of someone admitted and prioritary is explained", "[pack][explanation]") {
  golden("entree-admise", "entree", R"({"duree_inscription_mois": 30,
    "beneficiaire": {"rsa": "oui", "quartier_prioritaire": "non", "jeune_infra_bac": "non", "situation_handicap": "non",
                     "reside_departement": "oui", "territoire_rural": "oui", "code_commune": "77009"},
    "freins": [{"code": "mobilite", "reponse": "oui"}, {"code": "formation", "reponse": "oui"},
               {"code": "sante", "reponse": "non"}]})",
         "2022-06-01");
}

TEST_CASE("a refusal of entry is explained", "[pack][explanation]") {
  golden("entree-non-admise", "conclusion", R"({"duree_inscription_mois": 3,
    "beneficiaire": {"rsa": "oui", "quartier_prioritaire": "non", "jeune_infra_bac": "non", "situation_handicap": "non",
                     "reside_departement": "oui", "territoire_rural": "non", "code_commune": "77288"},
    "diagnostic_complet": "oui",
    "freins": [{"code": "mobilite", "reponse": "oui"}, {"code": "formation", "reponse": "non"}]})",
         "2022-06-01");
}

TEST_CASE("a legal delay says the day it was read at, and that its source is second-hand", "[pack][explanation]") {
  golden("orientation", "date_limite_orientation", R"({"date_droits_devoirs": "2024-12-31"})", "2026-06-01");
  golden("orientation-avant", "date_limite_orientation", R"({"date_droits_devoirs": "2021-11-30"})", "2022-06-01");
  golden("orientation-inconnue", "date_limite_orientation", "{}", "2025-06-01");
}

TEST_CASE("an immersion is explained rule by rule", "[pack][explanation]") {
  golden("immersion", "immersion_conforme",
         R"({"immersion": {"structure": "structure:atelier", "objet": "decouvrir_metier", "objectifs": ["cuisine"],
                           "date_debut": "2022-03-31", "date_fin": "2022-05-01"}, "immersions_precedentes": []})",
         "2022-06-01");
}

TEST_CASE("a code is said as the reading in force has it", "[pack][explanation]") {
  const auto said = [](std::string_view reading) {
    PackEvaluateOptions options;
    options.parametres = {{"lecture_longue_duree", feel::Value(std::string(reading))}};
    return seine_et_marne()
        ->evaluate("publics_prioritaires", read_json(R"({"duree_inscription_mois": 30, "beneficiaire": {"rsa": "non",
          "quartier_prioritaire": "non", "jeune_infra_bac": "non", "situation_handicap": "non"}})"),
                   date("2022-06-01"), options)
        .explanation;
  };
  CHECK(said("tres_longue_duree").find("demandeur d'emploi de très longue durée »") != std::string::npos);
  CHECK(said("longue_duree").find("demandeur d'emploi de longue durée »") != std::string::npos);
}

TEST_CASE("an entry that lacks facts says which, and which were refused", "[pack][explanation]") {
  golden("entree-indeterminee", "entree", R"({"duree_inscription_mois": 3,
    "beneficiaire": {"rsa": "non", "quartier_prioritaire": "non_aborde", "jeune_infra_bac": "non",
                     "situation_handicap": "refuse", "reside_departement": "oui", "territoire_rural": "oui"},
    "freins": [{"code": "mobilite", "reponse": "oui"}, {"code": "creer_une_entreprise", "reponse": "oui"}]})",
         "2022-06-01");
}

TEST_CASE("an expense that is retained is explained", "[pack][explanation]") {
  golden("depense-retenue", "verdict_depense", expense("coordination", "2", "oui"), "2023-12-31");
}

TEST_CASE("an expense that is refused is explained", "[pack][explanation]") {
  golden("depense-ecartee", "verdict_depense", expense("offre_directe", "aucun", "inconnu"), "2023-12-31");
}

TEST_CASE("an expense that cannot be judged says what is missing", "[pack][explanation]") {
  golden("depense-indeterminee", "verdict_depense", R"({"depense": {"nature": "frais_generaux", "necessaire": "oui"}})",
         "2023-12-31");
}

TEST_CASE("the share of the State is explained in euros", "[pack][explanation]") {
  golden(
      "part-etat", "part_etat",
      R"({"cout_total": 610000.50, "depenses_eligibles": 580000, "autres_subventions_etat": 0, "cout_budget": 620000})",
      "2023-12-31");
}

TEST_CASE("a due date is explained, and its reading", "[pack][explanation]") {
  PackEvaluateOptions options;
  options.parametres = {{"lecture_premier_versement", feel::Value("exercice_2022")}};
  golden("premier-versement", "date_premier_versement", R"({"date_signature": "2022-12-20"})", "2022-12-20", options);
}

TEST_CASE("an error says what and where", "[pack][explanation]") {
  SmallPack small;
  small.model = with(small.model, "distance &gt;= seuil", "seuil / (distance - 10) &gt; 1");
  small.cases = R"({"cas": []})";
  const auto result =
      small.load()->evaluate("aide", read_json(R"({"distance": 10, "permis": "non"})"), date("2022-06-01"), {});
  CHECK(result.status == dmn::Status::erreur);
  compare("erreur", result.explanation);
}

TEST_CASE("values are written as French readers write them", "[pack][explanation]") {
  SmallPack small;
  small.manifest = with(small.manifest, "\"langue\"", R"("unites": {"EUR": ["distance"]}, "langue")");
  const auto pack = small.load();
  const auto explained = [&](std::string_view json) {
    return pack->evaluate("aide", read_json(json), date("2022-06-01"), {}).explanation;
  };
  CHECK(explained(R"({"distance": 1234.5, "permis": "non"})").find("Distance : 1\u00A0234,50\u00A0€\n") !=
        std::string::npos);
  CHECK(explained(R"({"distance": -1000000, "permis": "non"})").find("Distance : -1\u00A0000\u00A0000,00\u00A0€\n") !=
        std::string::npos);
  CHECK(explained(R"({"distance": 0.125, "permis": "non"})").find("Distance : 0,125\u00A0€\n") != std::string::npos);
  CHECK(explained(R"({"distance": 20, "permis": "non"})").find("Aide (aide), au 1er juin 2022\n") == 0);
  CHECK(explained(R"({"distance": 20, "permis": "non"})")
            .find("Seuil : 10\u00A0km (depuis le 1er janvier 2022 ; Article 1)") != std::string::npos);
}
