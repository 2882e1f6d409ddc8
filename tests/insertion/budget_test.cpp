#include "tests/insertion/support.hpp"

using namespace spie;
using namespace spie::convention;
using namespace spie::convention::testing;

namespace {

// The national pack with a budget.
std::shared_ptr<const Pack> pack_with(const std::string &budget) {
  const auto base = Pack::load(std::string(SPIE_SOURCE_DIR) + "/packs/socle-national");
  return Pack::from_files(
      {{"pack.json", R"({"id": "essai", "version": "1.0.0", "titre": "Essai", "autorite": "Personne",
                             "periode": {"debut": "2022-01-01", "fin": "2023-12-31"}, "extends": {"id": "socle-national", "version": ">=1.0"}})"},
       {"articles.json", R"({"articles": []})"},
       {"parametres.json", R"({"parametres": []})"},
       {"donnees/budget.json", budget}},
      {base});
}

const std::string head = R"({"id": "b", "titre": "B", "monnaie": "EUR", "article": "a", "source": "S:1", "lignes": [)";

} // namespace

TEST_CASE("the budget of annexe C adds up, and its own computation of the salaries does not", "[budget]") {
  const Budget budget = read_budget(seine_et_marne());
  REQUIRE(budget.lignes.size() == 4);
  CHECK(budget.total == number("620000"));
  const LigneBudget *coordination = budget.find("coordination_action");
  REQUIRE(coordination != nullptr);
  CHECK(coordination->montant == number("355000"));
  REQUIRE(coordination->detail.size() == 3);
  CHECK(coordination->detail[0].montant == number("220000"));
  REQUIRE(coordination->detail[0].calcul);
  CHECK(coordination->detail[0].calcul->attendu == number("200000"));
  CHECK(budget.find("autre") == nullptr);

  REQUIRE(budget.constats.size() == 1);
  const Diagnostic &finding = budget.constats[0];
  CHECK(finding.code == Code::pack_calculation);
  CHECK(finding.level == Level::warning);
  CHECK(finding.where == "S:2672-2675");
  CHECK(finding.message == "« Salaires : deux postes de chargé de développement sur deux ans » : 2 × 50\xE2\x80\xAF"
                           "000,00 € × 2 = 200\xE2\x80\xAF"
                           "000,00 €, le texte écrit 220\xE2\x80\xAF"
                           "000,00 €");
  const feel::Value value = to_value(budget);
  CHECK(value.context().find("total")->text() == "620000.00");
  CHECK(value.context().find("totaux")->context().find("cofinancement_etat")->text() == "496000.00");
}

TEST_CASE("under the computation that the text writes, lines and total follow", "[budget]") {
  Options options;
  options.parametres.emplace_back("lecture_salaires_annexe_c", "calcul_ecrit");
  const Budget budget = read_budget(seine_et_marne(), options);
  CHECK(budget.total == number("600000"));
  CHECK(budget.total_ecrit == number("620000"));
  const LigneBudget *coordination = budget.find("coordination_action");
  CHECK(coordination->montant == number("335000"));
  CHECK(coordination->montant_ecrit == number("355000"));
  CHECK(coordination->detail[0].montant == number("200000"));
  REQUIRE(budget.constats.size() == 1);
  CHECK(budget.constats[0].level == Level::warning);
  CHECK(budget.constats[0].remedy ==
        "Le paramètre « lecture_salaires_annexe_c » dit lequel des deux fait foi : ici le calcul.");
  CHECK(read_budget(seine_et_marne()).constats[0].remedy.ends_with("ici le montant écrit."));
  options.parametres[0].second = "autre";
  CHECK(code_of([&] { read_budget(seine_et_marne(), options); }) == "P009");
  options.parametres[0].first = "lecture_salaire";
  CHECK(code_of([&] { read_budget(seine_et_marne(), options); }) == "P015");
}

TEST_CASE("sums that do not add up are errors", "[budget]") {
  const Budget budget = read_budget(
      *pack_with(head + R"({"action": "x", "libelle": "X", "nature": "N", "montant": "10.00", "source": "S:2",
                 "detail": [{"libelle": "d", "montant": "9.99", "source": "S:3"}]}],
                 "totaux": {"total": "11.00", "cofinancement_etat": "8.00", "autofinancement": "3.00"}})"));
  REQUIRE(budget.constats.size() == 3);
  for (const Diagnostic &finding : budget.constats) {
    CHECK(finding.code == Code::pack_sum);
    CHECK(finding.level == Level::error);
  }
}

TEST_CASE("a budget that is missing or misshapen is refused", "[budget]") {
  CHECK(code_of([] { read_budget(*pack_with(R"({"id": "b"})")); }) == "P002");
  CHECK(code_of([] { read_budget(*pack_with(head + R"({"action": "x"}]})")); }) == "P002");
  CHECK(code_of([] {
          read_budget(*pack_with(
              head + R"({"action": "x", "libelle": "X", "nature": "N", "montant": "dix", "source": "S"}]})"));
        }) == "P002");
}
