// What is compiled is shared: threads ask one pack, one prepared decision and one table at a time, row by row, column
// by column, through rows of their own, while each table is itself answered by several threads. What each is told is
// what one thread alone is told; under the preset tsan this also says that nothing is written that another one reads.
#include "tests/dmn/models.hpp"
#include "tests/pack/files.hpp"
#include "tests/table/arrays.hpp"

#include "spie/dmn/decision.hpp"
#include "spie/dmn/row.hpp"
#include "spie/pack/row.hpp"
#include "spie/pack/table.hpp"
#include "spie/pack/values.hpp"

#include <functional>
#include <random>
#include <thread>

using namespace models;
namespace a = arrays;
namespace t = spie::table;

namespace {

constexpr int threads = 4, turns = 6;

// The whole answer as a text. No assertion of Catch: those are of one thread.
std::string told(ArrowArrayStream &answer) {
  std::string text;
  ArrowSchema schema{};
  if (answer.get_schema(&answer, &schema) != 0)
    return "no schema";
  const t::Layout layout = t::read_layout(schema);
  schema.release(&schema);
  for (ArrowArray batch{};; batch = {}) {
    if (answer.get_next(&answer, &batch) != 0) {
      text += answer.get_last_error(&answer);
      break;
    }
    if (batch.release == nullptr)
      break;
    std::size_t dictionaries = 0;
    const auto columns = t::read_column(layout, batch, dictionaries);
    for (std::int64_t row = 0; row < columns.length; ++row) {
      std::int64_t left = t::max_values;
      for (const auto &column : columns.children)
        text += t::value_at(column, row, left).to_feel() + ' ';
      text += '\n';
    }
    batch.release(&batch);
  }
  answer.release(&answer);
  return text;
}

// Each of the questions in each of the threads, starting with another one; how many answers were not the expected ones.
int wrong_answers(const std::vector<std::function<std::string()>> &questions) {
  std::vector<std::string> expected;
  for (const auto &question : questions)
    expected.push_back(question());
  for (const std::string &one : expected)
    CHECK_FALSE(one.empty());
  std::vector<int> wrong(threads, 0);
  std::vector<std::thread> running;
  for (std::size_t thread = 0; thread < wrong.size(); ++thread)
    running.emplace_back([&, thread] {
      for (std::size_t i = 0; i < turns * questions.size(); ++i) {
        const std::size_t which = (i + thread) % questions.size();
        wrong[thread] += questions[which]() == expected[which] ? 0 : 1;
      }
    });
  for (std::thread &one : running)
    one.join();
  int sum = 0;
  for (const int one : wrong)
    sum += one;
  return sum;
}

a::Column people(std::size_t count) {
  std::mt19937 random(20250111);
  std::vector<std::optional<std::int64_t>> ages;
  std::vector<std::optional<std::string>> natures;
  for (std::size_t i = 0; i < count; ++i) {
    ages.push_back(random() % 9 == 0 ? std::nullopt : std::optional<std::int64_t>(random() % 90));
    natures.push_back(random() % 9 == 0 ? std::nullopt : std::optional(std::string(1, "abcd"[random() % 4])));
  }
  return a::structure("", {a::plain("age", "l", ages), a::texts("nature", natures)});
}

} // namespace

TEST_CASE("threads share a prepared decision and the columns of a table", "[threads]") {
  const auto model = load(
      input("age", "number") + input("nature", "string") +
      decision("tarif", {"i_age", "i_nature"},
               models::table(
                   "hitPolicy=\"FIRST\"", {{"age"}, {"nature"}}, {{"prix"}},
                   {{"< 18", "-", "2.50"}, {"-", "\"a\",\"b\"", "10"}, {">= 65", "matches(?, \"c.*\")", "5.125"}})) +
      decision("tout", {"d_tarif", "i_age", "i_nature"},
               literal("{prix: tarif, mots: for i in 1..3 return nature, vieux: age > 60, "
                       "dit: string join([nature, \"x\"], \"-\")}")));
  const auto shared = model->decision("tout"), tariff = model->decision("tarif");
  const a::Column table = people(3'000);
  const auto whole = [&](const std::shared_ptr<const dmn::Decision> &decision, bool colonnes, int own_threads) {
    return [&table, decision, colonnes, own_threads] {
      t::Options options;
      options.threads = own_threads;
      options.colonnes = colonnes;
      options.regle = options.motif = colonnes;
      a::Stream stream(table);
      ArrowArrayStream answer{};
      t::evaluate(answer, decision, stream.give(), options);
      return told(answer);
    };
  };
  std::vector<std::function<std::string()>> questions{whole(tariff, true, 3), whole(tariff, false, 2),
                                                      whole(shared, true, 2), whole(tariff, true, 1)};
  for (const int age : {3, 40, 80})
    questions.push_back([=] {
      const dmn::Result result = shared->evaluate(std::vector<dmn::Given>{{"age", age}, {"nature", "c"}});
      return result.value.to_feel() + ' ' + std::string(dmn::text(result.status));
    });
  questions.push_back([=] {
    const auto row = dmn::Row::of(tariff);
    std::string text;
    for (int age = 0; age < 90; ++age) {
      row->set(*row->find("age"), age);
      row->set_text(*row->find("nature"), age % 2 == 0 ? "c" : "a");
      text += row->evaluate().value.to_feel() + ' ';
    }
    return text;
  });
  questions.push_back([=] { return write_json(dmn::to_value(run(*model, "tout", {{"age", 70}, {"nature", "d"}}))); });
  CHECK(wrong_answers(questions) == 0);
}

TEST_CASE("threads share a pack, its decisions and a table of people", "[threads]") {
  const auto pack = Pack::load(testing::packs_folder() + "/seine-et-marne-2022-2023");
  const auto entry = pack->decision("entree");
  const feel::Date day = testing::date("2022-06-01");
  std::vector<std::function<std::string()>> questions;
  for (const PackCase &one : pack->cases())
    if (one.decision == "entree" && questions.size() < 4) {
      questions.push_back([=] { return write_json(to_value(pack->evaluate("entree", one.faits, day))); });
      questions.push_back([=] { return write_json(to_value(entry->evaluate(one.faits, day))); });
    }
  REQUIRE(questions.size() == 4);
  std::mt19937 random(20250112);
  std::vector<std::optional<std::string>> rsa, lives;
  for (int i = 0; i < 500; ++i)
    for (auto *column : {&rsa, &lives})
      column->push_back(random() % 5 == 0 ? std::nullopt : std::optional<std::string>(random() % 2 ? "oui" : "non"));
  const a::Column table =
      a::structure("", {a::texts("beneficiaire.rsa", rsa), a::texts("beneficiaire.reside_departement", lives)});
  for (const bool colonnes : {true, false})
    questions.push_back([=, &table] {
      PackTableOptions options;
      options.threads = 2;
      options.colonnes = colonnes;
      a::Stream stream(table);
      ArrowArrayStream answer{};
      evaluate_table(answer, entry, stream.give(), "2022-06-01", options);
      return told(answer);
    });
  questions.push_back([=] {
    std::string text;
    for (const DecisionColumns &one : columns_of(pack, day))
      text += one.decision + ' ' + one.motif + '\n';
    return text;
  });
  CHECK(wrong_answers(questions) == 0);
}
