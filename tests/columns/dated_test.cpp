// A parameter that is read at the date of a fact, over a column of these dates.
#include "tests/catch.hpp"
#include "tests/pack/files.hpp"
#include "tests/table/arrays.hpp"

#include "rules/columns/program.hpp"
#include "spie/pack/table.hpp"

#include <optional>
#include <string>
#include <vector>

using namespace spie;
using namespace spie::testing;
namespace a = arrays;

namespace {

// 10 km until the end of 2022, 5 in 2023, 2.5 from the leap day of 2024.
std::shared_ptr<const Pack> pack_of() {
  SmallPack small;
  small.model = SmallPack::dmn("<literalExpression><text>distance &gt;= seuil</text></literalExpression>",
                               R"(<inputData id="i4" name="trajet" label="Trajet">
                                    <variable name="trajet" typeRef="t_trajet"/></inputData>)");
  small.parameters = with(small.parameters, "\"article\"", "\"lu_au\": \"trajet.depart\", \"article\"");
  small.parameters = with(small.parameters, "\"source\": \"p. 2\"}", R"("source": "p. 2"},
    {"depuis": "2024-02-29", "valeur": "2.5", "source": "p. 3"})");
  small.manifest = with(small.manifest, "2023-12-31", "2025-12-31");
  small.cases = R"({"cas": []})";
  return small.load();
}

struct Row {
  std::optional<const char *> day;
  const char *distance, *value, *status;
};

// What the three values say of each day, by hand.
const std::vector<Row> rows{
    {"2021-12-31", "7", "false", "determine"},    // before the first value, which it takes
    {"0001-01-01", "10", "true", "determine"},    //
    {"2022-12-31", "9.99", "false", "determine"}, //
    {"2022-12-31", "10", "true", "determine"},    //
    {"2023-01-01", "9.99", "true", "determine"},  //
    {"2023-01-01", "4.99", "false", "determine"}, //
    {"2024-02-28", "4.99", "false", "determine"}, //
    {"2024-02-29", "4.99", "true", "determine"},  //
    {"9999-12-31", "2.49", "false", "determine"}, //
    {std::nullopt, "100", "null", "indetermine"}, // what is missing is the date
};

a::Read answer_of(const std::shared_ptr<const Pack> &pack, std::optional<a::Column> trips, bool by_columns,
                  std::string &why) {
  std::vector<std::optional<spie::columns::Wide>> distances;
  for (const Row &row : rows)
    distances.emplace_back(*feel::Number::parse(row.distance)->multiply(feel::Number(100))->to_int64());
  PackTableOptions options;
  options.colonnes = by_columns;
  options.rang_par_rang = [&](const std::string &, const std::string &told) { why = told; };
  std::vector<a::Column> table;
  table.push_back(a::plain<spie::columns::Wide>("distance", "d:12,2", distances));
  if (trips)
    table.push_back(*std::move(trips));
  a::Stream stream(a::structure("", std::move(table)));
  ArrowArrayStream answer{};
  evaluate_table(answer, pack->decision("aide"), stream.give(), "2022-06-01", options);
  return a::read(answer);
}

std::vector<std::optional<std::int32_t>> days() {
  std::vector<std::optional<std::int32_t>> result;
  for (const Row &row : rows)
    result.push_back(row.day ? std::optional(static_cast<std::int32_t>(date(*row.day).days)) : std::nullopt);
  return result;
}

} // namespace

TEST_CASE("a parameter read at the date of a fact goes by columns, version after version", "[columns]") {
  const auto pack = pack_of();
  for (const bool by_columns : {true, false}) {
    std::string why;
    const a::Read answer = answer_of(pack, a::plain<std::int32_t>("trajet.depart", "tdD", days()), by_columns, why);
    INFO(answer.error);
    if (by_columns)
      CHECK(why == "");
    REQUIRE(answer.rows.size() == rows.size());
    for (std::size_t row = 0; row < rows.size(); ++row) {
      INFO((by_columns ? "by columns" : "by rows") << ", row " << row);
      CHECK(answer.at(row, "aide").to_feel() == rows[row].value);
      CHECK(answer.at(row, "statut").text() == rows[row].status);
    }
  }
  for (const DecisionColumns &one : columns_of(pack, date("2022-06-01"))) {
    CHECK(one.colonnes);
    CHECK(one.par_lignes.empty());
  }
}

TEST_CASE("dates given as texts, and none at all, leave such a parameter what it is row by row", "[columns]") {
  const auto pack = pack_of();
  std::vector<std::optional<std::string>> texts;
  for (const Row &row : rows)
    texts.push_back(row.day ? std::optional<std::string>(*row.day) : std::nullopt);
  std::string why;
  const a::Read told = answer_of(pack, a::texts("trajet.depart", texts), true, why);
  CHECK(why != "");
  for (std::size_t row = 0; row < rows.size(); ++row)
    CHECK(told.at(row, "aide").to_feel() == rows[row].value);
  const a::Read none = answer_of(pack, std::nullopt, true, why);
  for (std::size_t row = 0; row < rows.size(); ++row)
    CHECK(none.at(row, "statut").text() == "indetermine");
}
