#include "tests/capi/c_api.hpp"

#include <atomic>
#include <thread>
#include <vector>

using namespace capi_test;

// Handles are immutable: run under the tsan preset, this says whether they are.
TEST_CASE("threads share a pack, its decisions, a model and an expression") {
  CError error;
  Decision decision;
  CHECK_OK(spie_pack_decision(decision.out(), the_pack(), "entree", &error));
  Expression expression;
  const char *names[] = {"a"};
  const std::string source = "sum(for i in 1..20 return i * a)";
  CHECK_OK(spie_expression_compile(expression.out(), source.data(), source.size(), names, 1, &error));
  const std::string facts = R"({"beneficiaire": {"rsa": "oui", "reside_departement": "oui", "territoire_rural": "oui"},
    "freins": [{"code": "mobilite", "reponse": "oui"}, {"code": "formation", "reponse": "oui"}]})";

  std::atomic<int> right = 0, wrong = 0;
  const auto work = [&](bool second) {
    for (int i = 0; i < 25; ++i) {
      CError mine;
      spie_evaluate_options options = SPIE_EVALUATE_OPTIONS_INIT;
      options.trace = second ? 1 : 0;
      options.explanation = 1;
      char *json = nullptr;
      if (spie_decision_evaluate(&json, nullptr, decision.get(), facts.data(), facts.size(), "2022-06-01", &options,
                                 &mine) == SPIE_OK &&
          std::strstr(json, "\"admis\":true") != nullptr)
        ++right;
      else
        ++wrong;
      spie_free(json);
      const std::string variables = "{\"a\": " + std::to_string(i) + "}";
      if (spie_expression_evaluate(&json, nullptr, expression.get(), variables.data(), variables.size(), nullptr,
                                   &mine) == SPIE_OK &&
          std::strstr(json, ("\"valeur\":" + std::to_string(210 * i)).c_str()) != nullptr)
        ++right;
      else
        ++wrong;
      spie_free(json);
      // An error belongs to the call that asked for it.
      char *none = nullptr;
      if (spie_decision_evaluate(&none, nullptr, decision.get(), "{", 1, "2022-06-01", nullptr, &mine) ==
          SPIE_ERROR_JSON)
        ++right;
      else
        ++wrong;
    }
  };
  std::thread first(work, false), second(work, true);
  first.join();
  second.join();
  CHECK(right == 150);
  CHECK(wrong == 0);
}
