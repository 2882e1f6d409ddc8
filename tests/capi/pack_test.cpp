#include "tests/capi/c_api.hpp"

#include <fstream>
#include <iterator>
#include <vector>

using namespace capi_test;

namespace {

const std::string person = R"({"beneficiaire": {"rsa": "oui", "quartier_prioritaire": "non", "jeune_infra_bac": "non",
  "situation_handicap": "non", "reside_departement": "oui", "territoire_rural": "oui", "code_commune": "77288"},
  "freins": [{"code": "mobilite", "reponse": "oui"}, {"code": "formation", "reponse": "oui"}],
  "duree_inscription_mois": 0})";

std::string read_file(const std::string &path) {
  std::ifstream stream(path, std::ios::binary);
  REQUIRE(stream);
  return {std::istreambuf_iterator<char>(stream), std::istreambuf_iterator<char>()};
}

// The files of a pack as bytes; what a program that embeds one does.
class Files {
public:
  Files(const std::string &folder, const std::vector<std::string> &names) {
    for (const std::string &name : names)
      held_.emplace_back(name, read_file(packs + folder + "/" + name));
    for (const auto &[name, bytes] : held_)
      files_.push_back({name.c_str(), bytes.data(), bytes.size()});
  }
  const spie_file *data() const { return files_.data(); }
  size_t size() const { return files_.size(); }

private:
  std::vector<std::pair<std::string, std::string>> held_;
  std::vector<spie_file> files_;
};

} // namespace

TEST_CASE("a pack says what it is") {
  const spie_pack *pack = the_pack();
  CHECK(std::string(spie_pack_id(pack)) == "seine-et-marne-2022-2023");
  CHECK(std::string(spie_pack_version(pack)) == "1.0.0");
  CHECK(std::string(spie_pack_sha256(pack)).size() == 64);
  CError error;
  Text text;
  CHECK_OK(spie_pack_describe(text.out(), text.length(), pack, &error));
  const Json description = text.json();
  CHECK(description["id"] == spie_pack_id(pack));
  CHECK(description["titre"] == spie_pack_title(pack));
  CHECK(description["debut"] == "2022-01-01");
  CHECK(description["fin"] == "2023-12-31");
  CHECK(description["bases"] == Json({"socle-national"}));
  CHECK(description["roles"]["entree"] == "entree");
}

TEST_CASE("a pack lists what it holds") {
  const spie_pack *pack = the_pack();
  CError error;
  Text text;
  CHECK_OK(spie_pack_decisions(text.out(), text.length(), pack, &error));
  bool entry = false;
  for (const Json &decision : text.json())
    entry = entry || decision["nom"] == "entree";
  CHECK(entry);

  CHECK_OK(spie_pack_parameters(text.out(), text.length(), pack, &error));
  for (const Json &parameter : text.json())
    CHECK(!parameter["valeurs"].empty());

  CHECK_OK(spie_pack_articles(text.out(), text.length(), pack, &error));
  bool cap = false;
  for (const Json &article : text.json())
    cap = cap || article["id"] == "art-4.2-al2";
  CHECK(cap);

  CHECK_OK(spie_pack_cases(text.out(), text.length(), pack, &error));
  CHECK(text.json().size() >= 60);
  CHECK(text.json()[0]["as_of"].is_string());

  CHECK_OK(spie_pack_data(text.out(), text.length(), pack, "budget", &error));
  CHECK(text.json()["monnaie"] == "EUR");
  CHECK_REFUSED(spie_pack_data(text.out(), text.length(), pack, "nothing", &error), SPIE_ERROR_PACK, "P001");
  CHECK(text.get() == nullptr);
}

TEST_CASE("a parameter has a value at a date") {
  CError error;
  Text text;
  CHECK_OK(spie_pack_parameter_at(text.out(), text.length(), the_pack(), "montant_maximal_etat", "2022-06-01", &error));
  CHECK(text.string() == "496000.00");
  CHECK_REFUSED(spie_pack_parameter_at(text.out(), text.length(), the_pack(), "montant_maximal", "2022-06-01", &error),
                SPIE_ERROR_PACK, "P015");
  CHECK_REFUSED(
      spie_pack_parameter_at(text.out(), text.length(), the_pack(), "montant_maximal_etat", "1999-12-31", &error),
      SPIE_ERROR_PACK, "P018");
  CHECK_REFUSED(
      spie_pack_parameter_at(text.out(), text.length(), the_pack(), "montant_maximal_etat", "2022-02-30", &error),
      SPIE_ERROR_ARGUMENT, "A001");
}

TEST_CASE("the packs of the library pass their own cases and checks") {
  CError error;
  Text text;
  CHECK_OK(spie_pack_run_cases(text.out(), text.length(), the_pack(), &error));
  for (const Json &one : text.json()) {
    CAPTURE(one["nom"], one["difference"]);
    CHECK(one["reussi"] == true);
  }
  CHECK_OK(spie_pack_check(text.out(), text.length(), the_pack(), &error));
  for (const Json &finding : text.json()) {
    CAPTURE(finding);
    CHECK(finding["level"] != "error");
  }
}

TEST_CASE("a pack loads from bytes as from its folder") {
  CError error;
  Pack folder, bytes;
  CHECK_OK(spie_pack_load(folder.out(), (packs + "socle-national").c_str(), nullptr, &error));
  const Files files("socle-national", {"pack.json",
                                       "articles.json",
                                       "parametres.json",
                                       "socle.dmn",
                                       "conservation.dmn",
                                       "relais.dmn",
                                       "donnees/codes.json",
                                       "donnees/conservation.json",
                                       "donnees/droits.json",
                                       "donnees/faits.json",
                                       "donnees/images.json",
                                       "donnees/immersion.json",
                                       "donnees/instances.json",
                                       "donnees/passeport.json",
                                       "donnees/relais.json",
                                       "donnees/sources.json",
                                       "donnees/traitement.json",
                                       "cas/conservation.json",
                                       "cas/relais.json",
                                       "cas/socle.json"});
  CHECK_OK(spie_pack_from_files(bytes.out(), files.data(), files.size(), nullptr, 0, &error));
  CHECK(std::string(spie_pack_sha256(bytes.get())) == spie_pack_sha256(folder.get()));

  SECTION("and extends the packs given beside it") {
    const Files child("seine-et-marne-2022-2023", {"pack.json",
                                                   "articles.json",
                                                   "parametres.json",
                                                   "entree.dmn",
                                                   "finances.dmn",
                                                   "echeances.dmn",
                                                   "vigilance.dmn",
                                                   "donnees/vigilance.json",
                                                   "donnees/ruptures.json",
                                                   "cas/vigilance.json",
                                                   "reseau.dmn",
                                                   "donnees/reseau.json",
                                                   "donnees/satisfaction.json",
                                                   "cas/reseau.json",
                                                   "grille.dmn",
                                                   "donnees/actions_types.json",
                                                   "donnees/badges_structures.json",
                                                   "donnees/budget.json",
                                                   "donnees/classes_freins.json",
                                                   "donnees/communes_zrr.json",
                                                   "donnees/correspondances.json",
                                                   "donnees/faits.json",
                                                   "donnees/lieux_aller_vers.json",
                                                   "donnees/metiers_en_tension.json",
                                                   "donnees/trame.json",
                                                   "cas/grille.json",
                                                   "cas/echeances.json",
                                                   "cas/entree.json",
                                                   "cas/entree-decisions.json",
                                                   "cas/finances-calculs.json",
                                                   "cas/finances-lignes.json",
                                                   "cas/finances-verdict.json"});
    const spie_pack *bases[] = {bytes.get()};
    Pack extended, alone;
    CHECK_OK(spie_pack_from_files(extended.out(), child.data(), child.size(), bases, 1, &error));
    CHECK(std::string(spie_pack_id(extended.get())) == "seine-et-marne-2022-2023");
    CHECK_REFUSED(spie_pack_from_files(alone.out(), child.data(), child.size(), nullptr, 0, &error), SPIE_ERROR_PACK,
                  "P003");
    CHECK(alone.get() == nullptr);
  }
}

TEST_CASE("a pack is loaded within the limits that are given") {
  CError error;
  const auto load = [&](const spie_limits &limits) {
    Pack pack;
    spie_pack_options options = SPIE_PACK_OPTIONS_INIT;
    options.limits = &limits;
    const bool whole = spie_pack_load(pack.out(), (packs + "socle-national").c_str(), &options, &error) == SPIE_OK;
    return whole ? std::string("loaded") : std::string(error.code) + " " + error.remedy;
  };
  spie_limits limits = SPIE_LIMITS_INIT;
  limits.milliseconds = 86'400'000; // a day
  CHECK(load(limits) == "loaded");
  limits.steps = 100;
  CHECK_THAT(load(limits), Catch::StartsWith("P002") && Catch::Contains("`steps`"));
  limits = SPIE_LIMITS_INIT;
  limits.bytes = 100;
  CHECK_THAT(load(limits), Catch::StartsWith("P001") && Catch::Contains("`bytes`"));
  limits = SPIE_LIMITS_INIT;
  limits.depth = 3;
  CHECK_THAT(load(limits), Catch::Contains("`depth`"));

  const std::string manifest = R"({"id": "p", "version": "1.0"})";
  const spie_file files[] = {{"pack.json", manifest.data(), manifest.size()}};
  limits = SPIE_LIMITS_INIT;
  limits.bytes = 10;
  Pack pack;
  CHECK_REFUSED(spie_pack_from_files_within(pack.out(), files, 1, nullptr, 0, &limits, &error), SPIE_ERROR_PACK,
                "P002");
}

TEST_CASE("a pack that does not load tells every finding to those who ask") {
  CError error;
  Text text;
  const std::string manifest = R"({"id": "p", "version": "1.0", "titre": "P", "autorite": "a",
    "periode": {"debut": "2022-01-01", "fin": null}, "modeles": ["absent.dmn", "autre.dmn"], "roles": {}, "langue": "fr"})";
  const spie_file files[] = {{"pack.json", manifest.data(), manifest.size()}};
  CHECK_OK(spie_pack_check_files(text.out(), text.length(), files, 1, nullptr, 0, &error));
  CHECK(text.json().size() >= 2);
  CHECK(text.json()[0]["level"] == "error");

  Pack pack;
  CHECK(spie_pack_from_files(pack.out(), files, 1, nullptr, 0, &error) == SPIE_ERROR_PACK);
  CHECK(error.findings >= 2);

  CHECK_OK(spie_pack_check_folder(text.out(), text.length(), "/nowhere", nullptr, &error));
  CHECK(text.json()[0]["code"] == "P001");
  CHECK_OK(spie_pack_check_folder(text.out(), text.length(), (packs + "socle-national").c_str(), nullptr, &error));
  for (const Json &finding : text.json())
    CHECK(finding["level"] != "error");
}

TEST_CASE("bases are looked up in the folders given") {
  CError error;
  Pack pack;
  const char *search[] = {"/nowhere"};
  spie_pack_options options = SPIE_PACK_OPTIONS_INIT;
  options.search = search;
  options.search_count = 1;
  CHECK_REFUSED(spie_pack_load(pack.out(), (packs + "seine-et-marne-2022-2023").c_str(), &options, &error),
                SPIE_ERROR_PACK, "P003");
  search[0] = packs.c_str();
  CHECK_OK(spie_pack_load(pack.out(), (packs + "seine-et-marne-2022-2023").c_str(), &options, &error));
  options.search = nullptr;
  Pack none;
  CHECK_REFUSED(spie_pack_load(none.out(), packs.c_str(), &options, &error), SPIE_ERROR_ARGUMENT, "A001");
}

TEST_CASE("a decision explains its value") {
  CError error;
  Text text;
  Decision decision;
  CHECK_OK(spie_pack_decision(decision.out(), the_pack(), "entree", &error));
  spie_evaluate_options options = SPIE_EVALUATE_OPTIONS_INIT;

  SECTION("the value alone by default") {
    CHECK_OK(spie_decision_evaluate(text.out(), text.length(), decision.get(), person.data(), person.size(),
                                    "2022-06-01", nullptr, &error));
    const Json result = text.json();
    CHECK(result["decision"] == "entree");
    CHECK(result["as_of"] == "2022-06-01");
    CHECK(result["pack"]["sha256"] == spie_pack_sha256(the_pack()));
    CHECK(result["statut"] == "determine");
    CHECK(result["valeur"]["conclusion"] == "admis_prioritaire");
    CHECK(result["manquants"].empty());
    CHECK(result["erreurs"].empty());
    CHECK(!result["articles"].empty());
    CHECK(!result["parametres"].empty());
    CHECK(!result.contains("trace"));
    CHECK(!result.contains("explication"));
  }
  SECTION("the bare value for long lists") {
    options.value_only = 1;
    CHECK_OK(spie_decision_evaluate(text.out(), text.length(), decision.get(), person.data(), person.size(),
                                    "2022-06-01", &options, &error));
    const Json result = text.json();
    CHECK(result["valeur"]["conclusion"] == "admis_prioritaire");
    for (const char *key : {"articles", "parametres", "trace", "explication"})
      CHECK(!result.contains(key));
    options.trace = 1;
    CHECK_REFUSED(spie_decision_evaluate(text.out(), text.length(), decision.get(), person.data(), person.size(),
                                         "2022-06-01", &options, &error),
                  SPIE_ERROR_ARGUMENT, "A001");
  }
  SECTION("within the limits that are given") {
    spie_limits limits = SPIE_LIMITS_INIT;
    options.limits = &limits;
    const auto status = [&] {
      CHECK_OK(spie_decision_evaluate(text.out(), text.length(), decision.get(), person.data(), person.size(),
                                      "2022-06-01", &options, &error));
      return text.json()["statut"].get<std::string>();
    };
    CHECK(status() == "determine");
    limits.steps = 10;
    CHECK(status() == "erreur");
    CHECK(text.json()["erreurs"][0]["code"] == "F008");
  }
  SECTION("its trace and explanation when asked") {
    options.trace = 1;
    options.explanation = 1;
    CHECK_OK(spie_decision_evaluate(text.out(), text.length(), decision.get(), person.data(), person.size(),
                                    "2022-06-01", &options, &error));
    const Json result = text.json();
    CHECK(!result["trace"].empty());
    CHECK(result["trace"].back()["nom"] == "entree");
    CHECK(result["explication"].get<std::string>().size() > 100);
    CHECK(!result["articles"].empty());
    CHECK(!result["parametres"].empty());
  }
  SECTION("its explanation without the trace") {
    options.explanation = 1;
    CHECK_OK(spie_decision_evaluate(text.out(), text.length(), decision.get(), person.data(), person.size(),
                                    "2022-06-01", &options, &error));
    CHECK(!text.json().contains("trace"));
    const std::string explanation = text.json()["explication"];
    CHECK_OK(spie_decision_explain(text.out(), text.length(), decision.get(), person.data(), person.size(),
                                   "2022-06-01", nullptr, &error));
    CHECK(text.string() == explanation);
  }
  SECTION("facts that are not given are unknown, never no") {
    CHECK_OK(
        spie_decision_evaluate(text.out(), text.length(), decision.get(), nullptr, 0, "2022-06-01", nullptr, &error));
    const Json result = text.json();
    CHECK(result["statut"] == "indetermine");
    CHECK(!result["manquants"].empty());
  }
  SECTION("after the pack has been freed") {
    Pack pack;
    Decision held;
    CHECK_OK(spie_pack_load(pack.out(), (packs + "seine-et-marne-2022-2023").c_str(), nullptr, &error));
    CHECK_OK(spie_pack_decision(held.out(), pack.get(), "entree", &error));
    spie_pack_free(pack.get());
    *pack.out() = nullptr;
    CHECK_OK(spie_decision_evaluate(text.out(), text.length(), held.get(), person.data(), person.size(), "2022-06-01",
                                    nullptr, &error));
    CHECK(text.json()["statut"] == "determine");
  }
}

TEST_CASE("a parameter can be given another value for one evaluation") {
  CError error;
  Text text;
  Decision decision;
  CHECK_OK(spie_pack_decision(decision.out(), the_pack(), "plafond_frais", &error));
  const std::string facts = R"({"cout_total": 100000, "cout_budget": 620000.00})";
  const auto cap = [&](const std::string &parameters) {
    spie_evaluate_options options = SPIE_EVALUATE_OPTIONS_INIT;
    options.parameters = parameters.data();
    options.parameters_length = parameters.size();
    CHECK_OK(spie_decision_evaluate(text.out(), text.length(), decision.get(), facts.data(), facts.size(), "2023-12-31",
                                    &options, &error));
    return text.json();
  };
  CHECK(cap("")["valeur"] == 93000);
  CHECK(cap(R"({"base_plafond_frais": "cout_reel"})")["valeur"] == 15000);
  CHECK(cap(R"({"base_plafond_frais": "cout_reel", "taux_plafond_frais": 0.10})")["valeur"] == 10000);
  CHECK(cap(R"({"base_plafond_frais": "cout_reel", "taux_plafond_frais": "0.10"})")["valeur"] == 10000);
  bool given = false;
  const Json last = text.json();
  for (const Json &use : last["parametres"])
    given = given || (use["nom"] == "taux_plafond_frais" && use["donne"] == true);
  CHECK(given);

  spie_evaluate_options options = SPIE_EVALUATE_OPTIONS_INIT;
  const std::string unknown = R"({"taux_plafond": 0.10})";
  options.parameters = unknown.data();
  options.parameters_length = unknown.size();
  CHECK_REFUSED(spie_decision_evaluate(text.out(), text.length(), decision.get(), facts.data(), facts.size(),
                                       "2023-12-31", &options, &error),
                SPIE_ERROR_PACK, "P015");
}

TEST_CASE("the JSON of facts and of parameters is read within limits") {
  CError error;
  Text text;
  Decision decision;
  CHECK_OK(spie_pack_decision(decision.out(), the_pack(), "plafond_frais", &error));
  const std::string facts = R"({"cout_total": 100000, "cout_budget": 620000.00})";
  const std::string longer = R"({"base_plafond_frais": "cout_reel"                                  })";
  spie_limits limits = SPIE_LIMITS_INIT;
  spie_evaluate_options options = SPIE_EVALUATE_OPTIONS_INIT;
  options.input = &limits;
  const auto evaluated = [&] {
    return spie_decision_evaluate(text.out(), text.length(), decision.get(), facts.data(), facts.size(), "2023-12-31",
                                  &options, &error);
  };
  limits.bytes = facts.size();
  limits.depth = 1;
  CHECK_OK(evaluated());
  limits.bytes = facts.size() - 1;
  CHECK_REFUSED(evaluated(), SPIE_ERROR_JSON, "J003");
  CHECK(std::string(error.where) == "facts");
  CHECK(std::string(error.remedy).find("`bytes`") != std::string::npos);
  limits.bytes = facts.size();
  options.parameters = longer.data();
  options.parameters_length = longer.size();
  CHECK_REFUSED(evaluated(), SPIE_ERROR_JSON, "J003");
  CHECK(std::string(error.where) == "parameters");
  limits = SPIE_LIMITS_INIT;
  CHECK_OK(evaluated());
}

TEST_CASE("a decision lists the facts that it may read, and its tables") {
  CError error;
  Text text;
  Decision decision;
  CHECK_OK(spie_pack_decision(decision.out(), the_pack(), "verdict_depense", &error));
  CHECK_OK(spie_decision_facts(text.out(), text.length(), decision.get(), &error));
  bool nature = false;
  for (const Json &fact : text.json())
    nature = nature || (fact["chemin"] == "depense.nature" && !fact["valeurs"].empty());
  CHECK(nature);
  CHECK_OK(spie_decision_describe(text.out(), text.length(), decision.get(), &error));
  CHECK(text.json()["kind"].is_string());
  Decision unknown;
  CHECK_REFUSED(spie_pack_decision(unknown.out(), the_pack(), "verdict_depence", &error), SPIE_ERROR_DMN, "D011");
  CHECK_THAT(std::string(error.message), Catch::Contains("verdict_depense"));
}

TEST_CASE("facts that the pack does not know are refused") {
  CError error;
  Text text;
  Decision decision;
  CHECK_OK(spie_pack_decision(decision.out(), the_pack(), "entree", &error));
  const auto refused = [&](std::string_view facts, spie_status status, const char *code) {
    CAPTURE(facts);
    CHECK_REFUSED(spie_decision_evaluate(text.out(), text.length(), decision.get(), facts.data(), facts.size(),
                                         "2022-06-01", nullptr, &error),
                  status, code);
    CHECK(text.get() == nullptr);
    CHECK(*text.length() == 0);
  };
  refused(R"({"benificiaire": {}})", SPIE_ERROR_PACK, "P015");
  refused(R"({"duree_inscription_mois": "douze"})", SPIE_ERROR_PACK, "P016");
  refused(R"({"montant_maximal_etat": 1})", SPIE_ERROR_PACK, "P014");
  refused("[]", SPIE_ERROR_JSON, "J002");
  refused("{", SPIE_ERROR_JSON, "J001");
  refused("\xFF", SPIE_ERROR_JSON, "J001");
  refused("{\"beneficiaire\": \"\xC3(\"}", SPIE_ERROR_JSON, "J001");
  refused(R"({"freins": [], "freins": []})", SPIE_ERROR_JSON, "J004");
  refused(std::string(100000, '['), SPIE_ERROR_JSON, "J003");
  refused(R"({"duree_inscription_mois": 1E+999999})", SPIE_ERROR_JSON, "J002");

  CHECK_REFUSED(spie_decision_evaluate(text.out(), text.length(), decision.get(), "{}", 2, nullptr, nullptr, &error),
                SPIE_ERROR_ARGUMENT, "A001");
  CHECK_REFUSED(
      spie_decision_evaluate(text.out(), text.length(), decision.get(), "{}", 2, "01/06/2022", nullptr, &error),
      SPIE_ERROR_ARGUMENT, "A001");
  CHECK_REFUSED(
      spie_decision_evaluate(text.out(), text.length(), decision.get(), nullptr, 2, "2022-06-01", nullptr, &error),
      SPIE_ERROR_ARGUMENT, "A001");
}

TEST_CASE("the packs that come with the library are found beside it, or said not to be") {
  CError error;
  Text text;
  const spie_status status = spie_bundled_packs(text.out(), text.length(), &error);
  if (status == SPIE_OK)
    CHECK(text.json()["packs"].size() >= 2);
  else
    CHECK(std::string(error.code) == "P001");
}
