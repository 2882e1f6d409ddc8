// A table is answered as its rows are, one by one; what its columns are is known before its rows.
#include "tests/dmn/models.hpp"
#include "tests/table/arrays.hpp"

#include "spie/dmn/decision.hpp"
#include "spie/json.hpp"

#include <random>
#include <set>

using namespace models;
namespace a = arrays;
namespace t = spie::table;

namespace {

using Numbers = std::vector<std::optional<std::int64_t>>;
using Texts = std::vector<std::optional<std::string>>;

std::shared_ptr<const dmn::Decision> decided(const std::string &elements, const std::string &name) {
  return dmn::Model::load({{"test.dmn", document(elements)}})->decision(name);
}

a::Read asked(const std::shared_ptr<const dmn::Decision> &prepared, a::Column batch, const t::Options &options = {}) {
  a::Stream stream(std::move(batch));
  ArrowArrayStream answer{};
  t::evaluate(answer, prepared, stream.give(), options);
  a::Read read = a::read(answer);
  CHECK(stream.released == 1);
  return read;
}

Diagnostic refused(const std::shared_ptr<const dmn::Decision> &prepared, a::Column batch,
                   const t::Options &options = {}) {
  a::Stream stream(std::move(batch));
  ArrowArrayStream answer{};
  try {
    t::evaluate(answer, prepared, stream.give(), options);
  } catch (const Error &error) {
    CHECK(answer.release == nullptr);
    CHECK(stream.released == 1);
    return error.first();
  }
  answer.release(&answer);
  FAIL("not refused");
  return {};
}

const std::string tariff =
    input("age", "number") + input("nature", "string") +
    decision("tarif", {"i_age", "i_nature"},
             models::table("hitPolicy=\"FIRST\"", {{"age"}, {"nature"}}, {{"prix"}},
                           {{"< 18", "-", "2.50"}, {"-", "\"a\",\"b\"", "10"}, {">= 65", "-", "5.125"}}));

} // namespace

TEST_CASE("a table is answered row for row, nulls being nulls", "[table]") {
  const auto prepared = decided(tariff, "tarif");
  const a::Read read = asked(prepared, a::structure("", {a::plain<std::int64_t>("age", "l", {10, 30, {}, 70, 40}),
                                                         a::texts("nature", {{}, "a", "b", "c", "c"})}));
  CHECK(read.names == std::vector<std::string>{"prix", "statut"});
  CHECK(read.formats == std::vector<std::string>{"d:38,3", "i/u"}); // 2.50, 10 and 5.125
  REQUIRE(read.rows.size() == 5);
  CHECK(read.at(0, "prix").to_string() == "2.5");
  CHECK(read.at(1, "prix").to_string() == "10");
  CHECK(read.at(2, "prix").to_string() == "10");
  CHECK(read.at(3, "prix").to_string() == "5.125");
  CHECK(read.at(4, "prix").is_null());
  CHECK(read.at(4, "statut").text() == "erreur"); // no rule and no default
}

TEST_CASE("what the rows of a table answer is what they answer alone, whatever their order and pieces", "[table]") {
  const std::string elements =
      tariff + input("d", "date") +
      decision("tout", {"d_tarif", "i_age", "i_d"},
               literal("{double: age * 2, remise: tarif / 4, dit: if age > 3 then \"plus\" else null, "
                       "mois: d + duration(\"P1M\"), vieux: age >= 65 and d > date(\"2020-01-01\")}"));
  const auto prepared = decided(elements, "tout");
  std::mt19937 random(20241129);
  constexpr std::size_t count = 5'000;
  Numbers ages;
  Texts natures;
  std::vector<std::optional<std::int32_t>> days;
  const auto some = [&] { return random() % 7 != 0; };
  for (std::size_t i = 0; i < count; ++i) {
    ages.push_back(some() ? std::optional<std::int64_t>(random() % 90) : std::nullopt);
    natures.push_back(some() ? std::optional(std::string(1, static_cast<char>('a' + random() % 4))) : std::nullopt);
    days.push_back(some() ? std::optional(static_cast<std::int32_t>(random() % 40'000) - 10'000) : std::nullopt);
  }
  for (const int threads : {1, 3}) {
    t::Options options;
    options.threads = threads;
    const a::Read read =
        asked(prepared,
              a::structure("", {a::plain("age", "l", ages), a::texts("nature", natures), a::plain("d", "tdD", days)}),
              options);
    REQUIRE(read.rows.size() == count);
    CHECK(read.format("double") == "d:38,0");
    CHECK(read.format("remise") == "d:38,5");
    CHECK(read.format("mois") == "tdD");
    CHECK(read.format("dit") == "i/u");
    CHECK(read.at(0, "dit").to_string() == "plus");
    CHECK(read.format("vieux") == "b");
    for (std::size_t i = 0; i < count; ++i) {
      std::vector<dmn::Given> given;
      if (ages[i])
        given.push_back({"age", *ages[i]});
      if (natures[i])
        given.push_back({"nature", *natures[i]});
      if (days[i])
        given.push_back({"d", feel::Date{*days[i]}});
      const dmn::Result alone = prepared->evaluate(given);
      CHECK(read.at(i, "statut").text() == dmn::text(alone.status));
      for (const auto &[name, value] : alone.value.context()) {
        INFO(i << ' ' << name);
        CHECK(feel::identical(read.at(i, name), value.is_null() ? Value() : value));
      }
    }
  }
}

TEST_CASE("columns are found by path and as structs; a missing one is null", "[table]") {
  const std::string elements =
      "<itemDefinition name=\"tPersonne\"><itemComponent name=\"age\"><typeRef>number</typeRef></itemComponent>"
      "<itemComponent name=\"nom\"><typeRef>string</typeRef></itemComponent></itemDefinition>" +
      input("personne", "tPersonne") + input("bonus", "number") +
      decision("r", {"i_personne", "i_bonus"}, literal("{age: personne.age, nom: personne.nom, sans: bonus = null}"));
  const auto prepared = decided(elements, "r");
  const a::Column by_path = a::structure("", {a::plain<std::int8_t>("personne.age", "c", {4, {}})});
  const a::Column as_struct =
      a::structure("", {a::structure("personne", {a::plain<std::int8_t>("age", "c", {4, {}})})});
  for (const a::Column &batch : {by_path, as_struct}) {
    const a::Read read = asked(prepared, batch);
    CHECK(read.at(0, "age").to_string() == "4");
    CHECK(read.at(1, "age").is_null());
    CHECK(read.at(0, "nom").is_null());
    CHECK(read.at(0, "sans").is_true());
    CHECK(read.at(0, "statut").text() == "determine");
  }
}

TEST_CASE("a column that nothing reads refuses the call, unless it is kept or let be", "[table]") {
  const auto prepared = decided(tariff, "tarif");
  const auto batch = [] {
    return a::structure("", {a::plain<std::int64_t>("agge", "l", {1}), a::plain<std::int64_t>("age", "l", {1})});
  };
  const Diagnostic fault = refused(prepared, batch());
  CHECK(text(fault.code) == "T001");
  CHECK(fault.message == "nothing reads the column 'agge', did you mean 'age'?");

  t::Options options;
  options.ignorer = true;
  CHECK(asked(prepared, batch(), options).names == std::vector<std::string>{"prix", "statut"});
  options.ignorer = false;
  options.garder = {"agge"};
  const a::Read kept = asked(prepared, batch(), options);
  CHECK(kept.names == std::vector<std::string>{"agge", "prix", "statut"});
  CHECK(kept.at(0, "agge").to_string() == "1");
  options.garder = {"agr"};
  CHECK(text(refused(prepared, batch(), options).code) == "T001");
}

TEST_CASE("a column of a wrong type refuses the call, and a wrong value answers its row", "[table]") {
  const auto prepared = decided(tariff, "tarif");
  const Diagnostic fault = refused(prepared, a::structure("", {a::texts("age", {"12"})}));
  CHECK(text(fault.code) == "T002");
  CHECK(fault.message == "the column 'age' holds string, a number is expected");

  t::Options options;
  options.motif = true;
  const double infinite = std::numeric_limits<double>::infinity(), none = std::numeric_limits<double>::quiet_NaN();
  const a::Read read = asked(
      prepared,
      a::structure("", {a::plain<double>("age", "g", {17.5, infinite, none}), a::texts("nature", {"a", "a", "a"})}),
      options);
  CHECK(read.at(0, "prix").to_string() == "2.5");
  CHECK(read.at(0, "motif").is_null());
  CHECK(read.at(1, "statut").text() == "erreur");
  CHECK(read.at(1, "motif").text() == "T006");
  CHECK(read.at(2, "prix").to_string() == "10"); // NaN is null
}

TEST_CASE("a float is read by its shortest text", "[table]") {
  const auto prepared = decided(input("x", "number") + decision("r", {"i_x"}, literal("string(x)")), "r");
  CHECK(asked(prepared, a::structure("", {a::plain<float>("x", "f", {0.1F, 16777216.0F})})).at(0, "r").text() == "0.1");
  CHECK(asked(prepared, a::structure("", {a::plain<double>("x", "g", {0.1})})).at(0, "r").text() == "0.1");
  // 0x2E66 is the half that is nearest to 0.1; 0x7BFF the greatest, which NumPy writes 65500 too.
  const a::Read half = asked(prepared, a::structure("", {a::plain<std::uint16_t>("x", "e", {0x2E66, 0x7BFF, 0x0001})}));
  CHECK(half.at(0, "r").text() == "0.1");
  CHECK(half.at(1, "r").text() == "65500");
  CHECK(half.at(2, "r").text() == "0.00000006");
}

TEST_CASE("a number that its column does not hold whole is an error of its row", "[table]") {
  const auto prepared = decided(input("x", "number") + decision("r", {"i_x"}, literal("x / 3")), "r");
  const auto batch = [] { return a::structure("", {a::plain<std::int64_t>("x", "l", {3, 1})}); };
  t::Options options;
  options.motif = true;
  const a::Read read = asked(prepared, batch(), options);
  CHECK(read.format("r") == "d:38,6");
  CHECK(read.at(0, "r").to_string() == "1");
  CHECK(read.at(1, "r").is_null());
  CHECK(read.at(1, "statut").text() == "erreur");
  CHECK(read.at(1, "motif").text() == "T005");
  options.echelle = 2;
  CHECK(asked(prepared, batch(), options).format("r") == "d:38,2");
}

TEST_CASE("what a tree bounds says the decimals of its column", "[table]") {
  const auto format_of = [](const std::string &expression, const a::Column &column) {
    const auto prepared = decided(input("x", "number") + input("d") +
                                      decision("r", {"i_x", "i_d"}, literal(expression, "number"), "number"),
                                  "r");
    return asked(prepared, a::structure("", {column})).format("r");
  };
  const a::Column whole = a::plain<std::int64_t>("x", "l", {1});
  const a::Column cents = a::plain<std::int64_t>("x", "d:18,2,64", {100});
  const a::Column real = a::plain<double>("x", "g", {1.0});
  CHECK(format_of("x", whole) == "d:38,0");
  CHECK(format_of("x + 0.5", whole) == "d:38,1");
  CHECK(format_of("x * 1.25", cents) == "d:38,4");
  CHECK(format_of("x / 100", cents) == "d:38,4");
  CHECK(format_of("x / 8", whole) == "d:38,3");
  CHECK(format_of("x / 7", whole) == "d:38,6");
  CHECK(format_of("x", real) == "d:38,6");
  CHECK(format_of("floor(x)", real) == "d:38,0");
  CHECK(format_of("decimal(x, 2)", real) == "d:38,2");
  CHECK(format_of("max(x, 2.5)", cents) == "d:38,2");
  CHECK(format_of("sum(for i in 1..3 return i * x)", cents) == "d:38,2");
  CHECK(format_of("if x > 1 then x else 0.125", whole) == "d:38,3");
  CHECK(format_of("x ** 2", cents) == "d:38,4");
  CHECK(format_of("count([x])", real) == "d:38,0");
  CHECK(format_of("number(\"1.5\")", whole) == "d:38,1"); // a constant, once folded
  CHECK(format_of("number(string(x))", whole) == "d:38,6");
}

TEST_CASE("the names of an answer do not clash", "[table]") {
  const auto prepared = decided(input("x") + decision("r", {"i_x"}, literal("{statut: x, autre: 1}")), "r");
  const auto batch = [] { return a::structure("", {a::plain<std::int64_t>("x", "l", {5})}); };
  CHECK(text(refused(prepared, batch()).code) == "T004");
  t::Options options;
  options.prefixe = "r_";
  const a::Read read = asked(prepared, batch(), options);
  CHECK(read.names == std::vector<std::string>{"statut", "autre", "r_statut"});
  CHECK(read.at(0, "statut").text() == "5"); // of no known type: JSON
  CHECK(read.at(0, "r_statut").text() == "determine");
  const Diagnostic twice = refused(
      prepared, a::structure("", {a::plain<std::int64_t>("x", "l", {5}), a::plain<std::int64_t>("x", "l", {5})}));
  CHECK(text(twice.code) == "T004");
}

TEST_CASE("the rule that was hit has its number", "[table]") {
  const auto prepared = decided(tariff, "tarif");
  t::Options options;
  options.regle = true;
  const a::Read read = asked(prepared, a::structure("", {a::plain<std::int64_t>("age", "l", {10, 70, 40})}), options);
  CHECK(read.format("regle") == "i");
  CHECK(read.at(0, "regle").to_string() == "1");
  CHECK(read.at(1, "regle").to_string() == "3");
  CHECK(read.at(2, "regle").is_null());
}

TEST_CASE("what a row lacks is said in French for the rows asked for, whatever batch they stand in", "[table]") {
  const auto prepared = decided(input("x", "number") + decision("r", {"i_x"}, literal("10 / x")), "r");
  std::vector<a::Column> batches;
  for (const Numbers &numbers : {Numbers{0, 5}, Numbers{0, 0}})
    batches.push_back(a::structure("", {a::plain("x", "l", numbers)}));
  a::Stream stream(std::move(batches));
  ArrowArrayStream answer{};
  t::Options options;
  options.motif = true;
  options.mots = {2, 1};
  t::evaluate(answer, prepared, stream.give(), options);
  const a::Read read = a::read(answer);
  CHECK(read.names == std::vector<std::string>{"r", "statut", "motif", "mots"});
  REQUIRE(read.rows.size() == 4);
  CHECK(read.at(0, "motif").text() == "F006");
  CHECK(read.at(0, "mots").is_null()); // not asked for
  CHECK(read.at(1, "mots").is_null()); // nothing to say
  CHECK(read.at(2, "mots").text().starts_with("un calcul n'a pas de résultat"));
  CHECK(read.at(3, "mots").is_null());
}

TEST_CASE("a decision that goes row by row tells why, once, before its rows", "[table]") {
  std::vector<std::pair<std::string, std::string>> told;
  t::Options options;
  options.rang_par_rang = [&](const std::string &place, const std::string &why) { told.emplace_back(place, why); };
  const auto ages = [] { return a::structure("", {a::plain<std::int64_t>("age", "l", {10, 70, 40})}); };
  const auto prepared = decided(tariff, "tarif");
  (void)asked(prepared, ages(), options);
  CHECK(told.empty());
  options.mots = {0};
  (void)asked(prepared, ages(), options);
  REQUIRE(told.size() == 1);
  CHECK(told[0].first == "tarif");
  CHECK(told[0].second.find("words") != std::string::npos);
  options.mots.clear();
  options.colonnes = false; // by whoever asks: nothing to tell
  (void)asked(prepared, ages(), options);
  CHECK(told.size() == 1);
  options.colonnes = true;
  const auto listed =
      decided(input("age", "number") + decision("r", {"i_age"}, literal("for a in [age] return a")), "r");
  (void)asked(listed, ages(), options);
  REQUIRE(told.size() == 2);
  CHECK(told[1].first.find("test.dmn") != std::string::npos);
}

TEST_CASE("dictionaries, lists and runs are read as what they stand for", "[table]") {
  const auto prepared = decided(input("nature", "string") + input("codes") +
                                    decision("r", {"i_nature", "i_codes"}, literal("{n: nature, c: count(codes)}")),
                                "r");
  a::Column list{a::schema("codes", "+l"), {}};
  list.array.length = 3;
  list.array.buffers = {t::Buffer(), t::buffer_of(std::vector<std::int32_t>{0, 2, 2, 3})};
  a::Column items = a::texts("item", {"x", {}, "z"});
  list.schema.children.push_back(items.schema);
  list.array.children.push_back(items.array);
  const a::Read read = asked(
      prepared, a::structure("", {a::dictionary("nature", {1, {}, 0}, a::texts("", {"zéro", "un"})), std::move(list)}));
  CHECK(read.format("n") == "i/u");
  CHECK(read.at(0, "n").text() == "un");
  CHECK(read.at(1, "n").is_null());
  CHECK(read.at(2, "n").text() == "zéro");
  CHECK(read.at(0, "c").to_string() == "2");
  CHECK(read.at(1, "c").to_string() == "0");

  a::Column runs{a::schema("nature", "+r"), {}};
  runs.array.length = 4;
  a::Column ends = a::plain<std::int32_t>("run_ends", "i", {1, 4}), values = a::texts("values", {"a", "b"});
  runs.schema.children = {ends.schema, values.schema};
  runs.array.children = {ends.array, values.array};
  const a::Read run = asked(prepared, a::structure("", {std::move(runs)}));
  CHECK(run.at(0, "n").text() == "a");
  CHECK(run.at(1, "n").text() == "b");
  CHECK(run.at(3, "n").text() == "b");
}

TEST_CASE("a row that is null gives no fact, whatever stands below it", "[table]") {
  const auto prepared = decided(tariff, "tarif");
  a::Column batch =
      a::structure("", {a::plain<std::int64_t>("age", "l", {10, 10, 30}), a::texts("nature", {"a", "b", "a"})});
  batch.array.null_count = 1;
  batch.array.buffers = {a::bits({true, false, true})};
  for (const bool columns : {true, false}) {
    t::Options options;
    options.colonnes = columns;
    const a::Read read = asked(prepared, batch, options);
    REQUIRE(read.rows.size() == 3);
    CHECK(read.at(0, "prix").to_string() == "2.5");
    CHECK(read.at(1, "prix").is_null());
    CHECK(read.at(1, "statut").text() == "erreur");
    CHECK(read.at(2, "prix").to_string() == "10");
  }
}

TEST_CASE("a text stands for the date that an input asks for, as on one row in JSON", "[table]") {
  const auto prepared = decided(
      input("jour", "date") + decision("lendemain", {"i_jour"}, literal("jour + duration(\"P1D\")")), "lendemain");
  const a::Read read =
      asked(prepared, a::structure("", {a::texts("jour", {"2024-02-28", "2023-02-29", {}, "2024-02-28"})}));
  CHECK(read.at(0, "lendemain").to_string() == "2024-02-29");
  CHECK(read.at(1, "statut").text() == "erreur");
  CHECK(read.at(3, "lendemain").to_string() == "2024-02-29");
}

TEST_CASE("an extension type is read where what it is stored as says what it is", "[table]") {
  const auto named = [](a::Column column, const std::string &extension) {
    std::string &metadata = column.schema.metadata.emplace();
    const auto add = [&metadata](std::string_view text) {
      const auto size = static_cast<std::int32_t>(text.size());
      metadata.append(reinterpret_cast<const char *>(&size), sizeof size).append(text);
    };
    const std::int32_t pairs = 2;
    metadata.append(reinterpret_cast<const char *>(&pairs), sizeof pairs);
    add("ARROW:extension:metadata");
    add("");
    add("ARROW:extension:name");
    add(extension);
    return a::structure("", {std::move(column)});
  };
  const auto prepared = decided(input("x") + decision("r", {"i_x"}, literal("x")), "r");
  const auto months = named(a::plain<std::int64_t>("x", "l", {648}), "pandas.period");
  CHECK(refused(prepared, months).code == Code::table_column_type);
  CHECK(refused(prepared, months).message.find("'pandas.period'") != std::string::npos);
  CHECK(asked(prepared, named(a::texts("x", {"{}"}), "arrow.json")).at(0, "statut").text() == "determine");
  t::Options options;
  options.ignorer = true;
  CHECK(asked(decided(tariff, "tarif"), months, options).rows.size() == 1); // what nothing reads is not looked at
}

TEST_CASE("a batch is read from its offset", "[table]") {
  const auto prepared = decided(tariff, "tarif");
  a::Column batch = a::structure(
      "", {a::plain<std::int64_t>("age", "l", {99, 10, {}, 70}), a::texts("nature", {"a", "x", "a", "x"})});
  batch.array.offset = 1;
  batch.array.length = 3;
  t::Options options;
  options.garder = {"age"};
  const a::Read read = asked(prepared, std::move(batch), options);
  REQUIRE(read.rows.size() == 3);
  CHECK(read.at(0, "age").to_string() == "10");
  CHECK(read.at(0, "prix").to_string() == "2.5");
  CHECK(read.at(1, "age").is_null());
  CHECK(read.at(1, "prix").to_string() == "10");
  CHECK(read.at(2, "prix").to_string() == "5.125");
}

TEST_CASE("instants keep their zone where it is known", "[table]") {
  const auto prepared =
      decided(input("t", "date and time") +
                  decision("r", {"i_t"}, literal("{t: t + duration(\"PT1H\"), an: t.year, j: t - t}")),
              "r");
  for (const std::string zone : {"", "UTC", "Europe/Paris", "+02:00"}) {
    // 2024-03-30T23:30:00Z: in Paris, an hour and a half before its clocks change.
    const a::Read read =
        asked(prepared, a::structure("", {a::plain<std::int64_t>("t", "tsm:" + zone, {1'711'841'400'000, {}})}));
    CHECK(read.format("t") == "tsu:" + zone);
    CHECK(read.format("an") == "d:38,0");
    CHECK(read.format("j") == "tDu");
    const feel::DateTime after = read.at(0, "t").date_time();
    const std::string said = zone.empty() || zone == "UTC" ? "2024-03-31T00:30:00"
                             : zone == "+02:00"            ? "2024-03-31T02:30:00"
                                                           : "2024-03-31T01:30:00";
    CHECK(after.to_string().starts_with(said));
    CHECK(read.at(1, "t").is_null());
  }
}

TEST_CASE("a stream that fails says so, and stays so", "[table]") {
  const auto prepared = decided(tariff, "tarif");
  a::Stream stream(a::structure("", {a::plain<std::int64_t>("age", "l", {10})}));
  stream.fails_after = "le disque est plein";
  ArrowArrayStream answer{};
  t::evaluate(answer, prepared, stream.give());
  const a::Read read = a::read(answer);
  CHECK(read.rows.size() == 1);
  CHECK(read.error.find("T007") == 0);
  CHECK(read.error.find("le disque est plein") != std::string::npos);
  CHECK(stream.released == 1);
}

TEST_CASE("many batches come in order; an empty one gives no row", "[table]") {
  const auto prepared = decided(tariff, "tarif");
  std::vector<a::Column> batches;
  for (const Numbers &ages : {Numbers{10}, Numbers{}, Numbers{70, 10}})
    batches.push_back(a::structure("", {a::plain("age", "l", ages)}));
  a::Stream stream(std::move(batches));
  ArrowArrayStream answer{};
  t::evaluate(answer, prepared, stream.give());
  const a::Read read = a::read(answer);
  REQUIRE(read.rows.size() == 3);
  CHECK(read.at(0, "prix").to_string() == "2.5");
  CHECK(read.at(1, "prix").to_string() == "5.125");
  CHECK(read.at(2, "prix").to_string() == "2.5");
}
