// The packs of the project are the judge of the whole engine: their expected values were worked out by hand.
#include "tests/catch.hpp"

#include "tests/pack/files.hpp"

#include <map>
#include <set>

using namespace spie;
using namespace spie::testing;

namespace {

void run_all(const Pack &pack) {
  std::size_t count = 0;
  for (const CaseResult &result : pack.run_cases()) {
    INFO(result.nom);
    INFO(result.difference);
    CHECK(result.passed);
    ++count;
  }
  CHECK(count == pack.cases().size());
}

} // namespace

TEST_CASE("every case of the national pack passes", "[pack][cases]") { run_all(*socle()); }

TEST_CASE("every case of Seine-et-Marne and of its parent passes", "[pack][cases]") {
  const auto pack = seine_et_marne();
  run_all(*pack);
  CHECK(pack->cases().size() > socle()->cases().size() + 60);
}

TEST_CASE("check of the national pack finds nothing", "[pack][check]") { CHECK(short_list(socle()->check()) == ""); }

TEST_CASE("check of Seine-et-Marne finds the salaries of annexe C and nothing else", "[pack][check]") {
  auto findings = seine_et_marne()->check();
  // A date that is null where nothing is owed, and nobody left: three notes, and what they are about.
  std::vector<std::string> nulls;
  std::erase_if(findings, [&](const Diagnostic &finding) {
    if (finding.code != Code::pack_null || finding.level != Level::note)
      return false;
    nulls.push_back(finding.message.substr(0, finding.message.find(" may")));
    return true;
  });
  CHECK(nulls == std::vector<std::string>{"'date_remboursement_trop_percu'", "'date_resiliation'", "'fin_suivi'"});
  CHECK(short_list(findings) == "P020 warning at donnees/budget.json#/lignes/2/detail/0");
  CHECK(findings.front().message.find("220000.00") != std::string::npos);
  CHECK(findings.front().message.find("200000.00") != std::string::npos);
}

TEST_CASE("the pack of Seine-et-Marne says what it is", "[pack]") {
  const auto pack = seine_et_marne();
  CHECK(pack->id() == "seine-et-marne-2022-2023");
  CHECK(pack->bases() == std::vector<std::string>{"socle-national"});
  CHECK(pack->period_start() == date("2022-01-01"));
  CHECK(pack->period_end() == date("2023-12-31"));
  CHECK(pack->sha256().size() == 64);
  CHECK(pack->sha256() != socle()->sha256());
  CHECK(pack->role("verdict_depense") == "verdict_depense");
  CHECK(pack->role("inconnu").empty());
  REQUIRE(pack->find_article("art-4.2-al2") != nullptr);
  CHECK(pack->find_article("art-4.2-al2")->pack == "seine-et-marne-2022-2023");
  REQUIRE(pack->find_article("ct-d5135-3") != nullptr);
  CHECK(pack->find_article("ct-d5135-3")->pack == "socle-national");
  REQUIRE(pack->data("budget") != nullptr);
  CHECK(pack->data("inconnu") == nullptr);
}

TEST_CASE("every decision of both packs has a case of its own", "[pack][cases]") {
  const auto pack = seine_et_marne();
  std::set<std::string> covered;
  for (const PackCase &one : pack->cases())
    for (const std::string &name : pack->model().requirements(one.decision))
      covered.insert(name);
  for (const auto &decision : pack->model().decisions()) {
    INFO(decision.name);
    CHECK(covered.count(decision.name) == 1);
  }
}

TEST_CASE("each case says how its expected value was worked out", "[pack][cases]") {
  for (const PackCase &one : seine_et_marne()->cases()) {
    INFO(one.nom);
    CHECK_FALSE(one.commentaire.empty());
    CHECK_FALSE(one.titre.empty());
  }
}

TEST_CASE("both readings of every ambiguous text change something or are the same by a case", "[pack][readings]") {
  const auto pack = seine_et_marne();
  std::map<std::string, std::set<std::string>> tried;
  for (const PackCase &one : pack->cases()) {
    for (const auto &parameter : pack->parameters()) {
      const auto *given = one.parametres.context().find(parameter.nom);
      if (given != nullptr && !parameter.lectures.empty())
        tried[parameter.nom].insert(given->to_string());
    }
  }
  for (const auto &parameter : pack->parameters()) {
    if (parameter.lectures.empty())
      continue;
    tried[parameter.nom].insert(parameter.valeurs.front().valeur.to_string()); // what the other cases take
    INFO(parameter.nom);
    CHECK(parameter.lectures.size() >= 2);
    CHECK(tried[parameter.nom].size() == parameter.lectures.size());
  }
}

TEST_CASE("the facts of a decision leave out the parameters and the lists of the pack", "[pack][facts]") {
  std::string paths;
  for (const auto &fact : seine_et_marne()->facts("verdict_depense"))
    paths += fact.path + ' ';
  CHECK(paths == "depense.axe depense.date depense.nature depense.necessaire ");
  for (const auto &fact : seine_et_marne()->facts("entree")) {
    INFO(fact.path);
    CHECK(seine_et_marne()->find_parameter(fact.path) == nullptr);
    CHECK(fact.path.find("classes_freins") == std::string::npos);
    CHECK(fact.path.find("communes_zrr") == std::string::npos);
  }
  CHECK(refusal([] { seine_et_marne()->facts("inconnue"); }).starts_with("D011"));
}
