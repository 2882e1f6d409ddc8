// A prepared decision of a bare model answers as the model does when it is asked by name.
#include "tests/dmn/models.hpp"

#include "spie/dmn/decision.hpp"
#include "spie/dmn/values.hpp"
#include "spie/json.hpp"

#include <filesystem>
#include <fstream>
#include <functional>
#include <iterator>
#include <random>
#include <thread>

using namespace models;

namespace {

std::string outcome(const std::function<dmn::Result()> &call) {
  try {
    return write_json(dmn::to_value(call()));
  } catch (const Error &error) {
    return to_string(error.first());
  }
}

std::vector<std::shared_ptr<const dmn::Model>> all_models() {
  std::vector<std::shared_ptr<const dmn::Model>> loaded;
  const std::filesystem::path root(SPIE_SOURCE_DIR);
  std::vector<std::filesystem::path> files{root / "benchmarks/row_table_10.dmn"};
  for (const auto &entry : std::filesystem::recursive_directory_iterator(root / "tests/dmn/models"))
    if (entry.path().extension() == ".dmn")
      files.push_back(entry.path());
  dmn::LoadOptions options;
  options.lenient = true;
  for (const auto &file : files) {
    std::ifstream stream(file, std::ios::binary);
    try {
      loaded.push_back(dmn::Model::load(
          {{file.filename().string(), {std::istreambuf_iterator<char>(stream), std::istreambuf_iterator<char>()}}},
          options));
    } catch (const Error &) { // one that asks for others, or that is there to be refused
    }
  }
  loaded.push_back(load(input("montant", "number") + input("nature", "string") + input("libre") +
                        decision("double", {"i_montant"}, literal("montant * 2"), "number") +
                        decision("conclu", {"d_double", "i_nature", "i_libre"},
                                 literal("if double > 10 then nature + libre else null"))));
  return loaded;
}

Value any_value(std::mt19937 &random) {
  static const std::vector<Value> values{Value(),
                                         0,
                                         7,
                                         1'000'000,
                                         "",
                                         "ingenierie",
                                         "x",
                                         true,
                                         *feel::Date::parse("2022-06-01"),
                                         Value(List{1, 2}),
                                         Value(List{}),
                                         Value(List{"a"}),
                                         Value(Context{{"a", 1}}),
                                         Value(Context{})};
  return values[random() % values.size()];
}

} // namespace

TEST_CASE("a prepared decision gives what the model gives, whatever it is given", "[dmn][prepared]") {
  std::mt19937 random(2022); // NOLINT: the same values at each run
  std::size_t determined = 0, refused = 0;
  for (const auto &model : all_models())
    for (const dmn::ElementInfo &info : model->decisions()) {
      const auto decision = model->decision(info.name, info.model_namespace);
      CHECK(decision->info().slot == info.slot);
      for (int turn = 0; turn < 40; ++turn) {
        dmn::EvaluateOptions options;
        options.trace = turn % 2 == 0;
        options.facts_may_be_unknown = turn % 5 == 0;
        std::vector<dmn::Given> given;
        Context named;
        std::vector<Value> values;
        for (const dmn::ElementInfo *input : decision->inputs()) {
          const bool absent = random() % 6 == 0;
          const Value value = absent ? Value() : any_value(random);
          values.push_back(value);
          if (!absent) {
            given.push_back({input->name, value, input->model_namespace});
            named.set(input->name, value);
          }
        }
        if (turn % 8 == 7)
          given.push_back({"inconnu", 1});
        if (turn % 8 == 6)
          given.push_back({info.name, any_value(random), info.model_namespace}); // its value is given
        INFO(model->name() << ", " << info.name << ", " << Value(named).to_string());
        const std::string expected =
            outcome([&] { return model->evaluate(info.name, given, options, info.model_namespace); });
        determined += expected.find("\"determine\"") == std::string::npos ? 0U : 1U;
        refused += expected.find("D010") == std::string::npos ? 0U : 1U;
        CHECK(outcome([&] { return decision->evaluate(given, options); }) == expected);
        if (turn % 8 >= 6)
          continue;
        CHECK(outcome([&] { return decision->evaluate(std::span<const Value>(values), options); }) == expected);
        bool by_name = true;
        for (const dmn::ElementInfo *input : decision->inputs())
          by_name = by_name && model->find_input(input->name) != nullptr &&
                    model->find_input(input->name)->slot == input->slot;
        const Value facts(named);
        dmn::ValueFacts source;
        if (auto slots = decision->read(source, &facts, options); slots && by_name)
          CHECK(outcome([&] { return decision->evaluate(*std::move(slots), options); }) == expected);
        else if (by_name)
          CHECK(expected.find("D0") != std::string::npos);
      }
    }
  CHECK(determined > 100);
  CHECK(refused > 100);
}

TEST_CASE("the inputs of a prepared decision are those that it reads, through others too", "[dmn][prepared]") {
  const auto model = load(input("a", "number") + input("b", "number") + input("c", "number") +
                          decision("double", {"i_b"}, literal("b * 2")) +
                          decision("somme", {"d_double", "i_a"}, literal("double + a")));
  const auto decision = model->decision("somme");
  REQUIRE(decision->inputs().size() == 2);
  CHECK(decision->inputs()[0]->name == "a");
  CHECK(decision->inputs()[1]->name == "b");
  const std::vector<Value> values{1, 2};
  CHECK(decision->evaluate(std::span<const Value>(values)).value.number() == 5);
  CHECK_THROWS_AS(decision->evaluate(std::span<const Value>(values).first(1)), Error);
  CHECK_THROWS_AS(model->decision("sommes"), Error);
}

TEST_CASE("threads share a prepared decision, which keeps its model", "[dmn][prepared]") {
  auto model = load(input("a", "number") + decision("carre", {"i_a"}, literal("a * a")));
  const auto decision = model->decision("carre");
  model.reset();
  std::vector<int> right(4, 0);
  std::vector<std::thread> threads;
  for (std::size_t thread = 0; thread < right.size(); ++thread)
    threads.emplace_back([&, thread] {
      for (int i = 0; i < 500; ++i) {
        const std::vector<Value> values{i};
        right[thread] += decision->evaluate(std::span<const Value>(values)).value.number() == i * i ? 1 : 0;
      }
    });
  for (std::thread &thread : threads)
    thread.join();
  for (const int count : right)
    CHECK(count == 500);
}
