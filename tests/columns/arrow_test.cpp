// The same Arrow table answered by columns and row by row: every column of the answer, `statut` and `motif` included.
#include "tests/columns/random_tables.hpp"
#include "tests/table/arrays.hpp"

#include "rules/table/by_columns.hpp"

using namespace rows_and_columns;
namespace a = arrays;

namespace {

a::Column arrow_column(Random &random, const std::string &name, const std::string &type,
                       const std::vector<Value> &values) {
  const auto each = [&](auto made) {
    std::vector<std::optional<decltype(made(values[0]))>> result;
    for (const Value &value : values)
      result.push_back(value.is_null() ? std::nullopt : std::optional(made(value)));
    return result;
  };
  if (type == "boolean")
    return a::booleans(name, each([](const Value &value) { return value.boolean(); }));
  if (type == "date")
    return a::plain<std::int32_t>(
        name, "tdD", each([](const Value &value) { return static_cast<std::int32_t>(value.date().days); }));
  if (type == "number") {
    if (random.chance(0.5))
      return a::plain<columns::Wide>(
          name, "d:12,2", each([](const Value &value) { return static_cast<columns::Wide>(scaled(value, 2)); }));
    return a::plain<double>(name, "g", each([](const Value &value) { return value.number().to_double(); }));
  }
  const auto texts = each([](const Value &value) { return value.text(); });
  if (random.chance(0.4))
    return a::texts(name, texts);
  std::vector<std::optional<std::string>> known;
  std::vector<std::optional<std::int32_t>> codes;
  for (const auto &text : texts) {
    if (!text) {
      codes.emplace_back();
      continue;
    }
    std::size_t code = 0;
    while (code < known.size() && *known[code] != *text)
      ++code;
    if (code == known.size())
      known.push_back(text);
    codes.emplace_back(static_cast<std::int32_t>(code));
  }
  if (known.empty())
    known.emplace_back("a");
  return a::dictionary(name, codes, a::texts("", known));
}

// Rows cut off at the front, so that nothing begins with the first byte.
void cut(a::ArrayData &array, std::int64_t count) {
  array.offset += count;
  array.length -= count;
  array.null_count = -1;
}

} // namespace

TEST_CASE("an Arrow table is answered by columns as row by row", "[columns]") {
  static const std::vector<Policy> policies{
      {"UNIQUE", ""}, {"FIRST", ""}, {"ANY", ""}, {"PRIORITY", ""}, {"COLLECT", "MAX"}};
  for (std::uint32_t seed = 1; seed <= 160; ++seed) {
    Random random(seed + 10'000);
    const RandomTable table = random_table(random, random.one_of(policies), seed % 3 == 0);
    std::shared_ptr<const dmn::Model> model;
    try {
      model = dmn::Model::load({{"table.dmn", table.xml}});
    } catch (const Error &) {
      continue;
    }
    const auto decision = model->decision("resultat");
    const std::size_t rows = 1 + random.below(2'500);
    std::vector<a::Column> columns;
    for (const Domain &input : table.inputs) {
      std::vector<Value> values;
      const double nulls = random.chance(0.5) ? 0 : 0.1;
      for (std::size_t i = 0; i < rows; ++i)
        values.push_back(random.chance(nulls) ? Value() : value_of(random, input.type));
      columns.push_back(arrow_column(random, input.name, input.type, values));
    }
    a::Column batch = a::structure("", std::move(columns));
    if (rows > 70)
      cut(batch.array, static_cast<std::int64_t>(random.below(70)));
    INFO("seed " << seed << "\n" << table.xml);
    std::vector<a::Read> answers;
    for (const bool by_columns : {true, false}) {
      spie::table::Options options;
      options.colonnes = by_columns;
      options.motif = random.chance(0.3) || (!by_columns && answers.front().names.back() == "motif");
      if (!by_columns)
        options.motif = answers.front().names.back() == "motif";
      options.regle = by_columns ? random.chance(0.4)
                                 : std::find(answers.front().names.begin(), answers.front().names.end(), "regle") !=
                                       answers.front().names.end();
      options.threads = by_columns ? 1 + static_cast<int>(random.below(2)) : 1;
      a::Stream stream(batch);
      ArrowArrayStream answer{};
      spie::table::evaluate(answer, decision, stream.give(), options);
      answers.push_back(a::read(answer));
      CHECK(answers.back().error.empty());
    }
    REQUIRE(answers[0].rows.size() == answers[1].rows.size());
    REQUIRE(answers[0].formats == answers[1].formats);
    for (std::size_t row = 0; row < answers[0].rows.size(); ++row)
      for (std::size_t i = 0; i < answers[0].names.size(); ++i)
        if (!identical(answers[0].rows[row][i], answers[1].rows[row][i])) {
          INFO("row " << row << ", " << answers[0].names[i]);
          REQUIRE(answers[0].rows[row][i].to_feel() == answers[1].rows[row][i].to_feel());
        }
  }
}

TEST_CASE("rows that are all left to the row evaluator have no texts to be written", "[columns]") {
  // The null that a rule gives keeps the table out of columns; what a cell meets leaves each of its rows.
  std::string table = "<decisionTable hitPolicy=\"ANY\"><input><inputExpression typeRef=\"string\"><text>e</text>"
                      "</inputExpression></input><output name=\"s\" typeRef=\"string\"/>";
  table += "<rule>" + entry("inputEntry", "date(?) > date(\"2020-01-01\")") + entry("outputEntry", "null") + "</rule>";
  table += "<rule>" + entry("inputEntry", "-") + entry("outputEntry", "\"a\"") + "</rule></decisionTable>";
  const auto model = dmn::Model::load(
      {{"table.dmn", models::document(models::input("e", "string") + models::decision("resultat", {"i_e"}, table))}});
  Random random(1);
  std::vector<a::Column> columns;
  columns.push_back(arrow_column(random, "e", "string", std::vector<Value>(5, Value("c"))));
  const a::Column batch = a::structure("", std::move(columns));
  std::vector<a::Read> answers;
  for (const bool by_columns : {true, false}) {
    spie::table::Options options;
    options.colonnes = by_columns;
    a::Stream stream(batch);
    ArrowArrayStream answer{};
    spie::table::evaluate(answer, model->decision("resultat"), stream.give(), options);
    answers.push_back(a::read(answer));
    CHECK(answers.back().error.empty());
  }
  REQUIRE(answers[0].rows.size() == 5);
  REQUIRE(answers[1].rows.size() == 5);
  for (std::size_t row = 0; row < answers[0].rows.size(); ++row)
    for (std::size_t i = 0; i < answers[0].names.size(); ++i)
      CHECK(identical(answers[0].rows[row][i], answers[1].rows[row][i]));
}
